"""Place phrases in tokens: [part] [side] [head] name [adjectives], found from left to right.

The parser only builds mentions; which place a name means, and whether it is a place at all, is
decided later (`where_choose`, `where_roles`).
"""

from __future__ import annotations

from rasid.resolve.where_areas import Areas
from rasid.resolve.where_mention import WIDE_KINDS, WIDTH, Mention
from rasid.resolve.where_words import Head, Look

#: How deep phrases stand in one another (محيط سوق بلدة كذا): a bound for texts that repeat a noun
#: without end.
_NESTING = 4
#: Sides and heads that are read in a row at most.
_ROW = 4
#: Kinds of which a plural noun governs only known names (محافظات الجمهورية، قواعد القانون).
_FEW = {"facility", "street", "area", "governorate", "district"}


class Phrases(Areas):
    """The parser of one text."""

    def at(self, i: int, hi: int) -> Mention | None:
        """The place phrase that starts at token ``i``, if any."""
        look = self.looks.get(self.key[i])
        if look is None or self.kind[i] != "w":
            return None
        name = self._name(i, hi) if look.names else None
        if name and look.anaphor and name.hi == i + 1:
            name = None
        other = self._built(i, hi) if look.builds else None
        if other and (name is None or other.hi > name.hi):
            return other
        return self._finish(name, hi) if name else None

    def _built(self, i: int, hi: int) -> Mention | None:
        """A phrase that opens with a noun of some kind, the longest of those that fit."""
        look = self.looks.get(self.key[i])
        if look is None or not look.builds or self._depth >= _NESTING:
            return None
        self._depth += 1
        try:
            return self._longest(i, hi, look)
        finally:
            self._depth -= 1

    def _longest(self, i: int, hi: int, look: Look) -> Mention | None:
        best: Mention | None = None
        for fits, parse in (
            (look.part, self._part),
            (look.side is not None, self._side),
            (look.head, self._head),
            (look.side_definite is not None, self._side_definite),
            (look.suffixed, self._suffixed),
            (look.lands, self._lands),
        ):
            if fits:
                m = parse(i, hi)
                if m and (best is None or m.hi > best.hi):
                    best = m
        return best or self._nation(i, hi) or (self._anaphor(i) if look.anaphor else None)

    def _head(self, i: int, hi: int) -> Mention | None:
        look = self.looks.get(self.key[i])
        assert look is not None
        assert look.head is not None
        clitics, head = look.head
        if self._other_word(i, head):
            return None
        j = i + 1
        while head.number != "sg" and j < min(hi, i + _ROW) and self._more_heads(j):
            j += 1
        if head.kind == "facility" and j + 1 < hi and self.key[j] in self.complement:
            j += 1
        between = False
        while head.id == "head.road" and j < min(hi - 1, i + _ROW) and self.key[j] in self.along:
            between = between or self.key[j] == "بين"
            j += 1
        if head.number == "pl" and j < hi and (loose := self._loose(i, j, hi, head, clitics)):
            return loose
        quoted = j < hi and (self.kind[j] == "q" or self.key[j] == "#")
        j += quoted
        if j >= hi or self.kind[j] != "w":
            return self._numbered(i, j, hi, head, clitics) if head.kind == "facility" else None
        m = self._head_name(i, j, hi, head)
        if m is None:
            return None
        m.lo, m.clitics = i, clitics
        if m.role == "whole":
            m.role = "place"
            return self._finish(m, hi)
        m.head = head
        if m.shape == "container":
            m.written = self.t.quote(i, m.hi)[len(clitics) :]
        if quoted and m.hi < hi and self.kind[m.hi] == "q":
            m.hi += 1
        if head.id == "head.road":
            self._road(m, hi, between)
        return self._finish(m, hi)

    def _loose(self, i: int, j: int, hi: int, head: Head, clitics: str) -> Mention | None:
        """Places told by their land or nearness: "محافظات يمنية", "مناطق قريبة منها"."""
        look = self.looks.get(self.key[j])
        if look and look.nation and not self.key[j].startswith("ال"):
            written = self.t.quote(i, j + 1)[len(clitics) :]
            side = self.t.raw(i)[len(clitics) :]
            return Mention(i, j + 1, i, j + 1, "nation", clitics, None, written=written, side=side, nation=look.nation)
        if self.key[j] in self.nearby and j + 1 < hi and self.key[j + 1] in ("منها", "لها", "بها", "منه"):
            return Mention(i, j + 2, i, j + 2, "suffix", clitics, part="around")
        return None

    def _other_word(self, i: int, head: Head) -> bool:
        """Is it a namesake of the noun: إحياء "reviving" for أحياء, وأدى "led to" for وادي,
        عن طريق "by means of" for طريق?
        """
        written = self.t.light[i]
        for mine, theirs in zip(reversed(written), reversed(head.light), strict=False):
            if (mine in "أإ" and theirs == "ا") or (mine == "إ" and theirs == "أ"):
                return True
        return head.key == "طريق" and i > 0 and self.key[i - 1] == "عن"

    def _more_heads(self, j: int) -> bool:
        """ "مدن وبلدات": a second plural head joined to the first."""
        look = self.looks.get(self.key[j])
        return bool(look and look.head and look.head[0] == "و" and look.head[1].number != "sg")

    def _head_name(self, i: int, j: int, hi: int, head: Head) -> Mention | None:
        """The name after a head at ``j``: known and fitting, a container, or unknown."""
        inner = self._name(j, hi, head.lemma)
        if inner and inner.clitics:
            inner = None
        if inner and head.unknown and self._open_compound(inner, hi):
            return self._unknown(j, hi, head)
        if inner and self._fits(inner, head):
            inner.shape = "container" if self._named_after(inner, head) else "head"
            return inner
        built = self._built(j, hi)
        if built and not built.clitics and built.shape != "anaphor" and self._contains(head):
            if built.head is not None and built.head.kind == "countryside":  # قرى ريف حماة: the countryside stays
                built.role = "whole"
                return built
            built.shape = "container" if built.shape in ("head", "unknown", "name") else built.shape
            return built
        if built and built.shape == "anaphor" and (head.number == "pl" or head.kind in ("street", "facility")):
            return built
        if inner and self._wider(inner, head):
            inner.shape = "container"
            return inner
        if (not head.unknown and not self._surely_named(j, head)) or (head.number == "pl" and head.kind in _FEW):
            return None
        return self._unknown(j, hi, head)

    def _surely_named(self, j: int, head: Head) -> bool:
        """Behind a noun of many senses: a compound that only places have (محور كفر كذا), or a front
        that a preposition governs (على محور كذا).
        """
        if head.id not in ("head.front", "head.road") or head.number != "sg":
            return False
        if self.key[j] in self.compound and self.key[j] not in self.persons:
            return True
        i = j - 1
        if head.id == "head.road" or i < 1 or self.key[i].lstrip("ب") not in self.fronts:
            return False
        governed = self.key[i].startswith("ب") or self.key[i - 1] in ("في", "علي")
        return governed and self.key[j] not in self.not_fronts

    def _compounds(self, k: int, hi: int) -> bool:
        """Does a word follow that makes the name before it a compound of an unknown name
        (قرية تل الحنطة)?
        """
        return k < hi and self.kind[k] == "w" and self.key[k] not in self.stop and not self._is_side(self.key[k])

    @staticmethod
    def _named_after(inner: Mention, head: Head) -> bool:
        """Is a facility only called by the settlement it is in (مستشفى منبج)?"""
        if head.kind not in ("facility", "street", "crossing", "camp"):
            return False
        return all(e.place.kind in WIDE_KINDS for e in inner.entries)

    @staticmethod
    def _wider(inner: Mention, head: Head) -> bool:
        """Is a known name the container of what the head counts (قرى الحسكة) and no unknown
        namesake (قريتي الطيوري)?
        """
        if head.kind in ("street", "facility"):
            return True
        width = WIDTH[head.kind]
        return head.number == "pl" and any(WIDTH[e.place.kind] > width for e in inner.entries)

    def _fits(self, m: Mention, head: Head) -> bool:
        if "*" in head.accepts:
            return True
        fit = tuple(e for e in m.entries if e.place.kind in head.accepts)
        if fit:
            m.entries = fit
        return bool(fit)

    @staticmethod
    def _contains(head: Head) -> bool:
        """May ``head`` stand before a whole place phrase (أحياء مدينة حلب، مبنى جامعة كذا،
        جامع قرية كذا)?
        """
        if head.number == "dual":
            return False
        return head.number == "pl" or head.kind in ("street", "facility", "countryside", "area", "crossing")

    def _numbered(self, i: int, j: int, hi: int, head: Head, clitics: str) -> Mention | None:
        """ "قصر 22 مايو", "معسكر 48": a name that opens with a number."""
        if j >= hi or self.kind[j] != "n" or self.kind[j - 1] == "q":
            return None
        k = j + 1
        if k < hi and self.kind[k] == "w" and self.key[k] not in self.stop and not self._opens_other(k):
            k += 1
        m = Mention(i, k, j, k, "unknown", clitics, head, written=self.t.quote(j, k))
        return self._finish(m, hi)

    def _unknown(self, j: int, hi: int, head: Head) -> Mention | None:
        """A name that the gazetteer lacks, of one to three words."""
        if not self.may_name(j, head):
            return None
        k = j + 1
        if self.key[j] in self.compound and self._second(k, hi):
            k += 1
        if self.key[j].startswith("ال"):
            k = self._adjectives(k, hi, head)
        return Mention(j, k, j, k, "unknown", entries=(), written=self.t.quote(j, k))

    def _second(self, k: int, hi: int) -> bool:
        """Can the word at ``k`` end a compound name? Not one that a preposition or conjunction joins on (بالقذائف)."""
        if k >= hi or self.kind[k] not in "wn" or self.key[k] in self.stop:
            return False
        return not self.key[k].startswith(("بال", "لل", "وال", "فال", "كال"))

    def _adjectives(self, k: int, hi: int, head: Head) -> int:
        """The end of the adjectives that belong to a definite name (المركز الثقافي, الطاش الأولى)."""
        limit = k + 2
        while k < min(hi, limit) and self.kind[k] == "w":
            key = self.key[k]
            nisba = head.kind == "facility" and key.startswith("ال") and key.endswith(("ي", "يه"))
            look = self.looks.get(key)
            if not (key in self.closing or nisba) or (look is not None and look.nation):
                break
            k += 1
        return k

    def may_name(self, j: int, head: Head | None, key: str | None = None) -> bool:
        """Can the word at ``j`` begin an unknown name (read as ``key`` when a conjunction
        was taken off)?
        """
        k = key or self.key[j]
        if self.t.light[j].endswith("على"):  # على "on" is no علي "Ali"
            return False
        if len(k) < 3 or k in self.stop or k in self.closing or k in self.words.side_adjectives:
            return k in self.compound
        if k.startswith("ال"):
            look = self.looks.get(k)
            return not (look and (look.nation or look.side_definite is not None))
        look = self.looks.get(k)
        if look and (look.nation or look.part or look.side is not None or look.head):
            return k in self.compound
        if k in self.compound:
            return True
        if head is not None and head.kind in ("street", "facility", "crossing"):
            return False
        if head is not None and head.kind in ("area", "governorate", "district"):
            return _names_area(k, head)
        return not _adjectival(k) and k[0] not in "يس" and not (k[0] == "ت" and k[1:2] not in ("ل", "ر"))

    def _opens_other(self, j: int) -> bool:
        k = self.key[j]
        return k in self.words.sets["context.locative"] or k in self.words.sets["context.to"]

    def _road(self, m: Mention, hi: int, between: bool) -> None:
        """ "طريق X - Y", "طريق X Y الدولي", "الطريق بين X وY": take the second end in."""
        j = m.hi
        dash = j < hi and self.key[j] in ("-", "–", "—", "/", "ـ")
        j += dash
        if j >= hi or self.kind[j] != "w":
            return
        other = self._name(j, hi)
        if dash and (other is None or self._open_compound(other, hi)):
            other = self._unknown(j, hi, m.head) if m.head else None
        if other and other.clitics == ("و" if between else ""):
            m.inner.append(other)
            m.hi = other.hi
            m.shape = "road"

    def _open_compound(self, m: Mention, hi: int) -> bool:
        """Is the name only the first word of a compound that the gazetteer lacks (عين زيوان)?"""
        return m.hi == m.lo + 1 and self.key[m.lo] in self.compound and self._compounds(m.hi, hi)


def _names_area(key: str, head: Head) -> bool:
    """An indefinite word behind منطقة or إقليم is a name when it cannot be its adjective: the gender disagrees."""
    if key.endswith(("ات", "ين", "ون")) or key[0] in "يست" or len(key) < 4:
        return False
    if head.lemma.endswith("ه"):
        return not key.endswith(("ه", "ء"))
    return not _adjectival(key) and not key.endswith("ه")


def _adjectival(key: str) -> bool:
    """Does an indefinite word look like an adjective (ـية, ـي)?"""
    return key.endswith(("يه", "ي", "يين")) and len(key) > 4
