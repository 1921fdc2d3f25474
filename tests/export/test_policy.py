"""What may leave: one policy for all formats."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.export.golden import records

from rasid.errors import InputError
from rasid.export import formats
from rasid.export.policy import LEVELS, OPEN, PUBLIC, Policy, apply

STRUCK = records("incident")[0]
PLEDGE = records("commitment")[0]


def out(record, **policy):
    return next(iter(apply([record], Policy(**policy))), None)


def test_the_open_policy_changes_nothing():
    everything = [*records("incident"), *records("commitment")]
    assert list(apply(everything, OPEN)) == everything


def test_a_delay_counts_from_the_day_given():
    told = STRUCK.first_reported
    assert out(STRUCK, delay_days=7, today=told + timedelta(days=6)) is None
    assert out(STRUCK, delay_days=7, today=told + timedelta(days=7)) == STRUCK
    with pytest.raises(InputError, match="give today"):
        Policy(delay_days=7)


def test_places_are_told_as_what_they_lie_in():
    coarse = out(STRUCK, finest_place="governorate")
    assert [(p.name, p.precision) for p in coarse.places] == [("درعا", "governorate")]
    assert (coarse.lat, coarse.lon) == (coarse.places[0].lat, coarse.places[0].lon)
    assert coarse.precision == "governorate"
    assert coarse.quote is None


def test_a_village_is_told_by_no_name_even_where_its_position_is_vague():
    vague = replace(STRUCK.places[0], name="سفوهن", kind="town", precision="governorate")
    told = out(replace(STRUCK, places=(vague,)), finest_place="governorate")
    assert [p.name for p in told.places] == ["درعا"]


def test_a_place_with_nothing_coarse_above_it_is_left_out():
    stray = replace(STRUCK, places=(replace(STRUCK.places[0], parents=()),))
    assert (out(stray, finest_place="governorate").places, out(stray, finest_place="governorate").lat) == (
        (),
        None,
    )


def test_coordinates_are_rounded_everywhere():
    told = out(STRUCK, decimals=1)
    assert all(v == round(v, 1) for p in told.places for v in (p.lat, p.lon) if v is not None)
    assert told.lat == round(STRUCK.lat, 1)
    scopes = [p for t in out(PLEDGE, decimals=1).terms for p in t.test.scope]
    assert scopes
    assert all(p.lat == round(p.lat, 1) for p in scopes if p.lat is not None)


def test_people_named_as_harmed_are_dropped_with_the_words_that_name_them():
    told = out(STRUCK, names=False)
    assert [p.id for p in told.parties] == ["sy.government"]
    assert told.quote is None


def test_sources_are_dropped_with_all_that_leads_to_them():
    told = out(STRUCK, sources=False)
    assert (told.publishers, told.claim_ids, told.quote) == ((), (), None)


def test_only_what_people_published():
    assert [r.id for r in apply(records("incident"), Policy(published_only=True))] == [STRUCK.id]


def test_an_unknown_level_is_named():
    with pytest.raises(InputError, match="no such level of place: street"):
        Policy(finest_place="street")


@pytest.mark.parametrize("name", sorted(formats()))
def test_every_format_obeys(name, tmp_path):
    victim, outlet = STRUCK.parties[0].text.lstrip("+"), "HYPERLINK"
    path = tmp_path / "x"
    formats()[name].write(records("incident"), path, policy=replace(PUBLIC, sources=False))
    data = path.read_bytes()
    if name == "xlsx":
        import zipfile

        with zipfile.ZipFile(path) as z:
            data = b"".join(z.read(n) for n in z.namelist())
    assert victim.encode() not in data
    assert outlet.encode() not in data
    assert STRUCK.quote.text.encode() not in data


@given(st.sampled_from(LEVELS), st.integers(0, 4), st.booleans(), st.booleans())
def test_applying_a_policy_twice_is_applying_it_once(finest, decimals, names, sources):
    policy = Policy(finest_place=finest, decimals=decimals, names=names, sources=sources)
    once = list(apply([*records("incident"), *records("commitment")], policy))
    again = list(apply(once, policy))
    assert [replace(r, quote=None) for r in again] == [replace(r, quote=None) for r in once]
    assert all(p.precision is None or LEVELS.index(p.precision) >= LEVELS.index(finest) for r in once for p in r.places)


def test_today_is_never_the_clock_of_the_machine():
    policy = Policy(delay_days=1, today=date(1990, 1, 1))
    assert list(apply(records("incident"), policy)) == []
