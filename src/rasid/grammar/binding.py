"""Which mentions stand within the reach of a predicate, and in what role."""

from __future__ import annotations

from dataclasses import dataclass, field

from rasid.grammar.scan import Scan, Trigger
from rasid.lexicon.predicates import operators
from rasid.model.claims import BoundActor
from rasid.model.mentions import ActorHit, HarmHit, NounHit, PlaceHit, TimeHit
from rasid.resolve.who_words import analyse
from rasid.text.keys import fold

_PREPOSITIONS = {
    fold(w): p
    for p, ws in {
        "on": ("على", "فوق"), "in": ("في", "داخل", "ب", "بصفوف"), "to": ("إلى", "نحو", "باتجاه", "صوب", "تجاه"),
        "from": ("من",), "against": ("ضد", "بحق", "صفوف", "لدى", "يستهدف", "تستهدف", "استهدف", "استهدفت"),
        "with": ("مع", "بمشاركة", "بالتعاون", "بمساندة", "بدعم", "بإسناد", "بمؤازرة", "برفقة", "بقيادة", "بمعاونة"),
        "between": ("بين",), "of": ("عن", "حول", "بشأن", "بخصوص"), "near": ("قرب", "عند", "أمام"),
        "supported": ("المدعوم", "المدعومة", "الموالية", "الموالي", "التابعة", "التابع"),
    }.items()
    for w in ws
}  # fmt: skip
_CLITIC_PREP = {"ب": "in", "ل": "for", "ك": "like"}
_BY = {fold(w) for w in ("قبل", "يد", "أيدي", "يدي", "جانب", "بواسطة", "بنيران", "بأيدي", "بيد", "طرف", "برصاص", "نفذه", "نفذها", "شنه", "شنها", "شنته", "شنتها", "نفذته", "نفذتها", "ينفذها", "تنفذها", "تشنها", "يشنها", "يشنه", "تشنه", "نفذتهما", "ارتكبها", "ارتكبتها", "قاده", "قادها", "نصبه", "نصبها", "نصبته", "فجره", "فجرها", "زرعه", "زرعها", "زرعته", "زرعتها", "أطلقه", "أطلقها", "أطلقته", "أطلقتها", "يقوده", "يقودها", "تقوده", "تقودها", "تبناه", "تبناها", "تبنته", "تبنتها", "ألقتها", "ألقاها", "خلفها", "خلفتها", "خلفه", "نفذهما", "قادته", "قادتها", "فرضه", "فرضها", "فرضته", "فرضتها", "يفرضها", "تفرضها", "يفرضه", "تفرضه")}  # fmt: skip


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
    r = Reach(lo, hi)
    j = lo
    while j < hi:
        for table, into in (
            (s.actor, r.actors), (s.place, r.places), (s.time, r.times), (s.noun, r.nouns), (s.harm, r.harm),
        ):  # fmt: skip
            hit = table.get(j)
            if hit is not None and (not into or into[-1] is not hit):  # type: ignore[attr-defined]
                into.append(hit)  # type: ignore[attr-defined]
        j += 1
    return r


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
    if k in _BY:
        return "by"
    if k in ("،", ",") and j - 1 >= floor and (j - 1) in s.actor:
        return "comma"
    return _PREPOSITIONS.get(k) or _PREPOSITIONS.get(k[1:] if k[:1] in ("و", "ف") else k, "")


def roles(s: Scan, t: Trigger, r: Reach, carrier: int | None) -> list[BoundActor]:
    """Roles of the actors in reach, by the frame of the predicate and where each stands."""
    frame = t.predicate.frame
    out: list[BoundActor] = []
    if frame == "mutual":
        return [
            BoundActor(a, "victim" if a.kind == "people" else "party", "role.mutual")
            for a in r.actors
            if preposition(s, a, r.lo) not in ("of", "supported")
        ]
    subject_taken = False
    last: tuple[str, int] | None = None
    for a in r.actors:
        p = preposition(s, a, r.lo)
        if p in ("and", "comma") and last and a.lo - last[1] <= 3:
            role = last[0]
        else:
            role = _role(s, t, a, p, frame, carrier, subject_taken)
        last = (role, a.hi) if role else last
        if role:
            subject_taken = subject_taken or role in ("perpetrator", "party")
            out.append(BoundActor(a, role, f"role.{frame}"))
    return out


def _role(s: Scan, t: Trigger, a: ActorHit, p: str, frame: str, carrier: int | None, taken: bool) -> str:
    if p == "by":
        return "perpetrator" if a.acts else ""
    if p == "with":
        return "ally"
    if p in ("of", "supported", "like", "near"):
        return ""
    subject = "party" if frame == "crowd" else "perpetrator"
    if p in ("against", "on") or (p in ("to", "in", "from") and a.lo > t.lo):
        return "victim" if frame in ("attack", "people", "control", "blast") else ""
    if a.hi <= t.lo:
        return _before(s, t, a, p, subject, carrier, taken)
    if t.verb:
        return _after_verb(t, a, p, subject, frame, taken)
    return _after_noun(t, a, p, subject, frame, taken)


def _before(s: Scan, t: Trigger, a: ActorHit, p: str, subject: str, carrier: int | None, taken: bool) -> str:
    """Left of the trigger: a topic or the subject of the carrier verb; never one that a preposition governs."""
    if p in ("in", "to", "from", "for", "between") or taken:
        return ""
    if not a.acts and subject == "perpetrator":
        return ""
    if t.verb and t.voice == "p":
        return "victim"
    if not t.verb and carrier is None and t.predicate.genitive == "object" and t.lo - a.hi > 6:
        return ""
    return subject


def _after_verb(t: Trigger, a: ActorHit, p: str, subject: str, frame: str, taken: bool) -> str:
    if t.voice == "p":
        return "victim"
    if frame == "blast":
        return "victim"
    if not taken and not t.enclitic and p == "" and (a.acts or frame == "crowd"):
        return subject
    if not taken and t.enclitic and p == "" and a.acts:
        return subject
    if p == "for":
        return "victim"
    return "victim" if frame in ("attack", "people", "control", "people_move") else ""


def _after_noun(t: Trigger, a: ActorHit, p: str, subject: str, frame: str, taken: bool) -> str:
    adjacent = a.lo - t.hi <= 2
    agentive = t.predicate.genitive == "agent"
    if p == "for":
        if agentive and not taken and a.acts and adjacent:
            return subject
        return "victim" if a.lo - t.hi <= 4 else ""
    if agentive:
        return subject if not taken and (a.acts or frame == "crowd") else "victim"
    if not taken and a.acts and adjacent and frame != "people":
        return "victim" if frame in ("attack", "people") else subject
    return "victim"


def adjectival_agent(s: Scan, t: Trigger) -> BoundActor | None:
    """The doer that an adjective of nationality or party names: القصف التركي "the Turkish shelling"."""
    if t.verb or t.predicate.genitive != "agent":
        return None
    tokens = s.m.tokens
    for j in range(t.hi, min(t.hi + 3, len(tokens))):
        if tokens.kind[j] != "w" or j in s.actor or j in s.place:
            return None
        w = analyse(tokens.key[j])
        if w is None or w.plural or w.definite != t.article or w.clitics:
            continue
        party = w.party.id if w.party else w.nation.forces if w.nation else None
        if party:
            hit = ActorHit(j, j + 1, party, "forces", True, "who.adjective", j)
            return BoundActor(hit, "party" if t.predicate.frame == "mutual" else "perpetrator", "role.adjective")
    return None


def is_by(key: str) -> bool:
    """Is this word one that brings in the doer (من قبل، على يد، نفذه)?"""
    return key in _BY or key in operators().agent
