"""Statistics of pledges in a book: windows, hands, effort, what is left out, what is printed with each."""

import json
from datetime import date, timedelta

import pytest
from tests.books.build import a_promise, an_incident, tell

from rasid.books import statistics, statistics_text
from rasid.books.records import Filter
from rasid.books.statistics_method import limits, method, needed
from rasid.errors import InputError, MissingExtra

MADE = date(2021, 8, 20)


def after(days):
    return MADE + timedelta(days=days)


def shell(book, day, n=1, **more):
    """A report of the next morning that tells ``n`` shellings of a day in different places."""
    at = ("amber", "basil", "mill")
    told = [an_incident(f"i{k}", day=day, at=(at[k],), **more) for k in range(n)]
    name = f"{day}-{n}-{more.get('by', '')}"
    tell(book, *told, id=name, text=f"تقرير مختلق عن يوم {name}", published=day + timedelta(days=1))


@pytest.fixture
def told(sqlite_book):
    """Two shellings a day for ten days, a promise, then one every other day for ten."""
    for n in range(1, 11):
        shell(sqlite_book, after(-n), 2)
    tell(sqlite_book, id="promise", text="تعهد مختلق", published=MADE, commitments=[a_promise(made=MADE)])
    for n in range(2, 11, 2):
        shell(sqlite_book, after(n))
    return sqlite_book


def the_pledge(book, **more):
    (c,) = book.every_commitment()
    return statistics.of_pledge(book, c.id, **more)


def test_rates_before_and_after_in_equal_windows_declared_beforehand(told):
    (term,) = the_pledge(told).terms
    assert [c.window.declared for c in term.comparisons if c.hands == "anyone"] == [7, 14, 30]
    week = term.comparisons[0]
    assert (week.before, week.after, week.window.days) == (14, 3, 7)
    assert week.window.before == (after(-7), after(-1))
    assert week.window.after == (after(1), after(7))
    assert week.ratio.ratio == pytest.approx(3 / 14)
    assert week.ratio.high < 1
    assert week.permutation < 0.05
    assert term.days_to_breach == 3


def test_reports_on_the_area_stand_beside_the_counts(told):
    week = the_pledge(told).terms[0].comparisons[0]
    # the report of an incident comes the next morning
    assert (week.reports_before, week.reports_after) == (7, 3)
    assert week.by_effort.ratio == pytest.approx((3 / 3) / (14 / 7))


def test_a_window_that_the_book_cannot_fill_is_cut_on_both_sides_and_says_so(told):
    month = the_pledge(told).terms[0].comparisons[-1]
    assert month.window.declared == 30
    assert month.window.days == 9
    assert any("begins 9 day(s) before" in why for why in month.window.shortened)
    assert month.window.before[1] - month.window.before[0] == month.window.after[1] - month.window.after[0]


def test_other_hands_count_only_among_all_hands(told):
    shell(told, after(3), by=("ye.houthi",))
    by = {c.hands: c for c in the_pledge(told).terms[0].comparisons if c.window.declared == 7}
    assert (by["anyone"].after, by["bound"].after) == (4, 3)


def test_incidents_without_a_certain_day_are_in_neither_count_and_are_told(told):
    tell(
        told,
        an_incident(days=(after(4), after(6)), at=("basil",), by=("ye.houthi",)),
        id="range",
        text="مدة مختلقة",
        published=after(7),
    )
    week = the_pledge(told).terms[0].comparisons[0]
    assert (week.after, week.undated) == (3, 1)


def test_what_no_incident_can_break_has_no_rate(sqlite_book):
    tell(sqlite_book, published=MADE, commitments=[a_promise(made=MADE, acts=("negotiate",))])
    (term,) = the_pledge(sqlite_book).terms
    assert term.comparisons == ()
    assert "no rate" in term.refused


def test_an_unknown_pledge_is_an_error(sqlite_book):
    with pytest.raises(InputError):
        statistics.of_pledge(sqlite_book, "PLG-222222")


def test_time_to_breach_counts_the_first_day_as_one_and_leaves_out_what_nobody_saw(told):
    tell(
        told,
        id="far",
        text="تعهد بعيد",
        published=MADE,
        commitments=[a_promise(made=MADE, at=("cedar",), by=("ye.houthi",))],
    )
    found = statistics.of_pledges(told, by="guarantor")
    assert [(s.day, s.ended, s.group) for s in found.spells] == [(3, "breach", "no guarantor")]
    assert found.not_observable == 1
    assert found.test.refused


def test_a_pledge_without_breach_is_watched_to_the_last_report_from_its_scope(sqlite_book):
    tell(sqlite_book, id="p", published=MADE, commitments=[a_promise(made=MADE)])
    shell(sqlite_book, after(5), type="protest", by=())
    tell(sqlite_book, id="late", text="تقرير عن مكان آخر", published=after(40))
    (spell,) = statistics.of_pledges(sqlite_book).spells
    assert (spell.day, spell.ended) == (7, "observation")


def test_a_pledge_that_is_over_leaves_at_its_expiry(sqlite_book):
    tell(sqlite_book, id="p", published=MADE, commitments=[a_promise(made=MADE, begins=MADE, ends=after(6))])
    shell(sqlite_book, after(5), type="protest", by=())
    shell(sqlite_book, after(20))
    (spell,) = statistics.of_pledges(sqlite_book).spells
    assert (spell.day, spell.ended) == (7, "expiry")


def test_corroboration_and_delay(told):
    incident = an_incident(day=after(2), at=("amber",))
    tell(
        told,
        incident,
        id="second",
        text="رواية ثانية مستقلة كتبها آخرون",
        publisher="الصحيفة ب",
        published=after(5),
    )
    found = statistics.of_reporting(told)
    assert (found.incidents, found.corroborated) == (25, 1)
    assert (found.delay.median, found.delay.longest, found.delay.within_a_day) == (1, 1, 1)
    assert statistics.of_reporting(told, Filter(places=("zz.s",))).delay is None


def test_every_printed_result_says_what_it_does_not_show(told):
    texts = {
        "rates": statistics_text.pledge(the_pledge(told)),
        "survival": statistics_text.survival(statistics.of_pledges(told)),
        "reporting": statistics_text.reporting(statistics.of_reporting(told)),
    }
    for kind, text in texts.items():
        assert limits(kind)
        assert all(x.en in text and x.ar for x in limits(kind))
    assert "declared beforehand: 7, 14, 30" in texts["rates"]


def test_results_are_plain_data(told):
    for found in (the_pledge(told), statistics.of_pledges(told), statistics.of_reporting(told)):
        assert json.loads(json.dumps(found.as_dict(), allow_nan=False))["limits"]


def test_the_same_book_gives_the_same_figures(told):
    assert the_pledge(told) == the_pledge(told)


def test_a_missing_extra_says_how_to_mend_it():
    with pytest.raises(MissingExtra, match=r"rasid\[statistics\]"):
        needed("no_such_package.of_numbers")


def test_windows_are_data():
    assert method().windows == (7, 14, 30)
