"""What a place phrase does in its sentence: place, container of another, part of a name,
government, dateline.
"""

from __future__ import annotations

from rasid.lexicon.gazetteer import Place
from rasid.resolve.where_mention import WIDTH, Mention
from rasid.resolve.where_words import Looks
from rasid.text.tokens import Sentence, Tokens

_PRONOUNS = {"عنها", "بها", "عليها", "لها", "منها", "عنه", "به", "عليه", "له", "منه"}
_DASHES = {"-", "–", "—", "ـ"}


class Roles:
    """Roles of the mentions of one text."""

    def __init__(self, t: Tokens, looks: Looks) -> None:
        self.t = t
        self.key = t.key
        self.sets = looks.words.sets
        self.looks = looks
        self.near = looks.words.near
        self.stop = looks.words.sets["unknown.stop"]

    def has(self, name: str, i: int) -> bool:
        """Is token ``i``, with or without proclitics, in the context set ``name``?"""
        return self.looks.has(name, self.key[i])

    # -- what stands before
    # -------------------------------------------------------------------------------------

    def before(self, m: Mention, lo: int) -> None:
        """Set the class of preposition, and nearness ("قرب", "بالقرب من", "على بعد 10 كم من")."""
        i = m.lo - 1
        if "ب" in m.clitics or (m.name_lo > m.lo and m.head is None and m.shape == "name"):
            m.before = "loc"
        elif "ل" in m.clitics:
            acted = any(self.looks.has("acts_on", self.key[k]) for k in range(max(lo, i - 2), i + 1))
            m.before = "act" if acted else "relation"  # اجتياح الميليشيات لصنعاء
        elif i >= lo:
            if self.key[i] in ('"', "'", "(", "«", "“", "”", "»") and i > lo:
                i -= 1
            m.before = self._class(i)
        if i > lo and self.key[i] == "من" and self.key[i - 1] in self.looks.words.side_definite:
            m.side, m.part = self.t.raw(i - 1), "near"  # إلى الغرب من أجدابيا
        if i >= lo and m.clitics in ("", "ل") and self._is_near(i, lo, m.clitics):
            m.part = "near" if m.part == "in" else m.part
            m.before = "loc"

    def _class(self, i: int) -> str:
        key = self.key[i]
        found = self.looks.before.get(key)
        if found is None:
            found = self.looks.before[key] = self._classify(key)
        return found

    def _classify(self, word: str) -> str:
        key = word[1:] if len(word) > 2 and word[0] == "و" else word
        for name, label in (("locative", "loc"), ("to", "to"), ("from", "from"), ("on", "on")):
            members = self.sets["context." + name]
            if key in members or word in members:
                return label
        if self.looks.has("reaches", word):
            return "on"
        if self.looks.has("acts_on", word):
            return "act"
        return "relation" if self.looks.has("relation", word) else ""

    def _is_near(self, i: int, lo: int, clitics: str) -> bool:
        one = self.key[i]
        if (one,) in self.near or (one[:1] == "و" and (one[1:],) in self.near):
            return True
        if clitics == "ل":
            return (one, "ل") in self.near
        if one != "من" or i - 1 < lo:
            return False
        if (self.key[i - 1], "من") in self.near or (
            i - 2 >= lo and (self.key[i - 2], self.key[i - 1], "من") in self.near
        ):
            return True
        return any(self.key[k] in ("بعد", "مسافه", "مقربه") for k in range(max(lo, i - 6), i))

    # -- roles ---------------------------------------------------------------------------------
    # -----------------

    def inside(self, m: Mention, lo: int) -> bool:
        """Is the place part of the name of an office, group, outlet or agreement ("مجلس
        محافظة درعا")?
        """
        i = m.lo - 1
        if i < lo or "ب" in m.clitics or self.t.light[i].endswith("لى"):  # وإلى "and to" is no والي "governor"
            return False
        if m.head is not None and m.head.kind == "mountain":  # قمة جبل is a summit of another sort
            return False
        if m.clitics == "ل" and self.has("inside", i) and self.t.kind[i] == "w" and not self.key[i].startswith("ال"):
            m.role, m.rule = "inside", "where.inside.office"
            return True
        if m.clitics:
            return False
        if self.has("people", i):
            m.role, m.rule = "inside", "where.inside.people"
            return True
        two = " ".join(self.key[max(lo, i - 1) : i + 1])
        if two in self.sets["context.inside"] or self.has("inside", i):
            m.role, m.rule = "inside", "where.inside.name"
            return True
        return False

    def government(self, m: Mention, lo: int, hi: int, conflict: bool) -> bool:
        """Does a capital or country stand for its government ("موسكو تتعهد", "لواشنطن")?

        ``conflict``: the country is one that the text speaks of as a scene; then the name
        is a place unless its
        neighbours say otherwise.
        """
        p = m.place
        if p is None or m.head is not None or m.shape != "name" or m.part != "in":
            return False
        if not self.may_govern(p) or m.before in ("loc", "to", "from", "on", "act"):
            return False
        spoken = m.before == "relation" or self._acts(m, lo, hi)
        if spoken or p.kind == "country" or not conflict:
            m.role, m.rule = "inside", "where.government"
            return True
        return False

    @staticmethod
    def may_govern(p: Place) -> bool:
        """Can the name of the place stand for a government?"""
        return p.kind == "country" or "capital" in p.flags

    def _acts(self, m: Mention, lo: int, hi: int) -> bool:
        """Is the name the subject of a verb of saying or acting?"""
        i = m.lo - 1
        if i > lo and self.key[i] in _PRONOUNS:  # أعلنت عنها عمّان
            i -= 1
        return any(lo <= k < hi and self._verb(k) for k in (i, m.hi))

    def _verb(self, i: int) -> bool:
        """Is token ``i`` a verb of saying, or a feminine verb, of which a government can be the
        subject?
        """
        if self.t.kind[i] != "w" or self.has("of_places", i):
            return False
        k = self.key[i].lstrip("وف") if len(self.key[i]) > 4 else self.key[i]
        stem = k[1:] if k[:1] in "تيس" else k
        says = self.sets["context.says"]
        if k in says or stem in says or (k.endswith("ت") and k[:-1] in says):
            return True
        if k in self.stop or k.endswith(("ات", "يت")) or len(k) < 4:
            return False
        # a masdar of the second form (تحرير، تفجير) begins with ت too, and has ي before its last letter
        return k.endswith("ت") or (k[0] == "ت" and k[-2] != "ي" and k[-1] != "ه")

    def person(self, m: Mention, lo: int) -> bool:
        """Is the name a person's, after a title or first name ("الشيخ صالح", "محمد الجوف")?"""
        if m.head is not None or m.shape != "name" or m.hi - m.lo > 1 or m.clitics:
            return False
        titles = self.sets["context.titles"]
        i = m.lo - 1
        if i >= lo and (self.key[i] in titles or self.key[i][1:] in titles):
            return not self.t.light[i].endswith("على")  # على "on" is no علي "Ali"
        return m.hi < len(self.t) and self.key[m.hi] in ("بن", "ابن")

    def dateline(self, ms: list[Mention], s: Sentence) -> None:
        """Names before a dash at the head of a paragraph ("صنعاء - الوكالات:"); before a
        colon they are its topic.
        """
        if not s.opens or s.title or not ms:
            return
        limit = min(s.hi, s.lo + 8)
        stop = next((i for i in range(s.lo, limit) if self.key[i] in _DASHES or self.key[i] == ":"), None)
        if stop is None or ms[0].lo > s.lo + 1 or (self.key[stop] == ":" and stop > s.lo + 3):
            return
        head = [m for m in ms if m.hi <= stop]
        if not head or any(m.head or m.clitics or m.shape != "name" or not m.place or m.place.word for m in head):
            return
        if sum(m.hi - m.lo for m in head) < (stop - s.lo) / 3 or self.key[stop] == ":":
            return
        for m in head:
            m.role, m.rule = "dateline", "where.dateline"

    # -- containers ----------------------------------------------------------------------------
    # -----------------

    def link(self, a: Mention, b: Mention, holds: bool = False) -> bool:
        """Does the text say that ``b`` contains or locates ``a`` ("A بريف B", "A (B)", "A، شرقي B")?

        ``holds``: the gazetteer knows ``b`` to contain ``a`` ("كفررمان - النبطية").
        """
        gap = self.key[a.hi : b.lo]
        first = self.looks.get(self.key[b.lo])
        sided = (bool(b.side) and b.shape in ("side", "anaphor")) or (
            b.shape == "name" and first is not None and first.side is not None
        )
        if not gap:
            if b.clitics == "ل" and a.shape in ("name", "side"):  # الغوطة الغربية لدمشق
                return True
            return ("ب" in b.clitics and b.clitics[:1] != "و") or (not b.clitics and sided)
        if len(gap) > 3 or b.clitics not in ("", "ب", "ل"):
            return False
        if holds and len(gap) == 1 and gap[0] in _DASHES:
            return True
        words = [g for g in gap if g not in ("،", ",", "(")]
        if not words:
            return sided or gap[-1] == "(" or (b.clitics == "ب" and gap == ["،"])
        return self._connects(words, gap, b)

    def _connects(self, words: list[str], gap: list[str], b: Mention) -> bool:
        if words in (["في"], ["ضمن"], ["داخل"]):
            return gap[0] not in ("،", ",") or b.shape in ("countryside", "side") or b.head is not None
        if words[0].startswith(("التابع", "الواقع", "القريب", "المجاور", "المحاذي", "الكاين", "المتاخم")):
            return True
        if words[0] == "الي" and words[-1] == "من":
            return b.side != ""
        if words == ["علي"]:
            return b.shape == "border"
        if words == ["من"]:
            return b.head is not None and b.head.kind in ("countryside", "governorate", "district")
        return False


def wider(a: Mention, b: Mention) -> bool:
    """Is ``b`` by its kind wide enough to contain ``a``?"""
    ka, kb = kind_of(a), kind_of(b)
    return WIDTH.get(kb, 0) > WIDTH.get(ka, 0) or b.side != "" or b.shape == "border"


def kind_of(m: Mention) -> str:
    """The contract's kind of a mention, before or after its place was chosen."""
    if m.shape in ("road",):
        return "street"
    if m.shape in ("countryside", "alone") or (m.head and m.head.kind == "countryside"):
        return "countryside"
    if m.shape == "border":
        return "area"
    if m.place is not None:
        return m.place.kind
    if m.entries:
        return max((e.place for e in m.entries), key=lambda p: p.prior).kind
    return m.head.kind if m.head else "area"
