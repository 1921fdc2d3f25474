"""Blocking: under which keys a claim is found, and under which it looks for others. Cost grows with what is
near, not with the book.

A key says family of type, where (governorate, name, country) and when (a day or a month), or a rare number
of dead and a day. Claims that share no key are never compared; claims that could be one incident always
share one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from rasid.books import method
from rasid.books.canon import key64
from rasid.books.features import Features

#: Windows up to this many days are kept by day, longer ones by month.
SHORT = 7
#: Days on either side in which the day of one incident may be misread.
REACH = 2
#: From so many dead on, the number itself is a key.
RARE = 5
_MASK = (1 << 64) - 1
_STEP = 0x9E3779B97F4A7C15


@lru_cache(maxsize=500_000)
def _base(tier: str, sphere: str, family: str, anchor: str) -> int:
    return key64(tier, sphere, family, anchor)


def _at(base: int, when: int) -> int:
    mixed = (base + when * _STEP) & _MASK
    return mixed - (1 << 64) if mixed >> 63 else mixed


@cache
def home() -> list[str]:
    """Family under which a type (by index) is kept."""
    return [method.families()[t] for t in method.TYPES]


@cache
def seek() -> list[tuple[str, ...]]:
    """Families in which a type (by index) looks for others."""
    scores = method.type_scores()
    return [
        tuple(sorted({home()[j] for j, s in enumerate(row) if s is not None})) for row in scores
    ]  # fmt: skip


def anchors(f: Features) -> list[str]:
    """Where a claim is looked for: governorates and names of its places finer than a country."""
    out: dict[str, None] = {}
    for s in f.spots:
        if s.level >= 1:
            if len(s.chain) >= 2:
                out["g:" + s.chain[-2]] = None
            out["n:" + s.name] = None
    return list(out)


def _rare(f: Features) -> list[str]:
    """Numbers of dead that are rare enough to look a claim up by."""
    return [f"h:{low}" for low, _ in f.harm.get("killed", ()) if low is not None and low >= RARE]


def _month(day: int) -> int:
    return -1 - day // 30


def _moments(f: Features) -> Iterable[int]:
    """Days of a short window, (negative) months of a long one."""
    if f.hi - f.lo <= SHORT:
        return range(f.lo, f.hi + 1)
    return range(_month(f.hi), _month(f.lo) + 1)


def kept(f: Features) -> list[int]:
    """Keys under which a claim is kept."""
    family = home()[f.type]
    if f.tier == "R":
        return [_at(_base("R", f.sphere, family, a), f.lo or _month(f.hi)) for a in _roots(f)]
    where = anchors(f)
    rare = _rare(f)
    if f.tier == "A":
        out = [_at(_base("A", f.sphere, family, a), d) for a in where for d in range(f.lo, f.hi + 1)]
        out += [_at(_base("C", f.sphere, family, f.country), d) for d in range(f.lo, f.hi + 1) if f.country]
        out += [_at(_base("H", f.sphere, "", r), d) for d in range(f.lo, f.hi + 1) for r in rare]
        return out
    if not where and f.country:
        where = ["c:" + f.country]
    out = [_at(_base("B", f.sphere, family, a), m) for a in where for m in _moments(f)]
    return out + [_at(_base("BH", f.sphere, "", r), m) for m in _moments(f) for r in rare]


def _roots(f: Features) -> list[str]:
    return anchors(f) or [(f"c:{f.country}" if f.country else "*") + "|".join(sorted(f.doers))]


def peers(f: Features) -> Iterator[int]:
    """Keys of claims of its own tier that may be one with it."""
    if f.tier == "R":
        for family in seek()[f.type]:
            for a in _roots(f):
                yield _at(_base("R", f.sphere, family, a), f.lo or _month(f.hi))
    elif f.tier == "A":
        for family in seek()[f.type]:
            for a in anchors(f):
                base = _base("A", f.sphere, family, a)
                for d in range(f.lo - REACH, f.hi + REACH + 1):
                    yield _at(base, d)
    else:
        yield from _open_peers(f)


def _open_peers(f: Features) -> Iterator[int]:
    where = anchors(f) or (["c:" + f.country] if f.country else [])
    moments = (*range(f.lo, f.hi + 1), *range(_month(f.hi), _month(f.lo) + 1))
    for family in seek()[f.type]:
        for a in where:
            base = _base("B", f.sphere, family, a)
            for m in moments:
                yield _at(base, m)
    for rare in _rare(f):
        base = _base("BH", f.sphere, "", rare)
        for m in moments:
            yield _at(base, m)


def hosts(f: Features) -> Iterator[int]:
    """Keys of certain claims (tier A) to which an open claim may belong."""
    where = anchors(f)
    days = range(f.lo - 1, f.hi + 2)
    for family in seek()[f.type]:
        for a in where:
            base = _base("A", f.sphere, family, a)
            for d in days:
                yield _at(base, d)
        if not where and f.country and f.hi - f.lo <= SHORT:
            base = _base("C", f.sphere, family, f.country)
            for d in days:
                yield _at(base, d)
    for rare in _rare(f):
        base = _base("H", f.sphere, "", rare)
        for d in days:
            yield _at(base, d)


def guests(f: Features) -> Iterator[int]:
    """Keys of open claims that may belong to a certain one: `hosts` the other way round."""
    where = anchors(f)
    if f.country:
        where.append("c:" + f.country)
    moments = (*range(f.lo - 1, f.hi + 2), *range(_month(f.hi + 1), _month(f.lo - 1) + 1))
    for family in seek()[f.type]:
        for a in where:
            base = _base("B", f.sphere, family, a)
            for m in moments:
                yield _at(base, m)
    for rare in _rare(f):
        base = _base("BH", f.sphere, "", rare)
        for m in moments:
            yield _at(base, m)
