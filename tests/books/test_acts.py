from __future__ import annotations

from typing import Any

import pytest

from rasid.books import acts
from rasid.lexicon import files
from rasid.model.vocabulary import IncidentType, TargetKind, TermAct, WeaponKind
from rasid.text.keys import phrase

ENTRIES = [e for e in files.toml("ledger/acts.toml")["entry"] if "act" in e]


def examples(kind: str) -> list[Any]:
    return [
        pytest.param(e["act"], example, id=f"{e['id']}:{kind}:{n}")
        for e in ENTRIES
        for n, example in enumerate(e.get(kind, ()))
    ]


def weighed(act: str, example: dict[str, Any]) -> tuple[str, float] | None:
    told = example["incident"]
    words = phrase(example["text"])
    return acts.acts()[act].weigh(told["type"], told.get("targets", ()), told.get("weapons", ()), words)


def test_every_act_of_the_contract_is_there_with_examples() -> None:
    assert [e["act"] for e in ENTRIES] == sorted({a.value for a in TermAct}, key=[e["act"] for e in ENTRIES].index)
    for e in ENTRIES:
        assert e.get("yes") or not (e.get("breach") or e.get("fulfil")), e["id"]
        assert e.get("no"), e["id"]


@pytest.mark.parametrize(("act", "example"), examples("yes"))
def test_what_speaks_of_a_term(act: str, example: dict[str, Any]) -> None:
    found = weighed(act, example)
    assert found is not None
    assert found[0] == example["gives"]


@pytest.mark.parametrize(("act", "example"), examples("no"))
def test_what_says_nothing_of_a_term(act: str, example: dict[str, Any]) -> None:
    assert weighed(act, example) is None


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda e: e["id"])
def test_clauses_use_words_of_the_contract(entry: dict[str, Any]) -> None:
    assert entry["id"] == f"act.{entry['act']}"
    assert entry["mode"] in ("refrain", "perform", "both", "none")
    for clause in (*entry.get("breach", ()), *entry.get("fulfil", ())):
        assert 0 < clause["weight"] <= 1
        assert set(clause["types"]) <= {t.value for t in IncidentType}
        assert set(clause.get("targets", ())) <= {t.value for t in TargetKind}
        assert set(clause.get("weapons", ())) <= {w.value for w in WeaponKind}


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda e: e["id"])
def test_every_clause_is_shown_by_an_example_or_shares_one(entry: dict[str, Any]) -> None:
    """A side of the map (what breaks, what fulfils) that no example shows would never be checked."""
    shown = {example["gives"] for example in entry.get("yes", ())}
    sides = {side for side in ("breach", "fulfil") if entry.get(side)}
    assert shown == sides
