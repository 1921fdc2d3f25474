"""The words of a text as the search for parties sees them: quotation marks and hashtag marks stepped over."""

from __future__ import annotations

from dataclasses import dataclass, field
from operator import itemgetter

from rasid.lexicon.actors import Country, Entry
from rasid.resolve.who_tables import LETTERS, HeadForm, Named, tables
from rasid.resolve.who_words import SKIPPED, Word, analyses
from rasid.text.tokens import Tokens

#: Key of the mark between sentences.
BREAK = "\n"
#: Longest quotation that is read as a name or a title, in words.
_QUOTED = 6


@dataclass(slots=True)
class Scan:
    """Parallel lists over the kept tokens; ``at`` leads back to tokens of ``t`` (-1 between sentences)."""

    t: Tokens
    keys: list[str] = field(default_factory=list)
    words: list[Word | None] = field(default_factory=list)
    at: list[int] = field(default_factory=list)

    def is_word(self, p: int) -> bool:
        """Is position ``p`` a word of letters?"""
        a = self.at[p]
        return a >= 0 and self.t.kind[a] in "wl"

    def is_number(self, p: int) -> bool:
        """Is position ``p`` a number in digits?"""
        a = self.at[p]
        return a >= 0 and self.t.kind[a] == "n"

    def opens_quote(self, p: int) -> int:
        """The position after the closing mark when a short quotation starts just before ``p``, else 0."""
        a, kind = self.at[p], self.t.kind
        if a <= 0 or kind[a - 1] != "q":
            return 0
        for q in range(p + 1, min(p + _QUOTED + 1, len(self.at))):
            last = self.at[q - 1]
            if last + 1 < len(kind) and kind[last + 1] == "q":
                return q
            if self.at[q] < 0:
                return 0
        return 0


def scan(t: Tokens) -> Scan:
    """Filter and analyse the tokens of a text."""
    # index -1 of the widened lists is the break between sentences
    keys = [*t.key, BREAK]
    words = [*map(analyses.__getitem__, t.key), None]
    at = [-1]
    for sentence in t.sentences:
        at += range(sentence.lo, sentence.hi)
        at.append(-1)
    at = [i for i in at if words[i] is not SKIPPED]
    if not tables().rare.isdisjoint(t.key):
        at = _rare(t, at, words)
    if len(at) < 2:
        return Scan(t, [BREAK], [None], [-1])
    pick = itemgetter(*at)
    return Scan(t, list(pick(keys)), list(pick(words)), at)


def _rare(t: Tokens, at: list[int], words: list[Word | None]) -> list[int]:
    """Abbreviations lose their full stops; the quoted titles of works name no parties."""
    works = tables().works
    for i, key in enumerate(t.key[:-1]):
        if key in works and t.kind[i + 1] == "q":
            end = _closing(t, i + 1)
            words[i + 1 : end] = [None] * (end - i - 1)
    return [i for i in at if i < 0 or t.key[i] != "." or not _abbreviates(t, i)]


def _closing(t: Tokens, i: int) -> int:
    """The token of the mark that closes the quotation opened at ``i``, or the next one when nothing does."""
    return next((j for j in range(i + 1, min(i + 14, len(t))) if t.kind[j] == "q"), i + 1)


def named_at(s: Scan, p: int, w: Word) -> tuple[int, list[Named]] | None:
    """The longest registered name that starts at ``p``, its first word read as ``w``."""
    if not w.single and s.keys[p + 1] not in w.seconds:
        return None
    return tables().trie.at(s.keys, p, len(s.keys), w.rest)


def _abbreviates(t: Tokens, i: int) -> bool:
    """A full stop inside an abbreviation: أ.ف.ب."""
    return i > 0 and t.key[i - 1] in LETTERS


class Node:
    """A party's noun phrase before the text as a whole decides what it stands for. Positions are the scan's.

    ``entries``: parties that bear this name or adjective; ``shared``: only in their own regions; ``generic``:
    unless the text is elsewhere. ``inner``: stem of a definite noun inside, for the text to explain.
    Adjectives: ``plain`` names no party, ``state`` means the text's own state (حكومي), ``armed`` is one of
    force (مسلح).
    """

    # Defaults stand on the class: most phrases set few of them, and there are many phrases.
    entries: tuple[Entry, ...] = ()
    shared = False
    generic = False
    id: str | None = None
    country: Country | None = None
    side = "none"
    head: HeadForm | None = None
    definite = False
    weak = False
    plural = False
    feminine = False
    name_lo = -1
    described = False
    plain = False
    state = False
    armed = False
    pronoun = ""
    surname = ""
    official = ""
    inner = ""

    def __init__(self, lo: int, hi: int, kind: str, acts: bool, rule: str) -> None:
        self.lo = lo
        self.hi = hi
        self.kind = kind
        self.acts = acts
        self.rule = rule

    @classmethod
    def of_head(cls, lo: int, hi: int, h: HeadForm, *, definite: bool) -> Node:
        """A phrase that a head noun opens."""
        n = cls(lo, hi, h.head.kind, h.head.acts, "who.head")
        n.head, n.side, n.definite = h, h.head.side, definite
        n.plural, n.feminine = h.plural, h.feminine
        return n

    @classmethod
    def named(cls, lo: int, hi: int, kind: str, acts: bool, rule: str) -> Node:
        """A phrase that a proper name opens."""
        n = cls(lo, hi, kind, acts, rule)
        n.definite, n.name_lo = True, lo
        return n

    @property
    def known(self) -> bool:
        """Does the phrase itself say who it is?"""
        return bool(self.entries or self.id or self.country)

    def bear(self, other: Node) -> None:
        """Stand for what ``other`` stands for."""
        self.entries, self.shared, self.generic = other.entries, other.shared, other.generic
        self.id, self.country = other.id, other.country
        bare = other.head and not other.known and other.rule != "who.unknown_group"
        self.inner = other.inner or (other.head.stem if other.head and bare else "")
