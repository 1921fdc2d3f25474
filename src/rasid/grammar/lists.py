"""Bulletins: places that a head line lists with counts ("طال القصف: حولا (٤)، مركبا"), or that head a line.

A count in brackets beside a place says how often it was struck; it counts no people.
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
_JOINT_WORDS = (
    "و", "مرة", "مرات", "مرتين", "ثم", "كذلك", "أيضا", "بلدة", "بلدتي", "بلدات", "قرى", "أطراف", "محيط",
    "خراج", "غارة", "غارتان", "غارتين", "غارات", "قذيفة", "قذائف", "قذيفتان",
)  # fmt: skip
_JOINTS = {fold(w) for w in _JOINT_WORDS}


def place_list(s: Scan, lo: int, hi: int, *, within: bool = False) -> list[PlaceHit]:
    """The places of tokens lo..hi when these hold nothing else but counts, brackets and joints; else none.

    An item of one or two words that no lexicon knows is a place that the gazetteer lacks, beside one that it
    knows or ``within`` a list that has begun.
    """
    t, out, j, inside = s.m.tokens, [], lo, False
    known = within or any(k in s.place for k in range(lo, hi))
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
            end = _name(s, j, hi) if known else j
            if end == j:
                return []
            out.append(_unknown(s, j, end))
            j = end
            continue
        j += 1
    return out


def _name(s: Scan, j: int, hi: int) -> int:
    """The end of an unknown name that fills an item from ``j``, or ``j``."""
    t, end = s.m.tokens, j
    tables = (s.trigger, s.carrier, s.result, s.operator, s.actor, s.noun, s.harm, s.time)
    while end < hi and end - j < 3 and t.kind[end] == "w" and end not in s.place and t.key[end] not in _JOINTS:
        if end in s.finite or any(end in table for table in tables):
            return j
        end += 1
    closed = end == hi or t.kind[end] in "pqn" or t.key[end] in _JOINTS
    return end if closed and end - j <= 2 else j


def _unknown(s: Scan, lo: int, hi: int) -> PlaceHit:
    return PlaceHit(
        lo,
        hi,
        s.m.tokens.quote(lo, hi),
        None,
        None,
        None,
        None,
        None,
        "in",
        (),
        None,
        "place",
        "",
        lo,
        "where.listed",
    )


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
