"""One incident held against one term: does it speak for or against it, how strongly, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from rasid.books import acts, parties
from rasid.books.features import LEVELS, PARTS, place_name
from rasid.books.joining import km
from rasid.books.records_ledger import FindingKind

#: Weaker matches are no findings.
LEAST = 0.12
_DOERS = ("perpetrator", "party", "ally", None)
_LATE = frozenset(PARTS.index(p) for p in ("evening", "night"))
#: What anybody's doing fulfils (a third party brings the aid that was let in).
_BY_ANYBODY = frozenset({"aid_delivery", "release", "evacuation"})


@dataclass(frozen=True, slots=True)
class Fact:
    """An incident as the ledger sees it."""

    n: int
    id: str
    type: str
    modality: str
    grade: str
    start: date
    end: date
    precision: str
    part: str | None
    places: tuple[dict[str, Any], ...]
    doers: tuple[str, ...]
    targets: tuple[str, ...]
    weapons: tuple[str, ...]
    words: tuple[str, ...]


@dataclass(slots=True)
class Weighed:
    """What came of it. ``reasons``: the factors whose product is the strength."""

    kind: FindingKind
    reasons: dict[str, float] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    km: float | None = None
    days_after: int | None = None

    @property
    def strength(self) -> float:
        """Product of the factors."""
        out = 1.0
        for factor in self.reasons.values():
            out *= factor
        return round(out, 4)


def doers_of(listed: Iterable[dict[str, Any]]) -> tuple[str, ...]:
    """Keys of who did it, victims left out."""
    return tuple(parties.key(p["id"], p["text"]) for p in listed if p.get("role") in _DOERS)


def weigh(test: dict[str, Any], kind: str, fact: Fact) -> Weighed | None:
    """Hold an incident against a term's test; None when it says nothing of it."""
    told = acts.acts()[test["act"]].weigh(fact.type, fact.targets, fact.weapons, fact.words)
    if told is None or fact.grade == "discounted" or fact.modality == "denied":
        return None
    side, weight = told
    out = Weighed(FindingKind.APPARENT_BREACH, {"act": weight})
    if not _when(test, fact, out) or not _where(test, fact, out) or not _who(test, side, fact, out):
        return None
    _how_sure(test, kind, fact, out)
    if kind == "demand" and out.kind is not FindingKind.APPARENT_FULFILMENT:
        out.kind = FindingKind.CONTRARY_ACT
    answerable = [g["label_ar"] or g["text"] for g in test["guarantors"]]
    if answerable and out.kind is FindingKind.APPARENT_BREACH:
        out.notes.append("answerable as guarantor: " + "، ".join(answerable))
    return out if out.strength >= LEAST else None


def _when(test: dict[str, Any], fact: Fact, out: Weighed) -> bool:
    if test["start"] is None:
        return False
    m = acts.method()
    start = date.fromisoformat(test["start"])
    begins = start + timedelta(days=1) if test["starts_late"] else start
    until = date.fromisoformat(test["until"]) if test["until"] else date.max
    if fact.end < begins or fact.start > until:
        return False
    days = (fact.end - fact.start).days + 1
    inside = (min(fact.end, until) - max(fact.start, begins)).days + 1
    share = inside / days
    factor = {"day": m.day_certain, "range": m.day_range, "open": m.day_open}[fact.precision]
    if fact.precision != "day":
        factor *= share
        out.notes.append("the day is told only as a range" if fact.precision == "range" else "no day is told")
    elif fact.start == start and not test["starts_late"]:
        if test["starts_later"] and (fact.part is None or PARTS.index(fact.part) not in _LATE):
            return False
        factor *= m.first_day
        out.notes.append("on the first day itself: before or after is not told")
    out.reasons["day"] = round(factor, 4)
    out.days_after = (max(fact.start, begins) - start).days
    return True


def _where(test: dict[str, Any], fact: Fact, out: Weighed) -> bool:
    m, scope = acts.method(), test["scope"]
    if not scope:
        out.reasons["place"] = m.inside_country
        out.notes.append("the text names no area: the country of the parties is taken")
        return True
    best: tuple[float, float | None] | None = None
    for p in scope:
        for q in fact.places:
            found = _lies(p, q)
            if found is not None and (best is None or found[0] > best[0]):
                best = found
    if best is None:
        return False
    out.reasons["place"], out.km = best
    if best[0] == m.wide:
        out.notes.append("told only for an area that holds the scope")
    elif best[0] == m.near:
        out.notes.append(f"{best[1]:.0f} km outside the scope")
    return True


def _lies(scope: dict[str, Any], place: dict[str, Any]) -> tuple[float, float | None] | None:
    """Weight and distance of an incident's place against one of the scope; None outside it."""
    m = acts.method()
    a, b = _name(scope), _name(place)
    if (scope["id"] and scope["id"] in (place["id"], *place["parents"])) or (
        a == b and not (scope["id"] and place["id"])
    ):
        country = LEVELS.get(scope["precision"] or "", 3) == 0
        return (m.inside_country if country else m.inside), 0.0
    if place["id"] and place["id"] in scope["parents"][:-1]:
        return m.wide, None
    if scope["lat"] is None or place["lat"] is None or LEVELS.get(scope["precision"] or "", 3) < 3:
        return None
    away = km(scope["lat"], scope["lon"], place["lat"], place["lon"])
    return (m.near, round(away, 1)) if away <= m.near_km else None


def _name(place: dict[str, Any]) -> str:
    return place_name(place["name"] or place["text"])


def _who(test: dict[str, Any], side: str, fact: Fact, out: Weighed) -> bool:
    """Whether a bound party did it; anybody else is named as not bound."""
    bound = [parties.key(p["id"], p["text"]) for p in test["bound"]]
    best = max(((_tie(d, b), d, b) for d in fact.doers for b in bound), default=(0.0, "", ""))
    out.kind = FindingKind.APPARENT_FULFILMENT if side == "fulfil" else FindingKind.APPARENT_BREACH
    if best[0]:
        out.reasons["party"] = best[0]
        if best[0] < acts.method().party_unit:
            out.notes.append("not itself bound: fights for or beside a bound party")
        return True
    if side == "fulfil":
        out.reasons["party"] = 0.7
        return fact.type in _BY_ANYBODY
    out.reasons["party"] = 0.5 if not fact.doers else 0.8
    out.kind = FindingKind.ACT_BY_PARTY_NOT_BOUND if fact.doers else FindingKind.UNATTRIBUTED_ACT
    out.notes.append("done by a party that gave no word" if fact.doers else "nobody is named as having done it")
    return True


def _tie(doer: str, bound: str) -> float:
    """How a doer stands to a bound party, 0 when not at all."""
    m = acts.method()
    if doer == bound:
        return m.party_bound
    up = parties.lineage(doer)
    if bound in up:
        entry = parties.entry(doer)
        return m.party_acts_for if entry is not None and entry.acts_for == bound else m.party_unit
    mine, theirs = parties.side(doer), parties.side(bound)
    return m.party_side if mine is not None and mine in (theirs, bound) else 0.0


def _how_sure(test: dict[str, Any], kind: str, fact: Fact, out: Weighed) -> None:
    m = acts.method()
    grade = {
        "reported": m.reported,
        "corroborated": m.corroborated,
        "verified": m.verified,
        "contested": m.contested,
    }
    out.reasons["grade"] = grade.get(fact.grade, m.reported)
    if fact.modality == "alleged":
        out.reasons["modality"] = m.alleged
        out.notes.append("the report itself marks doubt")
    if kind == "offer":
        out.reasons["offer"] = m.offer
        out.notes.append("an offer: nobody is known to have taken it up")
    if test["condition"]:
        out.reasons["condition"] = m.conditional
        out.notes.append("the term hangs on a condition")
