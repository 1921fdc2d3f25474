"""Which of the places in reach are the incident's: not those that only say where a finer one lies (contract.md)."""

from __future__ import annotations

from itertools import pairwise

from rasid.model.claims import IncidentClaim
from rasid.model.mentions import PlaceHit
from rasid.text.tokens import Tokens

_FINE = {"city", "town", "village", "neighbourhood", "camp", "facility", "street", "crossing", "mountain"}
#: From the widest to the finest; of two ranks told of one country the finer is the incident's.
_RANK = {"country": 0, "area": 1, "countryside": 1, "governorate": 2, "district": 3} | dict.fromkeys(_FINE, 4)
_SETTLED = _FINE - {"street", "mountain"} | {"governorate", "district"}


def finest(places: list[PlaceHit]) -> list[PlaceHit]:
    """The places without those that contain another of the list, or only locate the one before them."""
    out: list[PlaceHit] = []
    for p in places:
        if any(p is not q and _contains(p, q) for q in places) or _locates(p, places):
            continue
        out.append(p)
    return out or places[:1]


def _contains(p: PlaceHit, q: PlaceHit) -> bool:
    """Does ``p`` only hold ``q``?"""
    if p.id is not None and p.id in q.parents and p.id != q.id:
        return True
    if p.country != q.country or (p.group >= 0 and p.group == q.group):
        return False
    if _seat(p) and p.parents[:1] and p.parents[0] in q.parents and q.kind in _FINE:
        return True
    return _rank(p) < _rank(q)


def _rank(p: PlaceHit) -> int:
    """How fine a place is; an area with a noun of its own (منطقة الحسيني) is as fine as a quarter."""
    if p.kind == "area" and p.head:
        return 4
    return _RANK.get(p.kind or "area", 1)


def _seat(p: PlaceHit) -> bool:
    """A bare name that a governorate shares with its seat (القنيطرة), or a city beside its own quarter."""
    return p.kind == "city" and not p.head and p.id is not None and len(set(p.id.split("."))) < len(p.id.split("."))


def _locates(p: PlaceHit, places: list[PlaceHit]) -> bool:
    """ "X, north of Y": Y by its side, right behind X, is no place of its own."""
    return p.rule in ("where.side", "where.distance", "where.border") and any(
        0 <= p.lo - q.hi <= 8 for q in places if q is not p
    )


def carry(t: Tokens, claims: list[IncidentClaim]) -> None:
    """Give a claim without a place that of the claim right before it, told of the same scene.

    contract.md: arguments carried over from the sentence before count as stated.
    """
    for a, c in pairwise(claims):
        near = 0 <= c.sentence - a.sentence <= 1 and not t.sentences[a.sentence].title
        if c.places or not a.places or not near or a.modality != c.modality:
            continue
        if _same_scene(a, c):
            c.places = list(a.places)
            c.features["place_inherited"] = 1.0


def nearest(t: Tokens, claims: list[IncidentClaim], places: list[PlaceHit]) -> None:
    """Give a claim that still has no place the last one told before it in its sentence, or in the one before."""
    told = [p for p in places if p.role == "place" and p.kind in _SETTLED]
    for c in claims:
        if c.places or t.sentences[c.sentence].title:
            continue
        lo = t.sentences[c.sentence].lo
        found = [p for p in told if lo <= p.lo < c.anchor]
        if not found and c.sentence > 0 and not t.sentences[c.sentence].opens:
            before = t.sentences[c.sentence - 1]
            found = [p for p in told if before.lo <= p.lo < before.hi]
            found = found if len({p.name for p in found}) == 1 else []
        if found:
            c.places = [found[-1]]


def _same_scene(a: IncidentClaim, c: IncidentClaim) -> bool:
    """Do the two claims share a party, or does the later one name none?"""
    xs, ys = ({x.hit.id for x in k.actors if x.hit.id} for k in (a, c))
    return not ys or bool(xs & ys)
