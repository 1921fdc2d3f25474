"""From pairs to incidents: which claims are one, as a function of the set of claims alone, in whatever
order they came.

Certain claims (a day and a place) are linked when a pair reaches the threshold; inside what is linked
together they are taken in canonical order, the most certain first, each joining the record it fits best or
opening one. Open claims never link records with each other: each goes, with its window of days, to the one
record it fits clearly best, else to its like. People's merges and splits are pins: claims of one pin start
as one record, claims of two never become one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Generic, Protocol, TypeVar

from rasid.books import keys
from rasid.books.features import Features
from rasid.books.joining import scorer

#: So many claims of a record are compared with a further one.
SAMPLE = 24
#: So many claims of each of two records are compared.
FEW = 8
#: Claims for which peers are looked up at once: what is under way stays small when millions are joined.
SLICE = 2000
#: How often claims are given their best record again.
ROUNDS = 2


class Item(Protocol):
    """A claim as joining sees it: its number, its place in canonical order, the pin that a person set (0:
    none).
    """

    n: int
    canon: str
    pin: int


F = TypeVar("F", bound=Item)
G = TypeVar("G", bound=Item, contravariant=True)


class Rules(Protocol[G]):
    """How one sort of claims is joined."""

    threshold: float
    """Evidence from which a pair may be one."""
    mean: float
    """Mean evidence over a record's claims that a further claim needs; `barred` counts for a forbidden
    pair.
    """
    barred: float
    merge: float
    """Mean evidence over two records' claims from which they are one."""
    margin: float
    """By how much an open claim must fit one record better than the next."""

    def score(self, a: G, b: G) -> float | None:
        """Evidence that two claims are one, None when something forbids it."""

    def rank(self, f: G) -> tuple[int, str, int]:
        """Canonical order: what is told most precisely first, then by content."""

    def certain(self, f: G) -> bool:
        """Takes part in linking; an open claim only goes to a record."""

    def host(self, f: G) -> bool:
        """May an open claim go with this certain one?"""

    def peers(self, f: G) -> Iterable[int]:
        """Keys of claims of its own sort."""

    def hosts(self, f: G) -> Iterable[int]:
        """Keys of certain claims to which an open one may belong."""

    def guests(self, f: G) -> Iterable[int]:
        """Keys of open claims that may belong to a certain one."""


class IncidentRules:
    """Rules for incidents."""

    def __init__(self) -> None:
        use = scorer()
        self.score = use.score
        w = use.w
        self.threshold, self.mean, self.barred = w.threshold, w.mean, w.barred
        self.merge, self.margin = w.merge, w.margin

    def parts(self, a: Features, b: Features) -> dict[str, float]:
        """The evidence by feature, for people to read."""
        return scorer().parts(a, b)[0]

    def rank(self, f: Features) -> tuple[int, str, int]:
        """See `Rules`."""
        certain = (
            8 * (f.fixed and f.lo == f.hi) + 4 * any(s.level >= 3 for s in f.spots) + 2 * bool(f.harm) + bool(f.doers)
        )
        return -certain, f.canon, f.n

    def certain(self, f: Features) -> bool:
        """See `Rules`; a pin makes an open claim certain."""
        return f.tier != "B" or f.pin != 0

    def host(self, f: Features) -> bool:
        """See `Rules`."""
        return f.tier != "R"

    def peers(self, f: Features) -> Iterable[int]:
        """See `Rules`."""
        return keys.peers(f)

    def hosts(self, f: Features) -> Iterable[int]:
        """See `Rules`."""
        return (*keys.hosts(f), *keys.peers(f))

    def guests(self, f: Features) -> Iterable[int]:
        """See `Rules`."""
        return keys.guests(f) if f.tier != "R" else ()


class Shelf(Protocol[F]):
    """Where claims stand: in memory for many at once, in the book for one at a time."""

    # every method is called with numbers of claims that count; rejected ones stand on no shelf

    def at(self, wanted: Iterable[int]) -> set[int]:
        """Numbers of the claims kept under any of the keys."""

    def get(self, numbers: Iterable[int]) -> dict[int, F]:
        """Claims by number; missing ones are left out."""

    def components(self, numbers: Iterable[int]) -> dict[int, int]:
        """Component of each claim."""

    def members(self, components: Iterable[int]) -> dict[int, list[int]]:
        """Claims of each component."""

    def unite(self, moved: dict[int, int]) -> None:
        """Components to give up, each with the one that takes its claims."""

    def hosted(self, numbers: Iterable[int]) -> dict[int, list[int]]:
        """Open claims by the certain claim through which they belong to a record."""

    def host_of(self, numbers: Iterable[int]) -> dict[int, int | None]:
        """The other way round."""

    def set_hosts(self, hosts: dict[int, int | None]) -> None:
        """Keep new hosts."""

    def records(self, numbers: Iterable[int]) -> dict[int, int | None]:
        """Record to which each claim belonged before this update."""


@dataclass(slots=True)
class Cluster(Generic[F]):
    """Claims that are one record: the certain ones in canonical order, then the open ones they host."""

    members: list[F]
    guests: list[F] = field(default_factory=list)

    @property
    def numbers(self) -> list[int]:
        """Claim numbers in canonical order."""
        return [f.n for f in self.members] + [f.n for f in self.guests]


def leaders(claims: Collection[F], rules: Rules[F]) -> list[Cluster[F]]:
    """Records of linked claims. Pinned claims first, one record each pin."""
    order = sorted(claims, key=rules.rank)
    seeds: dict[int, list[F]] = defaultdict(list)
    for f in order:
        if f.pin:
            seeds[f.pin].append(f)
    clusters = [Cluster(seeds[p]) for p in sorted(seeds, key=lambda p: rules.rank(seeds[p][0]))]
    for f in order:
        if f.pin:
            continue
        best, most = None, 0.0
        for c in clusters:
            fit = _fit(f, c, rules)
            if fit is not None and (best is None or fit > most):
                best, most = c, fit
        if best is None:
            clusters.append(Cluster([f]))
        else:
            best.members.append(f)
    clusters = _merged(clusters, rules)
    for _ in range(ROUNDS):
        clusters, moved = _moved_home(clusters, order, rules)
        if not moved:
            break
        clusters = _merged(clusters, rules)
    return clusters


def _moved_home(clusters: list[Cluster[F]], order: list[F], rules: Rules[F]) -> tuple[list[Cluster[F]], bool]:
    """Claims that came early may fit a record better that opened later: each moves to where it fits best
    now.
    """
    if len(clusters) < 2:
        return clusters, False
    home = {f.n: c for c in clusters for f in c.members}
    moved = False
    for f in order:
        best, most = home[f.n], None
        for c in clusters if not f.pin else ():
            others = Cluster([m for m in c.members if m.n != f.n])
            fit = _fit(f, others, rules) if others.members else None
            if fit is not None and (most is None or fit > most):
                best, most = c, fit
        if best is not home[f.n]:
            home[f.n].members = [m for m in home[f.n].members if m.n != f.n]
            best.members = sorted([*best.members, f], key=rules.rank)
            home[f.n], moved = best, True
    return [c for c in clusters if c.members], moved


def _merged(clusters: list[Cluster[F]], rules: Rules[F]) -> list[Cluster[F]]:
    """Records that agree as a whole become one: the first claims of one incident may have differed by chance.

    Pinned records stay as people left them. The two that agree best go first.
    """
    known: dict[tuple[int, int], float] = {}
    numbered = list(enumerate(clusters))
    while True:
        best, most = None, rules.merge
        for i, (n, a) in enumerate(numbered):
            for m, b in numbered[i + 1 :]:
                fit = known.get((n, m))
                if fit is None:
                    fit = known[n, m] = _agreement(a, b, rules)
                if fit >= most and (best is None or fit > most):
                    best, most = (n, a, m, b), fit
        if best is None:
            return [c for _, c in numbered]
        one, a, other, b = best
        whole = len(clusters) + len(known), Cluster(sorted(a.members + b.members, key=rules.rank))
        numbered = [whole if n == one else (n, c) for n, c in numbered if n != other]


def _agreement(a: Cluster[F], b: Cluster[F], rules: Rules[F]) -> float:
    first = rules.score(a.members[0], b.members[0])
    if first is None or first < rules.mean or a.members[0].pin or b.members[0].pin:
        return rules.barred
    scores = [rules.score(x, y) for x in a.members[:FEW] for y in b.members[:FEW]]
    told = [rules.barred if s is None else s for s in scores]
    # only linked records may merge, or the outcome would hang on what else stood in the component
    return sum(told) / len(told) if max(told) >= rules.threshold else rules.barred


def _fit(f: F, c: Cluster[F], rules: Rules[F]) -> float | None:
    top, total, n = rules.barred, 0.0, 0
    for m in c.members[:SAMPLE]:
        s = rules.score(f, m)
        n += 1
        if s is None:
            total += rules.barred
        else:
            total += s
            if s > top:
                top = s
    if top < rules.threshold or total < rules.mean * n:
        return None
    return top + total / n


@dataclass(slots=True)
class Change(Generic[F]):
    """What an update did: the records as they now are that it looked at, and all claims that it looked at."""

    clusters: list[Cluster[F]]
    touched: set[int]


class Joiner(Generic[F]):
    """Keeps a shelf joined while claims come, change and go."""

    def __init__(self, shelf: Shelf[F], rules: Rules[F]) -> None:
        self.shelf = shelf
        self.rules = rules
        self.seated: dict[int, int] = {}
        self.clusters: list[Cluster[F]] = []

    def update(
        self,
        fresh: Collection[F],
        gone: Iterable[int] = (),
        also: Iterable[int] = (),
        around: Iterable[int] = (),
        *,
        all_at_once: bool = False,
    ) -> Change[F]:
        """Join `fresh` claims, which stand on the shelf already, each a component of its own.

        gone: claims no longer on the shelf. also: claims whose pin changed. around: components that these
        were in. all_at_once: nothing but the fresh claims is on the shelf.
        """
        self._link(fresh)
        self.seated, self.clusters = {}, []
        changed = {*gone, *also}
        components = set(self.shelf.components({f.n for f in fresh} | set(also)).values()) | set(around)
        self._lead(components)
        moved = self._moved({f.n for f in fresh} | changed)
        opened = self._affected(moved, fresh, changed, all_at_once=all_at_once)
        self._rehost(opened)
        loose = self._loose(opened, components)
        self._seat()
        touched = {n for c in (*self.clusters, *loose) for n in c.numbers} | changed | set(opened)
        return Change([*self.clusters, *loose], touched)

    def _link(self, fresh: Collection[F]) -> None:
        """Put fresh claims into one component with the peers that they reach the threshold with, and with
        their pin.
        """
        mine = {f.n for f in fresh}
        pins: dict[int, int] = {}
        links: list[tuple[int, int]] = []
        rest = iter(fresh)
        while part := list(islice(rest, SLICE)):
            links += self._pairs(part, mine)
            links += [(f.n, pins.setdefault(f.pin, f.n)) for f in part if f.pin]
        self.unite(links)

    def _pairs(self, part: list[F], mine: set[int]) -> Iterator[tuple[int, int]]:
        """Pairs of these claims and their peers that reach the threshold; a pair of two fresh claims once."""
        asked = {f.n: self.shelf.at(self.rules.peers(f)) for f in part}
        known = self.shelf.get({n for found in asked.values() for n in found})
        for f in part:
            for n in asked[f.n]:
                if n == f.n or (n > f.n and n in mine) or n not in known:
                    continue
                s = self.rules.score(f, known[n])
                if s is not None and s >= self.rules.threshold:
                    yield f.n, n

    def unite(self, links: list[tuple[int, int]]) -> None:
        """Make one component of each pair's two."""
        component = self.shelf.components({n for pair in links for n in pair})
        parent: dict[int, int] = {}

        def root(c: int) -> int:
            while parent.get(c, c) != c:
                parent[c] = parent.get(parent[c], parent[c])
                c = parent[c]
            return c

        for a, b in links:
            ra, rb = root(component[a]), root(component[b])
            if ra != rb:
                parent[max(ra, rb)] = min(ra, rb)
        self.shelf.unite({c: root(c) for c in parent})

    def _lead(self, components: set[int]) -> None:
        """Records of the certain claims of these components."""
        members = self.shelf.members(components)
        known = self.shelf.get({n for ns in members.values() for n in ns})
        for ns in members.values():
            for c in leaders([f for n in ns if n in known and self.rules.certain(f := known[n])], self.rules):
                self.seated.update((f.n, len(self.clusters)) for f in c.members)
                self.clusters.append(c)

    def _moved(self, changed: set[int]) -> list[F]:
        """Certain claims that an open one must be held against again: changed ones, and all of a record
        that parted.
        """
        old = self.shelf.records(self.seated.keys() | changed)
        homes: dict[int, set[int]] = defaultdict(set)
        for n, i in self.seated.items():
            if n not in changed and old.get(n) is not None:
                homes[old[n] or 0].add(i)
        gone_from = {old.get(n) for n in changed}
        out = []
        for i, c in enumerate(self.clusters):
            were = {old.get(f.n) for f in c.members if f.n not in changed}
            whole = len(were) > 1 or any(homes[r or 0] != {i} for r in were) or bool(were & gone_from - {None})
            out += c.members if whole else [f for f in c.members if f.n in changed]
        return out

    def _affected(self, moved: list[F], fresh: Collection[F], changed: set[int], *, all_at_once: bool) -> dict[int, F]:
        """Open claims to look at again: fresh ones, guests of what moved or went, and what could be its
        guest.
        """
        numbers = {f.n for f in fresh if not self.rules.certain(f)} | changed
        for ns in self.shelf.hosted({f.n for f in moved} | changed).values():
            numbers |= set(ns)
        if not all_at_once:
            numbers |= self.shelf.at({k for f in moved for k in self.rules.guests(f)})
        return {n: f for n, f in self.shelf.get(numbers).items() if not self.rules.certain(f)}

    def _rehost(self, opened: dict[int, F]) -> None:
        before = self.shelf.host_of(opened)
        after = {n: self._host(f) for n, f in opened.items()}
        self.shelf.set_hosts(after)
        elsewhere = {h for h in (*before.values(), *after.values()) if h is not None and h not in self.seated}
        if elsewhere:
            self._lead(set(self.shelf.components(elsewhere).values()))

    def _host(self, f: F) -> int | None:
        """The certain claim that an open one fits best; None when no record fits, or two do about alike."""
        found = self.shelf.get(self.shelf.at(set(self.rules.hosts(f))))
        fits = []
        for other in found.values():
            if other.n != f.n and self.rules.certain(other) and self.rules.host(other):
                s = self.rules.score(f, other)
                if s is not None and s >= self.rules.threshold:
                    fits.append((-s, self.rules.rank(other), other.n))
        if not fits:
            return None
        fits.sort()
        records = self.shelf.records([n for _, _, n in fits])
        first = fits[0]
        mine = self._record(first[2], records)
        for s, _, n in fits[1:]:
            if s - first[0] >= self.rules.margin:
                break
            if self._record(n, records) != mine:
                return None
        return first[2]

    def _record(self, n: int, records: dict[int, int | None]) -> tuple[str, int | None]:
        return ("now", self.seated[n]) if n in self.seated else ("kept", records.get(n))

    def _loose(self, opened: dict[int, F], components: set[int]) -> list[Cluster[F]]:
        """Records of open claims without a host, of every component that an affected one is in."""
        members = self.shelf.members(components | set(self.shelf.components(opened).values()))
        numbers = {n for ns in members.values() for n in ns}
        known, hosts = self.shelf.get(numbers), self.shelf.host_of(numbers)
        out: list[Cluster[F]] = []
        for ns in members.values():
            found = [known[n] for n in ns if n in known and hosts.get(n) is None]
            out += leaders([f for f in found if not self.rules.certain(f)], self.rules)
        return out

    def _seat(self) -> None:
        """Put hosted claims with their hosts' records."""
        hosted = self.shelf.hosted(self.seated)
        known = self.shelf.get({n for ns in hosted.values() for n in ns})
        for host, ns in hosted.items():
            self.clusters[self.seated[host]].guests += [known[n] for n in ns if n in known]
        for c in self.clusters:
            c.guests.sort(key=self.rules.rank)
