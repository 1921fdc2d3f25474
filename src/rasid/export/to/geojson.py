"""GeoJSON (RFC 7946): one feature for each record, longitude first; null geometry where no place is known."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from rasid.books.records import IncidentRecord, PlaceView
from rasid.export.format import Format, Record
from rasid.export.rows import kind_of, told_commitment, told_incident

_LEFT_OUT = ("updated", "version", "claim_ids", "redirected_from", "id", "lat", "lon")


def feature(record: Record) -> dict[str, Any]:
    """A record as a feature; what nobody stated has no property."""
    r = record.as_dict()
    told = told_incident(r) if isinstance(record, IncidentRecord) else told_commitment(r)
    simple = {k: v for k, v in r.items() if k not in _LEFT_OUT and not isinstance(v, (list, dict))}
    properties = {"record": kind_of(record), **simple, **told}
    return {
        "type": "Feature",
        "id": record.id,
        "geometry": geometry(record.places),
        "properties": {k: v for k, v in properties.items() if v not in (None, "")}
        | {"publishers": list(record.publishers)},
    }


def geometry(places: Iterable[PlaceView]) -> dict[str, Any] | None:
    """A point, several points, or none."""
    points = [[round(p.lon, 6), round(p.lat, 6)] for p in places if p.lat is not None and p.lon is not None]
    unique = [p for n, p in enumerate(points) if p not in points[:n]]
    if not unique:
        return None
    return (
        {"type": "Point", "coordinates": unique[0]}
        if len(unique) == 1
        else {"type": "MultiPoint", "coordinates": unique}
    )


def _write(records: Iterable[Record], path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.write('{"type": "FeatureCollection", "features": [')
        for n, record in enumerate(records):
            out.write((",\n" if n else "\n") + json.dumps(feature(record), ensure_ascii=False))
        out.write("\n]}\n")


FORMAT = Format("geojson", ".geojson", "application/geo+json", _write, "GeoJSON")
