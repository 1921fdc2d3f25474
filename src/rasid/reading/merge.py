"""Retellings of one event within one report become one claim: title, lead and body, and bare nouns that point back."""

from __future__ import annotations

from itertools import chain

from rasid.model.claims import BoundActor, IncidentClaim
from rasid.model.mentions import ActorHit, HarmHit, PlaceHit, TimeHit
from rasid.model.vocabulary import FAMILIES
from rasid.text.keys import bare, fold
from rasid.text.tokens import Tokens

_FAMILY = {t: i for i, f in enumerate(FAMILIES) for t in f}
#: General words for an attack of any kind: "الهجوم" may point back to a bombing or a raid.
_GENERAL = {"armed_attack"}
_ATTACKS = {
    "shelling",
    "air_strike",
    "explosion",
    "suicide_attack",
    "chemical_attack",
    "armed_attack",
    "clash",
    "assassination",
}


#: Claims that a retelling is looked for among: so many of the last, and so many of the first.
_BACK, _HEADLINE = 150, 8


def merge(t: Tokens, claims: list[IncidentClaim]) -> list[IncidentClaim]:
    """Claims with retellings folded into the fullest telling; text order kept.

    A noun with the article that says nothing new and finds nothing to point back to is dropped.
    """
    out: list[IncidentClaim] = []
    for c in claims:
        host = _host(t, c, out)
        if host is not None:
            absorb(host, c)
        elif not (c.definite and _little(c) and not c.harm and not t.sentences[c.sentence].title):
            out.append(c)
    return out


def _host(t: Tokens, c: IncidentClaim, out: list[IncidentClaim]) -> IncidentClaim | None:
    best, score = None, 0.0
    # the last claims, and the headline's: looking back on all would grow with the square of a long text
    for o in chain(reversed(out[-_BACK:]), reversed(out[: min(_HEADLINE, max(0, len(out) - _BACK))])):
        x = likeness(t, o, c)
        if x > score:
            best, score = o, x
    return best if score >= 1.0 else None


def likeness(t: Tokens, a: IncidentClaim, b: IncidentClaim) -> float:
    """How surely ``b`` retells ``a``; 1 or more joins them. A clash of place, day or doer forbids it."""
    kind = _kind(a, b, t.sentences[a.sentence].title)
    if kind == 0 or (a.modality == "happened") != (b.modality == "happened"):
        return 0.0
    place = _places(t, a, b)
    day = _days(a.time, b.time)
    if day < 0 and not (a.features.get("own_day") and b.features.get("own_day")):
        day = 0.0  # the day of a reporting verb forbids nothing
    doer = _doers(t, a, b)
    count = _counts(a.harm, b.harm)
    if place < 0 and b.definite and not _far_apart(a, b):
        place = 0.0
    if min(place, day, doer) < 0:
        return 0.0
    if not (b.definite or t.sentences[a.sentence].title) and max(place - 0.3, day - 0.3, doer, count) <= 0:
        return 0.0  # an act told as news with nothing in common is another act
    gap = b.sentence - a.sentence
    title = t.sentences[a.sentence].title
    score = kind + 0.8 * place + 0.3 * day + 0.3 * doer + (0.8 * count if count > 0 else 0.4 * count)
    if _little(b):
        score += (0.7 if b.definite else 0.3) if gap <= 4 else (0.5 if b.definite else 0.0)
    if _little(a) and gap <= 3:
        score += 0.3
    if title:
        score += 0.7 if len(a.quotes) == 1 else 0.4
    if _opens_another(t, b) and not title:
        score -= 0.3
    if a.targets and b.targets and not b.definite and not {n.value for n in a.targets} & {n.value for n in b.targets}:
        score -= 0.6
    return score


def _kind(a: IncidentClaim, b: IncidentClaim, headline: bool) -> float:
    if a.type == b.type:
        return 0.4
    both = {a.type, b.type}
    if b.definite and both <= _ATTACKS and (both & _GENERAL or _FAMILY[a.type] == _FAMILY[b.type]):
        return 0.2
    if both <= _ATTACKS and both & _GENERAL and headline:
        return 0.2
    if both in ({"explosion", "suicide_attack"}, {"shelling", "air_strike"}):
        return 0.15
    return 0.0


def _little(c: IncidentClaim) -> bool:
    return "place_inherited" in c.features or all(p.rule == "where.anaphora" for p in c.places)


def counted(harm: list[HarmHit]) -> list[HarmHit]:
    """Harm without the uncounted tellings of a status that is also told with a number."""
    numbered = {h.status for h in harm if h.min is not None or h.max is not None}
    return [h for h in harm if h.min is not None or h.max is not None or h.status not in numbered]


def place_keys(t: Tokens, p: PlaceHit) -> set[str]:
    """Names by which two mentions of a place are compared: id, and the folded words of its name."""
    out = {bare(fold(w)) for w in p.name.split()} if p.name else set()
    if p.id:
        out.add(p.id)
    return out


def _places(t: Tokens, a: IncidentClaim, b: IncidentClaim) -> float:
    """1 the same place, 0.3 one contains the other, 0 unknown on one side, -1 different places."""
    if not a.places or not b.places:
        return 0.0
    fine_a, fine_b = ([p for p in c.places if not _wide(p)] for c in (a, b))
    if fine_a and fine_b:
        return _fine_places(fine_a, fine_b)
    best = -1.0
    for p in a.places:
        for q in b.places:
            if (p.id and p.id == q.id) or p.name == q.name:
                return 1.0
            if p.country == q.country and (_wide(p) != _wide(q) or "area" in (p.kind, q.kind)):
                best = max(best, 0.0)
            if (p.id and p.id in q.parents) or (q.id and q.id in p.parents):
                best = max(best, 0.3)
            elif not (p.id and q.id) and place_keys(t, p) & place_keys(t, q):
                best = max(best, 0.8)
    return best


def _fine_places(xs: list[PlaceHit], ys: list[PlaceHit]) -> float:
    """Two lists of settlements or quarters: 1 with one in common, 0.3 when one holds another, else -1."""
    best = -1.0
    for p in xs:
        for q in ys:
            if (p.id and p.id == q.id) or p.name == q.name:
                return 1.0
            if (p.id and p.id in q.parents) or (q.id and q.id in p.parents):
                best = max(best, 0.3)
            elif not (p.id and q.id) and {bare(fold(w)) for w in p.name.split()} & {
                bare(fold(w)) for w in q.name.split()
            }:
                best = max(best, 0.8)
            elif (p.kind == "city" and q.kind in _WITHIN and p.parents[:1] == q.parents[:1]) or (
                q.kind == "city" and p.kind in _WITHIN and p.parents[:1] == q.parents[:1]
            ):
                best = max(best, 0.3)
    return best


#: What may lie within a city that the gazetteer hangs on the same governorate.
_WITHIN = {"neighbourhood", "facility", "street", "camp"}


def _far_apart(a: IncidentClaim, b: IncidentClaim) -> bool:
    """Do both name settlements, and none in common?"""
    fine = {"city", "town", "village"}
    return any(p.kind in fine for p in a.places) and any(q.kind in fine for q in b.places)


def _wide(p: PlaceHit) -> bool:
    """A country or a part of one without a point: what is told of it may be told again of a place within."""
    return p.kind in ("country", "area", "governorate", "countryside")


def _days(a: TimeHit | None, b: TimeHit | None) -> float:
    if a is None or b is None or a.start is None or b.start is None:
        return 0.0
    a_end, b_end = a.end or a.start, b.end or b.start
    if a.start == b.start and a_end == b_end:
        return 1.0
    if a.start <= b_end and b.start <= a_end:
        return 0.3
    return -1.0


def _doers(t: Tokens, a: IncidentClaim, b: IncidentClaim) -> float:
    xs = [x.hit for x in a.actors if x.role in ("perpetrator", "party")]
    ys = [y.hit for y in b.actors if y.role in ("perpetrator", "party")]
    if not xs or not ys:
        return 0.0
    if any(same_actor(t, x, y) for x in xs for y in ys):
        return 1.0
    if any(x.id is None or y.id is None for x in xs for y in ys):
        return 0.0
    return -1.0


def same_actor(t: Tokens, x: ActorHit, y: ActorHit) -> bool:
    """The same registry id, or no id on a side and a shared word of the names."""
    if x.id and y.id:
        return x.id == y.id
    words = {bare(k) for k in t.key[x.lo : x.hi]}
    return bool(words & {bare(k) for k in t.key[y.lo : y.hi]})


def _counts(a: list[HarmHit], b: list[HarmHit]) -> float:
    """1 when a status has the same bounds on both sides, -1 when all comparable ones differ."""
    seen = False
    for x in a:
        for y in b:
            if x.status == y.status and x.min is not None and y.min is not None:
                if (x.min, x.max) == (y.min, y.max):
                    return 1.0
                seen = True
    return -1.0 if seen else 0.0


_ANOTHER = {
    fold(w) for w in ("كما", "كذلك", "أخرى", "آخر", "منفصل", "سياق", "صعيد", "غضون", "وفي", "منفصلة", "ثان", "ثانية")
}


def _opens_another(t: Tokens, c: IncidentClaim) -> bool:
    lo = t.sentences[c.sentence].lo
    return any(k in _ANOTHER for k in t.key[lo : lo + 4])


#: Quotes that one claim keeps at most.
_QUOTES = 40


#: A later telling that names the means outranks a general word ("bombed", then "the coalition's aircraft bombed").
_SHARPER = {("shelling", "air_strike"), ("explosion", "suicide_attack")}


def absorb(a: IncidentClaim, b: IncidentClaim) -> None:
    """Put what ``b`` says into ``a``: quotes, and arguments that are not there yet."""
    # a text that tells one thing a thousand times is not better quoted a thousand times
    a.quotes += [q for q in b.quotes if q not in a.quotes][: max(0, _QUOTES - len(a.quotes))]
    if a.type in _GENERAL and b.type in _ATTACKS and not b.definite:
        a.type, a.rule = b.type, b.rule
    if (a.type, b.type) in _SHARPER:
        a.type, a.rule = b.type, b.rule
    a.places += [p for p in b.places if not any((p.id and p.id == q.id) or p.name == q.name for q in a.places)]
    _absorb_actors(a, b)
    a.targets += [n for n in b.targets if all(n.value != m.value for m in a.targets)]
    a.weapons += [n for n in b.weapons if all(n.value != m.value for m in a.weapons)]
    a.services += [n for n in b.services if all(n.value != m.value for m in a.services)]
    a.harm += [h for h in b.harm if all((h.status, h.min, h.max) != (x.status, x.min, x.max) for x in a.harm)]
    if sureness(b) > sureness(a):
        a.time = b.time
        a.features["own_day"] = b.features.get("own_day", 0.0)
    a.sources += [x for x in b.sources if x not in a.sources]
    a.definite = a.definite and b.definite


_GRAIN = {"day": 4.0, "range": 3.0, "since": 2.5, "past": 2.0, "vague": 1.0, "part": 0.5}


def sureness(c: IncidentClaim) -> float:
    """How exactly a claim is dated: a day of its own before the reporting verb's, a day before a range, any before none."""
    if c.time is None:
        return 0.0
    known = 0.0 if c.time.start is None and c.time.end is None else 1.0
    return _GRAIN.get(c.time.grain, 1.0) * known + 0.6 * c.features.get("own_day", 0.0)


def _absorb_actors(a: IncidentClaim, b: IncidentClaim) -> None:
    ids: set[str | None] = {x.hit.id for x in a.actors if x.hit.id}
    for y in b.actors:
        if y.hit.id is None and any(x.hit.kind == y.hit.kind for x in a.actors):
            continue
        if y.hit.id not in ids:
            a.actors.append(BoundActor(y.hit, y.role, y.rule))
            ids.add(y.hit.id)
