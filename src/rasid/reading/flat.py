"""A reading as flat rows and as GeoJSON features, for tables and maps of single runs (books have exports of
their own).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from rasid.model.reading import Casualty, Commitment, Incident, Part, Place, Reading, Time

COLUMNS = (
    "report",
    "published",
    "publisher",
    "url",
    "item",
    "kind",
    "modality",
    "start",
    "end",
    "day_part",
    "places",
    "place_ids",
    "lat",
    "lon",
    "precision",
    "perpetrators",
    "parties",
    "victims",
    "targets",
    "weapons",
    "terms",
    "killed_min",
    "killed_max",
    "injured_min",
    "injured_max",
    "other_harm",
    "sources",
    "confidence",
    "rule",
    "quote",
)
_FORMULA = re.compile(r"^[\s]*[=+\-@\t\r]")


def rows(reading: Reading) -> Iterator[dict[str, object]]:
    """One row for each incident and commitment; cells that a spreadsheet would run are quoted."""
    items: list[Incident | Commitment] = [*reading.incidents, *reading.commitments]
    for item in items:
        yield {k: _safe(v) for k, v in _row(reading, item).items()}


def _row(reading: Reading, item: Incident | Commitment) -> dict[str, object]:
    r = reading.report
    base: dict[str, object] = {
        "report": r.id,
        "published": r.published,
        "publisher": r.publisher,
        "url": r.url,
        "item": item.id,
        "confidence": item.confidence,
        "rule": item.rule,
        "sources": _sources(reading, item.sources),
        "quote": item.evidence[0].text if item.evidence else None,
    }
    return {**base, **_when(item.time), **_where(item.places), **_own(item)}


def _own(item: Incident | Commitment) -> dict[str, object]:
    if isinstance(item, Commitment):
        return {
            "kind": item.kind,
            "perpetrators": None,
            "parties": _texts([*item.by, *item.to]),
            "terms": "; ".join(dict.fromkeys(str(t.act) for t in item.terms)),
        }
    by_role = {role: _texts([a for a in item.actors if a.role == role]) for role in ("perpetrator", "party", "victim")}
    return {
        "kind": item.type,
        "modality": item.modality,
        "perpetrators": by_role["perpetrator"],
        "parties": by_role["party"],
        "victims": by_role["victim"],
        "targets": "; ".join(str(t.kind) for t in item.targets),
        "weapons": "; ".join(str(w.kind) for w in item.weapons),
        **_harm(item.casualties),
    }


def _when(time: Time | None) -> dict[str, object]:
    if time is None:
        return {}
    return {"start": time.start, "end": time.end, "day_part": time.day_part}


def _where(places: list[Place]) -> dict[str, object]:
    at = next((p for p in places if p.lat is not None), None)
    return {
        "places": _texts(places),
        "place_ids": "; ".join(p.id for p in places if p.id),
        "lat": at.lat if at else None,
        "lon": at.lon if at else None,
        "precision": at.precision if at else None,
    }


def _harm(casualties: list[Casualty]) -> dict[str, object]:
    """Killed and injured as bounds: null where unstated, summed where several groups are counted apart."""
    out: dict[str, object] = {}
    for status in ("killed", "injured"):
        counted = [c for c in casualties if c.status == status]
        for bound in ("min", "max"):
            values = [getattr(c, bound) for c in counted]
            known = values and all(v is not None for v in values)
            out[f"{status}_{bound}"] = sum(values) if known else None
    rest = [c for c in casualties if c.status not in ("killed", "injured")]
    out["other_harm"] = "; ".join(f"{c.status} {_bounds(c)}" for c in rest)
    return out


def _bounds(c: Casualty) -> str:
    return f"{'?' if c.min is None else c.min}..{'?' if c.max is None else c.max}"


def _texts(parts: Iterable[Part]) -> str:
    return "; ".join(dict.fromkeys(str(getattr(p, "text", "")) for p in parts))


def _sources(reading: Reading, ids: list[str]) -> str:
    """Sources by name; one that asked not to be known only by its kind, whatever the text let slip."""
    by_id = {s.id: s for s in reading.sources}
    known = [by_id[i] for i in ids if i in by_id]
    return "; ".join(dict.fromkeys(f"[{s.kind}]" if s.anonymous else s.text for s in known))


def _safe(value: object) -> object:
    if isinstance(value, str) and _FORMULA.match(value):
        return "'" + value
    return value


def features(reading: Reading) -> Iterator[dict[str, Any]]:
    """GeoJSON features (RFC 7946), one for each incident: its known points, or null geometry."""
    for incident in reading.incidents:
        row = {k: str(v) if hasattr(v, "isoformat") else v for k, v in _row(reading, incident).items()}
        properties = {k: v for k, v in row.items() if v not in (None, "")}
        yield {"type": "Feature", "geometry": _geometry(incident.places), "properties": properties}


def _geometry(places: list[Place]) -> dict[str, Any] | None:
    points = [[p.lon, p.lat] for p in places if p.lat is not None and p.lon is not None]
    if not points:
        return None
    if len(points) == 1:
        return {"type": "Point", "coordinates": points[0]}
    return {"type": "MultiPoint", "coordinates": points}
