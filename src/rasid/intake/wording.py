"""Phrases of the intake knowledge as patterns for text in which interchangeable letters are made one."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from rasid.errors import KnowledgeError

#: Letters that writers interchange, and blanks of other kinds: one for one, so that offsets stay those of the
#: text.
_SAME = (
    *((c, "ا") for c in "أإآٱ"),
    *((c, "ي") for c in "ىی"),
    *(("ة", "ه"), ("ک", "ك"), ("\u00a0", " "), ("\t", " ")),
)
_MARKS = re.compile("[\u0640\u064b-\u0652\u0670]")
_TANWIN = "\u064b"


@cache
def entries(name: str) -> list[dict[str, Any]]:
    """The ``[[entry]]`` tables of one file of the knowledge folder, by its path inside it."""
    path = Path(str(files("rasid"))) / "knowledge" / name
    try:
        return list(tomllib.loads(path.read_text(encoding="utf-8"))["entry"])
    except (OSError, KeyError, tomllib.TOMLDecodeError) as e:
        raise KnowledgeError(str(e), where=f"knowledge/{name}", mend="correct the file") from e


def fold(text: str) -> str:
    """The text with interchangeable letters made one, of the same length.

    >>> fold("إقرأ أيضاً") == "اقرا ايضاً"
    True
    """
    # a replacement each is ten times as fast as one translation by a table
    for written, read in _SAME:
        text = text.replace(written, read)
    return text


def pattern(form: str) -> str:
    """A form as a pattern for folded text: any number of blanks, and tanwin or none at the end of its words.

    >>> bool(re.fullmatch(pattern("اقرأ أيضا"), fold("إقرأ  أيضاً")))
    True
    """
    return " +".join(_word(w) for w in fold(_MARKS.sub("", form)).split())


def _word(word: str) -> str:
    if word.endswith("ا") and len(word) > 2:
        return f"{re.escape(word[:-1])}{_TANWIN}?ا{_TANWIN}?"
    return re.escape(word)


def core(form: str) -> str:
    """The longest word of a form without what varies at its end: a folded text without it does not hold the
    form.

    >>> core("اترك تعليقا")
    'تعليق'
    """
    return max((w.rstrip("ا") for w in fold(_MARKS.sub("", form)).split()), key=len)


def any_of(forms: Iterable[str]) -> str:
    """A group that matches any of the forms, the longest first; (?!) when there is none."""
    ordered = sorted(set(forms), key=len, reverse=True)
    return "(?:" + "|".join(pattern(f) for f in ordered) + ")" if ordered else "(?!)"
