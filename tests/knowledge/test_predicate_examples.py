"""Each predicate entry carries its own examples; here they run through the whole reader."""

from __future__ import annotations

import pytest

from rasid import read
from rasid.lexicon import files

ENTRIES = files.entries("predicates")
YES = [(e["id"], n, y["text"], y["type"]) for e in ENTRIES for n, y in enumerate(e["yes"])]
NO = [(e["id"], n, x["text"]) for e in ENTRIES for n, x in enumerate(e["no"])]


@pytest.mark.parametrize(("entry", "n", "text", "kind"), YES, ids=[f"{i}:yes:{n}" for i, n, _, _ in YES])
def test_an_example_gives_one_incident_of_its_type(entry: str, n: int, text: str, kind: str) -> None:
    found = [i for i in read(text, published="2024-03-10").incidents if i.modality == "happened"]
    assert kind in [i.type for i in found]


@pytest.mark.parametrize(("entry", "n", "text"), NO, ids=[f"{i}:no:{n}" for i, n, _ in NO])
def test_a_counter_example_gives_none(entry: str, n: int, text: str) -> None:
    assert [i.type for i in read(text, published="2024-03-10").incidents if i.modality == "happened"] == []
