"""Readings and failures as rows of Parquet: one row a report, the whole reading in it as JSON."""

from __future__ import annotations

import hashlib
import os
import uuid
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from rasid.errors import MissingExtra
from rasid.intake.carrier import Failure
from rasid.model.reading import Reading

#: Rows that are held before they are written.
_FLUSH = 200


def arrow(module: str = "pyarrow") -> ModuleType:
    """pyarrow, or one of its modules. Raises MissingExtra with the mend when it is not installed."""
    from importlib import import_module

    try:
        return import_module(module)
    except ImportError as e:
        raise MissingExtra("pyarrow", "export") from e


@cache
def reports_schema() -> Any:
    """Columns of `reports`: what to select by, and the reading."""
    pa = arrow()
    words, number = pa.list_(pa.string()), pa.int32()
    columns = [(n, pa.string()) for n in ("id", "input", "sha256", "url", "title", "publisher", "language")]
    columns += [("published", pa.date32()), ("published_basis", pa.string()), ("reader", pa.string())]
    columns += [(n, number) for n in ("incidents", "commitments", "meetings")]
    columns += [("types", words), ("acts", words), ("warnings", words)]
    return pa.schema([*columns, ("reading", pa.string()), ("digest", pa.binary(16))])


@cache
def failures_schema() -> Any:
    """Columns of `failures`: which input, why, what would help."""
    pa = arrow()
    return pa.schema([(n, pa.string()) for n in ("name", "input", "reason", "mend")])


@cache
def repeats_schema() -> Any:
    """Columns of `repeats`: reports that came more than once, and where the one that is kept came from.

    ``row``: of the part as it was first written.
    """
    pa = arrow()
    names = ("id", "input", "part", "first_input", "first_part")
    return pa.schema([*((n, pa.string()) for n in names), ("row", pa.int64())])


def report_row(reading: Reading, where: str) -> dict[str, Any]:
    """One report's row. ``digest`` is that of its id and text: alike only for the very same report."""
    r = reading.report
    same = hashlib.sha256(f"{r.id}\0{r.text}".encode("utf-8", "surrogatepass"))
    return {
        **{n: getattr(r, n) for n in ("id", "sha256", "url", "title", "publisher", "language", "published")},
        "input": where,
        "published_basis": r.published_basis,
        "reader": r.reader,
        "incidents": len(reading.incidents),
        "commitments": len(reading.commitments),
        "meetings": len(reading.meetings),
        "types": sorted({str(i.type) for i in reading.incidents}),
        "acts": sorted({str(t.act) for c in reading.commitments for t in c.terms}),
        "warnings": list(r.warnings),
        "reading": reading.model_dump_json(warnings=False),
        "digest": same.digest()[:16],
    }


def failure_row(failure: Failure, where: str) -> dict[str, Any]:
    """One input that gave no report."""
    return {"name": failure.name, "input": where, "reason": failure.reason, "mend": failure.mend}


class Sheet:
    """A Parquet file under way: it appears under its name only when it is whole."""

    def __init__(self, path: Path, schema: Any) -> None:
        self._path, self._schema = path, schema
        path.parent.mkdir(parents=True, exist_ok=True)
        # two workers may write the same part (a slow one is started again elsewhere); the first name is taken
        self._passing = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}")
        self._writer = arrow("pyarrow.parquet").ParquetWriter(self._passing, schema, compression="zstd")
        self._rows: list[dict[str, Any]] = []
        self.count = 0

    def add(self, row: dict[str, Any]) -> None:
        """One more row."""
        self._rows.append(row)
        self.count += 1
        if len(self._rows) >= _FLUSH:
            self._flush()

    def _flush(self) -> None:
        if self._rows:
            self._writer.write_table(arrow().Table.from_pylist(self._rows, schema=self._schema))
            self._rows = []

    def done(self) -> None:
        """Write the rest and give the file its name, durably."""
        self._flush()
        self._writer.close()
        with self._passing.open("rb+") as fh:
            os.fsync(fh.fileno())
        self._passing.replace(self._path)

    def drop(self) -> None:
        """Leave nothing behind."""
        self._writer.close()
        self._passing.unlink(missing_ok=True)


def rewrite(path: Path, table: Any, schema: Any) -> None:
    """Put a table in the place of a file, at once."""
    sheet = Sheet(path, schema)
    for row in table.to_pylist():
        sheet.add(row)
    sheet.done()
