"""Statistics as lines for a terminal; what a result does not show stands under each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rasid.books.statistics import Comparison, Delay, PledgeStatistics, Reporting, TermStatistics
from rasid.books.statistics_method import Limit, method
from rasid.books.statistics_rates import RateRatio
from rasid.books.statistics_survival import Curve, Survival

_HEAD = "    days by             before  after  ratio (exact interval)        reports  ratio per report"
_HANDS = {"anyone": "all hands", "bound": "bound parties"}


def pledge(p: PledgeStatistics) -> str:
    """One commitment: its terms, each with its windows."""
    windows = ", ".join(map(str, method().windows))
    head = f"{p.id}  {p.kind} made {p.made or '(day not told)'}, as of {p.today or '(no day)'}"
    lines = [head, f"  windows declared beforehand: {windows} days on each side, equal"]
    for term in p.terms:
        lines += _term(term)
    return "\n".join([*lines, *_not_shown(p.limits)])


def _term(t: TermStatistics) -> Iterable[str]:
    first = f"first apparent breach {t.first_breach}, day {t.days_to_breach}" if t.first_breach else "none found"
    yield f"\n  {t.act}: {first}"
    if t.refused:
        yield f"    {t.refused}"
    if t.comparisons:
        yield f"    incidents: {', '.join(t.types)}"
        yield _HEAD
    for c in t.comparisons:
        yield from _comparison(c)


def _comparison(c: Comparison) -> Iterable[str]:
    w = c.window
    if c.window.before is None:
        if c.hands == "anyone":
            yield f"    {w.declared:>4} no day to compare: {'; '.join(w.shortened)}"
        return
    effort = f"{c.reports_before}/{c.reports_after}"
    yield (
        f"    {w.days:>4} {_HANDS[c.hands]:14}{c.before:>7}{c.after:>7}  {ratio(c.ratio):28}{effort:>9}"
        f"  {ratio(c.by_effort)}"
    )
    if w.shortened and c.hands == "anyone":
        yield f"         declared {w.declared}: {'; '.join(w.shortened)}"
    if c.undated:
        yield f"         {c.undated} incident(s) of these days have no certain day and are in neither count"
    yield from _days(c)


def _days(c: Comparison) -> Iterable[str]:
    """How the days vary, where anything can be said of it."""
    said = []
    if c.permutation is not None:
        said.append(f"permutation of days p {c.permutation:.3f}")
    if c.spread is not None:
        said.append(f"variance/mean {c.spread.index:.2f} (p {c.spread.p:.3f})")
        if c.spread.too_narrow:
            said.append("THE POISSON INTERVAL IS TOO NARROW")
    if c.negative_binomial is not None:
        n = c.negative_binomial
        said.append(f"negative binomial {n.value:.2f} ({n.low:.2f}-{n.high:.2f})")
    if said:
        yield "         " + ", ".join(said)


def ratio(r: RateRatio | None) -> str:
    """A ratio with its interval and p."""
    if r is None:
        return "no exposure"
    if r.ratio is None and not r.low:
        return "nothing counted"
    value = "none before" if r.ratio is None else f"{r.ratio:.2f}"
    high = "no bound" if r.high is None else f"{r.high:.2f}"
    return f"{value} ({r.low:.2f}-{high}), p {r.p:.3f}"


def survival(s: Survival) -> str:
    """Time to first apparent breach of many commitments."""
    lines = ["Time to the first apparent breach (day 1 is the first day in force)"]
    lines.append(f"  left out: {s.not_observable} not observable, {s.not_in_force} not in force")
    if s.whole is None:
        lines.append("  no commitment was under watch")
    else:
        lines += _curve(s.whole, "all")
    for c in s.groups:
        lines += _curve(c, f"{s.by}: {c.group}")
    if s.test is not None:
        told = s.test.refused and f"not made: {s.test.refused}"
        figures = told or f"chi-square {s.test.statistic:.2f}, p {s.test.p:.3f} ({' against '.join(s.test.groups)})"
        lines.append(f"  log-rank test: {figures}")
    return "\n".join([*lines, *_not_shown(s.limits)])


def _curve(c: Curve, name: str) -> Iterable[str]:
    half = f"half of them by day {c.median}" if c.median is not None else "fewer than half by the end"
    yield f"  {name}: {c.pledges} pledge(s), {c.breaches} breached, {half}"
    for s in c.steps:
        without = f"{s.without:.2f} without a breach ({s.low:.2f}-{s.high:.2f})"
        yield f"    day {s.day:>4}: {without}, {s.at_risk} under watch"


def reporting(r: Reporting) -> str:
    """Corroboration and delay."""
    lines = [f"Reporting: {r.incidents} incident(s)"]
    if r.share is not None:
        s = r.share
        lines.append(f"  two independent origins or more: {r.corroborated} ({s.value:.0%}, {s.low:.0%}-{s.high:.0%})")
        lines.append("  origins: " + ", ".join(f"{k}: {n}" for k, n in r.origins.items()))
        lines.append("  grades: " + ", ".join(f"{k} {n}" for k, n in r.grades.items()))
    if r.delay is not None:
        lines += _delay(r.delay)
    return "\n".join([*lines, *_not_shown(r.limits)])


def _delay(d: Delay) -> Iterable[str]:
    quartiles = f"quartiles {d.lower_quartile:g}-{d.upper_quartile:g}, longest {d.longest}"
    yield f"  days to the first report: median {d.median:g}, {quartiles}"
    early = f"; {d.early} told before the day they bear, left out" if d.early else ""
    yield f"  within a day: {d.within_a_day:.0%} of {d.incidents}{early}"


def _not_shown(limits: Sequence[Limit]) -> list[str]:
    return ["\n  What this does not show", *(f"  - {x.en}" for x in limits)]
