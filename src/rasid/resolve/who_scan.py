"""The words of a text as the search for parties sees them: quotation marks and hashtag marks stepped over."""

from __future__ import annotations

from dataclasses import dataclass, field

from rasid.lexicon.actors import Country, Entry
from rasid.resolve.who_words import HeadForm, Named, Word, analyse, tables
from rasid.text.tokens import Tokens

#: Key of the mark between sentences.
BREAK = "\n"
_SKIP = frozenset({"_", "#"})
#: Longest quotation that is read as a name or a title, in words.
_QUOTED = 6


@dataclass(slots=True)
class Scan:
    """Parallel lists over the kept tokens; ``at`` leads back to the tokens of ``t`` (-1 between sentences)."""

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
    keys: list[str] = [BREAK]
    words: list[Word | None] = [None]
    at = [-1]
    kinds, token_keys, works = t.kind, t.key, tables().works
    blind = -1
    for s in t.sentences:
        for i in range(s.lo, s.hi):
            key, kind = token_keys[i], kinds[i]
            if kind == "q":
                if i and token_keys[i - 1] in works:
                    blind = _closing(t, i, s.hi)
                continue
            if key in _SKIP or (key == "." and _abbreviates(t, i)):
                continue
            keys.append(key)
            words.append(analyse(key) if kind in "wl" and i >= blind else None)
            at.append(i)
        keys.append(BREAK)
        words.append(None)
        at.append(-1)
    return Scan(t, keys, words, at)


def _closing(t: Tokens, i: int, hi: int) -> int:
    """The token of the mark that closes the quotation opened at ``i``: a work's title names no parties."""
    return next((j for j in range(i + 1, min(i + 14, hi)) if t.kind[j] == "q"), -1)


def named_at(s: Scan, p: int, first: str) -> tuple[int, list[Named]] | None:
    """The longest registered name that starts at ``p``, its first word read as ``first``."""
    return tables().trie.at(s.keys, p, len(s.keys), first)


def _abbreviates(t: Tokens, i: int) -> bool:
    """A full stop inside an abbreviation: أ.ف.ب."""
    return i > 0 and len(t.light[i - 1]) == 1 and t.kind[i - 1] == "w"


@dataclass(slots=True)
class Node:
    """A party's noun phrase before the text as a whole decides what it stands for. Positions are those of the scan.

    ``entries``: parties that bear this name or adjective; ``shared``: only in their own regions. ``inner``: stem of a
    definite noun inside that the text must explain. ``plain``: an adjective followed that names no party.
    """

    lo: int
    hi: int
    kind: str
    acts: bool
    rule: str
    entries: tuple[Entry, ...] = ()
    shared: bool = False
    id: str | None = None
    country: Country | None = None
    side: str = "none"
    head: HeadForm | None = None
    definite: bool = False
    weak: bool = False
    plural: bool = False
    feminine: bool = False
    name_lo: int = -1
    described: bool = False
    plain: bool = False
    pronoun: str = ""
    surname: str = ""
    official: str = ""
    inner: str = ""

    @property
    def known(self) -> bool:
        """Does the phrase itself say who it is?"""
        return bool(self.entries or self.id or self.country)

    def bear(self, other: Node) -> None:
        """Stand for what ``other`` stands for."""
        self.entries, self.shared, self.id, self.country = other.entries, other.shared, other.id, other.country
        self.inner = other.inner or (other.head.stem if other.head and not other.known else "")
