"""Phrases of the intake knowledge as regular expressions that forgive marks and interchangeable letters."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from rasid.errors import KnowledgeError

_MARKS = "[\u0640\u064b-\u0652\u0670]*"
_SAME = {
    **dict.fromkeys("اأإآٱ", "[اأإآٱ]"),
    **dict.fromkeys("يىی", "[يىی]"),
    **dict.fromkeys("هة", "[هة]"),
    **dict.fromkeys("كک", "[كک]"),
}
#: Letters in whose place another is written: hamza on alef, alef at the head, yeh and heh at the end.
_VARIES = re.compile(r"[أإآٱىیةک\s\u0640\u064b-\u0652\u0670]|(?<!\w)ا|[هي](?!\w)")
_MARK_CHARS = re.compile("[\u0640\u064b-\u0652\u0670]")


@cache
def entries(name: str) -> list[dict[str, Any]]:
    """The ``[[entry]]`` tables of one file of the knowledge folder, by its path inside it."""
    path = Path(str(files("rasid"))) / "knowledge" / name
    try:
        return list(tomllib.loads(path.read_text(encoding="utf-8"))["entry"])
    except (OSError, KeyError, tomllib.TOMLDecodeError) as e:
        raise KnowledgeError(str(e), where=f"knowledge/{name}", mend="correct the file") from e


def pattern(form: str) -> str:
    """A form as a pattern that matches it with or without vowel marks and in any spelling of alef, yeh and
    teh.

    >>> bool(re.fullmatch(pattern("اقرأ أيضا"), "إقرأ  أيضاً"))
    True
    """
    out = []
    for char in _MARK_CHARS.sub("", form):
        if char.isspace():
            out.append(r"[\s\u00a0]+")
        else:
            out.append(_SAME.get(char, re.escape(char)) + (_MARKS if "\u0600" <= char <= "\u06ff" else ""))
    return "".join(out)


def core(form: str) -> str:
    """The longest stretch of a form that is spelt one way only: a text without it does not hold the form.

    >>> core("اترك تعليقا")
    'تعليقا'
    """
    return max(_VARIES.split(form), key=len)


def any_of(forms: Iterable[str]) -> str:
    """A group that matches any of the forms, the longest first; (?!) when there is none."""
    ordered = sorted(set(forms), key=len, reverse=True)
    return "(?:" + "|".join(pattern(f) for f in ordered) + ")" if ordered else "(?!)"
