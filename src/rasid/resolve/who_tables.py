"""The word tables of the search for parties, compiled from the knowledge on first use."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from rasid.lexicon.actors import Country, Entry, Official, countries, officials, registry, words
from rasid.lexicon.compiled import compiled
from rasid.lexicon.inflect import verb_forms
from rasid.text.keys import bare, fold, phrase
from rasid.text.phrases import Phrases
from rasid.text.tokens import tokenize

#: Letters that abbreviate the names of agencies (أ.ف.ب).
LETTERS = frozenset("افبدش")


@dataclass(frozen=True, slots=True)
class Head:
    """A class of head nouns (see knowledge/actors/words/heads.toml)."""

    id: str
    kind: str
    side: str
    alone: str
    takes: str
    acts: bool
    strict: bool
    not_after: frozenset[str]
    definite_only: bool
    human: bool
    pronouns: bool
    bears: bool
    back: bool


@dataclass(frozen=True, slots=True)
class HeadForm:
    """One written form of a head noun. ``stem`` joins the forms of one noun.

    ``construct``: it stands only before what it governs; ``absolute``: it governs nothing (مسلحون, جنديين).
    """

    head: Head
    stem: str
    plural: bool
    feminine: bool
    construct: bool
    absolute: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """What a phrase of the trie stands for: exactly one of the four is set."""

    entry: Entry | None = None
    country: Country | None = None
    official: Official | None = None
    head: HeadForm | None = None
    weak: bool = False
    capital: bool = False
    partisan: bool = False
    generic: bool = False


#: Marks that may stand inside a name: quotation marks and brackets, and those of hashtags.
STEPPED_OVER = frozenset("_#\"'`´«»‹›“”„‟‘’‚‛()[]{}﴾﴿（）")


@dataclass(slots=True)
class Tables:
    """Everything compiled."""

    trie: Phrases[Named] = field(default_factory=Phrases)
    firsts: set[str] = field(default_factory=set)
    wholes: set[str] = field(default_factory=set)
    bases: set[str] = field(default_factory=set)
    heads: dict[str, HeadForm] = field(default_factory=dict)
    adjectives: dict[str, tuple[str, bool, bool]] = field(default_factory=dict)
    fixed: set[str] = field(default_factory=set)
    nations: dict[str, tuple[Country, bool, bool]] = field(default_factory=dict)
    parties: dict[str, tuple[tuple[Entry, ...], bool, bool, bool]] = field(default_factory=dict)
    titles: dict[str, tuple[str, bool, str]] = field(default_factory=dict)
    given: set[str] = field(default_factory=set)
    portfolio: set[str] = field(default_factory=set)
    qualifiers: set[str] = field(default_factory=set)
    stops: set[str] = field(default_factory=set)
    functions: set[str] = field(default_factory=set)
    works: set[str] = field(default_factory=set)
    rare: set[str] = field(default_factory=set)
    harm: set[str] = field(default_factory=set)
    address: set[str] = field(default_factory=set)
    motion: set[str] = field(default_factory=set)
    verbs: set[str] = field(default_factory=set)
    marks: dict[str, str] = field(default_factory=dict)
    proxies: dict[str, list[Entry]] = field(default_factory=dict)
    called: dict[str, list[Entry]] = field(default_factory=dict)
    nouns: dict[str, frozenset[str]] = field(default_factory=dict)


def name_keys(name: str) -> tuple[str, ...]:
    """Keys of a name as the scan will see its tokens: digits and signs stand alone (لجنة 5+5, عربي21)."""
    if name.replace(" ", "").isalpha():
        return phrase(name)
    t = tokenize(name)
    return tuple(k for k in t.key if k not in STEPPED_OVER)


def adjective_keys(lemma: str) -> Iterator[tuple[str, bool, bool]]:
    """Forms of an adjective (key without article, feminine, plural); ``كردي/أكراد`` names a broken plural."""
    lemma, _, broken = lemma.partition("/")
    base = fold(lemma)
    if broken:
        yield fold(broken), False, True
        yield fold(broken) + "ا", False, True
    yield base, False, False
    yield base + "ا", False, False
    yield base + "ه", True, False
    yield base + "ات", True, True
    for dual in ("ان", "ين", "ون"):
        yield base + dual, False, True
    for dual in ("تان", "تين"):
        yield base + dual, True, True
    yield base + "و", False, True
    if not base.endswith("ي"):
        yield base + "ي", False, True


def noun_keys(word: str, shape: str) -> Iterator[tuple[str, bool, bool]]:
    """Forms of a head noun (key without article, plural, construct only) by its shape in the file."""
    base = fold(word)
    yield base, shape == "plural", False
    if shape == "feminine":
        stem = base[:-1] if base.endswith("ه") else base
        for end in ("ات", "تان", "تين"):
            yield stem + end, True, False
        for end in ("تا", "تي"):
            yield stem + end, True, True
        return
    if not base.endswith(("ه", "ا", "ي")) or shape != "plural":
        yield base + "ا", shape == "plural", False
    if shape == "plural":
        return
    yield base + "ان", True, False
    yield base + "ين", True, False
    yield base + "ا", True, True
    if shape == "sound":
        yield base + "ون", True, False
        yield base + "و", True, True
        yield base + "ي", True, True


def stem_of(key: str) -> str:
    """One key for the forms of a definite noun that texts point back with (المتمردون, المتمردين)."""
    bare = key[2:] if key.startswith("ال") and len(key) > 4 else key
    return bare[:-2] + "ين" if bare.endswith("ون") and len(bare) > 4 else bare


def _head(raw: dict[str, Any]) -> Head:
    flags = raw.get("flags", ())
    return Head(
        id=raw["id"],
        kind=raw["kind"],
        side=raw["side"],
        alone=raw["alone"],
        takes=raw["takes"],
        acts=raw.get("acts", raw["kind"] not in ("people", "official", "party", "institution")),
        strict=raw.get("strict", False),
        not_after=frozenset(fold(w) for w in raw.get("not_after", ())),
        definite_only=raw.get("definite_only", False),
        human="human" in flags,
        pronouns="pronouns" in flags,
        bears="bears" in flags,
        back="back" in flags,
    )


def _heads(t: Tables) -> None:
    for raw in words("heads").values():
        head = _head(raw)
        for shape in ("plural", "feminine", "sound", "singular"):
            for word in raw.get(shape, ()):
                for key, plural, construct in noun_keys(word, shape):
                    feminine = shape == "feminine" or (shape == "plural" and key.endswith("ات"))
                    absolute = shape != "plural" and key != fold(word) and key.endswith(("ون", "ين", "ان"))
                    form = HeadForm(head, _noun_stem(word, shape), plural, feminine, construct, absolute)
                    t.heads.setdefault(key, form)
        for text in raw.get("phrases", ()):
            keys = phrase(text)
            plural = keys[0].endswith("ات") or bare(keys[0]) in group("human_plurals")
            t.trie.add(keys, Named(head=HeadForm(head, stem_of(keys[0]), plural, plural, False)))


def _noun_stem(word: str, shape: str) -> str:
    return fold(word) + "ين" if shape == "sound" else fold(word)


def _adjectives(t: Tables) -> None:
    for raw in words("adjectives").values():
        role = raw.get("gives") or ("force" if raw.get("force") else "other")
        for lemma in raw["lemmas"]:
            for key, feminine, plural in adjective_keys(lemma):
                t.adjectives.setdefault(key, (role, feminine, plural))
        t.fixed.update(fold(w) for w in raw.get("fixed", ()))


def _countries(t: Tables) -> None:
    for c in countries().values():
        for name in c.names:
            t.trie.add(phrase(name), Named(country=c))
        for name in c.capitals:
            t.trie.add(phrase(name), Named(country=c, capital=True))
        for name in c.names + c.capitals:
            if len(phrase(name)) == 1:
                t.marks.setdefault(fold(name), c.code)
        for lemma in c.adjectives:
            for key, feminine, plural in adjective_keys(lemma):
                t.nations.setdefault(key, (c, feminine, plural))
        for word in c.plurals:
            key = fold(word)
            t.nations.setdefault(key[2:], (c, False, True))
        for mark in c.marks:
            keys = phrase(mark)
            t.marks.setdefault(keys[0] if len(keys) == 1 else keys[-1], c.code)


def _registry(t: Tables) -> None:
    for e in registry().values():
        for name in e.names:
            t.trie.add(name_keys(name), Named(entry=e))
        for name in e.generic:
            t.trie.add(name_keys(name), Named(entry=e, generic=True))
        for name in e.partisan:
            t.trie.add(name_keys(name), Named(entry=e, partisan=True))
        for name in (*e.weak, *(n for n in e.called if len(n.split()) > 1)):
            t.trie.add(name_keys(name), Named(entry=e, weak=True))
        for lemma in e.adjectives:
            _party_adjective(t, e, lemma, shared=False)
        for lemma in e.shared_adjectives:
            _party_adjective(t, e, lemma, shared=True)
        if e.backed_by:
            t.proxies.setdefault(e.backed_by, []).append(e)
        stems = {stem_of(fold(n)) for n in e.called if len(n.split()) == 1}
        for stem in stems:
            t.called.setdefault(stem, []).append(e)
        t.nouns[e.id] = frozenset(stems | _own_nouns(t, e))
    for o in officials():
        for name in (o.name, *o.aliases):
            t.trie.add(name_keys(name), Named(official=o))
        for name in o.weak:
            t.trie.add(name_keys(name), Named(official=o, weak=True))


def _party_adjective(t: Tables, e: Entry, lemma: str, *, shared: bool) -> None:
    for key, feminine, plural in adjective_keys(lemma):
        before = t.parties.get(key)
        t.parties[key] = ((*(before[0] if before else ()), e), feminine, plural, shared)


def _own_nouns(t: Tables, e: Entry) -> set[str]:
    out = set()
    for name in e.names + e.generic:
        first = phrase(name)[0]
        form = t.heads.get(first[2:] if first.startswith("ال") else first)
        if form and form.head.bears:
            out.add(form.stem)
    return out


def _people(t: Tables) -> None:
    for raw in words("titles").values():
        rank, side = raw["id"].rpartition(".")[2], raw.get("side", "none")
        for free, key in ((False, "construct"), (True, "free")):
            for w in raw.get(key, ()):
                t.titles.setdefault(fold(w), (rank, free, side))
        t.portfolio.update(fold(w) for w in raw.get("words", ()))
        t.qualifiers.update(fold(w) for w in raw.get("qualifiers", ()))
        t.titles.update((fold(w), ("names", False, "none")) for w in raw.get("voice", ()))
    for raw in words("given_names").values():
        t.given.update(fold(w) for w in raw["names"])


def _stops(t: Tables) -> None:
    named = {
        "stop.function": t.functions,
        "stop.work": t.works,
        "stop.harm": t.harm,
        "stop.address": t.address,
        "stop.motion": t.motion,
    }
    for raw in words("stops").values():
        keys = {fold(w) for w in raw.get("words", ())}
        verbs = {f.key for v in raw.get("verbs", ()) for f in verb_forms(v, participles=False, masdars=False)}
        t.stops |= keys
        t.verbs |= verbs
        if raw["id"] in named:
            named[raw["id"]] |= keys | verbs
    t.verbs -= t.given


@cache
def group(name: str) -> frozenset[str]:
    """Keys of one closed class of words (knowledge/actors/words/links.toml)."""
    return frozenset(fold(w) for w in words("links")[f"link.{name}"]["words"])


@compiled
def tables() -> Tables:
    """Compile the knowledge once."""
    t = Tables()
    for fill in (_heads, _adjectives, _countries, _registry, _people, _stops):
        fill(t)
    t.firsts = t.trie.firsts()
    t.rare = t.works | LETTERS
    t.wholes = t.firsts.union(t.titles, t.given, t.portfolio, t.qualifiers, t.fixed)
    t.bases = set().union(t.heads, t.adjectives, t.nations, t.parties)
    return t
