"""JSON lines: one record a line, every field, keys in the order of the records."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from rasid.export.format import Format, Record
from rasid.export.rows import kind_of


def _write(records: Iterable[Record], path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as out:
        for record in records:
            line = {"record": kind_of(record), **record.as_dict()}
            out.write(json.dumps(line, ensure_ascii=False) + "\n")


FORMAT = Format("jsonl", ".jsonl", "application/jsonl; charset=utf-8", _write, "JSON Lines")
