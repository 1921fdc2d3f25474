"""Commitments in invented reports: kind, acts, parties, retellings, and what is none."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rasid.grammar import commitments
from rasid.model.claims import CommitmentClaim, Mentions
from rasid.model.context import Context
from rasid.reading.read import mentions
from rasid.text.tokens import tokenize

DATA = tomllib.loads((Path(__file__).parents[1] / "data" / "commitments.toml").read_text(encoding="utf-8"))


def a_report(text: str, title: str = "") -> Mentions:
    whole = f"{title}\n\n{text}" if title else text
    return mentions(tokenize(whole, title_end=len(title)), Context())[0]


def found(text: str, title: str = "") -> tuple[Mentions, list[CommitmentClaim]]:
    m = a_report(text, title)
    return m, commitments.find(m)


def said(m: Mentions, hits) -> str:
    return " | ".join(m.tokens.quote(h.lo, h.hi) for h in hits)


def acts(claim: CommitmentClaim) -> list[str]:
    return sorted({t.act for t in claim.terms})


def names(cases):
    return [c["text"][:50] for c in cases]


@pytest.mark.parametrize("case", DATA["case"], ids=names(DATA["case"]))
def test_a_word_given_is_read_with_kind_acts_and_parties(case):
    m, claims = found(case["text"])
    assert [(c.kind, acts(c)) for c in claims] == [(case["kind"], sorted(case["acts"]))]
    for role in ("by", "to", "bound", "mediators", "guarantors"):
        if role in case:
            assert case[role] in said(m, getattr(claims[0], role)), role


@pytest.mark.parametrize("case", DATA["none"], ids=names(DATA["none"]))
def test_what_is_no_commitment_gives_none(case):
    m, claims = found(case["text"])
    assert [(c.kind, c.rule, said(m, c.terms)) for c in claims] == [], case["why"]


def test_title_lead_and_body_are_one_pledge_with_all_their_terms():
    m, claims = found(
        "تعهد وفد روسي أمس بإنهاء التوتر في ريف درعا، ووقف القصف على القرى. ونقلت الشبكة عن مصدر مطلع أن القوات الروسية، خلال "
        "لقاء مع الأهالي، أعطت وعودا بفك الحصار عن الأحياء، والسعي إلى حل سلمي.",
        title="تعهد روسي بإنهاء تصعيد قوات النظام في درعا",
    )
    assert [c.kind for c in claims] == ["pledge"]
    assert acts(claims[0]) == ["lift_siege", "negotiate", "stop_attacks", "stop_shelling"]
    assert len(claims[0].quotes) == 3
    assert "قوات النظام" in said(m, claims[0].bound)


def test_demand_goes_on_in_the_next_sentence_of_the_same_speaker():
    _, claims = found(
        "طالب رئيس المجلس المحلي الأمم المتحدة بإدخال المساعدات إلى المخيم. كما دعا إلى إجلاء الجرحى من المدينة المحاصرة."
    )
    assert [(c.kind, acts(c)) for c in claims] == [("demand", ["aid_access", "evacuate"])]


def test_statement_with_demand_and_refusal_keeps_them_apart_under_one_speaker():
    m, claims = found(
        "وأصدر وجهاء عشائر الوادي بيانا طالبوا فيه الجانب الروسي بتحمل مسؤولياته، مؤكدين رفضهم التهديد بالاقتحام والتهجير الجماعي."
    )
    assert {c.kind for c in claims} == {"demand", "refusal"}
    assert all("وجهاء عشائر الوادي" in said(m, c.by) for c in claims)


def test_two_speakers_make_two_demands():
    m, claims = found(
        "طالبت واشنطن الحكومة السودانية بوقف إطلاق النار. ومن جهتها طالبت القاهرة الجماعة المتمردة بالانسحاب من المدينة."
    )
    assert [(said(m, c.by), acts(c)) for c in claims] == [
        ("واشنطن", ["cease_fire"]),
        ("القاهرة", ["withdraw"]),
    ]


def test_brokers_and_sureties_are_named():
    m, claims = found(
        "توصلت القبيلتان إلى اتفاق لوقف إطلاق النار بوساطة شيوخ قبيلة المحاميد وبضمانة الجيش الليبي لمدة عشرة أيام."
    )
    assert "المحاميد" in said(m, claims[0].mediators)
    assert "الجيش الليبي" in said(m, claims[0].guarantors)
    assert claims[0].period is not None


def test_period_of_a_declared_truce_is_told_and_the_day_that_it_was_made():
    m, claims = found("أعلن التحالف العربي يوم الخميس هدنة في اليمن لمدة خمسة أيام.")
    assert "خمسة أيام" in m.tokens.quote(claims[0].period.lo, claims[0].period.hi)
    assert "الخميس" in m.tokens.quote(claims[0].time.lo, claims[0].time.hi)


def test_a_word_given_at_a_meeting_is_given_to_those_met_on_the_day_of_the_meeting():
    m, claims = found(
        "ذكر ناشط أن قيادة الجيش، خلال لقاء عقدته مع وجهاء البلدة، قدمت وعودا بفك الحصار. وتم اللقاء الذي عقد يوم "
        "الجمعة بطلب منها."
    )
    assert "وجهاء البلدة" in said(m, claims[0].to)
    assert "الجمعة" in m.tokens.quote(claims[0].time.lo, claims[0].time.hi)


def test_a_participle_that_goes_on_keeps_the_day_of_its_sentence():
    m, claims = found("أصدر وجهاء المدينة يوم الخميس بيانا طالبوا فيه الحكومة بسحب الحواجز، مؤكدين رفضهم التهجير.")
    assert {c.kind for c in claims} == {"demand", "refusal"}
    assert all("الخميس" in m.tokens.quote(c.time.lo, c.time.hi) for c in claims)


def test_places_of_the_terms_are_kept():
    _, claims = found("تعهدت القوات الحكومية بوقف القصف على مدينة تعز.")
    assert [p.name for p in claims[0].places] == ["تعز"]


def test_refused_harm_is_the_wish_against_it_and_a_refused_step_is_that_step():
    _, claims = found("رفض وجهاء البلدة تهجير سكانها. ورفض قائد الجيش سحب الحواجز من البلدة.")
    assert [acts(c) for c in claims] == [["no_displacement"], ["withdraw"]]


def test_negative_term_equals_the_positive_one():
    _, one = found("تعهد الجيش بعدم قصف الأحياء.")
    _, two = found("تعهد الجيش بوقف قصف الأحياء.")
    assert acts(one[0]) == acts(two[0]) == ["stop_shelling"]


def test_quotes_are_ranges_of_the_text_that_hold_trigger_and_terms():
    m, claims = found("قال شاهد إن الجيش تعهد بفك الحصار عن البلدة، ثم عاد القصف.")
    ((lo, hi),) = claims[0].quotes
    assert m.tokens.quote(lo, hi) == "الجيش تعهد بفك الحصار عن البلدة"


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(
    ["طالب", "تعهد", "بوقف", "القصف", "على", "الجيش", "أن", "وأن", "لن", "سنواصل", "رفض", "اتفاق", "بين", "و", "،", ".", ":", "«", "»", "والا", "إلى", "من", "الحكومة", "هدنة", "الذي", "التي", "بها", "عن"]
), max_size=40))  # fmt: skip
def test_no_order_of_words_breaks_the_reader_and_ranges_stay_inside(words):
    m, claims = found(" ".join(words))
    for c in claims:
        for lo, hi in [*c.quotes, *[(t.lo, t.hi) for t in c.terms]]:
            assert 0 <= lo < hi <= len(m.tokens)
