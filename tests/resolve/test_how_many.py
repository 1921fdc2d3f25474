"""Harm: counts of people by status, with honest bounds; invented clauses in tests/data/harm.toml."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rasid.lexicon import files
from rasid.model.mentions import HarmHit
from rasid.model.vocabulary import HarmStatus, HarmWho
from rasid.resolve.how_many import find
from rasid.text.tokens import tokenize

DATA = Path(__file__).parents[1] / "data" / "harm.toml"
SETS: list[dict[str, Any]] = tomllib.loads(DATA.read_text(encoding="utf-8"))["set"]
CLAUSES = [(s["class"], c["text"], c["gives"]) for s in SETS for c in s["clauses"]]
ENTRIES = [e for name in ("people", "states", "deeds", "context") for e in files.toml(f"harm/{name}.toml")["entry"]]
EASTERN = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
FATHA = "\u064e"


def hits(text: str) -> list[HarmHit]:
    return find(tokenize(text))


def spec(h: HarmHit) -> str:
    """One hit as the data writes it."""
    low, high = ("-" if b is None else str(b) for b in (h.min, h.max))
    flags = [name for name in ("partial", "toll") if getattr(h, name)]
    return " ".join([h.status, h.who, low, high, *flags])


def told(text: str) -> list[str]:
    return sorted(map(spec, hits(text)))


@pytest.mark.parametrize(("kind", "text", "gives"), CLAUSES)
def test_clause(kind: str, text: str, gives: list[str]) -> None:
    assert told(text) == sorted(gives), kind


def test_there_are_enough_clauses_of_every_class() -> None:
    assert len(CLAUSES) >= 240
    assert all(len(s["clauses"]) >= 5 for s in SETS)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda e: e["id"])
def test_entry_examples(entry: dict[str, Any]) -> None:
    """Each ``yes`` gives its count or its people, each ``no`` gives no harm (nor that of this entry's deed)."""
    for example in entry.get("yes", []):
        found = hits(example["text"])
        assert found, example
        if isinstance(example.get("gives"), list):
            low, high = (b or None for b in example["gives"])
            assert (found[0].min, found[0].max) == (low, high), example
        elif "gives" in example:
            assert found[0].who == example["gives"], example
    for example in entry.get("no", []):
        found = hits(example["text"])
        assert not [h for h in found if not entry["id"].startswith(("people.nation", "people.comb"))], example
    for text in entry.get("examples_no", []):
        assert hits(text) == [], text


def test_an_adjective_of_origin_is_no_second_person() -> None:
    assert told("قتل جندي تركي") == ["killed combatant 1 1"]


@pytest.mark.parametrize(("kind", "text", "gives"), CLAUSES)
def test_the_script_of_digits_does_not_matter(kind: str, text: str, gives: list[str]) -> None:
    assert told(text.translate(EASTERN)) == told(text)


@pytest.mark.parametrize(("kind", "text", "gives"), CLAUSES)
def test_vowel_marks_and_tatweel_do_not_matter(kind: str, text: str, gives: list[str]) -> None:
    marked = re.sub(r"(?<=[ء-ي])(?=[ء-ي])", FATHA, text)
    assert told(marked) == told(text)
    assert told(unicodedata.normalize("NFD", text)) == told(text)


@pytest.mark.parametrize(("kind", "text", "gives"), CLAUSES)
def test_hits_are_well_formed(kind: str, text: str, gives: list[str]) -> None:
    t = tokenize(text)
    for h in find(t):
        assert 0 <= h.lo <= h.anchor < h.hi <= len(t)
        assert -1 <= h.who_lo <= h.who_hi <= len(t)
        assert h.status in set(HarmStatus)
        assert h.who in set(HarmWho)
        assert h.min is None or h.max is None or 0 <= h.min <= h.max
        assert t.quote(h.lo, h.hi) in text


def test_clauses_told_one_after_the_other_do_not_change_each_other() -> None:
    """Sentences are read alone, but for who "others" are."""
    plain = [(t, g) for _, t, g in CLAUSES if "آخر" not in t and not t.endswith(":")]
    together = ".\n".join(t for t, _ in plain)
    assert told(together) == sorted(x for _, g in plain for x in g)


def test_others_are_of_the_kind_told_before() -> None:
    assert told("قتل ثلاثة جنود وأصيب خمسة آخرون") == ["injured combatant 5 5", "killed combatant 3 3"]


def test_a_hit_names_its_rule_and_its_words() -> None:
    (h,) = hits("أعلن ناطق مقتل ثلاثة جنود في كمين")
    t = tokenize("أعلن ناطق مقتل ثلاثة جنود في كمين")
    assert h.rule == "deed.death"
    assert t.raw(h.anchor) == "مقتل"
    assert t.quote(h.who_lo, h.who_hi) == "ثلاثة جنود"
    assert t.quote(h.lo, h.hi) == "مقتل ثلاثة جنود"


def test_quotation_marks_around_a_number_keep_offsets() -> None:
    text = 'مقتل «19» عنصرا من "التنظيم" وإصابة (7) مدنيين'
    t = tokenize(text)
    assert [t.quote(h.lo, h.hi) for h in find(t)] == ["مقتل «19» عنصرا", "وإصابة (7) مدنيين"]


WORDS = sorted({w for _, text, _ in CLAUSES for w in text.split()})


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from([*WORDS, ".", "،", "و", "12", "«", ")", "لم", "دون"]), max_size=40))
def test_any_order_of_words_is_read_without_error(parts: list[str]) -> None:
    t = tokenize(" ".join(parts))
    for h in find(t):
        assert 0 <= h.lo <= h.anchor < h.hi <= len(t)
        assert h.min is None or h.max is None or 0 <= h.min <= h.max


@settings(max_examples=60, deadline=None)
@given(
    st.integers(3, 10_000),
    st.sampled_from(["قتل {} أشخاص", "إصابة {} شخصا", "خلف القصف {} جريحا", "اعتقال {} مدنيا"]),
)
def test_a_stated_number_is_its_own_bounds(n: int, frame: str) -> None:
    (h,) = hits(frame.format(n))
    if not 1900 <= n <= 2100:
        assert (h.min, h.max) == (n, n)


@pytest.mark.parametrize(
    "clause",
    [
        "قتل وجرح ",
        "مقتل ثلاثة جنود ",
        "بينهم طفل و3 نساء ",
        "دون وقوع إصابات ولا قتلى ",
        "خلال الشهر قتل 3 جنود ",
    ],
)
def test_one_clause_told_many_times_without_a_stop(clause: str) -> None:
    """No recursion and no blow-up: counted in reads of groups, not in seconds."""
    t = tokenize(clause * 3_000)
    assert len(find(t)) <= len(t)
