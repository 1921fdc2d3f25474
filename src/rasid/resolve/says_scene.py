"""What the source resolver knows of the text, and a source as one noun phrase."""

from __future__ import annotations

from dataclasses import dataclass, field

from rasid.lexicon.speech import SourceHead, speech
from rasid.model.claims import Mentions
from rasid.model.mentions import ActorHit, PlaceHit
from rasid.resolve.says_words import Word, words
from rasid.text.keys import bare
from rasid.text.tokens import Tokens

MEDIA = frozenset({"outlet", "agency"})
PERSONS = frozenset({"official", "person", "people"})
_ALI = "علي"
COMMAS = frozenset({"،", ","})


@dataclass(slots=True)
class Speaker:
    """A source as one noun phrase. ``named``: with a person's name; ``names``: keys that tell it apart."""

    lo: int
    hi: int
    kind: str
    anonymous: bool
    rule: str
    head: SourceHead | None
    actor: ActorHit | None
    definite: bool
    named: bool
    names: frozenset[str]
    gender: str


@dataclass(slots=True)
class Scene:
    """The text with what the other resolvers found, by token."""

    t: Tokens
    keys: list[str]
    words: list[Word]
    actor: dict[int, ActorHit] = field(default_factory=dict)
    place: dict[int, PlaceHit] = field(default_factory=dict)
    placed: set[int] = field(default_factory=set)
    time: dict[int, int] = field(default_factory=dict)
    """Each token of a time expression to the end of that expression."""

    spoken: set[str] = field(default_factory=set)
    """Last names of persons who spoke so far."""
    persons: set[str] = field(default_factory=set)
    """First words of the persons that the text names."""

    @classmethod
    def of(cls, m: Mentions) -> Scene:
        """What the source resolver needs of the mentions."""
        t = m.tokens
        found = list(map(words.__getitem__, t.key))
        if _ALI in t.light:
            _name_ali(t, found)
        persons = {t.key[a.lo] for a in m.actors if a.kind == "person"}
        return cls(
            t, t.key, found,
            {j: a for a in m.actors for j in range(a.lo, a.hi)},
            {p.lo: p for p in m.places},
            {j for p in m.places for j in range(p.lo, p.hi)},
            {j: h.hi for h in m.times for j in range(h.lo, h.hi)},
            {bare(k) for k in persons}, persons,
        )  # fmt: skip

    def pair(self, j: int, hi: int) -> tuple[int, SourceHead] | None:
        """A head of two words at ``j`` (شهود عيان has one, الدفاع المدني is one)."""
        w = self.words[j]
        if not w.pair:
            return None
        key = self.keys[j][len(w.head_clitics) :]
        got = speech().pairs.at(self.keys, j, hi, key) or speech().pairs.at(self.keys, j, hi, bare(key))
        return (got[0], got[1][0]) if got else None


def _name_ali(t: Tokens, found: list[Word]) -> None:
    """علي with yeh is a name behind a verb of saying or a title; elsewhere it may be على "on"."""
    for i in range(1, len(found) - 1):
        if t.light[i] == _ALI and (found[i - 1].verb or found[i - 1].title) and not found[i + 1].that:
            found[i] = Word(name=True)
