"""A folder of results that can be gone on with: what is read is passed over, whichever engine read it.

manifest.json      the parts, and which files and which reader they are of
reports/*.parquet  one row a report
failures/*.parquet inputs that gave none, with reason and mend
repeats.parquet    reports that came more than once: one row is kept, the others are named here
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from rasid.batch import repeats
from rasid.batch.part import Done, Job, Part
from rasid.batch.pieces import STRETCH, Piece, pieces
from rasid.batch.table import Sheet, arrow, failure_row, failures_schema
from rasid.errors import InputError, StoreError
from rasid.intake.carrier import Failure

#: An engine reads parts, in whatever order and wherever, and tells each that is done.
Engine = Callable[[Sequence[Part], Job], Iterator[Done]]
#: Small files that are read together, at most so many and so many bytes.
_FILES = 500
_INPUTS = "inputs"


@dataclass(frozen=True, slots=True)
class Summary:
    """What lies in the folder after a run, and how many parts this run read."""

    reports: int
    failures: int
    repeats: int
    parts: int
    read: int


class Archive:
    """The folder of results."""

    def __init__(self, out: Path, *, reader: str, published: date | None) -> None:
        self.job = Job(out, published)
        self._path = out / "manifest.json"
        self._head = {"reader": reader, "published": published.isoformat() if published else None}
        self.parts: list[Part] = []
        self._unusable: dict[str, Failure] = {}
        if self._path.is_file():
            self._load()
        elif out.is_dir() and any(out.iterdir()):
            raise StoreError("holds other things", where=str(out), mend="give a new or an empty folder")

    def _load(self) -> None:
        try:
            body = json.loads(self._path.read_text(encoding="utf-8"))
            head = {k: body[k] for k in self._head}
            parts = [Part.of(tuple(Piece(**p) for p in raw)) for raw in body["parts"]]
            self._unusable = {f["name"]: Failure(**f) for f in body["unusable"]}
        except (ValueError, KeyError, TypeError) as e:
            raise StoreError("manifest is broken", where=str(self._path), mend="give a new folder") from e
        if head != self._head:
            raise StoreError(
                f"was read with {head}, not {self._head}",
                where=str(self.job.out),
                mend="give a new folder: a folder holds readings of one kind",
            )
        self.parts = parts

    def _save(self) -> None:
        self.job.out.mkdir(parents=True, exist_ok=True)
        body = {
            **self._head,
            "parts": [[asdict(p) for p in part.pieces] for part in self.parts],
            "unusable": [asdict(f) for f in self._unusable.values()],
        }
        passing = self._path.with_suffix(".tmp")
        passing.write_text(json.dumps(body, ensure_ascii=False), encoding="utf-8")
        passing.replace(self._path)

    # -- planning

    def plan(self, paths: Iterable[Path], *, stretch: int = STRETCH) -> list[Part]:
        """The parts of these inputs that are not read yet. Files that changed since are read again."""
        for name in ("reports", "failures"):
            for left in (self.job.out / name).glob(".*"):
                left.unlink()  # half-written by a run that was killed
        wanted: dict[tuple[str, int], Piece] = {}
        for path in paths:
            self._refuse(path)
            self._unusable = {k: f for k, f in self._unusable.items() if not Path(k).exists()}
            for found in pieces(path, stretch=stretch):
                if isinstance(found, Failure):
                    self._unusable[found.name] = found
                else:
                    wanted[found.path, found.offset] = found
        self._forget_changed(wanted.values())
        known = {p.key for part in self.parts for p in part.pieces}
        self.parts += _grouped([p for p in wanted.values() if p.key not in known], stretch)
        self._save()
        asked = {p.path for p in wanted.values()}
        return [t for t in self.parts if not self.job.is_done(t) and any(p.path in asked for p in t.pieces)]

    def _refuse(self, path: Path) -> None:
        if path.is_dir() and self.job.out.resolve().is_relative_to(path.resolve()):
            raise InputError("the results lie inside the input", where=str(path), mend="give --out elsewhere")

    def _forget_changed(self, wanted: Iterable[Piece]) -> None:
        """Drop parts of files that are not as they were, and parts whose repeats were kept in such a part."""
        state = {p.path: (p.size, p.changed) for p in wanted}
        stale = {
            t.id
            for t in self.parts
            if any(state.get(p.path, (p.size, p.changed)) != (p.size, p.changed) for p in t.pieces)
        }
        known = repeats.load(self.job.out)
        while more := {r["part"] for r in known if r["first_part"] in stale} - stale:
            stale |= more
        if stale:
            gone = [t for t in self.parts if t.id in stale]
            self.parts = [t for t in self.parts if t.id not in stale]
            self._save()
            for part in gone:
                self.job.failures(part).unlink(missing_ok=True)
                self.job.reports(part).unlink(missing_ok=True)
            repeats.save(self.job.out, [r for r in known if r["part"] not in stale])

    # -- ending

    def finish(self, read: int) -> Summary:
        """Leave one row of each report, list unusable inputs, and count."""
        unusable = Sheet(self.job.out / "failures" / f"{_INPUTS}.parquet", failures_schema())
        for failure in self._unusable.values():
            unusable.add(failure_row(failure, failure.name))
        unusable.done()
        done = [t for t in self.parts if self.job.is_done(t)]
        repeats.set_apart(self.job, done)
        count = arrow("pyarrow.parquet").read_metadata
        return Summary(
            reports=sum(count(self.job.reports(t)).num_rows for t in done),
            failures=unusable.count + sum(count(self.job.failures(t)).num_rows for t in done),
            repeats=len(repeats.load(self.job.out)),
            parts=len(done),
            read=read,
        )


def _grouped(loose: Sequence[Piece], stretch: int) -> Iterator[Part]:
    """Pieces in parts of about a stretch each."""
    group: list[Piece] = []
    size = 0
    for piece in loose:
        weight = piece.size if piece.before is None else stretch
        if group and (size + weight > stretch or len(group) >= _FILES):
            yield Part.of(tuple(group))
            group, size = [], 0
        group.append(piece)
        size += weight
    if group:
        yield Part.of(tuple(group))


def run(
    paths: Iterable[Path],
    out: Path,
    engine: Engine,
    *,
    published: date | None = None,
    stretch: int = STRETCH,
    tell: Callable[[Done, int], None] | None = None,
) -> Summary:
    """Read archives into a folder of Parquet files; a run that was interrupted is simply run again.

    published: day of publication that outranks what the inputs say. stretch: bytes of a large file that go
    to one worker at a time. tell: called with each part that is done and how many there are to do. Raises
    StoreError when the folder holds other things or readings of another kind.
    """
    from rasid.reading.read import VERSION

    archive = Archive(out, reader=VERSION, published=published)
    todo = archive.plan(paths, stretch=stretch)
    read = 0
    for done in engine(todo, archive.job) if todo else ():
        read += 1
        if tell is not None:
            tell(done, len(todo))
    return archive.finish(read)
