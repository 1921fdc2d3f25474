"""Which sources a claim has: those whose governed words hold its predicate or the middle of another quote."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from rasid.model.claims import CommitmentClaim, IncidentClaim, MeetingClaim
from rasid.model.mentions import SourceHit

#: Ranges that may cover one token at most: sources told together and sources within sources.
_DEEP = 6


def attribute(sources: list[SourceHit], claims: Iterable[IncidentClaim | CommitmentClaim | MeetingClaim]) -> None:
    """Give each claim its sources. Linear in claims: ranges are looked up by where they begin."""
    ranges = sorted((lo, hi, n) for n, s in enumerate(sources) for lo, hi in s.governs)
    starts = [r[0] for r in ranges]
    for c in claims:
        spots = {c.anchor, *((lo + hi) // 2 for lo, hi in c.quotes if not lo <= c.anchor < hi)}
        for spot in sorted(spots):
            last = bisect_right(starts, spot)
            for lo, hi, n in ranges[max(0, last - _DEEP) : last]:
                if lo <= spot < hi and n not in c.sources:
                    c.sources.append(n)
