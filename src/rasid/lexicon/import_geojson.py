"""GeoJSON files of places (OpenStreetMap extracts, boundaries): one place for each named feature."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rasid.errors import InputError
from rasid.lexicon.gazetteer import PRIOR, Place
from rasid.lexicon.geonames import arabic

_NAMES = ("name:ar", "name_ar", "name_arabic", "NAME_AR", "ADM3_AR", "ADM2_AR", "ADM1_AR", "name", "NAME")
_ENGLISH = ("name:en", "name_en", "NAME_EN", "ADM3_EN", "ADM2_EN", "ADM1_EN")
#: Tags of OpenStreetMap, in the order that they decide.
_TAGS = (
    (
        "place",
        {
            "city": "city",
            "town": "town",
            "village": "village",
            "hamlet": "village",
            "suburb": "neighbourhood",
            "neighbourhood": "neighbourhood",
            "quarter": "neighbourhood",
            "state": "governorate",
            "district": "district",
        },
    ),
    ("aeroway", {"*": "facility"}),
    ("amenity", {"refugee_site": "camp", "*": "facility"}),
    ("natural", {"peak": "mountain"}),
    ("barrier", {"border_control": "crossing"}),
    ("highway", {"*": "street"}),
    ("landuse", {"military": "facility"}),
    ("military", {"*": "facility"}),
)


def places(path: Path, country: str) -> Iterator[Place]:
    """The features that have an Arabic name; a line or area stands at the middle of its box."""
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
        features = data["features"]
    except (ValueError, KeyError, TypeError) as e:
        raise InputError(f"no FeatureCollection: {e}", where=str(path), mend="give GeoJSON (RFC 7946)") from e
    for n, f in enumerate(features):
        try:
            place = _place(f, n, path.stem, country)
        except (KeyError, TypeError, ValueError, IndexError) as e:
            raise InputError(f"bad geometry: {e!r}", where=f"{path}, feature {n}", mend="correct the feature") from e
        if place is not None:
            yield place


def _place(f: dict[str, Any], n: int, stem: str, country: str) -> Place | None:
    props: dict[str, Any] = f.get("properties") or {}
    names = arabic([str(props[k]) for k in _NAMES if props.get(k)])
    if not names or not f.get("geometry"):
        return None
    iso = (country or str(props.get("country") or props.get("ISO_A2") or "")).upper()
    if len(iso) != 2:
        raise ValueError("the country is not said: give --country")
    kind = _kind(props)
    point = list(_points(f["geometry"]["coordinates"]))
    lon = (min(p[0] for p in point) + max(p[0] for p in point)) / 2
    lat = (min(p[1] for p in point) + max(p[1] for p in point)) / 2
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise ValueError(f"no such point: {lat}, {lon}")
    precision = "settlement" if len(point) == 1 else "governorate" if kind == "governorate" else "district"
    id = str(f.get("id") or props.get("@id") or props.get("pcode") or props.get("id") or f"{stem}.{n}").replace(
        "/", "."
    )
    english = next((str(props[k]) for k in _ENGLISH if props.get(k)), "")
    return Place(
        f"geojson.{id}",
        names[0],
        kind,
        iso.lower(),
        lat,
        lon,
        precision,
        iso,
        "geojson",
        english,
        frozenset({"word"}),
        PRIOR[kind] - 0.5,
        (),
        tuple(dict.fromkeys(names[1:])),
    )


def _kind(props: dict[str, Any]) -> str:
    if "ADM3_AR" in props or "ADM2_AR" in props:
        return "district"
    if "ADM1_AR" in props:
        return "governorate"
    given = str(props.get("kind") or "")
    if given in PRIOR:
        return given
    for tag, values in _TAGS:
        kind = values.get(str(props.get(tag) or ""), values.get("*") if props.get(tag) else None)
        if kind:
            return kind
    return "area"


def _points(c: Any) -> Iterator[tuple[float, float]]:
    if isinstance(c[0], int | float):
        yield float(c[0]), float(c[1])
        return
    for part in c:
        yield from _points(part)
