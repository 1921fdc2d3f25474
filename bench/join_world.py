"""An invented world with known truth: events, and claims of them as many outlets would tell them, with
their noise.

Noise: names that the gazetteer does not know, coarser places, days misread by one or left open, counts that
rise, are vague or missing, related types, unnamed or wrong doers, copied passages; and look-alikes: the
next day's attack on the same town by the same hands with the same weapon. Everything is drawn from one seed.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from rasid.model import reading

FIRST = date(2012, 1, 1)
TYPES = (
    ("shelling", 30, "explosion"),
    ("air_strike", 20, "shelling"),
    ("clash", 12, "armed_attack"),
    ("armed_attack", 10, "assassination"),
    ("explosion", 8, "suicide_attack"),
    ("arrest", 8, "abduction"),
    ("incursion", 4, "arrest"),
    ("property_destruction", 3, "incursion"),
    ("displacement", 3, "evacuation"),
    ("siege", 2, "aid_obstruction"),
)
ACTORS = (
    "sy.government",
    "sy.4th_division",
    "sy.opposition",
    "is.group",
    "ye.houthis",
    "sa.coalition",
    "lb.hezbollah",
)
WEAPONS = {"shelling": ("artillery", "mortar", "rocket"), "air_strike": ("aircraft", "drone", "barrel_bomb")}
TARGETS = ("residential", "market", "health", "checkpoint", "vehicle", "education", "military")
LETTERS = "بتجحدرزسشصطعغفقكلمنهوي"
#: Days on which events fall, towns per governorate, governorates per country, countries.
DAYS, TOWNS, GOVERNORATES, COUNTRIES = 3650, 40, 12, 6


@dataclass(slots=True)
class Event:
    """What happened."""

    n: int
    type: str
    also: str
    day: int
    town: int
    quarter: int
    doer: str
    weapon: str | None
    target: str | None
    killed: int
    injured: int


@dataclass(slots=True)
class Told:
    """One claim, the event that it tells, the outlet, the day of publication."""

    event: int
    claim: reading.Incident
    published: date
    outlet: int
    words: frozenset[int]


@cache
def name(n: int) -> str:
    """An invented name of five letters."""
    chance = random.Random(n * 7919 + 13)
    return "".join(chance.choice(LETTERS) for _ in range(5))


@cache
def place(town: int, quarter: int, known: bool) -> reading.Place:
    """A town (quarter 0) or one of its quarters, resolved or as a bare name."""
    governorate = town // TOWNS
    country = governorate // GOVERNORATES
    chain = [f"w{country}.g{governorate}", f"w{country}"]
    chance = random.Random(town)
    lat, lon = 10 + country * 5 + chance.random() * 4, 30 + (governorate % GOVERNORATES) + chance.random()
    if quarter:
        id, chain = f"w{country}.t{town}.q{quarter}", [f"w{country}.t{town}", *chain]
        words, precision = f"حي {name(town * 31 + quarter)}", "neighbourhood"
    else:
        id, words, precision = f"w{country}.t{town}", f"بلدة {name(town * 31)}", "settlement"
    if not known:
        return reading.Place.model_construct(text=words, name=words.split()[1], precision=precision, parents=[])
    return reading.Place.model_construct(
        text=words, name=words.split()[1], id=id, precision=precision, parents=chain, lat=lat, lon=lon
    )


@cache
def area(town: int, level: str) -> reading.Place:
    """The governorate or country of a town."""
    governorate = town // TOWNS
    country = governorate // GOVERNORATES
    if level == "country":
        return reading.Place.model_construct(
            text=f"بلاد {name(country)}",
            name=name(country),
            id=f"w{country}",
            precision="country",
            parents=[],
        )
    return reading.Place.model_construct(
        text=f"محافظة {name(10_000 + governorate)}",
        name=name(10_000 + governorate),
        id=f"w{country}.g{governorate}",
        precision="governorate",
        parents=[f"w{country}"],
    )


def events(chance: random.Random, days: int) -> Iterator[Event]:
    """Events without end; a fifth are followed by a look-alike the next day."""
    n = 0
    weights = [w for _, w, _ in TYPES]
    while True:
        kind, _, also = chance.choices(TYPES, weights)[0]
        killed = chance.choice((0, 0, 1, 1, 2, 3, 4, 6, 9, 15, 27)) if kind not in ("arrest", "siege") else 0
        event = Event(
            n,
            kind,
            also,
            chance.randrange(days),
            chance.randrange(TOWNS * GOVERNORATES * COUNTRIES),
            chance.choice((0, 0, 0, 1, 2, 3)),
            chance.choice(ACTORS),
            chance.choice(WEAPONS.get(kind, (None,))),
            chance.choice((None, *TARGETS)),
            killed,
            killed * chance.choice((0, 1, 2, 3)),
        )
        yield event
        n += 1
        if chance.random() < 0.2:
            again = chance.choice((0, 1, 2, 3, 5, 8)) if killed else 0
            yield Event(
                n,
                kind,
                also,
                event.day + 1,
                event.town,
                event.quarter,
                event.doer,
                event.weapon,
                event.target,
                again,
                again * 2,
            )
            n += 1


def tellings(chance: random.Random, event: Event) -> Iterator[Told]:
    """Claims of an event: few for most, many for some."""
    many = min(40, 1 + int(chance.paretovariate(1.3)) if chance.random() < 0.8 else 1)
    wording = frozenset(chance.getrandbits(32) for _ in range(18))
    for _ in range(many):
        copied = chance.random() < 0.25
        words = wording if copied else frozenset(chance.getrandbits(32) for _ in range(18))
        yield told(chance, event, words)


def told(chance: random.Random, e: Event, words: frozenset[int]) -> Told:
    """One outlet's telling, with its noise."""
    late = chance.choice((0, 1, 1, 1, 2, 3))
    published = FIRST + timedelta(days=e.day + late)
    claim = reading.Incident.model_construct(
        id="i1",
        type=e.type if chance.random() < 0.9 else e.also,
        modality="happened",
        time=_time(chance, e),
        places=[_place(chance, e)],
        actors=_doers(chance, e),
        targets=_kinds(chance, reading.Target, e.target),
        weapons=_kinds(chance, reading.Weapon, e.weapon),
        casualties=_harm(chance, e, late),
        services=[],
        sources=[],
        evidence=[],
        confidence=0.5,
    )
    return Told(e.n, claim, published, chance.randrange(60), words)


def _time(chance: random.Random, e: Event) -> reading.Time | None:
    luck = chance.random()
    if luck < 0.04:
        return None
    day = FIRST + timedelta(days=e.day + (chance.choice((-1, 1)) if luck < 0.08 else 0))
    return reading.Time.model_construct(start=day, end=day)


def _place(chance: random.Random, e: Event) -> reading.Place:
    luck = chance.random()
    if luck < 0.02:
        return area(e.town, "governorate")
    if luck < 0.08 and e.quarter:
        return place(e.town, 0, True)
    return place(e.town, e.quarter, luck > 0.16)


def _doers(chance: random.Random, e: Event) -> list[reading.Actor]:
    luck = chance.random()
    if luck < 0.3:
        return []
    doer = e.doer if luck > 0.35 else chance.choice(ACTORS)
    return [reading.Actor.model_construct(text=doer, id=doer, role="perpetrator")]


def _kinds(chance: random.Random, part: Any, kind: str | None) -> list[Any]:
    return [part.model_construct(text=kind, kind=kind)] if kind and chance.random() < 0.5 else []


def _harm(chance: random.Random, e: Event, late: int) -> list[reading.Casualty]:
    out = []
    for status, n in (("killed", e.killed), ("injured", e.injured)):
        luck = chance.random()
        if luck < 0.15 or not n:
            continue
        low: int | None = n
        high: int | None = n
        if luck < 0.25:
            low, high = max(1, n - chance.randrange(1 + n // 3)), None
        elif luck < 0.45 and late < 2:
            low = high = max(1, n - chance.randrange(1 + n // 3))
        elif luck < 0.5:
            low = high = None
        out.append(reading.Casualty.model_construct(status=status, who="unknown", min=low, max=high))
    return out


def claims(count: int, seed: int = 1, days: int = DAYS) -> Iterator[Told]:
    """So many claims, event by event."""
    chance, n = random.Random(seed), 0
    for event in events(chance, days):
        for one in tellings(chance, event):
            yield one
            n += 1
            if n == count:
                return
