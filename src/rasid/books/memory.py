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
        self.by_key: dict[int, int | list[int]] = {}
        self.component: dict[int, int] = {}
        self.in_component: dict[int, list[int]] = {}
        self.hosts: dict[int, int] = {}
        self.guests: dict[int, set[int]] = {}
        self.record: dict[int, int] = {}

    # lone claims under a key, and components of one, are kept without a list: most are, and there are
    # millions

    def put(self, f: F) -> None:
        """Put a claim on the shelf."""
        self.all[f.n] = f
        for k in set(self.kept(f)):
            old = self.by_key.setdefault(k, f.n)
            if isinstance(old, list):
                old.append(f.n)
            elif old != f.n:
                self.by_key[k] = [old, f.n]

    def under(self, k: int) -> list[int]:
        """Claims under one key."""
        found = self.by_key.get(k, [])
        return found if isinstance(found, list) else [found]

    def drop(self, n: int) -> None:
        """Take a claim off the shelf."""
        f = self.all.pop(n)
        for k in set(self.kept(f)):
            self.by_key[k] = [m for m in self.under(k) if m != n]
        component = self.component.pop(n, n)
        if component in self.in_component:
            self.in_component[component].remove(n)
        self.set_hosts({n: None})

    def at(self, wanted: Iterable[int]) -> set[int]:
        """See `cluster.Shelf`."""
        out: set[int] = set()
        for k in wanted:
            found = self.by_key.get(k)
            if found is None:
                continue
            if isinstance(found, list):
                out.update(found)
            else:
                out.add(found)
        return out

    def get(self, numbers: Iterable[int]) -> dict[int, F]:
        """See `cluster.Shelf`."""
        return {n: self.all[n] for n in numbers if n in self.all}

    def components(self, numbers: Iterable[int]) -> dict[int, int]:
        """See `cluster.Shelf`."""
        return {n: self.component.get(n, n) for n in numbers if n in self.all}

    def members(self, components: Iterable[int]) -> dict[int, list[int]]:
        """See `cluster.Shelf`."""
        return {c: self.in_component.get(c) or [c] for c in components}

    def unite(self, moved: dict[int, int]) -> None:
        """See `cluster.Shelf`."""
        for c, into in moved.items():
            if c != into:
                ns = self.in_component.pop(c, [c])
                self.in_component.setdefault(into, [into]).extend(ns)
                self.component.update(dict.fromkeys(ns, into))

    def hosted(self, numbers: Iterable[int]) -> dict[int, list[int]]:
        """See `cluster.Shelf`."""
        return {n: sorted(self.guests[n]) for n in numbers if self.guests.get(n)}

    def host_of(self, numbers: Iterable[int]) -> dict[int, int | None]:
        """See `cluster.Shelf`."""
        return {n: self.hosts.get(n) for n in numbers}

    def set_hosts(self, hosts: dict[int, int | None]) -> None:
        """See `cluster.Shelf`."""
        for n, host in hosts.items():
            old = self.hosts.pop(n, None)
            if old is not None:
                self.guests[old].discard(n)
            if host is not None:
                self.hosts[n] = host
                self.guests.setdefault(host, set()).add(n)

    def records(self, numbers: Iterable[int]) -> dict[int, int | None]:
        """See `cluster.Shelf`."""
        return {n: self.record.get(n) for n in numbers}

    def settle(self, change: Change[F]) -> None:
        """Keep which claims are one record; a record's number is its first claim's."""
        for n in change.touched:
            self.record.pop(n, None)
        for c in change.clusters:
            first = min(c.numbers)
            self.record.update(dict.fromkeys(c.numbers, first))
