"""Which words a source governs: its clause and sentence, and the sentences that go on with what it tells."""

from __future__ import annotations

from rasid.resolve.says_formula import Formula
from rasid.resolve.says_known import Known
from rasid.resolve.says_scene import MEDIA, Scene
from rasid.text.tokens import Sentence

_OPEN, _CLOSE = frozenset("«“„‹"), frozenset("»”›")
#: Sentences that a quotation left open may go on for.
_QUOTED_ON = 12


class Scope:
    """Gives out ranges of tokens to sources, sentence by sentence."""

    def __init__(self, s: Scene, known: Known) -> None:
        self.s = s
        self.known = known
        self.active: tuple[int, ...] = ()
        self.pos = 0
        self.told = False
        """The sentence before told what a source said: one that goes on may follow."""
        self.quoted = 0
        self.until = 0
        """Where the quotation that is told now ends, 0 outside of one."""
        self.broken = False
        """A bracket is open: the full stop stood inside it."""

    def sentence(self, x: Sentence, found: list[Formula]) -> None:
        """Ranges of one sentence with its formulas."""
        if not found and not self.active:
            return
        if x.title or x.opens or any(f.speakers and not f.nested for f in found):
            self.quoted = 0
        if x.title:
            self.told = False
        self.pos = x.lo
        self.active = self._carried(x, found)
        self.until = 0
        for f in found:
            self._move(f.lo)
            self._formula(x, f)
        self._move(x.hi)
        self._give(x.hi)
        self._after(x, found)

    def _carried(self, x: Sentence, found: list[Formula]) -> tuple[int, ...]:
        """The sources that still tell when the sentence begins."""
        if (self.quoted or self.broken) and self.active:
            return self.active
        if not self.told or x.opens or x.title or not self.active:
            return ()
        w = self.s.words[x.lo]
        goes_on = w.clitics in ("و", "ف") or self.s.keys[x.lo][:1] in ("و", "ف")
        also = x.lo + 1 < x.hi and "also" in self.s.words[x.lo].roles
        return (
            self.active
            if (goes_on or also) and self._verb_first(x.lo + also) and not any(f.lo <= x.lo + 1 for f in found)
            else ()
        )

    def _verb_first(self, i: int) -> bool:
        key = self.s.keys[i]
        return (
            self.s.words[i].finite
            and "background" not in self.s.words[i].roles
            and not key[1:].startswith(("ت", "ي", "ن"))
        )

    def _formula(self, x: Sentence, f: Formula) -> None:
        if f.form in ("turn", "beside"):
            if not self._inside_quote(x, f.at):
                self._give(f.lo)
                self.active = ()
                self.known.fresh = False
        elif f.form == "according":
            self._according(x, f)
        elif f.form == "part":
            self._part(f)
        else:
            self._told(x, f)

    def _told(self, x: Sentence, f: Formula) -> None:
        nested = f.nested or self._inside_quote(x, f.at)
        if nested and f.asks:
            return
        outer = self.active
        got = self._sources(f, x.title)
        if not got and not f.asks:
            return
        if f.trailing:
            self.active = tuple(dict.fromkeys((*self.active, *got)))
            self._give(f.hi)
        else:
            self._give(f.lo)
            self.active = () if f.asks else got
            if f.that and not f.asks:
                self._apart(f)
                self._quotation(x, f)
        self._relays(f, got)
        if nested and outer:
            for n in got:
                if n not in outer and self.known.hits[n].via is None and self.known.hits[outer[-1]].via != n:
                    self.known.hits[n].via = outer[-1]
            if not f.trailing and not all(self.known.hits[n].kind in MEDIA for n in outer):
                self.active = tuple(dict.fromkeys((*got, *outer)))
        elif got and not f.trailing:
            self.known.current = got[0]
            self.known.fresh = bool(f.speakers)
            who = self.known.who[got[0]]
            if f.carried or not (who.named or (who.head is not None and who.head.human)):
                self.known.paper = got[0]

    def _apart(self, f: Formula) -> None:
        """What stands between the verb and أن ("at the airport that …") is told by nobody but the report."""
        if f.hi <= f.at + 1:
            return
        self._give(max(f.at + 1, max((x.hi for x in f.speakers), default=0)))
        self.pos = max(self.pos, f.hi)

    def _quotation(self, x: Sentence, f: Formula) -> None:
        """What is told as one quotation ends where that closes."""
        k = next((k for k in range(f.hi, min(f.hi + 4, x.hi)) if self.s.t.kind[k] == "q"), None)
        if k is None or any(self.s.t.kind[n] == "w" and not self.s.words[n].that for n in range(f.hi, k)):
            return
        marks = _CLOSE | {'"'} if self.s.keys[k] in _OPEN else frozenset({self.s.keys[k]})
        end = next((n for n in range(k + 1, x.hi) if self.s.keys[n] in marks), None)
        if end is not None and end - k > 4 and end + 1 < x.hi:
            self.until = end + 1

    def _part(self, f: Formula) -> None:
        n = self.known.add(f.speakers[0], f.stance) if f.speakers else self.known.implied(f.word)
        if n is None:
            return
        self._give(f.lo)
        self.active = (n,)
        self.known.current = n

    def _according(self, x: Sentence, f: Formula) -> None:
        got = self._sources(f, x.title)
        if not got:
            return
        self._relays(f, got)
        outlets = all(self.known.hits[n].kind in MEDIA for n in got)
        if f.at - self.pos <= 2 and not self.active:
            self.active = got
            self.known.current = got[0]
            return
        if outlets and self.active:
            for n in self.active:
                if n not in got and self.known.hits[n].via is None and self.known.hits[got[0]].via != n:
                    self.known.hits[n].via = got[0]
            return
        if not self.active:
            self.known.current = got[0]
        self.active = tuple(dict.fromkeys((*self.active, *got)))

    def _sources(self, f: Formula, title: bool) -> tuple[int, ...]:
        if not f.speakers:
            n = self.known.implied(f.word)
            return () if n is None else (n,)
        adds = f.word is not None and f.word.verb is not None and f.word.verb.adds
        return tuple(dict.fromkeys(self.known.add(who, f.stance, title=title, adds=adds) for who in f.speakers))

    def _relays(self, f: Formula, got: tuple[int, ...]) -> None:
        if f.via is None or not got:
            return
        via = self.known.add(f.via, "says")
        for n in got:
            if n != via and self.known.hits[n].via is None and self.known.hits[via].via != n:
                self.known.hits[n].via = via

    def _give(self, hi: int) -> None:
        """Hand the tokens up to ``hi`` to the sources that tell now."""
        if hi > self.pos:
            for n in self.active:
                self.known.govern(n, self.pos, hi)
        self.pos = max(self.pos, hi)

    def _move(self, to: int) -> None:
        """Past the end of a quotation nobody tells any more."""
        if self.until and to >= self.until:
            self._give(self.until)
            self.active, self.until = (), 0

    def _inside_quote(self, x: Sentence, i: int) -> bool:
        """Does token ``i`` stand in a quotation of this sentence that holds more than a name?"""
        depth, opened = 0, x.lo
        for k in range(x.lo, i):
            if self.s.t.kind[k] != "q":
                continue
            mark = self.s.keys[k]
            if mark in _OPEN:
                depth, opened = depth + 1, k
            elif mark in _CLOSE:
                depth = max(0, depth - 1)
            elif mark == '"':
                depth, opened = (0, k) if depth else (1, k)
        return depth > 0 and bool(self.active) and i - opened > 1

    def _after(self, x: Sentence, found: list[Formula]) -> None:
        if not self.active:
            self.told, self.quoted, self.broken = False, 0, False
            return
        self.broken = _brackets(self.s, x) > 0
        last = found[-1] if found else None
        depth = _depth(self.s, x) + (1 if self.quoted else 0)
        open_quote = depth > 0 and bool(self.active)
        self.quoted = self.quoted + 1 if open_quote and self.quoted < _QUOTED_ON else 0
        if last is not None:
            self.told = last.that and last.form != "according" and not x.title
        else:
            self.told = bool(self.quoted)
        if not (self.told or self.quoted or self.broken):
            self.active = ()


def _depth(s: Scene, x: Sentence) -> int:
    """Quotations that the sentence opens and does not close; negative where it closes one from before."""
    depth = straight = 0
    for k in range(x.lo, x.hi):
        if s.t.kind[k] == "q":
            mark = s.keys[k]
            depth += (mark in _OPEN) - (mark in _CLOSE)
            straight += mark == '"'
    return depth + straight % 2 if depth >= 0 else depth


def _brackets(s: Scene, x: Sentence) -> int:
    marks = [s.keys[k] for k in range(x.lo, x.hi) if s.t.kind[k] == "q"]
    return marks.count("(") - marks.count(")")
