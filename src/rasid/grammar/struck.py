"""What a predicate strikes and with what: nouns in its reach, neither its doer nor only where it happened."""

from __future__ import annotations

from rasid.grammar.binding import Reach, preposition
from rasid.grammar.scan import Scan, Trigger
from rasid.model.claims import IncidentClaim
from rasid.model.mentions import NounHit, PlaceHit
from rasid.text.keys import bare, fold, splits

#: Kinds of place that can themselves be struck; the names of others only say where.
_SITES = ("facility", "camp", "street", "crossing")
#: Targets that are people: the harm tells of them.
_PEOPLE = ("civilians", "military", "health", "media", "aid", "person")
#: Words of quantity, whose "of" (من) is no "from".
_STATIONED = {
    bare(fold(w))
    for w in (
        "المتمركزة",
        "المتمركز",
        "المتمركزين",
        "المتمركزون",
        "المتواجدة",
        "المتواجد",
        "المتواجدين",
        "المنتشرة",
        "المرابطة",
        "المتموضعة",
        "المستقرة",
    )
}
_SOME = {
    fold(w)
    for w in (
        "عدد",
        "عددا",
        "تبقى",
        "بقي",
        "عشرات",
        "مئات",
        "آلاف",
        "بعض",
        "كثير",
        "العديد",
        "أكثر",
        "كل",
        "سلسلة",
        "مجموعة",
        "جزء",
        "أجزاء",
        "أي",
        "كلا",
    )
}


def targets(s: Scan, c: IncidentClaim, t: Trigger, r: Reach, carrier: int | None) -> list[NounHit]:
    """What stands behind the predicate, or before a passive; neither the doer nor part of a name."""
    exposed = t.voice == "p" or (carrier is not None and s.carrier[carrier].value == "تعرض")
    doers = {j for a in c.actors if a.role != "victim" for j in range(a.hit.lo, a.hit.hi)}
    relief = any(p.frame == "harm_free" for p in t.others)
    found = [
        n for n in r.nouns
        if n.slot == "target" and (n.lo >= t.lo or exposed or (relief and n.value == "aid"))
        and n.lo not in doers and not _named_place(s, n.lo) and not _harmed(s, n) and not _beside(s, n, r)
    ]  # fmt: skip
    found = [n for n in found if not _owner(s, n)]
    found += [s.twin[n.lo] for n in r.nouns if n.lo in s.twin and _struck_itself(s, t, r, n)]
    return [n for n in found if not _only_where(s, n, r)] or found


def _named_place(s: Scan, j: int) -> bool:
    """A word that is the name of a settlement (الخيام "the tents") is not what was struck."""
    p = s.place.get(j)
    return p is not None and p.kind not in _SITES


def _harmed(s: Scan, n: NounHit) -> bool:
    """Is the noun the people of a count of harm ("وإصابة ثلاثة مواطنين")?"""
    h = s.harm.get(n.lo)
    return h is not None and h.anchor != n.lo and n.value in _PEOPLE and h.anchor < n.lo


def _owner(s: Scan, n: NounHit) -> bool:
    """Is the noun the owner of the thing before it ("the car of a commander")?"""
    before = s.noun.get(n.lo - 1)
    if before is not None and before.slot != "target":
        before = s.twin.get(before.lo)
    return (
        n.value in _PEOPLE
        and before is not None
        and before.slot == "target"
        and before.hi == n.lo
        and before.value not in _PEOPLE
    )


def _beside(s: Scan, n: NounHit, r: Reach) -> bool:
    """Is the noun that near which, or from where, it happened ("قرب حاجز", "من الرافعات")?"""
    how = preposition(s, n, r.lo)
    if how != "from":
        return how == "near"
    j = n.lo - 2
    return not (j >= 0 and (s.m.tokens.kind[j] == "n" or any(rest in _SOME for _, rest in splits(s.m.tokens.key[j]))))


def _only_where(s: Scan, n: NounHit, r: Reach) -> bool:
    """Does the noun head a place that a preposition of place governs ("في مخيم X", "على طريق Y")?"""
    p = s.place.get(n.lo)
    how = preposition(s, p if p is not None and p.lo == n.lo else n, r.lo)
    if n.value == "road":
        return how in ("in", "on")
    return p is not None and how == "in"


def posted(s: Scan, p: PlaceHit) -> bool:
    """Is it only where the doer stands ("forces stationed on the hill of X")?"""
    keys = s.m.tokens.key
    return any(bare(keys[j]) in _STATIONED for j in range(max(0, p.lo - 2), p.lo))


def weapons(s: Scan, c: IncidentClaim, t: Trigger, r: Reach) -> list[NounHit]:
    """Weapons in reach, but not those in the name of an ally or victim, nor a tank that is struck itself."""
    others = {j for a in c.actors if a.role in ("ally", "victim") for j in range(a.hit.lo, a.hit.hi)}
    own = s.noun.get(t.lo - 1) if t.verb and t.enclitic else None  # "a missile that they launched"
    found = [own] if own is not None and own.slot == "weapon" and own.hi == t.lo else []
    return found + [
        n for n in r.nouns
        if n.slot == "weapon" and n.lo not in others and n is not own
        and not _struck_itself(s, t, r, n)
    ]  # fmt: skip


def _struck_itself(s: Scan, t: Trigger, r: Reach, n: NounHit) -> bool:
    """Is the tank the object ("استهدفوا دبابة"), and not the means or the subject behind its verb?"""
    if n.slot != "weapon" or n.value != "tank" or not 0 <= n.lo - t.hi <= 3 or n.clitics.endswith("ب"):
        return False
    return not t.verb or t.number == "p" or n.lo > t.hi or any(s.m.tokens.kind[j] == "w" for j in range(r.lo, t.lo))


def weapon_before(s: Scan, t: Trigger, floor: int) -> list[NounHit]:
    """The last weapon named before the predicate, not before ``floor``."""
    for j in range(t.lo - 1, max(floor, 0) - 1, -1):
        n = s.noun.get(j)
        if n is not None and n.slot == "weapon":
            return [n]
    return []
