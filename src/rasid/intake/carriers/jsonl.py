"""JSON lines: one report a line, as a flat record or as a Reading whose ``report`` object holds the whole
text.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import BinaryIO

from rasid.errors import InputError
from rasid.intake.building import document
from rasid.intake.carrier import Carrier, Failure, Options, Raw
from rasid.intake.encoding import decode, narrow
from rasid.intake.fields import of_record
from rasid.model.document import Document

_BOM = "\ufeff".encode()


def _claims(raw: Raw) -> int:
    if raw.suffix in {".jsonl", ".ndjson"}:
        return 3
    first, _, rest = raw.head_text.lstrip().partition("\n")
    if not first.startswith("{") or not rest.lstrip().startswith("{"):
        return 0
    try:
        return 2 if isinstance(json.loads(first), dict) else 0
    except (ValueError, RecursionError):
        return 0


def _read(raw: Raw, options: Options) -> Iterator[Document | Failure]:
    name = raw.short
    with raw.open() as opened:
        fh, number = narrow(opened, raw.head), raw.before or 0
        while line := fh.readline(options.limits.line + 1):
            number += 1
            where = f"{name}:{number}"
            if len(line) > options.limits.line:
                yield Failure(where, f"line longer than {options.limits.line >> 20} MB", "one report a line")
                _skip_line(fh, options.limits.line)
                continue
            if line.strip():
                yield _one(line.removeprefix(_BOM) if number == 1 else line, where, options)


def _skip_line(fh: BinaryIO, size: int) -> None:
    while (rest := fh.readline(size)) and not rest.endswith(b"\n"):
        pass


def _one(line: bytes, where: str, options: Options) -> Document | Failure:
    try:
        record = json.loads(decode(line).text)
    except RecursionError:
        return Failure(where, "nested too deep", "one flat record a line")
    except InputError as e:
        return Failure(where, e.what, e.mend)
    except ValueError as e:
        return Failure(where, f"no JSON: {e}", "one JSON object a line")
    if not isinstance(record, dict):
        return Failure(where, "no JSON object", "one JSON object a line")
    try:
        return document(of_record(record, line.rstrip(b"\r\n"), where=where), "jsonl", options)
    except InputError as e:
        return Failure(where, e.what, e.mend)


CARRIER = Carrier("jsonl", "JSON lines", (".jsonl", ".ndjson"), _claims, _read)
