"""The number words of `knowledge/numbers`, compiled into one `Numerals`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from rasid.lexicon import files
from rasid.text.keys import fold, phrase
from rasid.text.numerals import NumberWord, Numerals


@cache
def numerals() -> Numerals:
    """The reader of numbers over the shipped words; loaded once, on first use."""
    words = {
        fold(form): NumberWord(e["role"], e["value"])
        for e in files.toml("numbers/words.toml")["entry"]
        for form in e["forms"]
    }
    vague = [(phrase(f), e.get("share", False)) for e in files.toml("numbers/vague.toml")["entry"] for f in e["forms"]]
    return Numerals(words, _phrases("before"), _phrases("after"), vague)


def _phrases(side: str) -> Iterator[tuple[tuple[str, ...], str]]:
    for e in files.toml("numbers/bounds.toml")["entry"]:
        for p in e[side]:
            yield phrase(p), e["bound"]
