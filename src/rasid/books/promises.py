"""Commitments as they are joined: announcements of one promise by many outlets become one record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from typing import Any

from rasid.books import features, parties
from rasid.books.canon import key64
from rasid.books.features import Spot
from rasid.lexicon import files
from rasid.model import reading

#: Days on either side of the day made in which another announcement of it is looked for.
REACH = 21
GROUPS = {
    "pledge": "promise", "agreement": "promise", "offer": "promise", "demand": "demand", "threat": "threat",
    "refusal": "refusal",
}  # fmt: skip


@dataclass(slots=True)
class Promise:
    """A commitment as compared. Days are ordinals; ``fixed`` when the day made is stated, else it is
    publication's.

    ``others``: mediators, guarantors and those bound. ``kin``: the speakers with whom they belong to and
    their side.
    """

    n: int
    canon: str
    report: int
    kind: str
    acts: frozenset[str]
    by: frozenset[str]
    kin: frozenset[str]
    to: frozenset[str]
    others: frozenset[str]
    spots: tuple[Spot, ...]
    countries: frozenset[str]
    made: int
    fixed: bool
    start: int
    until: int
    words: tuple[int, ...]
    pin: int = 0


def of_commitment(claim: reading.Commitment, published: date | None, text: str, canon: str, report: int) -> Promise:
    """The features of a commitment as read."""
    by = _keys(claim.by)
    others = _keys([*claim.mediators, *claim.guarantors, *claim.bound])
    places = [*claim.places, *(p for t in claim.terms for p in t.places)]
    spots = tuple({(s.id, s.name): s for s in map(features.spot, places)}.values())
    start = claim.time.start if claim.time else None
    made = start or published
    return Promise(
        0, canon, report, claim.kind, frozenset(t.act for t in claim.terms), by, _kin(by), _keys(claim.to),
        others, spots, _countries(spots, by | others | _keys(claim.to)), made.toordinal() if made else 0,
        start is not None, *_period(claim.period, made), features.passage(claim.evidence, text),
    )  # fmt: skip


def _period(period: reading.Time | None, made: date | None) -> tuple[int, int]:
    """First and last day (0: not told). No word runs out before it is given: such a period is misread."""
    if period is None or (period.end is not None and made is not None and period.end < made):
        return 0, 0
    return _ordinal(period.start), _ordinal(period.end)


def _keys(actors: Iterable[reading.Actor]) -> frozenset[str]:
    return frozenset(parties.key(a.id, a.text) for a in actors)


def _kin(keys: Iterable[str]) -> frozenset[str]:
    out = {k for key in keys for k in parties.lineage(key)}
    return frozenset(out | {s for k in out if (s := parties.side(k))})


def _countries(spots: Iterable[Spot], keys: Iterable[str]) -> frozenset[str]:
    told = {s.chain[-1] if s.chain else s.name for s in spots if s.chain or s.level == 0}
    if not told:
        told = {c.lower() for k in keys if (c := parties.country(k))}
    return frozenset(told)


def _ordinal(day: date | None) -> int:
    return day.toordinal() if day else 0


def dump(p: Promise) -> list[Any]:
    """JSON form, in field order from `kind` to `words`."""
    sets = [sorted(x) for x in (p.acts, p.by, p.kin, p.to, p.others)]
    return [
        p.kind, *sets, features.dump_spots(p.spots), sorted(p.countries), p.made, int(p.fixed), p.start,
        p.until, list(p.words),
    ]  # fmt: skip


def load(raw: list[Any], n: int, canon: str, report: int, pin: int) -> Promise:
    """The features of a kept commitment."""
    acts, by, kin, to, others = (frozenset(x) for x in raw[1:6])
    return Promise(
        n, canon, report, raw[0], acts, by, kin, to, others, features.load_spots(raw[6]), frozenset(raw[7]),
        raw[8], bool(raw[9]), raw[10], raw[11], tuple(raw[12]), pin,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Weights:
    """Evidence by feature (see the file)."""

    threshold: float
    mean: float
    barred: float
    merge: float
    kind_same: float
    kind_near: float
    acts_common: float
    acts_share: float
    acts_near: float
    acts_other: float
    by_same: float
    by_kin: float
    by_other_role: float
    by_other: float
    to_same: float
    place_same: float
    place_inside: float
    place_other: float
    made_same: float
    made_near: float
    made_far: float
    open_near: float
    open_week: float
    open_far: float
    period_same: float
    period_other: float
    wording: float
    wording_floor: float
    one_report: float


@cache
def _raw() -> dict[str, Any]:
    return dict(files.toml("books/promising.toml")["entry"][0])


@cache
def weights() -> Weights:
    """The weights in use."""
    return Weights(**{f.name: float(_raw()[f.name]) for f in fields(Weights)})


@cache
def _near() -> dict[str, frozenset[str]]:
    return {act: frozenset(group) for group in _raw()["near"] for act in group}


def near_acts(act: str) -> frozenset[str]:
    """The act and those that reports use for the same term."""
    return _near().get(act, frozenset()) | {act}


class PromiseRules:
    """Rules (`cluster.Rules`) for commitments. All are certain; none is open."""

    margin = 0.0

    def __init__(self) -> None:
        self.w = weights()
        self.threshold, self.mean, self.barred = self.w.threshold, self.w.mean, self.w.barred
        self.merge = self.w.merge

    def score(self, a: Promise, b: Promise) -> float | None:
        """See `cluster.Rules`."""
        parts = self.parts(a, b)
        return None if parts is None else sum(parts.values())

    def parts(self, a: Promise, b: Promise) -> dict[str, float] | None:
        """Evidence by feature; None when something forbids that the two are one promise."""
        if GROUPS[a.kind] != GROUPS[b.kind]:
            return None
        made = self._made(a, b)
        if made is None:
            return None
        w = self.w
        out = {
            "kind": w.kind_same if a.kind == b.kind else w.kind_near,
            "acts": self._acts(a, b),
            "by": self._by(a, b),
            "to": w.to_same if a.to & b.to else 0.0,
            "place": self._places(a, b),
            "made": made,
            "period": self._period(a, b),
        }
        if a.report == b.report:
            return out | {"one report": w.one_report}
        return out | {"wording": self._wording(a, b)}

    def _acts(self, a: Promise, b: Promise) -> float:
        w, common = self.w, a.acts & b.acts
        if common:
            return w.acts_common + w.acts_share * len(common) / len(a.acts | b.acts)
        if not a.acts or not b.acts:
            return w.acts_near
        near = {x for act in a.acts for x in _near().get(act, ())}
        return w.acts_near if near & b.acts else w.acts_other

    def _by(self, a: Promise, b: Promise) -> float:
        w = self.w
        if not a.by or not b.by:
            return 0.0
        if a.by & b.by:
            return w.by_same
        if a.kin & b.kin:
            return w.by_kin
        return w.by_other_role if a.by & b.others or b.by & a.others else w.by_other

    def _places(self, a: Promise, b: Promise) -> float:
        w = self.w
        if not a.spots or not b.spots:
            return 0.0
        ones, twos = {s.id or s.name for s in a.spots}, {s.id or s.name for s in b.spots}
        if ones & twos or {s.name for s in a.spots} & {s.name for s in b.spots}:
            return w.place_same
        around = {c for s in a.spots for c in s.chain}, {c for s in b.spots for c in s.chain}
        return w.place_inside if ones & around[1] or twos & around[0] else w.place_other

    def _made(self, a: Promise, b: Promise) -> float | None:
        w, gap = self.w, abs(a.made - b.made)
        if not a.made or not b.made:
            return 0.0
        if a.fixed and b.fixed:
            if gap == 0:
                return w.made_same
            return w.made_near if gap <= 3 else (w.made_far if gap <= 10 else None)
        if gap <= 3:
            return w.open_near
        if gap <= 7:
            return w.open_week
        return w.open_far if gap <= REACH else None

    def _period(self, a: Promise, b: Promise) -> float:
        total = 0.0
        for one, other in ((a.start, b.start), (a.until, b.until)):
            if one and other:
                total += self.w.period_same if abs(one - other) <= 1 else self.w.period_other
        return total

    def _wording(self, a: Promise, b: Promise) -> float:
        if len(a.words) < 4 or len(b.words) < 4:
            return 0.0
        share = features.common(a.words, b.words)
        return self.w.wording * share if share >= self.w.wording_floor else 0.0

    def rank(self, f: Promise) -> tuple[int, str, int]:
        """See `cluster.Rules`."""
        certain = 8 * f.fixed + 4 * bool(f.by) + 2 * bool(f.start or f.until) + bool(f.spots)
        return -certain, f.canon, f.n

    def certain(self, f: Promise) -> bool:
        """See `cluster.Rules`."""
        return True

    def host(self, f: Promise) -> bool:
        """See `cluster.Rules`."""
        return False

    def peers(self, f: Promise) -> Iterator[int]:
        """See `cluster.Rules`."""
        for where in _anchors(f):
            for week in range((f.made - REACH) // 7, (f.made + REACH) // 7 + 1):
                yield key64("promise", GROUPS[f.kind], where, week)

    def hosts(self, f: Promise) -> tuple[int, ...]:
        """See `cluster.Rules`."""
        return ()

    def guests(self, f: Promise) -> tuple[int, ...]:
        """See `cluster.Rules`."""
        return ()


def _anchors(f: Promise) -> list[str]:
    """Where announcements of one promise meet: countries, and the speakers' sides (a promise may name no
    place).
    """
    return sorted({"c:" + c for c in f.countries} | {"p:" + k for k in f.kin}) or ["*"]


def kept(f: Promise) -> list[int]:
    """Keys under which a commitment is kept."""
    return [key64("promise", GROUPS[f.kind], where, f.made // 7) for where in _anchors(f)]
