"""Meetings in invented reports: who met, held or planned, who was missing, who had asked."""

from __future__ import annotations

import pytest

from rasid.grammar import meetings
from rasid.lexicon.meetings import entries
from rasid.model.context import Context
from rasid.reading.read import mentions
from rasid.text.tokens import tokenize


def met(text: str):
    m = mentions(tokenize(text), Context())[0]
    return m, meetings.find(m)


def said(m, hits) -> str:
    return " | ".join(m.tokens.quote(h.lo, h.hi) for h in hits)


YES = [pytest.param(e, y, id=f"{e['id']}:{n}") for e in entries() for n, y in enumerate(e["yes"])]
NO = [pytest.param(n, id=f"{e['id']}:{i}") for e in entries() for i, n in enumerate(e["no"])]


@pytest.mark.parametrize(("entry", "example"), YES)
def test_entry_reads_its_examples(entry, example):
    m, claims = met(example["text"])
    assert [c.modality for c in claims] == [example["modality"]]
    for name in example["parties"]:
        assert name in said(m, claims[0].parties)


@pytest.mark.parametrize("text", NO)
def test_entry_leaves_its_counter_examples_alone(text):
    assert met(text)[1] == []


CASES = [
    ("يلتقي المبعوث الأممي غدا قادة الفصائل المسلحة في عدن.", "planned", ["المبعوث الأممي", "الفصائل"]),
    (
        "من المقرر أن يجتمع وزير الخارجية الروسي مع نظيره التركي لبحث الهدنة.",
        "planned",
        ["وزير الخارجية الروسي"],
    ),
    ("عقد وفد الحكومة اليمنية اجتماعا مع وفد الحوثيين لبحث تبادل الأسرى.", "happened", ["الحوثيين"]),
    ("خلال لقائه وفدا من مجلس الأمن، بحث الرئيس السوداني وقف القتال.", "happened", ["مجلس الأمن"]),
    (
        "بدأت مفاوضات بين الجيش السوداني وقوات الدعم السريع في جدة.",
        "happened",
        ["الجيش السوداني", "الدعم السريع"],
    ),
    ("اجتمعت لجنة التفاوض مع القوات الروسية أمس بعد القصف.", "happened", ["القوات الروسية"]),
]


@pytest.mark.parametrize(("text", "modality", "parties"), CASES, ids=[c[0][:40] for c in CASES])
def test_meeting_is_read_with_parties_and_modality(text, modality, parties):
    m, claims = met(text)
    assert [c.modality for c in claims] == [modality]
    for name in parties:
        assert name in said(m, claims[0].parties)


def test_the_meeting_points_back_with_time_request_and_the_missing():
    m, claims = met(
        "أفاد مصدر بأن القوات الروسية عقدت اجتماعا مع وجهاء درعا لبحث وقف القصف. وجاء الاجتماع الذي عقد عصر أمس الجمعة بطلب من "
        "الجانب الروسي. ولم يكن الضابط الروسي حاضرا في الاجتماع."
    )
    assert len(claims) == 1
    assert "الجمعة" in m.tokens.quote(claims[0].time.lo, claims[0].time.hi)
    assert "الجانب الروسي" in said(m, claims[0].requested_by)
    assert "الضابط الروسي" in said(m, claims[0].absent)


def test_title_and_lead_tell_one_meeting():
    _, claims = met(
        "وزير الدفاع التركي يلتقي نظيره السوري\n\nيلتقي وزير الدفاع التركي اليوم وزير الدفاع السوري لبحث القتال في الشمال."
    )
    assert len(claims) == 1


@pytest.mark.parametrize(
    "text",
    [
        "انتهت مباراة الفريقين بالتعادل بعد لقاء مثير بين النادي والمنتخب.",
        "قصفت القوات الحكومية حي الصناعة مساء أمس.",
        "لم يجتمع الطرفان منذ بداية الحرب.",
        "زار وزير الصحة مستشفى الأطفال.",
    ],
)
def test_what_is_no_meeting_gives_none(text):
    assert met(text)[1] == []
