"""Keeps records in step with claims: whatever changes, only what stands near is joined again."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, select, update

from rasid.books import features, keys, ledger, promises, settle, settle_promises
from rasid.books.cluster import Change, IncidentRules, Joiner
from rasid.books.features import Features
from rasid.books.promises import Promise, PromiseRules
from rasid.books.rereading import LIVE
from rasid.books.schema import claims
from rasid.books.shelf import StoreShelf, chunks


@dataclass(slots=True)
class Touched:
    """Record numbers whose content changed, with their claims, and claims that were looked at."""

    incidents: dict[int, list[int]] = field(default_factory=dict)
    commitments: dict[int, list[int]] = field(default_factory=dict)


class Corroborator:
    """Joins inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.incidents: StoreShelf[Features] = StoreShelf(connection, features.load, keys.kept)
        self.promises: StoreShelf[Promise] = StoreShelf(connection, promises.load, promises.kept)

    def add(self, told: Sequence[Features], promised: Sequence[Promise], replaced: Iterable[int] = ()) -> Touched:
        """Join fresh claims; ``replaced``: claims that no longer count."""
        around, gone = self._leave(replaced)
        self.incidents.put(told)
        self.promises.put(promised)
        if gone:
            self._rejoin_pins([f.n for f in told] + [p.n for p in promised])
        return self._update(told, promised, gone=gone, around=around)

    def leave(self, numbers: Iterable[int]) -> Touched:
        """Claims that no longer count (rejected, expunged)."""
        around, gone = self._leave(numbers)
        return self._update((), (), gone=gone, around=around)

    def again(self, numbers: Collection[int]) -> Touched:
        """Claims that changed (corrected, or counted again): joined as if they had just come."""
        told, promised = self._load(numbers)
        around = self._around(numbers)
        self.incidents.drop(told)
        self.promises.drop(promised)
        self.connection.execute(
            update(claims).where(claims.c.n.in_(list(numbers))).values(component=claims.c.n, host=None)
        )
        self.incidents.put(told)
        self.promises.put(promised)
        self._rejoin_pins(numbers)
        return self._update(told, promised, around=around)

    def pinned(self, numbers: Collection[int]) -> Touched:
        """Claims whose pins changed."""
        self.incidents.forget(numbers)
        self.promises.forget(numbers)
        kinds = self._kinds(numbers)
        groups = _by_pin(self.connection, numbers)
        told = {n for n in numbers if kinds[n] == "incident"}
        promised = {n for n in numbers if kinds[n] == "commitment"}
        out = Touched()
        if told:
            joiner = Joiner(self.incidents, IncidentRules())
            joiner.unite([pair for pair in groups if pair[0] in told])
            self._write(joiner.update((), also=told), None, out)
        if promised:
            joiner_p = Joiner(self.promises, PromiseRules())
            joiner_p.unite([pair for pair in groups if pair[0] in promised])
            self._write(None, joiner_p.update((), also=promised), out)
        return out

    def _update(
        self, told: Sequence[Features], promised: Sequence[Promise], *, gone: dict[str, list[int]] | None =
        None, around: dict[str, set[int]],
    ) -> Touched:  # fmt: skip
        gone = gone or {}
        out = Touched()
        left, near = gone.get("incident", []), around.get("incident", set())
        incidents = commitments = None
        if told or left or near:
            incidents = Joiner(self.incidents, IncidentRules()).update(told, gone=left, around=near)
        left, near = gone.get("commitment", []), around.get("commitment", set())
        if promised or left or near:
            commitments = Joiner(self.promises, PromiseRules()).update(promised, gone=left, around=near)
        self._write(incidents, commitments, out)
        return out

    def _write(self, incidents: Change[Features] | None, commitments: Change[Promise] | None, out: Touched) -> None:
        if incidents is not None:
            out.incidents |= settle.write_incidents(self.connection, incidents)
        if commitments is not None:
            out.commitments |= settle_promises.write(self.connection, commitments)
        ledger.update(self.connection, told=out.incidents, promised=out.commitments)

    def _leave(self, numbers: Iterable[int]) -> tuple[dict[str, set[int]], dict[str, list[int]]]:
        numbers = list(numbers)
        if not numbers:
            return {}, {}
        told, promised = self._load(numbers)
        around = self._around(numbers)
        self.incidents.drop(told)
        self.promises.drop(promised)
        self.connection.execute(update(claims).where(claims.c.n.in_(numbers)).values(component=None, host=None))
        return around, {"incident": [f.n for f in told], "commitment": [f.n for f in promised]}

    def _rejoin_pins(self, numbers: Collection[int]) -> None:
        """Put pinned claims into the component of the others of their pin."""
        for part in chunks(numbers):
            mine = select(claims.c.n, claims.c.pin).where(claims.c.n.in_(part), claims.c.pin.is_not(None))
            for n, pin in self.connection.execute(mine).all():
                others = select(claims.c.component).where(
                    claims.c.pin == pin, claims.c.state.in_(LIVE), claims.c.n != n
                )
                component = self.connection.execute(others.limit(1)).scalar()
                if component is not None:
                    self.connection.execute(update(claims).where(claims.c.n == n).values(component=component))

    def _around(self, numbers: Iterable[int]) -> dict[str, set[int]]:
        """Components that claims are in, by kind."""
        out: dict[str, set[int]] = {}
        query = select(claims.c.kind, claims.c.component)
        for part in chunks(numbers):
            for kind, component in self.connection.execute(query.where(claims.c.n.in_(part))):
                if component is not None:
                    out.setdefault(kind, set()).add(component)
        return out

    def _kinds(self, numbers: Iterable[int]) -> dict[int, str]:
        out: dict[int, str] = {}
        for part in chunks(numbers):
            rows = self.connection.execute(select(claims.c.n, claims.c.kind).where(claims.c.n.in_(part)))
            out |= dict(rows.all())
        return out

    def _load(self, numbers: Iterable[int]) -> tuple[list[Features], list[Promise]]:
        """Features as kept, of claims in any state."""
        told: list[Features] = []
        promised: list[Promise] = []
        query = select(claims.c.n, claims.c.canon, claims.c.report, claims.c.pin, claims.c.features, claims.c.kind)
        for part in chunks(numbers):
            for n, canon, report, pin, raw, kind in self.connection.execute(query.where(claims.c.n.in_(part))):
                if kind == "incident":
                    told.append(features.load(json.loads(raw), n, canon, report, pin or 0))
                elif kind == "commitment":
                    promised.append(promises.load(json.loads(raw), n, canon, report, pin or 0))
        return told, promised


def _by_pin(connection: Connection, numbers: Collection[int]) -> list[tuple[int, int]]:
    """Pairs that put all live claims of a pin into one component."""
    pins: dict[int, int] = {}
    out = []
    query = select(claims.c.n, claims.c.pin).where(claims.c.state.in_(LIVE), claims.c.pin.is_not(None))
    for part in chunks(numbers):
        for n, pin in connection.execute(query.where(claims.c.n.in_(part))):
            out.append((n, pins.setdefault(pin, n)))
    return out
