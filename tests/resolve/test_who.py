"""Parties in invented phrases: which noun phrases are found, for whom they stand, and which traps are left alone."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rasid.lexicon.actors import KINDS, registry
from rasid.model.context import Context
from rasid.resolve.who import find
from rasid.text.tokens import tokenize

CASES = Path(__file__).with_name("who_cases.txt")


def cases():
    for line in CASES.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            region, text, expected = (part.strip() for part in line.split("|"))
            pairs = [tuple(x.strip() for x in e.rsplit("=", 1)) for e in expected.split(";") if e.strip()]
            yield pytest.param(region, text, pairs, id=text[:40])


def hits(text, region=None, **more):
    t = tokenize(text, **more)
    return t, find(t, Context(region=region))


@pytest.mark.parametrize(("region", "text", "expected"), list(cases()))
def test_case(region, text, expected):
    t, found = hits(text, None if region == "-" else region)
    assert [(t.quote(h.lo, h.hi), h.id or "-") for h in found] == expected


def test_there_are_enough_cases():
    assert len(list(cases())) >= 200


KINDS_OF = [
    ("قصفت الطائرات التركية قريتين", "forces", True, True),
    ("موسكو تتعهد بوقف الغارات", "state", True, False),
    ("نعى حزب الله اثنين", "armed_group", True, False),
    ("قصف التحالف الدولي الرتل", "coalition", True, False),
    ("قال المرصد السوري لحقوق الإنسان إن القصف توقف", "monitor", False, False),
    ("نقلت وكالة رويترز الخبر", "agency", False, False),
    ("ذكرت قناة الجزيرة الخبر", "outlet", False, False),
    ("دعت الأمم المتحدة إلى هدنة", "un", False, False),
    ("أغلقت منظمة أطباء بلا حدود العيادة", "ngo", False, False),
    ("نفت وزارة الخارجية الباكستانية النبأ", "institution", False, False),
    ("احتج سكان الموصل أمس", "people", False, True),
    ("أحرق مستوطنون الأشجار", "people", True, True),
    ("هدنة بين قبيلة التبو وجيرانها", "tribe", True, False),
    ("قال وزير الخارجية التركي كلمة", "official", False, False),
    ("تبنت حركة نداء تونس البيان", "party", False, False),
    ("أطلق مسلحون مجهولون النار", "armed_group", True, True),
]


@pytest.mark.parametrize(("text", "kind", "acts", "plural"), KINDS_OF)
def test_kind_acts_and_number(text, kind, acts, plural):
    _, found = hits(text)
    assert [(h.kind, h.acts, h.plural) for h in found] == [(kind, acts, plural)]


RULES = [
    ("نعى حزب الله اثنين", None, "who.name"),
    ("قصفت قوات الأسد القرية", None, "who.partisan"),
    ("قصفت الطائرات التركية قريتين", None, "who.nation"),
    ("موسكو تتعهد", None, "who.state"),
    ("قُتل ثلاثة من عناصر تنظيم الدولة", None, "who.head"),
    ("صدّت المقاومة الهجوم", "YE", "who.anaphora"),
    ("هاجمت فصائل موالية لتركيا القرية", "SY", "who.loyal"),
    ("تبنت كتيبة شهداء الوادي الهجوم", "SY", "who.unknown_group"),
    ("قال وزير الخارجية التركي كلمة", None, "who.official"),
    ("رفض لافروف الاقتراح", None, "who.person"),
    ("فاز الأتراك", None, "who.nationals"),
]


@pytest.mark.parametrize(("text", "region", "rule"), RULES)
def test_the_rule_that_fired_is_named(text, region, rule):
    _, found = hits(text, region)
    assert [h.rule for h in found] == [rule]


def test_the_name_proper_is_marked_inside_an_office():
    t, found = hits("قال المتحدث باسم وزارة الدفاع الروسية إن القصف توقف")
    (h,) = found
    assert t.quote(h.name_lo, h.hi) == "وزارة الدفاع الروسية"


def test_a_short_name_needs_its_owner():
    assert hits("عاد صالح إلى بيته")[1] == []
    t, found = hits("قال علي عبدالله صالح إنه باق ثم تراجع صالح")
    assert [(t.quote(h.lo, h.hi), h.id) for h in found] == [
        ("علي عبدالله صالح", "ye.saleh_forces"),
        ("صالح", "ye.saleh_forces"),
    ]


def test_the_region_decides_between_namesakes():
    for region, id_ in (("YE", "ye.popular_resistance"), ("SD", "sd.popular_resistance")):
        assert [h.id for h in hits("صدّت المقاومة الشعبية الهجوم", region)[1]] == [id_]


def test_the_text_decides_where_no_region_is_given():
    text = "معارك في تعز. وفي عدن استعاد الجيش موقعا"
    assert [h.id for h in hits(text)[1]] == ["ye.government"]


def test_a_name_does_not_run_over_a_line():
    t, found = hits("انسحب حزب\nالله أعلم بالحال")
    assert "حزب\nالله" not in [t.quote(h.lo, h.hi) for h in found]


WORDS = [
    "قوات", "الأسد", "تنظيم", "«داعش»", "وزير", "الخارجية", "التركي", "من", "الموالية", "لإيران", "رئيس", "محمد",
    "بن", "آل", "اللواء", "15", "في", "تركيا", "و", "بقيادة", "التي", "تقودها", "المعترف", "بها", "دوليا", "(", "\"",
    "كتيبة", "سكان", "مدينة", "لدى", "باسم", "عناصره", "التابعة", "لها", "#", "_", ".", "،", ":", "\n", "أ", "ف", "ب",
    "كتاب", "الذين", "حليفهم", "واشنطن", "لصالح", "الحوثيون", "السابق", "الأركان", "أهالي", "مسلحون", "ISIS",
]  # fmt: skip


@given(st.lists(st.sampled_from(WORDS), max_size=40))
@settings(max_examples=150, deadline=None)
def test_hits_are_in_order_apart_and_known(words):
    t, found = hits(" ".join(words))
    end = 0
    for h in found:
        assert end <= h.lo < h.hi <= len(t)
        assert h.id is None or h.id in registry()
        assert h.kind in KINDS | {"official", "person"}
        assert h.name_lo == -1 or h.lo <= h.name_lo < h.hi
        end = h.hi


@given(st.text(max_size=200))
@settings(max_examples=100, deadline=None)
def test_any_text_is_survived(text):
    t, found = hits(text, title_end=len(text) // 2)
    assert all(0 <= h.lo < h.hi <= len(t) for h in found)
