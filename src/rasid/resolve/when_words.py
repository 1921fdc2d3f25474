"""The words of time of the knowledge folder, found in tokens: one dictionary lookup settles most tokens.

Each token that begins a word or phrase of time gets one `Item`, the longest. What the items mean together is decided in
`when_phrases`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from rasid.lexicon import files
from rasid.text.keys import phrase, splits
from rasid.text.tokens import Tokens

#: Proclitic stacks under which a word of time may stand (و ف ب ل).
_CLITICS = frozenset({"", "و", "ف", "ب", "ل", "وب", "ول", "فب", "فل"})


@dataclass(frozen=True, slots=True)
class Word:
    """An entry of the knowledge folder as the parser needs it; ``cat`` is the file's kind."""

    cat: str
    id: str
    value: int = 0
    name: str = ""
    part: str | None = None
    count: int = 0
    flag: bool = False
    """weak (months), alone (day parts), ordinal (numbers), vague (units), needs a part (tomorrow)."""
    sure: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()
    """Spellings (with hamza) that decide what a folded key leaves open."""
    strict: bool = False
    """A weak month that a preposition alone does not make a month; a day part that needs one."""
    hijri: bool = False
    month: int = 0
    days: int = 0


@dataclass(slots=True)
class Item:
    """A word of time over tokens up to ``hi``; ``definite`` tells the article on its first word."""

    hi: int
    cat: str
    word: Word
    clitic: str = ""
    definite: bool = False


def _word(kind: str, e: dict[str, Any]) -> Word:
    value = e.get("value", e.get("day", 0))
    return Word(
        cat=kind,
        id=e["id"],
        value=value if isinstance(value, int) else 0,
        name=value if isinstance(value, str) else "",
        part=e.get("part"),
        count=e.get("count", 0),
        flag=any(e.get(k) for k in ("weak", "alone", "ordinal", "vague", "needs")),
        strict=e.get("strict", False),
        sure=frozenset(e.get("sure", e.get("needs_prev", ()))),
        never=frozenset(e.get("never", ())),
        hijri=e.get("calendar") == "hijri",
        month=e.get("month", 0),
        days=e.get("days", 0),
    )


#: Clitics, whether the word is definite, the keys that must follow, and the word.
Option = tuple[str, bool, tuple[str, ...], Word]


class Lexicon:
    """Words of time under their keys."""

    def __init__(self) -> None:
        self._heads: dict[str, list[tuple[tuple[str, ...], Word]]] = {}
        self.feasts: list[Word] = []
        self._memo: dict[str, tuple[Option, ...]] = {}
        self.ahead: set[str] = set()
        self.not_future: tuple[str, ...] = ()
        for name in files.names("time"):
            data = files.toml(name)
            if data["kind"] == "ahead":
                self._look_ahead(data["entry"])
                continue
            for e in data.get("entry", []):
                self._add(data["kind"], e)
        for options in self._heads.values():
            options.sort(key=lambda o: -len(o[0]))

    def _look_ahead(self, entries: list[dict[str, Any]]) -> None:
        for e in entries:
            keys = [k for form in e["forms"] for k in phrase(form)]
            if e["value"]:
                self.ahead.update(keys)
            else:
                self.not_future += tuple(keys)

    def _add(self, kind: str, e: dict[str, Any]) -> None:
        word = _word(kind, e)
        if kind == "feast" and word.month:
            self.feasts.append(word)
        for form in e["forms"]:
            first, *rest = phrase(form)
            options = self._heads.setdefault(first, [])
            if not any(o == tuple(rest) and w.cat == kind for o, w in options):
                options.append((tuple(rest), word))

    @property
    def known(self) -> Callable[[str], tuple[Option, ...] | None]:
        """The memo's lookup: None for a word not yet met."""
        return self._memo.get

    def options(self, key: str) -> tuple[Option, ...]:
        """(clitics, definite, following keys, word) for phrases that may start with this token, longest first."""
        found = self._memo.get(key)
        if found is None:
            found = self._memo[key] = tuple(self._options(key))
            if len(self._memo) > 100_000:
                self._memo.clear()
        return found

    def _options(self, key: str) -> list[Option]:
        out = []
        for clitic, rest in splits(key):
            if clitic not in _CLITICS:
                continue
            for bare, definite in ((rest, rest.startswith("ال")), (rest[2:], True)):
                if definite and bare != rest and not rest.startswith("ال"):
                    continue
                for tail, word in self._heads.get(bare, ()):
                    if clitic not in {"", "و", "ف"} and word.cat == "trap":
                        continue
                    if clitic and (word.cat == "measure" or (word.cat == "month" and word.flag)):
                        continue
                    if bare != rest and word.cat not in {"unit", "number"}:
                        continue
                    out.append((clitic, definite, tail, word))
        return sorted(out, key=lambda o: (-len(o[2]), len(o[0])))


@cache
def lexicon() -> Lexicon:
    """The one lexicon of time, built at first use."""
    return Lexicon()


def items(t: Tokens) -> dict[int, Item]:
    """The longest word of time at each token where one begins, numbers in digits left out."""
    lex, keys = lexicon(), t.key
    out: dict[int, Item] = {}
    ends = [s.hi for s in t.sentences]
    for i, options in enumerate(map(lex.known, keys)):
        if options is None:
            options = lex.options(keys[i]) if t.kind[i] == "w" else ()
        for clitic, definite, tail, word in options:
            hi = i + 1 + len(tail)
            if not tail or (tuple(keys[i + 1 : hi]) == tail and hi <= ends[bisect_right(ends, i)]):
                out[i] = Item(hi, word.cat, word, clitic, definite)
                break
    return out
