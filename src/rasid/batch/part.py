"""One part of a batch: what a worker does, here or on another machine. The same function for every engine."""

from __future__ import annotations

from collections.abc import Callable, Collection
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from rasid.batch.local import pool, read_all
from rasid.batch.pieces import Piece, documents
from rasid.batch.table import Sheet, failure_row, failures_schema, report_row, reports_schema
from rasid.errors import RasidError
from rasid.intake.carrier import Failure, Options

T = TypeVar("T")
_DEADLY = Failure("", "opening it kills the process, most likely for want of memory", "split or convert it")


@dataclass(frozen=True, slots=True)
class Part:
    """Pieces that are read together and written into one pair of files. ``id`` follows from the pieces."""

    id: str
    pieces: tuple[Piece, ...]

    @classmethod
    def of(cls, pieces: tuple[Piece, ...]) -> Part:
        """The part of these pieces."""
        return cls(sha256(repr(pieces).encode("utf-8", "surrogatepass")).hexdigest()[:16], pieces)


@dataclass(frozen=True, slots=True)
class Job:
    """What all parts of a run share: where results go, and a day of publication that outranks the input's."""

    out: Path
    published: date | None = None

    def reports(self, part: Part) -> Path:
        """Where the reports of a part go."""
        return self.out / "reports" / f"{part.id}.parquet"

    def failures(self, part: Part) -> Path:
        """Where its failures go. Written last: it is the sign that the part is done."""
        return self.out / "failures" / f"{part.id}.parquet"

    def is_done(self, part: Part) -> bool:
        """Has the part been read?"""
        return self.failures(part).is_file() and self.reports(part).is_file()


@dataclass(frozen=True, slots=True)
class Done:
    """What a part gave."""

    part: str
    reports: int
    failures: int


def do(part: Part, job: Job, *, jobs: int = 1, deadly: Collection[Piece] = ()) -> Done:
    """Read a part and write its two files; each report and each failure is one row.

    jobs: 2 or more reads reports in processes of their own, so that one that kills its process is found.
    deadly: pieces not to be opened.
    """
    reports = Sheet(job.reports(part), reports_schema())
    failures = Sheet(job.failures(part), failures_schema())
    try:
        for piece in part.pieces:
            if piece in deadly:
                failures.add(failure_row(_DEADLY, piece.name) | {"name": piece.name})
                continue
            for result in read_all(documents(piece, Options(job.published)), jobs=jobs):
                if isinstance(result, Failure):
                    failures.add(failure_row(result, piece.name))
                else:
                    reports.add(report_row(result, piece.name))
        reports.done()
        failures.done()
    except BaseException:
        reports.drop()
        failures.drop()
        raise
    return Done(part.id, reports.count, failures.count)


def carefully(part: Part, job: Job) -> Done:
    """A part that has killed a worker: everything in child processes, and what kills them is named."""
    done = _apart(do, part, job, jobs=2)
    if done is None:
        deadly = [p for p in part.pieces if _apart(_opens, p, job) is None]
        done = _apart(do, part, job, jobs=2, deadly=deadly)
    if done is None:
        names = ", ".join(p.name for p in part.pieces[:3])
        raise RasidError("reading it kills its process again and again", where=names, mend="read it alone")
    return done


def _opens(piece: Piece, job: Job) -> bool:
    for _ in documents(piece, Options(job.published)):
        pass
    return True


def _apart(work: Callable[..., T], *given: Any, **more: Any) -> T | None:
    """Work done in a process of its own; None when that dies."""
    with pool(1) as one:
        try:
            return one.submit(work, *given, **more).result()
        except BrokenProcessPool:
            return None
