"""When a predicted part counts as the gold part: names that share words, quotes that overlap, same days, same
bounds.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from math import asin, cos, radians, sin, sqrt
from typing import Any

from rasid.model.vocabulary import FAMILIES

Item = dict[str, Any]

_FAMILY = {t: n for n, family in enumerate(FAMILIES) for t in family}
# The folding of the published scorer, kept apart from text.keys: figures must not move when the reader's keys
# do.
_MARKS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640]")
_FOLD = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي"})
_ARTICLES = ("وال", "بال", "لل", "ال")
#: Head nouns of places: they alone make no two names the same.
_GENERIC = frozenset(
    {
        "بلده", "قريه", "مدينه", "حي", "احياء", "محافظه", "ريف", "منطقه",
        "محيط", "ضاحيه", "مخيم", "طريق", "شارع", "ناحيه", "قضاء", "ولايه",
        "اطراف", "جنوب", "شمال", "شرق", "غرب", "وسط", "قرب", "بلدتي",
        "قريتي", "مدينتي", "حيي", "بلدات", "قري", "مدن", "مناطق", "قطاع",
        "جبل", "تل", "معبر", "جبهه", "محور",
    }
)  # fmt: skip
_EARTH_KM = 6371


def _fold(text: str) -> str:
    return re.sub(r"[^\w\s]", " ", _MARKS.sub("", text or "").translate(_FOLD))


def _bare(word: str) -> str:
    for article in _ARTICLES:
        if word.startswith(article) and len(word) - len(article) >= 2:
            return word[len(article) :]
    return word


def _words(text: str, *, generic: bool) -> set[str]:
    out = {_bare(w) for w in _fold(text).split()}
    return (out - _GENERIC or out) if generic else out


def same_name(a: str, b: str, *, generic: bool = False) -> bool:
    """Do two names share half of the words of the shorter? ``generic``: without the head nouns of places."""
    ours, theirs = _words(a, generic=generic), _words(b, generic=generic)
    return bool(ours and theirs) and len(ours & theirs) / min(len(ours), len(theirs)) >= 0.5


def same_place(gold: Item, found: Item) -> bool:
    """Are two places the same by their words?"""
    return same_name(gold.get("text") or "", found.get("text") or found.get("name") or "", generic=True)


def same_party(gold: Item, found: Item) -> bool:
    """Are two parties or sources the same by id or by their words?"""
    if gold.get("id") and found.get("id") and gold["id"] == found["id"]:
        return True
    return same_name(gold.get("text") or "", found.get("text") or found.get("name") or "")


def same_kind(gold: Item, found: Item) -> bool:
    """Are two targets or weapons of one kind?"""
    return bool(gold.get("kind") == found.get("kind"))


def same_count(gold: Item, found: Item) -> bool:
    """Same status and same bounds (null is unstated)."""
    return all(gold.get(k) == found.get(k) for k in ("status", "min", "max"))


def same_days(gold: Item, found: Item) -> bool:
    """Same first and last day."""
    ours, theirs = ((x.get("start"), x.get("end") or x.get("start")) for x in (gold, found))
    return bool(ours == theirs)


def quotes(item: Item) -> list[str]:
    """The evidence of an item, folded."""
    return [_fold(e["text"] if isinstance(e, dict) else e) for e in item.get("evidence", [])]


def _trigrams(item: Item) -> set[tuple[str, ...]]:
    out = set()
    for quote in quotes(item):
        words = quote.split()
        n = min(3, len(words)) or 1
        out |= {tuple(words[i : i + n]) for i in range(len(words) - n + 1)}
    return out


def overlap(gold: Item, found: Item) -> bool:
    """Do two items rest on a common stretch of three words, or on all of a shorter quote?"""
    return bool(_trigrams(gold) & _trigrams(found))


def distance_km(a: Item, b: Item) -> float | None:
    """Great-circle distance of two places; None without coordinates."""
    try:
        lat1, lon1, lat2, lon2 = (radians(float(x)) for x in (a["lat"], a["lon"], b["lat"], b["lon"]))
    except (KeyError, TypeError, ValueError):
        return None
    h = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * _EARTH_KM * asin(sqrt(h))


def like_incident(gold: Item, found: Item) -> float:
    """How much two incidents are the same: 0 unless of one family and sharing evidence or a place."""
    ours, theirs = gold["type"], found["type"]
    if _FAMILY.get(ours, ours) != _FAMILY.get(theirs, theirs):
        return 0.0
    quoted = overlap(gold, found)
    placed = any(same_place(a, b) for a in gold.get("places", []) for b in found.get("places", []))
    if not (quoted or placed):
        return 0.0
    return (2.0 if ours == theirs else 1.0) + 1.0 * quoted + 0.8 * placed


def like_commitment(gold: Item, found: Item) -> float:
    """How much two commitments are the same: of one kind, sharing evidence or acts."""
    if gold["kind"] != found["kind"]:
        return 0.0
    shared = len({t["act"] for t in gold.get("terms", [])} & {t["act"] for t in found.get("terms", [])})
    quoted = overlap(gold, found)
    return 1.0 * quoted + 0.5 * shared if quoted or shared else 0.0


def like_meeting(gold: Item, found: Item) -> float:
    """Two meetings are the same when they share evidence."""
    return 1.0 if overlap(gold, found) else 0.0


def matched(gold: list[Item], found: list[Item], like: Callable[[Item, Item], float]) -> list[tuple[int, int]]:
    """One-to-one pairs of indices, the most alike first."""
    ranked = sorted(((like(g, f), -i, -j) for i, g in enumerate(gold) for j, f in enumerate(found)), reverse=True)
    taken_gold: set[int] = set()
    taken_found: set[int] = set()
    out = []
    for score, i, j in ranked:
        if score > 0 and -i not in taken_gold and -j not in taken_found:
            taken_gold.add(-i)
            taken_found.add(-j)
            out.append((-i, -j))
    return out


def hits(gold: list[Item], found: list[Item], same: Callable[[Item, Item], bool]) -> int:
    """How many gold parts find a partner, each found part used once, in order."""
    left, n = list(found), 0
    for g in gold:
        k = next((k for k, f in enumerate(left) if same(g, f)), None)
        if k is not None:
            n += 1
            del left[k]
    return n
