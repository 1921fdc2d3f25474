"""Readings of short invented texts against what their data says: shared by the tests of posts and of clauses."""

from __future__ import annotations

import tomllib
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from rasid import Reading, read
from rasid.model.reading import Incident

#: A plan, a threat or history is no news: only these count as what a text tells.
TOLD = ("happened", "alleged", "denied")
KNOWN = {"type", "modality", "places", "by", "weapons", "targets", "harm", "start"}


def cases(name: str, table: str) -> list[dict[str, Any]]:
    """The cases of a file in tests/data; each knows the day it was published."""
    data = tomllib.loads((Path(__file__).parent / "data" / name).read_text(encoding="utf-8"))
    return [{"published": data["published"], **c} for c in data[table]]


@cache
def reading(text: str, published: str) -> Reading:
    return read(text, published=published)


def told(case: dict[str, Any]) -> list[Incident]:
    """What the reader finds in the text, less one of each type that coders could differ on."""
    found = [i for i in reading(case["text"], case["published"]).incidents if i.modality in TOLD]
    wanted = Counter(g["type"] for g in case["gives"])
    spare = Counter(case.get("may", []))
    kept = []
    for i in found:
        if wanted[i.type] == 0 and spare[i.type]:
            spare[i.type] -= 1
            continue
        wanted[i.type] -= 1
        kept.append(i)
    return kept


def kinds(case: dict[str, Any]) -> tuple[list[str], list[str]]:
    """Types with modalities: expected and found."""
    want = sorted(f"{g['type']} {g.get('modality', 'happened')}" for g in case["gives"])
    return want, sorted(f"{i.type} {i.modality}" for i in told(case))


def slots(i: Incident) -> dict[str, list[str]]:
    """The parts of an incident as the data writes them."""

    def bound(b: int | None) -> str:
        return "-" if b is None else str(b)

    return {
        "places": [p.text for p in i.places],
        "by": sorted(a.id or a.text for a in i.actors if a.role in ("perpetrator", "party")),
        "weapons": sorted({w.kind for w in i.weapons}),
        "targets": sorted({t.kind for t in i.targets}),
        "harm": sorted(f"{c.status} {bound(c.min)} {bound(c.max)}" for c in i.casualties),
        "start": [str(i.time.start)] if i.time else [],
    }


def agrees(want: dict[str, Any], i: Incident) -> bool:
    """Does the incident hold every part that the data gives, and nothing else in that part?"""
    have = slots(i)
    for name in KNOWN - {"type", "modality", "places", "start"}:
        if name in want and sorted(want[name]) != have[name]:
            return False
    if "start" in want and [want["start"]] != have["start"]:
        return False
    if "places" not in want:
        return True
    return len(want["places"]) == len(have["places"]) and all(
        any(w in h for h in have["places"]) for w in want["places"]
    )


def marked(case: dict[str, Any]) -> Any:
    """The case as a test parameter; a known miss is a strict expected failure."""
    marks = [pytest.mark.xfail(strict=True, reason="a known miss")] if case.get("near") else []
    return pytest.param(case, id=case["id"], marks=marks)


def check(case: dict[str, Any]) -> None:
    """Exactly the incidents that the data gives, with the parts that it gives."""
    want, have = kinds(case)
    assert have == want, case["text"]
    for g in case["gives"]:
        same = [i for i in told(case) if i.type == g["type"]]
        assert any(agrees(g, i) for i in same), (case["text"], g, [slots(i) for i in same])
