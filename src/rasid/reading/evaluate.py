"""Readings scored against gold: the figures of the project's scorer, and which types are taken for which.

A gold item marked ``optional`` neither rewards nor punishes. Only incidents that happened and are no tolls
count.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from rasid.model.vocabulary import CommitmentKind
from rasid.reading import scoring
from rasid.reading.scoring import Item, hits, matched

_NEAR_KM = 5
_NOWHERE = 1e9


@dataclass(slots=True)
class Tally:
    """True positives, false positives, false negatives."""

    tp: int = 0
    fp: int = 0
    fn: int = 0

    def add(self, tp: int, fp: int, fn: int) -> None:
        """Add one document's counts."""
        self.tp += tp
        self.fp += fp
        self.fn += fn

    @property
    def prf(self) -> tuple[float, float, float]:
        """Precision, recall and F1; 0 where nothing can be divided."""
        p = self.tp / (self.tp + self.fp) if self.tp + self.fp else 0.0
        r = self.tp / (self.tp + self.fn) if self.tp + self.fn else 0.0
        return p, r, (2 * p * r / (p + r) if p + r else 0.0)


@dataclass(slots=True)
class Score:
    """All counts of one evaluation; ``figures`` turns them into the published figures."""

    tallies: defaultdict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    slots: defaultdict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    distances: list[float] = field(default_factory=list)
    distractors: list[int] = field(default_factory=lambda: [0, 0, 0])
    grounding: list[int] = field(default_factory=lambda: [0, 0])
    confusion: Counter[tuple[str, str]] = field(default_factory=Counter)
    """(gold type, found type); "" on either side where there was no partner."""
    errors: list[tuple[str, str, str, str]] = field(default_factory=list)
    """(missed or spurious, document, type or kind, first quote)"""
    documents: int = 0
    missing: int = 0


@dataclass(frozen=True, slots=True)
class _Slot:
    parts: Callable[[Item], list[Item]]
    same: Callable[[Item, Item], bool]


def _days(item: Item) -> list[Item]:
    return [item["time"]] if item.get("time") and item["time"].get("start") else []


_SLOTS = {
    "date": _Slot(_days, scoring.same_days),
    "places": _Slot(lambda x: list(x.get("places", [])), scoring.same_place),
    "actors": _Slot(lambda x: list(x.get("actors", [])), scoring.same_party),
    "targets": _Slot(lambda x: list(x.get("targets", [])), scoring.same_kind),
    "weapons": _Slot(lambda x: list(x.get("weapons", [])), scoring.same_kind),
    "casualties": _Slot(lambda x: list(x.get("casualties", [])), scoring.same_count),
    "source": _Slot(lambda x: list(x.get("sources", [])), scoring.same_party),
}
_NOTHING: Item = {"incidents": [], "commitments": [], "meetings": []}


def evaluate(gold: Iterable[Item], readings: Iterable[Item]) -> Score:
    """Score readings against gold documents; both are JSON objects of the contract, with a ``report.id``."""
    wanted, found = _by_id(gold), _by_id(readings)
    score = Score(documents=len(wanted), missing=sum(i not in found for i in wanted))
    for name, g in wanted.items():
        f = found.get(name, _NOTHING)
        incidents = _incidents(score, name, g, f)
        _commitments(score, name, g, f)
        _meetings(score, g, f)
        if g["report"].get("distractor"):
            items = incidents + len(f.get("commitments", []))
            score.distractors = [a + b for a, b in zip(score.distractors, (1, bool(items), items), strict=True)]
        _grounding(score, f)
    return score


def _by_id(documents: Iterable[Item]) -> dict[str, Item]:
    """Documents by report id, source ids on items replaced by the sources themselves."""
    out: dict[str, Item] = {}
    for doc in documents:
        sources = {s.get("id"): s for s in doc.get("sources", [])}
        resolved = dict(doc)
        for part in ("incidents", "commitments", "meetings"):
            resolved[part] = [{**x, "sources": _resolved(x.get("sources", []), sources)} for x in doc.get(part, [])]
        out[doc["report"]["id"]] = resolved
    return out


def _resolved(refs: list[Any], sources: dict[Any, Item]) -> list[Item]:
    return [sources[r] if isinstance(r, str) else r for r in refs if not isinstance(r, str) or r in sources]


def _news(doc: Item) -> list[Item]:
    return [x for x in doc.get("incidents", []) if x["type"] != "toll" and x.get("modality", "happened") == "happened"]


def _needed(items: list[Item]) -> int:
    return sum(not x.get("optional") for x in items)


def _incidents(score: Score, name: str, gold: Item, found: Item) -> int:
    """Count the incidents of one document; how many were found."""
    wanted, given = _news(gold), _news(found)
    pairs = matched(wanted, given, scoring.like_incident)
    firm = [(wanted[i], given[j]) for i, j in pairs if not wanted[i].get("optional")]
    free, need = len(pairs) - len(firm), _needed(wanted)
    for tally, right in (("incidents", sum(g["type"] == f["type"] for g, f in firm)), ("family", len(firm))):
        score.tallies[tally].add(right, len(given) - free - right, need - right)
    for g, f in firm:
        _slots(score, g, f)
        _geocode(score, g, f)
        score.confusion[g["type"], f["type"]] += 1
    for g in _unmatched(wanted, {i for i, _ in pairs}):
        if not g.get("optional"):
            _slots(score, g, None)
            score.confusion[g["type"], ""] += 1
            _error(score, "missed", name, g, "type")
    for f in _unmatched(given, {j for _, j in pairs}):
        _slots(score, None, f)
        score.confusion["", f["type"]] += 1
        _error(score, "spurious", name, f, "type")
    return len(given)


def _unmatched(items: list[Item], taken: set[int]) -> list[Item]:
    return [x for i, x in enumerate(items) if i not in taken]


def _error(score: Score, what: str, name: str, item: Item, kind: str) -> None:
    score.errors.append((what, name, item[kind], next(iter(scoring.quotes(item)), "")))


def _slots(score: Score, gold: Item | None, found: Item | None) -> None:
    for name, slot in _SLOTS.items():
        wanted = slot.parts(gold) if gold else []
        given = slot.parts(found) if found else []
        if name == "date" and gold and not wanted:
            continue  # the coders left the day open: one that the reader infers is neither right nor wrong
        right = hits(wanted, given, slot.same)
        score.slots[name].add(right, len(given) - right, len(wanted) - right)


def _geocode(score: Score, gold: Item, found: Item) -> None:
    for a in gold.get("places", []):
        b = next((p for p in found.get("places", []) if scoring.same_place(a, p)), None)
        if b is not None and a.get("lat") is not None:
            far = scoring.distance_km(a, b)
            score.distances.append(_NOWHERE if far is None else far)


def _commitments(score: Score, name: str, gold: Item, found: Item) -> None:
    wanted, given = gold.get("commitments", []), found.get("commitments", [])
    pairs = matched(wanted, given, scoring.like_commitment)
    firm = [(i, j) for i, j in pairs if not wanted[i].get("optional")]
    free = len(pairs) - len(firm)
    score.tallies["commitments"].add(len(firm), len(given) - free - len(firm), _needed(wanted) - len(firm))
    for kind in CommitmentKind:
        right = sum(wanted[i]["kind"] == kind for i, _ in firm)
        spare = sum(wanted[i]["kind"] == kind for i, _ in pairs) - right
        stated = sum(x["kind"] == kind for x in given)
        need = _needed([x for x in wanted if x["kind"] == kind])
        score.tallies[kind.value].add(right, stated - spare - right, need - right)
    for i, j in firm:
        _terms(score, wanted[i], given[j])
    for g in _unmatched(wanted, {i for i, _ in pairs}):
        if not g.get("optional"):
            score.tallies["terms"].add(0, 0, len(g.get("terms", [])))
            score.tallies["by"].add(0, 0, len(g.get("by", [])))
            _error(score, "missed", name, g, "kind")
    for f in _unmatched(given, {j for _, j in pairs}):
        score.tallies["terms"].add(0, len(f.get("terms", [])), 0)
        score.tallies["by"].add(0, len(f.get("by", [])), 0)
        _error(score, "spurious", name, f, "kind")


def _terms(score: Score, gold: Item, found: Item) -> None:
    a, b = ({t["act"] for t in x.get("terms", [])} for x in (gold, found))
    score.tallies["terms"].add(len(a & b), len(b - a), len(a - b))
    wanted, given = gold.get("by", []), found.get("by", [])
    right = hits(wanted, given, scoring.same_party)
    score.tallies["by"].add(right, len(given) - right, len(wanted) - right)


def _meetings(score: Score, gold: Item, found: Item) -> None:
    wanted, given = gold.get("meetings", []), found.get("meetings", [])
    pairs = matched(wanted, given, scoring.like_meeting)
    right = sum(not wanted[i].get("optional") for i, _ in pairs)
    score.tallies["meetings"].add(right, len(given) - len(pairs), _needed(wanted) - right)


def _grounding(score: Score, found: Item) -> None:
    text = found.get("report", {}).get("text")
    for part in ("incidents", "commitments", "meetings"):
        for item in found.get(part, []):
            for e in item.get("evidence", []):
                score.grounding[1] += 1
                if isinstance(e, dict) and text is not None:
                    score.grounding[0] += text[e.get("start", 0) : e.get("end", 0)] == e.get("text")


def figures(score: Score) -> dict[str, Any]:
    """The published figures, rounded to four places, under the names of the project's scorer."""
    out: dict[str, Any] = {}
    named = [*score.tallies.items(), *((f"slot.{k}", t) for k, t in score.slots.items())]
    for name, t in named:
        p, r, f1 = (round(x, 4) for x in t.prf)
        out[name] = {"p": p, "r": r, "f1": f1, "tp": t.tp, "fp": t.fp, "fn": t.fn}
    slots = [t.prf[2] for t in score.slots.values()]
    out["slots.mean_f1"] = round(sum(slots) / len(slots), 4) if slots else 0.0
    out["geocode.within_5km"] = _share(sum(d <= _NEAR_KM for d in score.distances), len(score.distances))
    names = ("documents", "with_false_items", "false_items")
    out["distractors"] = dict(zip(names, score.distractors, strict=True))
    out["grounding"] = _share(*score.grounding)
    out["documents"] = {"gold": score.documents, "missing": score.missing}
    return out


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None
