"""Nouns of weapons, targets and services as a trie over lemmas; an entry names lemmas, forms follow.

The first word of a phrase inflects as a noun (dual, sound plural, accusative, the broken plurals of
``plurals.csv``); later words agree as adjectives or stand as genitives, in both genders and all numbers.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from rasid.lexicon import files
from rasid.lexicon.compiled import compiled
from rasid.lexicon.inflect import noun_forms, without_enclitic
from rasid.text.keys import bare, fold, phrase, splits

FOLDER = "nouns"
#: Fields that name the company of a phrase: the words next to it or near it.
_COMPANY = ("not_next", "not_prev", "needs_next", "needs_prev", "near")
_FIELDS = frozenset({"id", "value", "forms", "note", "yes", "no", "light", "adjective", "mark", *_COMPANY})
_CLITICS = frozenset({"", "و", "ف", "ب", "ل", "وب", "ول", "فب", "فل"})


@dataclass(frozen=True, slots=True)
class Noun:
    """An entry: what its phrases mean and the company they need or shun (keys without article).

    ``light``: a head that takes the kind of the noun after it (مبنى "building of").
    ``adjective``: the word is no noun after one that it describes.
    ``mark``: a vowel mark that stands for the rest of the company.
    """

    id: str
    slot: str
    value: str
    light: bool = False
    adjective: bool = False
    mark: str = ""
    not_next: frozenset[str] = frozenset()
    not_prev: frozenset[str] = frozenset()
    needs_next: frozenset[str] = frozenset()
    needs_prev: frozenset[str] = frozenset()
    near: frozenset[str] = frozenset()


@dataclass(slots=True)
class Node:
    """A place in the trie: what ends here and what may follow, by lemma."""

    nouns: list[Noun] = field(default_factory=list)
    after: dict[str, Node] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Head:
    """One way to read a token as the first word of phrases."""

    lemma: str
    clitic: str
    article: bool
    enclitic: str
    size: int
    """Letters of the word after clitics and article."""


class Nouns:
    """The compiled nouns. Lookups are cached by written word."""

    def __init__(self) -> None:
        self.roots: dict[str, Node] = {}
        self._heads: dict[str, list[str]] = {}
        self._tails: dict[str, list[str]] = {}
        self._head_memo: dict[str, tuple[Head, ...]] = {}
        self._tail_memo: dict[str, tuple[str, ...]] = {}
        self._plurals: dict[str, list[str]] = {}
        for row in files.rows(f"{FOLDER}/plurals.csv"):
            self._plurals.setdefault(row["singular"], []).append(row["plural"])
        self.words: dict[str, set[str]] = {}
        taught: set[str] = set()
        for name in files.names(FOLDER):
            data = files.toml(name)
            for e in data.get("entry", []):
                if data["kind"] == "adjective":
                    words = self.words.setdefault(e["value"], set())
                    words.update(k for w in e["forms"] for k in _tail_forms(w, []))
                else:
                    self._add(data["kind"], e, taught)

    def _add(self, slot: str, e: dict[str, Any], taught: set[str]) -> None:
        company = [frozenset(bare(k) for w in e.get(name, ()) for k in phrase(w)) for name in _COMPANY]
        light, adjective, mark = e.get("light", False), e.get("adjective", False), e.get("mark", "")
        noun = Noun(e["id"], slot, e["value"], light, adjective, mark, *company)
        for form in e["forms"]:
            first, *rest = form.split()
            if first not in self.roots:
                self._teach(self._heads, first, _head_forms(first, self._plurals.get(first, [])))
            node = self.roots.setdefault(first, Node())
            for word in map(_without_article, rest):
                if word not in taught:
                    taught.add(word)
                    self._teach(self._tails, word, _tail_forms(word, self._plurals.get(word, [])))
                node = node.after.setdefault(word, Node())
            node.nouns.append(noun)

    @staticmethod
    def _teach(table: dict[str, list[str]], lemma: str, forms: set[str]) -> None:
        for form in forms:
            lemmas = table.setdefault(form, [])
            if lemma not in lemmas:
                lemmas.append(lemma)

    def heads(self, key: str) -> tuple[Head, ...]:
        """The lemmas that a token may be a form of as a first word, with what was taken off."""
        found = self._head_memo.get(key)
        if found is None:
            if len(self._head_memo) > 100_000:
                self._head_memo.clear()
            found = self._head_memo[key] = tuple(self._find_heads(key))
        return found

    def _find_heads(self, key: str) -> list[Head]:
        out = []
        for clitic, rest in splits(key):
            if clitic not in _CLITICS:
                continue
            out += [Head(lemma, clitic, False, "", len(rest)) for lemma in self._heads.get(rest, ())]
            if rest.startswith("ال") and len(rest) > 3:
                bare_size = len(rest) - 2
                out += [Head(lemma, clitic, True, "", bare_size) for lemma in self._heads.get(rest[2:], ())]
            if out:
                return out
        for clitic, rest in splits(key):
            for stem, end in without_enclitic(rest) if clitic in _CLITICS else ():
                if len(stem) > 2:
                    out += [Head(lemma, clitic, False, end, len(rest)) for lemma in self._heads.get(stem, ())]
        return out

    def tails(self, key: str) -> tuple[str, ...]:
        """The lemmas that a token may be a form of as a later word of a phrase."""
        found = self._tail_memo.get(key)
        if found is None:
            if len(self._tail_memo) > 100_000:
                self._tail_memo.clear()
            digits = str(int(key)) if key.isdigit() else key
            found = tuple(self._tails.get(digits, ()))
            if digits.startswith("ال") and len(digits) > 3:
                found += tuple(self._tails.get(digits[2:], ()))
            self._tail_memo[key] = found
        return found


def _head_forms(lemma: str, plurals: list[str]) -> set[str]:
    """Keys of a noun in every number and case, and of broken plurals with their accusative.

    The construct dual is left to feminine nouns: of the others it looks like an adjective (صاروخي "rocket-").
    """
    out = {fold(form) for form, _ in noun_forms(lemma) if not form.endswith(("ةا", "ىا", "اا"))}
    if lemma.endswith("ة"):
        out.update((fold(lemma[:-1] + "تا"), fold(lemma[:-1] + "تي")))
    for plural in plurals:
        out.add(fold(plural))
        # plurals of the pattern of منازل take no tanween
        if not (len(plural) >= 5 and plural[2] == "ا") and not plural.endswith(("ة", "ات", "اء", "ين", "ون", "ي")):
            out.add(fold(plural + "ا"))
    return out


def _without_article(word: str) -> str:
    return word[2:] if word.startswith("ال") and len(word) > 4 else word


def _tail_forms(word: str, plurals: list[str]) -> set[str]:
    """Keys of a later word: as a noun in every number, and as an adjective in both genders."""
    out = _head_forms(word, plurals)
    stem = word[:-1] if word.endswith("ة") else word
    return out | _head_forms(stem, []) | _head_forms(stem + "ة", [])


@compiled
def nouns() -> Nouns:
    """The one index of nouns, built at first use."""
    return Nouns()


def entries() -> list[tuple[str, dict[str, Any]]]:
    """All entries as written, with their slot."""
    return [(files.toml(n)["kind"], e) for n in files.names(FOLDER) for e in files.toml(n).get("entry", [])]


def unknown_fields(e: dict[str, Any]) -> set[str]:
    """Fields that no entry of nouns may have."""
    return set(e) - _FIELDS
