"""Two readers of the same reports: how far they agree, part by part, beyond chance where that is defined.

Neither is taken for the truth: F1 is the same whichever of the two is asked for the other. Items are paired
as the project's scorer pairs them (`reading/scoring.py`); for kappa and alpha on types they are paired by
their quotes and places alone, whatever their types.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from rasid.model.vocabulary import CommitmentKind, IncidentType
from rasid.readers.agreement import alpha, interval, kappa
from rasid.reading import scoring
from rasid.reading.evaluate import evaluate, figures
from rasid.reading.scoring import Item

_LEFT_OUT = {"distractors", "documents", "grounding", "geocode.within_5km", "slots.mean_f1"}


@dataclass(frozen=True, slots=True)
class Chance:
    """Agreement beyond chance on one question, put to so many units; a measure is None where undefined."""

    units: int
    agreed: int
    kappa: float | None
    alpha: float | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Agreement of two readers. ``f1``: by part; ``only_a``, ``only_b``: reports that one of them lacks."""

    reports: int
    only_a: int
    only_b: int
    f1: dict[str, float]
    items: dict[str, tuple[int, int, int]]
    """By part: items of both, of the first alone, of the second alone."""
    chance: dict[str, Chance]

    def as_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        chance = {
            k: {"units": c.units, "agreed": c.agreed, "kappa": _round(c.kappa), "alpha": _round(c.alpha)}
            for k, c in self.chance.items()
        }
        return {
            "reports": {"both": self.reports, "only_a": self.only_a, "only_b": self.only_b},
            "f1": {k: _round(x) for k, x in self.f1.items()},
            "items": {k: dict(zip(("both", "only_a", "only_b"), n, strict=True)) for k, n in self.items.items()},
            "chance": chance,
        }


def _round(x: float | None) -> float | None:
    return None if x is None else round(x, 4)


def compare(a: Iterable[Item], b: Iterable[Item]) -> Comparison:
    """Compare two sets of readings (JSON objects of the contract), on the reports that both hold."""
    ours, theirs = ({d["report"]["id"]: _plain(d) for d in side} for side in (a, b))
    both = [i for i in ours if i in theirs]
    told = figures(evaluate([ours[i] for i in both], [theirs[i] for i in both]))
    scored = {k: x for k, x in told.items() if k not in _LEFT_OUT and isinstance(x, dict)}
    pairs = [p for i in both for p in _paired(ours[i], theirs[i])]
    return Comparison(
        reports=len(both),
        only_a=len(ours) - len(both),
        only_b=len(theirs) - len(both),
        f1={k: x["f1"] for k, x in scored.items() if x["tp"] + x["fp"] + x["fn"]},
        items={k: (x["tp"], x["fn"], x["fp"]) for k, x in scored.items() if x["tp"] + x["fp"] + x["fn"]},
        chance={**_of_items(pairs), **_of_reports([(ours[i], theirs[i]) for i in both])},
    )


def _plain(doc: Item) -> Item:
    """A reading whose items all count: what a coder marks as optional is as good as the rest here."""
    parts = ("incidents", "commitments", "meetings")
    return {
        **doc,
        **{p: [{k: x for k, x in i.items() if k != "optional"} for i in doc.get(p, [])] for p in parts},
    }


def _paired(a: Item, b: Item) -> list[tuple[str, Item, Item]]:
    """Items of one report that two readers took from the same words, with the part they are of."""
    out = []
    for part in ("incidents", "commitments"):
        ours, theirs = a.get(part, []), b.get(part, [])
        out += [(part, ours[i], theirs[j]) for i, j in scoring.matched(ours, theirs, _same_words)]
    return out


def _same_words(a: Item, b: Item) -> float:
    if not scoring.overlap(a, b):
        return 0.0
    placed = any(scoring.same_place(x, y) for x in a.get("places", []) for y in b.get("places", []))
    return 1.0 + 0.8 * placed


def _of_items(pairs: list[tuple[str, Item, Item]]) -> dict[str, Chance]:
    incidents = [(a, b) for part, a, b in pairs if part == "incidents"]
    promises = [(a, b) for part, a, b in pairs if part == "commitments"]
    return {
        "incident.type": _chance([(a["type"], b["type"]) for a, b in incidents]),
        "incident.modality": _chance([(_modality(a), _modality(b)) for a, b in incidents]),
        "incident.day": _numbers([(_day(a), _day(b)) for a, b in incidents]),
        "incident.killed": _numbers([(_killed(a), _killed(b)) for a, b in incidents]),
        "commitment.kind": _chance([(a["kind"], b["kind"]) for a, b in promises]),
    }


def _modality(item: Item) -> str:
    return str(item.get("modality") or "happened")


def _day(item: Item) -> int | None:
    start = (item.get("time") or {}).get("start")
    return date.fromisoformat(str(start)).toordinal() if start else None


def _killed(item: Item) -> int | None:
    """The least number of killed that an item states."""
    least = [c["min"] for c in item.get("casualties", []) if c.get("status") == "killed" and c.get("min") is not None]
    return sum(least) if least else None


def _of_reports(both: list[tuple[Item, Item]]) -> dict[str, Chance]:
    """Per report: does it tell any incident of a type (or commitment of a kind)? Here both may say no."""
    out = {"report.tells_anything": _chance([(_tells(a), _tells(b)) for a, b in both])}
    for name, part, key, values in (
        ("report.type", "incidents", "type", IncidentType),
        ("report.kind", "commitments", "kind", CommitmentKind),
    ):
        for value in values:
            has = [tuple(any(x[key] == value for x in d.get(part, [])) for d in pair) for pair in both]
            if any(map(any, has)):
                out[f"{name}.{value}"] = _chance([(a, b) for a, b in has])
    return out


def _tells(doc: Item) -> bool:
    return bool(doc.get("incidents") or doc.get("commitments"))


def _chance(pairs: list[tuple[Any, Any]]) -> Chance:
    return Chance(len(pairs), sum(a == b for a, b in pairs), kappa(pairs), alpha(pairs))


def _numbers(pairs: list[tuple[int | None, int | None]]) -> Chance:
    """Numbers have no kappa: near ones agree more than far ones. What one reader left open says nothing."""
    known = [(a, b) for a, b in pairs if a is not None and b is not None]
    return Chance(len(known), sum(a == b for a, b in known), None, alpha(known, interval))
