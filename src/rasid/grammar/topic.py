"""What a sentence speaks of instead of violence: accidents, crime, satellites, fireworks, cleared mines."""

from __future__ import annotations

from rasid.grammar.scan import Scan, Trigger
from rasid.lexicon.predicates import operators
from rasid.model.claims import IncidentClaim
from rasid.text.keys import fold

_UNEXPLODED = {fold(w) for w in ("منفجرة", "المنفجرة", "منفجر", "مخلفات", "المخلفات")}
_FORCES = ("forces", "armed_group", "coalition")


def accident(s: Scan, lo: int, hi: int) -> bool:
    """Do these tokens speak of an accident, a disaster, crime or sport?"""
    return operators().accident.within(s.m.tokens.key, lo, hi) or crime(s, lo, hi)


def crime(s: Scan, lo: int, hi: int) -> bool:
    """Do these tokens speak of ordinary crime?"""
    return operators().crime.within(s.m.tokens.key, lo, hi)


def other(s: Scan, c: IncidentClaim, t: Trigger) -> bool:
    """Is the claim of something else than violence, by the words of its sentence and of its weapons?"""
    sent = s.m.tokens.sentences[c.sentence]
    keys = s.m.tokens.key
    if operators().peaceful.within(keys, sent.lo, sent.hi) or _harmless(s, c, t):
        return True
    return not _armed(c) and accident(s, sent.lo, sent.hi)


def policed(s: Scan, c: IncidentClaim) -> bool:
    """Is an act that any police deals with told in a sentence of ordinary crime?"""
    sent = s.m.tokens.sentences[c.sentence]
    return not c.weapons and crime(s, sent.lo, sent.hi)


def _harmless(s: Scan, c: IncidentClaim, t: Trigger) -> bool:
    """Flares and the like, or the clearing of ordnance that did not go off, and nobody hurt."""
    if c.harm or not c.weapons:
        return False
    keys, mock = s.m.tokens.key, operators().mock
    if all(any(k in mock for k in keys[n.lo : n.hi + 1]) for n in c.weapons):
        return True
    first = min(c.weapons, key=lambda n: abs(n.lo - t.hi))
    cleared = any(k in _UNEXPLODED for k in keys[first.lo : first.hi + 2])
    return t.predicate.id == "explosion.detonate" and first.lo == t.hi and cleared


def _armed(c: IncidentClaim) -> bool:
    """Are there weapons other than the predicate itself (دهس "ramming" names both), or anybody armed?"""
    return any(w.lo != c.anchor for w in c.weapons) or any(a.hit.kind in _FORCES for a in c.actors)
