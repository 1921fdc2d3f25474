"""What has been found so far in one text: hits, and which groups already stand for some harm."""

from __future__ import annotations

from dataclasses import dataclass, field

from rasid.model.mentions import HarmHit
from rasid.resolve.how_many_groups import Group, Scene

_OVERRIDING = frozenset({"killed", "injured", "missing"})
#: Harm that a noun's own state may correct when it stands in the same list ("مقتل ثلاثة جنود و12 جريحا").
_CORRECTABLE = frozenset({"killed", "injured", "missing"})


@dataclass(slots=True)
class Found:
    """Hits of one text; positions are the scene's until `mapped`."""

    scene: Scene
    hits: list[HarmHit] = field(default_factory=list)
    first: int = 0
    """Index of the first hit of the sentence at hand."""
    taken: set[int] = field(default_factory=set)
    spent: set[int] = field(default_factory=set)
    """Positions of harm words that were part of something else (a denial, a second word for one count)."""

    def here(self) -> list[HarmHit]:
        """Hits of the sentence at hand."""
        return self.hits[self.first :]

    def free(self, g: Group) -> bool:
        """Does the group not yet stand for harm?"""
        return g.head not in self.taken

    def add(self, status: str, g: Group, anchor: int, rule: str, *, partial: bool = False) -> None:
        """One hit for the group, or one for each state that it names."""
        if g.head in self.taken:
            return
        self.taken.add(g.head)
        for st in statuses(status, g):
            self._append(st, g, anchor, rule, partial)

    def add_open(self, states: tuple[str, ...], g: Group, anchor: int, rule: str) -> None:
        """One number over several states: each stays open ("قتل وجرح 15")."""
        if g.head in self.taken:
            return
        self.taken.add(g.head)
        for st in states:
            self.hits.append(self._hit(st, g, anchor, rule, None, None))

    def add_zero(self, status: str, at: int, lo: int) -> None:
        """A stated absence."""
        if all(h.lo != lo or h.status != status for h in self.here()):
            self.hits.append(HarmHit(lo, at + 1, status, "unknown", 0, 0, at, "zero"))

    def _append(self, status: str, g: Group, anchor: int, rule: str, partial: bool) -> None:
        hit = self._hit(status, g, anchor, rule, g.min, g.max)
        hit.partial = partial
        self.hits.append(hit)

    def _hit(self, status: str, g: Group, anchor: int, rule: str, low: int | None, high: int | None) -> HarmHit:
        lo, hi = min(g.lo, anchor), max(g.hi, anchor + 1)
        who = g.who
        if g.other and who == "unknown" and self.hits:
            who = self.hits[-1].who  # "others" are of the kind told just before
        return HarmHit(lo, hi, status, who, low, high, anchor, rule, who_lo=g.lo, who_hi=g.hi)

    def mapped(self, h: HarmHit) -> HarmHit:
        """The same hit over tokens of the text."""
        back = self.scene.back
        if back is not None:
            empty = h.who_lo == h.who_hi
            h.lo, h.hi, h.anchor = back[h.lo], back[h.hi - 1] + 1, back[h.anchor]
            if h.who_lo >= 0:
                h.who_lo = back[h.who_lo]
                h.who_hi = h.who_lo if empty else back[h.who_hi - 1] + 1
        return h


def statuses(status: str, g: Group) -> tuple[str, ...]:
    """The harm of a group under a word of harm: the word's, unless the noun states another."""
    if g.states and (not status or (status in _CORRECTABLE and g.states[0] in _OVERRIDING)):
        return g.states
    return (status,)
