"""Inflection: an entry is a lemma; these are forms that reports write and that its index must know."""

from __future__ import annotations

import pytest

from rasid.errors import KnowledgeError
from rasid.lexicon.forms import FormIndex
from rasid.lexicon.inflect import derived_form, verb, verb_forms
from rasid.text.keys import fold

FORMS = [
    ("قصف|masdar=قصف", "وقصفت قصفوا يقصف تقصف سيقصف قصفته بقصفهم مقصوف"),
    ("استهدف", "استهدفت يستهدفون استهداف لاستهداف استهدافها مستهدفا"),
    ("أصاب", "أصيب أصيبت يصاب إصابة مصاب أصابت"),
    ("اغتال", "اغتالت اغتيل اغتيال"),
    ("سيطر", "سيطرت يسيطر السيطرة سيطرتهم"),
    ("احتل", "احتلت احتلال يحتل"),
    ("استعاد", "استعادت استعادة يستعيد"),
    ("حاصر", "حوصر محاصرة يحاصرون محاصرتها"),
    ("هدد|form=II", "تهديد يهددون مهددا هددت"),
    ("دعا|impf=دعو|masdar=دعوة", "دعت دعوا يدعو تدعو ودعا"),
    ("أجلى|masdar=إجلاء", "أجلت إجلاء يجلي أجلوا"),
    ("شن|masdar=شن", "شنت يشن شنه شنوا"),
    ("وصل|masdar=وصول", "وصلت يصل الوصول ووصل"),
]


@pytest.mark.parametrize(("spec", "word"), [(s, w) for s, ws in FORMS for w in ws.split()])
def test_a_form_is_known_from_its_lemma(spec: str, word: str) -> None:
    index: FormIndex[str] = FormIndex()
    index.add_verb(spec, spec)
    assert index.lookup(fold(word)), word


@pytest.mark.parametrize(
    ("lemma", "form"),
    [
        ("قصف", "I"), ("هاجم", "III"), ("أطلق", "IV"), ("تعهد", "V"), ("تبادل", "VI"), ("انفجر", "VII"), ("اشتبك", "VIII"),
        ("احتل", "VIII"), ("استهدف", "X"), ("سيطر", "Q"),
    ],
)  # fmt: skip
def test_the_letters_show_the_derived_form(lemma: str, form: str) -> None:
    assert derived_form(lemma) == form


def test_passive_letters_tell_the_voice_of_hollow_verbs() -> None:
    voices = {f.key: f.voice for f in verb_forms("أصاب") if f.tense == "perf"}
    assert voices["اصاب"] == "a"
    assert voices["اصيب"] == "p"


def test_a_preposition_takes_a_noun_and_a_future_mark_the_imperfect() -> None:
    index: FormIndex[str] = FormIndex()
    index.add_verb("قصف|masdar=قصف", "v")
    assert {m.form.tense for m in index.lookup(fold("بقصف"))} == {"masdar"}
    assert index.lookup(fold("سيقصف"))[0].proclitics == "س"
    assert index.lookup(fold("سقصف")) == ()


@pytest.mark.parametrize("spec", ["ق", "قصف|wrong=x", "قصف|masdar"])
def test_a_bad_entry_is_refused_with_its_mend(spec: str) -> None:
    with pytest.raises(KnowledgeError) as e:
        verb(spec)
    assert e.value.mend
