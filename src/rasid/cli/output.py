"""Readings to a stream, one after the other: table, JSON lines, CSV, GeoJSON."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from rasid.model.reading import Reading

Write = Callable[[Reading], None]


@contextmanager
def writer(form: str, output: Path | None, bidi: str) -> Iterator[Write]:
    """A function that writes one reading, for the time of the run."""
    if output is None:
        with _FORMATS[form](sys.stdout, bidi) as write:
            yield write
        return
    with output.open("w", encoding="utf-8", newline="") as stream, _FORMATS[form](stream, "off") as write:
        yield write


@contextmanager
def _table(stream: IO[str], bidi: str) -> Iterator[Write]:
    from rich.console import Console

    from rasid.cli.bidi import layout
    from rasid.cli.screen import show

    # a pipe has no width; a wide one keeps its lines whole
    console = Console(file=stream, width=None if stream.isatty() else 160, highlight=False)
    by = layout(bidi)
    yield lambda reading: show(reading, console, by=by)


@contextmanager
def _jsonl(stream: IO[str], _: str) -> Iterator[Write]:
    def write(reading: Reading) -> None:
        stream.write(reading.model_dump_json(warnings=False) + "\n")

    yield write


@contextmanager
def _csv(stream: IO[str], _: str) -> Iterator[Write]:
    from rasid.reading.flat import COLUMNS, rows

    # a byte order mark, for without it spreadsheets take UTF-8 for the local code page
    stream.write("\ufeff")
    out = csv.DictWriter(stream, COLUMNS, lineterminator="\r\n")
    out.writeheader()
    yield lambda reading: out.writerows(rows(reading))


@contextmanager
def _geojson(stream: IO[str], _: str) -> Iterator[Write]:
    from rasid.reading.flat import features

    first = True

    def write(reading: Reading) -> None:
        nonlocal first
        for feature in features(reading):
            stream.write(("\n" if first else ",\n") + json.dumps(feature, ensure_ascii=False))
            first = False

    stream.write('{"type": "FeatureCollection", "features": [')
    yield write
    stream.write("\n]}\n")


_FORMATS = {"table": _table, "jsonl": _jsonl, "csv": _csv, "geojson": _geojson}
