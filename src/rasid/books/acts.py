"""The map from a term's act to what breaks and what fulfils it, from `knowledge/ledger/acts.toml`. Read on
first use.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from rasid.lexicon import files
from rasid.text.keys import phrase


@dataclass(frozen=True, slots=True)
class Clause:
    """Incident types that match, with what else must hold, and how much a match weighs."""

    types: frozenset[str]
    weight: float
    targets: frozenset[str] = frozenset()
    weapons: frozenset[str] = frozenset()
    words: tuple[tuple[str, ...], ...] = ()

    def matches(self, type: str, targets: Iterable[str], weapons: Iterable[str], words: tuple[str, ...]) -> bool:
        """Does an incident fit? ``words``: keys of its quotes."""
        if type not in self.types:
            return False
        if self.targets and self.targets.isdisjoint(targets):
            return False
        if self.weapons and self.weapons.isdisjoint(weapons):
            return False
        return not self.words or any(holds(words, p) for p in self.words)


@dataclass(frozen=True, slots=True)
class Act:
    """How one act is tested."""

    name: str
    mode: str
    breach: tuple[Clause, ...]
    fulfil: tuple[Clause, ...]
    meetings: bool
    refusals: bool

    def weigh(
        self, type: str, targets: Iterable[str], weapons: Iterable[str], words: tuple[str, ...]
    ) -> tuple[str, float] | None:
        """`breach` or `fulfil` and the weight of the best clause; fulfilment wins between equals."""
        best: tuple[float, str] | None = None
        for side, clauses in (("breach", self.breach), ("fulfil", self.fulfil)):
            for c in clauses:
                if c.matches(type, targets, weapons, words) and (best is None or (c.weight, side) > best):
                    best = (c.weight, side)
        return (best[1], best[0]) if best else None

    @property
    def types(self) -> frozenset[str]:
        """All incident types that say anything about the act."""
        return frozenset(t for c in (*self.breach, *self.fulfil) for t in c.types)


@dataclass(frozen=True, slots=True)
class Method:
    """Weights and horizons of the ledger (see the file)."""

    horizon_days: int
    near_km: float
    near: float
    wide: float
    inside: float
    inside_country: float
    party_bound: float
    party_unit: float
    party_acts_for: float
    party_side: float
    day_certain: float
    day_range: float
    day_open: float
    first_day: float
    alleged: float
    reported: float
    corroborated: float
    verified: float
    contested: float
    offer: float
    conditional: float
    conditions: tuple[tuple[str, ...], ...]
    answer_days: int


def holds(words: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    """Do the words hold the wanted ones in a row, with or without conjunction and article?"""
    n = len(wanted)
    return any(_bare(words[i : i + n]) == _bare(wanted) for i in range(len(words) - n + 1))


def _bare(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(_strip(w) for w in words)


def _strip(word: str) -> str:
    for prefix in ("وال", "فال", "بال", "لل", "ال"):
        if word.startswith(prefix) and len(word) - len(prefix) >= 3:
            return word[len(prefix) :]
    return word[1:] if word[:1] == "و" and len(word) > 4 else word


@cache
def _entries() -> dict[str, dict[str, Any]]:
    return {e["id"]: e for e in files.toml("ledger/acts.toml")["entry"]}


def _clause(raw: dict[str, Any]) -> Clause:
    return Clause(
        frozenset(raw["types"]), float(raw["weight"]), frozenset(raw.get("targets", ())),
        frozenset(raw.get("weapons", ())), tuple(phrase(w) for w in raw.get("words", ())),
    )  # fmt: skip


@cache
def acts() -> dict[str, Act]:
    """All acts by name."""
    return {
        e["act"]: Act(
            e["act"], e["mode"], tuple(map(_clause, e.get("breach", ()))), tuple(map(_clause,
            e.get("fulfil", ()))), bool(e.get("meetings")), bool(e.get("refusals")),
        )
        for e in _entries().values()
        if "act" in e
    }  # fmt: skip


@cache
def method() -> Method:
    """Weights and horizons in use."""
    raw = dict(_entries()["ledger.method"])
    raw.pop("id")
    return Method(**(raw | {"conditions": tuple(phrase(w) for w in raw["conditions"])}))
