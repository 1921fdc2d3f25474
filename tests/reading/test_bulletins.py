"""Bulletins of many lines: headed bullets, places with counts, live blogs, daily tolls, field notes."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from tests.told import cases, check, kinds, marked

BULLETINS = cases("bulletins.toml", "post")


@pytest.mark.parametrize("bulletin", [marked(b) for b in BULLETINS])
def test_bulletin(bulletin: dict[str, Any]) -> None:
    check(bulletin)


def test_nearly_all_that_bulletins_tell_is_read_and_little_else() -> None:
    right = wanted = found = 0
    for want, have in map(kinds, BULLETINS):
        right += sum((Counter(want) & Counter(have)).values())
        wanted += len(want)
        found += len(have)
    assert right / wanted >= 0.92
    assert right / found >= 0.95


def test_there_are_enough_bulletins() -> None:
    assert sum("\n" in b["text"].strip() for b in BULLETINS) >= 25
