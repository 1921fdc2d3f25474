"""A person's coding as a reader: JSON lines in the shape of a reading, held against the same texts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rasid.errors import InputError
from rasid.model.document import Document
from rasid.readers.grounding import ground
from rasid.readers.reader import Grounded


class Human:
    """A coder's file. Quotes need no offsets: they are found in the text, or refused as anybody's are."""

    def __init__(self, path: Path, coder: str) -> None:
        """coder: how readings name the person; a pseudonym will do."""
        self.name = f"human {coder}"
        self._coded = dict(_coded(path))
        self._path = path

    def __contains__(self, report_id: str) -> bool:
        return report_id in self._coded

    def read(self, document: Document) -> Grounded:
        """What the coder says of a report.

        Raises InputError for a report that the coder did not code, or coded on another text.
        """
        where = f"{self._path}: {document.key}"
        coded = self._coded.get(document.key)
        if coded is None:
            raise InputError("is not coded in this file", where=where, mend="code it, or leave it out")
        text = coded["report"].get("text")
        if text is not None and text != document.text:
            raise InputError("was coded on another text", where=where, mend="code the text as Rasid extracts it")
        return ground(coded, document, self.name)


def _coded(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    seen: set[str] = set()
    for where, coded in readings(path):
        name = coded["report"]["id"]
        if name in seen:
            raise InputError(f"report {name} is coded twice", where=where, mend="keep one")
        seen.add(name)
        yield name, coded


def readings(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Readings of a file of JSON lines, each with where its line is. Raises InputError for other lines."""
    with path.open(encoding="utf-8-sig") as fh:
        for number, line in enumerate(fh, 1):
            if not line.strip():
                continue
            where = f"{path}:{number}"
            try:
                coded = json.loads(line)
                known = isinstance(coded["report"]["id"], str)
            except (ValueError, KeyError, TypeError, RecursionError) as e:
                raise InputError("no reading with a report.id", where=where, mend="one a line") from e
            if not known:
                raise InputError("report.id is no text", where=where, mend="one reading a line")
            yield where, coded
