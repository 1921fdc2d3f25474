"""Labels of the contract's words, names of places and parties, in Arabic and English.

The labels, outlines and fonts are the desk's own files, read here as data: there is one copy of each.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Literal

Lang = Literal["ar", "en"]


def desk_file(*path: str) -> Traversable:
    """A file that the desk and the exports share. Nothing of the desk is imported."""
    return files("rasid").joinpath("desk", *path)


@cache
def _labels() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(desk_file("labels.toml").read_text(encoding="utf-8"))


@cache
def _sentences() -> tuple[tuple[re.Pattern[str], str], ...]:
    held = tomllib.loads(desk_file("said.toml").read_text(encoding="utf-8"))
    ordered = sorted(held.items(), key=lambda pair: (-len(pair[0]), pair[0]))
    return tuple((re.compile(re.escape(en).replace(r"\{\}", "(.+?)") + r"\Z"), ar) for en, ar in ordered)


def label(kind: str, value: object, lang: Lang) -> str:
    """The label of an enumeration's value; the bare word where none is known."""
    word = str(getattr(value, "value", value) or "")
    pair = _labels().get(kind, {}).get(word)
    return pair[lang == "en"] if pair else word.replace("_", " ")


def say(sentence: str, lang: Lang) -> str:
    """A sentence that the books make, in a language; as it is where it has no translation."""
    if lang == "en":
        return sentence
    for pattern, ar in _sentences():
        found = pattern.match(sentence)
        if found:
            return ar.format(*found.groups())
    return sentence


@cache
def place_name(id: str, lang: Lang) -> str | None:
    """A place of the gazetteer by its id; None when it has none of that id."""
    from rasid.lexicon import gazetteer

    p = gazetteer.default().get(id)
    return None if p is None else p.name if lang == "ar" else p.en or p.name
