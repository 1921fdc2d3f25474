"""A format: its name, and the function that writes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from rasid.books.records import IncidentRecord
from rasid.books.records_ledger import CommitmentRecord
from rasid.export.policy import OPEN, Policy, apply

Record = IncidentRecord | CommitmentRecord


@dataclass(frozen=True, slots=True)
class Format:
    """One format. ``suffix`` has its dot; ``holds`` are the kinds of records that it can carry."""

    name: str
    suffix: str
    media_type: str
    writer: Callable[[Iterable[Record], Path], None]
    label: str = ""
    holds: tuple[str, ...] = ("incidents", "commitments")

    def write(self, records: Iterable[Record], path: Path, *, policy: Policy = OPEN) -> None:
        """Write what the policy lets out. Raises MissingExtra when the format's library is not installed."""
        self.writer(apply(records, policy), path)
