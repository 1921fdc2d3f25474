"""Harm that no predicate took: a result goes to its event, a toll stands apart, a death alone tells an attack."""

from __future__ import annotations

from bisect import bisect_left
from typing import TypeVar

from rasid.grammar.binding import Reach, is_by, reach, roles
from rasid.grammar.clauses import Clause
from rasid.grammar.scan import Scan, Trigger
from rasid.grammar.senses import incident_type
from rasid.grammar.standing import standing
from rasid.grammar.topic import accident
from rasid.lexicon.predicates import Predicate, operators
from rasid.model.claims import BoundActor, IncidentClaim
from rasid.model.mentions import HarmHit, TimeHit
from rasid.text.keys import bare, fold, splits

_UNREAL = {"negated", "wanted", "hypothesis", "cancelled", "state"}
VIOLENT = {
    "shelling", "air_strike", "explosion", "suicide_attack", "chemical_attack", "clash", "armed_attack", "assassination",
    "execution", "incursion", "ill_treatment", "interception",
}  # fmt: skip
_HURT = ("killed", "injured", "missing", "trapped")
_TAKES = {
    "detained": {"arrest", "incursion", "clash", "armed_attack"},
    "abducted": {"abduction", "armed_attack", "incursion"},
    "displaced": {"displacement", "evacuation"},
    "released": {"release"},
}
_HURTING = VIOLENT | {"property_destruction", "riot", "protest", "siege", "arrest"}
_BY_HARM = Predicate("attack.by_harm", "armed_attack", "people", "object", (), True)
_TOLL = "toll.count"
_BODIES = {fold(w) for w in ("جثامين", "جثمان", "جثث", "جثة", "رفات", "جثتي", "جثماني")}
_HANDS_OVER = {
    fold(w)
    for w in (
        "يسلم",
        "تسلم",
        "سلم",
        "سلمت",
        "تسليم",
        "استلام",
        "تسلمت",
        "استلمت",
        "دفن",
        "تدفن",
        "تشييع",
        "يشيع",
        "تشيع",
        "شيع",
        "شيعت",
        "مواراة",
    )
}
_DOCUMENTED = {fold(w) for w in ("وثقنا", "وثقت", "وثق", "سجلنا", "رصدنا", "توزعوا", "يتوزعون", "موزعين")}


def accepts(kind: str, h: HarmHit) -> bool:
    """Can an incident of this type cause this harm?"""
    if h.status in _HURT:
        return kind in _HURTING or (kind == "evacuation" and h.status == "injured")
    return kind in _TAKES[h.status]


Hit = TypeVar("Hit", HarmHit, TimeHit)
#: Tokens that the longest mention takes, and more.
_WIDEST = 80


def between(hits: list[Hit], lo: int, hi: int) -> list[Hit]:
    """The mentions, given in token order, that may touch tokens lo..hi: all of them and few more."""
    return hits[bisect_left(hits, lo - _WIDEST, key=_lo) : bisect_left(hits, hi, key=_lo)]


def _lo(hit: HarmHit | TimeHit) -> int:
    return hit.lo


def own_hand(s: Scan, h: HarmHit, lo: int, hi: int) -> bool:
    """Do the words behind a killing say by whose hand ("مقتل شاب بيد الشرطة")? Then it is no harm of a fire or riot before it."""
    if h.status not in _HURT or h.anchor < lo:
        return False
    keys = s.m.tokens.key
    return any(
        (is_by(keys[j]) and j in s.actor) or (is_by(keys[j]) and j + 1 in s.actor)
        for j in range(h.hi, min(hi, h.hi + 4))
    )


def trim(s: Scan, lo: int, hi: int) -> tuple[int, int]:
    """Token range without punctuation at its ends."""
    kinds = s.m.tokens.kind
    while hi - 1 > lo and kinds[hi - 1] in "pq":
        hi -= 1
    while lo < hi - 1 and kinds[lo] in "pq":
        lo += 1
    return lo, hi


def day_of(s: Scan, anchor: int, r: Reach, clause: Clause) -> TimeHit | None:
    """The nearest day in reach, else that of the sentence (a fronted adverb or the reporting verb's day)."""
    if r.times:
        return min(r.times, key=lambda h: (h.grain in ("part", "vague"), abs(h.lo - anchor)))
    sent = s.m.tokens.sentences[clause.sentence]
    times = between(s.m.times, sent.lo, sent.hi)
    days = [h for h in times if sent.lo <= h.lo < clause.lo and h.grain == "day"]
    if days:
        return days[-1]
    fronted = next(
        (h for h in times if h.grain == "range" and sent.lo <= h.lo <= sent.lo + 1 and h.hi <= clause.lo), None
    )
    if fronted is not None:
        return fronted  # "Between 3 and 9 March, ... were killed"
    for h in times:
        if r.hi <= h.lo < sent.hi:
            return None if any(j in s.trigger for j in range(r.hi, h.lo)) else h
    return None


def _days(h: TimeHit) -> int:
    return (h.end - h.start).days if h.start is not None and h.end is not None else 0


class Harmed:
    """Deals out the leftover harm of one sentence; ``out`` holds all claims, those of the sentence from ``first``."""

    def __init__(self, s: Scan, out: list[IncidentClaim], parts: list[Clause], first: int) -> None:
        self.s, self.out, self.parts, self.first = s, out, parts, first
        self.lo, self.hi = parts[0].lo, parts[-1].hi

    def run(self) -> None:
        """Attach or claim every harm of the sentence that stands alone."""
        taken = {id(h) for c in self.out[self.first :] for h in c.harm}
        alone: dict[int, list[HarmHit]] = {}
        for h in between(self.s.m.harm, self.lo, self.hi):
            if self.lo <= h.anchor < self.hi and id(h) not in taken and not h.partial:
                if h.toll:
                    self._toll(h)
                elif not self._attach(h):
                    alone.setdefault(self._clause_of(h), []).append(h)
        for k, harm in alone.items():
            if not self._goes_on(harm, k):
                self._attack(harm, k)

    def _clause_of(self, h: HarmHit) -> int:
        return next(k for k, c in enumerate(self.parts) if c.lo <= h.anchor < c.hi)

    def _attach(self, h: HarmHit) -> bool:
        """Give the harm to the event that caused it; in the sentence, else the one that the sentence goes on from."""
        host = self._in_sentence(h) or self._before(h)
        if host is None:
            return False
        if all((x.status, x.min, x.max) != (h.status, h.min, h.max) for x in host.harm):
            host.harm.append(h)
            self._of_party(host, h)
        k = self._clause_of(h)
        quote = trim(self.s, self.parts[k].lo, self.parts[k].hi)
        if quote not in host.quotes:
            host.quotes.append(quote)
        return True

    def _of_party(self, host: IncidentClaim, h: HarmHit) -> None:
        """Those harmed who belong to a party ("eight Houthis were killed") name a side of a clash, the victim of an attack."""
        for j in range(h.who_lo, h.who_hi):
            a = self.s.actor.get(j)
            if (
                a is not None
                and a.id
                and a.kind in ("forces", "armed_group", "coalition")
                and a.id not in {x.hit.id for x in host.actors}
            ):
                host.actors.append(BoundActor(a, "party" if host.type == "clash" else "victim", "role.harmed"))
                return

    def _in_sentence(self, h: HarmHit) -> IncidentClaim | None:
        near = [c for c in self.out[self.first :] if accepts(c.type, h)]
        if own_hand(self.s, h, self.lo, self.hi):
            clause = self.parts[self._clause_of(h)]
            near = [c for c in near if c.type in VIOLENT and clause.lo <= c.anchor < clause.hi]
        after = [c for c in near if c.anchor > h.anchor]
        before = [c for c in near if c.anchor < h.anchor]
        if after and (not before or self._leads_to(h, after[0])):
            return after[0]
        return before[-1] if before else None

    def _leads_to(self, h: HarmHit, c: IncidentClaim) -> bool:
        """Is the later event the cause of this harm ("قتل جندي وأصيب خمسة في قصف")? A noun, and no result verb between."""
        return c.features.get("verb", 0.0) == 0 and not any(j in self.s.result for j in range(h.anchor, c.anchor))

    def _before(self, h: HarmHit) -> IncidentClaim | None:
        """A sentence that opens with a result or a continuing و goes on from the last event of its paragraph."""
        k = self._clause_of(h)
        sent = self.s.m.tokens.sentences[self.parts[0].sentence]
        if not self.out or sent.opens or self.first != len(self.out):
            return None
        last = self.out[-1]
        goes_on = self.parts[k].kind == "result" or self.s.m.tokens.key[sent.lo].startswith("و")
        if goes_on and last.sentence >= self.parts[0].sentence - 1 and accepts(last.type, h) and last.type in VIOLENT:
            return last
        return None

    def _goes_on(self, harm: list[HarmHit], k: int) -> bool:
        """Harm with no place and no doer of its own, close behind an event of the story, is that event's."""
        clause = self.parts[k]
        if any(j in self.s.place and self.s.place[j].role == "place" for j in range(clause.lo, clause.hi)):
            return False
        if any(own_hand(self.s, h, self.lo, self.hi) for h in harm):
            return False
        for c in reversed(self.out):
            if clause.sentence - c.sentence > 2 or self.s.m.tokens.sentences[c.sentence].title:
                return False
            if c.type in VIOLENT and c.modality == "happened":
                c.harm += [
                    h
                    for h in harm
                    if accepts(c.type, h) and all((h.status, h.min) != (x.status, x.min) for x in c.harm)
                ]
                c.quotes.append(trim(self.s, clause.lo, clause.hi))
                return True
        return False

    def _toll(self, h: HarmHit) -> None:
        """A running count: of one event when its noun stands beside it, else a toll of its own."""
        k = self._clause_of(h)
        clause = self.parts[k]
        if accident(self.s, self.lo, self.hi):
            return
        if len(self.out) > self.first and self._mild(h):
            return  # one of the wounded died: counted in the toll that the sentence tells
        host = [c for c in self.out[self.first :] if clause.lo <= c.anchor < clause.hi and accepts(c.type, h)]
        singular = [c for c in host if c.features.get("plural", 0.0) == 0]
        if singular:
            singular[0].harm.append(h)
            return
        if h.status == "displaced":
            self._moved(h, clause)
            return
        last = self.out[-1] if len(self.out) > self.first else None
        if (
            last is not None
            and last.type == "toll"
            and clause.lo <= last.anchor < clause.hi
            and all(h.status != x.status for x in last.harm)
        ):
            last.harm.append(h)
            return
        r = reach(self.s, clause.lo, clause.hi)
        c = IncidentClaim("toll", h.anchor, clause.sentence, [trim(self.s, clause.lo, clause.hi)], "happened", _TOLL)
        c.places = [p for p in r.places if p.role == "place"]
        c.harm = [h]
        c.time = day_of(self.s, h.anchor, r, clause)
        self.out.append(c)

    def _moved(self, h: HarmHit, clause: Clause) -> None:
        """The displaced who arrive somewhere were displaced, however many days their number counts."""
        r = reach(self.s, clause.lo, clause.hi)
        quote = trim(self.s, clause.lo, clause.hi)
        c = IncidentClaim("displacement", h.anchor, clause.sentence, [quote], "happened", _BY_HARM.id, harm=[h])
        c.places = [p for p in r.places if p.role == "from"] or [p for p in r.places if p.role in ("place", "to")]
        c.time = day_of(self.s, h.anchor, r, clause)
        self.out.append(c)

    def _counted_by_monitor(self, c: IncidentClaim) -> bool:
        """A documentation group's count over a whole country is a toll of many events ("four killed in Syria yesterday")."""
        wide = bool(c.places) and all(p.kind == "country" for p in c.places)
        alone = not (c.weapons or any(a.role == "perpetrator" for a in c.actors))
        monitor = any(a.kind == "monitor" for j in range(self.lo, self.hi) if (a := self.s.actor.get(j)))
        return wide and alone and (monitor or any(k in _DOCUMENTED for k in self.s.m.tokens.key[self.lo : self.hi]))

    def _over_days(self, c: IncidentClaim) -> bool:
        """Several deaths told of a whole span of days are a sum of events ("four were killed between ... and ...")."""
        spanned = c.time is not None and (c.time.grain == "since" or _days(c.time) > 1)
        return spanned and not c.weapons and any((h.min or 0) > 2 for h in c.harm)

    def _handed_over(self, harm: list[HarmHit], clause: Clause) -> bool:
        """Bodies that are handed over or buried tell no new death."""
        keys = self.s.m.tokens.key
        if not any(bare(rest) in _BODIES for h in harm for k in keys[h.lo : h.hi + 1] for _, rest in splits(k)):
            return False
        return any(rest in _HANDS_OVER for k in keys[clause.lo : clause.hi] for _, rest in splits(k))

    def _mild(self, h: HarmHit) -> bool:
        """A death that no violence is told of ("وفاة")."""
        return any(k in operators().mild for k in self.s.m.tokens.key[h.lo : h.hi])

    def _attack(self, harm: list[HarmHit], k: int) -> None:
        """People were killed or hurt and no event is named: an attack known by its harm."""
        harm = [h for h in harm if h.status in ("killed", "injured")]
        clause, before = self.parts[k], self.parts[:k]
        shot = any(n.slot == "weapon" for j in range(clause.lo, clause.hi) if (n := self.s.noun.get(j)))
        harm = [h for h in harm if shot or not self._mild(h)]  # "died of a gunshot wound" tells the shot
        if not harm:
            return
        t = Trigger(
            harm[0].anchor, harm[0].anchor + 1, _BY_HARM, "perf" if harm[0].anchor in self.s.finite else "masdar",
            "ap", "", False, "", "s", "", (_BY_HARM,),
        )  # fmt: skip
        if standing(self.s, t, clause, before) in _UNREAL or accident(self.s, self.lo, self.hi):
            return
        r = reach(self.s, clause.lo, clause.hi)
        c = IncidentClaim(
            "armed_attack", t.lo, clause.sentence, [trim(self.s, clause.lo, clause.hi)], "happened", _BY_HARM.id
        )
        victims = {j for h in harm for j in range(h.who_lo, h.who_hi)}
        c.actors = [a for a in roles(self.s, t, r, None) if a.hit.lo not in victims]
        c.places = [p for p in r.places if p.role == "place"]
        c.weapons = [n for n in r.nouns if n.slot == "weapon"]
        c.harm = list(harm)
        c.time = day_of(self.s, t.lo, r, clause)
        if not (c.places or any(h.min is not None for h in harm) or any(a.role == "perpetrator" for a in c.actors)):
            return
        c.type = incident_type(self.s, t, _BY_HARM, c, clause.hi)
        if self._handed_over(harm, clause) or any(
            x.type == "aid_obstruction" and clause.lo <= x.anchor < clause.hi for x in self.out[self.first :]
        ):
            return  # the wounded whom the ambulances could not reach are no new attack
        if self._counted_by_monitor(c) or self._over_days(c):
            c.type, c.rule = "toll", _TOLL
        c.features.update({"by_harm": 1.0, "verb": float(t.lo in self.s.finite)})
        self.out.append(c)
