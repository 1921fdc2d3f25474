"""Predicates of one clause that tell one event: a carrier and what it carries, an act and its means."""

from __future__ import annotations

from rasid.grammar.scan import Scan, Trigger
from rasid.grammar.senses import incident_type
from rasid.lexicon.predicates import Predicate
from rasid.model.claims import IncidentClaim
from rasid.text.keys import fold

#: Words of striking that say nothing of how: beside an event noun they only lend it their arguments.
CHAINED = {"attack.target"}
#: Attacks that are driven back: with the verb of driving back they are one clash.
REPELLED = {"attack.attack", "incursion.storm", "attack.operation", "deployment.send"}
_MOTION = {"incursion.enter", "deployment.send", "deployment.move", "aid.deliver"}
_COLUMN = {"deployment.reinforce"}
_MEANS = {"air_strike", "shelling", "explosion", "armed_attack", "suicide_attack", "chemical_attack"}
_STRIKING = {"shelling.bombard", "attack.attack", "shelling.hit"}
_NUMBERS = {
    fold(w)
    for w in (
        "ثلاث",
        "أربع",
        "خمس",
        "ست",
        "سبع",
        "ثماني",
        "ثمان",
        "تسع",
        "عشر",
        "عشرات",
        "عشرين",
        "سلسلة",
        "عدة",
        "عدد",
        "أكثر",
        "نحو",
        "حوالي",
        "زهاء",
        "قرابة",
        "من",
        "بأكثر",
        "بنحو",
        "ب",
    )
}
_LANDS = {"shelling.fall", "shelling.hit", "explosion.explode"}
_NEAR, _BEHIND = 8, 12


def chained(s: Scan, found: list[Trigger]) -> tuple[list[Trigger], dict[int, Trigger]]:
    """The triggers that are events of their own, and the event nouns that are the means of some, by token."""
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
        elif _by_means(s, last, t):
            means.setdefault(last.lo, t)
        elif _same_missile(last, t) or _column_struck(last, t):
            continue
        elif not (last.predicate.id == "clash.repel" and t.predicate.id in REPELLED and t.lo - last.hi <= 5):
            out.append(t)
    return out, means


def _one_column(a: Trigger, b: Trigger) -> bool:
    """ "A column enters", "reinforcements arrived": the noun of forces on the move and its verb."""
    near = b.lo - a.hi
    if a.predicate.id in _COLUMN:
        return b.verb and b.predicate.id in _MOTION and near <= _NEAR and not b.proclitics
    return a.predicate.id in _MOTION and b.predicate.id in _COLUMN and near <= 2 and not b.proclitics


def _column_struck(a: Trigger, b: Trigger) -> bool:
    """ "A charge blew up in a column": the column is what was struck, and its moving is not told."""
    return (
        b.predicate.id in _COLUMN
        and bool(b.proclitics.strip("وف"))
        and a.predicate.yields in _MEANS
        and b.lo - a.hi <= _NEAR
    )


def _same_missile(a: Trigger, b: Trigger) -> bool:
    """ "A rocket that X launched fell on Y": the launching of what fell or blew up is no second act."""
    fell = any(p.id in _LANDS for p in a.others)
    launched = any(p.id == "shelling.launch" for p in b.others)
    return fell and launched and b.verb and bool(b.enclitic) and b.lo - a.hi <= 4


def _by_means(s: Scan, a: Trigger, b: Trigger) -> bool:
    """ "They shelled X with ten raids": a word of striking, and behind it ب with how it was done."""
    if b.verb or b.article or b.predicate.id in CHAINED or b.predicate.yields not in _MEANS or b.lo - a.hi > _BEHIND:
        return False
    if a.predicate.id in CHAINED or a.predicate.id == "property.destroy":
        return b.proclitics == "ب" or _counted(s, b.lo)
    return a.predicate.id in _STRIKING and _counted(s, b.lo)


def _counted(s: Scan, i: int) -> bool:
    """Does a number governed by ب stand before this noun ("بأكثر من 12 غارة"، "بعشر غارات")?"""
    keys, kinds = s.m.tokens.key, s.m.tokens.kind
    for j in range(i - 1, max(-1, i - 5), -1):
        if keys[j].startswith("ب") and keys[j][1:] in _NUMBERS:
            return True
        if kinds[j] != "n" and keys[j] not in _NUMBERS:
            return False
    return False


def by_means(s: Scan, t: Trigger, c: IncidentClaim, hi: int) -> Predicate:
    """Give the claim the type of its means; the predicate that decided it."""
    c.type = incident_type(s, t, t.predicate, c, hi)
    return t.predicate
