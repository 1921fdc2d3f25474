"""Agreement of coders beyond chance: Cohen's kappa for two, Krippendorff's alpha for any number, with gaps.

Both are 1 for full agreement and about 0 for what chance gives; None where nothing can differ.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from itertools import combinations, product
from typing import Any


def kappa(pairs: Sequence[tuple[Hashable, Hashable]]) -> float | None:
    """Cohen's kappa of two coders' values for the same units. None without units, or with one value only."""
    n = len(pairs)
    if not n:
        return None
    seen = sum(a == b for a, b in pairs) / n
    ours, theirs = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    chance = sum(ours[value] * theirs[value] for value in ours) / n**2
    return None if chance == 1 else (seen - chance) / (1 - chance)


def nominal(a: Any, b: Any) -> float:
    """Values are alike or not."""
    return float(a != b)


def interval(a: Any, b: Any) -> float:
    """Numbers differ by the square of their distance."""
    return float(a - b) ** 2


def alpha(units: Sequence[Sequence[Any]], difference: Callable[[Any, Any], float] = nominal) -> float | None:
    """Krippendorff's alpha. units: the values that coders gave to each unit; None for a coder who gave none.

    Units with fewer than two values say nothing and are left out. None where nothing is left or all values
    are one.
    """
    paired = [[v for v in unit if v is not None] for unit in units]
    paired = [unit for unit in paired if len(unit) > 1]
    totals = Counter(v for unit in paired for v in unit)
    n = totals.total()
    expected = sum(totals[a] * totals[b] * difference(a, b) for a, b in product(totals, repeat=2) if a != b)
    if not expected:
        return None
    observed = sum(2 * sum(difference(a, b) for a, b in combinations(unit, 2)) / (len(unit) - 1) for unit in paired)
    return 1 - (n - 1) * observed / expected
