"""Records as flat rows: the columns of the native CSV, of sheets, of HXL and of Parquet.

Plain columns are for people. The columns of `WHOLE` hold the parts of a record whole, as JSON, and are what
`rasid import` reads; the columns of `TOLD` are made of them, for the eye.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from itertools import chain
from typing import Any

from rasid.books.records import IncidentRecord
from rasid.books.records_ledger import CommitmentRecord
from rasid.errors import InputError

Record = IncidentRecord | CommitmentRecord

_TYPES: dict[str, type[IncidentRecord] | type[CommitmentRecord]] = {
    "incident": IncidentRecord,
    "commitment": CommitmentRecord,
}


def told_incident(r: dict[str, Any]) -> dict[str, Any]:
    """Of an incident, what people look for first."""
    return {
        "place_names": _names(r["places"]),
        "perpetrators": _parties(r["parties"], "perpetrator"),
        "other_parties": _parties(r["parties"], "party", "ally", None),
        "victims": _parties(r["parties"], "victim"),
        "target_kinds": _kinds(r["targets"]),
        "weapon_kinds": _kinds(r["weapons"]),
        **{f"{s}_{b}": _bound(r["harm"], s, b) for s in ("killed", "injured") for b in ("low", "high")},
        "quote_text": (r["quote"] or {}).get("text"),
    }


def told_commitment(r: dict[str, Any]) -> dict[str, Any]:
    """Of a commitment, what people look for first."""
    return {
        "by_names": _names(r["by"]),
        "bound_names": _names(r["bound"]),
        "guarantor_names": _names(r["guarantors"]),
        "place_names": _names(r["places"]),
        "term_states": "; ".join(f"{t['act']}: {t['state']}" for t in r["terms"]),
        "quote_text": (r["quote"] or {}).get("text"),
    }


_TELL: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "incident": told_incident,
    "commitment": told_commitment,
}


def _names(parts: Iterable[dict[str, Any]]) -> str:
    return "; ".join(dict.fromkeys(p.get("label_ar") or p.get("name") or p["text"] for p in parts))


def _parties(parts: Iterable[dict[str, Any]], *roles: str | None) -> str:
    return _names(p for p in parts if p["role"] in roles)


def _kinds(parts: Iterable[dict[str, Any]]) -> str:
    return "; ".join(dict.fromkeys(p["kind"] for p in parts))


def _bound(harm: Iterable[dict[str, Any]], status: str, bound: str) -> int | None:
    return next((h[bound] for h in harm if h["status"] == status), None)


def kind_of(record: Record) -> str:
    """`incident` or `commitment`."""
    return "incident" if isinstance(record, IncidentRecord) else "commitment"


def record_type(kind: str) -> type[IncidentRecord] | type[CommitmentRecord]:
    """The class of records of a kind."""
    return _TYPES[kind]


#: Columns whose cells are JSON: what is not one plain value.
_COMPOUND = {
    "types", "places", "parties", "targets", "weapons", "services", "harm", "toll_checks", "publishers",
    "quote",
    "dissent", "claim_ids", "aliases", "acts", "by", "to", "bound", "mediators", "guarantors", "terms",
}  # fmt: skip


def whole(kind: str) -> tuple[str, ...]:
    """Columns of a kind that hold JSON."""
    return tuple(f.name for f in fields(_TYPES[kind]) if f.name in _COMPOUND)


def columns(kind: str) -> tuple[str, ...]:
    """All columns of a kind: `record`, plain ones, those for the eye, JSON."""
    names = [f.name for f in fields(_TYPES[kind])]
    simple = [n for n in names if n not in _COMPOUND]
    return ("record", *simple, *told_columns(kind), *whole(kind))


def told_columns(kind: str) -> tuple[str, ...]:
    """Columns that are made of others."""
    if kind == "incident":
        bounds = tuple(f"{s}_{b}" for s in ("killed", "injured") for b in ("low", "high"))
        head = ("place_names", "perpetrators", "other_parties", "victims", "target_kinds", "weapon_kinds")
        return (*head, *bounds, "quote_text")
    return ("by_names", "bound_names", "guarantor_names", "place_names", "term_states", "quote_text")


def row(record: Record) -> dict[str, Any]:
    """A record as one row, values not yet made safe."""
    kind, r = kind_of(record), record.as_dict()
    out: dict[str, Any] = {"record": kind, **r, **_TELL[kind](r)}
    for name in whole(kind):
        out[name] = json.dumps(r[name], ensure_ascii=False, sort_keys=True) if r[name] not in (None, [], {}) else ""
    return out


def one_kind(records: Iterable[Record], format: str) -> tuple[str, Iterator[Record]]:
    """The kind of the first record (incident where there is none), and all of them again."""
    rest = iter(records)
    first = next(rest, None)
    if first is None:
        return "incident", iter(())
    kind = kind_of(first)
    return kind, _only(kind, chain([first], rest), format)


def _only(kind: str, records: Iterable[Record], format: str) -> Iterator[Record]:
    for record in records:
        if kind_of(record) != kind:
            raise InputError(
                f"{format} holds one kind of record",
                where=record.id,
                mend="write incidents and commitments apart",
            )
        yield record
