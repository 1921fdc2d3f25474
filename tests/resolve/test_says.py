"""Who says it, in invented reports: sources with kind, anonymity and relay, and the words that each governs."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rasid.lexicon import files
from rasid.model.context import Context
from rasid.model.document import Document
from rasid.model.mentions import SourceHit
from rasid.reading.read import mentions, tokens_of
from rasid.text.tokens import Tokens

CASES = tomllib.loads((Path(__file__).parents[1] / "data" / "sources.toml").read_text(encoding="utf-8"))["case"]


def said(text: str, title: str = "") -> tuple[Tokens, list[SourceHit]]:
    whole = f"{title}\n\n{text}" if title else text
    t = tokens_of(Document(text=whole, title=title or None))
    return t, mentions(t, Context(date(2024, 3, 10)))[0].sources


def name(t: Tokens, h: SourceHit) -> str:
    return t.quote(h.lo, h.hi)


def told(t: Tokens, hits: list[SourceHit]) -> list[str]:
    """Sources that govern something or relay one that does, as the data writes them."""
    used = {n for n, h in enumerate(hits) if h.governs}
    used |= {v for n in used if (v := hits[n].via) is not None}
    out = []
    for n in sorted(used):
        h = hits[n]
        parts = [name(t, h), h.kind, *(["anon"] if h.anonymous else [])]
        out.append("|".join(parts + ([f"via {name(t, hits[h.via])}"] if h.via is not None else [])))
    return out


def governing(t: Tokens, hits: list[SourceHit], word: str) -> str:
    at = next(i for i in range(len(t)) if word in t.raw(i) and t.kind[i] == "w")
    return " + ".join(sorted(name(t, h) for h in hits if any(lo <= at < hi for lo, hi in h.governs)))


@pytest.mark.parametrize("case", CASES, ids=[c["id"] for c in CASES])
def test_sources_of_a_report(case):
    t, hits = said(case["text"], case.get("title", ""))
    assert told(t, hits) == case["sources"]


@pytest.mark.parametrize(
    ("case", "word"), [(c, w) for c in CASES for w in c.get("governs", {})],
    ids=[f"{c['id']}:{w}" for c in CASES for w in c.get("governs", {})],
)  # fmt: skip
def test_who_governs_a_word(case, word):
    t, hits = said(case["text"], case.get("title", ""))
    assert governing(t, hits, word) == " + ".join(sorted(case["governs"][word].split(" + ")))


@pytest.mark.parametrize("case", [c for c in CASES if "stance" in c], ids=[c["id"] for c in CASES if "stance" in c])
def test_stance(case):
    t, hits = said(case["text"])
    assert {name(t, h): h.stance for h in hits if name(t, h) in case["stance"]} == case["stance"]


def test_there_are_enough_cases_and_each_has_an_id_of_its_own():
    assert len(CASES) >= 150
    assert len({c["id"] for c in CASES}) == len(CASES)


ENTRIES = [e for n in ("speech/sources.toml", "speech/verbs.toml") for e in files.toml(n)["entry"]]


@pytest.mark.parametrize("entry", [e for e in ENTRIES if e.get("yes")], ids=[e["id"] for e in ENTRIES if e.get("yes")])
def test_examples_of_the_knowledge(entry):
    for example in entry["yes"]:
        t, hits = said(example["text"])
        assert (example["quote"], example["gives"]) in [(name(t, h), h.kind) for h in hits], example["text"]


@pytest.mark.parametrize("entry", [e for e in ENTRIES if e.get("no")], ids=[e["id"] for e in ENTRIES if e.get("no")])
def test_counter_examples_of_the_knowledge(entry):
    for example in entry["no"]:
        t, hits = said(example["text"])
        assert told(t, hits) == [], example["why"]


WORDS = st.sampled_from(
    [
        "قال",
        "قالت",
        "وأضاف",
        "أن",
        "إن",
        ":",
        "«",
        "»",
        "،",
        ".",
        "المصدر",
        "مصدر",
        "أمني",
        "نقلت",
        "قناة",
        "عن",
        "بحسب",
        "الجيش",
        "قصف",
        "بيان",
        "في",
        "وزير",
        "الذي",
        "لـ",
        "مشيرا",
        "إلى",
        "كما",
        "وفق",
        "ما",
        "ذكر",
        "الوزارة",
        "فيما",
        "من",
        "جهته",
        "\n",
        "(",
        ")",
        "12",
        "المتحدث",
        "باسم",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, max_size=60))
def test_any_words_give_ranges_inside_the_text(words):
    t, hits = said(" ".join(words))
    for n, h in enumerate(hits):
        assert 0 <= h.lo < h.hi <= len(t)
        assert all(0 <= lo < hi <= len(t) for lo, hi in h.governs)
        assert h.via != n
        assert h.via is None or 0 <= h.via < len(hits)
