"""Are two claims one incident? Evidence by feature in log-odds, summed; some differences forbid it outright.

The likeness of wording adds to the sum and never decides: place, day and type must agree or be open.
"""

from __future__ import annotations

from functools import cache, lru_cache
from math import asin, cos, log2, radians, sin, sqrt

from rasid.books import method
from rasid.books.features import NIGHT, PARTS, Bounds, Features, Spot, common

FAMILIES = (
    "fire",
    "arms",
    "liberty",
    "denial",
    "property",
    "movement",
    "crowd",
    "ground",
    "release",
    "aid",
    "toll",
)


class Scorer:
    """The sum, with the weights in use. Get it by `scorer()`."""

    def __init__(self, w: method.Weights) -> None:
        self.w = w
        self.types = method.type_scores()
        self.same = (
            w.place_country, w.place_governorate, w.place_district, w.place_settlement, w.place_neighbourhood,
            w.place_point,
        )  # fmt: skip
        self.inside = (
            w.inside_country, w.inside_governorate, w.inside_district, w.inside_settlement,
            w.inside_settlement, w.inside_settlement,
        )  # fmt: skip

    def score(self, a: Features, b: Features) -> float | None:
        """Evidence that two claims tell one incident; None when something forbids it."""
        kind = self.types[a.type][b.type]
        if kind is None or a.sphere != b.sphere:
            return None
        day = self._day(a, b)
        if day is None:
            return None
        place = self._place(a, b)
        if place is None:
            return None
        total = kind + day + place + self._doers(a, b) + self._harm(a, b)
        if a.part >= 0 and b.part >= 0 and day > 0:
            total += self._parts(a.part, b.part)
        if a.targets and b.targets:
            total += self.w.target_other if a.targets.isdisjoint(b.targets) else self.w.target_same
        if a.weapons and b.weapons:
            total += self.w.weapon_other if a.weapons.isdisjoint(b.weapons) else self.w.weapon_same
        if a.report == b.report:
            return total + self.w.one_report
        return total + self._passage(a, b)

    def parts(self, a: Features, b: Features) -> tuple[dict[str, float], str | None]:
        """The same sum by feature, and what forbids the join, for people to read."""
        kind, day, place = self.types[a.type][b.type], self._day(a, b), self._place(a, b)
        barred = None
        if a.sphere != b.sphere:
            barred = "one is news, the other a plan or a toll"
        elif kind is None:
            barred = "types that no two reports would use for one event"
        elif day is None:
            barred = "the days told exclude each other"
        elif place is None:
            barred = "the places told exclude each other"
        out = {"type": kind or 0.0, "day": day or 0.0, "place": place or 0.0}
        out |= {"parties": self._doers(a, b), "harm": self._harm(a, b)}
        if a.part >= 0 and b.part >= 0 and (day or 0) > 0:
            out["day part"] = self._parts(a.part, b.part)
        if a.targets and b.targets:
            out["targets"] = self.w.target_other if a.targets.isdisjoint(b.targets) else self.w.target_same
        if a.weapons and b.weapons:
            out["weapons"] = self.w.weapon_other if a.weapons.isdisjoint(b.weapons) else self.w.weapon_same
        out |= {"one report": self.w.one_report} if a.report == b.report else {"wording": self._passage(a, b)}
        return {k: round(v, 3) for k, v in out.items() if v}, barred

    def _parts(self, a: int, b: int) -> float:
        """Parts of the day lie on a ring: midnight is next to dawn."""
        apart = min(abs(a - b), len(PARTS) - abs(a - b))
        if apart <= 1:
            return self.w.part_next if apart else self.w.part_same
        return self.w.part_other * (apart - 1)

    def _day(self, a: Features, b: Features) -> float | None:
        gap = max(a.lo - b.hi, b.lo - a.hi)
        if a.fixed and b.fixed:
            if gap <= 0:
                return self.w.day_same if a.lo == a.hi and b.lo == b.hi else self.w.day_ranges
            if a.soft or b.soft:
                return self.w.day_soft if gap == 1 else (self.w.day_softer if gap == 2 else None)
            if gap > 1:
                return None
            return self.w.day_night if a.part in NIGHT or b.part in NIGHT else self.w.day_next
        if gap > 0:
            return None
        return self.w.day_window if max(a.hi - a.lo, b.hi - b.lo) <= 4 else self.w.day_wide

    def _place(self, a: Features, b: Features) -> float | None:
        """The best agreement of any two places; None when all exclude each other; 0 when one tells none."""
        if not a.spots or not b.spots:
            if a.country and b.country and a.country != b.country:
                return None
            return 0.0
        best = None
        for p in a.spots:
            for q in b.spots:
                s = self._spots(p, q)
                if s is not None and (best is None or s > best):
                    best = s
        return best

    def _spots(self, p: Spot, q: Spot) -> float | None:
        if (p.id and p.id == q.id) or (p.name == q.name and not (p.id and q.id)):
            return self.w.place_seat_same if p.seat and q.seat else self.same[min(p.level, q.level)]
        if q.id and q.id in p.chain:
            return self.inside[q.level]
        if p.id and p.id in q.chain:
            return self.inside[p.level]
        if p.chain and q.chain and p.chain[-1] != q.chain[-1]:
            return None
        if (p.seat and p.chain[1:-1][:1] and p.chain[1] in q.chain) or (
            q.seat and q.chain[1:-1][:1] and q.chain[1] in p.chain
        ):
            return self.w.place_seat
        away = _km(p, q)
        if away is not None:
            return self.w.place_near if away <= self.w.near_km and min(p.level, q.level) >= 3 else None
        return None if p.id and q.id else self.w.place_unknown

    def _doers(self, a: Features, b: Features) -> float:
        if not a.doers or not b.doers:
            return 0.0
        if not a.doers.isdisjoint(b.doers):
            return self.w.actor_same
        return self.w.actor_other if a.kin.isdisjoint(b.kin) else self.w.actor_kin

    def _harm(self, a: Features, b: Features) -> float:
        total = 0.0
        for status, one in a.harm.items():
            other = b.harm.get(status)
            if other is not None:
                best = max(self.bounds(x, y) for x in one for y in other)
                total += best * (self.w.injured if status == "injured" else 1.0)
        return total

    def bounds(self, one: Bounds, other: Bounds) -> float:
        """Evidence of two counts of one status; unstated bounds say nothing."""
        low, high = one
        low2, high2 = other
        if (low is None and high is None) or (low2 is None and high2 is None):
            return 0.0
        if low is not None and low == low2:
            same = min(self.w.harm_cap, self.w.harm_equal + self.w.harm_log * log2(1 + low)) if low else 0.0
            return max(same, self.w.harm_equal) * (1.0 if one == other and high is not None else self.w.harm_least)
        if high == 0 or high2 == 0:
            return self.w.harm_none if (low or 0) > 0 or (low2 or 0) > 0 else 0.0
        if (high is None or low2 is None or low2 <= high) and (high2 is None or low is None or low <= high2):
            return self.w.harm_meet
        small, large = sorted((low if low is not None else high or 0, low2 if low2 is not None else high2 or 0))
        share = small / large if large else 1.0
        if small >= 5 and share >= 0.75:
            return self.w.harm_rising
        return self.w.harm_other * (1 - share)

    def _passage(self, a: Features, b: Features) -> float:
        if len(a.words) < 4 or len(b.words) < 4:
            return 0.0
        share = common(a.words, b.words)
        return self.w.passage * share if share >= self.w.passage_floor else 0.0


@cache
def scorer() -> Scorer:
    """The scorer with the weights of the knowledge folder."""
    return Scorer(method.weights())


def _km(p: Spot, q: Spot) -> float | None:
    if p.lat is None or q.lat is None or p.lon is None or q.lon is None:
        return None
    if abs(p.lat - q.lat) > 1:
        return 111.0
    return km(p.lat, p.lon, q.lat, q.lon)


@lru_cache(maxsize=100_000)
def km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Kilometres between two coordinates on a sphere."""
    la1, lo1, la2, lo2 = map(radians, (lat1, lon1, lat2, lon2))
    h = sin((la2 - la1) / 2) ** 2 + cos(la1) * cos(la2) * sin((lo2 - lo1) / 2) ** 2
    return 12742 * asin(sqrt(min(1.0, h)))
