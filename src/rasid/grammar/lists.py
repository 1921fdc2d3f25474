"""Bulletins: places that a head line lists with counts ("طال القصف: حولا (٤)، مركبا"), and places that head what follows.

A count in brackets beside a place says how often it was struck; it counts no people and is no event of its own.
"""

from __future__ import annotations

from rasid.grammar.clauses import Clause
from rasid.grammar.scan import Scan
from rasid.model.mentions import PlaceHit
from rasid.text.keys import fold

_COLON = {":", "："}
_HEADS = {*_COLON, "|"}
_OPEN, _CLOSE = {"(", "[", "（", "﴾"}, {")", "]", "）", "﴿"}
#: Words that may stand between the places of a list.
_JOINTS = {fold(w) for w in ("و", "مرة", "مرات", "مرتين", "ثم", "كذلك", "أيضا", "بلدة", "بلدتي", "بلدات", "قرى", "أطراف", "محيط", "خراج", "غارة", "غارتان", "غارتين", "غارات", "قذيفة", "قذائف", "قذيفتان")}  # fmt: skip


def place_list(s: Scan, lo: int, hi: int) -> list[PlaceHit]:
    """The places of tokens lo..hi when these hold nothing else but counts, brackets and joints; else none."""
    t, out, j, inside = s.m.tokens, [], lo, False
    while j < hi:
        p = s.place.get(j)
        key = t.key[j]
        if p is not None and p.role in ("place", "parent", "to"):
            out.append(p)
            j = max(p.hi, j + 1)
            continue
        if key in _OPEN:
            inside = bool(out)
        elif key in _CLOSE:
            inside = False
        elif not (inside or t.kind[j] in "pqn" or key in _JOINTS):
            return []
        j += 1
    return out


def listed(s: Scan, clause: Clause) -> list[PlaceHit]:
    """The places of a clause that goes on a list: nothing but places behind a colon or semicolon."""
    if s.m.tokens.kind[clause.lo] != "p":
        return []
    return place_list(s, clause.lo, clause.hi)


def headed(s: Scan, parts: list[Clause], k: int) -> list[PlaceHit]:
    """The places that stand alone before a colon or bar and head this clause ("جنين | قوات ... تقتحم")."""
    if k == 0 or s.m.tokens.key[parts[k].lo] not in _HEADS:
        return []
    return place_list(s, parts[k - 1].lo, parts[k - 1].hi)


def opens_list(s: Scan, lo: int, hi: int) -> bool:
    """Does the sentence end with a colon, so that lines of places may follow?"""
    return s.m.tokens.key[hi - 1] in _COLON
