"""The log: append-only, each link's hash over its content and the hash before it. Nothing in it names a
protected source.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from rasid.books import schema
from rasid.books.canon import ORIGIN, canonical, instant, now, sha256, stamp
from rasid.books.records_log import Fault, LogEntry
from rasid.books.store import AnyRow


def link_hash(seq: int, at: str, who: str, action: str, subject: str, detail: str, previous: str) -> str:
    """Hash of one link: SHA-256 of the canonical JSON list of its fields."""
    return sha256(canonical([seq, at, who, action, subject, detail, previous]))


def head(connection: Connection) -> tuple[int, str]:
    """Sequence and hash of the newest link; (0, zeros) of an empty log."""
    row = connection.execute(
        select(schema.log.c.seq, schema.log.c.hash).order_by(schema.log.c.seq.desc()).limit(1)
    ).first()
    return (int(row[0]), str(row[1])) if row else (0, ORIGIN)


def append(connection: Connection, entries: Iterable[tuple[str, str, dict[str, Any]]], *, who: str) -> None:
    """Add links (action, subject, detail) in order, and move the head on."""
    seq, previous = head(connection)
    at = stamp(now())
    rows = []
    for action, subject, detail in entries:
        seq += 1
        text = canonical(detail)
        previous_hash, previous = previous, link_hash(seq, at, who, action, subject, text, previous)
        rows.append(
            {"seq": seq, "at": at, "who": who, "action": action, "subject": subject}
            | {"detail": text, "previous": previous_hash, "hash": previous}
        )
    if rows:
        connection.execute(insert(schema.log), rows)
        _move_head(connection, seq, previous)


def _move_head(connection: Connection, seq: int, digest: str) -> None:
    """The head stands in `meta` too, so that links cut off at the end are missed."""
    value = f"{seq}:{digest}"
    done = connection.execute(update(schema.meta).where(schema.meta.c.key == "head").values(value=value))
    if not done.rowcount:
        connection.execute(insert(schema.meta), {"key": "head", "value": value})


def entry(row: AnyRow) -> LogEntry:
    """A row of the table as a record."""
    return LogEntry(
        row.seq,
        instant(row.at),
        row.who,
        row.action,
        row.subject,
        json.loads(row.detail),
        row.previous,
        row.hash,
    )


def rows(connection: Connection, after: int = 0, subject: str | None = None) -> Iterator[AnyRow]:
    """Links in order, streamed."""
    query = select(schema.log).where(schema.log.c.seq > after).order_by(schema.log.c.seq)
    if subject is not None:
        query = query.where(schema.log.c.subject == subject)
    yield from connection.execution_options(yield_per=1000).execute(query)


def faults(connection: Connection) -> Iterator[Fault]:
    """Every link that does not follow from the one before, and a head that is not the last link."""
    expected, previous = 0, ORIGIN
    for r in rows(connection):
        expected += 1
        if r.seq != expected:
            yield Fault(f"log {r.seq}", f"link {expected} is missing")
            expected = r.seq
        if r.previous != previous:
            yield Fault(f"log {r.seq}", "does not follow the link before it")
        if r.hash != link_hash(r.seq, r.at, r.who, r.action, r.subject, r.detail, r.previous):
            yield Fault(f"log {r.seq}", "its content does not fit its hash")
        previous = r.hash
    kept = connection.execute(select(schema.meta.c.value).where(schema.meta.c.key == "head")).scalar()
    if kept is not None and kept != f"{expected}:{previous}":
        yield Fault("log", "the last links are missing or the head was changed")
    elif kept is None and expected:
        yield Fault("log", "the head is missing")


def length(connection: Connection) -> int:
    """How many links there are."""
    return int(connection.execute(select(func.count()).select_from(schema.log)).scalar_one())
