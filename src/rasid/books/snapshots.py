"""Frozen states for bulletins: what is printed is data in the book, so that a bulletin rebuilds byte for
byte.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, insert, select

from rasid.books import chain, ledger_view, lists, notes, queries, views
from rasid.books.canon import canonical, instant, now, sha256, stamp
from rasid.books.records import Filter, Grade
from rasid.books.records_ledger import Finding
from rasid.books.records_log import Snapshot
from rasid.books.schema import commitments, incidents, snapshots
from rasid.errors import InputError, StoreError
from rasid.lexicon import gazetteer

#: Fields of a record that change without its content changing: they would break rebuilding from equal
#: content.
_PASSING = ("version", "updated", "redirected_from")
_SUMMED = ("killed", "injured")
_HARM = [getattr(incidents.c, f"{status}_{bound}") for status in _SUMMED for bound in ("low", "high")]


def take(connection: Connection, start: date, end: date, area: Sequence[str], *, who: str) -> Snapshot:
    """Freeze what a bulletin for the closed period and area needs."""
    if end < start:
        raise InputError("the period ends before it begins", where=f"{start} to {end}")
    seq, head = chain.head(connection)
    where = Filter(places=tuple(area), since=start, until=end)
    body: dict[str, Any] = {
        "start": start.isoformat(),
        "end": end.isoformat(),
        "area": list(area),
        "taken": stamp(now()),
    }
    body |= {"cutoff": seq, "head": head} | _content(connection, where, start, end)
    text = canonical(body)
    digest = sha256(text)
    snapshot_id = "SNP-" + digest[:12]
    connection.execute(insert(snapshots), {"id": snapshot_id, "head": head, "body": text})
    chain.append(connection, [("snapshot", snapshot_id, {"sha256": digest})], who=who)
    return load(snapshot_id, text)


def _content(connection: Connection, where: Filter, start: date, end: date) -> dict[str, Any]:
    days = (end - start).days + 1
    before = replace(where, since=start - timedelta(days=days), until=start - timedelta(days=1))
    found: dict[str, Any] = {
        "incidents": list(_incidents(connection, where)),
        "tolls": list(_incidents(connection, replace(where, tolls=True))),
        "previous": _counts(connection, before),
        "commitments": _commitments(connection, where, start, end),
        "limits": [x.as_dict() for x in ledger_view.limit_records(connection, start, end)],
        "corrections": [c.as_dict() for c in notes.listed(connection, None, public=True)],
        "effort": _by_day(lists.reports_per_day(connection, where)),
        "previous_effort": sum(lists.reports_per_day(connection, before).values()),
        "sources": _sources(connection, where),
    }
    return found | {"names": _names(found)}


def _incidents(connection: Connection, where: Filter) -> Iterator[dict[str, Any]]:
    query = select(incidents).where(*queries.incident_where(connection, where))
    for row in connection.execute(query.order_by(incidents.c.start, incidents.c.id)).all():
        yield _lasting(views.incident(row).as_dict()) | {"observed": _observed(connection, row.id)}


def _observed(connection: Connection, rid: str) -> list[str]:
    """Kinds of those who tell it (never who): the outlet itself where a claim names nobody."""
    told = (c for c in lists.claims_of(connection, rid) if c.incident is not None)
    return sorted({kind for c in told for kind in ([s.kind for s in c.sources] or ["outlet"])})


def _names(found: dict[str, Any]) -> dict[str, list[str]]:
    """Names (Arabic, English) and kind of every place: gazetteers change, a snapshot does not."""
    records = [*found["incidents"], *found["tolls"], *found["commitments"]]
    ids = {i for r in records for p in r["places"] for i in (p["id"], *p["parents"]) if i}
    ids |= {limit["place_id"] for limit in found["limits"] if limit["place_id"]}
    held = gazetteer.default()
    return {i: [p.name, p.en or p.name, p.kind] for i in sorted(ids) if (p := held.get(i)) is not None}


def _lasting(record: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in record.items() if k not in _PASSING}


def _counts(connection: Connection, where: Filter) -> dict[str, Any]:
    rows = connection.execute(
        select(incidents.c.type, *_HARM).where(
            *queries.incident_where(connection, where), incidents.c.grade != Grade.DISCOUNTED
        )
    ).all()
    return {
        "start": where.since.isoformat() if where.since else None,
        "end": where.until.isoformat() if where.until else None,
        "incidents": len(rows),
        "by_type": dict(sorted(Counter(r.type for r in rows).items())),
        **{f"{status}_low": sum(getattr(r, f"{status}_low") or 0 for r in rows) for status in _SUMMED},
        **{f"{status}_high": sum(_high(r, status) for r in rows) for status in _SUMMED},
    }


def _high(row: Any, status: str) -> int:
    return getattr(row, f"{status}_high") or getattr(row, f"{status}_low") or 0


def _commitments(connection: Connection, where: Filter, start: date, end: date) -> list[dict[str, Any]]:
    """Commitments made by the end of the period whose time touches it, with the findings that fall in it."""
    shared = queries.commitment_where(connection, replace(where, since=None, until=end))
    out = []
    for row in connection.execute(
        select(commitments).where(*shared).order_by(commitments.c.made, commitments.c.id)
    ).all():
        record, told = ledger_view.commitment(connection, row, end)
        ends = [t.test.until for t in record.terms if t.test.until]
        if row.made is not None and row.made < start and ends and max(ends) < start:
            continue
        inside = [f.as_dict() for f in told if _falls(f, start, end)]
        out.append(_lasting(record.as_dict()) | {"in_period": inside})
    return out


def _falls(f: Finding, start: date, end: date) -> bool:
    return f.day is None or start <= f.day <= end


def _by_day(counted: dict[date, int]) -> dict[str, int]:
    return {d.isoformat(): n for d, n in counted.items()}


def _sources(connection: Connection, where: Filter) -> dict[str, int]:
    """Outlets by how many of the period's incidents they tell."""
    found = queries.facet(connection, "publisher", incidents, queries.incident_where(connection, where))
    return {f.value: f.count for f in found}


def load(snapshot_id: str, text: str) -> Snapshot:
    """A kept snapshot. StoreError when its content no longer fits its id."""
    digest = sha256(text)
    if snapshot_id != "SNP-" + digest[:12]:
        raise StoreError("the snapshot was changed", where=snapshot_id, mend="see rasid verify")
    body = json.loads(text)
    return Snapshot(
        snapshot_id, date.fromisoformat(body["start"]), date.fromisoformat(body["end"]), tuple(body["area"]),
        instant(body["taken"]), body["cutoff"], body["head"], digest, body,
    )  # fmt: skip


def one(connection: Connection, snapshot_id: str) -> Snapshot:
    """A snapshot by id."""
    text = connection.execute(select(snapshots.c.body).where(snapshots.c.id == snapshot_id)).scalar()
    if text is None:
        raise InputError(f"no snapshot {snapshot_id!r}")
    return load(snapshot_id, text)


def listed(connection: Connection) -> tuple[Snapshot, ...]:
    """All snapshots, newest first."""
    rows = connection.execute(select(snapshots.c.id, snapshots.c.body))
    return tuple(sorted((load(r.id, r.body) for r in rows), key=lambda s: (s.cutoff, s.id), reverse=True))
