"""What a word can be in a place phrase: head noun, part, side, nationality, first word of a known name.

Knowledge is ``knowledge/places/nouns.toml``. A `Looks` answers for one gazetteer and remembers each
word form, so
that most words of a text cost one dictionary look-up.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from rasid.lexicon import files
from rasid.lexicon.gazetteer import Gazetteer
from rasid.text.keys import fold, light, phrase, splits

#: Nouns that a nationality turns into a country (الأراضي السورية) or a border (الحدود السورية
#: التركية، الشريط الحدودي).
LANDS = frozenset({"الاراضي", "الاجواء", "المياه", "الداخل"})
BORDERS = frozenset({"الحدود", "حدود", "الشريط"})


@dataclass(slots=True, frozen=True)
class Head:
    """A head noun in one number (``sg``, ``dual``, ``pl``)."""

    id: str
    kind: str
    number: str
    accepts: tuple[str, ...]
    unknown: bool
    key: str
    lemma: str
    light: str


@dataclass(slots=True, frozen=True)
class Words:
    """The knowledge file, folded and turned into look-ups."""

    heads: dict[str, Head]
    anaphors: dict[str, Head]
    parts: dict[str, str]
    near: dict[tuple[str, ...], str]
    suffixed: dict[str, str]
    sides: frozenset[str]
    side_adjectives: frozenset[str]
    side_definite: frozenset[str]
    nationalities: dict[str, str]
    sets: dict[str, frozenset[str]]


def _folded(words: list[str]) -> frozenset[str]:
    return frozenset(" ".join(phrase(w)) for w in words)


@cache
def words() -> Words:
    """The words of place phrases, loaded once."""
    raw = files.toml("places/nouns.toml")
    heads: dict[str, Head] = {}
    anaphors: dict[str, Head] = {}
    for e in raw["head"]:
        for number in ("sg", "dual", "pl"):
            for form in e.get(number, ()):
                key = " ".join(phrase(form.split(":")[0]))
                heads.setdefault(key, _head(e, number, key, *form.split(":")[::-1]))
        for form in e["anaphor"]:
            key = fold(form)
            anaphors[key] = _head(e, "sg", key, key[2:])
    parts = {" ".join(phrase(f)): p["part"] for p in raw["part"] if p["part"] != "near" for f in p["forms"]}
    near = {phrase(f): "near" for p in raw["part"] if p["part"] == "near" for f in p["forms"]}
    suffixed = {fold(f): p["part"] for p in raw["part"] for f in p["suffixed"]}
    sets = {f"{s}.{k}": _folded(v) for s in ("context", "unknown") for k, v in raw[s].items()}
    return Words(
        heads,
        anaphors,
        parts,
        near,
        suffixed,
        _folded(raw["sides"]["noun"]),
        _folded(raw["sides"]["adjective"]),
        _folded(raw["sides"]["definite"]),
        _nationalities(raw["nationality"]),
        sets,
    )


def _head(e: dict[str, Any], number: str, key: str, lemma: str, form: str = "") -> Head:
    written = light(form or lemma)
    return Head(e["id"], e["kind"], number, tuple(e["accepts"]), e["unknown"], key, fold(lemma), written)


def _nationalities(raw: dict[str, list[str]]) -> dict[str, str]:
    """Forms of the adjectives of countries: gender, number, article (السورية، سوريين، والعراقية)."""
    out: dict[str, str] = {}
    for country, stems in raw.items():
        for stem in stems:
            s = fold(stem)
            for form in (s, s + "ه", s + "ين", s + "ون", s + "تين", s + "ان", s + "ات"):
                out[form] = country
                out["ال" + form] = country
    return out


@dataclass(slots=True)
class Look:
    """What one word form can open: each part holds (proclitics, rest) with what was found, or
    nothing.
    """

    names: tuple[tuple[str, str, dict[str, Any]], ...]
    head: tuple[str, Head] | None
    anaphor: tuple[str, Head] | None
    part: tuple[str, str] | None
    suffixed: tuple[str, str] | None
    side: str | None
    """Proclitics, when the word is a side (شمال)."""
    side_definite: str | None
    nation: str | None
    lands: tuple[str, str] | None
    """A common noun that opens a phrase with nationalities (الأراضي، الحدود، الشريط)."""
    builds: bool = False
    """Can it open a phrase as a noun (not as a name)?"""

    @property
    def opens(self) -> bool:
        """Can a place phrase begin here at all? (A nationality alone cannot.)"""
        return self.builds or bool(self.names)


class Looks:
    """Looks of word forms in one gazetteer."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self.words = words()
        self.seen: dict[str, Look | None] = {}
        self._has: dict[str, dict[str, bool]] = {}
        self.before: dict[str, str] = {}
        """Class of preposition of a word form, filled in by `where_roles`."""

    def get(self, key: str) -> Look | None:
        """The look of a token key; None for the many words that open no place phrase."""
        try:
            return self.seen[key]
        except KeyError:
            if len(self.seen) > 400_000:
                self.seen.clear()
            look = self.seen[key] = self._make(key)
            return look

    def _make(self, key: str) -> Look | None:
        w, root = self.words, self.gazetteer.root
        ways = splits(key)
        look = Look(
            tuple((c, r, root[r]) for c, r in ways if r in root and "ك" not in c and c != "ف"),
            next(((c, w.heads[r]) for c, r in ways if r in w.heads and "ك" not in c), None),
            next(((c, w.anaphors[r]) for c, r in ways if r in w.anaphors), None),
            next(((c, w.parts[r]) for c, r in ways if r in w.parts), None),
            next(((c, w.suffixed[r]) for c, r in ways if r in w.suffixed), None),
            next((c for c, r in ways if r in w.sides), None),
            next((c for c, r in ways if r in w.side_definite), None),
            next((w.nationalities[r] for _, r in ways if r in w.nationalities), None),
            next(((c, r) for c, r in ways if r in LANDS or r in BORDERS), None),
        )
        nouns = (look.head, look.anaphor, look.part, look.suffixed, look.lands)
        look.builds = any(nouns) or look.side is not None or look.side_definite is not None
        return look if look.builds or look.names or look.nation else None

    def has(self, name: str, key: str) -> bool:
        """Is the word, with or without proclitics and article, in the context set ``name``?"""
        known = self._has.setdefault(name, {})
        found = known.get(key)
        if found is None:
            members = self.words.sets["context." + name]
            # a noun with the article governs no genitive: only loose sets look behind it
            loose = name not in ("inside", "people")
            found = known[key] = any(r in members or (loose and _bare(r) in members) for _, r in splits(key))
        return found


def _bare(key: str) -> str:
    return key[2:] if key.startswith("ال") and len(key) > 4 else key
