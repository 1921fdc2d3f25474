"""Clauses of prose by phenomenon: verbal, nominal, passive, chains, negation, roles, genres."""

from __future__ import annotations

from typing import Any

import pytest
from tests.told import cases, check, marked, told

CASES = cases("clauses.toml", "case")


@pytest.mark.parametrize("case", [marked(c) for c in CASES])
def test_clause(case: dict[str, Any]) -> None:
    check(case)


def test_the_cases_are_told_apart() -> None:
    assert len({c["id"] for c in CASES}) == len({c["text"] for c in CASES}) == len(CASES)


def test_words_before_and_after_do_not_change_what_a_case_tells() -> None:
    """A paragraph of ordinary life around a case adds and takes nothing."""
    life = "وافتتح الوزير معرضا للكتاب في العاصمة.\n\n"
    changed = [
        c["id"]
        for c in CASES
        if not c.get("near")
        and {g["type"] for g in c["gives"]} - _types({**c, "text": life + c["text"] + "\n\n" + life})
    ]
    assert len(changed) <= len(CASES) // 20, changed


def _types(case: dict[str, Any]) -> set[str]:
    return {str(i.type) for i in told(case)}
