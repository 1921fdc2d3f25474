"""The place resolver on invented sentences (where_cases.toml), and its properties on any text."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rasid.lexicon import gazetteer
from rasid.lexicon.gazetteer import Gazetteer, Place
from rasid.model.context import Context
from rasid.model.mentions import PlaceHit
from rasid.resolve.where import find
from rasid.text.tokens import Tokens, tokenize

CASES = tomllib.loads((Path(__file__).parent / "where_cases.toml").read_text(encoding="utf-8"))["case"]
FIELDS = ("quote", "id", "kind", "part", "role")


def read(case: dict) -> tuple[Tokens, list[PlaceHit]]:
    text = case["text"]
    title_end = text.find("\n\n") if "\n\n" in text else 0
    t = tokenize(text, title_end=title_end)
    return t, find(t, Context(region=case.get("region")))


def quoted(t: Tokens, hits: list[PlaceHit], quote: str) -> PlaceHit | None:
    for h in hits:
        written = t.quote(h.lo, h.hi)
        if quote in (written, written[len(h.clitics) :]):
            return h
    return None


def shown(t: Tokens, hits: list[PlaceHit]) -> str:
    return "; ".join(f"{t.quote(h.lo, h.hi)} -> {h.id or h.name} {h.kind} {h.part} {h.role} {h.rule}" for h in hits)


@pytest.mark.parametrize("case", CASES, ids=[c["text"][:40] for c in CASES])
def test_sentence(case: dict) -> None:
    t, hits = read(case)
    for line in case.get("has", ()):
        want = dict(zip(FIELDS, (p.strip() for p in line.split("|")), strict=False))
        h = quoted(t, hits, want["quote"])
        assert h is not None, f"{want['quote']} not among {shown(t, hits)}"
        if want.get("id", "-") != "-":
            assert want["id"] in (h.id, None if h.id else h.name), shown(t, hits)
        for field in ("kind", "part", "role"):
            if want.get(field, "-") != "-":
                assert getattr(h, field) == want[field], (field, shown(t, hits))
    for quote in case.get("not", ()):
        lo = case["text"].index(quote)
        for h in hits:
            s, e = t.slice_of(h.lo, h.hi)
            assert h.role != "place" or e <= lo or s >= lo + len(quote), (quote, shown(t, hits))


@pytest.mark.parametrize("case", [c for c in CASES if "group" in c], ids=lambda c: c["text"][:40])
def test_members_of_a_list_share_a_group(case: dict) -> None:
    t, hits = read(case)
    groups = {quoted(t, hits, q).group for q in case["group"]}  # type: ignore[union-attr]
    assert len(groups) == 1
    assert groups != {-1}


@pytest.mark.parametrize("case", [c for c in CASES if "rules" in c], ids=lambda c: c["text"][:40])
def test_destination_and_origin_are_said_by_the_rule(case: dict) -> None:
    t, hits = read(case)
    for line in case["rules"]:
        quote, rule = (p.strip() for p in line.split("|"))
        assert quoted(t, hits, quote).rule == rule  # type: ignore[union-attr]


@pytest.mark.parametrize("case", [c for c in CASES if "inherits" in c], ids=lambda c: c["text"][:40])
def test_unknown_place_takes_the_point_and_precision_of_its_container(case: dict) -> None:
    t, hits = read(case)
    for line in case["inherits"]:
        quote, id = (p.strip() for p in line.split("|"))
        h, outer = quoted(t, hits, quote), gazetteer.default().get(id)
        assert h is not None
        assert outer is not None
        assert (h.lat, h.lon, h.precision) == (outer.lat, outer.lon, outer.precision)
        assert h.parents[0] == id


def test_cases_are_many_and_differ() -> None:
    assert len(CASES) >= 120
    assert len({c["text"] for c in CASES}) == len(CASES)


WORDS = sorted({w for c in CASES for w in c["text"].split()})


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=6)), max_size=40))
def test_hits_are_ordered_within_sentences_and_do_not_overlap(words: list[str]) -> None:
    t = tokenize(" ".join(words))
    last = 0
    for h in find(t, Context()):
        assert last <= h.lo < h.hi <= len(t)
        assert any(s.lo <= h.lo and h.hi <= s.hi for s in t.sentences)
        last = h.hi


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(CASES), st.sampled_from(["\u064e", "\u0651", "ـ", "\u200f"]))
def test_marks_change_nothing(case: dict, mark: str) -> None:
    text = case["text"]
    spot = next(i for i, ch in enumerate(text) if "\u0628" <= ch <= "\u0649") + 1
    plain, marked = tokenize(text), tokenize(text[:spot] + mark + text[spot:])
    region = Context(region=case.get("region"))
    assert [(h.lo, h.hi, h.id, h.role) for h in find(plain, region)] == [
        (h.lo, h.hi, h.id, h.role) for h in find(marked, region)
    ]


def test_another_gazetteer_can_be_given() -> None:
    mine = Gazetteer(
        [
            Place(
                "xx",
                "بلدستان",
                "country",
                "",
                1.0,
                2.0,
                "country",
                "XX",
                "test",
                "Baladistan",
                frozenset(),
                6.0,
            )
        ]
    )
    t = tokenize("انفجار في بلدستان قرب بغداد")
    assert [h.id for h in find(t, Context(), mine)] == ["xx"]


def test_many_repetitions_stay_linear_in_hits() -> None:
    t = tokenize("قصف على بلدة ناحتة بريف درعا الشرقي. " * 300)
    assert len(find(t, Context())) == 600


@pytest.mark.parametrize("word", ["محيط", "شمال", "قرى", "طريق", "بلدة", "المدينة", "وحلب", "الأراضي السورية", "مدن و"])
def test_a_word_repeated_without_end_neither_nests_nor_crashes(word: str) -> None:
    t = tokenize(f"{word} " * 1500)
    assert len(find(t, Context())) <= 1500
