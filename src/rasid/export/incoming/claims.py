"""Rows as reports that a book can keep: each with its own text, evidence and original."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from rasid.books.records import IncidentRecord, PartyView, PlaceView
from rasid.books.records_ledger import CommitmentRecord
from rasid.errors import InputError
from rasid.export.incoming import acled, native
from rasid.export.incoming.table import Row, RowError, columns
from rasid.model.document import Document
from rasid.model.reading import Reading

Pair = tuple[Document, Reading]
FORMATS = ("native", "acled")


def format_of(path: Path) -> str:
    """`native` or `acled`, by the header. InputError for any other file."""
    header = columns(path)
    if native.is_native(header):
        return "native"
    if acled.is_acled(header):
        return "acled"
    raise InputError(
        "this is neither a native CSV of Rasid nor one of ACLED", where=str(path), mend="check its first line"
    )


def pairs(path: Path, form: str) -> Iterator[tuple[Row, Pair] | RowError]:
    """Each row as a report and its reading, or what is wrong with it."""
    found = native.read(path) if form == "native" else acled.read(path)
    for one in found:
        if isinstance(one, RowError):
            yield one
            continue
        row, what = one
        try:
            pair = _acled(path, row, what) if isinstance(what, dict) else _native(path, row, what)
        except ValidationError as e:
            first = e.errors()[0]
            yield RowError(row.number, ".".join(map(str, first["loc"])), str(first["msg"]))
        else:
            yield row, pair


def _acled(path: Path, row: Row, part: dict[str, Any]) -> Pair:
    c = row.cells
    told = [s.strip() for s in c.get("source", "").split(";") if s.strip()]
    sources = [{"id": f"s{n}", "text": s, "kind": "outlet"} for n, s in enumerate(told, 1)]
    part["sources"] = [s["id"] for s in sources]
    about = {"id": f"acled/{c['event_id_cnty']}", "publisher": "ACLED", "published": acled.published(c)}
    text = c["notes"] or " · ".join(x for x in (c["sub_event_type"], c["location"], c["event_date"]) if x)
    return _pair(path, row, about, text, part, sources, "en")


def _native(path: Path, row: Row, record: IncidentRecord | CommitmentRecord) -> Pair:
    """A record of another book is one report here: of the outlet that told it first, so that it cannot
    vouch for itself.
    """
    about = {
        "id": f"import/{path.stem}/{record.id}",
        "publisher": record.publishers[0] if record.publishers else path.stem,
        "published": record.first_reported,
    }
    part = _incident(record) if isinstance(record, IncidentRecord) else _commitment(record)
    text = record.quote.text if record.quote else f"{row.cells['record']} {record.id}"
    return _pair(path, row, about, text, part, [], "ar")


def _pair(
    path: Path,
    row: Row,
    about: dict[str, Any],
    text: str,
    part: dict[str, Any],
    sources: list[Any],
    lang: str,
) -> Pair:
    original = json.dumps(row.cells, ensure_ascii=False, sort_keys=True).encode()
    digest = hashlib.sha256(original).hexdigest()
    part |= {"evidence": [{"start": 0, "end": len(text), "text": text}], "rule": "import", "confidence": 1.0}
    report = {
        **about, "text": text, "sha256": digest, "language": lang, "reader": "import",
        "published_basis": "metadata" if about["published"] else None,
    }  # fmt: skip
    slot = "commitments" if "terms" in part else "incidents"
    reading = Reading.model_validate({"report": report, "sources": sources, slot: [part]})
    document = Document(
        text, about["id"], publisher=about["publisher"], language=lang, published=about["published"],
        published_basis=report["published_basis"], sha256=digest, carrier="csv", original=original,
        capture={"tool": "rasid import", "path": path.name, "row": str(row.number),
        "media_type": "application/json"},
    )  # fmt: skip
    return document, reading


def _incident(r: IncidentRecord) -> dict[str, Any]:
    return {
        "id": "i1",
        "type": r.type,
        "modality": r.modality,
        "time": {"start": r.start, "end": r.end, "day_part": r.day_part}
        if r.date_precision != "open" and (r.start or r.end)
        else None,
        "places": [_place(p) for p in r.places],
        "actors": [_actor(p) | {"role": p.role} for p in r.parties],
        "targets": [{"text": t.text, "kind": t.kind} for t in r.targets],
        "weapons": [{"text": w.text, "kind": w.kind} for w in r.weapons],
        "casualties": [{"status": h.status, "who": h.who, "min": h.low, "max": h.high} for h in r.harm],
        "services": list(r.services),
    }


def _commitment(r: CommitmentRecord) -> dict[str, Any]:
    told = {role: [_actor(p) for p in getattr(r, role)] for role in ("by", "to", "bound", "mediators", "guarantors")}
    return {
        "id": "c1",
        "kind": r.kind,
        **told,
        "terms": [
            {"act": t.act, "text": t.text or t.act, "places": [_place(p) for p in t.test.scope]} for t in r.terms
        ],
        "time": {"start": r.made, "end": r.made} if r.made else None,
        "period": {"start": r.start, "end": r.until} if r.start or r.until else None,
        "places": [_place(p) for p in r.places],
    }


def _place(p: PlaceView) -> dict[str, Any]:
    return {**p.as_dict(), "parents": list(p.parents)}


def _actor(p: PartyView) -> dict[str, Any]:
    return {"text": p.text, "id": p.id}
