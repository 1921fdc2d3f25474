"""CSV with ACLED's column names and precision codes, for tools that read ACLED. Incidents only."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from rasid.books.records import IncidentRecord
from rasid.export.acled import COLUMNS, events
from rasid.export.cells import cell, sheet
from rasid.export.format import Format, Record


def _write(records: Iterable[Record], path: Path) -> None:
    with sheet(path, COLUMNS) as out:
        for record in records:
            if isinstance(record, IncidentRecord):
                for event in events(record):
                    out.writerow({k: cell(v) for k, v in event.items()})


FORMAT = Format("acled", ".acled.csv", "text/csv; charset=utf-8", _write, "ACLED CSV", ("incidents",))
