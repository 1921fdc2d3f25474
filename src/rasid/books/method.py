"""The numbers and word lists of `knowledge/books/joining.toml`, in the shapes that joining needs. Read on
first use.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from typing import Any

from rasid.lexicon import files
from rasid.model.vocabulary import IncidentType
from rasid.text.keys import fold, phrase

TYPES = tuple(t.value for t in IncidentType)
TYPE_INDEX = {t: i for i, t in enumerate(TYPES)}


@dataclass(frozen=True, slots=True)
class Weights:
    """Evidence by feature in log-odds; the file says what each means."""

    threshold: float
    mean: float
    merge: float
    barred: float
    margin: float
    type_same: float
    type_family: float
    type_related: float
    day_same: float
    day_ranges: float
    day_next: float
    day_night: float
    day_soft: float
    day_softer: float
    day_window: float
    day_wide: float
    place_point: float
    place_neighbourhood: float
    place_settlement: float
    place_district: float
    place_governorate: float
    place_country: float
    inside_settlement: float
    inside_district: float
    inside_governorate: float
    inside_country: float
    place_near: float
    place_seat_same: float
    place_seat: float
    near_km: float
    place_unknown: float
    actor_same: float
    actor_kin: float
    actor_other: float
    target_same: float
    target_other: float
    weapon_same: float
    weapon_other: float
    part_same: float
    part_next: float
    part_other: float
    harm_equal: float
    harm_log: float
    harm_cap: float
    harm_least: float
    harm_meet: float
    harm_rising: float
    harm_other: float
    harm_none: float
    injured: float
    passage: float
    passage_floor: float
    one_report: float


@cache
def _entries(name: str = "books/joining.toml") -> dict[str, dict[str, Any]]:
    return {e["id"]: e for e in files.toml(name)["entry"]}


@cache
def weights() -> Weights:
    """The weights in use."""
    raw = _entries()["joining.weights"]
    return Weights(**{f.name: float(raw[f.name]) for f in fields(Weights)})


@cache
def families() -> dict[str, str]:
    """Family of each incident type."""
    groups = _entries()["joining.families"]["families"]
    return {t: family for family, members in groups.items() for t in members}


@cache
def members(family: str) -> tuple[str, ...]:
    """Incident types of a family; a type's own name stands for itself."""
    found = tuple(t for t, f in families().items() if f == family)
    return found or ((family,) if family in TYPE_INDEX else ())


@cache
def type_scores() -> list[list[float | None]]:
    """Evidence of two types (by index in `TYPES`); None where no two reports of one event would use them."""
    w, family = weights(), families()
    related = {frozenset(p) for p in _entries()["joining.families"]["related"]}

    def one(a: str, b: str) -> float | None:
        if a == b:
            return w.type_same
        if frozenset((a, b)) in related:
            return w.type_related
        return w.type_family if family[a] == family[b] else None

    return [[one(a, b) for b in TYPES] for a in TYPES]


@cache
def block_groups() -> list[tuple[str, ...]]:
    """Groups in which candidates of a type (by index) are looked up."""
    blocks = _entries()["joining.families"]["blocks"]
    return [tuple(g for g, ts in blocks.items() if t in ts) or (t,) for t in TYPES]


@cache
def died_later() -> tuple[tuple[tuple[str, ...], ...], int]:
    """Phrases (as word keys) that tell of a death after the incident, and how many days back it may lie."""
    e = _entries()["joining.died_later"]
    return tuple(phrase(w) for w in e["words"]), int(e["days"])


@cache
def place_heads() -> frozenset[str]:
    """Head nouns (folded) that are no part of a place's name."""
    return frozenset(fold(w) for w in _entries()["joining.place_heads"]["words"])
