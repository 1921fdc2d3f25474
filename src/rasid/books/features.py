"""What of a claim is compared when claims are joined. Small slotted values, kept as JSON beside the claim."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any
from zlib import crc32

from rasid.books import method, parties
from rasid.model import reading
from rasid.text.keys import INVISIBLE, bare, fold

#: Least and most people, inclusive; None is unstated.
Bounds = tuple[int | None, int | None]
LEVELS = {"country": 0, "governorate": 1, "district": 2, "settlement": 3, "neighbourhood": 4, "point": 5}
_KIND_LEVELS = {
    "country": 0, "governorate": 1, "district": 2, "countryside": 2, "mountain": 2, "area": 2, "city": 3,
    "town": 3, "village": 3, "neighbourhood": 4, "camp": 4, "street": 5, "facility": 5, "crossing": 5,
}  # fmt: skip
PARTS = ("dawn", "morning", "noon", "afternoon", "evening", "night", "midnight")
NIGHT = frozenset(PARTS.index(p) for p in ("dawn", "night", "midnight", "evening"))
#: Days before publication in which an incident lies for which a report states no day.
FRESH = 3
#: Longest window of days in which an open claim is looked for.
LONGEST = 40
_WORD = re.compile(rf"[\w{INVISIBLE}]+")


@dataclass(slots=True)
class Spot:
    """A place as compared: gazetteer id or "", folded name, level 0 (country) to 5 (point), ids from itself
    upwards.
    """

    id: str
    name: str
    level: int
    chain: tuple[str, ...]
    lat: float | None
    lon: float | None
    seat: bool = False
    """A capital, or a town that bears the name of its governorate: reports name it for what lies around it.
    """


@dataclass(slots=True)
class Features:
    """A claim as compared. Days are ordinals, inclusive; ``fixed`` when the report states them.

    ``soft``: the day stands in another sentence. ``tier``: A (a day and a place finer than
    the country), B (one of them open), R (a campaign or an unknown time). ``sphere``: news, plan or toll;
    only claims of one sphere are ever joined. ``canon`` orders claims alike everywhere.
    """

    n: int
    canon: str
    report: int
    sphere: str
    tier: str
    type: int
    lo: int
    hi: int
    fixed: bool
    soft: bool
    part: int
    spots: tuple[Spot, ...]
    country: str
    doers: frozenset[str]
    kin: frozenset[str]
    targets: frozenset[str]
    weapons: frozenset[str]
    harm: dict[str, tuple[Bounds, ...]]
    words: tuple[int, ...]
    pin: int = 0


@lru_cache(maxsize=50_000)
def place_name(text: str) -> str:
    """A place's name to compare by: folded, without head nouns, articles and marks."""
    words = [fold(w) for w in _WORD.findall(text)]
    kept = [bare(w) for w in words if bare(w) not in _bare_heads()]
    return " ".join(kept or [bare(w) for w in words])


@lru_cache(maxsize=1)
def _bare_heads() -> frozenset[str]:
    return frozenset(bare(w) for w in method.place_heads())


def level(place: reading.Place) -> int:
    """How fine a place is, 0 (country) to 5 (point)."""
    if place.precision is not None:
        return LEVELS[place.precision]
    return _KIND_LEVELS.get(place.kind or "", 3)


def spot(place: reading.Place) -> Spot:
    """A place of a reading as compared. Equal places are one object: books hold millions of them."""
    return _spot(
        place.id or "", place.name or place.text, level(place), tuple(place.parents), place.lat, place.lon
    )  # fmt: skip


@lru_cache(maxsize=200_000)
def _spot(id: str, name: str, fine: int, parents: tuple[str, ...], lat: float | None, lon: float | None) -> Spot:
    key = place_name(name)
    chain = ((id,) if id else ()) + parents
    return Spot(id, key, fine, chain, lat, lon, fine == LEVELS["settlement"] and _is_seat(id, key, parents))


def _is_seat(id: str, name: str, parents: tuple[str, ...]) -> bool:
    if not id or not parents:
        return False
    from rasid.lexicon import gazetteer

    known = gazetteer.default()
    here, around = known.get(id), known.get(parents[0])
    if here is not None and "capital" in here.flags:
        return True
    return len(parents) > 1 and around is not None and place_name(around.name) == name


@lru_cache(maxsize=100_000)
def shared(values: tuple[str, ...]) -> frozenset[str]:
    """One frozen set for equal values."""
    return frozenset(values)


@lru_cache(maxsize=100_000)
def _kin(doers: frozenset[str]) -> frozenset[str]:
    return frozenset(k for d in doers for k in parties.lineage(d))


def of_incident(claim: reading.Incident, published: date | None, text: str, canon: str, report: int) -> Features:
    """The features of an incident as read. ``n`` is filled in when the claim is kept."""
    spots = tuple(spot(p) for p in claim.places)
    sphere = _sphere(claim)
    later = _died_later(claim)
    lo, hi, fixed = _days(claim, published, later)
    doers = shared(
        tuple(
            sorted(parties.key(a.id, a.text) for a in claim.actors if a.role in ("perpetrator", "party", "ally", None))
        )
    )
    return Features(
        0, canon, report, sphere, _tier(lo, hi, fixed, spots), method.TYPE_INDEX[claim.type], lo, hi, fixed,
        _soft(claim),
        PARTS.index(claim.time.day_part) if claim.time and claim.time.day_part else -1,
        spots, _country(spots, doers), doers, _kin(doers),
        shared(tuple(sorted(t.kind for t in claim.targets))),
        shared(tuple(sorted(w.kind for w in claim.weapons))),
        harm_of(claim.casualties), passage(claim.evidence, text),
    )  # fmt: skip


def _sphere(claim: reading.Incident) -> str:
    if claim.type == "toll":
        return "toll"
    return "plan" if claim.modality in ("planned", "threatened") else "news"


def _days(claim: reading.Incident, published: date | None, later: bool) -> tuple[int, int, bool]:
    """First and last day (ordinals), and whether the report states them; (0, 0) when nothing bounds them."""
    start = claim.time.start if claim.time else None
    end = (claim.time.end or start) if claim.time else None
    back = method.died_later()[1] if later else 0
    if start is not None and end is not None:
        return start.toordinal() - back, end.toordinal(), not later
    last = end or published
    told = last.toordinal() if last else 0
    vague = end is not None or claim.modality == "past" or (claim.time is not None and claim.time.text is not None)
    if not told or vague:
        return 0, told, False
    if _sphere(claim) == "plan":
        return told, told + FRESH, False
    return told - max(FRESH, back), told, False


def _soft(claim: reading.Incident) -> bool:
    """Has the claim its day from another sentence? Readers carry days on, also to what is only mentioned
    again.
    """
    words = claim.time.text if claim.time is not None else None
    return bool(words) and not any(str(words) in e.text for e in claim.evidence)


def _vague(time: reading.Time | None) -> bool:
    """A time is told, and is no day ("مؤخرا", recently)."""
    return time is not None and time.text is not None and time.day_part is None


def _died_later(claim: reading.Incident) -> bool:
    keys = [fold(w) for e in claim.evidence for w in _WORD.findall(e.text)]
    wanted = method.died_later()[0]
    return any(tuple(keys[i : i + len(p)]) == p for p in wanted for i in range(len(keys) - len(p) + 1))


def _tier(lo: int, hi: int, fixed: bool, spots: Iterable[Spot]) -> str:
    if not lo or hi - lo > LONGEST:
        return "R"
    return "A" if fixed and hi - lo <= FRESH and any(s.level >= 1 for s in spots) else "B"


def _country(spots: Iterable[Spot], doers: Iterable[str]) -> str:
    for s in spots:
        if s.chain:
            return s.chain[-1]
        if s.level == 0:
            return s.name
    return ""


def harm_of(casualties: Iterable[reading.Casualty]) -> dict[str, tuple[Bounds, ...]]:
    """The counts that a claim gives of each status, the most first: a report may retell what several
    sources said.

    Entries of one status about the same people are such retellings; of different people (men, children)
    they add up, unless a count of people unnamed covers them.
    """
    told: dict[str, dict[str, list[Bounds]]] = {}
    for c in casualties:
        told.setdefault(c.status, {}).setdefault(c.who, []).append((c.min, c.max))
    return {status: _alternatives(by_who) for status, by_who in told.items()}


def _alternatives(by_who: dict[str, list[Bounds]]) -> tuple[Bounds, ...]:
    whole = by_who.pop("unknown", [])
    parts = [max(ones, key=_size) for ones in by_who.values()]
    if len(by_who) == 1 and not whole:
        whole = next(iter(by_who.values()))
    elif parts:
        total = _sum(parts)
        if not whole or _size(total) > max(map(_size, whole)):
            whole = [*whole, total]
    return tuple(sorted(dict.fromkeys(whole), key=_size, reverse=True))


def _size(b: Bounds) -> tuple[int, int]:
    return (b[0] if b[0] is not None else -1, b[1] if b[1] is not None else -1)


def _sum(parts: list[Bounds]) -> Bounds:
    lows = [low for low, _ in parts if low is not None]
    highs = [high for _, high in parts if high is not None]
    return sum(lows) if lows else None, sum(highs) if len(highs) == len(parts) else None


def passage(evidence: Iterable[reading.Evidence], text: str) -> tuple[int, ...]:
    """Hashes of the word triples of the quotes and of the sentence around them, sorted, at most 80."""
    out: list[int] = []
    for e in evidence:
        lo = max(text.rfind(".", 0, e.start), text.rfind("\n", 0, e.start), e.start - 200) + 1 if text else 0
        hi = min(x for x in (text.find(".", e.end), text.find("\n", e.end), e.end + 200) if x >= 0) if text else 0
        out += triples(text[lo:hi] if text else e.text)
    return tuple(sorted(set(out))[:80])


def common(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """Share of the shorter passage's word triples that the other has too (0 to 1)."""
    if one == other:
        return 1.0
    return len({*one}.intersection(other)) / min(len(one), len(other))


def triples(text: str) -> list[int]:
    """Hashes of all runs of three words, folded."""
    words = [fold(w) for w in _WORD.findall(text)]
    return [crc32(" ".join(words[i : i + 3]).encode("utf-8", "surrogatepass")) for i in range(max(0, len(words) - 2))]


def dump(f: Features) -> list[Any]:
    """JSON form: a list in field order, sets sorted."""
    return [
        f.sphere, f.tier, f.type, f.lo, f.hi, int(f.fixed), int(f.soft), f.part, dump_spots(f.spots),
        f.country, sorted(f.doers), sorted(f.kin), sorted(f.targets), sorted(f.weapons),
        {k: [list(b) for b in v] for k, v in sorted(f.harm.items())}, list(f.words),
    ]  # fmt: skip


def load(raw: list[Any], n: int, canon: str, report: int, pin: int) -> Features:
    """The features of a kept claim."""
    doers, kin, targets, weapons = (shared(tuple(x)) for x in raw[10:14])
    harm = {k: tuple((b[0], b[1]) for b in v) for k, v in raw[14].items()}
    return Features(
        n, canon, report, raw[0], raw[1], raw[2], raw[3], raw[4], bool(raw[5]), bool(raw[6]), raw[7],
        load_spots(raw[8]), raw[9], doers, kin, targets, weapons, harm, tuple(raw[15]), pin,
    )  # fmt: skip


def dump_spots(spots: Iterable[Spot]) -> list[list[Any]]:
    """JSON form of places."""
    return [[s.id, s.name, s.level, list(s.chain), s.lat, s.lon, int(s.seat)] for s in spots]


def load_spots(raw: list[list[Any]]) -> tuple[Spot, ...]:
    """Places from their JSON form."""
    return tuple(_kept_spot(s[0], s[1], s[2], tuple(s[3]), s[4], s[5], bool(s[6])) for s in raw)


@lru_cache(maxsize=200_000)
def _kept_spot(
    id: str, name: str, fine: int, chain: tuple[str, ...], lat: float | None, lon: float | None, seat: bool
) -> Spot:
    return Spot(id, name, fine, chain, lat, lon, seat)
