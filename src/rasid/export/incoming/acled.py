"""ACLED's CSV read as claims: a second coding of the same days, to hold beside one's own."""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from rasid.errors import InputError
from rasid.export.acled import codes, country
from rasid.export.incoming.table import Row, RowError, columns, rows

_NEEDED = ("event_id_cnty", "event_date", "event_type", "sub_event_type", "location", "notes")
_PRECISION = {"1": "settlement", "2": "district", "3": "governorate"}
_DATES = ("%Y-%m-%d", "%d %B %Y", "%d/%m/%Y", "%d-%b-%Y")
#: Types of which the first actor is told as the one who acts, and not as one of two sides.
_ONE_SIDED = ("Violence against civilians", "Explosions/Remote violence")
_SAME_KM = 30


def is_acled(header: tuple[str, ...]) -> bool:
    """Does a header belong to ACLED's export?"""
    return {"event_date", "sub_event_type"} <= set(header)


def read(path: Path) -> Iterator[tuple[Row, dict[str, Any]] | RowError]:
    """Rows with the contract's JSON of an incident (or, for agreements, of a commitment)."""
    missing = set(_NEEDED) - set(columns(path))
    if missing:
        raise InputError(f"columns are missing: {', '.join(sorted(missing))}", where=str(path))
    for row in rows(path):
        if isinstance(row, RowError):
            yield row
            continue
        try:
            yield row, _part(row)
        except _Cell as e:
            yield RowError(row.number, e.column, e.what, e.mend)


class _Cell(ValueError):
    """A cell that cannot be used."""

    def __init__(self, column: str, what: str, mend: str = "") -> None:
        self.column, self.what, self.mend = column, what, mend
        super().__init__(what)


def _part(row: Row) -> dict[str, Any]:
    c = row.cells
    if not c["event_id_cnty"]:
        raise _Cell("event_id_cnty", "is empty", "every event needs its id")
    time, places = _time(c), [_place(c)] if c["location"] else []
    actors = _actors(c)
    if c["sub_event_type"] == "Agreement":
        by = [{k: v for k, v in a.items() if k != "role"} for a in actors]
        terms = [{"act": "other", "text": c["notes"] or "Agreement", "places": places}]
        return {"id": "c1", "kind": "agreement", "by": by, "terms": terms, "time": time, "places": places}
    kind = codes()["back"].get(c["sub_event_type"])
    if kind is None:
        raise _Cell("sub_event_type", f"{c['sub_event_type']!r} has no type here", "left out; see docs/exports.md")
    return {
        "id": "i1",
        "type": kind,
        "time": time,
        "places": places,
        "actors": actors,
        "casualties": _deaths(c),
    }


def event_day(text: str) -> date:
    """A day in one of the forms that ACLED's downloads have."""
    for form in _DATES:
        try:
            return datetime.strptime(text.strip(), form).date()
        except ValueError:
            continue
    raise _Cell("event_date", f"is no day: {text!r}", "write it as 2023-03-12")


def _time(c: dict[str, str]) -> dict[str, str]:
    day = event_day(c["event_date"])
    start, end = day, day
    match c.get("time_precision", "1") or "1":
        case "1":
            pass
        case "2":
            start, end = day - timedelta(days=3), day + timedelta(days=3)
        case "3":
            start, end = day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])
        case other:
            raise _Cell("time_precision", f"is none of 1, 2, 3: {other!r}")
    return {"start": start.isoformat(), "end": end.isoformat()}


def _place(c: dict[str, str]) -> dict[str, Any]:
    lat, lon = _degrees(c, "latitude", 90), _degrees(c, "longitude", 180)
    precision = _PRECISION.get(c.get("geo_precision") or "1")
    if precision is None:
        raise _Cell("geo_precision", f"is none of 1, 2, 3: {c['geo_precision']!r}")
    known = _known(c["location"], lat, lon)
    own = {"text": c["location"], "name": c["location"], "lat": lat, "lon": lon, "precision": precision}
    if known is None:
        code = _code(c.get("country", ""))
        return own | {"parents": [code] if code else []}
    return own | {
        "name": known.name,
        "id": known.id,
        "precision": known.precision,
        "parents": list(known.parents),
    }


def _degrees(c: dict[str, str], column: str, most: float) -> float | None:
    text = c.get(column, "")
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        raise _Cell(column, f"is no number: {text!r}", "decimal degrees, a point before the decimals") from None
    if not -most <= value <= most:
        raise _Cell(column, f"is out of range: {text}", f"between -{most:g} and {most:g}")
    return value


@cache
def _by_english() -> dict[str, list[Any]]:
    from rasid.lexicon import gazetteer

    out: dict[str, list[Any]] = defaultdict(list)
    for p in gazetteer.default():
        if p.en and p.lat is not None:
            out[_plain(p.en)].append(p)
    return out


def _plain(name: str) -> str:
    return "".join(ch for ch in name.casefold() if ch.isalnum())


def _known(name: str, lat: float | None, lon: float | None) -> Any:
    """The place of the gazetteer with this English name and (nearly) this position."""
    if lat is None or lon is None:
        return None
    near = [(distance(lat, lon, p.lat, p.lon), p) for p in _by_english().get(_plain(name), ())]
    best = min(near, key=lambda pair: pair[0], default=None)
    return best[1] if best and best[0] <= _SAME_KM else None


def distance(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Kilometres between two points."""
    from math import asin, cos, radians, sin, sqrt

    a, b = radians(lat), radians(other_lat)
    h = sin((b - a) / 2) ** 2 + cos(a) * cos(b) * sin(radians(other_lon - lon) / 2) ** 2
    return 12742 * asin(sqrt(min(1.0, h)))


@cache
def _codes_by_country() -> dict[str, str]:
    from rasid.lexicon import actors

    return {country(code)[0].casefold(): code.lower() for code in actors.countries()}


def _code(name: str) -> str | None:
    return _codes_by_country().get(name.casefold())


@cache
def _registry_by_english() -> dict[str, str]:
    from rasid.lexicon.actors import registry

    return {_plain(e.label_en): e.id for e in registry().values() if e.label_en}


def _actors(c: dict[str, str]) -> list[dict[str, Any]]:
    one_sided = c["event_type"] in _ONE_SIDED
    out = []
    for column, role in (
        ("actor1", "perpetrator" if one_sided else "party"),
        ("actor2", "victim" if one_sided else "party"),
    ):
        name = c.get(column, "")
        if name and not name.startswith("Civilians"):
            out.append({"text": name, "id": _registry_by_english().get(_plain(name)), "role": role})
    return out


def _deaths(c: dict[str, str]) -> list[dict[str, Any]]:
    text = c.get("fatalities", "") or "0"
    if not text.isascii() or not text.isdecimal():
        raise _Cell("fatalities", f"is no whole number: {text!r}")
    # ACLED writes 0 both for none and for not told
    return [{"status": "killed", "min": int(text), "max": int(text)}] if int(text) else []


def published(c: dict[str, str]) -> date:
    """When the row was last edited, if it says so; else its day."""
    stamp = c.get("timestamp", "")
    if stamp.isascii() and stamp.isdecimal() and len(stamp) == 10:
        return datetime.fromtimestamp(int(stamp), UTC).date()
    return event_day(c["event_date"])
