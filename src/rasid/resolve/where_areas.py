"""Place phrases without a head noun: parts and sides of a place, nations, borders, backward pointers."""

from __future__ import annotations

from rasid.lexicon.gazetteer import Entry
from rasid.resolve.where_mention import Mention
from rasid.resolve.where_names import Names
from rasid.resolve.where_words import LANDS, Head

#: Sides that are read in a row at most.
_ROW = 4


class Areas(Names):
    """Parts, sides, nations."""

    def _part(self, i: int, hi: int) -> Mention | None:
        look = self.looks.get(self.key[i])
        assert look is not None
        assert look.part is not None
        if i + 1 >= hi:
            return None
        m = self._inner(i + 1, hi)
        if m is None:
            return None
        m.lo, m.clitics, m.part = i, look.part[0], look.part[1] if m.part == "in" else m.part
        return self._finish(m, hi)

    def _inner(self, j: int, hi: int) -> Mention | None:
        quoted = (self.kind[j] == "q" or self.key[j] == "#") and j + 1 < hi
        m = self.at(j + quoted, hi)
        if m is None or m.clitics or m.shape == "suffix":
            return None
        if quoted and m.hi < hi and self.kind[m.hi] == "q":
            m.hi += 1
        return m

    def _side(self, i: int, hi: int) -> Mention | None:
        """ "شمال سوريا", "شمالي غربي حلب", "شمال وشرق سوريا", "أقصى الجنوب" is left to the
        definite side.
        """
        look = self.looks.get(self.key[i])
        assert look is not None
        j = i + 1
        while j < min(hi, i + _ROW) and self._is_side(self.key[j]):
            j += 1
        if j >= hi:
            return None
        m = self._inner(j, hi)
        if m is None or m.side:
            return None
        m.side = self.t.quote(i, j)[len(look.side or "") :]
        m.lo, m.clitics, m.shape = i, look.side or "", "side" if m.shape != "anaphor" else "anaphor"
        return m

    def _is_side(self, key: str) -> bool:
        sides = self.words.sides
        return key in sides or (key[:1] == "و" and key[1:] in sides)

    def _side_definite(self, i: int, hi: int) -> Mention | None:
        """ "الشمال السوري", "الجنوب الشرقي لتركيا", "الريف الشمالي لحلب", "الريف الغربي"."""
        look = self.looks.get(self.key[i])
        assert look is not None
        clitics = look.side_definite or ""
        j = i + 1
        while j < min(hi, i + _ROW) and self._side_adjective(self.key[j], j > i + 1):
            j += 1
        side = self.t.quote(i, j)[len(clitics) :]
        countryside = "الريف" in self.key[i]
        nation = self.looks.get(self.key[j]) if j < hi else None
        if nation and nation.nation and self.key[j].startswith("ال") and not countryside:
            return Mention(
                i,
                j + 1,
                i,
                j + 1,
                "nation",
                clitics,
                written=side + " " + self.t.raw(j),
                side=side,
                nation=nation.nation,
            )
        if j < hi and (j > i + 1 or countryside):
            m = self.at(j, hi)
            if m and m.clitics == "ل" and m.shape in ("name", "head"):
                m.lo, m.clitics, m.side = i, clitics, side
                m.shape = "countryside" if countryside else "side"
                return m
        if countryside and j > i + 1:
            return Mention(i, j, i, j, "alone", clitics, written=side, side=side)
        return None

    def _nation(self, i: int, hi: int) -> Mention | None:
        """ "الأراضي العراقية", "العاصمة العراقية [بغداد]", "الحدود السورية التركية", "الحدود مع X"."""
        look = self.looks.get(self.key[i])
        if look is None or i + 1 >= hi:
            return None
        after = self.looks.get(self.key[i + 1])
        if look.head and look.head[1].id == "head.capital" and after and after.nation:
            return self._capital(i, hi, look.head[0], look.head[1], after.nation)
        return None

    def _capital(self, i: int, hi: int, clitics: str, head: Head, nation: str) -> Mention:
        m = self._name(i + 2, hi) if i + 2 < hi and self.kind[i + 2] == "w" else None
        if m is None or m.clitics:
            return Mention(i, i + 2, i, i + 2, "capital", clitics, head, nation=nation)
        m.lo, m.clitics, m.head, m.nation, m.shape = i, clitics, head, nation, "head"
        return m

    def _lands(self, i: int, hi: int) -> Mention | None:
        """Common nouns that a nationality makes places: lands of a nation, borders."""
        look = self.looks.get(self.key[i])
        assert look is not None
        assert look.lands is not None
        clitics, noun = look.lands
        if i + 1 >= hi:
            return None
        if noun == "الشريط":
            return self._strip(i, hi, clitics)
        nations, j = self._nations(i + 1, hi)
        if noun in LANDS:
            return Mention(i, j, i, j, "nation", clitics, nation=nations[0]) if nations else None
        if nations:
            return self._border(i, j, clitics, nation=nations[0])
        if j + 1 < hi and self.key[j] == "مع":
            m = self._inner(j + 1, hi)
            if m:
                return self._border(i, m.hi, clitics, m.entries)
        return None

    def _border(
        self, i: int, hi: int, clitics: str, entries: tuple[Entry, ...] = (), nation: str | None = None
    ) -> Mention:
        written = self.t.quote(i, hi)[len(clitics) :]
        return Mention(i, hi, i, hi, "border", clitics, entries=entries, written=written, nation=nation)

    def _strip(self, i: int, hi: int, clitics: str) -> Mention | None:
        if not self.key[i + 1].startswith(("الحدودي", "الساحلي")):
            return None
        nations, j = self._nations(i + 2, hi)
        return self._border(i, j, clitics, nation=nations[0] if nations else None)

    def _nations(self, j: int, hi: int) -> tuple[list[str], int]:
        """Nationality adjectives with the article at ``j``, joined by nothing, a dash or a
        conjunction.
        """
        found: list[str] = []
        end = j
        while j < hi:
            look = self.looks.get(self.key[j])
            if look and look.nation and self.key[j].lstrip("و").startswith("ال"):
                found.append(look.nation)
                j += 1
                end = j
            elif found and self.key[j] in ("-", "–", "ـ", "/"):
                j += 1
            else:
                break
        return found, end

    def _suffixed(self, i: int, hi: int) -> Mention | None:
        """ "محيطها", "ضواحيها": a part of the place told before."""
        look = self.looks.get(self.key[i])
        assert look is not None
        assert look.suffixed is not None
        return Mention(i, i + 1, i, i + 1, "suffix", look.suffixed[0], part=look.suffixed[1])

    def _anaphor(self, i: int) -> Mention | None:
        look = self.looks.get(self.key[i])
        assert look is not None
        assert look.anaphor is not None
        clitics, head = look.anaphor
        if head.kind == "facility" and i + 1 < len(self.t) and self.key[i + 1] in self.definite:
            # القصر الرئاسي, السجن المركزي: a name of its own
            written = self.t.quote(i, i + 2)[len(clitics) :]
            return Mention(i, i + 2, i, i + 2, "definite", clitics, head, written=written)
        return Mention(i, i + 1, i, i + 1, "anaphor", clitics, head)
