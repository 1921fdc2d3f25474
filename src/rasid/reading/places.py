"""Which of the places in reach are the incident's: not those that only say where a finer one lies (contract.md)."""

from __future__ import annotations

from rasid.model.mentions import PlaceHit

_FINE = {"city", "town", "village", "neighbourhood", "camp", "facility", "street", "crossing", "mountain"}
_WIDE = {"country", "governorate", "area", "countryside", "district"}


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
    return p.kind in _WIDE and q.kind in _FINE and p.country == q.country and (p.group < 0 or p.group != q.group)


def _locates(p: PlaceHit, places: list[PlaceHit]) -> bool:
    """ "X, north of Y": Y by its side, right behind X, is no place of its own."""
    return p.rule in ("where.side", "where.distance") and any(0 <= p.lo - q.hi <= 8 for q in places if q is not p)
