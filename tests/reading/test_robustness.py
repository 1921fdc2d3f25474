"""No text crashes the reader, makes it state what the text does not hold, or makes it slow.

Work is counted, not timed: calls of functions for a text and for one four times as long.
"""

import sys
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rasid.intake import Failure, open_path
from rasid.model.reading import Reading
from rasid.reading.read import read

REPORTS = [d.text for d in open_path(str(files("rasid") / "examples")) if not isinstance(d, Failure)]
SCRIPTS = st.text(
    st.one_of(
        st.characters(min_codepoint=0x600, max_codepoint=0x6FF),
        st.characters(min_codepoint=0xFB50, max_codepoint=0xFEFF),
        st.characters(max_codepoint=0x7F),
        st.characters(min_codepoint=0x200B, max_codepoint=0x206F),
        st.characters(blacklist_categories=("Cs",)),
    ),
    max_size=300,
)
WORDS = st.sampled_from(sorted({w for text in REPORTS for w in text.split()}))


def checked(text):
    """Read a text; whatever is read is valid and quotes the text."""
    reading = read(text, published="2023-03-12")
    again = Reading.model_validate_json(reading.model_dump_json(warnings=False))
    for item in (*again.incidents, *again.commitments, *again.meetings, *again.sources):
        for e in item.evidence:
            assert again.report.text[e.start : e.end] == e.text
    for incident in again.incidents:
        for c in incident.casualties:
            assert c.min is None or c.max is None or c.min <= c.max
        if incident.time and incident.time.start and incident.time.end:
            assert incident.time.start <= incident.time.end
    return again


@settings(max_examples=150, deadline=None)
@given(SCRIPTS)
def test_any_text(text):
    checked(text)


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=120))
def test_words_of_reports_in_any_order(words):
    checked(" ".join(words))


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(REPORTS), st.data())
def test_reports_with_letters_lost_doubled_and_put_in(text, data):
    chars = list(text[:900])
    for at in data.draw(st.lists(st.integers(0, max(0, len(chars) - 1)), max_size=25)):
        chars[at] = data.draw(
            st.sampled_from(["", chars[at] * 2, " ", "\n", "ـ", "\u200f", "»", "7", ".", "و", "\u064e"])
        )
    checked("".join(chars))


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(REPORTS), st.integers(0, 2000), st.integers(0, 2000))
def test_reports_cut_anywhere(text, start, end):
    checked(text[min(start, end) : max(start, end)])


TRAPS = [
    "",
    " ",
    "\n" * 50,
    "0",
    "٠" * 40,
    "9" * 400,
    "قتل " + "9" * 400 + " شخصا",
    "31/02/2021 قصف على سرمين",
    "قصف على سرمين يوم 99 آب 2021",
    "بين 10 و3 قتلى في قصف على سرمين",
    "((((((((((",
    "»»»»قصف««««",
    "قصفت " * 30,
    "\u202e" + "قصف على سرمين" + "\u202c",
    "\ufeffقصف\u0000على سرمين",
    "ق\u064eص\u0651ف على سرمين",
    "shelling قصف bombing",
    "🔴" * 100,
    "#" * 100,
    "أ ف ب. د ب أ. ا. ف. ب.",
]


@pytest.mark.parametrize("text", TRAPS)
def test_traps(text):
    checked(text)


def work(text):
    """Calls of functions, in Python and in C, that reading a text takes."""
    calls = 0

    def count(frame, event, arg):
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        read(text, published="2023-03-12")
    finally:
        sys.setprofile(before)
    return calls


CLAUSE = "قصفت قوات النظام بلدة سرمين بالمدفعية فقتل ثلاثة مدنيين"
UNITS = {
    "sentences": CLAUSE + ". ",
    "clauses": CLAUSE + "، ",
    "no marks": CLAUSE + " ",
    "pledges": "تعهد الوفد بوقف القصف على المدينة. ",
    "pledges in one sentence": "تعهد الوفد بوقف القصف على المدينة، ",
    "sources": "وقال مصدر عسكري إن القصف توقف. ",
    "sources without end": "بحسب مصدر ",
    "verbs of saying": "قال ",
    "lines": "قصف\n",
    "places": "سرمين وبنش و",
    "times": "أمس الجمعة 6 آب ",
    "numbers": "123 ",
    "quotes": "« ",
    "letters": "ا ",
    "one word": "و",
    "scripts": "قصف abc 12 ",
    "meetings": "اجتمع الوفد مع الوجهاء. ",
}


@pytest.mark.parametrize("unit", UNITS.values(), ids=UNITS)
def test_work_grows_with_the_length_and_not_its_square(unit):
    short, long = unit * (2_500 // len(unit)), unit * (10_000 // len(unit))
    work(short)
    # four times the text: four times the work, and somewhat more until windows are full; its square would be sixteen
    assert work(long) <= 6 * work(short) + 20_000


def test_a_line_of_a_megabyte():
    line = ("هدوء في المدينة ثم حركة في السوق " * 40_000)[:1_000_000]
    assert read(line + " قصفت قوات النظام بلدة سرمين").incidents


def test_a_hundred_thousand_repetitions_of_one_clause():
    reading = read("قصف على سرمين. " * 100_000)
    assert len(reading.incidents) == 1
    assert len(reading.incidents[0].evidence) <= 50


def test_marks_tatweel_and_presentation_forms_change_nothing():
    import unicodedata

    plain = "قصفت قوات النظام بلدة سرمين أمس، ما أدى إلى مقتل ثلاثة مدنيين."
    marked = "قَصَفَتْ قوّاتُ النظامِ بلدةَ سـرمين أمسِ، ما أدّى إلى مقتلِ ثلاثةِ مدنيّين."
    forms = "".join(_presentation(c) for c in plain)
    assert unicodedata.normalize("NFKC", forms) == plain

    def gist(text):
        return [
            (
                x.type,
                x.time and x.time.start,
                [p.id for p in x.places],
                [(c.min, c.max) for c in x.casualties],
            )
            for x in checked(text).incidents
        ]

    assert gist(plain) == gist(marked) == gist(forms) != []


def _presentation(char):
    """The isolated presentation form of a letter, as broken extractors leave it."""
    isolated = {
        "ق": "\ufed5",
        "ص": "\ufeb9",
        "ف": "\ufed1",
        "ت": "\ufe95",
        "م": "\ufee1",
        "ن": "\ufee5",
        "ل": "\ufedd",
    }
    return isolated.get(char, char)
