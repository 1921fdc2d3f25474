"""The book: the one door through which library, command line, exports, bulletins and desk use what was
gathered.

    with Book.open("south.rasid") as book:
        book.add_reading(document, reading)
        for incident in book.incidents(Filter(places=("درعا",), grades=("corroborated",))):
            ...

A path opens a SQLite file (created on first use); a URL (`postgresql+psycopg://…`) opens the same schema
there. Every write is one transaction, durable when the call returns, and one link of the log. A book is a
pure function of its reports and of people's actions: in whatever order reports arrive, the records come out
alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any

from rasid.books.records import (
    AccessLimit,
    Action,
    Added,
    CaptureRecord,
    ClaimView,
    CommitmentRecord,
    Correction,
    FacetCount,
    Filter,
    Finding,
    HarmLine,
    Hit,
    IncidentRecord,
    JoinReason,
    LedgerView,
    LogEntry,
    Page,
    ReportRecord,
    ReportRow,
    Snapshot,
    Verification,
)
from rasid.model.document import Document
from rasid.model.reading import Reading

__all__ = ["Book"]


class Book:
    """An open book. Use `Book.open`; close it, or use it as a context manager. One per thread or request."""

    @classmethod
    def open(cls, where: str | Path, *, create: bool = True, key_file: str | Path | None = None) -> Book:
        """Open (and by default create or migrate) the book at a path or SQLAlchemy URL.

        key_file: where the key that seals anonymous sources lies; by default `RASID_KEY_FILE`, or
        `<book>.key` beside a SQLite file. It is made on first need and is never inside the book or its
        backups. Raises StoreError when there is none (`create=False`), or it is newer than this program.
        """
        raise NotImplementedError

    def close(self) -> None:
        """Give the connections back."""
        raise NotImplementedError

    def __enter__(self) -> Book:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # -- taking in -----------------------------------------------------------------------------------------

    def add_reading(
        self, document: Document, reading: Reading, *, by: str = "reader", who: str = "rasid"
    ) -> Added:
        """Keep a report (original bytes, capture record, text) and corroborate what it says. Idempotent.

        by: ``reader`` (machine), ``human``, or another reader's name; ``who``: the account that acts, for
        the log. A reading by a newer version of the same reader replaces the older one's claims; those stay
        in the history.
        """
        raise NotImplementedError

    def add_many(
        self,
        pairs: Iterable[tuple[Document, Reading]],
        *,
        by: str = "reader",
        who: str = "rasid",
        batch: int = 500,
    ) -> Iterator[Added]:
        """The same for many, one transaction per batch; an `Added` is yielded once it is durable."""
        raise NotImplementedError

    def holds(self, document: Document) -> bool:
        """Is this very report (same id and text) in the book already?"""
        raise NotImplementedError

    # -- reports and evidence ------------------------------------------------------------------------------

    def reports(
        self, where: Filter | None = None, *, size: int = 50, after: str | None = None
    ) -> Page[ReportRow]:
        """Reports, newest publication first. Of the filter: since, until, publishers, text, places."""
        raise NotImplementedError

    def report(self, report_id: str) -> ReportRecord:
        """One report whole. Raises InputError when there is none."""
        raise NotImplementedError

    def reading(self, report_id: str) -> Reading:
        """The reading as kept (anonymous sources masked)."""
        raise NotImplementedError

    def original(self, sha256: str) -> bytes:
        """The original bytes. Sealed ones need the key; raises StoreError without it or when the hash
        differs.
        """
        raise NotImplementedError

    def captures(self, report_id: str) -> tuple[CaptureRecord, ...]:
        """How a report came in, each time it did."""
        raise NotImplementedError

    # -- incidents -----------------------------------------------------------------------------------------

    def incidents(
        self, where: Filter | None = None, *, sort: str = "-day", size: int = 50, after: str | None = None
    ) -> Page[IncidentRecord]:
        """Records under a filter. sort: ``day``, ``-day``, ``updated``, ``-updated``, ``-sources``, ``id``.
        """
        raise NotImplementedError

    def every_incident(self, where: Filter | None = None, *, sort: str = "day") -> Iterator[IncidentRecord]:
        """All records under a filter, page by page inside: for exports."""
        raise NotImplementedError

    def incident(self, rid: str) -> IncidentRecord:
        """One record; an id that was merged away leads to the survivor (`redirected_from`). InputError when
        unknown.
        """
        raise NotImplementedError

    def claims(self, rid: str) -> tuple[ClaimView, ...]:
        """All claims of an incident in canonical order, rejected ones last."""
        raise NotImplementedError

    def claim(self, claim_id: str) -> ClaimView:
        """One claim."""
        raise NotImplementedError

    def harm_history(self, rid: str) -> HarmLine:
        """Who said how many, by day of report."""
        raise NotImplementedError

    def count(self, where: Filter | None = None) -> int:
        """How many records the filter takes."""
        raise NotImplementedError

    def per_day(self, where: Filter | None = None) -> dict[date, int]:
        """Records per day of start (only those with a certain day)."""
        raise NotImplementedError

    def reports_per_day(self, where: Filter | None = None) -> dict[date, int]:
        """Reporting effort: reports per day of publication that touch the filter's places."""
        raise NotImplementedError

    def facets(self, fields: Sequence[str], where: Filter | None = None) -> dict[str, tuple[FacetCount, ...]]:
        """Counts per value; fields: type, grade, country, place, actor, weapon, target, modality,
        publisher, month.
        """
        raise NotImplementedError

    def look_alikes(self, rid: str, *, size: int = 10) -> tuple[JoinReason, ...]:
        """Records that may be the same incident, best first, with the reasons for and against."""
        raise NotImplementedError

    def explain(self, a: str, b: str) -> JoinReason:
        """Why two claims or records are, or are not, one."""
        raise NotImplementedError

    # -- commitments and the ledger ------------------------------------------------------------------------

    def commitments(
        self,
        where: Filter | None = None,
        *,
        sort: str = "-made",
        size: int = 50,
        after: str | None = None,
        today: date | None = None,
    ) -> Page[CommitmentRecord]:
        """Commitments under a filter (kinds, states, actors, places, since, until, text).

        today: the day for which states are told; by default the last day that the book's reports cover.
        """
        raise NotImplementedError

    def every_commitment(
        self, where: Filter | None = None, *, today: date | None = None
    ) -> Iterator[CommitmentRecord]:
        """All of them, by day made."""
        raise NotImplementedError

    def commitment(self, pid: str, *, today: date | None = None) -> LedgerView:
        """One commitment with terms, findings, answers, limits and timeline. Merged ids lead on."""
        raise NotImplementedError

    def findings(
        self,
        where: Filter | None = None,
        *,
        size: int = 100,
        after: str | None = None,
        today: date | None = None,
    ) -> Page[Finding]:
        """Findings by day, newest first. Of the filter: since, until, places, actors, types, kinds (finding
        kinds).
        """
        raise NotImplementedError

    # -- people's actions ----------------------------------------------------------------------------------
    # Each returns the Action, is logged, and can be taken back by `undo`, which restores exactly what was.

    def accept_claim(self, claim_id: str, *, who: str, reason: str | None = None) -> Action:
        """A person confirms that the report says this."""
        raise NotImplementedError

    def reject_claim(self, claim_id: str, *, who: str, reason: str) -> Action:
        """A person says that the report does not say this; the claim is kept and counts for nothing."""
        raise NotImplementedError

    def correct_claim(
        self, claim_id: str, changes: dict[str, Any], *, who: str, reason: str | None = None
    ) -> Action:
        """Replace parts of a claim by what the report says; the machine's version is kept.

        changes: keys of the contract's incident or commitment (`type`, `time`, `places`, …), values of its
        JSON shape. Raises InputError when the outcome is not a valid claim.
        """
        raise NotImplementedError

    def merge(self, a: str, b: str, *, who: str, reason: str | None = None) -> Action:
        """Two incident (or commitment) records are one; the older id survives, the other redirects."""
        raise NotImplementedError

    def split(self, rid: str, claim_ids: Sequence[str], *, who: str, reason: str | None = None) -> Action:
        """These claims of a record are another incident. `Action.detail["new"]` is the id of the part split
        off.
        """
        raise NotImplementedError

    def set_grade(self, rid: str, grade: str | None, *, who: str, reason: str) -> Action:
        """Verified, contested, discounted by a person; None gives the grade back to the machine."""
        raise NotImplementedError

    def publish(self, record_id: str, *, who: str, reason: str | None = None) -> Action:
        """Mark an incident or commitment as fit for public outputs."""
        raise NotImplementedError

    def unpublish(self, record_id: str, *, who: str, reason: str) -> Action:
        """Take it back from public outputs."""
        raise NotImplementedError

    def judge_finding(self, finding_id: str, judgement: str, *, who: str, reason: str) -> Action:
        """A person verifies or rejects a finding (`apparent` takes the judgement back)."""
        raise NotImplementedError

    def undo(self, action_id: int, *, who: str, reason: str | None = None) -> Action:
        """Take an action back; undoing an undo does it again."""
        raise NotImplementedError

    def actions(
        self,
        *,
        subject: str | None = None,
        kind: str | None = None,
        size: int = 100,
        after: str | None = None,
    ) -> Page[Action]:
        """People's actions, newest first."""
        raise NotImplementedError

    def expunge(self, report_id: str, *, who: str, reason: str) -> None:
        """Remove a report for safety of life: bytes, text and claims go, a tombstone with the hashes stays.
        Final.
        """
        raise NotImplementedError

    # -- access limits and corrections ---------------------------------------------------------------------

    def add_limit(self, place: str, start: date, end: date | None, *, why: str, who: str) -> AccessLimit:
        """Record where and when nobody could look."""
        raise NotImplementedError

    def limits(self, *, start: date | None = None, end: date | None = None) -> tuple[AccessLimit, ...]:
        """Access limits that touch a period."""
        raise NotImplementedError

    def remove_limit(self, limit_id: int, *, who: str, reason: str) -> None:
        """Withdraw a limit (the log keeps it)."""
        raise NotImplementedError

    def add_correction(self, subject: str, message: str, *, who: str = "reader") -> Correction:
        """A reader's correction of a record or bulletin, to be decided by the desk."""
        raise NotImplementedError

    def decide_correction(
        self,
        correction_id: int,
        state: str,
        *,
        who: str,
        public: str | None = None,
        action: int | None = None,
    ) -> Correction:
        """Accept or refuse it; ``public`` is the note for the public list, ``action`` what was done about
        it.
        """
        raise NotImplementedError

    def corrections(self, *, state: str | None = None, public: bool = False) -> tuple[Correction, ...]:
        """Corrections, newest first; ``public``: only decided ones with a public note."""
        raise NotImplementedError

    # -- search, log, safety -------------------------------------------------------------------------------

    def search(self, query: str, *, size: int = 20, after: str | None = None) -> Page[Hit]:
        """Reports with all the words, in any spelling and with any prefix; "…" asks for the words in a row.
        """
        raise NotImplementedError

    def log(self, *, after: int = 0, size: int = 1000, subject: str | None = None) -> tuple[LogEntry, ...]:
        """Links of the log in order, from after a sequence number."""
        raise NotImplementedError

    def record(self, action: str, subject: str, detail: dict[str, Any], *, who: str) -> LogEntry:
        """Write a link of one's own (sign-ins, exports …). ``detail`` must be JSON and name no protected
        source.
        """
        raise NotImplementedError

    def verify(self) -> Verification:
        """Check every original against its hash, every kept text and reading against the log, and the log's
        chain.
        """
        raise NotImplementedError

    def backup(self, target: str | Path) -> Path:
        """A consistent copy while the book is in use; a manifest with hashes lies inside. No key is in it."""
        raise NotImplementedError

    @staticmethod
    def restore(source: str | Path, target: str | Path, *, check: bool = False) -> Verification:
        """Lay a backup down as a new book and verify it; ``check``: only verify, write nothing."""
        raise NotImplementedError

    # -- bulletins -----------------------------------------------------------------------------------------

    def snapshot(self, start: date, end: date, area: Sequence[str] = (), *, who: str) -> Snapshot:
        """Freeze what a bulletin for the closed period and area needs; kept in the book.

        body: ``incidents``, ``previous`` (counts of the period before, of equal length), ``commitments``
        (with terms and findings in the period), ``tolls``, ``limits``, ``corrections``, ``sources``,
        ``effort``, all sorted, JSON.
        """
        raise NotImplementedError

    def snapshots(self) -> tuple[Snapshot, ...]:
        """All snapshots, newest first."""
        raise NotImplementedError

    def snapshot_by_id(self, snapshot_id: str) -> Snapshot:
        """One snapshot; StoreError when its hash no longer fits."""
        raise NotImplementedError
