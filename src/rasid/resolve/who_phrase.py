"""Noun phrases of parties: a name or head noun, what it governs, and the adjectives and links that follow."""

from __future__ import annotations

from rasid.lexicon.actors import countries, registry
from rasid.resolve.who_officials import official_at, person_name
from rasid.resolve.who_scan import Node, Scan, named_at
from rasid.resolve.who_tables import HeadForm, Named, group, tables
from rasid.resolve.who_words import Word

_DEPTH = 4
_ORGANS = frozenset({"institution", "un", "ngo", "party", "outlet", "agency", "monitor"})


def phrase_at(s: Scan, p: int, depth: int = 0) -> Node | None:
    """The longest party noun phrase that starts at ``p``, or None."""
    w = s.words[p]
    if w is None or depth > _DEPTH:
        return None
    best: Node | None = None
    if w.names:
        best = _name(s, p, w, depth)
    if w.title:
        best = _longer(best, official_at(s, p, depth, phrase_at))
    elif w.given and depth == 0 and _may_name(s, p):
        best = _longer(best, _introduced(s, p))
    if w.head:
        best = _longer(best, _headed(s, p, w, w.head, depth))
    return best


def _may_name(s: Scan, p: int) -> bool:
    """Could a person's name go on after ``p``? A cheap look before the full reading."""
    w = s.words[p + 1]
    return s.is_word(p + 1) and (w is None or w.given or not w.function) and s.t.light[s.at[p]][-1] != "ى"


def _longer(a: Node | None, b: Node | None) -> Node | None:
    if a is None or b is None:
        return a or b
    if a.official and b.surname and not b.official:
        return a  # a registered person, with a longer name read into it
    if b.hi > a.hi or (b.hi == a.hi and b.known and not a.known):
        return b
    return a


def _introduced(s: Scan, p: int) -> Node | None:
    """A person's name followed by the office: رياض ياسين وزير الخارجية اليمني."""
    end, surname = person_name(s, p)
    if end <= p + 1:
        return None
    office = _office_after(s, end)
    if office is None:
        return None
    office.lo, office.name_lo, office.surname = p, p, surname
    return office


def _office_after(s: Scan, end: int) -> Node | None:
    w = s.words[end]
    return official_at(s, end, 1, phrase_at) if w and w.title and not w.clitics else None


def _foreign(office: Node, person: Node) -> bool:
    """Is the office that follows a name another country's? Then it is another person's."""
    e = registry().get(person.id or "")
    codes = {office.country.code} if office.country else {x.country for x in office.entries}
    return bool(codes and e and e.country not in codes)


def _name(s: Scan, p: int, w: Word, depth: int) -> Node | None:
    got = named_at(s, p, w)
    if got is None:
        return None
    hi, values = got
    node = _name_node(s, p, hi, values)
    if node.official:
        office = _office_after(s, hi) if depth == 0 and not node.weak else None
        if office and not _foreign(office, node):
            node.hi = office.hi
    elif node.side != "place":
        _tail(s, node, depth)
    return node


def _name_node(s: Scan, p: int, hi: int, values: list[Named]) -> Node:
    v = values[0]
    if v.country:
        n = Node.named(p, hi, "state", True, "who.state")
        n.country, n.side, n.weak, n.feminine = v.country, "place", v.capital, True
    elif v.official:
        n = Node.named(p, hi, "person", v.official.acts, "who.person")
        n.id, n.official, n.weak = v.official.id, v.official.name, v.weak
    elif v.head:
        n = Node.of_head(p, hi, v.head, definite=True)
        n.described = True
    else:
        n = _party_node(s, p, hi, values)
    return n


def _party_node(s: Scan, p: int, hi: int, values: list[Named]) -> Node:
    entries = tuple(x.entry for x in values if x.entry)
    e, w = entries[0], s.words[p]
    n = Node.named(p, hi, e.kind, e.acts, "who.partisan" if values[0].partisan else "who.name")
    n.entries = entries
    n.weak = all(x.weak for x in values)
    n.generic = all(x.generic for x in values)
    if w:
        n.head, n.plural, n.feminine = w.head, w.plural, w.feminine
    return n


def _headed(s: Scan, p: int, w: Word, h: HeadForm, depth: int) -> Node | None:
    if s.keys[p] in group("chaired") or s.keys[p - 1] in h.head.not_after:
        return None
    if h.head.definite_only and not w.definite:
        return None
    node = Node.of_head(p, p + 1, h, definite=w.definite)
    node.pronoun = w.pronoun
    if w.pronoun:
        return node
    if not w.definite:
        _complement(s, node, depth)
    elif s.is_number(node.hi) and h.head.id == "head.unit":
        node.hi += 1
        node.described = True
    _tail(s, node, depth)
    return node


def _complement(s: Scan, node: Node, depth: int) -> None:
    """What a head without article governs: a party, a country, a numbered or free name."""
    j, h = node.hi, node.head
    assert h is not None
    if s.is_number(j) and h.head.kind == "official":  # ممثلو 11 فصيلا
        j += 1
    w = s.words[j]
    if w and not h.absolute and not w.clitics and not w.pronoun and (w.names or w.head or w.title or not w.stop):
        inner = phrase_at(s, j, depth + 1)
        if inner and _governs(h, inner) and not _own_name(s, h, inner):
            _absorb(node, inner)
            return
    if w and w.rest == "من" and not w.clitics and _of_a_party(s, node, h, j + 1, depth):
        return
    if not h.absolute:
        _free_name(s, node)


def _own_name(s: Scan, h: HeadForm, inner: Node) -> bool:
    """Is what follows a head that bears names rather its own name? لواء أنصار التلال, جماعة "أبناء السهل"."""
    if inner.known or h.head.takes not in ("any", "quoted"):
        return False
    return not inner.definite or bool(s.opens_quote(inner.lo))


def _of_a_party(s: Scan, node: Node, h: HeadForm, j: int, depth: int) -> bool:
    """قوة من جهاز مكافحة الإرهاب, عناصر من الفرقة 30, وجهاء من محافظة درعا."""
    w = s.words[j]
    if h.head.kind in ("people", "tribe"):
        hi, node.hi = node.hi, j
        if s.keys[j] in group("place_nouns"):
            _place(s, node)
        if node.hi == j:
            node.hi = hi
        return node.hi != hi
    if w is None or w.clitics:
        return False
    inner = phrase_at(s, j, depth + 1)
    if inner and inner.known and inner.side != "place" and not (inner.weak and inner.kind != "person"):
        _absorb(node, inner)
        return True
    return False


def _governs(h: HeadForm, inner: Node) -> bool:
    if inner.kind == "person" and h.head.kind == "people":
        return False
    if inner.side == "place":
        return not inner.weak or h.head.kind in ("state", "forces", "official", "institution")
    if inner.known or inner.definite:
        return True
    return inner.head is not None and inner.kind != "official" and inner.head.head.id != "head.people"


def _absorb(node: Node, inner: Node) -> None:
    node.hi = inner.hi
    node.name_lo = inner.name_lo if inner.name_lo >= 0 else inner.lo
    node.definite = inner.definite
    node.described = True
    assert node.head is not None
    of_tribe = node.kind == "tribe" and inner.kind == "tribe"
    if node.kind in ("people", "tribe") and node.head.head.id != "head.settler" and not of_tribe:
        node.country = inner.country
        return
    node.bear(inner)
    node.weak = inner.weak and inner.kind != "person" and inner.side != "place"
    node.official, node.pronoun = inner.official, inner.pronoun
    if inner.side == "ally":
        node.side, node.pronoun = "ally", ""
    if inner.kind in _ORGANS and node.kind != "official":
        node.kind = inner.kind


def _free_name(s: Scan, node: Node) -> None:
    """A name nobody registered, after a head noun that takes one; a place after an organ."""
    assert node.head is not None
    takes, kind = node.head.head.takes, node.head.head.kind
    quoted = s.opens_quote(node.hi) if takes in ("any", "quoted") else 0
    if quoted:
        node.name_lo, node.hi, node.described, node.rule = node.hi, quoted, True, "who.unknown_group"
    elif s.is_number(node.hi) and takes == "any":
        node.hi, node.described = node.hi + 1, True
    elif takes == "any":
        _unknown(s, node, 3)
    elif takes == "one" and s.keys[node.hi].startswith("ال") and not _of_place(s, node):
        _unknown(s, node, 1)
    elif takes == "place":
        _place(s, node)
    elif kind in ("forces", "institution") or node.head.head.id == "head.government":
        _of_place(s, node)


def _of_place(s: Scan, node: Node) -> bool:
    """شرطة تعز, قوات شرق ليبيا: only places that mark a country."""
    j = node.hi
    while s.keys[j] in group("place_nouns") and j - node.hi < 2 and not s.keys[j].startswith("ال"):
        j += 1
    code = tables().marks.get(s.keys[j])
    if code:
        node.hi, node.described, node.country, node.definite = j + 1, True, countries()[code], True
    return bool(code)


def _nameable(s: Scan, j: int) -> bool:
    w = s.words[j]
    if w and w.verb and not w.clitics and len(w.rest) == 3 and s.keys[j + 1].startswith("ال"):
        return True  # كتيبة فجر الوادي
    if not s.is_word(j) or (w and (w.stop or w.clitics or w.adjective or w.nation) and not w.given):
        return False
    key = s.keys[j]
    return len(key) > 2 and (
        key.startswith("ال") or (key[0] not in "يتبلفس" and key[-2:] not in ("ها", "هم")) or bool(w)
    )


def _unknown(s: Scan, node: Node, limit: int) -> None:
    j = node.hi
    while j - node.hi < limit and _nameable(s, j):
        j += 1
        if s.keys[j - 1].startswith("ال"):
            break
    if j > node.hi:
        node.name_lo, node.hi, node.described, node.rule = node.hi, j, True, "who.unknown_group"
        node.definite = True


def _place(s: Scan, node: Node) -> None:
    """People of a place: سكان مدينة الموصل, أهالي درعا."""
    j = node.hi
    while s.keys[j] in group("place_nouns") and j - node.hi < 2:
        j += 1
        if s.keys[j - 1].startswith("ال"):
            node.hi, node.described, node.definite = j, True, True
            return
    w = s.words[j]
    crowd = node.head is not None and node.head.head.id == "head.crowd"
    if not s.is_word(j) or len(s.keys[j]) <= 2 or (w and (w.stop or w.adjective or (w.clitics and not w.names))):
        return
    if crowd and j == node.hi:
        return
    if s.keys[j] in group("clans") and s.is_word(j + 1):
        j += 1
    node.hi, node.described, node.definite = j + 1, True, True


def _tail(s: Scan, node: Node, depth: int) -> None:
    """Adjectives, nationality, links to another party, and who leads it."""
    while True:
        j = node.hi
        w = s.words[j]
        if w is None:
            if not (s.keys[j] in group("recognised") and _recognised(s, node)):
                return
        elif w.clitics or w.pronoun:
            if not (s.keys[j] in group("led") and _led(s, node, j + 1, depth)):
                return
        elif not (_nationality(node, w) or _adjective(s, node, w, depth) or _relative(s, node, j, depth)):
            return


def _agrees(node: Node, w: Word) -> bool:
    """Adjectives follow definiteness; masculine plurals go with people, not with forces or groups."""
    if w.definite != node.definite:
        return False
    h = node.head
    people = node.plural if h is None else h.head.human
    return people or not (w.plural and not w.feminine)


def _nationality(node: Node, w: Word) -> bool:
    if not (w.party or w.nation) or not _agrees(node, w) or node.side == "place":
        return False
    node.hi += 1
    node.described = True
    if node.known and not (node.shared and w.nation):
        return True
    if w.party and node.kind not in ("people", "official"):
        node.entries, node.shared = w.party, w.shared
    elif w.nation:
        node.country = w.nation
        if not node.entries:
            node.rule = "who.nation"
    return True


def _adjective(s: Scan, node: Node, w: Word, depth: int) -> bool:
    if w.adjective in ("loyal", "backed", "against", "allied") and _link(s, node, w, depth):
        return True
    if not w.adjective or not _agrees(node, w) or (w.title and not w.definite):
        return False
    node.hi += 1
    node.armed = node.armed or w.adjective == "force"
    node.described = node.described or node.armed
    node.plain = node.plain or w.adjective == "other"
    node.state = node.state or w.adjective == "state"
    return True


def _recognised(s: Scan, node: Node) -> bool:
    if s.keys[node.hi + 1] not in ("بها", "به", "بهم"):
        return False
    node.hi += 2
    if s.keys[node.hi] in ("دوليا", "دولي"):
        node.hi += 1
    node.described = True
    return True


def _link(s: Scan, node: Node, w: Word, depth: int) -> bool:
    """الموالية ل, التابعة ل, المدعومة من, المناهضة ل + a party."""
    j = node.hi + 1
    if s.keys[j] in group("them"):
        node.hi, node.described = j + 1, True
        if not node.known:
            node.rule, node.side = "who.linked", "ally"
        return True
    nxt = s.words[j]
    if nxt is None:
        return False
    if nxt.rest in ("من", "مع") and not nxt.clitics:
        j += 1
        nxt = s.words[j]
        if nxt is None or nxt.clitics:
            return False
    elif not nxt.clitics.endswith(("ل", "ب") if w.adjective == "allied" else "ل"):
        return False
    inner = phrase_at(s, j, depth + 1)
    if inner is None or not (inner.known or inner.head):
        return False
    node.hi = inner.hi
    node.described = True
    if not node.known:
        node.rule = "who.linked"
        if w.adjective == "loyal" or (w.adjective == "backed" and inner.country):
            node.bear(inner)
            node.rule, node.weak = "who.loyal", inner.weak and inner.side != "place"
    return True


def _relative(s: Scan, node: Node, j: int, depth: int) -> bool:
    """الذي تقوده واشنطن, تقوده الولايات المتحدة."""
    if s.keys[j] in group("relative"):
        j += 1
    return s.keys[j] in group("leads") and _led(s, node, j + 1, depth)


def _led(s: Scan, node: Node, j: int, depth: int) -> bool:
    w = s.words[j]
    if w is None or w.clitics:
        return False
    inner = phrase_at(s, j, depth + 1)
    if inner is None or not inner.known:
        return False
    node.hi = inner.hi
    node.described = True
    if not node.known and node.head and node.head.head.id == "head.alliance":
        node.country = inner.country
    return True
