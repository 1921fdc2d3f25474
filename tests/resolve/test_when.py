"""Rules of time that hold for any text: the reference day, shifts, robustness, and the knowledge behind them."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rasid.lexicon import files
from rasid.model.context import Context
from rasid.model.mentions import TimeHit
from rasid.resolve import when
from rasid.resolve import when_days as days
from rasid.text.keys import phrase
from rasid.text.tokens import tokenize

DAYS = st.dates(date(2005, 1, 1), date(2035, 12, 31))
MONTHS = ["يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو"]
MONTHS += ["يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"]
RELATIVE = [
    "أمس",
    "أول من أمس",
    "اليوم",
    "غدا",
    "قبل يومين",
    "الأسبوع الماضي",
    "فجر اليوم",
    "منذ ثلاثة أيام",
    "خلال اليومين الماضيين",
]
ENTRIES = [(n, files.toml(n)["kind"], e) for n in files.names("time") for e in files.toml(n)["entry"]]


def read(text: str, at: date | None, **more: object) -> list[TimeHit]:
    return when.find(tokenize(text), Context(at, **more))  # type: ignore[arg-type]


@given(day=DAYS, by=st.integers(1, 400), words=st.sampled_from(RELATIVE))
def test_relative_times_move_with_the_day_of_publication(day: date, by: int, words: str) -> None:
    """Shifting the dateline by n days shifts every relative day by n days."""
    (here,) = read(f"قصفوا القرية {words}", day)
    (there,) = read(f"قصفوا القرية {words}", day + timedelta(days=by))
    for a, b in ((here.start, there.start), (here.end, there.end)):
        assert a is not None
        assert b is not None
        assert b - a == timedelta(days=by)


@given(day=DAYS, weekday=st.sampled_from(["الاثنين", "الخميس", "الجمعة", "الأحد"]))
def test_a_bare_weekday_lies_in_the_week_that_ends_with_publication(day: date, weekday: str) -> None:
    """A weekday with nothing beside it is the nearest past one, the day of publication included."""
    (hit,) = read(f"قصفوا القرية {weekday}", day)
    assert hit.start == hit.end
    assert hit.start is not None
    assert 0 <= (day - hit.start).days <= 6


@given(day=DAYS, back=st.integers(1, 150))
def test_a_missing_year_is_found_again(day: date, back: int) -> None:
    """A day told with weekday, day and month, but no year, is found within half a year."""
    then = day - timedelta(days=back)
    names = ["الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"]
    (hit,) = read(f"قتلوا يوم {names[then.weekday()]} {then.day} {MONTHS[then.month - 1]}", day)
    assert (hit.start, hit.conflict) == (then, None)


@given(day=DAYS)
def test_marks_and_digits_do_not_matter(day: date) -> None:
    """Vowel marks, tatweel and the script of digits change nothing."""
    plain = read("قصفوا القرية فجر أمس ثم في 5 تموز 2014", day)
    marked = read("قصفوا القرية فجْرَ أمْسِ ثم في ٥ تمـــوز ٢٠١٤", day)
    assert [(h.start, h.end, h.day_part) for h in plain] == [(h.start, h.end, h.day_part) for h in marked]


WORDS = st.sampled_from([w for _, _, e in ENTRIES for f in e["forms"] for w in f.split()] + list("3/-(،."))


@given(words=st.lists(WORDS, max_size=30), day=st.none() | DAYS)
def test_any_words_of_time_in_any_order_are_read(words: list[str], day: date | None) -> None:
    """No order of words of time breaks the reader; hits are in order, apart and never run backwards."""
    t = tokenize(" ".join(words))
    hits = when.find(t, Context(day))
    assert all(h.lo < h.hi <= len(t) for h in hits)
    assert all(a.hi <= b.lo for a, b in pairwise(hits))
    assert all(h.start is None or h.end is None or h.start <= h.end for h in hits)


def test_scrambled_digits_give_no_dates() -> None:
    """Where the carrier may have scrambled digits, dates in figures are not read."""
    assert read("وقع ذلك في 12/7/2015", date(2015, 8, 1), use_numbers=False) == []
    (hit,) = read("وقع ذلك أمس", date(2015, 8, 1), use_numbers=False)
    assert hit.start == date(2015, 7, 31)


REFERENCES = [
    ("قصفوا القرية أمس الجمعة 6 آب", date(2021, 8, 7), "weekday"),
    ("قصفوا القرية فجر اليوم الأربعاء 11 آذار", date(2026, 3, 11), "weekday"),
    ("درعا، 7 آب 2021 – قصفوا القرية أمس", date(2021, 8, 7), "dateline"),
    ("السبت 7 آب/أغسطس 2021\nقصفوا القرية أمس", date(2021, 8, 7), "dateline"),
    ("قصفوا القرية أمس الجمعة 6 آب 2021", date(2021, 8, 7), "dateline"),
    ("قصفوا القرية أمس.\n\nتاريخ النشر: 7/8/2021", date(2021, 8, 7), "dateline"),
    ("2021-08-07 قصفوا القرية", date(2021, 8, 7), "dateline"),
    ("قصفوا القرية أمس الجمعة", None, None),
    ("كانت القرية سقطت في 5 أيار 2014 ثم استعيدت", None, None),
    ("قصفوا القرية أمس الجمعة 5 آب", date(2022, 8, 6), "weekday"),
]


@pytest.mark.parametrize(("text", "day", "basis"), REFERENCES)
def test_the_reference_day_is_taken_from_the_text(text: str, day: date | None, basis: str | None) -> None:
    """Dateline first, then a relative word with a full date, then the year that a weekday fits."""
    context = when.reference(tokenize(text), Context())
    assert (context.published, context.published_basis) == (day, basis)


def test_a_given_reference_day_is_kept() -> None:
    """What the carrier or the user says outranks the text."""
    context = when.reference(tokenize("7 آب 2021"), Context(date(2020, 1, 1), "metadata"))
    assert (context.published, context.published_basis) == (date(2020, 1, 1), "metadata")
    assert when.reference(tokenize("نص"), Context(date(2020, 1, 1))).published_basis == "given"


def test_hits_name_their_grain_and_rule() -> None:
    """Open campaigns, history and vague words are told apart."""
    text = "تحاصرها منذ أسبوع، وكانت سقطت عام 2012، وقصفت مؤخرا ثم ليلا"
    assert [h.grain for h in read(text, date(2015, 7, 25))] == ["since", "past", "vague", "part"]
    assert all(h.rule.startswith("when.") for h in read(text, date(2015, 7, 25)))


@given(day=DAYS, n=st.integers(0, 30))
def test_months_back_stays_in_the_calendar(day: date, n: int) -> None:
    """Going back by months keeps the day of the month, or takes the month's last."""
    found = days.months_back(day, n)
    assert (day.year * 12 + day.month) - (found.year * 12 + found.month) == n
    assert found.day == day.day or found == days.month_of(found.year, found.month)[1]


@pytest.mark.parametrize(("file", "kind", "entry"), ENTRIES, ids=lambda v: v["id"] if isinstance(v, dict) else "")
def test_entries_of_time_are_well_formed(file: str, kind: str, entry: dict[str, object]) -> None:
    """Ids are of their folder, forms are Arabic and not empty, and no field is unknown."""
    known = {
        "id", "value", "forms", "part", "alone", "weak", "strict", "sure", "never", "calendar", "count", "vague",
        "month", "day", "days", "ordinal", "needs", "needs_prev", "note", "why", "yes", "no",
    }  # fmt: skip
    assert kind
    assert set(entry) <= known
    assert str(entry["id"]).startswith("time.")
    forms = entry["forms"]
    assert isinstance(forms, list)
    assert forms
    assert all(phrase(f) for f in forms)


YES = [pytest.param(y, id=f"{e['id']}:yes:{n}") for _, _, e in ENTRIES for n, y in enumerate(e.get("yes", []))]
NO = [pytest.param(x["text"], id=f"{e['id']}:no:{n}") for _, _, e in ENTRIES for n, x in enumerate(e.get("no", []))]


def told(hit: TimeHit) -> str:
    """A hit as the examples write it: day or span, and the part of the day."""
    span = str(hit.start) if hit.start == hit.end and hit.grain != "since" else f"{hit.start}/{hit.end}"
    return " ".join(filter(None, (span.replace("None", ".."), hit.day_part)))


@pytest.mark.parametrize("yes", YES)
def test_an_entry_of_time_gives_its_example(yes: dict[str, str]) -> None:
    """The example's times are read, all of them and no other."""
    assert "; ".join(told(h) for h in read(yes["text"], date.fromisoformat(yes["at"]))) == yes["gives"]


@pytest.mark.parametrize("text", NO)
def test_an_entry_of_time_leaves_its_counter_example(text: str) -> None:
    """What only looks like a time gives none."""
    assert read(text, date(2021, 8, 7)) == []


def test_ids_of_time_are_unique() -> None:
    """An id names one entry."""
    ids = [e["id"] for _, _, e in ENTRIES]
    assert len(ids) == len(set(ids))
