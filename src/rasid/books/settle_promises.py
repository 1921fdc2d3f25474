"""Writes commitment records: what all announcements of one promise say together, and the tests of its
terms.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, insert

from rasid.books import acts, combine, features, parties, settle
from rasid.books.canon import canonical, now, sha256, stamp
from rasid.books.cluster import Change
from rasid.books.combine import Telling
from rasid.books.promises import Promise
from rasid.books.schema import commitments, scopes, terms
from rasid.books.shelf import chunks
from rasid.model.vocabulary import TermAct
from rasid.text.keys import phrase

_ACTS = [a.value for a in TermAct]
_KINDS = ("agreement", "pledge", "offer", "demand", "threat", "refusal")
_ROLES = ("by", "to", "bound", "mediators", "guarantors")
#: A start told with one of these begins, in effect, on the next day.
_LATE = ("night", "midnight", "evening")
_LATE_HOUR = re.compile(r"(?<!\d)(?:23|11)[:.]59(?!\d)")

Told = Sequence[Telling[Promise]]


def write(connection: Connection, change: Change[Promise]) -> dict[int, list[int]]:
    """Write the records of a change; returns those whose content is new, with their claims."""
    numbers = settle.place(connection, change, "PLG", commitments)
    told = settle.tellings(connection, [p for c in change.clusters for p in c.members])
    ids, at = settle.label_of(connection, numbers), stamp(now())
    by_people = settle.decided(connection, numbers)
    rows = [
        _row(number, ids[number], [told[n] for n in ns], at, published=by_people[number].published)
        for number, ns in numbers.items()
    ]
    tests = {r["n"]: r.pop("tests") for r in rows}
    fresh = settle.replace(connection, commitments, rows)
    for part in chunks(fresh):
        settle.forget_terms(connection, part)
    _write_terms(connection, [(n, t) for n in fresh for t in tests[n]])
    settle.write_facets(connection, {n: facets_of(told[c] for c in numbers[n]) for n in fresh})
    return {n: numbers[n] for n in fresh}


def _write_terms(connection: Connection, tests: list[tuple[int, dict[str, Any]]]) -> None:
    rows = [
        {
            "id": t["id"],
            "commitment": n,
            "act": t["act"],
            "start": _date(t["start"]),
            "until": _date(t["until"]),
            "body": canonical(t),
        }
        for n, t in tests
    ]
    where = [{"place": p, "term": t["id"]} for _, t in tests for p in sorted({*t["keys"], *t["wide"]})]
    if rows:
        connection.execute(insert(terms), rows)
    if where:
        connection.execute(insert(scopes), where)


def _row(number: int, label: str, told: Told, at: str, *, published: bool) -> dict[str, Any]:
    body = commitment(told)
    tests = [_test(label, act, told, body) for act in body["acts"]]
    body["terms"] = tests
    text = canonical(body)
    return {
        "n": number,
        "id": label,
        "kind": body["kind"],
        "made": _date(body["made"]),
        "start": _date(body["start"]),
        "until": _date(body["until"]),
        "country": body["country"],
        "published": published,
        "sources": body["sources"],
        "content": sha256(f"{label}{published}{text}"),
        "version": 1,
        "updated": at,
        "body": text,
        "tests": tests,
    }


def commitment(told: Told) -> dict[str, Any]:
    """The content of the record: fields of `CommitmentRecord` that its claims decide."""
    roots = combine.origins_of(told)
    counted = Counter(a for t in told for a in t.features.acts)
    published = [t.published for t in told if t.published]
    first = min(published, default=None)
    made = _agreed(told, lambda t: t.features.made if t.features.fixed else 0)
    start, late = _start(told)
    return {
        "kind": combine.most(Counter(t.body["kind"] for t in told), _KINDS.index),
        "acts": sorted(counted, key=_ACTS.index),
        **{role: _parties(told, role) for role in _ROLES},
        "places": _places(told),
        "country": combine.most(Counter(c for t in told for c in t.features.countries)),
        "made": (made or (first.isoformat() if first else None)),
        "made_basis": "told" if made else "first reported",
        "start": start,
        "starts_late": late,
        "until": _agreed(told, lambda t: t.features.until),
        "quote": combine.quote(told),
        "sources": len(set(roots.values())),
        "reports": len({t.report_id for t in told}),
        "claims": len(told),
        "publishers": sorted({t.publisher for t in told if t.publisher}),
        "claim_ids": [t.id for t in told],
        "first_reported": first.isoformat() if first else None,
        "last_reported": max(published).isoformat() if published else None,
    }


def _agreed(told: Told, of: Callable[[Telling[Promise]], int]) -> str | None:
    """The day that most claims tell; of equals the first."""
    counted = Counter(d for t in told if (d := of(t)))
    return date.fromordinal(min(counted, key=lambda d: (-counted[d], d))).isoformat() if counted else None


def _start(told: Told) -> tuple[str | None, bool]:
    """First day of the period, and whether it begins so late in that day that the next is the first whole
    one.
    """
    start = _agreed(told, lambda t: t.features.start)
    if start is None:
        return None, False
    return start, any(_begins_late(t.body.get("period") or {}, start) for t in told)


def _begins_late(period: dict[str, Any], start: str) -> bool:
    if period.get("start") != start:
        return False
    return period.get("day_part") in _LATE or bool(_LATE_HOUR.search(period.get("text") or ""))


def _parties(told: Told, role: str) -> list[dict[str, Any]]:
    seen: dict[str, dict[str, Any]] = {}
    count: Counter[str] = Counter()
    for t in told:
        for a in t.body.get(role, ()):
            key = parties.key(a.get("id"), a["text"])
            count[key] += 1
            seen.setdefault(key, a)
    order = sorted(seen, key=lambda k: (-count[k], k))
    return [combine.party(seen[k]) | {"role": None, "claims": count[k]} for k in order]


def _places(told: Told, act: str | None = None) -> list[dict[str, Any]]:
    """Places of the terms of an act where told, else those of the commitment."""
    seen: dict[str, dict[str, Any]] = {}
    count: Counter[str] = Counter()
    for t in told:
        found = [p for term in t.body["terms"] if act in (None, term["act"]) for p in term.get("places", ())]
        if act is None or not found:
            found = [*t.body.get("places", ()), *found]
        for p in found:
            key = p.get("id") or "n:" + features.place_name(p.get("name") or p["text"])
            count[key] += 1
            seen.setdefault(key, p)
    return [combine.place(seen[k]) for k in sorted(seen, key=lambda k: (-count[k], k))]


def _test(label: str, act: str, told: Told, body: dict[str, Any]) -> dict[str, Any]:
    """What a term's act is held against in this commitment: who, where, from when, until when."""
    rule = acts.acts()[act]
    scope = _places(told, act)
    start, basis = body["made"], "made" if body["made_basis"] == "told" else body["made_basis"]
    if body["start"]:
        start, basis = body["start"], "told"
    until, until_basis = body["until"], "told"
    if until is None and start is not None:
        end = date.fromisoformat(start) + timedelta(days=acts.method().horizon_days)
        until, until_basis = end.isoformat(), "horizon"
    words = next(term["text"] for t in told for term in t.body["terms"] if term["act"] == act)
    return {
        "id": f"{label}.{act}",
        "act": act,
        "text": words,
        "mode": rule.mode,
        "clause": _clause(told, act),
        "bound": bound(body),
        "scope": scope,
        "keys": _keys(scope, body),
        "wide": _wide(scope),
        "start": start,
        "start_basis": basis,
        "starts_late": body["starts_late"],
        "starts_later": bool(body["start"] and body["made"] and body["start"] > body["made"]),
        "until": until,
        "until_basis": until_basis,
        "condition": _condition(told, act),
        "guarantors": body["guarantors"],
    }


def bound(body: dict[str, Any]) -> list[dict[str, Any]]:
    """Who must keep it: those bound; else the speakers, of an agreement both sides; of a demand the
    addressed.
    """
    if body["kind"] == "demand":
        found = body["bound"] or body["to"]
    elif body["kind"] in ("agreement", "offer"):
        found = body["bound"] + [p for p in body["by"] + body["to"] if p not in body["bound"]]
    else:
        found = body["bound"] or body["by"]
    return list(found)


def _clause(told: Told, act: str) -> dict[str, Any] | None:
    """The quote that holds the term's words, else the claim's first."""
    for t in told:
        for term in t.body["terms"]:
            if term["act"] == act and t.body["evidence"]:
                quotes = [e for e in t.body["evidence"] if term["text"] in e["text"]] or t.body["evidence"]
                e = quotes[0]
                return {"report": t.report_id, "start": e["start"], "end": e["end"], "text": e["text"]}
    return combine.quote(told)


def _condition(told: Told, act: str) -> str | None:
    """The words of a term that hang it on another act."""
    for t in told:
        for term in t.body["terms"]:
            words = phrase(term["text"])
            if term["act"] == act and any(acts.holds(words, c) for c in acts.method().conditions):
                return str(term["text"])
    return None


def _keys(scope: list[dict[str, Any]], body: dict[str, Any]) -> list[str]:
    """Under which an incident lies in the scope; a promise that names no place holds where its parties are
    at war.
    """
    if not scope:
        return [body["country"]] if body["country"] else []
    return sorted({p["id"] or "n:" + features.place_name(p["name"] or p["text"]) for p in scope})


def _wide(scope: list[dict[str, Any]]) -> list[str]:
    """Areas that hold a place of the scope, below the country: what is told of them may lie in it."""
    return sorted({up for p in scope for up in p["parents"][:-1]})


def facets_of(told: Iterable[Telling[Promise]]) -> set[tuple[str, str]]:
    """What a commitment can be found by."""
    out: set[tuple[str, str]] = set()
    for t in told:
        p = t.features
        for s in p.spots:
            out.add(("place", "n:" + s.name))
            out |= {("place", c) for c in s.chain}
        out |= {("place", c) for c in p.countries}
        out |= {("actor", k) for key in p.by | p.to | p.others for k in parties.lineage(key)}
        out |= {("act", a) for a in p.acts}
        if t.publisher:
            out.add(("publisher", t.publisher))
    return out


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
