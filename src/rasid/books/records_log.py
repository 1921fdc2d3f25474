"""What a book tells of itself: people's actions, limits, corrections, the log, snapshots."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from rasid.books.records import _Dict


@dataclass(frozen=True, slots=True)
class Action(_Dict):
    """A person's act on the book; ``undone_by`` is the action that took it back."""

    id: int
    kind: str
    subject: str
    who: str
    at: datetime
    reason: str | None
    detail: dict[str, Any]
    undone_by: int | None = None


@dataclass(frozen=True, slots=True)
class AccessLimit(_Dict):
    """Where and when nobody could look, and why (no report there means nothing)."""

    id: int
    place: str
    place_id: str | None
    start: date
    end: date | None
    why: str
    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Correction(_Dict):
    """A reader's correction of what was published. ``state``: open, accepted, refused. ``public`` may be
    printed.
    """

    id: int
    subject: str
    message: str
    state: str
    public: str | None
    at: datetime
    decided_by: str | None
    decided_at: datetime | None
    action: int | None


@dataclass(frozen=True, slots=True)
class LogEntry(_Dict):
    """One link of the chain: ``hash`` covers everything else in it and the hash before."""

    seq: int
    at: datetime
    who: str
    action: str
    subject: str
    detail: dict[str, Any]
    previous: str
    hash: str


@dataclass(frozen=True, slots=True)
class Fault(_Dict):
    """Something that `verify` found wrong."""

    where: str
    what: str


@dataclass(frozen=True, slots=True)
class Verification(_Dict):
    """What `verify` looked at and found. ``head`` is the newest hash of the log: print it in bulletins."""

    ok: bool
    originals: int
    reports: int
    log_entries: int
    head: str
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Snapshot(_Dict):
    """A frozen state for one bulletin: everything it prints, as data; the same id gives the same bytes for
    ever.
    """

    id: str
    start: date
    end: date
    area: tuple[str, ...]
    taken: datetime
    cutoff: int
    """Log sequence up to which the book had come."""
    head: str
    sha256: str
    body: dict[str, Any]
