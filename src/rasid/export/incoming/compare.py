"""A file held beside a book: which rows the book tells too, which it does not, and what no row tells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from rasid.books import Book, Filter
from rasid.books.records import IncidentRecord
from rasid.export.incoming.acled import distance
from rasid.export.incoming.table import Row
from rasid.model.reading import Incident, Reading
from rasid.model.vocabulary import FAMILIES

#: How far apart two codings of one incident may put it.
_DAYS, _KM = 1, 20.0


@dataclass(frozen=True, slots=True)
class Match:
    """One row and the incident that seems to be the same; None where the book has none."""

    row: int
    id: str
    incident: str | None
    days: int | None = None
    km: float | None = None


def matches(book: Book, read: Iterable[tuple[Row, Reading]]) -> Iterator[Match]:
    """Each row's nearest incident of the same family of types, a day and twenty kilometres around."""
    for row, reading in read:
        for told in reading.incidents:
            found = sorted(_near(book, told), key=lambda x: (x[0].type != told.type, x[1], x[2], x[0].id))
            name = reading.report.id
            if found:
                incident, days, km = found[0]
                yield Match(row.number, name, incident.id, days, round(km, 1))
            else:
                yield Match(row.number, name, None)


def _near(book: Book, told: Incident) -> Iterator[tuple[IncidentRecord, int, float]]:
    time, place = told.time, told.places[0] if told.places else None
    if time is None or time.start is None or time.end is None:
        return
    around = Filter(
        since=time.start - timedelta(days=_DAYS),
        until=time.end + timedelta(days=_DAYS),
        types=tuple(next((f for f in FAMILIES if told.type in f), {str(told.type)})),
    )
    for r in book.every_incident(around):
        km = _apart(r, place.lat, place.lon, place.id) if place else None
        if km is not None and km <= _KM and r.start:
            yield r, abs((r.start - time.start).days), km


def _apart(r: IncidentRecord, lat: float | None, lon: float | None, id: str | None) -> float | None:
    if id and any(id == p.id for p in r.places):
        return 0.0
    points = [(p.lat, p.lon) for p in r.places if p.lat is not None and p.lon is not None]
    if lat is None or lon is None or not points:
        return None
    return min(distance(lat, lon, *p) for p in points)
