"""Names of the gazetteer in tokens, and what may follow them."""

from __future__ import annotations

from rasid.lexicon.gazetteer import END, Entry, same_noun
from rasid.resolve.where_mention import Mention
from rasid.resolve.where_words import Head, Looks
from rasid.text.tokens import Tokens


class Names:
    """The parser of one text: names. `where_areas` adds sides and nations, `where_phrase` heads."""

    def __init__(self, t: Tokens, looks: Looks) -> None:
        self.t = t
        self.key = t.key
        self.kind = t.kind
        self.looks = looks
        self.words = looks.words
        sets = looks.words.sets
        self._depth = 0
        self.stop = sets["unknown.stop"]
        self.compound = sets["unknown.compound"]
        self.persons = sets["unknown.persons"]
        self.fronts = sets["unknown.fronts"]
        self.not_fronts = sets["unknown.not_fronts"]
        self.closing = sets["unknown.closing"]
        self.nearby = sets["unknown.nearby"]
        self.along = sets["unknown.road"]
        self.complement = sets["unknown.complement"]
        self.definite = sets["unknown.definite"]

    def at(self, i: int, hi: int) -> Mention | None:
        """The place phrase that starts at token ``i``, if any."""
        raise NotImplementedError

    def _name(self, i: int, hi: int, lemma: str = "") -> Mention | None:
        """The longest name of the gazetteer at ``i``, with proclitics; ``lemma`` is the
        noun that governs it.
        """
        best: tuple[int, str, list[Entry]] | None = None
        look = self.looks.get(self.key[i])
        for clitics, _, start in look.names if look else ():
            node, j = start, i + 1
            while True:
                found = node.get(END)
                if found and (best is None or j > best[0]):
                    fit = [e for e in found if not e.headed or (lemma and same_noun(lemma, e.headed))]
                    best = (j, clitics, fit) if fit else best
                if j >= hi:
                    break
                if (after := node.get(self.key[j])) is None:
                    break
                node = after
                j += 1
        if best is None or "\u064b" in self.t.raw(i):  # an accusative of indefinites (دومًا "always") is no name
            return None
        m = Mention(i, best[0], i, best[0], "name", best[1], entries=tuple(best[2]))
        if look and look.head and look.head[0] == m.clitics and m.hi > i + 1:
            head = look.head[1]
            if any(e.place.kind in head.accepts for e in m.entries) or "*" in head.accepts:
                m.head, m.shape = head, "head"
        return m

    def member(self, i: int, hi: int, head: Head | None) -> Mention | None:
        """A member of a list at ``i``; under a head noun, names that need the noun count
        too (مطاري A وB).
        """
        look = self.looks.get(self.key[i])
        if head is not None and look is not None and look.names:
            m = self._name(i, hi, head.lemma)
            if m and m.head is None and any(e.headed or e.place.kind == head.kind for e in m.entries):
                return self._finish(m, hi)
        return self.at(i, hi)

    def _finish(self, m: Mention, hi: int) -> Mention:
        """Take in what may follow a name: closing adjectives, sides of a countryside; note
        a nationality.
        """
        j = m.hi
        facility = (m.head is not None and m.head.kind in ("facility", "crossing", "camp", "street", "area")) or (
            m.shape == "name" and any(e.place.kind in ("facility", "crossing") for e in m.entries)
        )
        wide = m.part != "in" or (m.head is not None and m.head.kind == "countryside")
        while j < hi and self.kind[j] == "w":
            k = self.key[j]
            if k in self.closing and (facility or k in ("المحتله", "المحتل")):
                j += 1
            elif wide and self._side_adjective(k, j > m.hi):
                m.side = (m.side + " " + self.t.raw(j).lstrip("و")).strip()
                j += 1
            else:
                break
        m.hi = j
        if j < hi:
            look = self.looks.get(self.key[j])
            if look and look.nation and self.key[j].startswith("ال"):
                m.nation = look.nation
        return m

    def _side_adjective(self, key: str, more: bool) -> bool:
        adjectives = self.words.side_adjectives
        return key in adjectives or (more and key[:1] == "و" and key[1:] in adjectives)
