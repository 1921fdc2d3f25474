"""The native CSV: every field of every record; `rasid import` reads it back without loss."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from rasid.export.cells import cell, sheet
from rasid.export.format import Format, Record
from rasid.export.rows import columns, one_kind, row


def _write(records: Iterable[Record], path: Path) -> None:
    kind, rest = one_kind(records, "CSV")
    with sheet(path, columns(kind)) as out:
        for record in rest:
            out.writerow({k: cell(v) for k, v in row(record).items()})


FORMAT = Format("csv", ".csv", "text/csv; charset=utf-8", _write, "CSV")
