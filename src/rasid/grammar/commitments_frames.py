"""The frame of a commitment: where its terms begin behind the word that opens it, and what bars them."""

from __future__ import annotations

from dataclasses import dataclass

from rasid.grammar.commitments_scene import Scene, finite
from rasid.grammar.commitments_terms import masdar, opens_clause
from rasid.lexicon.commitments import Trigger, triggers, words
from rasid.lexicon.forms import Match
from rasid.model.claims import TermHit
from rasid.text.tokens import Sentence

#: Terms are looked for so far behind the word that opens a commitment.
REACH = 30
HARD = frozenset(".؛;!؟?")
_PREPOSITIONS = frozenset(["الي", "علي", "عن", "من", "في", "حتي"])
#: "to that, it": what is promised or refused stands elsewhere.
_BACKWARD = frozenset(["بذلك", "ذلك", "به", "بها", "بهذا", "لذلك"])
#: Behind these a masdar tells when, not what.
_AFTER_TIME = frozenset(["عقب", "بعد", "قبل", "خلال", "اثر", "منذ", "عند", "لدي", "حين"])
_CLITICS = frozenset(["ال", "ب", "ل", "بال", "لل", "و", "وال", "ول", "وب", "ا"])


@dataclass(slots=True)
class Spot:
    """A trigger in the text: its token, and the token of the verb that carries it (the same for a verb)."""

    at: int
    verb: int
    match: Match[Trigger]
    sent: Sentence
    number: int


def opening(s: Scene, spot: Spot, lo: int) -> int | None:
    """The token where the terms begin, by the markers of the entry's frame."""
    t = spot.match.value
    hi = min(spot.sent.hi, spot.at + REACH)
    fallback = None
    idle = 0
    for j in range(spot.at + 1, hi):
        k = s.t.key[j]
        if k in HARD or (k in "،," and t.id == "agreement.agree"):
            break
        if j < lo and not opens_clause(s, j) and not (k[:1] == "ب" and "ب" in t.topic and masdar(k, s.t.light[j])):
            continue
        sure = marks(s, j, t)
        if (
            sure == j
            and spot.match.article
            and t.shape == "noun"
            and "ب" not in k[:1]
            and t.kind != "refusal"
            and not opens_clause(s, j)
        ):
            sure = None  # a definite noun takes no genitive: "الاتفاق الاستمرار" are no terms
        if sure:
            return sure if sure < spot.sent.hi else None
        if t.shape == "noun" and j not in s.actor and j not in s.time and s.t.kind[j] == "w":
            idle += k not in words("relatives")
            if idle > _patience(spot) and k not in words("clause"):
                break
        if fallback is None and j not in s.actor and j not in s.time:
            fallback = _weak_mark(s, j, t, lo)
        if j > lo and k in words("stops") and k not in _PREPOSITIONS:
            break
        if k[:1] == "ل" and j not in s.actor and finite(k) and masdar(k, s.t.light[j]) is None:
            break
        if j > spot.at + 1 and k.startswith("و") and j not in s.actor and finite(k) and masdar(k, s.t.light[j]) is None:
            break
    return fallback


def _patience(spot: Spot) -> int:
    """How many words that are no actor or time may stand between a noun and its terms."""
    if spot.match.value.kind == "demand" and spot.verb != spot.at:
        return 8
    return 2 if spot.match.article else 4


def marks(s: Scene, j: int, t: Trigger) -> int | None:
    """Does token j mark the start of terms for certain? Then their first token."""
    k = s.t.key[j]
    if j not in s.actor and opens_clause(s, j) and ("ان" in t.topic or (k.startswith("ب") and "ب" in t.topic)):
        return j
    if "clause" in t.topic and k in words("clause"):
        return j + 1
    if t.id == "agreement.agreement" and k[:1] in "بل" and _definite(s, j):
        return None
    if k in _PREPOSITIONS and k in t.topic and j not in s.actor and s.t.light[j] != "علي" and j + 1 < len(s.t):
        return j + 1 if j + 1 not in s.place or j + 1 in s.actor else None
    if j in s.actor or j in s.time or j in s.place:
        return None
    head = masdar(k, s.t.light[j])
    if head is None:
        return None
    clitic = head[0][-1:]
    if clitic in ("ب", "ل"):
        return j if clitic in t.topic else None
    if t.kind == "agreement" and t.shape == "noun" and not _adjacent(s, j):
        return None
    if s.t.key[j - 1] in _AFTER_TIME:
        return None
    if head[1] and not _free(s, j):
        return None
    return j if "object" in t.topic and head[0] == "" else None


def _free(s: Scene, j: int) -> bool:
    """May the definite masdar at token j be an object, not a genitive ("فترة القتال")?"""
    k = s.t.key[j - 1]
    return (
        s.t.kind[j - 1] != "w"
        or j - 1 in s.actor
        or j - 1 in s.time
        or k in words("adverbs")
        or k.startswith("ال")
        or k.endswith(("ين", "ون"))
        or bool(triggers().lookup(k))
    )


def _definite(s: Scene, j: int) -> bool:
    """Does the nearest noun of agreement before token j carry the article? Then بـ and لـ do not
    bring its terms.
    """
    for n in range(j - 1, max(-1, j - 10), -1):
        for m in triggers().lookup(s.t.key[n]):
            if m.value.id == "agreement.agreement":
                return m.article
    return False


def _adjacent(s: Scene, j: int) -> bool:
    """Does the masdar stand right behind the noun of agreement ("اتفاق وقف إطلاق النار")?"""
    return any(m.value.kind == "agreement" for m in triggers().lookup(s.t.key[j - 1]))


def _weak_mark(s: Scene, j: int, t: Trigger, lo: int) -> int | None:
    """A noun with the frame's ب, or the first free noun of an object frame: taken where nothing surer
    follows.
    """
    k = s.t.key[j]
    if s.t.kind[j] != "w" or k in words("adverbs") or k in words("stops") or k in words("negation"):
        return None
    if "ب" in t.topic and k.startswith("ب") and not k.startswith("بين") and len(k) > 3 and j not in s.place:
        return j
    if "object" in t.topic and t.kind in ("refusal", "offer") and len(k) > 3 and _first_free(s, lo, j):
        return j
    return None


def _first_free(s: Scene, lo: int, j: int) -> bool:
    return all(n in s.time or s.t.key[n] in words("adverbs") or s.t.kind[n] == "q" for n in range(lo, j))


def barred(s: Scene, t: Trigger, found: list[TermHit], at: int) -> bool:
    """Do the first words of the terms make it something else (refusing to be named, threatening to
    collapse)?
    """
    lo = found[0].lo
    head = s.t.key[lo]
    if head in _BACKWARD:
        return True
    nxt = s.t.key[lo + 1] if lo + 1 < len(s.t) else ""
    between = [s.t.key[j] for j in range(at + 1, lo) if j not in s.actor]
    if t.never and any(_same(k, w) for k in (head, nxt, *between) for w in t.never):
        return True
    if t.needed and not any(
        _same(s.t.key[j], w) for x in found for j in range(x.lo, min(x.hi, x.lo + 8)) for w in t.needed
    ):
        return True
    return bool(t.acts) and not any(x.act in t.acts for x in found)


def _same(key: str, word: str) -> bool:
    return key == word or (key.endswith(word) and len(key) - len(word) <= 3 and key[: len(key) - len(word)] in _CLITICS)
