"""The native CSV read back into records: nothing lost, and no edit passed over in silence."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from rasid.books.records import IncidentRecord
from rasid.books.records_ledger import CommitmentRecord
from rasid.errors import InputError
from rasid.export.cells import cell, plain
from rasid.export.incoming.table import Row, RowError, columns, rows
from rasid.export.rows import columns as native_columns
from rasid.export.rows import row as native_row
from rasid.export.rows import told_columns, whole

Record = IncidentRecord | CommitmentRecord

#: The JSON column that a column for the eye is made of.
_MADE_OF = {
    "place_names": "places",
    "perpetrators": "parties",
    "other_parties": "parties",
    "victims": "parties",
    "target_kinds": "targets",
    "weapon_kinds": "weapons",
    "killed_low": "harm",
    "killed_high": "harm",
    "injured_low": "harm",
    "injured_high": "harm",
    "quote_text": "quote",
    "by_names": "by",
    "bound_names": "bound",
    "guarantor_names": "guarantors",
    "term_states": "terms",
}
_KINDS: dict[str, type[IncidentRecord] | type[CommitmentRecord]] = {
    "incident": IncidentRecord,
    "commitment": CommitmentRecord,
}


def is_native(header: tuple[str, ...]) -> bool:
    """Does a header belong to a native CSV?"""
    return "record" in header and "claim_ids" in header


def read(path: Path) -> Iterator[tuple[Row, Record] | RowError]:
    """Records with their rows, in order. InputError when columns are missing."""
    header = columns(path)
    kinds = [k for k in _KINDS if set(native_columns(k)) <= set(header)]
    if not kinds:
        missing = min((set(native_columns(k)) - set(header) for k in _KINDS), key=len)
        raise InputError(
            f"columns are missing: {', '.join(sorted(missing))}",
            where=str(path),
            mend="export it again with --format csv",
        )
    for row in rows(path):
        yield row if isinstance(row, RowError) else _record(row)


def _record(row: Row) -> tuple[Row, Record] | RowError:
    kind = row.cells["record"]
    if kind not in _KINDS:
        return RowError(row.number, "record", f"no such kind of record: {kind!r}", "incident or commitment")
    values = _values(kind, row)
    if isinstance(values, RowError):
        return values
    try:
        record = _adapter(kind).validate_python(values)
    except ValidationError as e:
        first = e.errors()[0]
        column = str(first["loc"][0]) if first["loc"] else ""
        inside = ".".join(map(str, first["loc"][1:]))
        return RowError(row.number, column, f"{inside}: {first['msg']}" if inside else first["msg"])
    return _edited(kind, row, record) or (row, record)


@cache
def _adapter(kind: str) -> TypeAdapter[Any]:
    return TypeAdapter(_KINDS[kind])


def _values(kind: str, row: Row) -> dict[str, Any] | RowError:
    """Cells as values of the record's fields; what is empty is not stated."""
    out: dict[str, Any] = {}
    compound = set(whole(kind))
    for name in native_columns(kind)[1:]:
        if name in told_columns(kind):
            continue
        text = row.cells[name]
        if name not in compound:
            out[name] = text or None
            continue
        try:
            out[name] = json.loads(text) if text else {"types": {}, "quote": None}.get(name, ())
        except ValueError as e:
            return RowError(row.number, name, f"is not JSON: {e}", "undo the edit of this cell")
    return out


def _edited(kind: str, row: Row, record: Record) -> RowError | None:
    """A column for the eye that says something else than the column it is made of."""
    told = native_row(record)
    for name in told_columns(kind):
        expected = plain(str(cell(told[name])))
        if row.cells[name] != expected:
            return RowError(
                row.number,
                name,
                f"differs from column {_MADE_OF[name]}",
                f"edit {_MADE_OF[name]}; this one is made of it",
            )
    return None
