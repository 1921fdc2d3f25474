"""The words of time of the knowledge folder, found in tokens: one dictionary lookup settles most tokens.

Each token that begins a word or phrase of time gets one `Item`, the longest. What the items mean together is decided in
`when_phrases`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from rasid.lexicon import files
from rasid.text.keys import phrase, splits
from rasid.text.tokens import Tokens

#: Proclitic stacks under which a word of time may stand (و ف ب ل).
_CLITICS = frozenset({"", "و", "ف", "ب", "ل", "وب", "ول", "فب", "فل"})
#: Categories whose forms are read only as written, or a clitic would make them out of other words (باب "door").
_NO_CLITICS = frozenset({"trap", "measure"})


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
    hijri: bool = False
    month: int = 0
    days: int = 0


@dataclass(slots=True)
class Item:
    """A word of time over tokens up to ``hi``; ``definite`` tells the article on its first word."""

    hi: int
    word: Word
    clitic: str = ""
    definite: bool = False

    @property
    def cat(self) -> str:
        """The kind of word."""
        return self.word.cat


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
        hijri=e.get("calendar") == "hijri",
        month=e.get("month", 0),
        days=e.get("days", 0),
    )


class Lexicon:
    """Words of time under their keys."""

    def __init__(self) -> None:
        self._heads: dict[str, list[tuple[tuple[str, ...], Word]]] = {}
        self.feasts: list[Word] = []
        self._memo: dict[str, tuple[tuple[str, bool, tuple[str, ...], Word], ...]] = {}
        for name in files.names("time"):
            data = files.toml(name)
            for e in data.get("entry", []):
                self._add(data["kind"], e)
        for options in self._heads.values():
            options.sort(key=lambda o: -len(o[0]))

    def _add(self, kind: str, e: dict[str, Any]) -> None:
        word = _word(kind, e)
        if kind == "feast" and word.month:
            self.feasts.append(word)
        for form in e["forms"]:
            first, *rest = phrase(form)
            options = self._heads.setdefault(first, [])
            if not any(o == tuple(rest) and w.cat == kind for o, w in options):
                options.append((tuple(rest), word))

    def options(self, key: str) -> tuple[tuple[str, bool, tuple[str, ...], Word], ...]:
        """(clitics, definite, following keys, word) for phrases that may start with this token, longest first."""
        found = self._memo.get(key)
        if found is None:
            found = self._memo[key] = tuple(self._options(key))
            if len(self._memo) > 100_000:
                self._memo.clear()
        return found

    def _options(self, key: str) -> list[tuple[str, bool, tuple[str, ...], Word]]:
        out = []
        for clitic, rest in splits(key):
            if clitic not in _CLITICS:
                continue
            for bare, definite in ((rest, rest.startswith("ال")), (rest[2:], True)):
                if definite and bare != rest and not rest.startswith("ال"):
                    continue
                for tail, word in self._heads.get(bare, ()):
                    if clitic and (word.cat in _NO_CLITICS or (word.cat == "month" and word.flag)):
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
    lex, keys, n = lexicon(), t.key, len(t)
    memo, out = lex._memo, {}
    for i, key in enumerate(keys):
        options = memo.get(key)
        if options is None:
            options = lex.options(key) if t.kind[i] == "w" else ()
        for clitic, definite, tail, word in options:
            hi = i + 1 + len(tail)
            if not tail or (hi <= n and tuple(keys[i + 1 : hi]) == tail):
                out[i] = Item(hi, word, clitic, definite)
                break
    return out
