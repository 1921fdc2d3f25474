"""What the desk asks of the gazetteer and the registry of parties: lists to pick from, names to show.
Read-only.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from rasid.desk.words import T


def every_place() -> Iterator[dict[str, Any]]:
    """All places with their names and the name of what they lie in; settlements before what is larger or
    smaller.
    """
    from rasid.lexicon import gazetteer

    held = gazetteer.default()
    for p in sorted(held, key=lambda p: -p.prior):
        up = [held.get(i) for i in p.parents]
        more = "، ".join(q.name for q in up if q)
        for name in (p.name, *p.aliases):
            yield {"id": p.id, "ar": name, "en": p.en or "", "more": more, "lat": p.lat, "lon": p.lon}


def every_actor() -> Iterator[dict[str, Any]]:
    from rasid.lexicon import actors

    for e in actors.registry().values():
        names = tuple(dict.fromkeys((e.label_ar, *e.names, *e.partisan, e.label_en)))
        yield {"id": e.id, "ar": e.label_ar, "en": e.label_en, "names": names}


@cache
def place_names(place_id: str) -> T | None:
    from rasid.lexicon import gazetteer

    p = gazetteer.default().get(place_id)
    return T(p.name, p.en or p.name) if p else None


@cache
def actor_names(actor_id: str) -> T | None:
    from rasid.lexicon import actors

    e = actors.registry().get(actor_id)
    return T(e.label_ar, e.label_en or e.label_ar) if e else None


@cache
def country_name(code: str) -> T | None:
    from rasid.lexicon import gazetteer

    found = next((p for p in gazetteer.default() if p.kind == "country" and p.country == code.upper()), None)
    return T(found.name, found.en or found.name) if found else None


def shown_place(place_id: str) -> str:
    found = place_names(place_id)
    return str(found) if found else place_id


def shown_actor(actor_id: str) -> str:
    found = actor_names(actor_id)
    return str(found) if found else actor_id


def shown_country(code: str) -> str:
    found = country_name(code)
    return str(found) if found else code


def place_of(place_id: str) -> Any:
    """The gazetteer's place, None when it has none of that id."""
    from rasid.lexicon import gazetteer

    return gazetteer.default().get(place_id)


@cache
def _settlements() -> list[tuple[float, float, T, float]]:
    from rasid.lexicon import gazetteer

    found = [
        p
        for p in gazetteer.default()
        if p.kind in ("city", "town", "governorate") and p.lat is not None and p.lon is not None
    ]
    found.sort(key=lambda p: -p.prior)
    return [(float(p.lat or 0), float(p.lon or 0), T(p.name, p.en or p.name), p.prior) for p in found]


def names_in(box: tuple[float, float, float, float], most: int) -> list[dict[str, Any]]:
    """Names of the larger places in a box, none nearer to another than a twelfth of its width."""
    west, south, east, north = box
    gap, kept = (east - west) / 12, []
    for lat, lon, name, _ in _settlements():
        if (
            west <= lon <= east
            and south <= lat <= north
            and all(abs(lon - k["lon"]) > gap or abs(lat - k["lat"]) > gap / 3 for k in kept)
        ):
            kept.append({"lat": lat, "lon": lon, "name": str(name)})
            if len(kept) >= most:
                break
    return kept
