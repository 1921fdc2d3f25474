"""The numbers of the statistics against published figures, and properties that hold for any counts."""

from itertools import combinations
from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rasid.books import statistics_rates as rates
from rasid.books.statistics_survival import Spell, curve, log_rank, survival

#: Remission of leukaemia in weeks (Freireich and others 1963); a minus marks a censored time.
TREATED = [6, 6, 6, -6, 7, -9, 10, -10, -11, 13, 16, -17, -19, -20, 22, 23, -25, -32, -32, -34, -35]
PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]
COUNTS = st.lists(st.integers(0, 12), min_size=1, max_size=9)


def spells(times, group=""):
    return [Spell(f"{group}{n}", abs(t), "breach" if t > 0 else "observation", group) for n, t in enumerate(times)]


def test_the_ratio_is_that_of_the_exact_test_in_r():
    # the example of poisson.test in R: 11 of 800 against 21 of 3011
    r = rates.rate_ratio(21, 11, 3011, 800)
    assert r.ratio == pytest.approx(1.971488, abs=1e-6)
    assert (r.low, r.high) == (pytest.approx(0.8584264, abs=1e-6), pytest.approx(4.2772659, abs=1e-6))


def test_tuberculosis_by_fluoroscopy_is_rothmans():
    # 41 breast cancers in 28,010 woman-years, 15 in 19,017 (Boice and Monson 1977)
    r = rates.rate_ratio(15, 41, 19_017, 28_010)
    assert r.ratio == pytest.approx(1.86, abs=0.005)
    assert r.low == pytest.approx(1.01, abs=0.01)
    assert r.high == pytest.approx(3.61, abs=0.01)


def test_no_incident_on_one_side_bounds_the_ratio_on_the_other():
    # 0.025 ** (1 / 5): the share after may be 0, and is below this
    upper = 1 - 0.025 ** (1 / 5)
    r = rates.rate_ratio(5, 0, 7, 7)
    assert (r.ratio, r.low, r.high) == (0, 0, pytest.approx(upper / (1 - upper)))
    none = rates.rate_ratio(0, 5, 7, 7)
    assert (none.ratio, none.high, none.low) == (None, None, pytest.approx((1 - upper) / upper))
    assert rates.rate_ratio(0, 0, 7, 7).p == 1
    assert rates.rate_ratio(3, 3, 0, 7) is None


@given(st.integers(0, 200), st.integers(0, 200), st.integers(1, 60), st.integers(1, 60))
@settings(max_examples=60)
def test_turning_the_windows_round_turns_the_ratio_round(before, after, days_before, days_after):
    one = rates.rate_ratio(before, after, days_before, days_after)
    other = rates.rate_ratio(after, before, days_after, days_before)
    assert one.p == pytest.approx(other.p)
    if one.high is not None and other.low:
        assert one.high == pytest.approx(1 / other.low)
    if one.ratio is not None:
        assert one.low <= one.ratio <= (one.high if one.high is not None else float("inf"))
    excluded = one.low > 1 or (one.high is not None and one.high < 1)
    assert excluded == (one.p < 0.05) or one.p == pytest.approx(0.05)


@given(COUNTS, COUNTS)
@settings(max_examples=40)
def test_the_permutation_counts_every_way_to_deal_the_days(before, after):
    days, k = [*before, *after], len(after)
    found = rates.permutation(before, after)
    if not sum(days):
        assert found is None
        return
    centre = sum(days) * k / len(days)
    seen = abs(sum(after) - centre)
    extreme = sum(abs(sum(c) - centre) >= seen - 1e-9 for c in combinations(days, k))
    assert found == pytest.approx(extreme / comb(len(days), k))


def test_days_that_come_in_bursts_vary_more_than_poisson():
    burst = rates.spread([0, 0, 14, 0, 0, 0, 0], [0, 0, 0, 0, 7, 0, 0])
    # by hand: mean 2 gives (6*4 + 144)/2 = 84, mean 1 gives 6 + 36 = 42, over 12 degrees of freedom
    assert burst.index == pytest.approx(126 / 12)
    assert burst.too_narrow
    assert not rates.spread([2, 1, 3, 2, 2, 1, 3], [1, 2, 1, 0, 1, 1, 1]).too_narrow
    assert rates.spread([0, 0], [0, 0]) is None


def test_a_negative_binomial_interval_is_wider_where_days_come_in_bursts():
    before, after = [0, 9, 0, 1, 0, 12, 0] * 2, [0, 4, 0, 0, 0, 3, 1] * 2
    wide = rates.negative_binomial(before, after)
    exact = rates.rate_ratio(sum(before), sum(after), 14, 14)
    assert wide.value == pytest.approx(exact.ratio, rel=0.01)
    assert wide.low < exact.low < exact.high < wide.high
    assert rates.negative_binomial(before[:7], after[:7]) is None


def test_a_share_has_its_exact_interval():
    # Clopper and Pearson 1934: 0 of 10 is at most 30.85 %
    assert rates.share(0, 10).high == pytest.approx(0.3085, abs=1e-4)
    assert rates.share(0, 0) is None


def test_the_curve_of_a_textbook():
    c = curve(spells(TREATED))
    without = {s.day: round(s.without, 3) for s in c.steps}
    assert without == {6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690, 16: 0.627, 22: 0.538, 23: 0.448}
    assert (c.median, c.pledges, c.breaches, c.steps[0].at_risk) == (23, 21, 9, 21)
    assert curve(spells(PLACEBO)).median == 8


def test_the_log_rank_test_of_a_textbook():
    test = log_rank([*spells(TREATED, "treated"), *spells(PLACEBO, "placebo")])
    assert test.statistic == pytest.approx(16.79, abs=0.01)
    assert test.p < 0.001


def test_no_log_rank_test_with_few_pledges_and_the_numbers_are_said():
    test = log_rank([*spells(TREATED[:4], "a"), *spells(PLACEBO, "b")])
    assert test.statistic is None
    assert "a: 4" in test.refused
    assert "10 pledges" in test.refused


def test_nothing_breached_has_no_median_and_no_step():
    c = curve(spells([-3, -5]))
    assert (c.median, c.steps, c.breaches) == (None, (), 0)
    assert survival([]).whole is None


@given(st.lists(st.tuples(st.integers(1, 40), st.booleans()), min_size=1, max_size=30))
@settings(max_examples=25, deadline=None)
def test_a_curve_falls_and_ends_with_the_share_that_lasted(times):
    c = curve(spells([t if breached else -t for t, breached in times]))
    values = [1.0, *(s.without for s in c.steps)]
    assert values == sorted(values, reverse=True)
    if all(breached for _, breached in times):
        assert values[-1] == pytest.approx(0)
