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
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any

from rasid.books import (
    chain,
    evidence,
    ledger_lists,
    lists,
    queries,
    safety,
    snapshots,
    taking,
)
from rasid.books.acts_of_people import Acts
from rasid.books.records import (
    Added,
    CaptureRecord,
    ClaimView,
    CommitmentClaimView,
    FacetCount,
    Filter,
    GridCell,
    HarmLine,
    Hit,
    IncidentRecord,
    JoinReason,
    Page,
    ReportRecord,
    ReportRow,
)
from rasid.books.records_ledger import CommitmentRecord, Finding, LedgerView
from rasid.books.records_log import LogEntry, Snapshot, Verification
from rasid.books.schema import commitments
from rasid.books.seal import KeyRing
from rasid.books.store import default_key_file, open_store
from rasid.model.document import Document
from rasid.model.reading import Reading

__all__ = ["Book"]


class Book(Acts):
    """An open book. Use `Book.open`; close it, or use it as a context manager. One per thread or request."""

    @classmethod
    def open(cls, where: str | Path, *, create: bool = True, key_file: str | Path | None = None) -> Book:
        """Open (and by default create or migrate) the book at a path or SQLAlchemy URL.

        key_file: where the key that seals anonymous sources lies; by default `RASID_KEY_FILE`, or
        `<book>.key` beside a SQLite file. It is made on first need and is never inside the book or its
        backups. Raises StoreError when there is none (`create=False`), or it is newer than this program.
        """
        store = open_store(where, create=create)
        return cls(store, KeyRing(Path(key_file) if key_file else default_key_file(store)))

    def close(self) -> None:
        """Give the connections back."""
        self.store.close()

    def __enter__(self) -> Book:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # -- taking in -----------------------------------------------------------------------------------------

    def add_reading(self, document: Document, reading: Reading, *, by: str = "reader", who: str = "rasid") -> Added:
        """Keep a report (original bytes, capture record, text) and corroborate what it says. Idempotent.

        by: ``reader`` (machine), ``human``, or another reader's name; ``who``: the account that acts, for
        the log. A reading by a newer version of the same reader replaces the older one's claims; those stay
        in the history.
        """
        (added,) = self.add_many([(document, reading)], by=by, who=who)
        return added

    def add_many(
        self,
        pairs: Iterable[tuple[Document, Reading]],
        *,
        by: str = "reader",
        who: str = "rasid",
        batch: int = 500,
    ) -> Iterator[Added]:
        """The same for many, one transaction per batch; an `Added` is yielded once it is durable."""
        from rasid.books import adding

        rest = iter(pairs)
        while part := list(islice(rest, batch)):
            with self.store.write() as c:
                done = adding.add(c, part, self.keys, by=by, who=who)
            yield from done

    def holds(self, document: Document) -> bool:
        """Is this very report (same id and text) in the book already?"""
        with self.store.read() as c:
            return taking.find(c, document.key, taking.content_of(document))[0] is not None

    # -- reports and evidence ------------------------------------------------------------------------------

    def reports(self, where: Filter | None = None, *, size: int = 50, after: str | None = None) -> Page[ReportRow]:
        """Reports, newest publication first. Of the filter: since, until, publishers, text, places."""
        with self.store.read() as c:
            return lists.report_page(c, where or Filter(), size, after)

    def report(self, report_id: str) -> ReportRecord:
        """One report whole. Raises InputError when there is none."""
        with self.store.read() as c:
            return lists.one_report(c, report_id)

    def reading(self, report_id: str) -> Reading:
        """The reading as kept (anonymous sources masked)."""
        with self.store.read() as c:
            return Reading.model_validate(lists.reading_body(c, lists.report_row(c, report_id).n))

    def original(self, sha256: str) -> bytes:
        """The original bytes. Sealed ones need the key; raises StoreError without it or when the hash
        differs.
        """
        with self.store.read() as c:
            return evidence.original(c, self.keys, sha256)

    def captures(self, report_id: str) -> tuple[CaptureRecord, ...]:
        """How a report came in, each time it did."""
        return self.report(report_id).captures

    # -- incidents -----------------------------------------------------------------------------------------

    def incidents(
        self, where: Filter | None = None, *, sort: str = "-day", size: int = 50, after: str | None = None
    ) -> Page[IncidentRecord]:
        """Records under a filter. sort: ``day``, ``updated``, ``sources``, ``id``; with - downwards."""
        with self.store.read() as c:
            return lists.incident_page(c, where or Filter(), sort, size, after)

    def every_incident(self, where: Filter | None = None, *, sort: str = "day") -> Iterator[IncidentRecord]:
        """All records under a filter, page by page inside: for exports."""
        after: str | None = None
        while True:
            page = self.incidents(where, sort=sort, size=500, after=after)
            yield from page
            if page.next is None:
                return
            after = page.next

    def incident(self, rid: str) -> IncidentRecord:
        """One record; an id that was merged away leads to the survivor (`redirected_from`). InputError when
        unknown.
        """
        with self.store.read() as c:
            return lists.one_incident(c, rid)

    def claims(self, rid: str) -> tuple[ClaimView, ...]:
        """All claims of an incident in canonical order, rejected ones last."""
        with self.store.read() as c:
            return lists.claims_of(c, rid)

    def claim(self, claim_id: str) -> ClaimView | CommitmentClaimView:
        """One claim."""
        with self.store.read() as c:
            return lists.one_claim(c, claim_id)

    def harm_history(self, rid: str) -> HarmLine:
        """Who said how many, by day of report."""
        with self.store.read() as c:
            return HarmLine(lists.one_incident(c, rid).id, lists.harm_history(c, rid))

    def count(self, where: Filter | None = None) -> int:
        """How many records the filter takes."""
        with self.store.read() as c:
            return lists.count(c, where or Filter())

    def per_day(self, where: Filter | None = None) -> dict[date, int]:
        """Records per day of start (only those with a certain day)."""
        with self.store.read() as c:
            return lists.per_day(c, where or Filter())

    def reports_per_day(self, where: Filter | None = None) -> dict[date, int]:
        """Reporting effort: reports per day of publication that touch the filter's places."""
        with self.store.read() as c:
            return lists.reports_per_day(c, where or Filter())

    def commitment_facets(
        self, fields: Sequence[str], where: Filter | None = None
    ) -> dict[str, tuple[FacetCount, ...]]:
        """The same of commitments; fields: kind, act, actor, country, place, month."""
        with self.store.read() as c:
            return lists.facets_of(c, fields, where or Filter(), of=commitments)

    def grid(
        self,
        where: Filter | None = None,
        *,
        cell: float,
        box: tuple[float, float, float, float] | None = None,
    ) -> tuple[GridCell, ...]:
        """Incidents counted in cells of `cell` degrees, inside a box (west, south, east, north): for maps."""
        with self.store.read() as c:
            return queries.grid(c, where or Filter(), cell, box)

    def facets(self, fields: Sequence[str], where: Filter | None = None) -> dict[str, tuple[FacetCount, ...]]:
        """Counts per value; fields: type, grade, country, place, actor, weapon, target, modality,
        publisher, month.
        """
        with self.store.read() as c:
            return lists.facets_of(c, fields, where or Filter())

    def look_alikes(self, rid: str, *, size: int = 10) -> tuple[JoinReason, ...]:
        """Records that may be the same incident, best first, with the reasons for and against."""
        with self.store.read() as c:
            return lists.look_alikes(c, rid, size)

    def explain(self, a: str, b: str) -> JoinReason:
        """Why two claims or records are, or are not, one."""
        with self.store.read() as c:
            return lists.explain(c, a, b)

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
        with self.store.read() as c:
            return ledger_lists.page(c, where or Filter(), sort, size, after, today)

    def every_commitment(self, where: Filter | None = None, *, today: date | None = None) -> Iterator[CommitmentRecord]:
        """All of them, by day made."""
        after: str | None = None
        while True:
            page = self.commitments(where, sort="made", size=200, after=after, today=today)
            yield from page
            if page.next is None:
                return
            after = page.next

    def commitment(self, pid: str, *, today: date | None = None) -> LedgerView:
        """One commitment with terms, findings, answers, limits and timeline. Merged ids lead on."""
        with self.store.read() as c:
            return ledger_lists.one(c, pid, today)

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
        with self.store.read() as c:
            return ledger_lists.findings_page(c, where or Filter(), size, after, today)

    def rebuild(self) -> int:
        """Join everything again from the kept claims; ids and people's acts stay. How many incidents there
        are.
        """
        from rasid.books import adding

        with self.store.write() as c:
            return adding.rebuild(c)

    # -- search, log, safety -------------------------------------------------------------------------------

    def search(self, query: str, *, where: Filter | None = None, size: int = 20, after: str | None = None) -> Page[Hit]:
        """Reports with all the words, in any spelling, with any prefix; quoted words must stand in a row."""
        with self.store.read() as c:
            return lists.hits(c, query, where or Filter(), size, after)

    def log(self, *, after: int = 0, size: int = 1000, subject: str | None = None) -> tuple[LogEntry, ...]:
        """Links of the log in order, from after a sequence number."""
        with self.store.read() as c:
            return tuple(map(chain.entry, islice(chain.rows(c, after, subject), size)))

    def record(self, action: str, subject: str, detail: dict[str, Any], *, who: str) -> LogEntry:
        """Write a link of one's own (sign-ins, exports …). ``detail`` must be JSON and name no protected
        source.
        """
        with self.store.write() as c:
            chain.append(c, [(action, subject, detail)], who=who)
            seq, _ = chain.head(c)
            return chain.entry(next(chain.rows(c, seq - 1)))

    def verify(self) -> Verification:
        """Check every original against its hash, every kept text and reading against the log, and the log's
        chain.
        """
        return safety.verify(self.store)

    def backup(self, target: str | Path) -> Path:
        """A consistent copy while the book is in use; a manifest with hashes lies inside. No key is in it."""
        return safety.backup(self.store, Path(target))

    @staticmethod
    def restore(source: str | Path, target: str | Path, *, check: bool = False) -> Verification:
        """Lay a backup down as a new book and verify it; ``check``: only verify, write nothing."""
        return safety.restore(Path(source), target, check=check)

    # -- bulletins -----------------------------------------------------------------------------------------

    def snapshot(self, start: date, end: date, area: Sequence[str] = (), *, who: str) -> Snapshot:
        """Freeze what a bulletin for the closed period and area needs; kept in the book.

        body: ``incidents``, ``previous`` (counts of the period before, of equal length), ``commitments``
        (with terms and findings in the period), ``tolls``, ``limits``, ``corrections``, ``sources``,
        ``effort``, all sorted, JSON.
        """
        with self.store.write() as c:
            return snapshots.take(c, start, end, area, who=who)

    def snapshots(self) -> tuple[Snapshot, ...]:
        """All snapshots, newest first."""
        with self.store.read() as c:
            return snapshots.listed(c)

    def snapshot_by_id(self, snapshot_id: str) -> Snapshot:
        """One snapshot; StoreError when its hash no longer fits."""
        with self.store.read() as c:
            return snapshots.one(c, snapshot_id)
