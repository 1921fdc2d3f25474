"""One-line posts, headlines and their traps: every case by name, and the score over all of them."""

from __future__ import annotations

import tomllib
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from rasid import Reading, read
from rasid.model.reading import Incident
from rasid.model.vocabulary import IncidentType

DATA = tomllib.loads((Path(__file__).parents[1] / "data" / "posts.toml").read_text(encoding="utf-8"))
POSTS: list[dict[str, Any]] = DATA["post"]
#: A plan, a threat or history is no news: only these count as what the post tells.
TOLD = ("happened", "alleged", "denied")
KNOWN = {"type", "modality", "places", "by", "weapons", "targets", "harm", "start"}


@cache
def reading(text: str, published: str) -> Reading:
    return read(text, published=published)


def told(post: dict[str, Any]) -> list[Incident]:
    """What the reader finds in the post, less one of each type that coders could differ on."""
    found = [
        i
        for i in reading(post["text"], post.get("published", DATA["published"])).incidents
        if i.modality in TOLD
    ]
    wanted = Counter(g["type"] for g in post["gives"])
    spare = Counter(post.get("may", []))
    kept = []
    for i in found:
        if wanted[i.type] == 0 and spare[i.type]:
            spare[i.type] -= 1
            continue
        wanted[i.type] -= 1
        kept.append(i)
    return kept


def kinds(post: dict[str, Any]) -> tuple[list[str], list[str]]:
    """Types with modalities: expected and found."""
    want = sorted(f"{g['type']} {g.get('modality', 'happened')}" for g in post["gives"])
    return want, sorted(f"{i.type} {i.modality}" for i in told(post))


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


def _marked(post: dict[str, Any]) -> Any:
    marks = [pytest.mark.xfail(strict=True, reason="a known miss")] if post.get("near") else []
    return pytest.param(post, id=post["id"], marks=marks)


@pytest.mark.parametrize("post", [_marked(p) for p in POSTS])
def test_post(post: dict[str, Any]) -> None:
    want, have = kinds(post)
    assert have == want, post["text"]
    for g in post["gives"]:
        same = [i for i in told(post) if i.type == g["type"]]
        assert any(agrees(g, i) for i in same), (post["text"], g, [slots(i) for i in same])


def test_at_least_95_of_100_posts_give_exactly_their_incidents() -> None:
    right = [want == have for want, have in map(kinds, POSTS)]
    assert sum(right) / len(right) >= 0.95


def test_the_posts_are_many_of_all_types_with_traps() -> None:
    types = {g["type"] for p in POSTS for g in p["gives"]}
    assert len(POSTS) >= 180
    assert types == set(IncidentType)
    assert sum(not p["gives"] for p in POSTS) >= 50


def test_the_data_is_well_formed() -> None:
    assert len({p["id"] for p in POSTS}) == len({p["text"] for p in POSTS}) == len(POSTS)
    for p in POSTS:
        assert not set(p) - {"id", "text", "published", "gives", "may", "near"}, p["id"]
        assert not {k for g in p["gives"] for k in g} - KNOWN, p["id"]


@pytest.mark.parametrize("post", POSTS, ids=lambda p: p["id"])
def test_every_quote_is_verbatim(post: dict[str, Any]) -> None:
    text = post["text"]
    for i in reading(text, post.get("published", DATA["published"])).incidents:
        parts = [*i.evidence, *i.places, *i.actors, *i.targets, *i.weapons, *i.casualties]
        assert all(text[x.start : x.end] == x.text for x in parts)
