"""Numbers: values, bounds and ranges in words, digits and both; what looks like a count and is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rasid.lexicon import files
from rasid.lexicon.numbers import numerals
from rasid.text.keys import phrase
from rasid.text.numerals import Number, bounds, digits
from rasid.text.tokens import tokenize

ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


def numbers(text: str) -> list[Number]:
    t = tokenize(text)
    return list(numerals().scan(t.key, t.kind).values())


def only(text: str) -> tuple[int | None, int | None, str]:
    found = numbers(text)
    assert len(found) == 1, found
    return found[0].min, found[0].max, found[0].kind


def _examples(name: str, key: str) -> list[tuple[str, str, object]]:
    return [
        (e["id"], y["text"], y.get("gives"))
        for e in files.toml(f"numbers/{name}.toml")["entry"]
        for y in e.get(key, [])
    ]


@pytest.mark.parametrize(("entry", "text", "gives"), _examples("words", "yes"))
def test_word_examples(entry: str, text: str, gives: int) -> None:
    assert only(text)[:2] == (gives, gives), entry


@pytest.mark.parametrize(("entry", "text", "gives"), _examples("bounds", "yes"))
def test_bound_examples(entry: str, text: str, gives: list[int]) -> None:
    """The bound holds, given by words before the number or by words behind it."""
    t = tokenize(text)
    (n,) = numerals().scan(t.key, t.kind).values()
    after = numerals().bound_after(t.key, n.hi, len(t))
    low, high = bounds(n.min or 0, after[1]) if after else (n.min, n.max)
    assert (low or 0, high or 0) == tuple(gives), entry


@pytest.mark.parametrize(("entry", "text", "gives"), _examples("bounds", "no"))
def test_bound_words_alone_are_no_number(entry: str, text: str, gives: None) -> None:
    assert numbers(text) == [], entry


@pytest.mark.parametrize(("entry", "text", "gives"), _examples("vague", "yes"))
def test_vague_examples(entry: str, text: str, gives: None) -> None:
    assert only(text) == (None, None, "share" if entry == "vague.share" else "vague")


@pytest.mark.parametrize(("entry", "text", "gives"), _examples("vague", "no"))
def test_vague_words_inside_numbers_state_a_number(entry: str, text: str, gives: None) -> None:
    assert all(n.kind not in ("vague", "share") for n in numbers(text)), entry


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("ثلاثمئة وخمسون ألف نازح", 350_000, 350_000),
        ("ثلاثمائة وخمس وأربعون", 345, 345),
        ("240 ألفا و381 شخصا", 240_381, 240_381),
        ("مائة وأحد عشر", 111, 111),
        ("إحدى وعشرون امرأة", 21, 21),
        ("ألفين وخمسمئة", 2_500, 2_500),
        ("1.7 مليون", 1_700_000, 1_700_000),
        ("مليون ونصف المليون", 1_500_000, 1_500_000),
        ("١٬٢٠٠", 1_200, 1_200),
        ("3 آلاف", 3_000, 3_000),
        ("ولأكثر من مئة", 101, None),
        ("ما بين 5 و7", 5, 7),
        ("بين خمسة وسبعة", 5, 7),
        ("5-7 قتلى", 5, 7),
        ("خمسة أو ستة", 5, 6),
        ("5 إلى 7", 5, 7),
        ("مقتل31 شخصا", 31, 31),
        ("ما لا يقل عن نحو 30", 30, None),
        ("0 إصابات", 0, 0),
    ],
)
def test_composed_numbers(text: str, low: int, high: int | None) -> None:
    assert only(text)[:2] == (low, high)


@pytest.mark.parametrize(
    "text",
    [
        "90 في المئة",
        "70%",
        "٧٠٪",
        "20-7-2015",
        "20/7/2015",
        "10:30",
        "فاز 5-0",
        "5-3",
        "أحد الجنود",
        "$300",
        "F-16",
        "بالمئة",
    ],
)
def test_no_counts(text: str) -> None:
    """Percentages, dates, clock times, scores, money, codes and أحد "one of" are no counts."""
    assert numbers(text) == []


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("ألف قتيل وتسعة آلاف جريح", [1_000, 9_000]),
        ("12 و15 جريحا", [12, 15]),
        ("ثلاثة وأربعة", [3, 4]),
        ("خمسة جنود وعشرين مدنيا", [5, 20]),
        ("مئة و12 جريحا", [100, 12]),
        ("31 قتيلا على الأقل ونحو مئة جريح", [31, 100]),
        ("خمسة على الأقل ومئة جريح", [5, 100]),
    ],
)
def test_two_numbers_do_not_melt_into_one(text: str, values: list[int]) -> None:
    assert [n.min for n in numbers(text)] == values


def _in_words(n: int) -> str:
    words = {round(e["value"]): e["forms"][0] for e in files.toml("numbers/words.toml")["entry"] if e["role"] != "half"}
    words |= {1: "واحد", 2: "اثنان", 100: "مئة"}
    parts = []
    if n >= 100:
        parts.append(words[n // 100 * 100])
        n %= 100
    if 11 <= n <= 19:
        parts.append(("أحد" if n == 11 else "اثنا" if n == 12 else words[n - 10]) + " عشر")
    elif n:
        if n % 10 and n > 10:
            parts.append(words[n % 10])
        parts.append(words[n if n <= 10 else n // 10 * 10])
    return " و".join(parts)


@given(st.integers(1, 999))
def test_words_mean_their_value(n: int) -> None:
    assert only(_in_words(n))[:2] == (n, n)


@given(st.integers(3, 999), st.sampled_from(["آلاف", "ألف", "مليون"]))
def test_scales_multiply(n: int, scale: str) -> None:
    times = 1_000_000 if scale == "مليون" else 1_000
    assert only(f"{_in_words(n)} {scale}")[:2] == (n * times, n * times)
    assert only(f"{n} {scale}")[:2] == (n * times, n * times)


@given(
    st.integers(0, 10**9),
    st.sampled_from(["نحو {} شخصا", "مقتل {}", "أكثر من {} قتيل", "ما بين {} و9999999999"]),
)
def test_the_script_of_digits_does_not_matter(n: int, frame: str) -> None:
    plain = numbers(frame.format(n))
    assert plain
    for script in (ARABIC, PERSIAN):
        other = numbers(frame.format(n).translate(script))
        assert [(x.lo, x.hi, x.min, x.max, x.kind) for x in other] == [
            (x.lo, x.hi, x.min, x.max, x.kind) for x in plain
        ]


WORDS = ["ألف", "وعشرون", "ثلاثة", "عشر", "أحد", "و", "بين", "نحو", "عشرات", "نصف", "في", "المئة", "من"]
PIECES = ["5", "مليون", "12", "2015", ".", ",", "-", "/", ":", "إلى", "مئة", "آلاف", "ألفين", *WORDS]


@given(st.lists(st.sampled_from(PIECES), max_size=14))
def test_any_sequence_gives_spans_in_order(words: list[str]) -> None:
    found = numbers(" ".join(words))
    ends = [0]
    for n in found:
        assert n.lo <= n.at < n.hi
        assert n.min is None or n.max is None or n.min <= n.max
        assert n.at >= ends[-1]
        ends.append(n.hi)


def test_digit_tokens_that_are_no_number() -> None:
    assert digits("1.2.3") is None
    assert digits("12,34,5") is None
    assert digits("9" * 40) is None


def test_bound_phrases_are_keys_that_can_be_matched() -> None:
    for e in files.toml("numbers/bounds.toml")["entry"]:
        for p in e["before"] + e["after"]:
            assert phrase(p), p
