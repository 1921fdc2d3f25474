from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from rasid.books import Book, Filter
from rasid.books.records_ledger import Finding, TermStatus
from rasid.books.timeline import as_svg, as_text

from .build import DAY, a_promise, an_incident, tell

SY, RU, REBELS, UNIT = "sy.government", "ru.government", "sy.opposition", "sy.4th_division"


def days(n: int) -> date:
    return DAY + timedelta(days=n)


class Story:
    """A book told in short: reports numbered as they come."""

    def __init__(self, book: Book) -> None:
        self.book, self.n = book, 0

    def __call__(self, *incidents: dict[str, Any], on: int = 0, **more: Any) -> Any:
        self.n += 1
        text = more.pop("text", f"خبر مختلق رقم {self.n} في يوم {on} لا أصل له")
        return tell(
            self.book,
            *incidents,
            id=f"r{self.n}",
            text=text,
            publisher=f"صحيفة {self.n}",
            published=days(on),
            **more,
        )

    def term(self, act: str = "stop_shelling", today: int = 30, kind: str = "pledge") -> TermStatus:
        (one,) = self.book.commitments(Filter(kinds=(kind,)), today=days(today))
        return next(t for t in one.terms if t.act == act)

    def findings(self, kind: str = "pledge") -> list[Finding]:
        (one,) = self.book.commitments(Filter(kinds=(kind,)), today=days(60))
        return list(self.book.commitment(one.id, today=days(60)).findings)


@pytest.fixture
def story(sqlite_book: Book) -> Story:
    return Story(sqlite_book)


def test_shelling_by_the_bound_party_in_scope_and_time_breaks_the_word(story: Story) -> None:
    story(commitments=[a_promise(at=("amber",))])
    story(an_incident(day=days(3), at=("mill",), by=(UNIT,), evidence=[]), on=4)
    (found,) = story.findings()
    assert (found.kind, found.act, found.days_after, found.km) == ("apparent_breach", "stop_shelling", 3, 0.0)
    assert found.reasons["party"] == 0.95
    assert story.term().state == "breached"
    assert story.term().first_breach == days(3)


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"day": days(-1)}, "before the word"),
        ({"day": days(3), "at": ("cedar",)}, "outside the scope"),
        ({"day": days(3), "type": "arrest"}, "another act"),
        ({"day": days(3), "modality": "denied"}, "denied"),
        ({"day": days(3), "modality": "planned"}, "only announced"),
        ({"day": days(90)}, "beyond the horizon"),
    ],
    ids=lambda x: x if isinstance(x, str) else "",
)
def test_what_breaks_no_word(story: Story, told: dict[str, Any], why: str) -> None:
    story(commitments=[a_promise()])
    story(an_incident(**told), on=4)
    assert story.findings() == [], why


def test_a_party_that_gave_no_word_is_named_as_such(story: Story) -> None:
    story(commitments=[a_promise()])
    story(an_incident(day=days(2), by=(REBELS,)), on=3)
    story(an_incident(day=days(4), by=()), on=5)
    kinds = {f.kind: f for f in story.findings()}
    assert set(kinds) == {"act_by_party_not_bound", "unattributed_act"}
    assert "gave no word" in " ".join(kinds["act_by_party_not_bound"].notes)
    assert story.term(today=6).state == "kept_so_far"
    assert story.term(today=6).by_parties_not_bound == 1


def test_a_guarantor_answers_for_those_it_speaks_for(story: Story) -> None:
    story(commitments=[a_promise(by=(RU,), bound=(SY,), guarantors=(RU,))])
    story(an_incident(day=days(1)), on=2)
    (found,) = story.findings()
    assert found.kind == "apparent_breach"
    assert any(n.startswith("answerable as guarantor") for n in found.notes)


def test_a_truce_that_begins_at_night_binds_from_the_next_day(story: Story) -> None:
    story(commitments=[a_promise(acts=("cease_fire",), begins=days(1), ends=days(5), part="midnight")])
    story(an_incident(day=days(1)), on=2)
    assert story.findings() == []
    story(an_incident(day=days(2)), on=3)
    assert [f.day for f in story.findings()] == [days(2)]
    assert story.term("cease_fire", today=1).state == "not_in_force"


def test_on_a_told_first_day_only_what_is_told_as_late_counts(story: Story) -> None:
    story(commitments=[a_promise(begins=days(2))])
    story(an_incident(day=days(2)), on=3)
    assert story.findings() == []
    story(an_incident(day=days(2), part="evening", at=("basil",)), on=3)
    assert [f.notes[0] for f in story.findings()] == ["on the first day itself: before or after is not told"]


def test_states_follow_the_calendar_and_the_eyes(story: Story) -> None:
    story(commitments=[a_promise(ends=days(10), at=("amber",))])
    assert story.term(today=0).state == "not_observable"
    story(an_incident(type="arrest", day=days(3)), on=3)
    assert story.term(today=5).state == "kept_so_far"
    assert story.term(today=5).days_watched == 1
    assert story.term(today=5).days_open == 6
    assert story.term(today=20).state == "lapsed"


def test_what_is_to_be_done_is_fulfilled_or_open(story: Story) -> None:
    story(commitments=[a_promise(acts=("release_detainees",))])
    story(an_incident(type="protest", day=days(1)), on=1)
    assert story.term("release_detainees", today=2).state == "open"
    story(an_incident(type="release", day=days(2)), on=2)
    assert story.term("release_detainees", today=2).state == "fulfilled"


def test_withdrawal_is_told_from_reinforcement_by_words(story: Story) -> None:
    story(commitments=[a_promise(acts=("withdraw",))])
    text = "انسحبت القوات من عنبر مساء"
    quote = [{"start": 0, "end": len(text), "text": text}]
    story(an_incident(type="deployment", day=days(1), evidence=quote), on=1, text=text)
    text = "وصلت تعزيزات إلى ريحان"
    quote = [{"start": 0, "end": len(text), "text": text}]
    story(an_incident(type="deployment", day=days(2), at=("basil",), evidence=quote), on=2, text=text)
    assert [f.kind for f in story.findings()] == ["apparent_fulfilment", "apparent_breach"]


def test_a_demand_is_met_refused_or_ignored_and_never_broken(story: Story) -> None:
    story(commitments=[a_promise(kind="demand", by=(REBELS,), to=(SY,))])
    story(an_incident(day=days(1)), on=2)
    assert story.term(kind="demand").state == "ignored"
    assert [f.kind for f in story.findings("demand")] == ["contrary_act"]
    story(commitments=[a_promise(kind="refusal", made=days(3))], on=3)
    assert story.term(kind="demand").state == "refused"
    story(commitments=[a_promise(kind="pledge", made=days(6))], on=6)
    assert story.term(kind="demand").state == "met"


def test_a_threat_is_open_until_it_is_carried_out(story: Story) -> None:
    story(commitments=[a_promise(kind="threat", acts=("attack",))])
    story(an_incident(type="protest", day=days(1)), on=1)
    assert story.term("attack", today=2, kind="threat").state == "open"
    story(an_incident(type="air_strike", day=days(2)), on=2)
    assert story.term("attack", today=3, kind="threat").state == "fulfilled"


def test_a_renewed_truce_takes_over(story: Story) -> None:
    story(commitments=[a_promise(acts=("cease_fire",))])
    story(commitments=[a_promise(acts=("cease_fire",), made=days(15))], on=15)
    story(an_incident(day=days(20)), on=21)
    first, second = story.book.commitments(sort="made", today=days(30))
    assert first.terms[0].state == "superseded"
    assert first.terms[0].superseded_by == second.id
    assert first.findings == 0
    assert second.renews == first.id
    assert second.state == "breached"


def test_a_local_truce_lies_inside_a_national_one_and_both_are_broken(story: Story) -> None:
    story(commitments=[a_promise(acts=("cease_fire",), at=("zz",))])
    story(commitments=[a_promise(acts=("cease_fire",), made=days(5), at=("amber",))], on=5)
    story(an_incident(day=days(7), at=("mill",)), on=8)
    wide, local = story.book.commitments(sort="made", today=days(30))
    assert local.within == wide.id
    assert local.renews is None
    assert {wide.state, local.state} == {"breached"}


def test_a_condition_is_told_and_weighs(story: Story) -> None:
    story(commitments=[a_promise(words="وقف القصف شريطة انسحاب المسلحين")])
    story(an_incident(day=days(2)), on=3)
    (found,) = story.findings()
    assert story.term().condition == "وقف القصف شريطة انسحاب المسلحين"
    assert found.reasons["condition"] == 0.6


def test_announcements_of_one_promise_are_one_and_of_another_are_not(story: Story) -> None:
    story(commitments=[a_promise(begins=days(1))])
    story(
        commitments=[a_promise(made=None, begins=days(1), kind="agreement", acts=("stop_shelling", "aid_access"))],
        on=1,
    )
    story(commitments=[a_promise(by=(REBELS,), at=("cedar",))], on=1)
    first, other = sorted(story.book.commitments(), key=lambda c: -c.claims)
    assert (first.claims, first.acts) == (2, ("stop_shelling", "aid_access"))
    assert other.claims == 1


def test_a_wider_place_and_an_open_day_weigh_less(story: Story) -> None:
    story(commitments=[a_promise(at=("amber",))])
    story(an_incident(day=days(2), at=("north",)), on=3)
    story(an_incident(day=None, at=("mill",)), on=5)
    wide, open_day = sorted(story.findings(), key=lambda f: f.reasons["place"])
    assert wide.reasons["place"] == 0.4
    assert open_day.reasons["day"] == 0.6
    assert "no day is told" in open_day.notes


def test_where_nobody_could_look_is_shown(story: Story) -> None:
    story(commitments=[a_promise(at=("amber",))])
    story.book.add_limit("بلدة عنبر", days(1), days(4), why="قطع الطريق", who="s")
    story.book.add_limit("مدينة الأرز", days(1), days(4), why="حصار", who="s")
    (one,) = story.book.commitments()
    view = story.book.commitment(one.id)
    assert [x.place for x in view.limits] == ["بلدة عنبر"]
    story.book.remove_limit(view.limits[0].id, who="s", reason="خطأ")
    assert story.book.commitment(one.id).limits == ()


def test_the_timeline_is_text_and_a_drawing(story: Story) -> None:
    story(commitments=[a_promise(), a_promise("c2", kind="demand", to=(SY,), by=(REBELS,), made=days(-2))])
    story(an_incident(day=days(2), at=("mill",)), on=3)
    (one,) = story.book.commitments(Filter(kinds=("pledge",)))
    view = story.book.commitment(one.id, today=days(9))
    words = [e.what for e in view.timeline]
    assert words == ["made", "announced", "apparent_breach"]
    text, svg = as_text(view), as_svg(view)
    assert "BREACHED" in text
    assert svg == as_svg(view)
    assert svg.count("<circle") == 1
    assert "<script" not in svg


def test_a_period_that_ends_before_the_word_was_given_is_not_believed(story: Story) -> None:
    story(commitments=[a_promise(begins=days(-9), ends=days(-3))])
    test = story.term().test
    assert (test.start, test.until_basis) == (DAY, "horizon")
