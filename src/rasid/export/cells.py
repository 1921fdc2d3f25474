"""Cells of tables: what a spreadsheet would run is made harmless, and can be told from what was meant."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

#: What spreadsheets take for a formula, also behind blanks and invisible marks, and in full width.
_RUNS = re.compile("^[\\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00]*[=+\\-@＝＋－＠|%\t\r\n]")
#: Quoted already: another apostrophe keeps neutralising reversible.
_QUOTED = re.compile("^'+[\\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00]*[=+\\-@＝＋－＠|%\t\r\n]")
_BOM = "\ufeff"


def safe(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would run it.

    >>> safe("=1+1"), safe("قصف"), safe("'=1")
    ("'=1+1", 'قصف', "''=1")
    """
    return "'" + text if _RUNS.match(text) or _QUOTED.match(text) else text


def plain(cell: str) -> str:
    """What `safe` was given.

    >>> plain(safe("=1+1"))
    '=1+1'
    """
    return cell[1:] if _QUOTED.match(cell) else cell


def cell(value: Any) -> Any:
    """A value as a cell: numbers as they are, nothing as an empty cell, text made safe."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return value
    return safe(str(value))


@contextmanager
def sheet(path: Path, columns: Iterable[str]) -> Iterator[Any]:
    """A CSV file: UTF-8 with a byte order mark (spreadsheets need it for Arabic), CRLF, a header."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.write(_BOM)
        out = csv.DictWriter(stream, list(columns), restval="", lineterminator="\r\n")
        out.writeheader()
        yield out
