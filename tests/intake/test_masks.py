"""What frames a post or report is masked; what is part of it never is."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rasid.intake.building import frame
from rasid.intake.days import metadata_day

MASKED = {
    "🔴 قصف على البلدة 🔴": ["🔴 ", " 🔴"],
    "قصف على البلدة\n#النورية #عاجل": ["#النورية #عاجل"],
    "قصف على البلدة. #النورية #عاجل": ["#النورية #عاجل"],
    "قصف على #النورية #الرحبة #عاجل": ["#الرحبة #عاجل"],
    "قصف على البلدة\nhttps://fanar.example/1?x=2": ["https://fanar.example/1?x=2"],
    "قصف على البلدة\nt.me/fanar": ["t.me/fanar"],
    "قصف على البلدة\n@fanar_news": ["@fanar_news"],
    "قصف على البلدة\n\nتابعونا على فيسبوك: fb.me/fanar": ["تابعونا على فيسبوك: fb.me/fanar"],
    "وانتهى القصف ليلا.\nمقالات ذات صلة\nعنوان أول\nعنوان ثان": ["مقالات ذات صلة\nعنوان أول\nعنوان ثان"],
    "دمشق - رويترز - قصفت طائرات مطار المدينة.": ["دمشق - رويترز -"],
    "كييف 25 شوال 1436 هـ الموافق 10 أغسطس 2015 م واس\nقصفت القوات البلدة.": [
        "كييف 25 شوال 1436 هـ الموافق 10 أغسطس 2015 م واس"
    ],
}


@pytest.mark.parametrize(("text", "spans"), MASKED.items())
def test_masked(text, spans):
    masked, _, _ = frame(text, 0, None)
    joined = [text[m.start : m.end].strip("\n") for m in masked]
    assert "\n".join(joined) == "\n".join(spans)


UNMASKED = [
    "درعا - قصف مدفعي على نوى",
    "درعا: قصف مدفعي على نوى",
    "قصف مدفعي على #نوى",
    "#درعا\nقصف مدفعي على نوى",
    "قصف على #نوى #جاسم",
    "قصف 💥 على نوى",
    "قال @fanar_news إن القصف توقف في البلدة",
    "مصدر عسكري: انفجار في مستودع الذخيرة",
    "شارك في الهجوم عشرات المسلحين",
    "اليوم: قصف على نوى",
    "قتل 3 (بينهم طفل) في القصف",
    "نقلت رويترز - وهي وكالة - عن مسؤول قوله إن الهجوم توقف",
    "في 15 آذار 2011 بدأت الاحتجاجات في المدينة.",
]


@pytest.mark.parametrize("text", UNMASKED)
def test_unmasked(text):
    masked, _, _ = frame(text, 0, None)
    assert masked == ()


DATELINES = {
    "السبت 7 آب 2021\nقصفت القوات البلدة.": date(2021, 8, 7),
    "نشر في 07/08/2021\nقصفت القوات البلدة.": date(2021, 8, 7),
    "حصيلة الانتهاكات يوم السبت 7 آب/أغسطس 2021\nقصفت القوات البلدة.": date(2021, 8, 7),
    "28 ذو الحجة 1442 هـ\nقصفت القوات البلدة.": date(2021, 8, 7),
    "دمشق، ٧ أغسطس ٢٠٢١ (سانا)\nقصفت القوات البلدة.": date(2021, 8, 7),
    "قصفت القوات البلدة يوم 7 آب 2021 فقتلت رجلا.": None,
    "في 15 آذار 2011 بدأت الاحتجاجات في المدينة.": None,
    "قصفت القوات البلدة.": None,
}


@pytest.mark.parametrize(("text", "day"), DATELINES.items())
def test_datelines(text, day):
    assert frame(text, 0, None)[2] == day


METADATA = {
    "2021-08-07": date(2021, 8, 7),
    "2021-08-07T23:59:00Z": date(2021, 8, 7),
    "2021/8/7 10:00": date(2021, 8, 7),
    "07/08/2021": date(2021, 8, 7),
    "7.8.2021": date(2021, 8, 7),
    "20210807": date(2021, 8, 7),
    "1628330400": date(2021, 8, 7),
    1628330400000: date(2021, 8, 7),
    "Sat, 07 Aug 2021 10:00:00 +0300": date(2021, 8, 7),
    "Sat Aug 07 10:00:00 +0000 2021": date(2021, 8, 7),
    "August 7, 2021": date(2021, 8, 7),
    "٧ آب ٢٠٢١": date(2021, 8, 7),
    "7 أوت 2021": date(2021, 8, 7),
    "السبت 7 أغسطس 2021 - 14:30": date(2021, 8, 7),
    "2021-13-45": None,
    "غدا": None,
    "": None,
    12: None,
    True: None,
}


@pytest.mark.parametrize(("value", "day"), METADATA.items())
def test_metadata_days(value, day):
    assert metadata_day(value) == day


PIECES = [
    "قصف على البلدة",
    "اقرأ أيضا",
    "سمات",
    "رويترز",
    " - ",
    ":",
    "\n",
    "\n\n",
    "#وسم",
    "🔴",
    "https://a.b/c",
    "(أرشيف)",
    "7 آب 2021",
    ".",
    "اترك تعليقا",
    "شارك",
]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=25))
def test_masks_are_sorted_spans_of_the_text(parts):
    text = "".join(parts)
    masked, _, _ = frame(text, 0, None)
    edges = [x for m in masked for x in (m.start, m.end)]
    assert edges == sorted(edges)
    assert all(0 <= m.start < m.end <= len(text) for m in masked)


@pytest.mark.parametrize(
    "unit",
    [
        "🔴",
        "#وسم ",
        "\n",
        " ",
        "شارك ",
        "اقرأ أيضا\n",
        "رويترز - ",
        "@abc ",
        "(",
        "ـ",
        "7 آب 2021 ",
        "a.b@c ",
        "اترك ",
    ],
)
def test_work_grows_with_the_length_of_the_text(unit):
    """A long run of anything ends: time that grew with the square of a million code points would never."""
    frame(unit * (400_000 // len(unit)) + "خاتمة", 0, None)
