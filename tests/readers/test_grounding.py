"""What another reader says is held against the text: verbatim or refused, each refusal by name."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rasid.intake import of_text
from rasid.model.document import Document, Masked
from rasid.readers.grounding import ground
from rasid.reading.read import read

TEXT = (
    "قصف على سرمين (خبر مختلق)\n\nقصفت قوات النظام بلدة سرمين أمس بقذائف الهاون، ما أدى إلى مقتل ثلاثة مدنيين. "
    "وقال مصدر محلي إن القصف على سرمين استمر ساعات، وتعهد الوفد الروسي بوقف القصف."
)
DOCUMENT = of_text(TEXT, id="r1", published=date(2021, 8, 7))
QUOTE = "قصفت قوات النظام بلدة سرمين أمس بقذائف الهاون"


def an_incident(**more):
    return {"type": "shelling", "evidence": [QUOTE], **more}


def grounded(*incidents, **more):
    return ground({"incidents": list(incidents), **more}, DOCUMENT, "test")


def refused(found):
    return {r.part: r.why for r in found.refusals}


def test_quotes_get_their_offsets_and_known_places_their_ids():
    found = grounded(
        an_incident(
            places=[{"text": "بلدة سرمين"}],
            actors=[{"text": "قوات النظام", "role": "perpetrator"}],
            weapons=[{"text": "الهاون", "kind": "mortar"}],
            casualties=[{"text": "ثلاثة مدنيين", "status": "killed", "who": "civilian", "min": 3, "max": 3}],
            time={"text": "أمس", "start": "2021-08-06", "end": "2021-08-06"},
        )
    )
    (i,) = found.reading.incidents
    assert found.refusals == ()
    for part in (*i.evidence, *i.places, *i.actors, *i.weapons, *i.casualties):
        assert DOCUMENT.text[part.start : part.end] == part.text
    own = read(DOCUMENT).incidents[0]
    assert (i.places[0].id, i.places[0].lat) == (own.places[0].id, own.places[0].lat) != (None, None)
    assert i.actors[0].id == own.actors[0].id
    assert (i.time.start, i.rule, found.reading.report.reader) == (date(2021, 8, 6), "test", "test")


@pytest.mark.parametrize(
    ("item", "part", "why"),
    [
        (an_incident(evidence=["قصفت الطائرات البلدة"]), "incidents[0].evidence[0]", "not in the text"),
        # the same words with one mark more are not the words of the report
        (an_incident(evidence=[QUOTE.replace("قصفت", "قَصفت")]), "incidents[0].evidence[0]", "not in the text"),
        (an_incident(evidence=[" "]), "incidents[0].evidence[0]", "no quote"),
        (an_incident(evidence=[]), "incidents[0]", "no quote of the text bears it out"),
        (an_incident(type="bombing"), "incidents[0].type", "Input should be"),
        ("قصف", "incidents[0]", "no JSON object"),
        (an_incident(places=[{"text": "إدلب"}]), "incidents[0].places[0]", "not in the text"),
        (an_incident(places=[{"text": "بلدة سرمين", "lat": 36.0}]), "incidents[0].places[0].lat", "cannot be quoted"),
        (an_incident(actors=[{"text": "قوات النظام", "id": "xx.made_up"}]), "incidents[0].actors[0].id", "cannot be quoted"),
        (an_incident(weapons=[{"text": "الهاون", "kind": "laser"}]), "incidents[0].weapons[0].kind", "Input should be"),
        (an_incident(weapons={"text": "الهاون"}), "incidents[0].weapons", "no list"),
        (an_incident(time={"start": "2021-08-06"}), "incidents[0].time", "no quote"),
        (an_incident(time={"text": "أمس", "start": "2021-08-06", "end": "2021-08-01"}), "incidents[0].time", "it ends before"),
        (an_incident(casualties=[{"text": "مدنيين", "status": "killed", "min": 5, "max": 2}]), "incidents[0].casualties[0]", "its lower bound"),
        (an_incident(services=["internet cafés"]), "incidents[0].services[0]", "no service"),
        (an_incident(mood="grave"), "incidents[0].mood", "no part of the contract"),
        (an_incident(confidence=7), "incidents[0].confidence", "Input should be"),
    ],
)  # fmt: skip
def test_what_the_text_does_not_bear_out_is_refused_by_name(item, part, why):
    told = refused(grounded(item))
    assert part in told
    assert told[part].startswith(why)


def test_a_refused_part_does_not_take_its_incident_with_it():
    found = grounded(an_incident(places=[{"text": "إدلب"}, {"text": "سرمين"}], mood="grave"))
    assert [p.text for p in found.reading.incidents[0].places] == ["سرمين"]
    assert len(found.refusals) == 2


def test_of_several_places_the_quote_near_the_evidence_is_taken():
    found = grounded(an_incident(evidence=["القصف على سرمين استمر ساعات"], places=[{"text": "سرمين"}]))
    (place,) = found.reading.incidents[0].places
    assert place.start == TEXT.rindex("سرمين")


def test_a_quote_at_the_offsets_given_is_taken_there():
    at = TEXT.rindex("سرمين")
    found = grounded(an_incident(evidence=[{"text": "سرمين", "start": at, "end": at + 5}]))
    assert found.reading.incidents[0].evidence[0].start == at


def test_a_quote_of_half_the_report_grounds_nothing():
    long = Document(text="قصفت القوات البلدة. " * 60, id="long")
    found = ground({"incidents": [{"type": "shelling", "evidence": [long.text[:900]]}]}, long, "test")
    assert found.reading.incidents == []
    assert "longer than" in found.refusals[0].why


def test_what_is_masked_cannot_be_quoted():
    text = "قصفت القوات البلدة. اقرأ أيضا: قصف سابق"
    document = Document(text=text, masked=(Masked(text.index("اقرأ"), len(text), "related"),))
    found = ground({"incidents": [{"type": "shelling", "evidence": ["قصف سابق"]}]}, document, "test")
    assert "no part of the report" in found.refusals[0].why


def test_sources_are_quoted_too_and_items_keep_only_those():
    sources = [
        {"id": "a", "text": "مصدر محلي", "kind": "local", "anonymous": True},
        {"id": "b", "text": "وكالة", "kind": "agency"},
    ]
    found = grounded(an_incident(sources=["b", "a"]), sources=sources)
    (source,) = found.reading.sources
    assert (source.id, source.anonymous, found.reading.incidents[0].sources) == ("s1", True, ["s1"])
    assert refused(found) == {"sources[1]": "not in the text"}


def test_promises_and_their_terms_are_quoted():
    promise = {
        "kind": "pledge",
        "evidence": ["وتعهد الوفد الروسي بوقف القصف"],
        "by": [{"text": "الوفد الروسي"}],
        "terms": [{"act": "stop_shelling", "text": "وقف القصف"}, {"act": "lift_siege", "text": "فك الحصار"}],
    }
    found = ground({"commitments": [promise]}, DOCUMENT, "test")
    assert [t.act for t in found.reading.commitments[0].terms] == ["stop_shelling"]
    assert refused(found) == {"commitments[0].terms[1]": "not in the text"}


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.floats(allow_nan=False) | st.sampled_from([QUOTE, "سرمين", "shelling", "x", ""]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(["incidents", "commitments", "sources", "evidence", "type", "kind", "text", "places", "time", "terms", "start", "id"]),
        inner,
        max_size=4,
    ),
    max_leaves=12,
)  # fmt: skip


@given(_JSON)
@settings(max_examples=150, deadline=None)
def test_any_answer_gives_a_reading_whose_quotes_are_verbatim(raw):
    found = ground(raw, DOCUMENT, "test")
    for item in (*found.reading.incidents, *found.reading.commitments, *found.reading.meetings):
        assert item.evidence
        for e in item.evidence:
            assert TEXT[e.start : e.end] == e.text
