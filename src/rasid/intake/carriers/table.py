"""Posts as a table: CSV and TSV in any encoding, with any of the usual delimiters and column names."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from io import TextIOWrapper

from rasid.errors import InputError
from rasid.intake.carrier import Carrier, Failure, Options, Raw
from rasid.intake.carriers.posts import Record, documents
from rasid.intake.encoding import decode
from rasid.intake.fields import mapping
from rasid.model.document import Document

_DELIMITERS = ",;\t|"


def _claims(raw: Raw) -> int:
    first = raw.head_text.lstrip("\ufeff").partition("\n")[0].strip()
    if not first or first[0] in "{[<":
        return 0
    names = next(csv.reader([first], delimiter=_delimiter(first)), [])
    good = len(names) > 1 and "text" in mapping(names)
    if raw.suffix in {".csv", ".tsv"}:
        return 3 if good else 2
    return 1 if good and raw.suffix == ".txt" and len(names) > 2 else 0


def _delimiter(line: str) -> str:
    return max(_DELIMITERS, key=line.count)


def _read(raw: Raw, options: Options) -> Iterator[Document | Failure]:
    yield from documents(lambda: _rows(raw, options), options, "csv")


def _rows(raw: Raw, options: Options) -> Iterator[Record]:
    encoding = decode(raw.head, cut=True).encoding
    name = raw.short
    csv.field_size_limit(options.limits.line)
    with raw.open() as fh:
        lines = TextIOWrapper(
            fh, encoding="utf-8-sig" if encoding == "utf-8" else encoding, errors="replace", newline=""
        )
        first = raw.head_text.partition("\n")[0]
        reader = csv.DictReader((line.replace("\x00", "") for line in lines), delimiter=_delimiter(first))
        if "text" not in mapping([f for f in reader.fieldnames or [] if f]):
            raise InputError("no column holds the text", where=raw.name, mend="name the column of the text `text`")
        try:
            for row in reader:
                cells = {k: v for k, v in row.items() if k}
                yield (
                    cells,
                    json.dumps(cells, ensure_ascii=False).encode("utf-8", "replace"),
                    f"{name}:{reader.line_num}",
                )
        except csv.Error as e:
            raise InputError(
                f"broken table at line {reader.line_num}: {e}", where=raw.name, mend="export it again"
            ) from e


CARRIER = Carrier("csv", "posts as CSV", (".csv", ".tsv"), _claims, _read)
