"""Where: the places of a text, each with its noun, resolved in the gazetteer, and with its role in
the sentence.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise

from rasid.lexicon import gazetteer as gazetteers
from rasid.lexicon.gazetteer import Gazetteer, Place
from rasid.model.context import Context
from rasid.model.mentions import PlaceHit
from rasid.resolve import where_back
from rasid.resolve.where_choose import Scene, choose, likely, needs_company
from rasid.resolve.where_mention import Mention
from rasid.resolve.where_phrase import Phrases
from rasid.resolve.where_roles import Roles, wider
from rasid.resolve.where_shape import hit
from rasid.resolve.where_words import Head, Looks
from rasid.text.tokens import Sentence, Tokens

#: Kinds whose plural noun also governs names that the gazetteer lacks.
_LISTED = {
    "city",
    "town",
    "village",
    "neighbourhood",
    "camp",
    "district",
    "governorate",
    "mountain",
    "crossing",
}
_DASHES = {"-", "–", "—", "/"}
_LIST_MARKS = {"،", ",", "؛"}


@cache
def _default() -> Looks:
    return Looks(gazetteers.default())


_looks: dict[int, Looks] = {}


def looks_of(gazetteer: Gazetteer | None) -> Looks:
    """The word looks of a gazetteer, kept as long as the process."""
    if gazetteer is None:
        return _default()
    found = _looks.get(id(gazetteer))
    if found is None or found.gazetteer is not gazetteer:
        found = _looks[id(gazetteer)] = Looks(gazetteer)
    return found


def find(t: Tokens, context: Context, gazetteer: Gazetteer | None = None) -> list[PlaceHit]:
    """The places of all sentences in token order, not overlapping.

    Names that are words or people are left out unless their neighbours make them places; names
    that belong to
    offices, groups, agreements or stand for governments have role ``inside``, containers of
    other places ``parent``.
    """
    finder = _Finder(t, context, looks_of(gazetteer))
    return finder.run()


class _Finder:
    """The passes over one text: parse, weigh the scene, choose, give roles, resolve what points
    back.
    """

    def __init__(self, t: Tokens, context: Context, looks: Looks) -> None:
        self.t = t
        self.looks = looks
        self.phrases = Phrases(t, looks)
        self.roles = Roles(t, looks)
        self.scene = Scene(context, looks.gazetteer, looks.words)
        self.groups = 0

    def run(self) -> list[PlaceHit]:
        found: list[tuple[Sentence, list[Mention]]] = []
        for s in self.t.sentences:
            found.append((s, self._parse(s)))
        everything = [m for _, ms in found for m in ms]
        for m in everything:
            self.scene.add(m)
        for s, ms in found:
            self._decide(ms, s)
        kept = [m for _, ms in found for m in ms if m.role != "drop"]
        where_back.resolve(self.t, kept, self.scene)
        return [hit(self.t, m, self.scene) for m in kept if m.role != "drop"]

    # -- parse ---------------------------------------------------------------------------------
    # -----------------

    def _parse(self, s: Sentence) -> list[Mention]:
        seen, get, key, kind = self.looks.seen, self.looks.get, self.t.key, self.t.kind
        out: list[Mention] = []
        i = s.lo
        while i < s.hi:
            k = key[i]
            look = seen[k] if k in seen else get(k)
            if look is None:
                i += 1
                continue
            if look.nation:
                self.scene.add_nation(look.nation)
            m = self.phrases.at(i, s.hi) if look.opens and kind[i] == "w" else None
            if m is None:
                i += 1
                continue
            i = self._list(m, s, out)
        self._regroup(out)
        return out

    def _regroup(self, ms: list[Mention]) -> None:
        """In "بلدة A بريف B ومحيط C" the list goes on with C after B, which only contains A."""
        for k in range(1, len(ms) - 1):
            a, b = ms[k - 1], ms[k]
            if b.group < 0 or ms[k + 1].group != b.group or a.group == b.group or not self.roles.link(a, b):
                continue
            end = k + 1
            while end < len(ms) and ms[end].group == b.group:
                end += 1
            rest = ms[k + 1 : end]
            narrow = [m for m in rest if (m.head or m.part != "in") and wider(m, b)]
            if not narrow or rest[0] is not narrow[0]:
                continue
            if a.group < 0:
                self.groups += 1
                a.group = self.groups
            for m in rest:
                m.group = a.group
            b.group = -1

    def _list(self, first: Mention, s: Sentence, out: list[Mention]) -> int:
        """Append ``first`` and the members of the list that it opens; returns the token
        after the list.
        """
        out.append(first)
        m, group = first, [first]
        governed = first.head if first.head and first.head.number != "sg" else None
        while True:
            nxt = self._member(m, s, governed)
            if nxt is None:
                break
            if governed is not None and nxt.head is None:
                nxt.head = governed
                self._refit(nxt)
            elif nxt.head is not None:
                governed = nxt.head if nxt.head.number != "sg" else governed
            out.append(nxt)
            group.append(nxt)
            m = nxt
            if governed is not None and governed.number == "dual" and len(group) >= 2:
                governed = None
        if len(group) > 1:
            self.groups += 1
            for g in group:
                g.group = self.groups
        return m.hi

    def _refit(self, m: Mention) -> None:
        assert m.head is not None
        fit = tuple(e for e in m.entries if "*" in m.head.accepts or e.place.kind in m.head.accepts)
        if fit:
            m.entries = fit
            m.shape = "head" if m.shape == "name" else m.shape
        else:
            m.head = None if m.entries else m.head

    def _member(self, m: Mention, s: Sentence, governed: Head | None) -> Mention | None:
        """The next member of a list after ``m``: "، X", "وX", "، وX"."""
        j = m.hi
        if j >= s.hi or m.shape in ("anaphor", "suffix", "alone"):
            return None
        j = self._count(j, s.hi)
        if j >= s.hi:
            return None
        comma = self.t.key[j] in _LIST_MARKS or (j > m.hi and self.t.key[j] in _DASHES)
        j += comma
        if j >= s.hi or self.t.kind[j] != "w":
            return None
        if self.t.key[j] == "و" and j + 1 < s.hi:
            j, comma = j + 1, True
        nxt = self.phrases.member(j, s.hi, governed)
        if nxt is not None and nxt.shape != "anaphor":
            joined = nxt.clitics[:1] == "و"
            look = self.looks.get(self.t.key[j])
            sided = nxt.side or (look is not None and look.side is not None and look.head is None)
            return nxt if (joined or comma) and nxt.clitics in ("", "و") and not sided else None
        if governed is None or (governed.kind not in _LISTED and governed.number != "dual"):
            return None
        return self._unknown_member(j, s.hi, comma)

    def _count(self, j: int, hi: int) -> int:
        """The token after a bracketed count, as bulletins give it ("كفررمان (٢) - أرنون (١)")."""
        key, kind = self.t.key, self.t.kind
        if j + 2 < hi and kind[j] == "q" and kind[j + 1] == "n" and kind[j + 2] == "q" and key[j] in "()":
            return j + 3
        return j

    def _unknown_member(self, j: int, hi: int, comma: bool) -> Mention | None:
        """A name that the gazetteer lacks, in a list under a dual or plural head noun."""
        key = self.t.key[j]
        clitic = "و" if key[0] == "و" and len(key) > 3 else ""
        if not clitic and not comma:
            return None
        rest = key[len(clitic) :]
        if not self.phrases.may_name(j, None, rest) or (rest.endswith("ت") and not rest.endswith("ات")):
            return None
        k = j + 1
        if rest in self.phrases.compound and k < hi and self.t.kind[k] == "w":
            k += 1
        if not (rest.startswith("ال") or rest in self.phrases.compound or self._closes(k, hi)):
            return None
        written = self.t.quote(j, k)[len(clitic) :]
        return Mention(j, k, j, k, "unknown", clitic, written=written)

    def _closes(self, k: int, hi: int) -> bool:
        """Does the list plainly go on or end here (punctuation, another member, a
        preposition of place)?
        """
        if k >= hi or self.t.kind[k] in "pq":
            return True
        key = self.t.key[k]
        return key in ("في", "شمال", "جنوب", "شرق", "غرب", "شمالي", "جنوبي") or (key[:1] in "وب" and len(key) > 3)

    # -- decide --------------------------------------------------------------------------------
    # -----------------

    def _decide(self, ms: list[Mention], s: Sentence) -> None:
        self._look_before(ms, s)
        self._link(ms)
        for m in ms:
            choose(self.t, m, self.scene)
            for other in m.inner:
                choose(self.t, other, self.scene)
        self.roles.dateline(ms, s)
        self._drop(ms, s)
        leads: dict[int, Mention] = {}
        for m in ms:
            if m.role == "place":
                self._role(m, s, leads.setdefault(m.group, m) if m.group >= 0 else m)
        self._contain(ms)

    def _look_before(self, ms: list[Mention], s: Sentence) -> None:
        """Prepositions before each mention; members of a list share those of the first."""
        leads: dict[int, Mention] = {}
        for m in ms:
            self.roles.before(m, s.lo)
            lead = leads.setdefault(m.group, m) if m.group >= 0 else m
            if lead is not m and (m.head is None or not m.before):
                m.before = lead.before
                m.part = lead.part if m.part == "in" and lead.part == "near" else m.part

    def _link(self, ms: list[Mention]) -> None:
        """Containers: the phrase right after a place, or after the last member of a list,
        for the whole list.
        """
        for k, (a, b) in enumerate(pairwise(ms)):
            if a.group >= 0 and a.group == b.group:
                continue
            if b.part == "near" and b.side == "" and b.shape != "side":
                continue
            if self.roles.link(a, b, self._holds(a, b)) and (wider(a, b) or self._holds(a, b)):
                self._give(ms, k, b)

    @staticmethod
    def _give(ms: list[Mention], k: int, outer: Mention) -> None:
        """Let ``outer`` contain mention ``k`` and the members of its list before it that have no
        container yet.
        """
        a = ms[k]
        while a.of is None and (a is ms[k] or a.group == ms[k].group):
            a.of = outer
            k -= 1
            if k < 0 or ms[k].group < 0:
                return
            a = ms[k]

    @staticmethod
    def _contain(ms: list[Mention]) -> None:
        """Containers are no places of their own, unless what they contain is a building or
        strip that we cannot place.
        """
        for a in ms:
            b = a.of
            if b is not None and a.role in ("place", "parent") and b.role == "place":
                vague = a.shape == "border" or (a.place is None and a.head is not None and a.head.id == "head.building")
                if not vague:
                    b.role, b.rule = "parent", "where.parent"

    @staticmethod
    def _holds(a: Mention, b: Mention) -> bool:
        outer = {e.place.id for e in b.entries}
        return any(outer & set(e.place.parents) for e in a.entries)

    def _drop(self, ms: list[Mention], s: Sentence) -> None:
        """Leave out names that nothing makes places; a list with a sure member makes all
        its members sure.
        """
        sure: dict[int, list[Place]] = {}
        for m in ms:
            if m.group >= 0 and m.place is not None and not needs_company(m):
                sure.setdefault(m.group, []).append(m.place)
        for m in ms:
            if m.entries and m.place is None and m.shape in ("name", "container", "head"):
                m.role = "drop"
            elif m.place is not None and m.shape in ("name", "container") and m.role != "dateline":
                weak = needs_company(m) and not self._vouched(m, sure)
                if (
                    (weak or "small" in m.place.flags) and m.head is None and not likely(self.t, m, self.scene)
                ) or self.roles.person(m, s.lo):
                    m.role = "drop"

    @staticmethod
    def _vouched(m: Mention, sure: dict[int, list[Place]]) -> bool:
        """Do sure members of its list make a weak name a place? Two of the same governorate where
        it is a common noun.
        """
        p = m.place
        if p is None or "gn" in p.flags:
            return False
        friends = [f for f in sure.get(m.group, [])[:20] if f.country == p.country]
        if "head" not in p.flags:
            return bool(friends)
        return sum(f.parents[:1] == p.parents[:1] for f in friends) >= 2

    def _role(self, m: Mention, s: Sentence, lead: Mention) -> None:
        if self.roles.inside(m, s.lo):
            return
        if lead is not m and lead.role == "inside" and m.head is None and m.shape == "name":
            shares = lead.rule != "where.government" or (m.place and self.roles.may_govern(m.place))
            if shares:
                m.role, m.rule = lead.role, lead.rule
                return
        here = m.place is not None and self.scene.share(m.place.country) >= 0.3
        if here and m.lo == s.lo and m.hi < s.hi and self.t.key[m.hi] == ":":
            m.rule = "where.topic"
            return
        if lead is m and self.roles.government(m, s.lo, s.hi, here):
            return
        m.rule = {"to": "where.to", "from": "where.from"}.get(m.before, f"where.{m.shape}")
