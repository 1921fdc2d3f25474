"""Time to the first apparent breach over many pledges: Kaplan-Meier with censoring, and log-rank where there
are enough of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

from rasid.books.records import _Dict
from rasid.books.statistics_method import Limit, limits, method, needed


@dataclass(frozen=True, slots=True)
class Spell(_Dict):
    """One pledge under watch: its first day in force is day 1.

    ``day``: the day of the first apparent breach, or the last day it was watched. ``ended``: ``breach``,
    ``expiry``, ``superseded`` or ``observation``.
    """

    id: str
    day: int
    ended: str
    group: str = ""

    @property
    def breached(self) -> bool:
        """Did a breach end it?"""
        return self.ended == "breach"


@dataclass(frozen=True, slots=True)
class Step(_Dict):
    """The curve from one day on: pledges under watch that day, breaches on it, the share without a breach."""

    day: int
    at_risk: int
    breaches: int
    without: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Curve(_Dict):
    """A Kaplan-Meier curve. ``median``: the day by which half were breached; None when it is not reached."""

    group: str
    pledges: int
    breaches: int
    median: int | None
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class LogRank(_Dict):
    """The log-rank test of no difference between groups; ``refused`` says why it was not made."""

    groups: tuple[str, ...]
    statistic: float | None
    p: float | None
    refused: str | None = None


@dataclass(frozen=True, slots=True)
class Survival(_Dict):
    """Time to first apparent breach: the curve of all, curves by group, the test, what was left out."""

    by: str | None
    whole: Curve | None
    groups: tuple[Curve, ...]
    test: LogRank | None
    spells: tuple[Spell, ...]
    not_observable: int
    not_in_force: int
    limits: tuple[Limit, ...]


def survival(
    spells: Sequence[Spell], *, by: str | None = None, not_observable: int = 0, not_in_force: int = 0
) -> Survival:
    """All of it, of pledges as they were watched. by: what ``Spell.group`` is, for the words printed."""
    names = sorted({s.group for s in spells}) if by else []
    curves = tuple(curve([s for s in spells if s.group == g], g) for g in names)
    return Survival(
        by,
        curve(spells) if spells else None,
        curves,
        log_rank(spells) if by else None,
        tuple(spells),
        not_observable,
        not_in_force,
        limits("survival"),
    )


def curve(spells: Sequence[Spell], group: str = "") -> Curve:
    """The Kaplan-Meier curve; on one day breaches come before what is censored. Intervals are log(-log)."""
    fitter = needed("lifelines").KaplanMeierFitter(alpha=1 - method().level)
    fitter.fit([s.day for s in spells], [s.breached for s in spells])
    table, bounds = fitter.event_table, fitter.confidence_interval_survival_function_
    steps = []
    for day, row in table.iterrows():
        if row["observed"] > 0:
            low, high = (float(x) for x in bounds.loc[day])
            without = float(fitter.survival_function_.loc[day].iloc[0])
            steps.append(Step(int(day), int(row["at_risk"]), int(row["observed"]), without, low, high))
    median = fitter.median_survival_time_
    return Curve(
        group,
        len(spells),
        sum(s.breached for s in spells),
        int(median) if isfinite(median) else None,
        tuple(steps),
    )


def log_rank(spells: Sequence[Spell]) -> LogRank:
    """Do the groups differ? Only groups with enough pledges and breaches enter; two of them are needed."""
    m = method()
    names = sorted({s.group for s in spells})
    enough = [g for g in names if _enough([s for s in spells if s.group == g])]
    if len(enough) < 2:
        sizes = ", ".join(f"{g or '-'}: {sum(s.group == g for s in spells)}" for g in names)
        need = f"two groups of at least {m.least_pledges} pledges and {m.least_breaches} breaches are needed"
        return LogRank(tuple(enough), None, None, f"{need}; there are {sizes or 'none'}")
    mine = [s for s in spells if s.group in enough]
    test = needed("lifelines.statistics").multivariate_logrank_test(
        [s.day for s in mine], [s.group for s in mine], [s.breached for s in mine]
    )
    return LogRank(tuple(enough), float(test.test_statistic), float(test.p_value))


def _enough(spells: Sequence[Spell]) -> bool:
    m = method()
    return len(spells) >= m.least_pledges and sum(s.breached for s in spells) >= m.least_breaches
