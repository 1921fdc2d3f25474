"""A country or capital as a party: "موسكو تتعهد", not "في موسكو". What stands before and after it decides."""

from __future__ import annotations

from rasid.resolve.who_scan import BREAK, Scan
from rasid.resolve.who_words import group

_AFTER_BREAK = {BREAK, ":", "،", ",", ".", "..", "…", "؟", "!", "-", "–", "؛"}


def is_verb(s: Scan, p: int) -> bool:
    """Is the word at ``p`` a form of a verb that the lists know?"""
    w = s.words[p] if p < len(s.words) else None
    return bool(w and w.verb)


def place_before(s: Scan, p: int) -> bool:
    """Does a word of place stand before position ``p``?"""
    return s.keys[p - 1] in group("place_before") or s.keys[p - 1] == "من"


def as_party(s: Scan, p: int, hi: int, capital: bool, chained: bool) -> bool:
    """Does a country or capital stand for its government here? ``chained``: a party ends right before it."""
    w = s.words[p]
    clitics = w.clitics if w else ""
    if clitics.endswith(("ب", "ك")):
        return False
    if clitics.endswith("ل"):
        return capital or is_verb(s, p - 1)
    if chained and clitics == "و":
        return True
    before = s.keys[p - 1]
    if before in group("place_before"):
        return False
    if before == "من":
        return s.keys[p - 2] in group("support")
    if before == "قبل" and s.keys[p - 2] == "من":
        return True
    return _acts(s, p, hi, capital, clitics)


def _acts(s: Scan, p: int, hi: int, capital: bool, clitics: str) -> bool:
    before = s.keys[p - 1]
    if before in group("with") and not clitics:
        return not (before == "مع" and s.keys[p - 2] in group("border"))
    after = hi
    while _joined_state(s, after):
        after += 1
    if is_verb(s, after) and (
        before in _AFTER_BREAK or before in group("with") or _light(s, p - 1) or bool(clitics)
    ):
        return True
    if is_verb(s, p - 1) and not clitics:
        return True
    return capital and before == BREAK and s.keys[after] == ":" and p == 1


def _light(s: Scan, p: int) -> bool:
    """A word after which a subject may open a clause: a conjunction, relative or time word."""
    w = s.words[p]
    return bool(w and w.function)


def _joined_state(s: Scan, p: int) -> bool:
    w = s.words[p] if p < len(s.words) else None
    return bool(w and w.clitics == "و" and w.names and not w.head)
