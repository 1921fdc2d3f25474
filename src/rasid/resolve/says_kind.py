"""Of what kind a source is, and whether its noun phrase hides a name."""

from __future__ import annotations

from functools import cache

from rasid.lexicon.actors import registry
from rasid.lexicon.speech import SourceHead, speech
from rasid.model.mentions import ActorHit
from rasid.resolve.says_scene import PERSONS, Scene, Speaker
from rasid.text.keys import bare

KIND = {
    "state": "official", "official": "official", "forces": "military", "coalition": "military",
    "armed_group": "armed_group", "party": "official", "un": "un", "ngo": "ngo", "outlet": "outlet",
    "agency": "agency", "monitor": "monitor", "institution": "official", "tribe": "local", "people": "local",
    "person": "official", "civil_defence": "civil_defence",
}  # fmt: skip
_GROUPS = frozenset({"civil_defence", "armed_group", "un", "monitor", "ngo", "tribe"})
_FORCES = frozenset({"forces", "coalition"})


def made(s: Scene, lo: int, hi: int, head: SourceHead | None, a: ActorHit | None) -> Speaker:
    """The source of tokens lo to hi, known by its head noun, by a party of the registry, or by neither."""
    inner = _office(s, lo, hi) if head is None and (a is None or a.kind == "person") else head
    named = _is_named(s, lo, _before_place(s, lo, hi) if head is not None and head.hidden else hi, head, a)
    definite = s.keys[lo].startswith("ال") or s.words[lo].definite or (a is not None and a.kind != "people")
    human = head is not None and head.human
    hidden = head is not None and (head.hidden or (head.anonymous and _indefinite(s, lo, hi)))
    anonymous = (hidden and not named) or (human and shy(s, hi))
    rule = head.id.replace("source", "says") if head else f"says.{a.kind}" if a else "says.name"
    return Speaker(
        lo, hi, _kind(s, lo, hi, inner, a), anonymous, rule, head, a, definite, named, _names(s, lo, hi),
        _gender(s, lo, head, a),
    )  # fmt: skip


def _office(s: Scene, lo: int, hi: int) -> SourceHead | None:
    """The office that stands behind a name: نبيل سالم طبيب الأشعة."""
    heads = (w.head for w in s.words[lo + 1 : hi] if w.head is not None and not w.head_clitics)
    return next((h for h in heads if h.human), None)


def _indefinite(s: Scene, lo: int, hi: int) -> bool:
    """مسؤول عسكري, متحدث باسم الوزارة: neither the article nor an owner tells which one."""
    first, second = s.keys[lo], s.keys[lo + 1] if hi - lo > 1 else ""
    return not first.startswith("ال") and not second.startswith("ال")


def _is_named(s: Scene, lo: int, hi: int, head: SourceHead | None, a: ActorHit | None) -> bool:
    if a is not None and a.kind == "person" and a.lo < hi:
        return True
    if any(w.name or "named" in w.roles for w in s.words[lo:hi]):
        return True
    return any(b.kind == "person" for k in range(lo, hi) if (b := s.actor.get(k)) is not None)


def _before_place(s: Scene, lo: int, hi: int) -> int:
    """Where a source's own words end: a name behind a preposition is another's (مصادر في حركة فلان)."""
    return next((k for k in range(lo + 1, hi) if "inside" in s.words[k].roles), hi)


@cache
def _shy_firsts() -> frozenset[str]:
    return frozenset(p[0] for p in speech().shy)


def withheld_at(keys: list[str], n: int) -> bool:
    """Does a phrase that hides a name begin at ``n`` (طلب عدم الكشف)?"""
    return keys[n] in _shy_firsts() and any(p == tuple(keys[n : n + len(p)]) for p in speech().shy)


def shy(s: Scene, j: int) -> bool:
    """Does what follows say that the source would not be named?"""
    return any(withheld_at(s.keys, n) for n in range(j, min(j + 12, len(s.keys))))


def _gender(s: Scene, lo: int, head: SourceHead | None, a: ActorHit | None) -> str:
    if a is not None and a.feminine:
        return "f"
    key = s.keys[lo]
    if key.endswith(("ه", "ات")) or (head is not None and head.lemma != bare(key) and not head.human):
        return "f"
    return "m"


def _kind(s: Scene, lo: int, hi: int, head: SourceHead | None, a: ActorHit | None) -> str:
    if head is not None and head.lemma == "شيخ" and s.keys[lo].startswith("ال") and hi - lo > 1:
        head = None  # a title before a name, not an elder
    base = head.kind if head is not None else KIND.get(a.kind, "official") if a is not None else "official"
    if a is not None and a.kind not in PERSONS:
        if "civil" in s.words[a.lo].roles:
            return "official"
        own = base in ("civil_defence", "correspondent") or (base == "military" and a.kind not in _GROUPS)
        loose = a.id is None and head is not None and not head.human and a.kind in ("party", "institution")
        return base if own or loose else KIND[a.kind]
    if a is not None and a.kind == "people" and (head is None or head.kind == "unnamed"):
        return "local"
    human = head.human if head is not None else a is not None or any(w.title for w in s.words[lo:hi])
    if human:
        return _refined(s, lo, hi, base, a)
    return "official" if base == "military" and any("civil" in w.roles for w in s.words[lo:hi]) else base


def _bodies(s: Scene, lo: int, hi: int) -> list[str]:
    """Kinds of the bodies that the phrase names, an official's by the registry."""
    out: list[str] = []
    for k in range(lo, hi):
        a, head = s.actor.get(k), s.words[k].head
        if a is not None and a.lo == k:
            e = registry().get(a.id) if a.id else None
            out.append(e.kind if e is not None and a.kind in PERSONS else a.kind)
        if head is not None and k > lo and not head.human:
            out.append(
                "forces" if head.kind == "military" else head.kind if head.lemma in speech().lists["bodies"] else ""
            )
        pair = s.pair(k, hi)
        if pair is not None and pair[1].kind == "civil_defence":
            out.append("civil_defence")
    return out


def _refined(s: Scene, lo: int, hi: int, base: str, a: ActorHit | None) -> str:
    """A person or an unnamed source speaks for the body named beside the office."""
    if base in ("medical", "analyst", "correspondent", "activist"):
        return base
    bodies = _bodies(s, lo, hi)
    group = "civil_defence" if "civil_defence" in bodies else next((b for b in bodies if b in _GROUPS), None)
    if group:
        return KIND[group]
    words_ = s.words[lo:hi]
    quality = next(
        (w.qualifier for w in words_ if w.qualifier and (base == "unnamed" or _fits(s, lo, w.qualifier))), ""
    )
    if quality:
        return quality
    civil = any("civil" in w.roles for w in words_)
    rank = any(w.rank for w in words_)
    if civil and base != "local" and not (rank and any("defence" in w.roles for w in words_)):
        return "official"
    if base in ("official", "unnamed", "military") and (rank or _FORCES & set(bodies)):
        return "military"
    return base


def _fits(s: Scene, lo: int, qualifier: str) -> bool:
    """A security official is an official, a military one is military."""
    if qualifier == "military":
        return any(w.qualifier == "military" and not bare(k).startswith("امن") for w, k in
                   zip(s.words[lo : lo + 4], s.keys[lo : lo + 4], strict=False))  # fmt: skip
    if qualifier == "local":
        return any("tribal" in w.roles for w in s.words[lo : lo + 5])
    return qualifier in ("medical", "armed_group", "un")


def _names(s: Scene, lo: int, hi: int) -> frozenset[str]:
    """The words by which a later short mention is known again: no articles, brackets or prepositions."""
    return frozenset(
        bare(k) for k, w, kind in zip(s.keys[lo:hi], s.words[lo:hi], s.t.kind[lo:hi], strict=True)
        if kind in "wl" and len(k) > 2 and "inside" not in w.roles
    )  # fmt: skip
