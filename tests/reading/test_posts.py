"""One-line posts, headlines and their traps: every case by name, and the score over all of them."""

from __future__ import annotations

from typing import Any

import pytest
from tests.told import KNOWN, cases, check, kinds, marked, reading

from rasid.model.vocabulary import IncidentType

POSTS = cases("posts.toml", "post")


@pytest.mark.parametrize("post", [marked(p) for p in POSTS])
def test_post(post: dict[str, Any]) -> None:
    check(post)


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
    for i in reading(text, post["published"]).incidents:
        parts = [*i.evidence, *i.places, *i.actors, *i.targets, *i.weapons, *i.casualties]
        assert all(text[x.start : x.end] == x.text for x in parts)
