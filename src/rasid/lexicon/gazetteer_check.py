"""The supplement against every reference at hand: where do two sources put the same place more than
5 km apart?
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

from rasid.lexicon import geonames
from rasid.lexicon.gazetteer import SETTLEMENTS, Place
from rasid.text.keys import phrase

#: A namesake farther than this is another place, not another opinion.
_NAMESAKE_KM = 40.0


def km(lat: float, lon: float, lat2: float, lon2: float) -> float:
    """Great-circle distance in kilometres."""
    a, b, c, d = map(radians, (lat, lon, lat2, lon2))
    h = sin((c - a) / 2) ** 2 + cos(a) * cos(c) * sin((d - b) / 2) ** 2
    return 2 * 6371 * asin(sqrt(h))


@dataclass(slots=True, frozen=True)
class Disagreement:
    """One place of the supplement that a reference puts elsewhere."""

    place: Place
    reference: str
    lat: float
    lon: float
    km: float


@dataclass(slots=True)
class Report:
    """What the check saw: how many places had a namesake near by, and those that disagree."""

    compared: int
    alone: int
    without_point: int
    disagree: list[Disagreement]


def check(places: Iterable[Place], imported: Iterable[Place] = (), limit_km: float = 5.0) -> Report:
    """Compare settlements and quarters that have a point of their own with GeoNames and
    imported places by name.
    """
    known = _references(imported)
    report = Report(0, 0, 0, [])
    for p in places:
        if p.kind not in SETTLEMENTS | {"neighbourhood", "camp"}:
            continue
        if p.lat is None or p.lon is None or not p.precision:
            report.without_point += 1
            continue
        near = sorted(_near(p, p.lat, p.lon, known))
        if not near:
            report.alone += 1
            continue
        report.compared += 1
        distance, name, lat, lon = near[0]
        if distance > limit_km:
            report.disagree.append(Disagreement(p, name, lat, lon, distance))
    return report


_Index = dict[tuple[str, tuple[str, ...]], list[tuple[str, float, float]]]


def _references(imported: Iterable[Place]) -> _Index:
    out: _Index = {}
    for c in geonames.cities():
        for n in c.names:
            out.setdefault((_land(c.country), phrase(n)), []).append((f"geonames:{c.id}", c.lat, c.lon))
    for p in imported:
        if p.lat is not None and p.lon is not None and p.precision in ("settlement", "point", "neighbourhood"):
            for n in (p.name, *p.aliases):
                out.setdefault((_land(p.country), phrase(n)), []).append((p.source or p.id, p.lat, p.lon))
    return out


def _land(country: str) -> str:
    """GeoNames counts some places of one land to the other."""
    return "PS" if country == "IL" else country


def _near(p: Place, lat: float, lon: float, known: _Index) -> Iterator[tuple[float, str, float, float]]:
    for n in (p.name, *p.aliases):
        for name, lat2, lon2 in known.get((_land(p.country), phrase(n)), ()):
            distance = km(lat, lon, lat2, lon2)
            if distance < _NAMESAKE_KM:
                yield distance, name, lat2, lon2
