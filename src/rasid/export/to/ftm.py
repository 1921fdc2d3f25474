"""FollowTheMoney entities, one JSON object a line: events, the parties involved, the promises, what was held
against them. Ids are stable: a second export of the same record replaces the first where it is loaded.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from rasid.books.records import IncidentRecord, PartyView
from rasid.books.records_ledger import CommitmentRecord
from rasid.export.format import Format, Record
from rasid.export.words import label

_SCHEMA = {"state": "PublicBody", "forces": "PublicBody", "institution": "PublicBody", "un": "PublicBody"}


def _write(records: Iterable[Record], path: Path) -> None:
    parties: dict[str, dict[str, Any]] = {}
    with path.open("w", encoding="utf-8", newline="\n") as out:
        for record in records:
            for entity in entities(record):
                if entity["schema"] == "Event":
                    out.write(_line(entity))
                else:
                    parties[entity["id"]] = entity
        for key in sorted(parties):
            out.write(_line(parties[key]))


def _line(entity: dict[str, Any]) -> str:
    return json.dumps(entity, ensure_ascii=False) + "\n"


def entities(record: Record) -> Iterator[dict[str, Any]]:
    """The event of a record and the organisations in it."""
    named = _named(record)
    for party in named:
        yield _organisation(party)
    event = _incident(record) if isinstance(record, IncidentRecord) else _commitment(record)
    event |= {
        "recordId": [record.id],
        "involved": sorted({_party_id(p) for p in named}),
        "country": [record.country] if record.country else [],
        "location": [p.text for p in record.places],
        "publisher": list(record.publishers),
        "summary": [record.quote.text] if record.quote else [],
    }
    yield {"id": _key(record.id), "schema": "Event", "properties": {k: v for k, v in event.items() if v}}


def _incident(r: IncidentRecord) -> dict[str, list[str]]:
    what = label("incident_type", r.type, "ar")
    where = "، ".join(p.name or p.text for p in r.places[:3])
    return {
        "name": [" · ".join(x for x in (what, where, str(r.start or r.end or "")) if x)],
        "startDate": [r.start.isoformat()] if r.start else [],
        "endDate": [r.end.isoformat()] if r.end else [],
        "keywords": [r.type, f"grade:{r.grade}", *(w.kind for w in r.weapons), *(t.kind for t in r.targets)],
        "notes": [f"{h.status}: {_span(h.low, h.high)}" for h in r.harm],
    }


def _commitment(r: CommitmentRecord) -> dict[str, list[str]]:
    acts = "، ".join(label("term_act", a, "ar") for a in r.acts)
    return {
        "name": [f"{label('commitment_kind', r.kind, 'ar')}: {acts}"],
        "date": [r.made.isoformat()] if r.made else [],
        "startDate": [r.start.isoformat()] if r.start else [],
        "endDate": [r.until.isoformat()] if r.until else [],
        "organizer": sorted({_party_id(p) for p in r.by if p.id}),
        "keywords": [r.kind, *r.acts, f"state:{r.state}"],
        "notes": [f"{t.act}: {t.state} (apparent; {t.reason})" for t in r.terms],
    }


def _named(record: Record) -> list[PartyView]:
    """Parties of the registry: free words may be a private person, and stay in the record's own formats."""
    if isinstance(record, IncidentRecord):
        return [p for p in record.parties if p.id]
    roles = (record.by, record.to, record.bound, record.mediators, record.guarantors)
    return [p for parties in roles for p in parties if p.id]


def _organisation(party: PartyView) -> dict[str, Any]:
    from rasid.lexicon.actors import registry

    entry = registry().get(party.id or "")
    names = [n for n in (party.label_en, party.label_ar) if n] or [party.text]
    properties = {"name": names[:1], "alias": names[1:]}
    if entry and entry.country:
        properties["country"] = [entry.country.lower()]
    schema = _SCHEMA.get(entry.kind, "Organization") if entry else "Organization"
    return {
        "id": _party_id(party),
        "schema": schema,
        "properties": {k: v for k, v in properties.items() if v},
    }


def _party_id(party: PartyView) -> str:
    return _key(party.id or party.text)


def _key(of: str) -> str:
    return "rasid-" + hashlib.sha256(of.encode()).hexdigest()[:24]


def _span(low: int | None, high: int | None) -> str:
    return f"{'?' if low is None else low}..{'?' if high is None else high}"


FORMAT = Format("ftm", ".ftm.json", "application/json+ftm", _write, "FollowTheMoney")
