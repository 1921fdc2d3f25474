"""Weapons, targets and services as noun phrases: the examples of the entries, and sentences as data."""

from __future__ import annotations

import re
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rasid.lexicon import nouns as lexicon
from rasid.model.vocabulary import TargetKind, WeaponKind
from rasid.resolve import nouns
from rasid.text.keys import phrase
from rasid.text.tokens import tokenize

DATA = Path(__file__).parents[1] / "data" / "nouns.toml"
PROBES = tomllib.loads(DATA.read_text(encoding="utf-8"))["probes"]
ENTRIES = [(slot, e) for slot, e in lexicon.entries() if slot in {"weapon", "target", "service"}]
YES = [pytest.param(s, e, y, id=f"{e['id']}:yes:{n}") for s, e in ENTRIES for n, y in enumerate(e.get("yes", []))]
NO = [pytest.param(e, x, id=f"{e['id']}:no:{n}") for _, e in ENTRIES for n, x in enumerate(e.get("no", []))]
SHORT = {"weapon": "w", "target": "t", "service": "s"}


def read(text: str) -> list[str]:
    """The hits of a text in the notation of the probes."""
    t = tokenize(text)
    return [f"{SHORT[h.slot]}:{h.value} {t.quote(h.lo, h.hi)}" for h in nouns.find(t)]


@pytest.mark.parametrize(("text", "want"), [(p[0], p[1:]) for p in PROBES], ids=range(len(PROBES)))
def test_a_sentence_gives_its_phrases(text: str, want: list[str]) -> None:
    """Every phrase of the sentence is found with its kind and its words, and nothing else is."""
    assert sorted(read(text)) == sorted(want)


def test_there_are_enough_probes() -> None:
    """A quarter of them are traps."""
    assert len(PROBES) >= 150
    assert sum(len(p) == 1 for p in PROBES) >= 30


@pytest.mark.parametrize(("slot", "entry", "yes"), YES)
def test_an_entry_reads_its_own_example(slot: str, entry: dict[str, str], yes: dict[str, str]) -> None:
    """The example's quote is found by this entry."""
    t = tokenize(yes["text"])
    found = [(h.slot, h.value, t.quote(h.lo, h.hi)) for h in nouns.find(t) if h.rule == entry["id"]]
    assert (slot, entry["value"], yes["quote"]) in found


@pytest.mark.parametrize(("entry", "no"), NO)
def test_an_entry_leaves_its_counter_example(entry: dict[str, str], no: dict[str, str]) -> None:
    """The entry does not claim what only looks like it."""
    assert entry["id"] not in [h.rule for h in nouns.find(tokenize(no["text"]))]


@pytest.mark.parametrize(("slot", "entry"), ENTRIES, ids=[e["id"] for _, e in ENTRIES])
def test_every_form_of_an_entry_is_read(slot: str, entry: dict[str, object]) -> None:
    """A form alone is found in its slot, unless the entry asks for company."""
    if any(k in entry for k in ("needs_next", "needs_prev", "near", "mark", "adjective")):
        return
    forms = entry["forms"]
    assert isinstance(forms, list)
    for form in forms:
        hits = nouns.find(tokenize(form))
        assert any(h.slot == slot and h.value == entry["value"] for h in hits), form


@pytest.mark.parametrize(("slot", "entry"), ENTRIES, ids=[e["id"] for _, e in ENTRIES])
def test_entries_are_well_formed(slot: str, entry: dict[str, object]) -> None:
    """Known fields, a value of the contract, clean Arabic."""
    assert lexicon.unknown_fields(entry) == set()
    assert str(entry["id"]).startswith(slot + ".")
    assert entry["value"] in set(WeaponKind if slot == "weapon" else TargetKind)
    forms = entry["forms"]
    assert isinstance(forms, list)
    assert len(forms) == len(set(forms))
    assert all(phrase(f) and not set(f) & set("\u0640\u200b\u200e\u200f\u00ad") for f in forms)


def test_ids_are_unique() -> None:
    """An id names one entry."""
    ids = [e["id"] for _, e in lexicon.entries()]
    assert len(ids) == len(set(ids))


def test_no_form_has_two_owners_without_company() -> None:
    """Where two entries of a slot share a form, one at least says what company it needs."""
    owners: dict[tuple[str, tuple[str, ...]], list[dict[str, object]]] = {}
    for slot, e in ENTRIES:
        for form in e["forms"]:
            owners.setdefault((slot, phrase(form)), []).append(e)
    for (_, form), held in owners.items():
        bare = {e["id"] for e in held if not {"needs_next", "needs_prev", "near"} & set(e)}
        assert len(bare) <= 1, (form, bare)


FORMS = st.sampled_from([f for _, e in ENTRIES for f in e["forms"]])


@given(words=st.lists(FORMS | st.sampled_from(["و", "،", "“", "”", "(", "في", "على", "23"]), max_size=25))
def test_any_phrases_in_any_order_are_read(words: list[str]) -> None:
    """Hits are in order, within the text, and phrases of one slot do not overlap."""
    t = tokenize(" ".join(words))
    hits = nouns.find(t)
    assert all(0 <= h.lo < h.hi <= len(t) for h in hits)
    for slot in SHORT:
        assert all(a.hi <= b.lo for a, b in pairwise(h for h in hits if h.slot == slot))


ARABIC = st.sampled_from([f for _, e in ENTRIES for f in e["forms"] if not re.search("[a-z0-9-]", f)])


@given(form=ARABIC, marks=st.lists(st.sampled_from("\u064e\u064f\u0650\u0640\u200f"), min_size=1, max_size=4))
def test_marks_do_not_matter(form: str, marks: list[str]) -> None:
    """Vowel marks, tatweel and direction marks inside words change no kind."""
    marked = "".join(c + (marks[n % len(marks)] if c != " " else "") for n, c in enumerate(form))
    plain = [(h.slot, h.value) for h in nouns.find(tokenize(form))]
    assert [(h.slot, h.value) for h in nouns.find(tokenize(marked))] == plain
