"""Agreement beyond chance against textbook figures, and comparison of readers against what must hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rasid.readers.agreement import alpha, interval, kappa, nominal
from rasid.readers.compare import compare

#: Krippendorff's own example (2011): four observers, twelve units, gaps as None.
OBSERVERS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
    [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
]
UNITS = list(zip(*OBSERVERS, strict=True))


def test_kappa_of_a_textbook():
    # two readers of fifty proposals: 20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no
    pairs = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    assert kappa(pairs) == pytest.approx(0.4)
    assert kappa([]) is None
    assert kappa([("y", "y")]) is None


def test_alpha_of_a_textbook():
    assert alpha(UNITS, nominal) == pytest.approx(0.743, abs=5e-4)
    assert alpha(UNITS, interval) == pytest.approx(0.849, abs=5e-4)
    assert alpha([(1, None), (2, None)]) is None


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=2, max_size=30))
def test_measures_are_the_same_from_either_side_and_one_only_for_full_agreement(pairs):
    turned = [(b, a) for a, b in pairs]
    for measure in (kappa, alpha):
        value = measure(pairs)
        assert measure(turned) == (None if value is None else pytest.approx(value))
        if value is not None:
            assert (value == pytest.approx(1)) == all(a == b for a, b in pairs)


def an_incident(quote, type="shelling", **more):
    return {"id": quote, "type": type, "modality": "happened", "evidence": [{"text": quote}], **more}


def a_reading(id, *incidents, **more):
    return {
        "report": {"id": id, "text": ""},
        "incidents": list(incidents),
        "commitments": [],
        "meetings": [],
        "sources": [],
        **more,
    }


FIRST, SECOND, THIRD = "قصفت القوات حي الوادي", "اعتقلت الدورية ثلاثة شبان", "انفجر لغم قرب الجسر"


def test_a_reader_agrees_with_itself():
    mine = [a_reading("r1", an_incident(FIRST), an_incident(SECOND, "arrest")), a_reading("r2")]
    found = compare(mine, mine)
    assert (found.reports, found.f1["incidents"], found.items["incidents"]) == (2, 1, (2, 0, 0))
    assert found.chance["incident.type"].kappa == 1
    assert found.chance["report.tells_anything"].alpha == 1


def test_types_of_other_families_on_the_same_words_are_a_disagreement_on_type():
    a = [a_reading("r1", an_incident(FIRST), an_incident(SECOND, "arrest"), an_incident(THIRD, "explosion"))]
    b = [a_reading("r1", an_incident(FIRST), an_incident(SECOND, "incursion"), an_incident(THIRD, "explosion"))]
    found = compare(a, b)
    assert found.items["incidents"] == (2, 1, 1)
    c = found.chance["incident.type"]
    # by hand: 2 of 3 agree; chance is 2 of 9
    assert (c.units, c.agreed, c.kappa) == (3, 2, pytest.approx((2 / 3 - 2 / 9) / (1 - 2 / 9)))


def test_f1_is_the_same_from_either_side_and_optional_items_count():
    a = [a_reading("r1", an_incident(FIRST, optional=True), an_incident(SECOND, "arrest"))]
    b = [a_reading("r1", an_incident(FIRST))]
    one, other = compare(a, b), compare(b, a)
    assert one.f1["incidents"] == other.f1["incidents"] == pytest.approx(2 / 3, abs=1e-4)
    assert one.items["incidents"] == (1, 1, 0)
    assert other.items["incidents"] == (1, 0, 1)


def test_near_days_agree_more_than_far_ones():
    def told(*days):
        return [a_reading(f"r{n}", an_incident(FIRST, time={"start": d, "end": d})) for n, d in enumerate(days)]

    days = ("2021-08-01", "2021-08-10", "2021-08-20")
    near = compare(told(*days), told("2021-08-02", *days[1:])).chance["incident.day"]
    far = compare(told(*days), told("2021-08-19", *days[1:])).chance["incident.day"]
    assert (near.units, near.agreed, near.kappa) == (3, 2, None)
    assert near.alpha > 0.95 > far.alpha


def test_reports_that_one_reader_lacks_are_counted_and_left_out():
    found = compare([a_reading("r1", an_incident(FIRST)), a_reading("r2")], [a_reading("r1"), a_reading("r3")])
    assert (found.reports, found.only_a, found.only_b) == (1, 1, 1)
    assert found.as_dict()["items"]["incidents"] == {"both": 0, "only_a": 1, "only_b": 0}
