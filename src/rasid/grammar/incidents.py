"""Predicates of events and their arguments: one claim for each predicate that the text tells."""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise

from rasid.grammar.binding import (
    Reach,
    adjectival_agent,
    as_parties,
    parties_before,
    reach,
    roles,
)
from rasid.grammar.chains import CHAINED, REPELLED, by_means, chained
from rasid.grammar.clauses import Clause, clauses
from rasid.grammar.harmed import VIOLENT, Harmed, accepts, day_of, own_hand, trim
from rasid.grammar.heirs import antecedent, claims_own, last_doer, other_side
from rasid.grammar.lists import headed, listed, opens_list, place_list
from rasid.grammar.scan import Scan, Trigger, scan
from rasid.grammar.senses import ADJECTIVES, AIR, flown, held_by, incident_type, sense
from rasid.grammar.standing import standing
from rasid.grammar.struck import posted, targets, weapon_before, weapons
from rasid.grammar.topic import other, policed
from rasid.lexicon.predicates import operators
from rasid.model.claims import BoundActor, IncidentClaim, Mentions
from rasid.model.mentions import ActorHit, PlaceHit
from rasid.text.keys import bare, fold, splits

#: Standings that leave no claim at all.
_DROPPED = {"negated", "wanted", "hypothesis", "cancelled", "state"}
#: Types whose incidents strike something; the others only touch on it.
_BLOWS = {"shelling", "air_strike", "explosion", "suicide_attack", "chemical_attack", "armed_attack"}
_STRUCK = {
    "shelling", "air_strike", "explosion", "suicide_attack", "chemical_attack", "armed_attack", "property_destruction",
    "incursion", "siege", "aid_obstruction", "service_cut", "assassination",
}  # fmt: skip
#: What forces pass on an incursion, without striking it.
_PASSED = {"road", "port", "infrastructure", "vehicle", "military", "camp"}
_DONE = {"تم", "جرى"}
_RENEWED = {"تجدد", "اندلع", "نشب", "تصاعد", "احتدم"}
_GROUND = {
    bare(fold(w))
    for w in (
        "الأراضي",
        "أراض",
        "السيطرة",
        "مواقع",
        "مناطق",
        "معاقل",
        "مساحات",
        "بلدات",
        "قرى",
        "مدينة",
        "بلدة",
        "كيلومتر",
        "معقله",
        "قاعدة",
    )
}
_ARMED = ("forces", "armed_group", "coalition")
_OF_WAR = {
    "artillery", "mortar", "rocket", "missile", "tank", "helicopter", "drone", "barrel_bomb", "cluster", "incendiary", "chemical",
    "mine", "ied", "car_bomb", "grenade", "machine_gun", "small_arms", "sniper", "naval", "anti_aircraft_gun",
}  # fmt: skip
#: Predicates that mean conflict whatever stands beside them.
_SURE = {
    "air.raid", "shelling.bombard", "shelling.fall", "shelling.launch", "suicide.bomb", "clash.engage", "siege.besiege",
    "assassination.kill", "explosion.plant", "interception.intercept", "interception.down", "protest.demonstrate",
    "strike.strike", "riot.riot", "toll.count",
}  # fmt: skip
#: Senses of which only the verb is a predicate (إصابة "wounding" tells harm).
_VERBAL = {"shelling.hit"}
#: Verbs whose subject may be a blow told just before ("raids ... destroyed stores").
_LENDING = CHAINED | {"property.destroy", "shelling.hit"}
#: Acts that the police of any country also deal with.
_POLICED = {"arrest", "abduction", "armed_attack", "incursion"}
#: Tokens of a text so short that what it leaves out says nothing.
_FLASH = 60


class Finder:
    """Finds the claims of one text, sentence by sentence; later sentences may take arguments from earlier ones."""

    def __init__(self, m: Mentions) -> None:
        self.s: Scan = scan(m)
        self.out: list[IncidentClaim] = []
        self.means: dict[int, Trigger] = {}
        self.spots = sorted(self.s.trigger)
        self.heading: list[PlaceHit] = []
        self.list_of: IncidentClaim | None = None

    def run(self) -> list[IncidentClaim]:
        """All claims, in text order."""
        for n in range(len(self.s.m.tokens.sentences)):
            self._sentence(n)
        for k, c in enumerate(self.out):
            if c.rule in CHAINED and c.type == "armed_attack" and not c.weapons:
                self._means_before(c, self.out[:k])
        return self.out if self._of_conflict() else [c for c in self.out if c.rule in _SURE]

    def _of_conflict(self) -> bool:
        """Does anybody armed, or any weapon of war, appear in the text? Else accidents, crime and sport are likelier."""
        m, words = self.s.m, operators().conflict
        if len(m.tokens) <= _FLASH:
            return True  # a post of one line has no room to say so
        if any(k in words or k[1:] in words for k in m.tokens.key):
            return True
        return any(_is_armed(a) for a in m.actors) or any(n.slot == "weapon" and n.value in _OF_WAR for n in m.nouns)

    @staticmethod
    def _means_before(c: IncidentClaim, before: list[IncidentClaim]) -> None:
        """A bare "targeted" by forces that the text just told to shell or raid goes on by the same means."""
        side = {a.hit.id.split(".")[0] for a in c.actors if a.role == "perpetrator" and a.hit.id}
        for b in reversed(before):
            if c.sentence - b.sentence > 3:
                return
            if b.type in ("shelling", "air_strike") and side & {
                a.hit.id.split(".")[0] for a in b.actors if a.role == "perpetrator" and a.hit.id
            }:
                c.type = b.type
                return

    def _sentence(self, n: int) -> None:
        if self._goes_on_list(n):
            return
        parts = clauses(self.s, n)
        first = len(self.out)
        for k, clause in enumerate(parts):
            self._clause(clause, parts, k, first)
        for a, b in pairwise(self.out[first:]):
            if not a.places and b.features.get("clause_circ"):
                a.places = list(b.places)  # "arrested two men after raiding their homes in the town of X"
        Harmed(self.s, self.out, parts, first).run()
        told, sent = self.out[first:], self.s.m.tokens.sentences[n]
        self.list_of = told[-1] if told and (opens_list(self.s, sent.lo, sent.hi) or not told[-1].places) else None

    def _goes_on_list(self, n: int) -> bool:
        """A line of nothing but places, with counts: they are places of the event whose head line stands above."""
        sent = self.s.m.tokens.sentences[n]
        places = place_list(self.s, sent.lo, sent.hi, within=True) if self.list_of is not None and sent.opens else []
        if not places or self.list_of is None:
            return False
        self.list_of.places += places
        self.list_of.quotes.append(trim(self.s, sent.lo, sent.hi))
        return True

    def _clause(self, clause: Clause, parts: list[Clause], k: int, first: int) -> None:
        lo = bisect_left(self.spots, clause.lo)
        spots = self.spots[lo : bisect_left(self.spots, clause.hi, lo)]
        if not spots or (len(self.out) > first and listed(self.s, clause)):
            return
        self.heading = headed(self.s, parts, k)
        found = [t for t in map(self.s.trigger.__getitem__, spots) if self._plausible(t)]
        found = self._chain([t for t in found if not (t.predicate.weak and self._unreal(t, clause, parts[:k]))])
        reach_hi = self._extend(clause, parts, k)
        found = self._viable(found, clause, parts[:k], reach_hi, first)
        seams = [clause.lo, *(self._seam(a, b) for a, b in pairwise(found)), reach_hi]
        for j, t in enumerate(found):
            lo, hi = seams[j], seams[j + 1]
            if self._lends(t, lo, hi, clause, first):
                continue
            claim = self._claim(t, clause, parts[:k], lo, hi, first)
            if claim is not None:
                self.out.append(claim)
        if len(self.out) > first and found:
            last = self.out[-1]
            last.places += [p for p in self._tail(parts, k) if all(p.lo != q.lo for q in last.places)]

    def _tail(self, parts: list[Clause], k: int) -> list[PlaceHit]:
        """The places of the lists right behind a clause, those among them that the gazetteer lacks."""
        out: list[PlaceHit] = []
        for nxt in parts[k + 1 :]:
            places = listed(self.s, nxt)
            if not places:
                break
            out += places
        return out

    def _plausible(self, t: Trigger) -> bool:
        """Not inside a name, a time or a weapon, and not a participle used as an adjective or for people."""
        s, i = self.s, t.lo
        if i in s.time or (i in s.place and s.place[i].role != "place") or i in s.actor:
            return False
        if i in s.place and s.place[i].lo < i:
            return False
        if i in s.noun and s.noun[i].slot == "weapon" and t.tense != "masdar" and s.noun[i].lo < i:
            return False
        if t.tense == "part" and (t.article or t.number != "s" or not s.m.tokens.key[i].endswith(("ا", "ه"))):
            return False
        keys = s.m.tokens.key
        mock = operators().mock
        if not t.verb and all(p.id in _VERBAL for p in t.others):
            return False
        return not any(keys[j] in mock for j in range(t.hi, min(t.hi + 2, len(keys))))

    def _seam(self, a: Trigger, b: Trigger) -> int:
        """Where the reach of one predicate ends and that of the next begins: at its harm, its subject or its carrier."""
        s = self.s
        for k in range(a.hi, b.lo):
            h = s.harm.get(k)
            if h is not None and h.anchor == k and s.m.tokens.key[k].startswith("و"):
                return k
        for k in range(b.lo - 1, max(a.hi, b.lo - 8) - 1, -1):
            if k in s.carrier and k not in s.actor and k not in s.place:
                before = s.actor.get(k - 1)
                return before.lo if before is not None and not before.clitics and before.lo >= a.hi else k
        before = s.actor.get(b.lo - 1)
        return before.lo if b.verb and before is not None and not before.clitics and before.lo >= a.hi else b.lo

    def _lends(self, t: Trigger, lo: int, hi: int, clause: Clause, first: int) -> bool:
        """ "The blasts ... struck three cars": a verb of striking whose subject is the event lends it its arguments."""
        if t.predicate.id not in _LENDING or not t.verb or len(self.out) == first:
            return False
        last = self.out[-1]
        between = [a for a in self.s.m.actors if last.anchor < a.lo < t.lo and a.acts and not a.clitics]
        if (
            last.features.get("verb")
            or last.rule in CHAINED
            or last.type not in _BLOWS
            or (between and clause.kind != "rel")
        ):
            return False
        r = reach(self.s, t.hi, hi)
        seen = {(n.lo, n.slot) for n in (*last.targets, *last.weapons)}
        last.targets += [n for n in r.nouns if n.slot == "target" and (n.lo, n.slot) not in seen]
        last.places += [p for p in r.places if p.role == "place" and all(p is not q for q in last.places)]
        last.harm += [
            h for h in r.harm if accepts(last.type, h) and not h.partial and all(h is not x for x in last.harm)
        ]
        if last.time is None and r.times:
            last.time = r.times[0]
        last.quotes.append(trim(self.s, clause.lo, clause.hi))
        return True

    def _unreal(self, t: Trigger, clause: Clause, before: list[Clause]) -> bool:
        return standing(self.s, t, clause, before) in _DROPPED

    def _chain(self, found: list[Trigger]) -> list[Trigger]:
        """An event noun followed by "which struck ..." is one event: the second trigger only lends its arguments."""
        found, self.means = chained(self.s, found)
        out: list[Trigger] = []
        for t in found:
            told = t.predicate.id in CHAINED and t.tense in ("perf", "impf", "part")
            if not (out and told and _hosts(out[-1]) and not self._another_acts(out[-1], t)):
                out.append(t)
        return out

    def _another_acts(self, noun: Trigger, t: Trigger) -> bool:
        """Does an actor of its own stand between an event noun, beyond its reach, and the predicate behind it?"""
        return any(a.acts for j in range(noun.hi + 5, t.lo) if (a := self.s.actor.get(j)))

    def _viable(self, found: list[Trigger], clause: Clause, before: list[Clause], hi: int, first: int) -> list[Trigger]:
        """The triggers less those words of many senses that no argument makes a predicate, so that they cut no reach."""
        if len(found) < 2:
            return found
        seams = [clause.lo, *(self._seam(a, b) for a, b in pairwise(found)), hi]
        return [
            t for j, t in enumerate(found)
            if not t.predicate.weak or t.lo in self.means or self._claim(t, clause, before, seams[j], seams[j + 1], first)
        ]  # fmt: skip

    def _extend(self, clause: Clause, parts: list[Clause], k: int) -> int:
        """A clause reaches into relative clauses behind it that tell no event of their own."""
        hi = clause.hi
        for nxt in parts[k + 1 :]:
            if listed(self.s, nxt):
                hi = nxt.hi
                continue
            if nxt.kind != "rel" or self._tells(nxt):
                break
            hi = nxt.hi
        return hi

    def _tells(self, clause: Clause) -> bool:
        """Does a relative clause tell an event of its own?"""
        found = (self.s.trigger.get(i) for i in range(clause.lo, clause.hi))
        return any(t is not None and self._plausible(t) and t.predicate.id not in CHAINED for t in found)

    def _claim(
        self, t: Trigger, clause: Clause, before: list[Clause], lo: int, hi: int, first: int
    ) -> IncidentClaim | None:
        status = standing(self.s, t, clause, before)
        if status in _DROPPED:
            return None
        r = reach(self.s, lo, hi)
        c = IncidentClaim(
            t.predicate.yields, t.lo, clause.sentence, [self._quote(t, r, clause)], status, t.predicate.id,
            definite=t.article and not t.verb and not self._told_by_relative(t),
        )  # fmt: skip
        self._fill(c, t, r, clause, first)
        means = self.means.get(t.lo)
        chosen = sense(self.s, t, c, max(hi, clause.hi)) or (means.predicate if means else None)
        c.actors = _named_first(c.actors)
        if chosen is None or other(self.s, c, t):
            return None
        c.rule = chosen.id
        c.type = incident_type(self.s, t, chosen, c, hi)
        if c.type == "clash":
            c.actors = as_parties(c.actors)
        if means is not None and c.type in ("armed_attack", "shelling", "property_destruction"):
            c.rule = by_means(self.s, means, c, hi).id
        if c.type not in _STRUCK:
            c.targets = []
        elif c.type == "incursion":
            c.targets = [n for n in c.targets if n.value not in _PASSED]
        c.harm = [
            h for h in c.harm if accepts(c.type, h) and not (c.type not in VIOLENT and own_hand(self.s, h, t.lo, hi))
        ]
        if c.type in _POLICED and policed(self.s, c):
            return None
        if c.type == "property_destruction" and self._by_result(t, clause, first, c):
            return None
        self._features(c, t, clause)
        if clause.kind == "rel" and t.enclitic and not (c.harm or c.targets or c.weapons):
            c.definite = True  # "which they struck" points back to what was told
        return c

    def _told_by_relative(self, t: Trigger) -> bool:
        """ "The fierce battles that broke out ...": a noun with the article that a relative clause tells for the first time."""
        keys, o = self.s.m.tokens.key, operators()
        for j in range(t.hi, min(t.hi + 4, len(keys))):
            if keys[j] in o.relative:
                return any(k in self.s.carrier for k in range(j + 1, min(j + 3, len(keys))))
        return False

    def _fill(self, c: IncidentClaim, t: Trigger, r: Reach, clause: Clause, first: int) -> None:
        c.features["verb"] = float(t.verb)
        names = (self.s.actor, self.s.place)
        carrier = next(
            (j for j in range(t.lo - 1, r.lo - 1, -1) if j in self.s.carrier and not any(j in x for x in names)), None
        )
        if carrier is not None and t.lo - carrier <= 2 and self.s.carrier[carrier].value in _DONE:
            c.features["verb"], c.definite = 1.0, False  # "تمت السيطرة": the noun is the verb
        if carrier == t.lo - 1 and self.s.carrier[carrier].value in _RENEWED:
            c.definite = False  # "renewed clashes": told as news, whatever the article
        c.actors = roles(self.s, t, r, carrier)
        c.places = [p for p in r.places if p.role == "place" and not (t.verb and p.lo == t.lo)]
        if not c.places and (
            t.predicate.frame in ("people_move", "move", "people") or t.predicate.yields == "property_destruction"
        ):
            c.places = [p for p in r.places if self._origin(p)] or [p for p in r.places if p.role == "to"]
        if clause.kind == "rel" and t.enclitic and not c.places:
            c.places = [p for p in self.s.place.values() if 0 <= clause.lo - p.hi <= 3 and p.role != "inside"][:1]
        told = [x for x in self.out[first:] if x.places]
        c.places = (
            [p for p in c.places if not posted(self.s, p)]
            or c.places
            or (list(told[-1].places) if told and self.heading else self.heading)
        )
        c.targets = targets(self.s, c, t, r, carrier)
        c.weapons = weapons(self.s, c, t, r)
        if not c.weapons and t.verb and t.enclitic and any(p.yields == "interception" for p in t.others):
            c.weapons = weapon_before(
                self.s, t, r.lo - 12
            )  # "two rockets were launched, and the defences intercepted them"
        c.services = [n for n in r.nouns if n.slot == "service"]
        c.harm = [h for h in r.harm if not h.partial and not h.toll]
        c.time = day_of(self.s, t.lo, r, clause)
        c.features["own_day"] = float(bool(r.times))
        self._mark(c, t, r)
        self._inherit(c, t, clause, first)

    def _mark(self, c: IncidentClaim, t: Trigger, r: Reach) -> None:
        keys = self.s.m.tokens.key
        if any(bare(rest) in _GROUND for j in range(t.hi, min(t.hi + 8, r.hi)) for _, rest in splits(keys[j])):
            c.features["ground"] = 1.0
        if any(k in ADJECTIVES for k in keys[t.hi : t.hi + 2]):
            c.features["manner"] = 1.0
        if flown(self.s, c):
            c.features["flown"] = 1.0
        near = [p for p in c.places if 0 <= p.lo - t.hi <= 2] or [p for p in c.places if 0 <= t.lo - p.hi <= 1]
        if near and (
            any(held_by(keys[j]) for j in range(t.hi, min(r.hi, t.hi + 10)))
            or (not t.verb and near[0].clitics == "" and near[0].lo == t.hi)
        ):
            c.features["fallen"] = 1.0
        if any(
            (x := self.s.trigger.get(j)) and x.predicate.id in REPELLED for j in range(t.hi, min(t.hi + 6, len(keys)))
        ):
            c.features["repelled"] = 1.0

    def _inherit(self, c: IncidentClaim, t: Trigger, clause: Clause, first: int) -> None:
        """What a clause does not say, it takes from the clause before it in the same sentence."""
        earlier = self.out[first:]
        doer = any(a.role in ("perpetrator", "party") for a in c.actors)
        if not doer and (adjective := adjectival_agent(self.s, t)):
            c.actors.append(adjective)
            doer = True
        if not doer and t.predicate.frame == "mutual":
            sentences = self.s.m.tokens.sentences
            c.actors += parties_before(self.s, t, sentences[max(0, clause.sentence - 3)].lo)
        if t.predicate.frame == "mutual" and (other := other_side(self.s, self.out, c, clause, t)):
            c.actors.insert(0, other)
        flown = any(w.lo == t.hi and w.value in AIR for w in c.weapons)
        heirs = t.verb and t.voice != "p" and not flown
        if not doer and t.tense == "masdar" and (claimed := claims_own(self.s, t, clause)):
            c.actors.append(claimed)
            return
        struck = bool(c.targets or c.places) and t.predicate.frame == "attack"
        own = bool(t.enclitic) and t.tense == "masdar" and (t.predicate.genitive == "agent" or struck)
        controlled = t.tense == "masdar" and t.predicate.frame == "control" and not t.article
        heirs = heirs or own or controlled
        if clause.kind == "rel" and t.verb and not doer and not t.enclitic and (head := antecedent(self.s, clause)):
            c.actors.append(head)
            return
        if heirs and not doer and t.predicate.frame in ("attack", "control", "move", "people"):
            heir = last_doer(self.s, self.out, clause)
            if heir is not None:
                c.actors.append(heir)
        same = bool(earlier) and earlier[-1].anchor >= clause.lo and t.verb is False
        if not c.places and earlier and (same or clause.kind in ("coord", "rel", "circ", "open", "result")):
            c.places = list(earlier[-1].places)
            c.features["place_inherited"] = 1.0

    def _origin(self, p: PlaceHit) -> bool:
        """A place that people are from is where they were taken ("four young men from the camp of X")."""
        a = self.s.actor.get(p.lo)
        return p.role == "from" or (p.role == "inside" and a is not None and a.kind == "people")

    def _quote(self, t: Trigger, r: Reach, clause: Clause) -> tuple[int, int]:
        lo, hi = r.lo, max(r.hi, t.hi)
        if r.lo != clause.lo:
            lo = t.lo
        return trim(self.s, lo, hi)

    def _features(self, c: IncidentClaim, t: Trigger, clause: Clause) -> None:
        f = c.features
        f["definite"] = float(c.definite)
        f["weak"] = float(t.predicate.weak)
        f["part"] = float(t.tense == "part")
        f["impf"] = float(t.tense == "impf")
        f[f"clause_{clause.kind}"] = 1.0
        sent = self.s.m.tokens.sentences[clause.sentence]
        keys = self.s.m.tokens.key
        f["court"] = float(any(k in operators().court for k in keys[sent.lo : sent.hi]))

    def _by_result(self, t: Trigger, clause: Clause, first: int, c: IncidentClaim) -> bool:
        """What a strike destroyed is its target, no act of its own (نتج عنه تدمير آليات)."""
        if len(self.out) == first or t.verb:
            return False
        led = clause.kind == "result" or any(j in self.s.result for j in range(clause.lo, t.lo))
        host = self.out[-1]
        if not led or host.type not in _STRUCK:
            return False
        host.targets += [n for n in c.targets if all(n is not x for x in host.targets)]
        return True


def _hosts(t: Trigger) -> bool:
    """May a verb of striking lend to this noun? Not to إصابة "wounding", which may be no event noun at all."""
    return not t.verb and t.predicate.id not in ("shelling.hit", "shelling.struck_by")


def _is_armed(a: ActorHit) -> bool:
    return a.kind in ("armed_group", "coalition") or (a.acts and a.id is not None)


def _named_first(actors: list[BoundActor]) -> list[BoundActor]:
    """Victims without a known party are left out beside one that has it ("عناصر من X" beside X)."""
    known = any(a.role == "victim" and a.hit.id for a in actors)
    return [a for a in actors if not (known and a.role == "victim" and a.hit.id is None)]


def find(m: Mentions) -> list[IncidentClaim]:
    """Every incident that the text tells, before retellings are merged; linear in the length of the text."""
    return Finder(m).run()
