"""Predicates of events and the words that change their standing, compiled from knowledge/predicates and knowledge/operators."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

from rasid.lexicon import files
from rasid.lexicon.compiled import compiled
from rasid.lexicon.forms import FormIndex
from rasid.lexicon.inflect import Form, verb_forms
from rasid.text.keys import bare, fold, phrase
from rasid.text.phrases import Phrases


@dataclass(frozen=True, slots=True)
class Predicate:
    """One sense of a predicate (see knowledge/predicates/README.md)."""

    id: str
    yields: str
    frame: str
    genitive: str
    needs: tuple[str, ...]
    weak: bool
    company: frozenset[str] = frozenset()
    """words (keys without article), one of which stands behind the predicate where it has this sense"""


@dataclass(frozen=True, slots=True)
class Fixed:
    """A predicate under a fixed phrase; ``form`` is that of its verb, None where the phrase does not inflect."""

    predicate: Predicate
    form: Form | None = None
    future: bool = False


@dataclass(frozen=True, slots=True)
class Predicates:
    """All predicates: single words by form, fixed phrases by words, and the verbs that carry event nouns."""

    words: FormIndex[Predicate]
    phrases: Phrases[Fixed]
    carriers: FormIndex[str]
    results: FormIndex[str]
    never: set[str]


@compiled
def predicates() -> Predicates:
    """The compiled predicates; built at first use."""
    out = Predicates(FormIndex(), Phrases(), FormIndex(), FormIndex(), set())
    for name in files.names("predicates"):
        table = files.toml(name)
        for e in table.get("entry", []):
            _add(out, e)
        for spec in table.get("carriers", []):
            out.carriers.add_verb(spec, spec.split("|")[0], participles=False)
        for spec in table.get("results", []):
            out.results.add_verb(spec, spec.split("|")[0])
    return out


def _add(out: Predicates, e: dict[str, object]) -> None:
    p = Predicate(
        str(e["id"]), str(e["yields"]), str(e["frame"]), str(e.get("genitive", "agent")),
        tuple(e.get("needs", ())), bool(e.get("weak", False)),  # type: ignore[arg-type]
        frozenset(bare(fold(w)) for w in e.get("company", ())),  # type: ignore[attr-defined]
    )  # fmt: skip
    for spec in e.get("verbs", ()):  # type: ignore[attr-defined]
        out.words.add_verb(spec, p)
    for noun in e.get("nouns", ()):  # type: ignore[attr-defined]
        lemma, *plurals = noun.split("|")
        out.words.add_noun(lemma, p, plurals=plurals, tense="masdar")
    out.never.update(fold(w) for w in e.get("never", ()))  # type: ignore[attr-defined]
    for text in e.get("phrases", ()):  # type: ignore[attr-defined]
        out.phrases.add(phrase(text), Fixed(p))
    for spec in e.get("verb_phrases", ()):  # type: ignore[attr-defined]
        _add_verb_phrase(out, p, spec)


def _add_verb_phrase(out: Predicates, p: Predicate, spec: str) -> None:
    """As in "أضرم النار/النيران": every form of the verb with each of its fixed companions."""
    lemma, *rest = spec.split()
    for form in verb_forms(lemma, participles=False):
        for words in product(*(w.split("/") for w in rest)):
            tail = tuple(fold(w) for w in words)
            out.phrases.add((form.key, *tail), Fixed(p, form))
            if form.tense == "impf":
                out.phrases.add(("س" + form.key, *tail), Fixed(p, form, future=True))


class Said:
    """Words and word groups that a text may speak of; the first word may carry proclitics."""

    def __init__(self, texts: list[str]) -> None:
        self._phrases: Phrases[bool] = Phrases()
        for text in texts:
            self._phrases.add(phrase(text), True)

    def within(self, keys: list[str], lo: int, hi: int) -> bool:
        """Does one of them stand in tokens lo..hi?"""
        return any(True for _ in self._phrases.find(keys, lo, hi))


@dataclass(frozen=True, slots=True)
class Operators:
    """Operator classes by word form, plus the closed word lists of the clause grammar (as keys)."""

    verbs: FormIndex[str]
    words: dict[str, str]
    cancel: frozenset[str]
    state: frozenset[str]
    accident: Said
    crime: Said
    peaceful: Said
    mock: frozenset[str]
    mild: frozenset[str]
    court: frozenset[str]
    conflict: frozenset[str]
    airborne: frozenset[str]
    negative_particles: frozenset[str]
    negative_nouns: frozenset[str]
    openers: frozenset[str]
    that: frozenset[str]
    relative: frozenset[str]
    result: frozenset[str]
    agent: frozenset[str]
    doing: FormIndex[str]
    prepositions: dict[str, str]
    together: frozenset[str]
    both: frozenset[str]
    campaigns: frozenset[str]


@compiled
def operators() -> Operators:
    """The compiled operators; built at first use."""
    table = dict(files.toml("operators/operators.toml"))
    verbs: FormIndex[str] = FormIndex()
    doing: FormIndex[str] = FormIndex()
    words: dict[str, str] = {}
    for spec in table.pop("doing")["verbs"]:
        doing.add_verb(spec, "doing", participles=False, masdars=False)
    for kind, body in table.items():
        for spec in body.get("verbs", ()):
            verbs.add_verb(spec, kind, participles=kind not in ("condemn", "plain"))
        if kind not in ("cancel", "negation", "conjunctions", "state", "accident", "mild", "court", "conflict", "crime", "mock",
            "peaceful", "prepositions",
        ):  # fmt: skip
            for w in body.get("words", ()):
                words[fold(w)] = kind
    c, n, governing = table["conjunctions"], table["negation"], dict(table["prepositions"])
    together, both, campaigns = governing.pop("together"), governing.pop("both"), governing.pop("campaigns")

    def keys(ws: list[str]) -> frozenset[str]:
        return frozenset(fold(w) for w in ws)

    return Operators(
        verbs, words, keys(table["cancel"]["words"]), keys(table["state"]["words"]),
        Said(table["accident"]["words"]), Said(table["crime"]["words"]), 
        Said(table["peaceful"]["words"]), keys(table["mock"]["words"]), keys(table["mild"]["words"]),
        keys(table["court"]["words"]), keys(table["conflict"]["words"]),
        frozenset(table["airborne"]["words"]), keys(n["particles"]), keys(n["nouns"]),
        keys(c["openers"]), keys(c["that"]), keys(c["relative"]), keys(c["result"]), keys(c["agent"]),
        doing, {fold(w): kind for kind, ws in governing.items() for w in ws}, keys(together), keys(both), keys(campaigns),
    )  # fmt: skip
