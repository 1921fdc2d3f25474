"""An index from written words to what they may be a form of: clitics, article and pronouns are taken off by lexicon.

A split is believed only when the rest is a form that can carry that clitic: prepositions go with nouns, س with the
imperfect, pronouns with verbs and with nouns that have no article.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from rasid.lexicon.inflect import Form, noun_forms, verb_forms, without_enclitic
from rasid.text.keys import fold, splits

V = TypeVar("V")

NOMINAL = {"masdar", "part", "noun"}


@dataclass(frozen=True, slots=True)
class Match(Generic[V]):
    """One way to read a word: the owner of the lemma, the form, and what was taken off.

    proclitics: letters before the stem, without the article (``و``, ``ب``, ``ول`` ...; ``س`` marks the future);
    article: ال stood before the stem; enclitic: the pronoun taken off, or "".
    """

    value: V
    form: Form
    proclitics: str = ""
    article: bool = False
    enclitic: str = ""


class FormIndex(Generic[V]):
    """Words to matches. Fill it with `add_verb`, `add_noun`, `add_form`, then ask `lookup`; answers are cached."""

    def __init__(self) -> None:
        self._forms: dict[str, list[tuple[Form, V]]] = {}
        self._cache: dict[str, tuple[Match[V], ...]] = {}

    def add_form(self, form: Form, value: V) -> None:
        """Add one written form (its key folded)."""
        self._forms.setdefault(form.key, []).append((form, value))

    def add_verb(self, spec: str, value: V, *, participles: bool = True, masdars: bool = True) -> None:
        """Add every form of a verb lemma (see `lexicon.inflect`)."""
        for f in verb_forms(spec, participles=participles, masdars=masdars):
            self.add_form(f, value)

    def add_noun(self, lemma: str, value: V, *, plurals: Iterable[str] = (), tense: str = "noun") -> None:
        """Add a noun with its accusative, dual and sound plurals, and the broken plurals that are named."""
        feminine = lemma.endswith("ة")
        for form, number in noun_forms(lemma):
            self.add_form(Form(fold(form), tense, "ap", 0, number, "f" if feminine else "m"), value)
        for plural in plurals:
            self.add_form(Form(fold(plural), tense, "ap", 0, "p", "f"), value)
            if not plural.endswith(("ة", "ا")):
                self.add_form(Form(fold(plural) + "ا", tense, "ap", 0, "p", "f"), value)

    def lookup(self, key: str) -> tuple[Match[V], ...]:
        """Every reading of a folded word; a whole-word reading shuts out those that need a split."""
        got = self._cache.get(key)
        if got is None:
            got = self._cache[key] = tuple(self._analyse(key))
        return got

    def _analyse(self, key: str) -> list[Match[V]]:
        whole = self._stem(key, "")
        if whole:
            return whole
        out: list[Match[V]] = []
        for clitics, rest in splits(key):
            if clitics:
                out += self._stem(rest, clitics)
        if not out:
            for clitics, rest in splits(key):
                out += self._with_pronoun(rest, clitics)
        seen: dict[tuple[int, Form, str], Match[V]] = {}
        for m in out:
            seen.setdefault((id(m.value), m.form, m.enclitic), m)
        return list(seen.values())

    def _stem(self, stem: str, clitics: str) -> list[Match[V]]:
        out = [Match(v, f, clitics) for f, v in self._forms.get(stem, ()) if _fits(f, clitics)]
        if stem.startswith("ال"):
            out += [Match(v, f, clitics, True) for f, v in self._forms.get(stem[2:], ()) if f.tense in NOMINAL]
        if stem.startswith("س") and (clitics in ("", "و", "ف")):
            out += [Match(v, f, clitics + "س") for f, v in self._forms.get(stem[1:], ()) if f.tense == "impf"]
        return out

    def _with_pronoun(self, stem: str, clitics: str) -> list[Match[V]]:
        out: list[Match[V]] = []
        for rest, pronoun in without_enclitic(stem):
            out += [Match(v, f, clitics, False, pronoun) for f, v in self._forms.get(rest, ()) if _fits(f, clitics)]
            if rest.startswith("س") and clitics in ("", "و", "ف"):
                out += [
                    Match(v, f, clitics + "س", False, pronoun)
                    for f, v in self._forms.get(rest[1:], ())
                    if f.tense == "impf"
                ]
        return out


def _fits(form: Form, clitics: str) -> bool:
    """Can this form carry these proclitics? Prepositions need nouns; ل may also stand before the imperfect."""
    if not clitics or clitics in ("و", "ف"):
        return True
    if form.tense in NOMINAL:
        return True
    return clitics.endswith("ل") and form.tense == "impf"
