"""What else a commitment says: its sides, brokers and sureties, time, period, places, those bound;
and whether it counts.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from rasid.grammar.commitments_frames import REACH, Spot
from rasid.grammar.commitments_parties import between, joined, named_after, unknown
from rasid.grammar.commitments_scene import Scene, political
from rasid.lexicon.commitments import Trigger, classes_of, nations, words
from rasid.lexicon.meetings import meeting_words
from rasid.model.claims import CommitmentClaim
from rasid.model.mentions import ActorHit, TimeHit

#: Acts that only conflict has: they need no further sign of it.
STRONG = frozenset(
    [
        "cease_fire", "stop_shelling", "lift_siege", "release_detainees", "reveal_fate", "return_displaced",
        "no_displacement", "disarm", "stop_operation", "aid_access",
    ]
)  # fmt: skip
#: Acts that speak of conflict where the text does: then a speaker whom no resolver knows will do.
TELLING = frozenset(["stop_attacks", "withdraw", "negotiate", "prosecute", "hand_over", "evacuate", "reopen"])

#: So many different words of conflict make a text plainly one: then people whom no resolver knows count too.
_PLAINLY = 7

#: "during, in, at": a meeting behind them is where something was said.
_DURING = frozenset(["خلال", "في", "اثناء", "عقب", "بعد", "وخلال", "لدي"])


def inherent(s: Scene, spot: Spot) -> bool:
    """A bare truce counts when it is concluded, names its sides, or is told to have held or broken."""
    if spot.verb != spot.at or any(s.t.key[j] == "بين" for j in range(spot.at, min(spot.sent.hi, spot.at + 12))):
        return True
    before = s.t.key[spot.at - 1] if spot.at > spot.sent.lo else ""
    fate = before in words("truce_fate") and not spot.match.article
    return fate or any(s.t.key[j] in words("truce_kept") for j in range(spot.at + 1, min(spot.sent.hi, spot.at + 4)))


def two_sides(s: Scene, spot: Spot) -> bool:
    """Does the noun of agreement name both its sides, so that it counts without its terms?"""
    hi = min(spot.sent.hi, spot.at + 8)
    if len(_nations(s, spot)) == 2:
        return True
    if any(s.t.key[j] == "بين" for j in range(spot.at + 1, min(hi, spot.at + 3))):
        return len(between(s, spot.at, hi)) >= 2
    return s.t.key[spot.at + 1 : spot.at + 2] == ["مع"] and any(
        s.t.key[j] in words("under") for j in range(max(spot.sent.lo, spot.at - 2), spot.at)
    )


def enough(s: Scene, t: Trigger, claim: CommitmentClaim) -> bool:
    """Is it worth the book? Terms that no rule knows need a party at one end; each entry may ask for more."""
    known = any(x.act != "other" for x in claim.terms)
    owner = s.actor.get(claim.anchor + 1)
    if t.kind == "pledge" and t.shape == "noun" and owner is not None and not any(political(a) for a in claim.by):
        claim.by = [owner]
    parties = any(political(a) or _crowd(a) or _two(s, a) for a in claim.by + claim.to)
    if not known and not any(political(a) or _two(s, a) for a in claim.by + claim.to) and s.war < _PLAINLY:
        return False
    if (
        claim.by
        and not parties
        and s.war < _PLAINLY
        and not any(x.act in STRONG or (x.act in TELLING and s.war >= 2) for x in claim.terms)
    ):
        return False
    if t.id == "demand.request" and not claim.to and not any(political(a) for a in claim.by):
        return False
    if t.needs == "act":
        return known or (
            t.id == "agreement.agreement"
            and 1 <= len(claim.by) <= 2
            and all(a.kind == "state" or political(a) for a in claim.by)
            and (len(claim.by) == 2 or claim.terms[0].lo == claim.anchor)
        )
    if t.needs == "addressee":
        return bool(claim.to)
    if t.needs == "party":
        return any(political(a) or _crowd(a) or _two(s, a) for a in claim.by) or any(
            x.act in STRONG for x in claim.terms
        )
    if t.needs == "speaker":
        return bool(claim.by)
    return True


def _two(s: Scene, a: ActorHit) -> bool:
    """A dual that stands for two parties told before ("الجارتان", "الجانبان")."""
    k = s.t.key[a.lo]
    return a.id is None and k.startswith(("ال", "وال")) and k.endswith("ان") and len(k) > 6


def _crowd(a: ActorHit) -> bool:
    """People as a party (residents, notables, protesters), known to the resolver."""
    return a.kind == "people" and a.rule.startswith("who.")


def sides(s: Scene, spot: Spot, claim: CommitmentClaim) -> None:
    """Parties to an agreement, brokers and sureties, from the words around the trigger."""
    lo = max(spot.sent.lo, min(spot.verb, spot.at) - 12)
    hi = min(spot.sent.hi, spot.at + REACH)
    claim.mediators = named_after(s, lo, hi, words("mediation"))
    claim.guarantors = named_after(s, lo, hi, words("guaranty"))
    if claim.kind == "agreement":
        sides = between(s, spot.at, hi) or _nations(s, spot)
        if sides:
            claim.by = sides
        else:
            claim.by = claim.by or _signatory(s, spot)
            other = joined(s, spot.at, min(hi, spot.at + 8))
            claim.by = claim.by + [a for a in other if all(a is not b for b in claim.by)]


def _signatory(s: Scene, spot: Spot) -> list[ActorHit]:
    """The subject of the verb that tells of the agreement ("أعلنت الوزارة التوصل إلى اتفاق")."""
    for speech in reversed(s.speeches):
        if max(spot.sent.lo, spot.at - 12) <= speech.at < spot.at:
            return [a for a in speech.actors if political(a)]
    return []


def _nations(s: Scene, spot: Spot) -> list[ActorHit]:
    """The two adjectives of "اتفاق أميركي - تركي"."""
    out = []
    for j in range(spot.at + 1, min(spot.sent.hi, spot.at + 6)):
        if s.t.key[j].removeprefix("ال") in nations():
            out.append(unknown(s, j, j + 1))
        elif s.t.kind[j] == "w":
            break
    return out if len(out) == 2 else []


def settle(s: Scene, spot: Spot, claim: CommitmentClaim) -> None:
    """Places, times, bound parties, sources and the quote."""
    seen = {p.lo: p for x in claim.terms for p in x.places}
    claim.places = list(seen.values())
    if any(a.kind == "people" for a in claim.to):
        for x in claim.terms:  # residents who are told to leave are evacuated, they withdraw nothing
            x.act = "evacuate" if x.act == "withdraw" and claim.kind in ("demand", "threat") else x.act
    if not claim.to and claim.kind in ("pledge", "offer", "threat"):
        claim.to = _audience(s, spot)
    claim.time = _made(s, spot, claim.terms[0].lo)
    claim.period = _ahead(_holds(s, claim.terms[0].lo, claim.terms[-1].hi + 4, spot.sent.hi), claim.time)
    if claim.kind == "pledge":
        claim.bound = _owner(s, spot, claim) or _bound(s, claim)
    claim.sources = [n for n, x in enumerate(s.m.sources) if any(a <= spot.at < b for a, b in x.governs)]
    claim.quotes = [_quote(s, spot, claim)]


def _made(s: Scene, spot: Spot, topic: int) -> TimeHit | None:
    """The day on which it was made: told at the verb, before a participle that goes on, or of its meeting."""
    back = spot.sent.lo if _goes_on(s, spot) else max(spot.sent.lo, spot.verb - 8)
    for j in [*range(spot.verb, topic), *range(spot.verb - 1, back - 1, -1)]:
        h = s.time.get(j)
        if h is not None and h.grain in ("day", "range", "part", "past"):
            return h
    venue = _venue(s, spot)
    return _day_of(s, spot, venue) if venue is not None else None


def _goes_on(s: Scene, spot: Spot) -> bool:
    """Is it told by a participle that leans on the sentence's verb ("طالبوا ...، مؤكدين رفضهم")?"""
    forms = [spot.match.form] if spot.verb == spot.at else [m.form for m in classes_of(s.t.key[spot.verb])]
    return any(f.tense == "part" for f in forms)


def _venue(s: Scene, spot: Spot) -> int | None:
    """The noun of the meeting at which it was said ("خلال اجتماع عقدته مع الوجهاء")."""
    for j in range(spot.verb - 1, max(spot.sent.lo, spot.verb - 24), -1):
        if any(m.value.noun for m in meeting_words().lookup(s.t.key[j])) and s.t.key[j - 1] in _DURING:
            return j
    return None


def _day_of(s: Scene, spot: Spot, venue: int) -> TimeHit | None:
    """The day of that meeting, told with it or where the next sentences point back to it."""
    sentences = s.t.sentences[spot.number : spot.number + 3]
    for j in range(venue, sentences[-1].hi):
        if j > venue and not any(m.value.noun and m.article for m in meeting_words().lookup(s.t.key[j])):
            continue
        for n in range(j + 1, min(j + 8, sentences[-1].hi)):
            h = s.time.get(n)
            if h is not None and h.grain in ("day", "part"):
                return h
    return None


def _audience(s: Scene, spot: Spot) -> list[ActorHit]:
    """Those met, when what is promised or asked is said at a meeting with them."""
    venue = _venue(s, spot)
    if venue is None:
        return []
    return joined(s, venue, min(spot.verb, venue + 8))


def _holds(s: Scene, lo: int, near: int, hi: int) -> TimeHit | None:
    """The time for which it is to hold: a time behind لمدة, حتى and the like, or the words of a duration.

    Past ``near`` only words that can mean nothing else are taken ("for the length of", "with effect from").
    """
    for j in range(lo, min(hi, near + 25) - 1):
        k = s.t.key[j]
        if k in words("lasting") and (j < near or k in words("lasting_only")):
            h = s.time.get(j) or s.time.get(j + 1)
            return h or TimeHit(j + 1, min(hi, j + 3), None, None, None, "vague", "commitments.period")
    return None


def _ahead(h: TimeHit | None, made: TimeHit | None) -> TimeHit | None:
    """A word is given for what is to come: "خلال ثلاثة أيام" behind it are the three days after it, not before."""
    if h is None or h.rule != "when.within" or h.start is None or h.end is None:
        return h
    first = made.start if made is not None and made.start is not None else h.end
    if h.start > first:
        return h
    return replace(h, start=first, end=first + (h.end - h.start) + timedelta(days=1))


def _owner(s: Scene, spot: Spot, claim: CommitmentClaim) -> list[ActorHit]:
    """The party in the genitive of "استعداد موسكو", whose word another gives."""
    a = s.actor.get(spot.at + 1)
    if spot.match.value.shape != "noun" or a is None or a.lo != spot.at + 1 or any(a is b for b in claim.by):
        return []
    return [a]


#: Acts that stop somebody's conduct: whoever stands in their terms is bound by them.
_BINDING = frozenset(["stop_attacks", "stop_shelling", "stop_operation", "cease_fire", "lift_siege", "withdraw"])


def _bound(s: Scene, claim: CommitmentClaim) -> list[ActorHit]:
    """Those whose conduct is promised: actors behind what is to stop ("وقف التصعيد لقوات")."""
    mine = {a.id for a in claim.by if a.id} | {a.lo for a in claim.by}
    out: dict[str | int, ActorHit] = {}
    for x in claim.terms:
        for j in range(x.lo, x.hi) if x.act in _BINDING else ():
            a = s.actor.get(j)
            if a is not None and a.lo == j and a.acts and a.id not in mine and a.lo not in mine:
                out.setdefault(a.id or a.lo, a)
    return list(out.values())


def _quote(s: Scene, spot: Spot, claim: CommitmentClaim) -> tuple[int, int]:
    first = min(spot.verb, spot.at)
    near = [a.lo for a in claim.by if spot.sent.lo <= a.lo < first and first - a.lo <= 14]
    lo = min(near) if near else first
    hi = max(x.hi for x in claim.terms)
    return lo, max(hi, spot.at + 1)


def admitted(s: Scene, claim: CommitmentClaim) -> bool:
    """Is the text one of conflict, as far as this claim needs it to be? A post of one line may hold
    no other sign of it.
    """
    war, peace = s.war, s.peace
    acts = {x.act for x in claim.terms}
    if peace and war < 2 * peace + 1:
        return False
    if war >= 3 or acts & STRONG:
        return True
    parties = any(political(a) or (war and _crowd(a)) for a in claim.by + claim.to)
    if acts != {"other"} or war >= _PLAINLY:
        return parties or (war >= 2 and not claim.by) or (claim.kind == "agreement" and len(s.t) <= 60)
    return parties and (war >= 1 or (len(s.t) <= 60 and _armed(claim)))


def _armed(claim: CommitmentClaim) -> bool:
    """In a text of a line or two: does an armed party stand at either end, or does a known government
    threaten or refuse?
    """
    if any(a.kind in ("armed_group", "forces", "coalition") for a in claim.by + claim.to):
        return True
    return claim.kind in ("threat", "refusal") and any(a.id for a in claim.by)
