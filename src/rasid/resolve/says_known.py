"""Which sources are the same: the source "the same source", an office by a short name, a surname."""

from __future__ import annotations

from bisect import bisect_left

from rasid.model.mentions import ActorHit, SourceHit
from rasid.resolve.says_scene import Scene, Speaker
from rasid.resolve.says_words import Word
from rasid.text.keys import bare

#: Sources named last among which a new one is looked for; a report that names more is a list.
_KNOWN = 60
#: Parties named last among which a bare noun is looked up.
_NEAR = 80
_OFFICES = frozenset({"source.official", "source.office", "source.military"})
_PEOPLE = frozenset({"official", "person", "people"})


class Known:
    """The sources of one text in order of first mention, and who spoke last."""

    def __init__(self, s: Scene, actors: list[ActorHit]) -> None:
        self.s = s
        self.actors = actors
        self.starts = [a.lo for a in actors]
        self.hits: list[SourceHit] = []
        self.ranges: list[list[tuple[int, int]]] = []
        """What each source governs, in order."""
        self.who: list[Speaker] = []
        self.titled: set[int] = set()
        self.current: int | None = None
        self.paper: int | None = None
        """Whose statement or report was spoken of last."""
        self.fresh = False
        """The speaker before came in by the last formula, and no other matter began since."""

    def add(self, x: Speaker, stance: str, *, title: bool = False, adds: bool = False) -> int:
        """The index of this source: one named before, or a new one."""
        n = self._before(x, adds)
        if n is None:
            self._spelled_out(x)
            n = self._before(x, adds)
        if n is None:
            self.hits.append(
                SourceHit(x.lo, x.hi, x.kind, x.anonymous, None, (), stance, None, x.rule, self._clitics(x.lo))
            )
            self.who.append(x)
            self.ranges.append([])
            self._remember(x)
            n = len(self.hits) - 1
            if title:
                self.titled.add(n)
        else:
            self._fuller(n, x, title)
        return n

    def govern(self, n: int, lo: int, hi: int) -> None:
        """Give tokens lo to hi to source ``n``; ranges that meet become one."""
        ranges = self.ranges[n]
        if ranges and ranges[-1][1] == lo:
            ranges[-1] = (ranges[-1][0], hi)
        elif not ranges or ranges[-1] != (lo, hi):
            ranges.append((lo, hi))

    def found(self) -> list[SourceHit]:
        """All sources with what they govern."""
        for h, ranges in zip(self.hits, self.ranges, strict=True):
            h.governs = tuple(ranges)
        return self.hits

    def implied(self, w: Word | None) -> int | None:
        """Who speaks where the verb names nobody: the last who fits its gender."""
        n = self.current
        if n is None or w is None or w.tense == "part" or w.number == "p":
            return n
        if self.who[n].gender == w.gender or not w.gender:
            return n
        for k in range(n - 1, max(-1, n - 4), -1):
            if self.who[k].gender == w.gender:
                return k
        return n

    def _before(self, x: Speaker, adds: bool) -> int | None:
        other = any("other" in w.roles for w in self.s.words[x.lo : x.hi])
        if other or "some" in self.s.words[x.lo].roles:
            return None
        back = self._points_back(x)
        if x.head is not None and x.head.document and back:
            return self._author()
        for n in range(len(self.who) - 1, max(-1, len(self.who) - 1 - _KNOWN), -1):
            if self._same(self.who[n], x, back):
                return self._headline(n, x, back, adds)
        if self.current is not None and self._stands_for(self.who[self.current], x, back, adds):
            return self.current
        return None

    def _headline(self, n: int, x: Speaker, back: bool, adds: bool) -> int:
        """A name that only the headline gave is the office's that speaks; what it tells there is its word."""
        c = self.current
        if c is None or n == c or n not in self.titled or not self._stands_for(self.who[c], x, back, adds):
            return n
        self.ranges[c], self.ranges[n] = self.ranges[n] + self.ranges[c], []
        self.who[c].names |= x.names
        return c

    def _author(self) -> int | None:
        """Whose "the statement" is: who gave one last, or the body or person that spoke last."""
        return self.paper if self.paper is not None else self.current

    def _points_back(self, x: Speaker) -> bool:
        """A head noun with the article and little else: المصدر, المسؤول العراقي, المصدر نفسه, البيان."""
        if not (self.s.keys[x.lo].startswith("ال") or self.s.words[x.lo].definite) or x.named:
            return False
        return (x.head is not None and x.hi - x.lo <= 2) or any("same" in w.roles for w in self.s.words[x.lo : x.hi])

    def _same(self, h: Speaker, x: Speaker, back: bool) -> bool:
        a, b = h.actor, x.actor
        if a is not None and b is not None and a.id and a.id == b.id and not {a.kind, b.kind} & _PEOPLE:
            return bool(h.names & x.names) or (a.kind == b.kind and min(h.hi - h.lo, x.hi - x.lo) == 1)
        if back and h.head is not None and x.head is not None and h.head.lemma == x.head.lemma:
            return not (a and b and a.id and b.id and a.id != b.id) and self._no_clash(h, x)
        if back and x.head is not None and x.head.lemma in h.names and h.named:
            return True
        if h.lo == x.lo:
            return True
        return self._shares_names(h, x)

    def _no_clash(self, h: Speaker, x: Speaker) -> bool:
        """An adjective that the first mention has not is another's: المسؤول الأوروبي after المسؤول التركي."""
        if x.head is not None and (x.head.hidden or x.head.document):
            return True
        extra = x.names - h.names - {bare(k) for k in self.s.keys[x.lo : x.lo + 1]}
        return not extra or not (h.names - x.names)

    def _shares_names(self, h: Speaker, x: Speaker) -> bool:
        common = h.names & x.names
        if not common:
            return False
        if h.anonymous or x.anonymous:
            return h.names == x.names and h.anonymous and x.anonymous and h.definite == x.definite and h.hi - h.lo > 1
        first = bare(self.s.keys[h.lo]) == bare(self.s.keys[x.lo])
        if first and (common == x.names or common == h.names):
            return True
        people = x.named or h.named or (x.rule == "says.name" and h.head is not None and h.head.human)
        if people and x.head is None and common == x.names:
            return True
        return people and h.head is None and common == h.names

    def _stands_for(self, h: Speaker, x: Speaker, back: bool, adds: bool) -> bool:
        """The speaker before under another word: an official by a bare office, an office by a name."""
        if x.head is not None and back and x.head.hidden and x.hi - x.lo <= 2:
            one = bare(self.s.keys[x.lo]) == x.head.lemma
            return one or h.anonymous or h.kind in ("outlet", "agency", "unnamed")
        if self._introduced(h, x):
            return True
        if back and x.head is not None and x.head.id in _OFFICES and h.named and x.hi - x.lo == 1:
            return True
        office = adds and h.head is not None and h.head.id in _OFFICES and not h.named and not h.anonymous
        return office and x.rule in ("says.name", "says.person") and x.hi - x.lo <= 2

    def _introduced(self, h: Speaker, x: Speaker) -> bool:
        """An official of the lead whom the next sentence names: قال مسؤول ... وقال سالم العلي مدير."""
        if not self.fresh or not (
            (x.named and x.head is not None and x.head.id in _OFFICES) or (x.named and x.kind == h.kind)
        ):
            return False
        return h.head is not None and h.head.id in _OFFICES and h.anonymous and bare(self.s.keys[h.lo]) == h.head.lemma

    def _spelled_out(self, x: Speaker) -> None:
        """A bare noun for a party that the text named in full without quoting it: الحزب, الحركة."""
        if x.hi - x.lo != 1 or not self.s.keys[x.lo].startswith("ال") or (x.head is not None and x.head.hidden):
            return
        lemma = bare(self.s.keys[x.lo])
        last = bisect_left(self.starts, x.lo)
        for a in reversed(self.actors[max(0, last - _NEAR) : last]):
            if a.hi - a.lo > 1 and bare(self.s.keys[a.lo]) == lemma and a.kind not in _PEOPLE:
                if x.actor is None or x.actor.id is None or x.actor.id == a.id:
                    x.lo, x.hi, x.actor = a.lo, a.hi, a
                    x.names = frozenset(bare(k) for k in self.s.keys[a.lo : a.hi])
                return

    def _clitics(self, lo: int) -> str:
        """Proclitics on the first word of a source."""
        a = self.s.actor.get(lo)
        return a.clitics if a is not None and a.lo == lo else self.s.words[lo].head_clitics

    def _remember(self, x: Speaker) -> None:
        """Words by which a person who spoke may be called again: no office, no body, no place."""
        if x.named or (x.head is not None and x.head.human and not x.anonymous) or x.rule == "says.name":
            last = x.hi - 1
            if self.s.words[last].head is None and not self.s.words[last].roles and last not in self.s.placed:
                self.s.spoken.add(bare(self.s.keys[last]))

    def _fuller(self, n: int, x: Speaker, title: bool) -> None:
        """The fuller of two mentions gives the source its text and kind."""
        h, old = self.hits[n], self.who[n]
        size, before = x.hi - x.lo, old.hi - old.lo
        told_now = old.anonymous and x.named
        longer = size > before and (before <= 2 or (x.named and not old.named))
        if title or self._points_back(x) or not (told_now or longer or (n in self.titled and size >= before)):
            return
        h.lo, h.hi, h.rule, h.clitics = x.lo, x.hi, x.rule, self._clitics(x.lo)
        h.kind = x.kind if x.kind != "official" or h.kind in ("unnamed", "local") else h.kind
        h.anonymous = h.anonymous and x.anonymous
        x.names |= old.names
        self._remember(x)
        self.who[n] = x
        self.titled.discard(n)
