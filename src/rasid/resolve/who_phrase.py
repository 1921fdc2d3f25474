"""Noun phrases of parties: a name or a head noun, what it governs, and the adjectives and links that follow."""

from __future__ import annotations

from rasid.lexicon.actors import Country
from rasid.resolve.who_officials import official_at
from rasid.resolve.who_scan import Node, Scan, named_at
from rasid.resolve.who_words import HeadForm, Named, Word

_DEPTH = 4
_RELATIVE = {"الذي", "التي", "الذين"}
_LED = {"بقياده", "بزعامه", "بامره", "برياسه"}
_LEADS = {"تقوده", "تقودها", "يقوده", "يقودها", "تقودهما", "تتزعمه", "تتزعمها", "تدعمه", "تدعمها", "تدعمهم", "يدعمه"}
_RECOGNISED = ({"المعترف", "معترف"}, "بها", "به", "دوليا", "دولي")


def phrase_at(s: Scan, p: int, depth: int = 0) -> Node | None:
    """The longest party noun phrase that starts at ``p``, or None."""
    w = s.words[p]
    if w is None or depth > _DEPTH:
        return None
    best: Node | None = None
    if w.names:
        best = _name(s, p, w)
    if w.title:
        best = _longer(best, official_at(s, p, depth, phrase_at))
    if w.head:
        best = _longer(best, _headed(s, p, w, w.head, depth))
    return best


def _longer(a: Node | None, b: Node | None) -> Node | None:
    if a is None or b is None:
        return a or b
    if b.hi > a.hi or (b.hi == a.hi and b.known and not a.known):
        return b
    return a


def _name(s: Scan, p: int, w: Word) -> Node | None:
    got = named_at(s, p, w.rest)
    if got is None:
        return None
    hi, values = got
    node = _name_node(s, p, hi, values)
    if node.side != "place":
        _tail(s, node, 0)
    return node


def _name_node(s: Scan, p: int, hi: int, values: list[Named]) -> Node:
    v = values[0]
    weak = all(x.weak for x in values)
    if v.country:
        return Node(p, hi, "state", True, "who.state", country=v.country, side="place", weak=v.capital,
                    feminine=True, definite=True, name_lo=p)  # fmt: skip
    if v.official:
        o = v.official
        return Node(p, hi, "person", o.acts, "who.person", id=o.id, weak=weak, name_lo=p, official=o.name,
                    definite=True)  # fmt: skip
    if v.head:
        h = v.head
        return Node(p, hi, h.head.kind, h.head.acts, "who.head", side=h.head.side, head=h, definite=True,
                    plural=h.plural, feminine=h.feminine, described=True)  # fmt: skip
    entries = tuple(x.entry for x in values if x.entry)
    e = entries[0]
    first = s.words[p]
    head = first.head if first else None
    return Node(p, hi, e.kind, e.acts, "who.partisan" if v.partisan else "who.name", entries=entries, weak=weak,
                head=head, definite=True, name_lo=p, plural=bool(head and head.plural),
                feminine=bool(head and head.feminine))  # fmt: skip


def _headed(s: Scan, p: int, w: Word, h: HeadForm, depth: int) -> Node | None:
    node = Node(p, p + 1, h.head.kind, h.head.acts, "who.head", side=h.head.side, head=h, definite=w.definite,
                plural=h.plural, feminine=h.feminine, pronoun=w.pronoun)  # fmt: skip
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
    w = s.words[j]
    if w and not w.clitics and not w.pronoun and not (w.stop and not w.names and not w.head):
        inner = phrase_at(s, j, depth + 1)
        if inner and _governs(h, inner):
            _absorb(node, inner)
            return
    if w and w.rest == "من" and not h.plural:
        inner = phrase_at(s, j + 1, depth + 1)
        if inner and inner.known and not s.words[j + 1].clitics and inner.side != "place":  # type: ignore[union-attr]
            _absorb(node, inner)
            return
    _free_name(s, node)


def _governs(h: HeadForm, inner: Node) -> bool:
    if inner.weak and inner.kind == "state":
        return h.head.kind in ("state", "forces", "official", "institution")
    if h.head.kind == "people" and inner.kind in ("person", "state"):
        return inner.kind == "state"
    if inner.known or inner.definite:
        return True
    return inner.head is not None and not inner.definite and inner.kind != "official"


def _absorb(node: Node, inner: Node) -> None:
    node.hi = inner.hi
    node.name_lo = inner.name_lo if inner.name_lo >= 0 else inner.lo
    node.definite = inner.definite
    node.described = True
    head = node.head
    people = head is not None and head.head.kind in ("people", "tribe")
    if people:
        node.country = inner.country
        return
    node.entries, node.id, node.weak = inner.entries, inner.id, inner.weak and inner.kind != "person"
    node.country, node.official, node.pronoun = inner.country, inner.official, inner.pronoun
    if inner.head and not inner.known:
        node.inner = inner.inner or inner.head.stem
    if inner.kind in ("institution", "un", "ngo", "party", "outlet", "agency", "monitor") and node.kind != "official":
        node.kind = inner.kind


def _free_name(s: Scan, node: Node) -> None:
    """A name nobody registered, after a head noun that takes one."""
    takes = node.head.head.takes if node.head else "name"
    quoted = s.opens_quote(node.hi)
    if quoted and takes in ("any", "quoted"):
        node.name_lo, node.hi, node.described, node.rule = node.hi, quoted, True, "who.unknown_group"
        return
    if s.is_number(node.hi) and takes == "any":
        node.hi, node.described = node.hi + 1, True
    elif takes == "any":
        _unknown(s, node, 3, "who.unknown_group")
    elif takes == "place":
        _place(s, node)


def _nameable(s: Scan, j: int) -> bool:
    w = s.words[j]
    if not s.is_word(j) or (w and (w.stop or w.clitics or w.adjective or w.nation) and not w.given):
        return False
    key = s.keys[j]
    return len(key) > 2 and (key.startswith("ال") or key[0] not in "يتبلفس" or bool(w))


def _unknown(s: Scan, node: Node, limit: int, rule: str) -> None:
    j = node.hi
    while j - node.hi < limit and _nameable(s, j):
        j += 1
        if s.keys[j - 1].startswith("ال"):
            break
    if j > node.hi:
        node.name_lo, node.hi, node.described, node.rule = node.hi, j, True, rule


_PLACE_NOUNS = {
    "مدينه", "بلده", "قريه", "قري", "حي", "محافظه", "منطقه", "ريف", "مخيم", "مديريه", "شمال", "جنوب", "شرق", "غرب",
    "احياء", "ضاحيه", "قطاع", "اقليم", "ناحيه", "قضاء", "بلدات", "مناطق", "المدينه", "البلده", "القريه",
    "الحي", "المنطقه", "المحافظه", "وسط",
}  # fmt: skip


def _place(s: Scan, node: Node) -> None:
    """People of a place: سكان مدينة الموصل, أهالي درعا."""
    j = node.hi
    while s.keys[j] in _PLACE_NOUNS and j - node.hi < 2:
        j += 1
        if s.keys[j - 1].startswith("ال"):
            node.hi, node.described = j, True
            return
    w = s.words[j]
    if s.is_word(j) and not (w and (w.stop or (w.clitics and not w.names))) and len(s.keys[j]) > 2:
        if not s.keys[j].startswith("ال") and not (w and w.names) and j == node.hi and node.head is not None \
                and node.head.head.id == "head.crowd":  # fmt: skip
            return
        node.hi, node.described = j + 1, True


def _tail(s: Scan, node: Node, depth: int) -> None:
    """Adjectives, nationality, links to another party, and who leads it."""
    while True:
        j = node.hi
        w = s.words[j]
        if w is None or not s.is_word(j):
            if not _ordinal(s, node):
                return
            continue
        if w.clitics or w.pronoun:
            if s.keys[j] in _LED and _led(s, node, j + 1, depth):
                continue
            return
        if not (_nationality(node, w) or _adjective(s, node, w, depth) or _relative(s, node, j, depth)):
            return


def _ordinal(s: Scan, node: Node) -> bool:
    j = node.hi
    if node.head and node.head.head.id == "head.unit" and s.is_number(j) and j == node.lo + 1:
        node.hi += 1
        node.described = True
        return True
    return False


def _agrees(node: Node, w: Word) -> bool:
    """Adjectives follow definiteness; a head that governs something is as definite as that."""
    return w.definite == node.definite or node.head is None


def _nationality(node: Node, w: Word) -> bool:
    if w.party and _agrees(node, w):
        if not node.known:
            node.entries, node.rule = (w.party,), "who.head"
        node.hi += 1
        node.described = True
        return True
    if w.nation is None or not _agrees(node, w) or node.side == "place":
        return False
    node.hi += 1
    node.described = True
    if node.country is None and not node.id:
        node.country = w.nation
        if not node.entries:
            node.rule = "who.nation"
    return True


def _adjective(s: Scan, node: Node, w: Word, depth: int) -> bool:
    if w.adjective in ("loyal", "against"):
        return _link(s, node, w, depth)
    if w.adjective and (w.definite or not node.definite) and _agrees(node, w):
        if s.keys[node.hi] in ("المعترف", "معترف"):
            return False
        node.hi += 1
        node.described = node.described or w.adjective == "force" or node.head is None
        return True
    if w.rest in _RECOGNISED[0] and s.keys[node.hi + 1] in ("بها", "به"):
        node.hi += 2
        if s.keys[node.hi] in ("دوليا", "دولي"):
            node.hi += 1
        node.described = True
        return True
    return False


def _link(s: Scan, node: Node, w: Word, depth: int) -> bool:
    """الموالية ل, التابعة ل, المدعومة من, المناهضة ل + a party."""
    j = node.hi + 1
    nxt = s.words[j]
    if nxt is None:
        return False
    if nxt.rest in ("من", "مع") and not nxt.clitics:
        j += 1
        nxt = s.words[j]
        if nxt is None or nxt.clitics:
            return False
    elif not nxt.clitics.endswith("ل"):
        return False
    inner = phrase_at(s, j, depth + 1)
    if inner is None or not (inner.known or inner.head):
        return False
    node.hi = inner.hi
    node.described = True
    if not node.known and w.adjective == "loyal":
        node.loyal = True
        node.entries, node.id, node.country = inner.entries, inner.id, inner.country
        node.inner = inner.inner or (inner.head.stem if inner.head and not inner.known else "")
        node.rule = "who.loyal"
    return True


def _relative(s: Scan, node: Node, j: int, depth: int) -> bool:
    """الذي تقوده واشنطن, تقوده الولايات المتحدة."""
    if s.keys[j] in _RELATIVE:
        j += 1
    return s.keys[j] in _LEADS and _led(s, node, j + 1, depth)


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
        node.id = coalition_of(inner.country)
        node.country = inner.country if node.id is None else None
    return True


def coalition_of(leader: Country | None) -> str | None:
    """The coalition that a country leads."""
    return {"US": "us.coalition", "SA": "sa.coalition", "RU": "ru.forces"}.get(leader.code) if leader else None
