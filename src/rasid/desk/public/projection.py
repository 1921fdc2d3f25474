"""The one place where the publication policy is applied: from a record of the book to what may leave.

Written as a list of what goes out, never of what is held back: a field that is added to a record later
stays in.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from rasid.books.records import ClaimView, IncidentRecord, PartyView, PlaceView
from rasid.books.records_ledger import CommitmentRecord, Finding, LedgerView
from rasid.desk import gazetteer
from rasid.desk.core.policy import Policy

#: from fine to coarse
ORDER = ("point", "neighbourhood", "settlement", "district", "governorate", "country")


def coarser(precision: str | None, finest: str) -> bool:
    """Is a place of this precision as coarse as the policy asks, or coarser?"""
    return precision is not None and ORDER.index(precision) >= ORDER.index(finest)


def place(p: PlaceView, policy: Policy) -> dict[str, Any]:
    """The place, or the first of its containers that is coarse enough, with its point and precision."""
    if coarser(p.precision, policy.finest_place):
        return _place(p.name or p.text, p.id, p.lat, p.lon, str(p.precision))
    for pid in p.parents:
        found = gazetteer.place_of(pid)
        if found and coarser(found.precision if found.lat is not None else _by_kind(found.kind), policy.finest_place):
            return _place(found.name, found.id, found.lat, found.lon, _by_kind(found.kind))
    known = p.precision is not None and p.id is not None
    return _place("" if known else p.name or p.text, None, None, None, "")


def _by_kind(kind: str) -> str:
    return {
        "country": "country",
        "governorate": "governorate",
        "district": "district",
        "countryside": "district",
        "area": "district",
        "neighbourhood": "neighbourhood",
    }.get(kind, "settlement")


def _place(name: str, pid: str | None, lat: float | None, lon: float | None, precision: str) -> dict[str, Any]:
    names = gazetteer.place_names(pid) if pid else None
    # two decimals are about a kilometre: no coordinate finer than that leaves, whatever its source says
    point = (
        {"lat": round(lat, 2), "lon": round(lon, 2)}
        if lat is not None and lon is not None
        else {"lat": None, "lon": None}
    )
    return {"name": name, "name_en": names.en if names else name, "id": pid, "precision": precision, **point}


def party(p: PartyView) -> dict[str, Any]:
    """The neutral name; a party that the registry does not know is named only when no person can be meant."""
    return {"id": p.id, "ar": p.label_ar or p.text, "en": p.label_en or p.label_ar or p.text, "role": p.role}


def parties(found: tuple[PartyView, ...], policy: Policy) -> list[dict[str, Any]]:
    """Parties that act. Who was harmed is never named, and what the registry does not know may be a
    person's name.
    """
    return [party(p) for p in found if p.role != "victim" and (p.id or policy.publish_names)]


def _quote(claims: tuple[ClaimView, ...], policy: Policy) -> list[dict[str, Any]]:
    """Verbatim quotes go out only where the desk has decided that quotes may name persons."""
    if not policy.publish_names:
        return []
    return [
        {"text": c.quotes[0].text, "publisher": _outlet(c, policy), "day": _iso(c.published)}
        for c in claims
        if c.quotes and c.state != "rejected" and not any(s.anonymous for s in c.sources)
    ][:8]


def _outlet(c: Any, policy: Policy) -> str | None:
    return c.publisher if policy.publish_sources else None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def incident(r: IncidentRecord, claims: tuple[ClaimView, ...], policy: Policy) -> dict[str, Any]:
    places = [place(p, policy) for p in r.places]
    return {
        "id": r.id,
        "kind": r.kind,
        "type": r.type,
        "modality": r.modality,
        "start": _iso(r.start),
        "end": _iso(r.end),
        "date_precision": r.date_precision,
        "places": _unique(places),
        "country": r.country,
        "parties": parties(r.parties, policy),
        "targets": [t.kind for t in r.targets],
        "weapons": [w.kind for w in r.weapons],
        "harm": [
            {"status": h.status, "low": h.low, "high": h.high, "who": h.who, "contradiction": h.contradiction}
            for h in r.harm
        ],
        "grade": r.grade,
        "sources": r.sources,
        "reports": r.reports,
        "publishers": sorted({c.publisher for c in claims if c.publisher and c.state != "rejected"})
        if policy.publish_sources
        else [],
        "links": sorted(
            {
                c.url
                for c in claims
                if (c.url or "").startswith(("https://", "http://"))
                and c.state != "rejected"
                and not any(s.anonymous for s in c.sources)
            }
        )
        if policy.publish_sources
        else [],
        "dissent": list(r.dissent),
        "quotes": _quote(claims, policy),
        "aliases": list(r.aliases),
    }


def _unique(places: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Places made coarse may have become one."""
    return [p for i, p in enumerate(places) if (p["id"] or p["name"]) and p not in places[:i]]


def finding(f: Finding, published: frozenset[str]) -> dict[str, Any]:
    """A finding cites its clause and, where that is public itself, its incident."""
    return {
        "id": f.id,
        "kind": f.kind,
        "term": f.term,
        "act": f.act,
        "incident": f.incident if f.incident in published else None,
        "incident_type": f.incident_type,
        "day": _iso(f.day),
        "strength": round(f.strength, 2),
        "grade": f.grade,
        "judgement": f.judgement,
    }


def commitment(v: LedgerView, policy: Policy, published: frozenset[str]) -> dict[str, Any]:
    c: CommitmentRecord = v.commitment
    return {
        "id": c.id,
        "kind": c.kind,
        "acts": list(c.acts),
        "by": parties(c.by, policy),
        "to": parties(c.to, policy),
        "bound": parties(c.bound, policy),
        "mediators": parties(c.mediators, policy),
        "guarantors": parties(c.guarantors, policy),
        "places": _unique([place(p, policy) for p in c.places]),
        "country": c.country,
        "made": _iso(c.made),
        "start": _iso(c.start),
        "until": _iso(c.until),
        "state": c.state,
        "terms": [
            {
                "id": t.id,
                "act": t.act,
                "state": t.state,
                "breaches": t.breaches,
                "fulfilments": t.fulfilments,
                "first_breach": _iso(t.first_breach),
                "days_watched": t.days_watched,
                "days_open": t.days_open,
            }
            for t in c.terms
        ],
        "findings": [
            finding(f, published)
            for f in v.findings
            if f.judgement != "rejected" and (f.incident in published or f.incident is None)
        ],
        "unpublished_findings": sum(
            1
            for f in v.findings
            if f.judgement != "rejected" and f.incident is not None and f.incident not in published
        ),
        "limits": [{"place": x.place, "start": _iso(x.start), "end": _iso(x.end)} for x in v.limits],
        "sources": c.sources,
        "reports": c.reports,
        "publishers": list(c.publishers) if policy.publish_sources else [],
        "aliases": list(c.aliases),
        "denied": c.denied,
    }
