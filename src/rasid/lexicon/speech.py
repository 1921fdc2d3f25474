"""Words that bring in a source, compiled from knowledge/speech."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from rasid.lexicon import files
from rasid.lexicon.forms import FormIndex
from rasid.lexicon.inflect import verb
from rasid.text.keys import fold, phrase
from rasid.text.phrases import Phrases


@dataclass(frozen=True, slots=True)
class SpeechVerb:
    """A class of verbs of saying; the fields are those of knowledge/speech/verbs.toml."""

    id: str
    stance: str
    needs: str
    adds: bool


@dataclass(frozen=True, slots=True)
class SourceHead:
    """A head noun of sources; ``lemma`` joins its numbers, the other fields are those of the file."""

    id: str
    kind: str
    lemma: str
    anonymous: bool
    human: bool
    document: bool
    hidden: bool
    figures: bool


@dataclass(frozen=True, slots=True)
class Speech:
    """Everything that the source resolver looks words up in, as keys."""

    verbs: FormIndex[SpeechVerb]
    heads: dict[str, SourceHead]
    pairs: Phrases[SourceHead]
    qualifiers: dict[str, str]
    lists: dict[str, frozenset[str]]
    twins: frozenset[str]
    """Forms of verbs that their verbal noun shares."""
    turns: Phrases[bool]
    shy: tuple[tuple[str, ...], ...]


def _heads(out: Speech, e: dict[str, object]) -> None:
    flags = [bool(e.get(name, False)) for name in ("anonymous", "human", "document", "hidden", "figures")]
    for spec in e["forms"]:  # type: ignore[attr-defined]
        lemma, *rest = spec.split("|")
        head = SourceHead(str(e["id"]), str(e["kind"]), fold(lemma), *flags)
        for form in (lemma, *rest):
            words = phrase(form)
            if len(words) > 1:
                out.pairs.add(words, head)
            else:
                out.heads.setdefault(words[0], head)


@cache
def speech() -> Speech:
    """The compiled words of speech; built at first use."""
    table, frames = files.toml("speech/sources.toml"), files.toml("speech/frames.toml")
    verbs: FormIndex[SpeechVerb] = FormIndex()
    twins = {fold(w) for w in frames["twins"]}
    for e in files.toml("speech/verbs.toml")["entry"]:
        v = SpeechVerb(e["id"], e["stance"], e["needs"], bool(e.get("adds", False)))
        for spec in e["verbs"]:
            verbs.add_verb(spec, v, masdars=False)
            twins |= {fold(m) for m in verb(spec).masdars} & {fold(verb(spec).perfect)}
    turns: Phrases[bool] = Phrases()
    for text in frames["turns"]:
        turns.add(phrase(text), True)
    out = Speech(
        verbs, {}, Phrases(), {fold(f): q["kind"] for q in table["qualifier"] for f in q["forms"]},
        {name: frozenset(fold(w) for w in ws) for name, ws in frames.items() if name not in ("turns", "shy")},
        frozenset(twins), turns, tuple(phrase(p) for p in frames["shy"]),
    )  # fmt: skip
    for e in table["entry"]:
        _heads(out, e)
    return out
