"""Filters as SQL, pages by key: the same for lists, counts, facets, maps and exports, on both databases."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Date,
    Integer,
    Select,
    Text,
    and_,
    cast,
    func,
    literal_column,
    or_,
    select,
    text,
    tuple_,
)

from rasid.books import method, parties, search
from rasid.books.features import place_name
from rasid.books.records import FacetCount, Filter, GridCell
from rasid.books.rereading import LIVE
from rasid.books.schema import claims, commitments, facets, incidents, reports
from rasid.errors import InputError

#: Stand in for a missing day in sorted lists.
_NEVER = date(1, 1, 1)
#: The same as SQL text: a bound value would keep the database from the index on this very expression.
_LEAST = literal_column("'0001-01-01'", Date)
_SLOTS = ("place", "actor", "weapon", "target", "publisher", "act")
_FACET_LIMIT = 200


def incident_where(connection: Connection, f: Filter) -> list[ColumnElement[bool]]:
    """Conditions on `incidents`."""
    t = incidents.c
    out: list[ColumnElement[bool]] = [t.kind == "toll" if f.tolls else t.kind != "toll"]
    if f.types:
        out.append(t.type.in_([x for name in f.types for x in _types(name)]))
    if f.since:
        out.append(t.end >= f.since)
    if f.until:
        out.append(t.start <= f.until)
    if f.grades:
        out.append(t.grade.in_(f.grades))
    if f.modalities:
        out.append(t.modality.in_(f.modalities))
    if f.with_harm is not None:
        harmed = or_(t.killed_high > 0, t.killed_low > 0, t.injured_high > 0, t.injured_low > 0)
        out.append(harmed if f.with_harm else ~func.coalesce(harmed, False))
    if f.box is not None:
        west, south, east, north = f.box
        out.append(and_(t.lat.between(south, north), t.lon.between(west, east)))
    for slot, values in (("weapon", f.weapons), ("target", f.targets)):
        if values:
            out.append(t.n.in_(_facet(slot, values)))
    return out + _shared(connection, f, incidents)


def _shared(connection: Connection, f: Filter, table: Any) -> list[ColumnElement[bool]]:
    """Conditions that incidents and commitments have in common."""
    t = table.c
    out: list[ColumnElement[bool]] = []
    if f.places:
        out.append(t.n.in_(_facet("place", [k for p in f.places for k in place_keys(p)])))
    if f.actors:
        out.append(t.n.in_(_facet("actor", [parties.find(a) for a in f.actors])))
    if f.publishers:
        out.append(t.n.in_(_facet("publisher", f.publishers)))
    if f.countries:
        out.append(t.country.in_([c.lower() for c in f.countries] + list(f.countries)))
    if f.published is not None:
        out.append(t.published.is_(f.published))
    if f.reports:
        out.append(t.n.in_(_told_by(reports.c.id.in_(f.reports))))
    if f.text:
        out.append(t.n.in_(_told_by(reports.c.n.in_(found(connection, f.text)))))
    if f.without:
        out.append(t.id.not_in(f.without))
    if f.without_reports:
        out.append(t.n.in_(_told_by(reports.c.id.not_in(f.without_reports))))
    return out


def commitment_where(connection: Connection, f: Filter) -> list[ColumnElement[bool]]:
    """Conditions on `commitments` (states are told only after the ledger is read)."""
    t = commitments.c
    out: list[ColumnElement[bool]] = []
    if f.kinds:
        out.append(t.kind.in_(f.kinds))
    if f.acts:
        out.append(t.n.in_(_facet("act", f.acts)))
    if f.since:
        out.append(t.made >= f.since)
    if f.until:
        out.append(t.made <= f.until)
    return out + _shared(connection, f, commitments)


def _types(name: str) -> tuple[str, ...]:
    found = method.members(name)
    if not found:
        raise InputError(f"no incident type or family is called {name!r}", mend="see docs/contract.md")
    return found


def _facet(slot: str, values: Sequence[str]) -> Select[Any]:
    return select(facets.c.record).where(facets.c.slot == slot, facets.c.value.in_(list(values)))


def _told_by(condition: ColumnElement[bool]) -> Select[Any]:
    return (
        select(claims.c.record)
        .join(reports, reports.c.n == claims.c.report)
        .where(condition, claims.c.record.is_not(None), claims.c.state.in_(LIVE))
    )


def found(connection: Connection, asked: str) -> Any:
    """Reports that a full-text query finds, as a subquery of their numbers."""
    query = search.parse(asked)
    if not query.stems:
        raise InputError("nothing to search for", where=asked, mend="give at least one word")
    sql, values = search.condition(connection, query)
    return text(sql).bindparams(**values)


def of_places(keys: Sequence[str]) -> Select[Any]:
    """Numbers of the records that any of the place keys finds."""
    return _facet("place", keys)


def place_keys(wanted: str) -> list[str]:
    """Keys of a place that a user names by id or by name; a name stands for all places that bear it."""
    keys = [wanted, "n:" + place_name(wanted)]
    if not wanted.isascii():
        from rasid.lexicon import gazetteer

        keys += [p.id for p in gazetteer.default().lookup(wanted)]
    return keys


# -- pages


def token(*values: Any) -> str:
    """An opaque page token."""
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


def values_of(after: str) -> list[Any]:
    """What a page token holds. InputError when it was not made by `token`."""
    try:
        out = json.loads(base64.urlsafe_b64decode(after + "=" * (-len(after) % 4)))
    except (ValueError, binascii.Error) as e:
        raise InputError("this is no page token", where=after, mend="use `next` of the page before") from e
    if not isinstance(out, list) or len(out) != 2:
        raise InputError("this is no page token", where=after, mend="use `next` of the page before")
    return out


def ordered(query: Select[Any], table: Any, sort: str, columns: dict[str, Any], after: str | None) -> Select[Any]:
    """The query in order, from after a token. A page token belongs to one order."""
    name, down = sort.lstrip("-"), sort.startswith("-")
    if name not in columns:
        raise InputError(f"cannot sort by {name!r}", mend="one of " + ", ".join(sorted(columns)))
    column = columns[name]
    if after is not None:
        value, last = values_of(after)
        value = date.fromisoformat(value) if name in ("day", "made", "published") else value
        pair, mark = tuple_(column, table.c.id), tuple_(value, last)
        query = query.where(pair < mark if down else pair > mark)
    if down:
        return query.order_by(column.desc(), table.c.id.desc())
    return query.order_by(column, table.c.id)


INCIDENT_ORDERS = {
    "day": func.coalesce(incidents.c.start, _LEAST),
    "updated": incidents.c.updated,
    "sources": incidents.c.sources,
    "id": incidents.c.id,
}
COMMITMENT_ORDERS = {
    "made": func.coalesce(commitments.c.made, _LEAST),
    "updated": commitments.c.updated,
    "sources": commitments.c.sources,
    "id": commitments.c.id,
}
REPORT_ORDERS = {"published": func.coalesce(reports.c.published, _LEAST)}


def mark(row: Any, sort: str) -> str:
    """The token of a row in an order."""
    name = sort.lstrip("-")
    if name in ("day", "made", "published"):
        value = {"day": "start"}.get(name, name)
        return token((getattr(row, value) or _NEVER).isoformat(), row.id)
    return token(getattr(row, name), row.id)


# -- facets and maps


def facet(connection: Connection, name: str, table: Any, where: list[ColumnElement[bool]]) -> tuple[FacetCount, ...]:
    """Counts per value of one field, most frequent first, at most 200."""
    if name in _SLOTS:
        value: Any = facets.c.value
        query = (
            select(value, func.count())
            .select_from(facets.join(table, table.c.n == facets.c.record))
            .where(facets.c.slot == name, value.not_like("n:%"), value.not_like(parties.NAME + "%"), *where)
        )
    elif name == "month":
        column = table.c.start if table is incidents else table.c.made
        value = func.substr(cast(column, Text), 1, 7)
        query = select(value, func.count()).where(column.is_not(None), *where)
    elif name in table.c and name in ("type", "grade", "country", "modality", "kind", "precision"):
        value = table.c[name]
        query = select(value, func.count()).where(value.is_not(None), *where)
    else:
        raise InputError(
            f"no facet is called {name!r}", mend="type, grade, country, place, actor, weapon, target, month …"
        )
    counted = query.group_by(value).order_by(func.count().desc(), value).limit(_FACET_LIMIT)
    return tuple(FacetCount(str(v), n) for v, n in connection.execute(counted))


def grid(
    connection: Connection, f: Filter, cell: float, box: tuple[float, float, float, float] | None
) -> tuple[GridCell, ...]:
    """Records per map cell of `cell` degrees, inside a box of west, south, east, north."""
    if not 0 < cell <= 90:
        raise InputError("a cell is more than 0 and at most 90 degrees wide", where=str(cell))
    t = incidents.c
    where = [*incident_where(connection, f), t.lat.is_not(None)]
    if box is not None:
        west, south, east, north = box
        where.append(and_(t.lat.between(south, north), t.lon.between(west, east)))
    y, x = _cell(connection, t.lat + 90, cell), _cell(connection, t.lon + 180, cell)
    query = (
        select(func.avg(t.lat), func.avg(t.lon), func.count(), func.min(t.id))
        .where(*where)
        .group_by(y, x)
        .order_by(y, x)
    )
    return tuple(
        GridCell(round(lat, 5), round(lon, 5), n, one if n == 1 else None)
        for lat, lon, n, one in connection.execute(query)
    )


def _cell(connection: Connection, shifted: Any, cell: float) -> Any:
    # SQLite may lack floor(), and PostgreSQL's cast to integer rounds
    share = shifted / cell
    return cast(share, Integer) if connection.dialect.name == "sqlite" else func.floor(share)
