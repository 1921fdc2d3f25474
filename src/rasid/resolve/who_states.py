"""A country or capital as a party: "موسكو تتعهد", not "في موسكو". What stands before and after it decides."""

from __future__ import annotations

from rasid.resolve.who_scan import BREAK, Scan
from rasid.resolve.who_tables import group, tables

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
    if clitics == "و" and (chained or "بين" in s.keys[max(p - 3, 0) : p - 1]):
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
    w = s.words[p]
    masculine = w is not None and w.rest in group("masculine_countries")
    after = hi
    while _joined_state(s, after):
        after += 1
    opens = before in _AFTER_BREAK or before in group("with") or _light(s, p - 1) or bool(clitics)
    if opens and is_verb(s, after) and (after > hi or _agrees(s, after, masculine)):
        return True
    if is_verb(s, p - 1) and not clitics:
        return _subject(s, p - 1, masculine)
    return capital and before == BREAK and s.keys[after] == ":" and p == 1


def _agrees(s: Scan, p: int, masculine: bool) -> bool:
    """Does the verb at ``p`` go with a country of this gender?"""
    w = s.words[p]
    stem = w.rest.removeprefix("س") if w else ""
    feminine = stem.startswith("ت") or stem.endswith("ت")
    return feminine != masculine or stem.endswith(("ان", "ون"))


def _subject(s: Scan, p: int, masculine: bool) -> bool:
    """Is a country right after the verb at ``p`` its subject or the party spoken to, no destination?"""
    w = s.words[p]
    verb = w.rest.removeprefix("س") if w else ""
    if verb in tables().address:
        return True
    return verb not in tables().motion and _agrees(s, p, masculine)


def _light(s: Scan, p: int) -> bool:
    """A word after which a subject may open a clause: a conjunction, relative or time word."""
    w = s.words[p]
    return bool(w and w.function)


def _joined_state(s: Scan, p: int) -> bool:
    w = s.words[p] if p < len(s.words) else None
    return bool(w and w.clitics == "و" and w.names and not w.head)
