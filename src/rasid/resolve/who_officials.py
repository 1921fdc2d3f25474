"""Offices and people: a title, what it is of, and the person's name; the whole speaks for a party."""

from __future__ import annotations

from collections.abc import Callable

from rasid.resolve.who_scan import Node, Scan, named_at
from rasid.resolve.who_tables import group
from rasid.resolve.who_words import Word

PhraseAt = Callable[[Scan, int, int], Node | None]

_LONGEST = 16


def official_at(s: Scan, p: int, depth: int, phrase_at: PhraseAt) -> Node | None:
    """The noun phrase of an office holder that starts at ``p``: title, organ or country, and name."""
    w = s.words[p]
    if w is None or not w.title or w.title == "names":
        return None
    if w.title == "person":
        return _named_person(s, p)
    node = Node(p, p + 1, "official", False, "who.official")
    node.side, node.definite = w.side, w.definite
    reading = _Office(s, node, depth, phrase_at)
    reading.run()
    return node if reading.worth() else None


def _named_person(s: Scan, p: int) -> Node | None:
    """الصحفي فلان: a person only with the name."""
    end, surname = person_name(s, p + 1)
    if end == p + 1:
        return None
    n = Node.named(p, end, "person", False, "who.person")
    n.name_lo, n.surname = p + 1, surname
    return n


class _Office:
    """Reads on from a title. Each step consumes a word or ends the phrase."""

    def __init__(self, s: Scan, node: Node, depth: int, phrase_at: PhraseAt) -> None:
        self.s, self.node, self.depth, self.phrase_at = s, node, depth, phrase_at
        self.person = False
        self.organ = False
        self.open_title = 0

    def run(self) -> None:
        """Consume the phrase."""
        while self.node.hi - self.node.lo < _LONGEST and self._step():
            pass
        self._name()
        if self.open_title and self.node.hi == self.open_title + 1:
            self.node.hi = self.open_title  # the next office begins here
        if self.organ and not self.node.known and not self.node.inner and self.node.side != "none":
            self.node.inner = "قوات" if self.node.side == "forces" else "حكومه"

    def worth(self) -> bool:
        """A bare title is no party; one with a country, an organ or a name is."""
        return self.person or self.node.known or self.organ

    def _step(self) -> bool:
        s, node = self.s, self.node
        j = node.hi
        w = s.words[j]
        if w is None or not s.is_word(j):
            return self._place()
        if w.title == "names":
            return self._inner(j + 1)
        if w.clitics:
            return self._linked(j, w)
        if self.person and not (w.title or w.qualifier):
            return False
        if w.nation and not w.given and (w.definite or not node.definite):
            node.country = node.country or (None if node.known else w.nation)
            node.hi += 1
            return True
        if w.rest in group("posted"):
            return self._posted(j + 1)
        if self._inner(j):
            return True
        if w.given and not w.free_title and not w.portfolio:
            return False
        return self._plain(w) or (not w.stop and self._place())

    def _place(self) -> bool:
        """An unknown place after بلدية, محافظ and the like."""
        s, node = self.s, self.node
        before = s.words[node.hi - 1]
        of_place = (before.rest if before else s.keys[node.hi - 1]) in group("office_places")
        if of_place and s.is_word(node.hi) and len(s.keys[node.hi]) > 2:
            node.hi += 1
            self.organ = True
            return True
        return False

    def _plain(self, w: Word) -> bool:
        """A title, portfolio or qualifier that is no party of its own."""
        if not (w.title or w.portfolio or w.qualifier or (w.adjective and w.definite)):
            return False
        if self.node.country and not (w.title or w.qualifier):
            return False
        if w.title and not w.free_title and not w.portfolio and self.worth():
            self.open_title = self.node.hi
        self.organ = self.organ or (w.portfolio and w.definite)
        if w.rest in group("armed_offices") or (w.title and w.side == "forces"):
            self.node.side = "forces"
        self.node.hi += 1
        return True

    def _inner(self, j: int) -> bool:
        """An organ, party, country or known person that the office is of."""
        s = self.s
        w = s.words[j]
        if w is None or (w.clitics and not w.clitics.endswith("ل")) or not (w.head or w.names):
            return False
        if w.title and not w.head and not self._names_someone(j, w):
            return False
        inner = self.phrase_at(s, j, self.depth + 1)
        if inner is None or (inner.kind in ("official", "person") and not inner.known):
            return False
        if not (inner.known or inner.described or (inner.definite and inner.head)):
            return False
        if inner.side == "place" and self.node.name_lo >= 0 and self.person:
            return False
        if w.clitics and inner.kind in ("outlet", "agency"):
            return False  # قال المتحدث لوكالة
        self._take(inner)
        return True

    def _names_someone(self, j: int, w: Word) -> bool:
        return w.names and named_at(self.s, j, w) is not None

    def _take(self, inner: Node) -> None:
        node = self.node
        node.hi = inner.hi
        node.name_lo = inner.lo if node.name_lo < 0 else node.name_lo
        if inner.official:
            self.person = True
            node.official = inner.official
            if not (node.entries or node.id) or (node.weak and not inner.weak):
                node.id, node.entries, node.weak = inner.id, (), inner.weak
            return
        self.organ = True
        if not node.known:
            node.bear(inner)
            node.weak = inner.weak and inner.side != "place"
            if inner.side in ("forces", "militia"):
                node.side = inner.side

    def _linked(self, j: int, w: Word) -> bool:
        """القائد العام للقوات المسلحة, الأمين العام للأمم المتحدة; والدفاع after a portfolio."""
        if w.clitics == "ل":
            return self._inner(j) or (w.portfolio and self._skip())
        if w.clitics == "ب":
            return self._seated(j, w)
        return w.clitics == "و" and w.portfolio and w.definite and self.organ and not w.title and self._skip()

    def _seated(self, j: int, w: Word) -> bool:
        """وزير الداخلية بمملكة البحرين: whose office it is, unless an envoy only sits there."""
        node, first = self.node, self.s.words[self.node.lo]
        if node.known or not self.organ or not w.names or (first and first.rest in group("envoys")):
            return False
        inner = self.phrase_at(self.s, j, self.depth + 1)
        if inner is None or inner.kind != "state" or not inner.known:
            return False
        self._take(inner)
        return True

    def _skip(self) -> bool:
        self.node.hi += 1
        return True

    def _posted(self, j: int) -> bool:
        """المبعوث إلى سوريا, السفير لدى اليمن: where, which does not say for whom."""
        s = self.s
        w = s.words[j]
        if w is None or not w.names or w.clitics:
            return False
        got = named_at(s, j, w)
        if got is None or not got[1][0].country:
            return False
        self.node.hi = got[0]
        return True

    def _name(self) -> None:
        node = self.node
        if self.person:
            node.hi = _more_names(self.s, node.hi)
            return
        end, surname = person_name(self.s, node.hi)
        if end > node.hi:
            if node.name_lo < 0:
                node.name_lo = node.hi
            node.hi, self.person, node.surname = end, True, surname


def _more_names(s: Scan, j: int) -> int:
    """آل سعود, بن أحمد after a known name."""
    while s.keys[j] in group("kin") and s.is_word(j + 1) and not (s.words[j + 1] and s.words[j + 1].stop):  # type: ignore[union-attr]
        j += 2
    return j


def person_name(s: Scan, j: int) -> tuple[int, str]:
    """Where a person's name that starts at ``j`` ends, and the key of its last word; (j, "") for none."""
    start = j
    if not s.is_word(j) or not _given(s, j):
        return j, ""
    after_kin = s.keys[j] in group("kin")
    parts = 0 if after_kin else 1
    j += 1
    while parts < 5 and s.is_word(j):
        if s.keys[j] in group("kin") and not after_kin:
            after_kin = True
        elif _goes_on(s, j, parts, after_kin):
            parts, after_kin = parts + (0 if after_kin and parts else 1), False
        else:
            break
        j += 1
    if after_kin:
        j -= 1
    return (j, s.keys[j - 1]) if j - start > 1 else (start, "")


def _given(s: Scan, j: int) -> bool:
    w = s.words[j]
    if s.keys[j] in group("kin"):
        return True
    return bool(w and w.given and not w.clitics and not s.t.light[s.at[j]].endswith("ى"))


def _goes_on(s: Scan, j: int, parts: int, after_kin: bool) -> bool:
    """Does the name go on with this word? The second part may be any plain word, not the later ones."""
    w = s.words[j]
    key = s.keys[j]
    if w is None:
        return (
            after_kin or (key.startswith("ال") and len(key) > 4) or (parts < 2 and len(key) > 2 and key[0] not in "يت")
        )
    if w.stop and not w.given:
        return False
    if w.given and not w.clitics:
        return not s.t.light[s.at[j]].endswith("ى") and not (w.title and parts >= 2)
    if after_kin and not w.clitics:
        return True
    if w.names and not w.clitics:
        got = named_at(s, j, w)
        if got and got[1][0].official:
            return True
    if w.nation or w.adjective or w.head or w.title or w.portfolio or w.qualifier or w.clitics:
        return False
    return key.startswith("ال") and len(key) > 4
