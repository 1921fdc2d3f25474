"""All claims of a book in memory: for joining very many at once, and for looking at joining alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Generic

from rasid.books.cluster import Change, F


class MemoryShelf(Generic[F]):
    """A shelf (`cluster.Shelf`) in dictionaries. ``kept``: under which keys a claim is found."""

    def __init__(self, kept: Callable[[F], Iterable[int]]) -> None:
        self.kept = kept
        self.all: dict[int, F] = {}
        self.by_key: dict[int, list[int]] = {}
        self.component: dict[int, int] = {}
        self.in_component: dict[int, list[int]] = {}
        self.hosts: dict[int, int] = {}
        self.guests: dict[int, set[int]] = {}
        self.record: dict[int, int] = {}

    def put(self, f: F) -> None:
        """Put a claim on the shelf."""
        self.all[f.n] = f
        self.component[f.n] = f.n
        self.in_component[f.n] = [f.n]
        for k in self.kept(f):
            self.by_key.setdefault(k, []).append(f.n)

    def drop(self, n: int) -> None:
        """Take a claim off the shelf."""
        f = self.all.pop(n)
        for k in self.kept(f):
            self.by_key[k].remove(n)
        self.in_component[self.component.pop(n)].remove(n)
        self.set_hosts({n: None})

    def at(self, wanted: Iterable[int]) -> set[int]:
        """See `Shelf`."""
        out: set[int] = set()
        for k in wanted:
            found = self.by_key.get(k)
            if found:
                out.update(found)
        return out

    def get(self, numbers: Iterable[int]) -> dict[int, F]:
        """See `Shelf`."""
        return {n: self.all[n] for n in numbers if n in self.all}

    def components(self, numbers: Iterable[int]) -> dict[int, int]:
        """See `Shelf`."""
        return {n: self.component[n] for n in numbers if n in self.component}

    def members(self, components: Iterable[int]) -> dict[int, list[int]]:
        """See `Shelf`."""
        return {c: self.in_component[c] for c in components}

    def unite(self, moved: dict[int, int]) -> None:
        """See `Shelf`."""
        for c, into in moved.items():
            if c != into:
                ns = self.in_component.pop(c)
                self.in_component[into] += ns
                self.component.update(dict.fromkeys(ns, into))

    def hosted(self, numbers: Iterable[int]) -> dict[int, list[int]]:
        """See `Shelf`."""
        return {n: sorted(self.guests[n]) for n in numbers if self.guests.get(n)}

    def host_of(self, numbers: Iterable[int]) -> dict[int, int | None]:
        """See `Shelf`."""
        return {n: self.hosts.get(n) for n in numbers}

    def set_hosts(self, hosts: dict[int, int | None]) -> None:
        """See `Shelf`."""
        for n, host in hosts.items():
            old = self.hosts.pop(n, None)
            if old is not None:
                self.guests[old].discard(n)
            if host is not None:
                self.hosts[n] = host
                self.guests.setdefault(host, set()).add(n)

    def records(self, numbers: Iterable[int]) -> dict[int, int | None]:
        """See `Shelf`."""
        return {n: self.record.get(n) for n in numbers}

    def settle(self, change: Change[F]) -> None:
        """Keep which claims are one record; a record's number is its first claim's."""
        for n in change.touched:
            self.record.pop(n, None)
        for c in change.clusters:
            first = min(c.numbers)
            self.record.update(dict.fromkeys(c.numbers, first))
