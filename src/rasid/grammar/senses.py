"""Which sense of a predicate the bound arguments allow, and which type of incident they make of it."""

from __future__ import annotations

from collections.abc import Callable

from rasid.grammar.scan import Scan, Trigger
from rasid.lexicon.predicates import Predicate, operators
from rasid.model.claims import IncidentClaim
from rasid.text.keys import bare, fold, splits

INDIRECT = {"artillery", "mortar", "rocket", "missile", "tank", "anti_aircraft_gun"}
AIR = {"aircraft", "helicopter", "drone", "barrel_bomb"}
BURIED = {"mine", "ied", "car_bomb"}
_FLYING = {"missile", "rocket", "drone", "aircraft", "helicopter"}
_AIR_WORDS = tuple(
    fold(w)
    for w in (
        "طيران",
        "طائرات",
        "طائرة",
        "مقاتلات",
        "مروحيات",
        "مروحية",
        "الجو",
        "الجوية",
        "طائرتان",
        "طائرتين",
        "مسيرات",
        "جوي",
        "جوية",
    )
)
_GUN_WORDS = tuple(fold(w) for w in ("مدفعية", "المدفعية", "راجمات", "دبابات"))
_SUICIDE = tuple(
    fold(w) for w in ("انتحاري", "انتحارية", "انتحاريين", "انتحاريان", "انتحاريون", "انتحاريتين", "انغماسي", "انتحاريا")
)
_ADJECTIVES = {
    fold(w): kind
    for kind, ws in {
        "air_strike": ("جوي", "جوية", "جويا", "الجوي", "الجوية", "جويتين", "جويين"),
        "shelling": ("مدفعي", "صاروخي", "مدفعيا", "صاروخيا", "المدفعي", "الصاروخي", "مدفعية", "صاروخية", "الصاروخية", "صاروخيين"),
        "chemical_attack": ("كيماوي", "كيميائي", "الكيماوي", "الكيميائي", "كيماوية", "كيميائية"),
    }.items()
    for w in ws
}  # fmt: skip
_COLUMN = {fold(w) for w in ("رتل", "أرتال", "رتلا", "تعزيزات", "قافلة", "قوافل", "وتعزيزات", "ورتل")}
_BETWEEN = fold("بين")
_HOSTS = {fold(w) for w in ("بيد", "أيدي", "بأيدي", "يد", "قبضة")}
_PROPERTY = {
    "residential", "worship", "market", "agriculture", "vehicle", "infrastructure", "education", "health", "government",
    "energy", "electricity", "water", "telecom", "media", "aid", "road", "port", "other",
}  # fmt: skip
_VIOLENT = {"shelling", "armed_attack", "explosion", "air_strike"}


ADJECTIVES = frozenset(_ADJECTIVES)


def _weapons(c: IncidentClaim) -> set[str]:
    return {w.value for w in c.weapons}


def _targets(c: IncidentClaim) -> set[str]:
    return {x.value for x in c.targets}


def _acts(c: IncidentClaim) -> bool:
    return any(a.hit.acts for a in c.actors)


def _subject(c: IncidentClaim) -> bool:
    return any(a.hit.acts and a.role in ("perpetrator", "party") for a in c.actors)


def _forces(c: IncidentClaim) -> bool:
    """Forces that move themselves or are moved: beside the verb, not somewhere in its clause."""
    kinds = ("forces", "armed_group", "coalition")
    return any(a.hit.kind in kinds and -14 <= a.hit.lo - c.anchor <= 3 for a in c.actors)


_NEEDS: dict[str, Callable[[IncidentClaim], bool]] = {
    "weapon": lambda c: bool(c.weapons),
    "indirect": lambda c: bool(_weapons(c) & INDIRECT),
    "air": lambda c: bool(_weapons(c) & AIR),
    "explosive": lambda c: bool(_weapons(c) & BURIED),
    "bombed": lambda c: bool(_weapons(c) & {"barrel_bomb", "cluster"})
    or (bool(_weapons(c) & {"incendiary", "chemical", "ied", "other"}) and "flown" in c.features),
    "thrown": lambda c: bool(_weapons(c) & {"grenade", "ied", "incendiary", "other"}),
    "people": lambda c: bool(c.harm) or any(a.hit.kind in ("people", "person", "official", "tribe") for a in c.actors),
    "place": lambda c: bool(c.places),
    "held": lambda c: bool(c.places)
    and (c.features.get("verb", 0.0) > 0 or _subject(c) or any(0 <= p.lo - c.anchor <= 4 for p in c.places)),
    "forces": _acts,
    "actor": lambda c: bool(c.actors),
    "target": lambda c: bool(c.targets),
    "military": lambda c: bool(_targets(c) & {"military", "checkpoint", "vehicle"}),
    "property": lambda c: bool(_targets(c) & _PROPERTY),
    "aid": lambda c: "aid" in _targets(c),
    "service": lambda c: bool(c.services) or bool(_targets(c) & {"water", "electricity", "telecom"}),
    "facility": lambda c: bool(_targets(c) & {"health", "education", "water", "electricity", "telecom", "energy"})
    or any(p.kind == "facility" for p in c.places),
    "harm": lambda c: bool(c.harm),
    "intercepted": lambda c: bool(_weapons(c) & _FLYING),
    "forces_place": lambda c: _subject(c) and bool(c.places),
    "road": lambda c: bool(_targets(c) & {"road", "checkpoint"})
    or any(p.kind in ("street", "crossing") or p.part == "road" for p in c.places),
    "detained": lambda c: any(h.status in ("detained", "abducted") for h in c.harm),
    "displaced": lambda c: any(h.status == "displaced" for h in c.harm),
    "forces_moved": lambda c: (_forces(c) or _arms_moved(c)) and bool(c.places),
    "posts": lambda c: "checkpoint" in _targets(c) and _subject(c),
    "dropped": lambda c: any(w.value in INDIRECT and not w.clitics.endswith("ب") for w in c.weapons),
    "fallen_place": lambda c: "fallen" in c.features,
    "killed": lambda c: any(h.status == "killed" for h in c.harm),
    "gun": lambda c: bool(_weapons(c) & {"machine_gun", "small_arms", "sniper"}),
    "shot": lambda c: not c.targets
    and any(w.value in _FLYING and not w.clitics and 0 <= w.lo - c.anchor <= 3 for w in c.weapons),
    "struck": lambda c: c.features.get("verb", 0.0) > 0
    and any(w.value in INDIRECT | {"drone"} and not w.clitics and abs(w.lo - c.anchor) <= 4 for w in c.weapons)
    and bool(c.places or c.targets),
    "crowd": lambda c: any(a.hit.kind == "people" for a in c.actors) and not any(a.hit.acts and a.hit.id for a in c.actors),
    "hit_thing": lambda c: bool(_weapons(c) & (INDIRECT | {"drone"}))
    and any(n.value in _PROPERTY and 0 <= n.lo - c.anchor <= 2 for n in c.targets),
    "manner": lambda c: "manner" in c.features,
    "gas": lambda c: any(w.rule == "weapon.other_gas" for w in c.weapons) or "gas" in c.features,
    "column": lambda c: _subject(c) or (bool(_targets(c) & {"military", "vehicle"}) and bool(c.places or c.features.get("from"))),
    "site": lambda c: bool(c.targets) or any(p.kind in ("facility", "camp", "crossing") for p in c.places),
    "ground": lambda c: "ground" in c.features,
    "repelled": lambda c: "repelled" in c.features,
}  # fmt: skip


#: Tokens behind a predicate among which the company that fixes its sense is looked for.
_COMPANY = 8


def _arms_moved(c: IncidentClaim) -> bool:
    """A state that sends or stations aircraft or armour (نشرت الولايات المتحدة مقاتلات)."""
    arms = {"aircraft", "tank", "missile", "helicopter", "naval", "artillery"}
    return _subject(c) and any(w.value in arms and 0 < w.lo - c.anchor <= 6 for w in c.weapons)


def needs_met(s: Scan, t: Trigger, p: Predicate, c: IncidentClaim, hi: int) -> bool:
    """Does the claim hold one of the arguments, or of the words behind, without which this is not the sense?"""
    if not p.needs and not p.company:
        return True
    if p.company and _accompanied(s, t, p, hi):
        return True
    return any(_NEEDS[n](c) for n in p.needs)


def _accompanied(s: Scan, t: Trigger, p: Predicate, hi: int) -> bool:
    keys = s.m.tokens.key
    return any(bare(rest) in p.company for j in range(t.hi, min(hi, t.hi + _COMPANY)) for _, rest in splits(keys[j]))


#: Senses tried first: their needs are so specific that meeting them settles the sense.
_SPECIFIC = (
    "aid", "service", "intercepted", "indirect", "bombed", "thrown", "explosive", "fallen_place", "repelled",
    "road", "detained", "ground", "killed", "shot", "struck", "gun", "gas", "dropped", "hit_thing",
)  # fmt: skip


def _rank(p: Predicate) -> int:
    """Fixed phrases that say all come first, then senses with telling company or arguments."""
    return 0 if p.company else 1 if any(n in _SPECIFIC for n in p.needs) else 2


def sense(s: Scan, t: Trigger, c: IncidentClaim, hi: int) -> Predicate | None:
    """The sense of the trigger that the bound arguments allow, its reach ending at ``hi``; None when none does."""
    return next((p for p in sorted(t.others, key=_rank) if needs_met(s, t, p, c, hi)), None)


def _has(s: Scan, lo: int, hi: int, words: tuple[str, ...]) -> bool:
    keys = s.m.tokens.key
    return any(rest in words or rest[2:] in words for j in range(lo, hi) for _, rest in splits(keys[j]))


def _thrown_far(p: Predicate) -> set[str]:
    """Weapons that make shelling of an attack; tanks that take part in an assault do not."""
    return INDIRECT if p.id == "attack.target" else INDIRECT - {"tank"}


def _by_air_power(c: IncidentClaim) -> bool:
    """Coalitions that strike from the air: their bombing with no other means named is an air strike."""
    return any(a.hit.id in operators().airborne for a in c.actors if a.role == "perpetrator")


def _exchanged(s: Scan, t: Trigger) -> bool:
    """ "The two armies exchange fire": a verb of exchange carries the noun."""
    return any(j in s.carrier and s.carrier[j].value == "تبادل" for j in range(max(0, t.lo - 8), t.lo))


def _between(s: Scan, t: Trigger, hi: int) -> bool:
    """ "Shooting between A and B": two sides stand behind the preposition."""
    keys = s.m.tokens.key
    at = next((j for j in range(t.hi, hi) if keys[j] == _BETWEEN), None)
    if at is None:
        return False
    return len({id(a) for j in range(at, min(hi, at + 12)) if (a := s.actor.get(j)) and a.acts}) >= 2


def _in_column(s: Scan, c: IncidentClaim) -> bool:
    """Is the subject forces on the move (رتل، تعزيزات), rather than forces that enter to act?"""
    return any(s.m.tokens.key[a.hit.lo] in _COLUMN for a in c.actors if a.role == "perpetrator")


def _by_people(c: IncidentClaim) -> bool:
    """Is it a crowd that attacks (هاجم الأهالي), and no armed party?"""
    doers = [a.hit for a in c.actors if a.role == "perpetrator"]
    return bool(doers) and all(a.kind == "people" and not a.acts for a in doers)


def flown(s: Scan, c: IncidentClaim) -> bool:
    """Is the doer, or a weapon beside it, an aircraft?"""
    agents = [a.hit for a in c.actors if a.role == "perpetrator"]
    return bool(_weapons(c) & AIR) or any(_has(s, a.lo, a.hi, _AIR_WORDS) for a in agents)


def incident_type(s: Scan, t: Trigger, p: Predicate, c: IncidentClaim, hi: int) -> str:
    """The type of the contract: that of the sense, changed by weapon, means and adjectives."""
    base = p.yields
    if p.id == "incursion.enter" and _in_column(s, c):
        return "deployment"
    if base == "incursion" and _by_people(c):
        return "riot"
    if base not in _VIOLENT and base not in ("suicide_attack",):
        return base
    keys = s.m.tokens.key
    adjective = next((_ADJECTIVES[keys[j]] for j in range(t.hi, min(t.hi + 3, hi)) if keys[j] in _ADJECTIVES), None)
    if base == "suicide_attack":
        return base
    if p.id.startswith("attack.fire"):
        if _exchanged(s, t) or _between(s, t, hi):
            return "clash"
        return "air_strike" if any(w.value in AIR and w.lo < t.lo for w in c.weapons) else base
    if base == "armed_attack" and _by_people(c):
        return "riot"
    suicide = _has(s, max(t.lo - 2, 0), min(t.hi + 8, hi), _SUICIDE) and "drone" not in _weapons(c)
    if suicide and base in ("explosion", "armed_attack"):
        return "suicide_attack"
    if adjective and (base in ("shelling", "armed_attack")):
        return adjective
    w = _weapons(c)
    if "chemical" in w:
        return "chemical_attack"
    agents = [a.hit for a in c.actors if a.role == "perpetrator"]
    if base in ("shelling", "armed_attack"):
        if flown(s, c):
            return "air_strike"
        if base == "shelling" and _by_air_power(c) and not w & INDIRECT:
            return "air_strike"
        if base == "armed_attack" and (w & _thrown_far(p) or any(_has(s, a.lo, a.hi, _GUN_WORDS) for a in agents)):
            return "shelling"
        if base == "armed_attack" and w & BURIED:
            return "explosion"
    if base == "explosion" and "drone" in w and not w & BURIED:
        return "air_strike"
    if base == "explosion" and p.id == "explosion.detonate" and not w & BURIED and _blown_house(c, t):
        return "property_destruction"
    return base


def _blown_house(c: IncidentClaim, t: Trigger) -> bool:
    return any(x.value == "residential" and 0 <= x.lo - t.hi <= 5 for x in c.targets) and not c.harm


def held_by(key: str) -> bool:
    """Is this word that of a hand that a place falls into (بيد)?"""
    return key in _HOSTS
