"""Two rates compared: exact interval of their ratio, the spread of days, a permutation of days.

Counts are of incidents, exposures of days (or of reports). Nothing here knows of books.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from math import comb, isfinite

from rasid.books.records import _Dict
from rasid.books.statistics_method import method, needed


@dataclass(frozen=True, slots=True)
class RateRatio(_Dict):
    """The rate after divided by the rate before, its exact conditional interval, and the p of no change.

    ``ratio`` None: nothing was counted before, so there is none (``low`` still bounds it). ``high`` None: no
    upper bound.
    """

    ratio: float | None
    low: float
    high: float | None
    p: float
    level: float


@dataclass(frozen=True, slots=True)
class Spread(_Dict):
    """How much days vary inside the two windows: ``index`` is variance over mean (1 for Poisson), p its test.

    ``too_narrow``: they vary more than the Poisson interval allows for.
    """

    index: float
    p: float
    too_narrow: bool


@dataclass(frozen=True, slots=True)
class Interval(_Dict):
    """An estimate with its bounds."""

    value: float
    low: float
    high: float


def rate_ratio(before: int, after: int, exposure_before: float, exposure_after: float) -> RateRatio | None:
    """The ratio of two Poisson rates with its exact conditional interval (Clopper-Pearson).

    Conservative: it covers at least its level. None without exposure on both sides. The p is twice the
    smaller tail, so that it falls below 1 - level exactly where the interval leaves 1 out.
    """
    if exposure_before <= 0 or exposure_after <= 0:
        return None
    stats, level = needed("scipy.stats"), method().level
    n, tail = before + after, (1 - level) / 2
    scale = exposure_before / exposure_after
    low = float(stats.beta.ppf(tail, after, before + 1)) if after else 0.0
    high = float(stats.beta.ppf(1 - tail, after + 1, before)) if before else 1.0
    null = exposure_after / (exposure_before + exposure_after)
    below, above = stats.binom.cdf(after, n, null), stats.binom.sf(after - 1, n, null)
    return RateRatio(
        ratio=after / before * scale if before else None,
        low=low / (1 - low) * scale,
        high=high / (1 - high) * scale if high < 1 else None,
        p=min(1.0, 2 * float(min(below, above))),
        level=level,
    )


def spread(before: Sequence[int], after: Sequence[int]) -> Spread | None:
    """Do days vary more than Poisson inside the windows? None where nothing was counted."""
    total, free = 0.0, 0
    for days in (before, after):
        mean = sum(days) / len(days) if days else 0.0
        if mean and len(days) > 1:
            total += sum((x - mean) ** 2 for x in days) / mean
            free += len(days) - 1
    if not free:
        return None
    p = float(needed("scipy.stats").chi2.sf(total, free))
    return Spread(total / free, p, p < method().overdispersed)


def permutation(before: Sequence[int], after: Sequence[int]) -> float | None:
    """The share of all ways to deal the days to the windows that differ at least as much: exact, two-sided.

    It asks nothing of how incidents are distributed over a day, only that days could be exchanged. None
    where nothing was counted.
    """
    days, k = [*before, *after], len(after)
    total, n = sum(days), len(days)
    if not total or not before or not after:
        return None
    ways, centre = _ways(days, k, total), total * k / n
    seen = abs(sum(after) - centre) - 1e-9
    extreme = sum(w for s, w in enumerate(ways) if abs(s - centre) >= seen)
    return min(1.0, extreme / comb(n, k))


def _ways(days: Sequence[int], k: int, total: int) -> list[float]:
    """In how many ways k of the days sum up to 0, 1 … total."""
    np = needed("numpy")
    table = np.zeros((k + 1, total + 1))
    table[0, 0] = 1
    for x in days:
        # from the right-hand side as it was: each day is dealt once
        table[1:, x:] = table[1:, x:] + table[:-1, : total + 1 - x]
    return [float(w) for w in table[k]]


def negative_binomial(before: Sequence[int], after: Sequence[int]) -> Interval | None:
    """The ratio of rates under a negative binomial model of days, whose interval is wider than Poisson's.

    None where the windows are too short, the counts too few (knowledge/books/statistics.toml), one side is
    empty, or the model does not settle.
    """
    m = method()
    few = min(len(before), len(after)) < m.least_days or sum(before) + sum(after) < m.least_incidents
    if few or not sum(before) or not sum(after):
        return None
    np, sm = needed("numpy"), needed("statsmodels.api")
    counts = np.array([*before, *after])
    side = sm.add_constant(np.array([0] * len(before) + [1] * len(after), dtype=float))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what does not settle is told by `converged`
        try:
            fit = sm.NegativeBinomial(counts, side).fit(disp=0, maxiter=200)
        except np.linalg.LinAlgError:
            return None
        low, high = fit.conf_int(1 - m.level)[1]
    bounds = [float(np.exp(x)) for x in (fit.params[1], low, high)]
    if not fit.mle_retvals["converged"] or not all(map(isfinite, bounds)):
        return None
    return Interval(*bounds)


def share(part: int, whole: int) -> Interval | None:
    """A share with its exact (Clopper-Pearson) interval; None of nothing."""
    if not whole:
        return None
    confint = needed("statsmodels.stats.proportion").proportion_confint
    low, high = confint(part, whole, alpha=1 - method().level, method="beta")
    return Interval(part / whole, float(low), float(high))
