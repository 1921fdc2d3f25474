"""How well the reader does by what reviewers made of it: the desk's own work is the gold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from rasid.desk.review.models import ReportTask
from rasid.desk.shelf import book
from rasid.errors import InputError
from rasid.model.reading import Reading

MOST = 400


@dataclass
class Row:
    """Counts of one kind of claim: how reviewers left what the machine said, and what they had to add."""

    kind: str
    label_kind: str
    states: Counter[str] = field(default_factory=Counter)

    @property
    def right(self) -> int:
        return self.states["accepted"] + self.states["corrected"]

    @property
    def precision(self) -> float | None:
        """Of what the machine said, the share that stands (corrected claims stand)."""
        said = self.right + self.states["rejected"]
        return self.right / said if said else None

    @property
    def recall(self) -> float | None:
        """Of what stands, the share that the machine had found."""
        there = self.right + self.states["added"]
        return self.right / there if there else None

    @property
    def untouched(self) -> float | None:
        """Of what stands of the machine's, the share that nobody had to correct: agreement."""
        return self.states["accepted"] / self.right if self.right else None


def done(hidden: frozenset[str]) -> list[str]:
    """Reports that somebody finished, newest first, at most MOST."""
    found = ReportTask.objects.filter(state=ReportTask.DONE).exclude(report__in=hidden)
    return list(found.order_by("-done_at").values_list("report", flat=True)[:MOST])


def measure(reports: Iterable[str]) -> list[Row]:
    """One row per type of incident and kind of commitment, the most frequent first, and a sum at the end."""
    rows: dict[tuple[str, str], Row] = {}
    total = Row("", "")
    for rid in reports:
        try:
            held = book().report(rid)
        except InputError:  # expunged since
            continue
        for claim, kind, of in [
            *((c, c.type, "incident_type") for c in held.claims),
            *((c, c.kind, "commitment_kind") for c in held.commitments),
        ]:
            state = "added" if _by(claim) == "human" else claim.state
            rows.setdefault((of, kind), Row(kind, of)).states[state] += 1
            total.states[state] += 1
    return [*sorted(rows.values(), key=lambda r: -sum(r.states.values())), total]


def _by(claim: Any) -> str:
    return str(getattr(claim, "by_reader", None) or getattr(claim, "by", ""))


def gold(reports: Iterable[str]) -> Iterator[Reading]:
    """The readings as reviewers left them, for `rasid evaluate`."""
    for rid in reports:
        try:
            yield book().reviewed_reading(rid)
        except InputError:
            continue
