"""Words that bring in a source, compiled from knowledge/speech."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from rasid.lexicon import files
from rasid.lexicon.forms import FormIndex
from rasid.text.keys import fold, phrase


@dataclass(frozen=True, slots=True)
class SourceHead:
    """A head noun of sources: its rule id, kind and whether it hides a name."""

    id: str
    kind: str
    anonymous: bool


@dataclass(frozen=True, slots=True)
class Speech:
    """Everything that the source resolver looks words up in, as keys."""

    heads: dict[str, SourceHead]
    qualifiers: dict[str, str]
    according: frozenset[str]
    continuing: FormIndex[str]
    same: frozenset[str]
    shy: tuple[tuple[str, ...], ...]


@cache
def speech() -> Speech:
    """The compiled words of speech; built at first use."""
    table, frames = files.toml("speech/sources.toml"), files.toml("speech/frames.toml")
    heads: dict[str, SourceHead] = {}
    for e in table["entry"]:
        head = SourceHead(e["id"], e["kind"], bool(e.get("anonymous", False)))
        for form in e["forms"]:
            heads.setdefault(" ".join(phrase(form)), head)
    qualifiers = {fold(f): q["kind"] for q in table["qualifier"] for f in q["forms"]}
    continuing: FormIndex[str] = FormIndex()
    for spec in frames["continuing"]:
        continuing.add_verb(spec, spec)
    return Speech(
        heads, qualifiers, frozenset(fold(w) for w in frames["according"]), continuing,
        frozenset(fold(w) for w in frames["same"]), tuple(phrase(p) for p in frames["shy"]),
    )  # fmt: skip
