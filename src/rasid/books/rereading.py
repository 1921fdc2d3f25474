"""A report read again: new claims take the place of old ones, and what people did stays done.

An old claim that a person accepted or corrected stays, and a new claim of the same passage gives way to it;
what a person rejected stays rejected. Ids, decisions and pins of a replaced claim pass to the new claim of
the same passage.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select, update

from rasid.books import method
from rasid.books.schema import claims, decisions, labels
from rasid.books.store import AnyRow
from rasid.model.reading import Reading

#: States of claims that count.
LIVE = ("machine", "accepted", "corrected")


@dataclass(slots=True)
class Plan:
    """``skip``: ids (in the new reading) of claims that give way; ``retire``: old claims with their heirs'
    ids.
    """

    skip: set[str] = field(default_factory=set)
    retire: dict[int, str | None] = field(default_factory=dict)


def plan(connection: Connection, report: int, reading: Reading) -> Plan:
    """What becomes of the old claims of a report and of a new reading's."""
    out = Plan()
    old = connection.execute(
        select(claims).where(claims.c.report == report, claims.c.state != "retired").order_by(claims.c.n)
    ).all()
    items = list(_items(reading))
    for row in old:
        same = _same_passage(row, items)
        if row.state == "machine":
            out.retire[row.n] = same
        elif same is not None:
            out.skip.add(same)
    out.retire = {n: (heir if heir not in out.skip else None) for n, heir in out.retire.items()}
    return out


def _items(reading: Reading) -> Iterator[tuple[str, dict[str, Any]]]:
    for kind, items in (
        ("incident", reading.incidents),
        ("commitment", reading.commitments),
        ("meeting", reading.meetings),
    ):
        for item in items:
            yield kind, item.model_dump(mode="json")


def _same_passage(row: AnyRow, items: list[tuple[str, dict[str, Any]]]) -> str | None:
    """Id of the new claim of the same kind that rests on most of the same letters."""
    body = json.loads(row.corrected or row.body)
    best, most = None, 0
    for kind, item in items:
        if kind != row.kind or not _like(body, item):
            continue
        common = sum(
            max(0, min(a["end"], b["end"]) - max(a["start"], b["start"]))
            for a in body["evidence"]
            for b in item["evidence"]
        )
        if common > most:
            best, most = str(item["id"]), common
    return best


def _like(a: dict[str, Any], b: dict[str, Any]) -> bool:
    if "type" in a:
        families = method.families()
        return families[a["type"]] == families[b["type"]]
    return a.get("kind") == b.get("kind")


def retire(connection: Connection, todo: Plan) -> None:
    """Let old claims stand in the history only; their ids become free for the new ones."""
    for n in todo.retire:
        row = connection.execute(select(claims.c.id).where(claims.c.n == n)).one()
        connection.execute(
            update(claims).where(claims.c.n == n).values(state="retired", id=f"{row.id}@{n}", component=None)
        )


def bequeath(connection: Connection, todo: Plan, report_id: str) -> None:
    """Pass ids, decisions and pins on to the heirs, once these stand in the book."""
    for n, heir in todo.retire.items():
        old = connection.execute(select(claims.c.pin, claims.c.record).where(claims.c.n == n)).one()
        to = _claim(connection, f"{report_id}#{heir}") if heir else _sibling(connection, n, old.record)
        if to is None:
            continue
        if connection.execute(select(labels.c.seq).where(labels.c.claim == to)).first() is None:
            connection.execute(update(labels).where(labels.c.claim == n).values(claim=to))
        connection.execute(update(decisions).where(decisions.c.claim == n).values(claim=to))
        if heir and old.pin:
            connection.execute(update(claims).where(claims.c.n == to).values(pin=old.pin))


def _claim(connection: Connection, id: str) -> int | None:
    return connection.execute(select(claims.c.n).where(claims.c.id == id)).scalar()


def _sibling(connection: Connection, n: int, record: int | None) -> int | None:
    """Another claim of the same record without an id of its own, for ids whose claim nobody takes up."""
    if record is None:
        return None
    query = (
        select(claims.c.n)
        .outerjoin(labels, labels.c.claim == claims.c.n)
        .where(claims.c.record == record, claims.c.n != n, claims.c.state.in_(LIVE), labels.c.seq.is_(None))
    )
    return connection.execute(query.order_by(claims.c.canon, claims.c.n).limit(1)).scalar()
