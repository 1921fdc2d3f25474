"""Tokens: offsets are the text's own, whatever the script, marks or dodging letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rasid.model.document import Masked
from rasid.text.keys import fold
from rasid.text.tokens import tokenize

ALPHABET = 'ابتثحخدذرزسشصضطظعغفقكلمنهويأإآةىئءؤًٌٍَُِّْـ  \n.،؛؟!«»"()0123٤٥۶aZ•🔴\u200f\u200c'


@given(st.text(alphabet=ALPHABET, max_size=200))
def test_tokens_are_slices_in_order_that_do_not_overlap(text: str) -> None:
    t = tokenize(text)
    assert all(s < e for s, e in zip(t.start, t.end, strict=True))
    assert all(e <= s for e, s in zip(t.end, t.start[1:], strict=False))
    assert all(t.raw(i) == text[t.start[i] : t.end[i]] for i in range(len(t)))


@given(st.text(alphabet=ALPHABET, max_size=200))
def test_sentences_cover_the_tokens_once(text: str) -> None:
    t = tokenize(text)
    assert [j for s in t.sentences for j in range(s.lo, s.hi)] == list(range(len(t)))


@given(st.text(max_size=80))
def test_any_text_is_tokenized(text: str) -> None:
    t = tokenize(text)
    assert all(text[t.start[i] : t.end[i]].strip() for i in range(len(t)))


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("قُصِفَتْ بلدةُ", ["قصفت", "بلده"]),
        ("احتـ.لال", ["احتلال"]),
        ("الخنآزير", ["الخنازير"]),
        ("شهـــداء", ["شهداء"]),
        ("٣ مدنيين و۴ جنود", ["٣", "مدنيين", "و", "۴", "جنود"]),
        ("1,200 قذيفة", ["1,200", "قذيفه"]),
        ("#درعا_البلد", ["#", "درعا", "_", "البلد"]),
    ],
)
def test_keys_of_tokens(text: str, keys: list[str]) -> None:
    assert tokenize(text).key == keys


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("انتهى القصف. بدأت الهدنة.", 2),
        ("انتهى القصف.بدأت الهدنة", 2),
        ("بلغت المسافة 3.5 كيلومتر", 1),
        ("قالت أ. ف. ب. إن القصف توقف", 1),
        ("عنوان\n\nمتن الخبر", 2),
        ("• سقوط قذيفة • انفجار لغم", 2),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text: str, count: int) -> None:
    assert len(tokenize(text).sentences) == count


def test_masked_stretches_give_no_tokens_and_end_a_sentence() -> None:
    text = "قصف على بلدة اقرأ أيضا هدوء في أخرى"
    start = text.index("اقرأ")
    t = tokenize(text, masked=[Masked(start, start + len("اقرأ أيضا"), "related")])
    assert "اقرا" not in t.key
    assert len(t.sentences) == 2


@given(st.sampled_from(["المدرسة", "قصف", "مسؤول", "إدلب"]), st.integers(0, 3))
def test_marks_and_tatweel_never_change_a_key(word: str, at: int) -> None:
    marked = word[: at + 1] + "ـ" + "َ" + word[at + 1 :]
    assert fold(marked) == fold(word)
