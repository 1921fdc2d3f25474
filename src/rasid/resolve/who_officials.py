"""Offices and people: a title, what it is of, and the person's name; the whole speaks for a party."""

from __future__ import annotations

from collections.abc import Callable

from rasid.resolve.who_scan import Node, Scan, named_at
from rasid.resolve.who_words import Word

PhraseAt = Callable[[Scan, int, int], Node | None]

_LONGEST = 16
_AT = {"لدي", "الي", "في"}
_KIN = {"بن", "ابن", "ولد", "ابو", "ابي", "عبد", "ال", "دي", "فان", "ام", "بنت", "دو", "ابا"}


def official_at(s: Scan, p: int, depth: int, phrase_at: PhraseAt) -> Node | None:
    """The noun phrase of an office holder that starts at ``p``: title, organ or country, and name."""
    w = s.words[p]
    if w is None or not w.title or w.title == "names":
        return None
    node = Node(p, p + 1, "official", False, "who.official", side=w.side, definite=w.definite)
    titles = _Titles(s, node, depth, phrase_at)
    titles.run()
    if titles.worth(w):
        node.hi = titles.worthy_end
        return node
    return None


class _Titles:
    """Reads on from a title. Each step consumes a word or ends the phrase."""

    def __init__(self, s: Scan, node: Node, depth: int, phrase_at: PhraseAt) -> None:
        self.s, self.node, self.depth, self.phrase_at = s, node, depth, phrase_at
        self.person = False
        self.organ = False
        self.worthy_end = node.hi

    def run(self) -> None:
        """Consume the phrase."""
        while self.node.hi - self.node.lo < _LONGEST and self._step():
            pass
        self._name()
        self.worthy_end = self.node.hi

    def worth(self, w: Word) -> bool:
        """A bare title is no party; one with a country, an organ or a name is."""
        return self.person or self.node.known or self.organ

    def _step(self) -> bool:
        s, node = self.s, self.node
        j = node.hi
        w = s.words[j]
        if w is None or not s.is_word(j):
            return False
        if w.title == "names":
            return self._inner(j + 1)
        if w.clitics:
            return self._linked(j, w)
        if w.nation and not w.given and w.definite:
            node.country = node.country or w.nation
            node.hi += 1
            return True
        if w.rest in _AT:
            return self._posted(j + 1)
        if w.given and not (w.title and w.free_title) and not w.portfolio:
            return False
        if self._inner(j):
            return True
        return self._plain(w)

    def _plain(self, w: Word) -> bool:
        """A title, portfolio or qualifier that is no party of its own."""
        if w.title or w.portfolio or w.qualifier or (w.adjective and w.definite):
            self.organ = self.organ or (w.portfolio and w.definite)
            if w.title and w.side == "forces":
                self.node.side = "forces"
            self.node.hi += 1
            return True
        return False

    def _inner(self, j: int) -> bool:
        """An organ, party or country that the office is of."""
        s, node = self.s, self.node
        w = s.words[j]
        if w is None or (w.clitics and not w.clitics.endswith("ل")) or (w.title and not w.head and not w.names):
            return False
        inner = self.phrase_at(s, j, self.depth + 1)
        if inner is None or not (inner.known or inner.described):
            return False
        if inner.kind == "official" and not inner.known:
            return False
        self._take(inner)
        return True

    def _take(self, inner: Node) -> None:
        node = self.node
        node.hi = inner.hi
        node.name_lo = inner.lo if node.name_lo < 0 else node.name_lo
        if inner.kind == "person":
            self.person = True
            node.official = inner.official
            if not node.known:
                node.id = inner.id
            return
        self.organ = True
        if not node.known:
            node.entries, node.id, node.country = inner.entries, inner.id, inner.country
            if inner.side in ("forces", "militia"):
                node.side = inner.side
            node.inner = inner.inner or (inner.head.stem if inner.head else "")

    def _linked(self, j: int, w: Word) -> bool:
        """القائد العام للقوات المسلحة, الأمين العام للأمم المتحدة; والدفاع after a portfolio."""
        if w.clitics == "ل":
            return self._inner(j) or (w.portfolio and self._skip())
        return w.clitics == "و" and w.portfolio and w.definite and self.organ and self._skip()

    def _skip(self) -> bool:
        self.node.hi += 1
        return True

    def _posted(self, j: int) -> bool:
        """المبعوث إلى سوريا, السفير لدى اليمن: where, which does not say for whom."""
        s = self.s
        w = s.words[j]
        if w is None or not w.names or w.clitics:
            return False
        got = named_at(s, j, w.rest)
        if got is None or not got[1][0].country:
            return False
        self.node.hi = got[0]
        return True

    def _name(self) -> None:
        end, surname = person_name(self.s, self.node.hi)
        if end > self.node.hi:
            if self.node.name_lo < 0:
                self.node.name_lo = self.node.hi
            self.node.hi, self.person, self.node.surname = end, True, surname


def person_name(s: Scan, j: int) -> tuple[int, str]:
    """Where a person's name that starts at ``j`` ends, and the key of its last word; (j, "") when there is none."""
    start = j
    if not s.is_word(j) or not _given(s, j):
        return j, ""
    j += 1
    parts = 1
    while parts < 5 and s.is_word(j):
        if s.keys[j] in _KIN:
            j += 1
            continue
        if not _goes_on(s, j, parts):
            break
        j += 1
        parts += 1
    if s.keys[j - 1] in _KIN and j - 1 > start:
        j -= 1
    return (j, s.keys[j - 1]) if parts > 1 else (start, "")


def _given(s: Scan, j: int) -> bool:
    w = s.words[j]
    return bool(w and w.given and not w.clitics and not s.t.light[s.at[j]].endswith("ى")) or s.keys[j] in _KIN


def _goes_on(s: Scan, j: int, parts: int) -> bool:
    """Does the name go on with this word? The second part may be any plain word, later ones must look like names."""
    w = s.words[j]
    key = s.keys[j]
    if w and w.stop and not w.given:
        return False
    if w and w.given and not w.clitics:
        return not s.t.light[s.at[j]].endswith("ى")
    if w and (w.nation or w.adjective or w.head or w.title or w.portfolio or w.qualifier):
        return False
    if key.startswith("ال"):
        return len(key) > 4
    return parts < 2 and len(key) > 2 and not (w and w.clitics) and key[0] not in "يت"
