"""Predicates of one clause that tell one event between them: a carrier and what it carries, an act and its means."""

from __future__ import annotations

from rasid.grammar.scan import Scan, Trigger
from rasid.lexicon.predicates import Predicate
from rasid.model.claims import IncidentClaim
from rasid.grammar.senses import incident_type

#: Verbs and nouns of striking that say nothing of how: beside an event noun they only lend it their arguments.
CHAINED = {"attack.target"}
#: Attacks that are driven back: with the verb of driving back they are one clash.
REPELLED = {"attack.attack", "incursion.storm", "attack.operation", "deployment.send"}
_MOTION = {"incursion.enter", "deployment.send", "deployment.move", "aid.deliver"}
_COLUMN = {"deployment.reinforce"}
_MEANS = {"air_strike", "shelling", "explosion", "armed_attack", "suicide_attack", "chemical_attack"}
_NEAR, _BEHIND = 8, 12


def chained(found: list[Trigger]) -> tuple[list[Trigger], dict[int, Trigger]]:
    """The triggers that stand for events of their own, and for some of them, by token, the event noun that is their means."""
    out: list[Trigger] = []
    means: dict[int, Trigger] = {}
    if len(found) > 1:
        real = [t for t in found if not t.proclitics.endswith("ل")]
        found = [t for t in found if t.predicate.id != "attack.operation" or real == [t]]
    for t in found:
        last = out[-1] if out else None
        if last is None:
            out.append(t)
        elif _one_column(last, t):
            if t.predicate.id in _COLUMN:
                out[-1] = t
        elif _by_means(last, t):
            means.setdefault(last.lo, t)
        elif not (last.predicate.id == "clash.repel" and t.predicate.id in REPELLED and t.lo - last.hi <= 5):
            out.append(t)
    return out, means


def _one_column(a: Trigger, b: Trigger) -> bool:
    """ "A column enters", "reinforcements arrived": the noun of forces on the move and its verb."""
    near = b.lo - a.hi
    if a.predicate.id in _COLUMN:
        return b.verb and b.predicate.id in _MOTION and near <= _NEAR and not b.proclitics
    return a.predicate.id in _MOTION and b.predicate.id in _COLUMN and near <= 2 and not b.proclitics


def _by_means(a: Trigger, b: Trigger) -> bool:
    """ "They targeted X with a raid": the act that says no more than striking, and behind it ب with the way it was done."""
    if a.predicate.id not in CHAINED or b.verb or b.proclitics not in ("ب",) or b.article:
        return False
    return b.predicate.yields in _MEANS and b.predicate.id not in CHAINED and b.lo - a.hi <= _BEHIND


def by_means(s: Scan, t: Trigger, c: IncidentClaim, hi: int) -> Predicate:
    """Give the claim the type of its means; the predicate that decided it."""
    c.type = incident_type(s, t, t.predicate, c, hi)
    return t.predicate
