"""Adding reports, and joining a whole book at once."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from rasid.books import features, keys, ledger, lists, promises, settle, settle_promises, taking
from rasid.books.cluster import Change, Cluster, F, IncidentRules, Joiner, Rules
from rasid.books.corroborate import Corroborator
from rasid.books.memory import MemoryShelf
from rasid.books.promises import PromiseRules
from rasid.books.records import Added
from rasid.books.rereading import LIVE
from rasid.books.schema import blocks, claims, commitments, facets, findings, incidents, labels, scopes, terms
from rasid.books.seal import KeyRing
from rasid.books.shelf import chunks
from rasid.model.document import Document
from rasid.model.reading import Reading

#: Records written in one go when a whole book is joined.
_SLICE = 2000
_PLACE = (
    update(claims)
    .where(claims.c.n == bindparam("claim"))
    .values(component=bindparam("in_component"), host=bindparam("at_host"))
)


def add(
    connection: Connection, pairs: Sequence[tuple[Document, Reading]], sealing: KeyRing, *, by: str, who: str
) -> list[Added]:
    """Keep reports and join their claims with the book's."""
    taken = taking.take(connection, pairs, sealing, by=by, who=who)
    Corroborator(connection).add(
        [f for t in taken for f in t.incidents],
        [p for t in taken for p in t.commitments],
        [n for t in taken for n in t.replaced],
    )
    return [_added(connection, t) for t in taken]


def keep(
    connection: Connection, pairs: Sequence[tuple[Document, Reading]], sealing: KeyRing, *, by: str, who: str
) -> list[str]:
    """Keep reports without joining: `rebuild` must follow. For very many at once."""
    return [t.id for t in taking.take(connection, pairs, sealing, by=by, who=who)]


def _added(connection: Connection, taken: taking.Taken) -> Added:
    told = select(claims.c.kind, labels.c.id).join(labels, labels.c.claim == claims.c.record)
    rows = connection.execute(
        told.where(claims.c.report == taken.n, claims.c.state.in_(LIVE)).order_by(claims.c.n)
    ).all()
    by_kind = {k: tuple(dict.fromkeys(id for kind, id in rows if kind == k)) for k in ("incident", "commitment")}
    row = lists.report_row(connection, taken.id)
    copy = lists.copy_of(connection, row)
    return Added(taken.id, taken.new, by_kind["incident"], by_kind["commitment"], copy)


# -- everything at once


def rebuild(connection: Connection) -> int:
    """Join all claims again in memory and write all records anew; ids, pins and decisions stay."""
    for table in (blocks, facets, findings, scopes, terms, incidents, commitments):
        connection.execute(delete(table))
    connection.execute(update(claims).values(component=None, host=None, record=None))
    told = _join(connection, "incident", MemoryShelf(keys.kept), features.load, IncidentRules())
    promised = _join(connection, "commitment", MemoryShelf(promises.kept), promises.load, PromiseRules())
    for part in _slices(told):
        settle.write_incidents(connection, part)
    for part_p in _slices(promised):
        settle_promises.write(connection, part_p)
    numbers = connection.execute(select(commitments.c.n)).scalars().all()
    ledger.update(connection, told=(), promised=numbers)
    return int(connection.execute(select(func.count()).select_from(incidents)).scalar_one())


def _join(
    connection: Connection,
    kind: str,
    shelf: MemoryShelf[F],
    load: Callable[[Any, int, str, int, int], F],
    rules: Rules[F],
) -> Change[F]:
    query = select(claims.c.n, claims.c.canon, claims.c.report, claims.c.pin, claims.c.features).where(
        claims.c.kind == kind, claims.c.state.in_(LIVE)
    )
    for n, canon, report, pin, raw in connection.execution_options(yield_per=1000).execute(query):
        shelf.put(load(json.loads(raw), n, canon, report, pin or 0))
    change = Joiner(shelf, rules).update(list(shelf.all.values()), all_at_once=True)
    rows = ({"key": k, "claim": n} for k in shelf.by_key for n in shelf.under(k))
    for part in chunks(rows):
        connection.execute(insert(blocks), part)
    places = [
        {"claim": n, "in_component": c, "at_host": shelf.hosts.get(n)} for n, c in shelf.components(shelf.all).items()
    ]
    if places:
        connection.execute(_PLACE, places)
    return change


def _slices(change: Change[F]) -> Iterator[Change[F]]:
    for start in range(0, len(change.clusters), _SLICE):
        part: list[Cluster[F]] = change.clusters[start : start + _SLICE]
        yield Change(part, {n for c in part for n in c.numbers})
