"""The book's own shelf: claims looked up by key in its tables, inside the transaction that adds or changes
them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, bindparam, insert, select, update

from rasid.books.cluster import F
from rasid.books.rereading import LIVE
from rasid.books.schema import blocks, claims

T = TypeVar("T")
#: Values in one IN list: SQLite refuses more than 32,766 parameters, and plans are kept per length.
CHUNK = 500


def chunks(values: Iterable[T]) -> Iterator[list[T]]:
    """The values in lists of at most CHUNK."""
    rest = iter(values)
    while part := list(islice(rest, CHUNK)):
        yield part


_AT = select(blocks.c.claim).where(blocks.c.key.in_(bindparam("keys", expanding=True)))
_GET = select(claims.c.n, claims.c.canon, claims.c.report, claims.c.pin, claims.c.features).where(
    claims.c.n.in_(bindparam("ns", expanding=True)), claims.c.state.in_(LIVE)
)
_MEMBERS = select(claims.c.component, claims.c.n).where(
    claims.c.component.in_(bindparam("cs", expanding=True)), claims.c.state.in_(LIVE)
)
_HOSTED = select(claims.c.host, claims.c.n).where(claims.c.host.in_(bindparam("ns", expanding=True)))
_PLACE = select(claims.c.n, claims.c.component, claims.c.host, claims.c.record).where(
    claims.c.n.in_(bindparam("ns", expanding=True))
)
_UNITE = update(claims).where(claims.c.component == bindparam("was")).values(component=bindparam("now"))
_HOST = update(claims).where(claims.c.n == bindparam("claim")).values(host=bindparam("now"))


class StoreShelf(Generic[F]):
    """A shelf (`cluster.Shelf`) over the tables. ``load`` makes a claim's features from their kept JSON."""

    def __init__(
        self,
        connection: Connection,
        load: Callable[[Any, int, str, int, int], F],
        kept: Callable[[F], Iterable[int]],
    ) -> None:
        self.connection = connection
        self.load = load
        self.kept = kept
        self._known: dict[int, F] = {}

    def put(self, fresh: Sequence[F]) -> None:
        """Put claims, whose rows stand already, under their keys."""
        self._known.update((f.n, f) for f in fresh)
        rows = [{"key": k, "claim": f.n} for f in fresh for k in sorted(set(self.kept(f)))]
        if rows:
            self.connection.execute(insert(blocks), rows)

    def drop(self, old: Sequence[F]) -> None:
        """Take claims from under their keys."""
        for f in old:
            self._known.pop(f.n, None)
            for part in chunks(sorted(set(self.kept(f)))):
                self.connection.execute(
                    blocks.delete().where(blocks.c.key.in_(part), blocks.c.claim == f.n)
                )  # fmt: skip

    def at(self, wanted: Iterable[int]) -> set[int]:
        """See `cluster.Shelf`."""
        out: set[int] = set()
        for part in chunks(sorted(set(wanted))):
            out.update(self.connection.execute(_AT, {"keys": part}).scalars())
        return out

    def get(self, numbers: Iterable[int]) -> dict[int, F]:
        """See `cluster.Shelf`."""
        wanted = set(numbers)
        for part in chunks(sorted(wanted - self._known.keys())):
            for n, canon, report, pin, raw in self.connection.execute(_GET, {"ns": part}):
                self._known[n] = self.load(json.loads(raw), n, canon, report, pin or 0)
        return {n: self._known[n] for n in sorted(wanted) if n in self._known}

    def forget(self, numbers: Iterable[int]) -> None:
        """Read these claims again when they are next asked for (a pin or a correction changed them)."""
        for n in numbers:
            self._known.pop(n, None)

    def components(self, numbers: Iterable[int]) -> dict[int, int]:
        """See `cluster.Shelf`."""
        return {n: c for n, c, _, _ in self._places(numbers) if c is not None}

    def members(self, components: Iterable[int]) -> dict[int, list[int]]:
        """See `cluster.Shelf`."""
        out: dict[int, list[int]] = {}
        for part in chunks(sorted(set(components))):
            for c, n in self.connection.execute(_MEMBERS, {"cs": part}):
                out.setdefault(c, []).append(n)
        return out

    def unite(self, moved: dict[int, int]) -> None:
        """See `cluster.Shelf`."""
        rows = [{"was": c, "now": into} for c, into in moved.items() if c != into]
        if rows:
            self.connection.execute(_UNITE, rows)

    def hosted(self, numbers: Iterable[int]) -> dict[int, list[int]]:
        """See `cluster.Shelf`."""
        out: dict[int, list[int]] = {}
        for part in chunks(sorted(set(numbers))):
            for host, n in self.connection.execute(_HOSTED, {"ns": part}):
                out.setdefault(host, []).append(n)
        return out

    def host_of(self, numbers: Iterable[int]) -> dict[int, int | None]:
        """See `cluster.Shelf`."""
        return {n: h for n, _, h, _ in self._places(numbers)}

    def set_hosts(self, hosts: dict[int, int | None]) -> None:
        """See `cluster.Shelf`."""
        if hosts:
            self.connection.execute(_HOST, [{"claim": n, "now": h} for n, h in hosts.items()])

    def records(self, numbers: Iterable[int]) -> dict[int, int | None]:
        """See `cluster.Shelf`."""
        return {n: r for n, _, _, r in self._places(numbers)}

    def _places(self, numbers: Iterable[int]) -> Iterator[tuple[int, int | None, int | None, int | None]]:
        for part in chunks(sorted(set(numbers))):
            yield from (tuple(row) for row in self.connection.execute(_PLACE, {"ns": part}))
