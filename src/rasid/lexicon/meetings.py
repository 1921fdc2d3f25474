"""The knowledge about meetings: verbs that are one, nouns that need a holder or sides."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from rasid.lexicon.files import toml
from rasid.lexicon.forms import FormIndex
from rasid.lexicon.inflect import Form
from rasid.text.keys import fold

_FILE = "commitments/meetings.toml"


@dataclass(frozen=True, slots=True)
class Meeting:
    """A word of meeting. ``sides``: how the other side stands (``object`` or a preposition's key)."""

    id: str
    noun: bool
    sides: frozenset[str]


def entries() -> list[dict[str, Any]]:
    """The entries as the file holds them, with their examples."""
    out: list[dict[str, Any]] = toml(_FILE)["entry"]
    return out


@cache
def meeting_words() -> FormIndex[Meeting]:
    """Words to the meetings that they may tell."""
    index: FormIndex[Meeting] = FormIndex()
    for e in entries():
        value = Meeting(e["id"], "nouns" in e, frozenset(fold(w) for w in e["with"]))
        for v in e.get("verbs", ()):
            index.add_verb(v, value, participles=False, masdars="|masdar=" in v)
        for n in e.get("nouns", ()):
            index.add_noun(n, value)
        for p in e.get("plurals", ()):
            index.add_form(Form(fold(p), "noun", "ap", 0, "p"), value)
    return index


@cache
def hold_verbs() -> FormIndex[bool]:
    """Verbs that hold, lead or join a meeting told as a noun."""
    index: FormIndex[bool] = FormIndex()
    for v in toml(_FILE)["words"]["hold"]:
        index.add_verb(v, True)
    return index


@cache
def meeting_set(name: str) -> frozenset[str]:
    """A plain set of word keys (``future``, ``request``, ``absent``)."""
    return frozenset(fold(w) for w in toml(_FILE)["words"][name])
