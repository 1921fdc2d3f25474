"""Who did it where the clause does not say: the head of a relative clause, the doer told last, a party that claims it."""

from __future__ import annotations

from rasid.grammar.binding import preposition
from rasid.grammar.clauses import Clause
from rasid.grammar.scan import Scan, Trigger
from rasid.model.claims import BoundActor, IncidentClaim
from rasid.text.keys import fold, splits

_CLAIMED = {
    fold(w)
    for w in ("أعلن", "أعلنت", "تعلن", "يعلن", "أعلنوا", "تبنى", "تبنت", "تتبنى", "يتبنى", "تبنيها", "تؤكد", "أكدت")
}
_ARMED = ("forces", "armed_group", "coalition")


def antecedent(s: Scan, clause: Clause) -> BoundActor | None:
    """The party right before a relative clause whose verb has no other subject (التحالف الذي شن)."""
    for j in range(clause.lo - 1, clause.lo - 4, -1):
        a = s.actor.get(j)
        if a is not None:
            return BoundActor(a, "perpetrator", "role.antecedent") if a.acts else None
    return None


def other_side(s: Scan, told: list[IncidentClaim], c: IncidentClaim, clause: Clause, t: Trigger) -> BoundActor | None:
    """ "X took the village after fierce battles with Y": the doer of the sentence fights the one side that is named."""
    sides = [a for a in c.actors if a.role == "party"]
    if len(sides) != 1 or preposition(s, sides[0].hit, t.hi) != "with":
        return None
    lo = s.m.tokens.sentences[clause.sentence].lo
    heir = last_doer(s, told, clause) if t.lo > lo else None
    if heir is None:
        near = [a for a in s.m.actors if lo <= a.lo < t.lo and a.acts and preposition(s, a, lo) == ""]
        heir = BoundActor(near[-1], "party", "role.inherited") if near else None
    if heir is None or heir.hit.id == sides[0].hit.id:
        return None
    return BoundActor(heir.hit, "party", heir.rule)


def claims_own(s: Scan, t: Trigger, clause: Clause) -> BoundActor | None:
    """ "X announced the targeting of ...": an armed party that announces an act with no other doer claims it."""
    if t.predicate.frame not in ("attack", "control", "people"):
        return None
    keys = s.m.tokens.key
    lo = s.m.tokens.sentences[clause.sentence].lo
    for j in range(t.lo - 1, max(lo, t.lo - 30) - 1, -1):
        if any(rest in _CLAIMED for _, rest in splits(keys[j])):
            near = [a for k in range(max(lo, j - 4), min(j + 6, t.lo)) if (a := s.actor.get(k)) and a.kind in _ARMED]
            return BoundActor(near[0], "perpetrator", "role.claimed") if near else None
    return None


def last_doer(s: Scan, told: list[IncidentClaim], clause: Clause) -> BoundActor | None:
    """The last actor that acts before this clause in its sentence, or of the sentence before when the verb opens."""
    sent = s.m.tokens.sentences[clause.sentence]
    for lo, hi in ((sent.lo, clause.lo), _sentence_before(s, clause)):
        for claim in reversed(told):
            if lo <= claim.anchor < hi:
                for a in claim.actors:
                    if a.role in ("perpetrator", "party") and a.hit.acts:
                        return BoundActor(a.hit, "perpetrator", "role.inherited")
        if lo == sent.lo:
            actors = [a for a in s.m.actors if sent.lo <= a.lo < clause.lo and a.acts and not a.clitics]
            if actors:
                return BoundActor(actors[-1], "perpetrator", "role.inherited")
    return None


def _sentence_before(s: Scan, clause: Clause) -> tuple[int, int]:
    n = clause.sentence
    if n == 0:
        return (0, 0)
    prev = s.m.tokens.sentences[n - 1]
    if s.m.tokens.sentences[n].opens and prev.title:
        return (0, 0)
    return (prev.lo, prev.hi)
