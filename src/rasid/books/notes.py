"""What people write into the book beside claims: where nobody could look, and readers' corrections."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Connection, insert, select, update

from rasid.books import chain, ledger_view
from rasid.books.canon import instant, now, sha256, stamp
from rasid.books.queries import place_keys
from rasid.books.records_log import AccessLimit, Correction
from rasid.books.schema import corrections, facets, limits
from rasid.books.store import AnyRow
from rasid.errors import InputError

STATES = ("open", "accepted", "refused")


def add_limit(connection: Connection, place: str, start: date, end: date | None, why: str, who: str) -> AccessLimit:
    """Record where and when nobody could look."""
    if end is not None and end < start:
        raise InputError("the period ends before it begins", where=f"{start} to {end}")
    if not place.strip() or not why.strip():
        raise InputError("an access limit needs a place and a reason")
    row: dict[str, Any] = {
        "place": place,
        "place_id": _known(connection, place),
        "start": start,
        "end": end,
        "why": why,
    }
    row |= {"who": who, "at": stamp(now()), "withdrawn": False}
    n = connection.execute(insert(limits).returning(limits.c.n), row).scalar_one()
    detail = {"limit": n, "place": place, "start": start.isoformat(), "end": end.isoformat() if end else None}
    chain.append(connection, [("limit.add", place, detail | {"why": why})], who=who)
    return next(x for x in ledger_view.limit_records(connection, None, None) if x.id == n)


def _known(connection: Connection, place: str) -> str | None:
    """The gazetteer id that a place's name has in this book, when it has just one."""
    for key in place_keys(place):
        found = select(facets.c.value).where(facets.c.slot == "place", facets.c.value == key).limit(1)
        if not key.startswith("n:") and connection.execute(found).first() is not None:
            return key
    return None


def remove_limit(connection: Connection, limit_id: int, who: str, reason: str) -> None:
    """Withdraw a limit."""
    done = connection.execute(
        update(limits).where(limits.c.n == limit_id, limits.c.withdrawn.is_(False)).values(withdrawn=True)
    )
    if not done.rowcount:
        raise InputError(f"no access limit {limit_id}")
    chain.append(connection, [("limit.withdraw", str(limit_id), {"limit": limit_id, "reason": reason})], who=who)


def add_correction(connection: Connection, subject: str, message: str, who: str) -> Correction:
    """A reader's correction."""
    if not message.strip():
        raise InputError("a correction needs a message")
    row = {"subject": subject, "message": message, "state": "open", "at": stamp(now())}
    n = connection.execute(insert(corrections).returning(corrections.c.n), row).scalar_one()
    # the message may name people: the log holds only its hash
    detail = {"correction": n, "message_sha256": sha256(message)}
    chain.append(connection, [("correction.add", subject, detail)], who=who)
    return one(connection, n)


def decide(connection: Connection, n: int, state: str, who: str, public: str | None, action: int | None) -> Correction:
    """Accept or refuse a correction."""
    if state not in STATES:
        raise InputError(f"no state {state!r}", mend=", ".join(STATES))
    old = one(connection, n)
    values = {
        "state": state,
        "public": public,
        "decided_by": who,
        "decided_at": stamp(now()),
        "action": action,
    }
    connection.execute(update(corrections).where(corrections.c.n == n).values(**values))
    detail = {"correction": n, "state": state, "public": public, "action": action}
    chain.append(connection, [("correction.decide", old.subject, detail)], who=who)
    return one(connection, n)


def one(connection: Connection, n: int) -> Correction:
    """One correction. InputError when there is none."""
    row = connection.execute(select(corrections).where(corrections.c.n == n)).first()
    if row is None:
        raise InputError(f"no correction {n}")
    return _record(row)


def listed(connection: Connection, state: str | None, *, public: bool) -> tuple[Correction, ...]:
    """Corrections, newest first."""
    query = select(corrections).order_by(corrections.c.n.desc())
    if state is not None:
        query = query.where(corrections.c.state == state)
    if public:
        query = query.where(corrections.c.state != "open", corrections.c.public.is_not(None))
    return tuple(map(_record, connection.execute(query)))


def _record(r: AnyRow) -> Correction:
    decided = instant(r.decided_at) if r.decided_at else None
    return Correction(r.n, r.subject, r.message, r.state, r.public, instant(r.at), r.decided_by, decided, r.action)
