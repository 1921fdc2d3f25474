"""The subject of a verb of saying that stands before it, and whom the sentence is about."""

from __future__ import annotations

from rasid.resolve.says_scene import COMMAS, Scene, Speaker
from rasid.resolve.says_speaker import GOVERNED, LEADING, speaker_at
from rasid.text.tokens import Sentence

_TOPICS = frozenset({"person", "official"})


def subject_before(s: Scene, i: int, sentence: Sentence, *, near: bool, free: bool = False) -> Speaker | None:
    """The subject of a verb that follows it: "X قال إن", "X الذي قال إن"; ``near``: only right before it."""
    lo, p = sentence.lo, i - 1
    if i == lo or (s.words[i].clitics and "as_for" not in s.words[lo].roles) or (near and s.t.kind[p] == "p"):
        return None
    while p > lo and (s.t.kind[p] == "q" or "did" in s.words[p].roles or s.keys[p] in COMMAS):
        p -= 1
    if p < lo:
        return None
    if "who" in s.words[p].roles:
        return None if near else _ending(s, p, lo)
    w = s.words[i]
    floor = max(lo, i - 26)
    for q in range(p, floor - 1, -1):
        roles = s.words[q].roles
        led = s.words[q].that or bool(roles & {"led", "as_for"}) or ("was" in roles and q < p)
        if (led or q == lo) and (not w.clitics or "as_for" in roles):
            got = _leading(s, q + 1 if led else q, i, free)
            return got if got is None or not near or got.hi >= p else None
        if s.t.kind[q] == "p" and s.keys[q] not in COMMAS:
            return None
    return None


def _leading(s: Scene, q: int, i: int, free: bool = False, *, far: bool = False) -> Speaker | None:
    """The noun phrase at ``q`` when no other verb stands between it and the verb at ``i``."""
    got = speaker_at(s, q, i, clitics=LEADING, free=free and i - q <= 6)
    if got is None or far:
        return got
    relative = any("who" in u.roles for u in s.words[got.hi : i])
    between = any(s.words[k].finite for k in range(got.hi, i))
    return got if (not between or relative) and i - got.hi <= 18 else None


def _ending(s: Scene, p: int, lo: int) -> Speaker | None:
    """The noun phrase that ends at ``p``, before a relative pronoun."""
    for q in range(p - 1, max(lo, p - 12) - 1, -1):
        a = s.actor.get(q)
        if a is not None and a.lo != q:
            continue
        if s.t.kind[q] == "p":
            continue
        if a is None and s.words[q].head is None and not s.words[q].title:
            continue
        got = speaker_at(s, q, p, clitics=GOVERNED)
        if got is not None and got.hi >= p - 1:
            return got
    return None


def topic(s: Scene, sentence: Sentence, i: int) -> Speaker | None:
    """Whom the sentence is about, where it names no speaker: وكان سالم يشغل المنصب، وقال إن."""
    for k in range(sentence.lo, min(sentence.lo + 4, i)):
        a = s.actor.get(k)
        if a is not None and a.lo == k and a.kind in _TOPICS and a.clitics in ("", "و"):
            return _leading(s, k, i, False, far=True)
    return None
