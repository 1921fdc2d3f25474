"""The words of time of the knowledge folder, found in tokens: one dictionary lookup settles most tokens.

Each token that begins a word or phrase of time gets one `Item`, the longest. What the items mean together is
decided in `when_phrases`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from rasid.lexicon import files
from rasid.lexicon.compiled import compiled
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
    leads: bool = False
    """Of no use but before a time."""
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
        leads=kind == "trap_head" or (kind == "preposition" and value != "since"),
        strict=e.get("strict", False),
        sure=frozenset(e.get("sure", e.get("needs_prev", ()))),
        never=frozenset(e.get("never", ())),
        hijri=e.get("calendar") == "hijri",
        month=e.get("month", 0),
        days=e.get("days", 0),
    )


@dataclass(frozen=True, slots=True)
class Option:
    """A phrase that may start with a token: its further keys, and the item's parts."""

    tail: tuple[str, ...]
    word: Word
    clitic: str
    definite: bool


@dataclass(frozen=True, slots=True)
class Opening:
    """What may start with one token: phrases by their second key, longest first, and the word alone."""

    after: dict[str, list[Option]]
    alone: Option | None


class Lexicon:
    """Words of time under their keys."""

    def __init__(self) -> None:
        self._heads: dict[str, list[tuple[tuple[str, ...], Word]]] = {}
        self.feasts: list[Word] = []
        self._memo: dict[str, Opening | bool] = {}
        self.ahead: set[str] = set()
        self.not_future: set[str] = set()
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
                self.not_future.update(keys)

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
    def known(self) -> Callable[[str], Opening | bool | None]:
        """The memo's lookup: None for a word not yet met, False for one that starts nothing."""
        return self._memo.get

    def opening(self, key: str) -> Opening | bool:
        """What may start with a token of this key; False where nothing may."""
        found = self._memo.get(key)
        if found is None:
            if len(self._memo) > 100_000:
                self._memo.clear()
            options = self._options(key)
            after: dict[str, list[Option]] = {}
            for o in options:
                if o.tail:
                    after.setdefault(o.tail[0], []).append(o)
            alone = next((o for o in options if not o.tail), None)
            found = self._memo[key] = Opening(after, alone) if options else False
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
                    out.append(Option(tail, word, clitic, definite))
        return sorted(out, key=lambda o: (-len(o.tail), len(o.clitic)))


@compiled
def lexicon() -> Lexicon:
    """The one lexicon of time, built at first use."""
    return Lexicon()


#: Words between a leading word and its time: ال before digits, تاريخ "the date of".
_BEFORE_TIME = frozenset({"ال", "تاريخ"})


def items(t: Tokens) -> dict[int, Item]:
    """The longest word of time at each token where one begins, numbers in digits left out.

    Words that only lead to a time (من "from", ثورة "revolution of") are left out where none follows.
    """
    lex, keys, kind = lexicon(), t.key, t.kind
    openings = list(map(lex.known, keys))
    for i, found in enumerate(openings):
        if found is None:
            openings[i] = lex.opening(keys[i]) if kind[i] == "w" else False
    openings.append(False)
    out: dict[int, Item] = {}
    ends = [s.hi for s in t.sentences]
    for i, found in enumerate(openings):
        if not isinstance(found, Opening):
            continue
        option = found.alone
        if found.after and i + 1 < len(keys) and keys[i + 1] in found.after:
            option = _phrase(found.after[keys[i + 1]], keys, i, ends) or option
        if option is None:
            continue
        hi = i + 1 + len(option.tail)
        word = option.word
        if not word.leads or openings[hi] or (hi < len(keys) and (kind[hi] == "n" or keys[hi] in _BEFORE_TIME)):
            out[i] = Item(hi, word.cat, word, option.clitic, option.definite)
    return out


def _phrase(options: list[Option], keys: list[str], i: int, ends: list[int]) -> Option | None:
    """The longest of the phrases that stands at ``i`` inside its sentence."""
    for o in options:
        hi = i + 1 + len(o.tail)
        if tuple(keys[i + 1 : hi]) == o.tail and hi <= ends[bisect_right(ends, i)]:
            return o
    return None
