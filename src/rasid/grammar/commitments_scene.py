"""What the commitments grammar needs to know of a text: which mention covers a token, who spoke last,
is it conflict.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from rasid.lexicon.actors import countries
from rasid.lexicon.commitments import classes_of, lands, nations, triggers, words
from rasid.lexicon.forms import Match
from rasid.lexicon.predicates import operators, predicates
from rasid.model.claims import Mentions
from rasid.model.mentions import ActorHit, PlaceHit, TimeHit
from rasid.text.tokens import Tokens

FINITE = ("perf", "impf")
#: Prepositions that take an actor out of the subject's place ("in, from, to, on, of, with, against, by").
_GOVERNORS = frozenset(
    [
        "في",
        "من",
        "الي",
        "علي",
        "عن",
        "مع",
        "ضد",
        "تجاه",
        "لدي",
        "بين",
        "قبل",
        "حول",
        "بحق",
        "نحو",
        "باسم",
        "بحضور",
        "برعايه",
        "بوساطه",
        "امام",
    ]
)
_PRONOUNS = frozenset(["فيه", "فيها", "به", "بها", "له", "لها", "منه", "منها", "عليه", "عليها"])
_POLITICAL = frozenset(
    {"state", "forces", "armed_group", "party", "coalition", "un", "official", "tribe", "institution"}
)


@dataclass(slots=True)
class Speech:
    """A verb whose subject speaks: its token and its subjects."""

    at: int
    actors: list[ActorHit]


@dataclass(slots=True)
class Scene:
    """Mentions by token, and the speakers in order."""

    m: Mentions
    t: Tokens
    actor: dict[int, ActorHit] = field(default_factory=dict)
    time: dict[int, TimeHit] = field(default_factory=dict)
    place: dict[int, PlaceHit] = field(default_factory=dict)
    speeches: list[Speech] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    surnames: dict[str, ActorHit] = field(default_factory=dict)
    war: int = 0
    peace: int = 0

    def sentence(self, i: int) -> int:
        """The index of the sentence that holds token i."""
        return max(0, bisect_right(self.starts, i) - 1)


def scene(m: Mentions) -> Scene:
    """Index the mentions of one text by token."""
    s = Scene(m, m.tokens)
    for hit in [part for whole in m.actors for part in _parted(m.tokens, whole)]:
        a = replace(hit, lo=hit.lo + 1) if hit.hi - hit.lo > 1 and m.tokens.key[hit.lo] in _PRONOUNS else hit
        for j in range(a.lo, a.hi):
            s.actor[j] = a
        if a.kind in ("official", "person") and a.hi - a.lo >= 2:
            s.surnames.setdefault(m.tokens.key[a.hi - 1], a)
    _governments(s)
    for h in m.times:
        for j in range(h.lo, h.hi):
            s.time[j] = h
    for p in m.places:
        if p.role in ("place", "parent"):
            for j in range(p.lo, p.hi):
                s.place[j] = p
    s.starts = [x.lo for x in m.tokens.sentences]
    s.war, s.peace = conflict_words(m.tokens)
    return s


def _parted(t: Tokens, a: ActorHit) -> list[ActorHit]:
    """An office with the party behind it is two actors: "رئيس الأركان الأميركي الحكومة العراقية"."""
    if a.kind not in ("official", "people") or a.hi - a.lo < 2:
        return [a]
    for j in range(a.lo + 1, a.hi):
        joined = t.key[j - 1] in _GOVERNORS
        delegation = t.key[j].endswith("ا") and t.key[j][:-1] in words("heads") and not joined
        if t.key[j] in lands() and _bare(t.key[j - 1]) in nations() and not joined:
            return [replace(a, hi=j), ActorHit(j, a.hi, lands()[t.key[j]], "state", True, a.rule)]
        k = t.key[j]
        folk = k.startswith("ال") and k.endswith("ين") and len(k) > 6 and t.key[j - 1].startswith("ال")
        if a.kind == "official" and folk and not t.key[j - 1].endswith("ين") and j == a.lo + 1:
            return [replace(a, hi=j), ActorHit(j, a.hi, None, "people", False, a.rule)]
        if delegation or (_bare(t.key[j - 1]) in nations() and _bare(t.key[j]) in words("heads")):
            first = replace(a, hi=j)
            return [
                first,
                ActorHit(j, a.hi, None, "people" if a.kind == "people" else "institution", False, a.rule),
            ]
    return [a]


def _bare(key: str) -> str:
    return key[2:] if key.startswith("ال") else key


def _governments(s: Scene) -> None:
    """A country's name that the place resolver holds to be its government is a party where no actor
    covers it.
    """
    for p in s.m.places:
        if p.rule == "where.government" and p.lo not in s.actor and p.country in countries():
            a = ActorHit(p.lo, p.hi, countries()[p.country].government, "state", True, p.rule, clitics=p.clitics)
            for j in range(p.lo, p.hi):
                s.actor[j] = a


@cache
def _finite_cache() -> dict[str, bool]:
    return {}


def finite(key: str) -> bool:
    """Is this word a finite verb in any lexicon (and no noun in the first that knows it)?"""
    known = _finite_cache()
    got = known.get(key)
    if got is None:
        got = known[key] = _finite(key)
    return got


def _finite(key: str) -> bool:
    if key in words("not_finite"):
        return False
    if any(m.value == "speech" and m.form.tense in FINITE for m in classes_of(key)):
        return True
    for lookup in (
        classes_of,
        triggers().lookup,
        operators().verbs.lookup,
        predicates().words.lookup,
        predicates().carriers.lookup,
    ):
        found: Sequence[Match[Any]] = lookup(key)
        if found:
            tenses = {m.form.tense for m in found}
            return bool(tenses & set(FINITE)) and not tenses & {"masdar", "noun"}
    return False


def has_preposition(t: Tokens, a: ActorHit) -> bool:
    """Does the actor's first word carry ل or ب ("للنظام", "بالحكومة"), or does a preposition stand
    before it?
    """
    if a.lo and t.key[a.lo - 1] in _GOVERNORS:
        return True
    return clitic_of(a, t.key[a.lo]) in ("ل", "ب", "ك", "ول", "وب")


def clitic_of(a: ActorHit, key: str) -> str:
    """The proclitics of an actor's first word: as its resolver found them, else as its letters show them."""
    if a.clitics:
        return a.clitics
    if key in words("no_clitic"):
        return ""
    if key.startswith(("لل", "ولل")):
        return "ول" if key[0] == "و" else "ل"
    conj = "و" if key[0] == "و" and len(key) > 3 else ""
    rest = key[len(conj) :]
    if rest[:1] in ("ل", "ب") and len(rest) > 3 and rest not in words("no_clitic"):
        return conj + rest[0]
    return conj


def skippable(s: Scene, j: int) -> bool:
    """May token j stand between a verb and its subject: adverbs, times, quotation marks?"""
    k = s.t.key[j]
    return k in words("adverbs") or j in s.time or s.t.kind[j] == "q"


def group_from(s: Scene, j: int, hi: int) -> tuple[list[ActorHit], int]:
    """The actor at token j with those coordinated behind it, and the token after the last."""
    a = s.actor[j]
    out, end = [a], a.hi
    while end < hi:
        k = end
        while k < hi and k - end < 2 and (s.t.kind[k] == "q" or s.t.key[k] in ("،", ",")):
            k += 1
        nxt = s.actor.get(k)
        if (
            nxt is None
            or nxt.lo != k
            or not s.t.key[k].startswith("و")
            or not clitic_of(nxt, s.t.key[nxt.lo]).startswith("و")
        ):
            break
        out.append(nxt)
        end = nxt.hi
    return out, end


def group_to(s: Scene, j: int, lo: int) -> list[ActorHit]:
    """The actor whose last token is j with those coordinated before it."""
    a = s.actor[j]
    out = [a]
    while a.lo - 1 >= lo and clitic_of(a, s.t.key[a.lo]).startswith("و"):
        before = s.actor.get(a.lo - 1)
        if before is None:
            break
        out.insert(0, before)
        a = before
    return out


def conflict_words(t: Tokens) -> tuple[int, int]:
    """How many different words of conflict the text holds, and how many of peaceful trades."""
    keys = set(t.key)
    return len(keys & _spread("conflict")), len(keys & _spread("peace_time"))


@cache
def _spread(name: str) -> frozenset[str]:
    """Words with every proclitic that they may carry."""
    out: set[str] = set()
    for w in words(name):
        for p in ("", "و", "ب", "ل", "ف", "وب", "ول"):
            out.add(p + w)
            out.add(p + "ال" + w)
        out.add("لل" + w)
        out.add("ولل" + w)
    return frozenset(out)


def political(a: ActorHit) -> bool:
    """Can this actor give a word that the book would keep?"""
    return a.kind in _POLITICAL or a.acts or a.id is not None
