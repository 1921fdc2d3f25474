"""The words of a text as the search for parties sees them: quotation marks and hashtag marks stepped over."""

from __future__ import annotations

from dataclasses import dataclass, field

from rasid.lexicon.actors import Country, Entry
from rasid.resolve.who_words import HeadForm, Named, Word, analyse, tables
from rasid.text.tokens import Tokens

#: Key of the mark between sentences.
BREAK = "\n"
_SKIP = {"_", "#"}


@dataclass(slots=True)
class Scan:
    """Parallel lists over the kept tokens; ``at`` leads back to the tokens of ``t``."""

    t: Tokens
    keys: list[str] = field(default_factory=list)
    words: list[Word | None] = field(default_factory=list)
    at: list[int] = field(default_factory=list)

    def is_word(self, p: int) -> bool:
        """Is position ``p`` a word of letters?"""
        a = self.at[p] if p < len(self.at) else -1
        return a >= 0 and self.t.kind[a] in "wl"

    def is_number(self, p: int) -> bool:
        """Is position ``p`` a number in digits?"""
        a = self.at[p] if p < len(self.at) else -1
        return a >= 0 and self.t.kind[a] == "n"

    def opens_quote(self, p: int) -> int:
        """The position after the closing mark when a quotation of at most six words starts just before ``p``, else 0."""
        a = self.at[p] if p < len(self.at) else -1
        kind = self.t.kind
        if a <= 0 or kind[a - 1] != "q":
            return 0
        for q in range(p + 1, min(p + 7, len(self.at))):
            b = self.at[q]
            if b < 0:
                return q if kind[self.at[q - 1] + 1 : self.at[q - 1] + 2] == ["q"] else 0
            if kind[b - 1] == "q":
                return q
        return 0


def scan(t: Tokens) -> Scan:
    """Filter and analyse the tokens of a text."""
    keys: list[str] = [BREAK]
    words: list[Word | None] = [None]
    at = [-1]
    kinds, token_keys = t.kind, t.key
    for s in t.sentences:
        for i in range(s.lo, s.hi):
            key = token_keys[i]
            if kinds[i] == "q" or key in _SKIP or (key == "." and _abbreviates(t, i)):
                continue
            keys.append(key)
            words.append(analyse(key) if kinds[i] != "p" else None)
            at.append(i)
        keys.append(BREAK)
        words.append(None)
        at.append(-1)
    return Scan(t, keys, words, at)


def named_at(s: Scan, p: int, first: str) -> tuple[int, list[Named]] | None:
    """The longest registered name that starts at ``p``, its first word read as ``first``."""
    return tables().trie.at(s.keys, p, len(s.keys), first)


def _abbreviates(t: Tokens, i: int) -> bool:
    """A full stop inside an abbreviation: أ.ف.ب."""
    return i > 0 and len(t.light[i - 1]) == 1 and t.kind[i - 1] == "w"


@dataclass(slots=True)
class Node:
    """A party's noun phrase before the text as a whole decides what it stands for. Positions are those of the scan."""

    lo: int
    hi: int
    kind: str
    acts: bool
    rule: str
    entries: tuple[Entry, ...] = ()
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
    pronoun: str = ""
    loyal: bool = False
    surname: str = ""
    official: str = ""
    inner: str = ""

    @property
    def known(self) -> bool:
        """Does the phrase itself say who it is?"""
        return bool(self.entries or self.id or self.country)
