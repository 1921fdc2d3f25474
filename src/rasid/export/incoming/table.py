"""CSV files as they come: encodings, separators, a header; and errors that name the cell."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rasid.errors import InputError
from rasid.export.cells import plain

#: A cell may hold a whole report; the library's own limit is 128 kB.
_LARGEST = 16_000_000


@dataclass(frozen=True, slots=True)
class RowError:
    """What is wrong with a cell or row, and how to mend it. ``row`` counts as spreadsheets do (header: 1)."""

    row: int
    column: str
    what: str
    mend: str = ""

    def __str__(self) -> str:
        at = f"row {self.row}" + (f", column {self.column}" if self.column else "")
        return f"{at}: {self.what}" + (f" ({self.mend})" if self.mend else "")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: cells by column, apostrophes against formulas taken off."""

    number: int
    cells: dict[str, str]


def columns(path: Path) -> tuple[str, ...]:
    """The header. InputError when there is none."""
    return tuple(_reader(path)[0])


def rows(path: Path) -> Iterator[Row | RowError]:
    """Rows in order; a row with more or fewer cells than the header is an error of its own."""
    header, reader = _reader(path)
    number = 1
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as e:
            yield RowError(number, "", str(e), "check quotation marks and line ends")
            continue
        if not any(cells):
            continue
        if len(cells) != len(header):
            mend = "check separators and quotation marks"
            yield RowError(number, "", f"{len(cells)} cells under {len(header)} columns", mend)
            continue
        yield Row(number, {k: plain(v) for k, v in zip(header, cells, strict=True)})


def _reader(path: Path) -> tuple[list[str], Iterator[list[str]]]:
    csv.field_size_limit(_LARGEST)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError as e:
        raise InputError("not found", where=str(path)) from e
    except OSError as e:
        raise InputError(f"cannot be read: {e.strerror}", where=str(path)) from e
    except UnicodeDecodeError as e:
        raise InputError("is not UTF-8", where=str(path), mend="save it as “CSV UTF-8”") from e
    head = text.partition("\n")[0]
    # spreadsheets of some countries part cells by semicolons or tabs
    mark = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    try:
        header = next(reader)
    except (StopIteration, csv.Error) as e:
        raise InputError("has no header", where=str(path)) from e
    twice = {c for c in header if header.count(c) > 1}
    if twice:
        raise InputError(f"a column comes twice: {', '.join(sorted(twice))}", where=str(path))
    return [c.strip() for c in header], reader
