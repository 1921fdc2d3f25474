"""Statistics of pledges over a book, with honest limits: what each result does not show is part of it.

    with Book.open("south.rasid", create=False) as book:
        print(statistics_text.pledge(statistics.of_pledge(book, "PLG-7K3Q9M")))

Windows are declared in `knowledge/books/statistics.toml`. Multiple systems estimation (how many incidents
nobody reported) is left out on purpose: it needs independent lists, which reports that quote one another are
not.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from statistics import median, quantiles

from rasid.books import statistics_rates as rates
from rasid.books.book import Book
from rasid.books.records import Filter, _Dict
from rasid.books.records_ledger import CommitmentRecord, Finding, FindingKind, LedgerView, TermStatus
from rasid.books.statistics_method import Limit, limits, method
from rasid.books.statistics_survival import Spell, Survival, survival

_DAY = timedelta(days=1)
#: Kinds of commitments that can be broken.
_BINDING = ("pledge", "agreement")
_REFRAIN = ("refrain", "both")


@dataclass(frozen=True, slots=True)
class Window(_Dict):
    """Equal stretches of days before a word was given and after it came into force.

    ``declared``: days on each side as declared; ``days``: those in use, fewer where the book, the term or
    the observation is shorter. Bounds are None when no day is left.
    """

    declared: int
    days: int
    before: tuple[date, date] | None
    after: tuple[date, date] | None
    shortened: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison(_Dict):
    """Incidents in one window, by whoever did them (``anyone``) or by the parties bound (``bound``)."""

    hands: str
    window: Window
    before: int
    after: int
    undated: int
    """Incidents that touch the window and have no certain day: in neither count."""
    reports_before: int
    reports_after: int
    ratio: rates.RateRatio | None
    by_effort: rates.RateRatio | None
    """The same per report on the area in place of per day."""
    spread: rates.Spread | None
    permutation: float | None
    negative_binomial: rates.Interval | None


@dataclass(frozen=True, slots=True)
class TermStatistics(_Dict):
    """A term's incidents before and after; ``refused``: why there is no comparison."""

    id: str
    act: str
    text: str
    types: tuple[str, ...]
    first_breach: date | None
    days_to_breach: int | None
    """1 on the first day in force."""
    comparisons: tuple[Comparison, ...]
    refused: str | None


@dataclass(frozen=True, slots=True)
class PledgeStatistics(_Dict):
    """One commitment's statistics, as of a day."""

    id: str
    kind: str
    made: date | None
    today: date | None
    terms: tuple[TermStatistics, ...]
    limits: tuple[Limit, ...]


@dataclass(frozen=True, slots=True)
class Delay(_Dict):
    """Days from an incident to its first report. ``early``: told before the day they bear (left out)."""

    incidents: int
    median: float
    lower_quartile: float
    upper_quartile: float
    longest: int
    within_a_day: float
    early: int


@dataclass(frozen=True, slots=True)
class Reporting(_Dict):
    """How a book's incidents are told: by how many independent origins, and how late."""

    incidents: int
    corroborated: int
    share: rates.Interval | None
    grades: dict[str, int]
    origins: dict[int, int]
    """How many incidents have 1, 2, 3 … independent origins."""
    delay: Delay | None
    limits: tuple[Limit, ...]


# -- one pledge


def of_pledge(book: Book, pid: str, *, today: date | None = None) -> PledgeStatistics:
    """Rates before and after each term of a commitment, in all declared windows.

    Raises InputError for an unknown id, MissingExtra without the extra `statistics`.
    """
    view = book.commitment(pid, today=today)
    c = view.commitment
    first = min(book.reports_per_day(), default=None)
    terms = tuple(_term(book, view, t, first) for t in c.terms)
    return PledgeStatistics(c.id, c.kind, c.made, view.today, terms, limits("rates"))


def _term(book: Book, view: LedgerView, term: TermStatus, first: date | None) -> TermStatistics:
    start = term.test.start
    breach = _first_breach([f for f in view.findings if f.term == term.id], start)
    refused = _refused(term, view.today, first)
    told: list[Comparison] = []
    if refused is None and start is not None and view.today is not None and first is not None:
        made = view.commitment.made or start
        bounds = first, min(made, start), start, min(view.today, term.test.until or view.today)
        for days in method().windows:
            told += _comparisons(book, view.commitment, term, window(days, *bounds))
    return TermStatistics(
        id=term.id,
        act=term.act,
        text=term.text,
        types=term.test.breach_types,
        first_breach=breach,
        days_to_breach=(breach - start).days + 1 if breach and start else None,
        comparisons=tuple(told),
        refused=refused,
    )


def _refused(term: TermStatus, today: date | None, first: date | None) -> str | None:
    if not term.test.breach_types or term.test.mode not in _REFRAIN:
        return "no incident breaks this term, so there is no rate to compare"
    if term.test.start is None:
        return "its first day is not known"
    if today is None or first is None:
        return "no report of the book has a day of publication"
    if today < term.test.start:
        return "its first day has not come"
    return None


def window(declared: int, first: date, made: date, start: date, last: date) -> Window:
    """Equal windows: up to the day before the word, and from the day after its first day in force.

    first, last: bounds of what was observed (and of the term). The shorter side cuts the longer.
    """
    room_before, room_after = (made - first).days, (last - start).days
    days = max(0, min(declared, room_before, room_after))
    shortened = []
    if room_before < declared:
        shortened.append(f"the book begins {max(0, room_before)} day(s) before the word")
    if room_after < declared:
        shortened.append(f"{max(0, room_after)} day(s) after it are over, or in force")
    if not days:
        return Window(declared, 0, None, None, tuple(shortened))
    before, after = (made - days * _DAY, made - _DAY), (start + _DAY, start + days * _DAY)
    return Window(declared, days, before, after, tuple(shortened))


def _comparisons(book: Book, c: CommitmentRecord, term: TermStatus, w: Window) -> Iterable[Comparison]:
    """One for all hands, and one for those bound when any are named."""
    base = replace(area(c, term), types=term.test.breach_types)
    yield _comparison(book, c, term, w, "anyone", base)
    bound = tuple(p.id or p.text for p in term.test.bound)
    if bound:
        yield _comparison(book, c, term, w, "bound", replace(base, actors=bound))


def area(c: CommitmentRecord, term: TermStatus) -> Filter:
    """The filter for a term's scope; its country where the scope is no finer."""
    scope = term.test.scope or c.places
    if not scope or all(p.precision == "country" for p in scope):
        return Filter(countries=(c.country,)) if c.country else Filter()
    return Filter(places=tuple(p.id or p.name or p.text for p in scope))


def _watched(book: Book, f: Filter, since: date, until: date) -> dict[date, int]:
    """Reports per day on an area."""
    # the book keeps watch by place; a country is one of its keys
    return book.reports_per_day(Filter(places=f.places or f.countries, since=since, until=until))


def _comparison(book: Book, c: CommitmentRecord, term: TermStatus, w: Window, hands: str, f: Filter) -> Comparison:
    if w.before is None or w.after is None:
        return Comparison(hands, w, 0, 0, 0, 0, 0, None, None, None, None, None)
    sides = [(replace(f, since=a, until=b), a, b) for a, b in (w.before, w.after)]
    counted = [book.per_day(g) for g, _, _ in sides]
    before, after = (
        [d.get(a + n * _DAY, 0) for n in range(w.days)] for d, (_, a, _) in zip(counted, sides, strict=True)
    )
    seen = [sum(_watched(book, area(c, term), a, b).values()) for _, a, b in sides]
    spread = rates.spread(before, after)
    wide = spread is not None and spread.too_narrow
    return Comparison(
        hands=hands,
        window=w,
        before=sum(before),
        after=sum(after),
        undated=sum(book.count(g) for g, _, _ in sides) - sum(before) - sum(after),
        reports_before=seen[0],
        reports_after=seen[1],
        ratio=rates.rate_ratio(sum(before), sum(after), w.days, w.days),
        by_effort=rates.rate_ratio(sum(before), sum(after), *seen),
        spread=spread,
        permutation=rates.permutation(before, after),
        negative_binomial=rates.negative_binomial(before, after) if wide else None,
    )


# -- many pledges


def of_pledges(
    book: Book, where: Filter | None = None, *, by: str | None = None, today: date | None = None
) -> Survival:
    """Time to the first apparent breach of pledges and agreements under a filter.

    by: ``guarantor``, ``party``, ``country`` or ``kind``: curves by group, and a log-rank test where there
    are enough.
    """
    asked = where or Filter()
    kinds = tuple(k for k in (asked.kinds or _BINDING) if k in _BINDING)
    spells, unseen, pending = [], 0, 0
    for c in book.every_commitment(replace(asked, kinds=kinds), today=today):
        view = book.commitment(c.id, today=today)
        found = spell(book, view, group_of(view.commitment, by))
        if isinstance(found, Spell):
            spells.append(found)
        elif found == "not observable":
            unseen += 1
        elif found == "not in force":
            pending += 1
    return survival(spells, by=by, not_observable=unseen, not_in_force=pending)


def group_of(c: CommitmentRecord, by: str | None) -> str:
    """The group of a commitment: the first guarantor or party by name, its country or kind."""
    if by in ("guarantor", "party"):
        named = c.guarantors if by == "guarantor" else c.by
        return next((p.label_en or p.label_ar or p.text for p in named), f"no {by}")
    return str({"country": c.country or "no country", "kind": c.kind}.get(by or "", ""))


def spell(book: Book, view: LedgerView, group: str = "") -> Spell | str | None:
    """A commitment under watch; ``not in force``, ``not observable``, or None when nothing can break it."""
    terms = [t for t in view.commitment.terms if t.test.mode in _REFRAIN and t.test.breach_types]
    starts = [t.test.start for t in terms if t.test.start]
    if not terms:
        return None
    if not starts or view.today is None or view.today < min(starts):
        return "not in force"
    start = min(starts)
    mine = {t.id for t in terms}
    breach = _first_breach([f for f in view.findings if f.term in mine], start)
    if breach is not None:
        return Spell(view.commitment.id, (breach - start).days + 1, "breach", group)
    end, why = _end(terms, view.today)
    seen = [d for t in terms for d in _watched(book, area(view.commitment, t), start, end)]
    if not seen:
        return "not observable"
    last = max(seen)
    return Spell(view.commitment.id, (last - start).days + 1, why if last == end else "observation", group)


def _end(terms: Sequence[TermStatus], today: date) -> tuple[date, str]:
    """The last day on which a breach could be told, and what ended the time."""
    if any(t.test.until is None for t in terms):
        return today, "observation"
    last = max(terms, key=lambda t: t.test.until or today)
    until = last.test.until or today
    if until > today:
        return today, "observation"
    return until, {"superseded": "superseded", "told": "expiry"}.get(last.test.until_basis, "observation")


def _first_breach(found: Iterable[Finding], start: date | None) -> date | None:
    counts = (
        f.day
        for f in found
        if f.kind == FindingKind.APPARENT_BREACH
        and f.judgement != "rejected"
        and (f.strength >= method().counts or f.judgement == "verified")
        and f.day is not None
        and (start is None or f.day >= start)
    )
    return min((d for d in counts if d is not None), default=None)


# -- reporting


def of_reporting(book: Book, where: Filter | None = None) -> Reporting:
    """Corroboration and delay of the incidents under a filter."""
    grades: dict[str, int] = {}
    origins: dict[int, int] = {}
    late: list[int] = []
    for i in book.every_incident(where):
        grades[i.grade] = grades.get(i.grade, 0) + 1
        origins[i.sources] = origins.get(i.sources, 0) + 1
        if i.start is not None and i.start == i.end and i.first_reported is not None:
            late.append((i.first_reported - i.start).days)
    count = sum(origins.values())
    told = sum(n for sources, n in origins.items() if sources > 1)
    return Reporting(
        incidents=count,
        corroborated=told,
        share=rates.share(told, count),
        grades=dict(sorted(grades.items())),
        origins=dict(sorted(origins.items())),
        delay=_delay(late),
        limits=limits("reporting"),
    )


def _delay(days: Sequence[int]) -> Delay | None:
    late = sorted(d for d in days if d >= 0)
    if not late:
        return None
    lower, _, upper = quantiles(late, n=4, method="inclusive") if len(late) > 1 else (late[0],) * 3
    within = sum(d <= 1 for d in late) / len(late)
    return Delay(len(late), float(median(late)), float(lower), float(upper), late[-1], within, len(days) - len(late))
