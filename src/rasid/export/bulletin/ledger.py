"""Pledges of a bulletin: clause, terms and their states, what was held against them in the period."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from rasid.export.bulletin.phrases import Phrases
from rasid.export.words import label
from rasid.export.words import say as sentence

Record = dict[str, Any]
#: Places and doers of incidents by id, in the language of the bulletin.
Told = Mapping[str, tuple[str, str]]
_BINDING = ("pledge", "agreement")


@dataclass(frozen=True, slots=True)
class Term:
    """One term and where it stands."""

    name: str
    state: str
    state_name: str
    reason: str
    text: str
    watched: str


@dataclass(frozen=True, slots=True)
class Held:
    """A finding: an incident against a term."""

    kind: str
    kind_name: str
    term: str
    day: str
    what: str
    quote: str
    ref: str
    grade: str
    notes: str


@dataclass(frozen=True, slots=True)
class Pledge:
    """One commitment."""

    id: str
    binding: bool
    kind: str
    state: str
    state_name: str
    made: str
    quote: str
    publishers: str
    parties: tuple[tuple[str, str], ...]
    terms: tuple[Term, ...]
    held: tuple[Held, ...]
    sources: str


def is_breach(f: Record) -> bool:
    """Does a finding say that a term was apparently broken, and has nobody rejected it?"""
    return bool(f["kind"] == "apparent_breach" and f["judgement"] != "rejected")


def pledges(records: Iterable[Record], told: Told, say: Phrases) -> tuple[Pledge, ...]:
    """All of them: breached ones first, then by day made. ``told``: where and by whom, of incidents."""
    out = [(_order(r), _pledge(r, told, say)) for r in records if not r["denied"]]
    return tuple(p for _, p in sorted(out, key=lambda pair: pair[0]))


def _order(r: Record) -> tuple[bool, bool, str, str]:
    return r["kind"] not in _BINDING, not any(map(is_breach, r["in_period"])), r["made"] or "9", r["id"]


def _pledge(r: Record, told: Told, say: Phrases) -> Pledge:
    roles = (
        ("by", "by"),
        ("bound", "bound"),
        ("to", "to"),
        ("mediators", "mediators"),
        ("guarantors", "guarantors"),
    )
    named = ((say("pledges", name), names(r[role], say)) for role, name in roles if r[role])
    return Pledge(
        id=r["id"],
        binding=r["kind"] in _BINDING,
        kind=label("commitment_kind", r["kind"], say.lang),
        state=r["state"],
        state_name=label("state", r["state"], say.lang),
        made=say("pledges", "made", say.day(r["made"])) if r["made"] else say("pledges", "made_unknown"),
        quote=r["quote"]["text"] if r["quote"] else "",
        publishers=say.list(r["publishers"]),
        parties=tuple(named),
        terms=tuple(_term(t, say) for t in r["terms"]),
        held=tuple(_held(f, told, say) for f in _told(r["in_period"])),
        sources=say.count(r["sources"], "source"),
    )


def names(parties: Iterable[Record], say: Phrases) -> str:
    """Parties by their neutral names; as told where they have none."""
    return say.list(p[f"label_{say.lang}"] or p["text"] for p in parties)


def _term(t: Record, say: Phrases) -> Term:
    watched = say("pledges", "watched", t["days_watched"], t["days_open"]) if t["days_open"] else ""
    return Term(
        name=label("term_act", t["act"], say.lang),
        state=t["state"],
        state_name=label("state", t["state"], say.lang),
        reason=say.days_in(sentence(t["reason"], say.lang)),
        text=t["text"],
        watched=watched,
    )


def _told(findings: Iterable[Record]) -> Iterable[Record]:
    kept = (f for f in findings if f["judgement"] != "rejected" and f["incident"])
    return sorted(kept, key=lambda f: (f["day"] or "9", not is_breach(f), -f["strength"], f["id"]))


def _held(f: Record, told: Told, say: Phrases) -> Held:
    what = label("incident_type", f["incident_type"], say.lang) if f["incident_type"] else ""
    where, who = told.get(f["incident"], (say.list(f["places"]), say.list(f["parties"])))
    verified = f"{label('judgement', f['judgement'], say.lang)} · " if f["judgement"] == "verified" else ""
    return Held(
        kind=f["kind"],
        kind_name=verified + label("finding_kind", f["kind"], say.lang),
        term=label("term_act", f["act"], say.lang),
        day=say.day(f["day"]) if f["day"] else say("table", "no_day"),
        what=" · ".join(x for x in (what, where, who) if x),
        quote=f["quotes"][0]["text"] if f["quotes"] else "",
        ref=f["incident"],
        grade=label("grade", f["grade"], say.lang),
        notes=say.days_in(say.clauses(sentence(n, say.lang) for n in f["notes"])),
    )
