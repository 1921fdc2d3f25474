"""Parquet: typed columns, lists of structures for what a record holds several of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from rasid.books import records as r
from rasid.books.records_ledger import TermStatus, TermTest
from rasid.errors import MissingExtra
from rasid.export.format import Format, Record
from rasid.export.rows import one_kind, record_type

_BATCH = 5_000
_STRUCTURES = {
    "places": r.PlaceView, "parties": r.PartyView, "targets": r.KindView, "weapons": r.KindView,
    "harm": r.HarmView,
    "by": r.PartyView, "to": r.PartyView, "bound": r.PartyView, "mediators": r.PartyView,
    "guarantors": r.PartyView,
    "scope": r.PlaceView, "terms": TermStatus,
}  # fmt: skip


@cache
def schema(kind: str) -> Any:
    """The Arrow schema of a kind of records, made of the records' own fields."""
    import pyarrow as pa

    return pa.schema([_column(f.name, str(f.type)) for f in fields(record_type(kind))])


def _column(name: str, type: str) -> Any:
    import pyarrow as pa

    return pa.field(name, _type(name, type))


def _type(name: str, type: str) -> Any:
    import pyarrow as pa

    if name in _STRUCTURES:
        return pa.list_(_structure(_STRUCTURES[name]))
    if name == "quote":
        return _structure(r.Quote)
    if name == "test":
        return _structure(TermTest)
    if name == "types":
        return pa.map_(pa.string(), pa.int64())
    if type.startswith("tuple[str"):
        return pa.list_(pa.string())
    simple = type.removesuffix(" | None")
    return {
        "str": pa.string(), "int": pa.int64(), "float": pa.float64(), "bool": pa.bool_(), "date": pa.date32(),
        "datetime": pa.timestamp("us", tz="UTC"),
    }[simple]  # fmt: skip


def _structure(of: type) -> Any:
    import pyarrow as pa

    return pa.struct([_column(f.name, str(f.type)) for f in fields(of)])


def _write(records: Iterable[Record], path: Path) -> None:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as e:
        raise MissingExtra("pyarrow", "export") from e
    kind, rest = one_kind(records, "Parquet")
    with pq.ParquetWriter(str(path), schema(kind), compression="zstd") as out:
        for batch in _batches(rest):
            out.write_table(pa.Table.from_pylist(batch, schema=schema(kind)))


def _batches(records: Iterator[Record]) -> Iterator[list[dict[str, Any]]]:
    while batch := list(islice(records, _BATCH)):
        yield [_values(x) for x in batch]


def _values(record: Any) -> Any:
    """Nested plain values with days as days."""
    if hasattr(record, "as_dict"):
        return {f.name: _values(getattr(record, f.name)) for f in fields(record)}
    if isinstance(record, tuple):
        return [_values(x) for x in record]
    return record


FORMAT = Format("parquet", ".parquet", "application/vnd.apache.parquet", _write, "Parquet")
