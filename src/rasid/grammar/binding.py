"""Which mentions stand within the reach of a predicate, and in what role."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar

from rasid.grammar.scan import Scan, Trigger
from rasid.lexicon.predicates import operators
from rasid.model.claims import BoundActor
from rasid.model.mentions import ActorHit, HarmHit, NounHit, PlaceHit, TimeHit
from rasid.resolve.who_words import SKIPPED, analyses

_Hit = TypeVar("_Hit")

_CLITIC_PREP = {"ب": "in", "ل": "for", "ك": "like"}


@dataclass(slots=True)
class Reach:
    """Mentions within a predicate's reach, each list in token order. ``before`` counts the actors left of the trigger."""

    lo: int
    hi: int
    actors: list[ActorHit] = field(default_factory=list)
    places: list[PlaceHit] = field(default_factory=list)
    times: list[TimeHit] = field(default_factory=list)
    nouns: list[NounHit] = field(default_factory=list)
    harm: list[HarmHit] = field(default_factory=list)


def reach(s: Scan, lo: int, hi: int) -> Reach:
    """Everything that begins in tokens lo..hi."""
    return Reach(
        lo, hi, _within(s.actor, lo, hi), _within(s.place, lo, hi), _within(s.time, lo, hi), _within(s.noun, lo, hi),
        _within(s.harm, lo, hi),
    )  # fmt: skip


def _within(table: dict[int, _Hit], lo: int, hi: int) -> list[_Hit]:
    """Hits that begin or go on in tokens lo..hi, each once, in token order."""
    out: list[_Hit] = []
    for j in range(lo, hi):
        hit = table.get(j)
        if hit is not None and (not out or out[-1] is not hit):
            out.append(hit)
    return out


def preposition(s: Scan, hit: ActorHit | PlaceHit | NounHit, floor: int) -> str:
    """What governs a noun phrase: a preposition class, ``by`` (agent marker), ``and`` (coordinated) or ""."""
    c = hit.clitics
    if c:
        if c[-1] in _CLITIC_PREP:
            return _CLITIC_PREP[c[-1]]
        if c == "و":
            return "and"
    keys = s.m.tokens.key
    j = hit.lo - 1
    while j >= floor and s.m.tokens.kind[j] == "q":
        j -= 1
    if j < floor:
        return ""
    k = keys[j]
    if k == "مع" and j - 1 >= floor and keys[j - 1] in operators().together:
        return "aided"
    if is_by(k):
        return "by"
    if k in ("،", ",") and j - 1 >= floor and (j - 1) in s.actor:
        return "comma"
    governing = operators().prepositions
    return governing.get(k) or governing.get(k[1:] if k[:1] in ("و", "ف") else k, "")


#: Words within which an actor still belongs to the predicate without another sign.
_NEAR = 6
_ARMED = ("forces", "armed_group", "coalition")
_TELLERS = ("outlet", "agency", "monitor")


def roles(s: Scan, t: Trigger, r: Reach, carrier: int | None) -> list[BoundActor]:
    """Roles of the actors in reach, by the frame of the predicate and where each stands."""
    hurt = {j for h in r.harm for j in range(h.who_lo, h.who_hi)}
    out: list[BoundActor] = []
    last: tuple[str, int] | None = None
    follows = (
        t.verb
        and t.voice != "p"
        and any(t.hi <= a.lo <= t.hi + 1 and a.acts and a.clitics in ("", "و") for a in r.actors)
    )
    taken = follows and _act_before(s, t, r.lo)
    follows = follows and not taken and not _named_before(s, t, r)
    for a in r.actors:
        if follows and a.hi <= t.lo:
            continue  # the subject stands right behind the verb
        if a.kind in _TELLERS or (a.lo > 0 and a.lo - 1 in s.teller):
            continue
        p = preposition(s, a, r.lo)
        if p in ("and", "comma") and last and a.lo - last[1] <= 3:
            role = last[0]
        elif a.lo in hurt:
            role = _hurt(t, a)
        else:
            role = _role(s, t, a, p, carrier, taken)
        if p == "by" and role == "victim" and out and out[-1].hit.id is None and a.lo - out[-1].hit.hi <= 3 and a.acts:
            # "by a sniper's bullet, on the part of X": the party outranks its nameless hand
            role = out.pop().role
        last = (role, a.hi) if role else last
        if role:
            taken = taken or role in ("perpetrator", "party")
            out.append(BoundActor(a, role, f"role.{t.predicate.frame}"))
    return out


def _hurt(t: Trigger, a: ActorHit) -> str:
    """Those whom the harm befell: named as victims when they are of a party, not when they are plain people."""
    if t.predicate.frame == "mutual":
        return "party" if a.id and a.kind in ("forces", "armed_group", "coalition") else ""
    return "" if a.kind == "people" else "victim"


def _role(s: Scan, t: Trigger, a: ActorHit, p: str, carrier: int | None, taken: bool) -> str:
    frame = t.predicate.frame
    if p in ("of", "supported", "like", "near"):
        return ""
    if frame == "mutual":
        return "" if a.kind in ("people", "official") and not a.acts else "party"
    if frame == "crowd" and (p or a.lo > t.hi + 4):
        return ""
    if p == "by":
        return ("victim" if taken else "perpetrator") if a.acts else ""
    if p == "from" and a.acts and not taken and _unit_of(s, t, a):
        return "perpetrator"
    if p == "aided":
        return "ally"
    if p == "for" and not taken and a.acts and a.lo > t.hi and s.m.tokens.key[a.lo - 1] in operators().campaigns:
        return "perpetrator"  # "were arrested in a campaign of the police"
    if p == "with":
        return ""
    subject = "party" if frame == "crowd" else "perpetrator"
    if a.hi <= t.lo:
        return _before(t, a, p, subject, carrier, taken)
    if p == "from" and not t.verb and a.acts and a.lo - t.hi <= 3 and not taken and t.predicate.yields != "territory":
        return subject
    if a.kind == "official" and frame == "attack" and a.lo - t.hi > _NEAR and not s.noun.get(a.lo - 1):
        return ""  # whoever else the clause speaks of
    if p in ("against", "on", "to", "in", "from"):
        return "victim" if frame in ("attack", "people", "control", "blast") else ""
    if _behind_target(s, t, a):
        return "victim"
    if t.verb:
        return _after_verb(t, a, p, subject, taken)
    return _after_noun(t, a, p, subject, taken)


def _act_before(s: Scan, t: Trigger, lo: int) -> bool:
    """ "Raids that struck the fighters": is the subject of the verb an act or weapon before it, told of in its gender?"""
    keys = s.m.tokens.key
    if t.predicate.frame != "attack":
        return False
    feminine = keys[t.lo].endswith("ت") if t.tense == "perf" else keys[t.lo].lstrip("وفس").startswith("ت")
    for j in range(t.lo - 1, max(lo, t.lo - _NEAR) - 1, -1):
        if j in s.actor or j in s.finite:
            return False
        n = s.noun.get(j)
        act = (j in s.trigger and not s.trigger[j].verb) or (n is not None and n.slot == "weapon")
        if act or keys[j].removeprefix("ال") in operators().campaigns:
            many = keys[j].endswith(("ه", "ات")) or (n is not None and n.slot == "weapon")
            return feminine == many and keys[j - 1] not in operators().openers
    return False


def _named_before(s: Scan, t: Trigger, r: Reach) -> bool:
    """Does a party stand right before the verb, at the head of its clause, and nameless people behind it (الجيش يحاصر مسلحين)?"""
    a, b = s.actor.get(t.lo - 1), s.actor.get(t.hi)
    return (
        a is not None
        and (b is None or b.id is None)
        and a.acts
        and a.lo >= r.lo
        and preposition(s, a, r.lo) in ("", "for")
        and a.lo - r.lo <= 2
    )


def as_parties(actors: list[BoundActor]) -> list[BoundActor]:
    """In a clash every armed side is a party, whichever of them the words make the doer."""
    return [
        BoundActor(a.hit, "party", a.rule)
        if a.role == "perpetrator" or (a.role == "victim" and a.hit.kind in _ARMED)
        else a
        for a in actors
    ]


def _unit_of(s: Scan, t: Trigger, a: ActorHit) -> bool:
    """ "A battalion of the army arrived": the party owns the unit that stands beside the verb."""
    n = s.noun.get(a.lo - 2)
    return n is not None and n.slot == "target" and n.value == "military" and (n.lo == t.hi or n.hi <= t.lo) and t.verb


def _behind_target(s: Scan, t: Trigger, a: ActorHit) -> bool:
    """Does a target or place stand between the predicate and the actor (هاجم مواقع الجيش)? Then it is theirs."""
    for j in range(t.hi, a.lo):
        n = s.noun.get(j)
        if (n is not None and n.slot == "target" and n.hi <= a.lo) or (j in s.place and s.place[j].role == "place"):
            return True
    return False


def _before(t: Trigger, a: ActorHit, p: str, subject: str, carrier: int | None, taken: bool) -> str:
    """Left of the trigger: the subject of the verb or of the verb that carries the noun, and no preposition before it."""
    if p == "for" and t.verb and t.lo - a.hi <= 1 and a.acts and not taken:
        return subject  # "a large force of the army besieges ..."
    if p in ("in", "to", "from", "for", "between", "on", "against") or taken:
        return ""
    if not a.acts and subject == "perpetrator":
        crowd = a.kind == "people" and t.tense == "impf" and t.number == "p" and t.lo - a.hi <= 2
        return subject if crowd and t.predicate.frame in ("attack", "control") else ""
    if t.verb and t.voice == "p":
        return "victim"
    if not t.verb and carrier is None:
        return ""
    return subject


def _after_verb(t: Trigger, a: ActorHit, p: str, subject: str, taken: bool) -> str:
    frame = t.predicate.frame
    if t.voice == "p" or frame == "blast":
        return "victim"
    if not taken and p in ("", "and", "comma") and (a.acts or frame == "crowd"):
        return subject
    if not taken and p == "" and a.kind == "people" and a.lo == t.hi and frame == "attack" and t.voice == "a":
        return subject
    return "victim" if frame in ("attack", "people", "control", "people_move") else ""


def _after_noun(t: Trigger, a: ActorHit, p: str, subject: str, taken: bool) -> str:
    frame = t.predicate.frame
    adjacent = a.lo - t.hi <= 2
    agentive = t.predicate.genitive == "agent"
    if p == "for":
        if agentive and not taken and a.acts and adjacent:
            return subject
        return "victim" if a.lo - t.hi <= 4 else ""
    if agentive:
        return subject if not taken and (a.acts or frame == "crowd") and a.lo - t.hi <= 5 else "victim"
    if not taken and a.acts and adjacent and frame not in ("people", "attack"):
        return subject
    return "victim"


def parties_before(s: Scan, t: Trigger, floor: int) -> list[BoundActor]:
    """The two sides that "the two parties" (الطرفين) point back to: the last two that act, not before ``floor``."""
    window = s.m.tokens.key[t.hi : t.hi + 6]
    if not any(w in operators().both for w in window):
        return []
    found: list[ActorHit] = []
    for a in reversed(s.m.actors):
        if floor <= a.lo < t.lo and a.acts and all(a.id != b.id or a.id is None for b in found):
            found.append(a)
        if len(found) == 2:
            break
    return [BoundActor(a, "party", "role.both_sides") for a in reversed(found)]


def adjectival_agent(s: Scan, t: Trigger) -> BoundActor | None:
    """The doer that an adjective of nationality or party names: القصف التركي "the Turkish shelling"."""
    if t.verb or t.predicate.genitive != "agent":
        return None
    tokens = s.m.tokens
    for j in range(t.hi, min(t.hi + 3, len(tokens))):
        if tokens.kind[j] != "w" or j in s.actor or j in s.place:
            return None
        w = analyses[tokens.key[j]]
        if w is None or w is SKIPPED or w.plural or w.definite != t.article or w.clitics:
            continue
        party = w.party[0].id if w.party else w.nation.forces if w.nation else None
        if party:
            hit = ActorHit(j, j + 1, party, "forces", True, "who.adjective", j)
            return BoundActor(hit, "party" if t.predicate.frame == "mutual" else "perpetrator", "role.adjective")
    return None


def is_by(key: str) -> bool:
    """Is this word one that brings in the doer (من قبل، على يد، نفذه)?"""
    op = operators()
    return key in op.agent or any(m.enclitic for m in op.doing.lookup(key))
