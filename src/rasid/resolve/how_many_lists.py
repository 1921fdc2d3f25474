"""A head line that tells the harm and ends with a colon, and the lines below that only say of whom and how.

"We documented six civilians killed: / - three civilians by mines in X. / - a child by shots in Y."
"""

from __future__ import annotations

from rasid.lexicon.numbers import numerals
from rasid.resolve.how_many_found import Found
from rasid.resolve.how_many_groups import Group, Scene, chain, group_at
from rasid.text.tokens import Tokens

_LISTED = ("killed", "injured", "detained", "abducted")
_BY = ("إثر", "اثر", "جراء", "نتيجة", "علي", "في", "من")


class Lists:
    """The harm under which the lines of a list stand, while the list goes on."""

    def __init__(self, t: Tokens, f: Found) -> None:
        self.t, self.f, self.status = t, f, ""

    def line(self, n: int, lo: int, hi: int) -> None:
        """Read sentence ``n`` as a line of the open list, and see whether it opens or ends one."""
        told = self.f.here()
        if self.status and not told and self.t.sentences[n].opens and self._breaks_down(lo, hi):
            return
        kinds = {h.status for h in told if not h.partial}
        opens = hi > lo and self.f.scene.keys[hi - 1] == ":" and len(kinds) == 1
        self.status = kinds.pop() if opens and kinds <= set(_LISTED) else ""

    def _breaks_down(self, lo: int, hi: int) -> bool:
        s = self.f.scene
        i = _start(s, lo, hi)
        s.numbers, s.memo = numerals().scan(s.keys, s.kinds, i, hi), {}
        first = group_at(s, i, hi) if i < hi else None
        if first is None or first.clitics or first.definite:
            return False
        groups = chain(s, first, hi)
        if not _how(s, groups[-1], hi):
            return False
        for g in groups:
            self.f.add(self.status, g, g.head, "deed.listed")
        return True


def _start(s: Scene, lo: int, hi: int) -> int:
    """The first token behind the mark or the number of a list's line."""
    i = lo
    while i < hi and s.kinds[i] == "p":
        i += 1
    if i + 1 < hi and s.kinds[i] == "n" and s.keys[i + 1] in (".", "-", "–"):
        i += 2
    return i


def _how(s: Scene, g: Group, hi: int) -> bool:
    """Do the means, the cause or the place follow the people at once?"""
    return g.hi < hi and s.kinds[g.hi] == "w" and (s.keys[g.hi][0] == "ب" or s.keys[g.hi] in _BY)
