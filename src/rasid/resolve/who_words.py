"""What one word can be inside a party's name: head, adjective, nationality, title, given name, or its end.

Tables are compiled from the knowledge on first use; each written form is analysed once and remembered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from rasid.lexicon.actors import Country, Entry, Official, countries, officials, registry, words
from rasid.lexicon.inflect import verb_forms
from rasid.text.keys import bare, fold, phrase, splits
from rasid.text.phrases import Phrases
from rasid.text.tokens import tokenize

PRONOUNS = ("هم", "ها", "ه")
#: Heads whose pronoun points to a party: عناصره, قواتها; elsewhere it mostly does not (جانبه, وحدته).
_OWNED = frozenset(
    {
        "head.forces",
        "head.force",
        "head.fighter",
        "head.soldier",
        "head.men",
        "head.gear",
        "head.militia",
        "head.ally",
    }
)


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


@dataclass(slots=True, eq=False)
class Word:
    """One analysis of a written form; clitics are taken off only where the rest is known.

    ``names``: registered names start with it; ``single``: it is one; ``seconds``: second words of others.
    """

    clitics: str
    rest: str
    definite: bool = False
    names: bool = False
    single: bool = False
    seconds: frozenset[str] = frozenset()
    starts: bool = False
    opens: bool = False
    head: HeadForm | None = None
    pronoun: str = ""
    nation: Country | None = None
    party: tuple[Entry, ...] = ()
    shared: bool = False
    adjective: str = ""
    feminine: bool = False
    plural: bool = False
    title: str = ""
    free_title: bool = False
    side: str = ""
    given: bool = False
    portfolio: bool = False
    qualifier: bool = False
    stop: bool = False
    function: bool = False
    verb: bool = False


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
    return tuple(k for k in t.key if k not in _STEPPED_OVER)


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


def _heads(t: Tables) -> None:
    for raw in words("heads").values():
        head = Head(
            raw["id"],
            raw["kind"],
            raw["side"],
            raw["alone"],
            raw["takes"],
            raw.get("acts", raw["kind"] not in ("people", "official", "party", "institution")),
            raw.get("strict", False),
            frozenset(fold(w) for w in raw.get("not_after", ())),
        )
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


#: Heads whose definite noun may point back to any party that bears it: الحركة for حركة حماس.
_BEARING = frozenset(
    {"head.organisation", "head.group", "head.party", "head.alliance", "head.militia", "head.unit"}
)


def _own_nouns(t: Tables, e: Entry) -> set[str]:
    out = set()
    for name in e.names:
        first = phrase(name)[0]
        form = t.heads.get(first[2:] if first.startswith("ال") else first)
        if form and form.head.id in _BEARING:
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
    for raw in words("stops").values():
        t.stops.update(fold(w) for w in raw.get("words", ()))
        if raw["id"] == "stop.function":
            t.functions.update(fold(w) for w in raw["words"])
        if raw["id"] == "stop.work":
            t.works.update(fold(w) for w in raw["words"])
        if raw["id"] == "stop.harm":
            t.harm.update(fold(w) for w in raw["words"])
        for spec in raw.get("verbs", ()):
            t.verbs.update(f.key for f in verb_forms(spec, participles=False, masdars=False))
    t.verbs -= t.given


@cache
def group(name: str) -> frozenset[str]:
    """Keys of one closed class of words (knowledge/actors/words/links.toml)."""
    return frozenset(fold(w) for w in words("links")[f"link.{name}"]["words"])


@cache
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


_LIMIT = 200_000


class _Analyses(dict[str, "Word | None"]):
    """Every form is analysed once: `__missing__` lets `map` look words up without a Python call each."""

    def __missing__(self, key: str) -> Word | None:
        if len(self) > _LIMIT:
            self.clear()
        found = self[key] = SKIPPED if key in _STEPPED_OVER else _analyse(key)
        return found


class _Marks(dict[str, "str | None"]):
    """The country for which a written form speaks: a nationality or a well-known place of it."""

    def __missing__(self, key: str) -> str | None:
        if len(self) > _LIMIT:
            self.clear()
        marks = tables().marks
        w = analyses[key]
        code = marks.get(key) or (marks.get(key[1:]) if key[:1] in "وبفل" else None)
        if code is None and w is not None and w.nation:
            code = w.nation.code
        self[key] = code
        return code


#: Marks that may stand inside a name: quotation marks and brackets, and those of hashtags.
_STEPPED_OVER = frozenset("_#\"'`´«»‹›“”„‟‘’‚‛()[]{}﴾﴿（）")
SKIPPED = Word("", "")
analyses = _Analyses()
mark_of = _Marks()


def _analyse(key: str) -> Word | None:
    t = tables()
    for clitics, rest in splits(key):
        w = _roles(t, clitics, rest)
        if w:
            return w
    for clitics, rest in splits(key):
        w = _possessed(t, clitics, rest)
        if w:
            return w
    return _end(t, key)


_VERBAL = ("", "و", "ف", "ل", "ول", "فل")


def _end(t: Tables, key: str) -> Word | None:
    for clitics, rest in splits(key):
        verb = clitics in _VERBAL and (rest in t.verbs or (rest[0] == "س" and rest[1:] in t.verbs))
        if verb or rest in t.stops:
            return Word(clitics, rest, stop=True, verb=verb, function=rest in t.functions)
    return None


def _roles(t: Tables, clitics: str, rest: str) -> Word | None:
    definite = rest.startswith("ال") and len(rest) > 4
    stem = rest[2:] if definite else rest
    if rest not in t.wholes and stem not in t.bases:
        return None
    w = Word(clitics, rest, definite)
    if rest in t.firsts:
        w.names = True
        w.single, w.seconds = t.trie.opening(rest)
    head = t.heads.get(stem)
    if head and not (definite and head.construct):
        w.head, w.feminine, w.plural = head, head.feminine, head.plural
    _modifiers(t, w, rest, stem)
    title = t.titles.get(rest)
    if title:
        w.title, w.free_title, w.side = title
    w.given, w.portfolio, w.qualifier = rest in t.given, rest in t.portfolio, rest in t.qualifiers
    if not clitics:
        w.verb = rest in t.verbs
        w.stop = w.verb or rest in t.stops
        w.function = rest in t.functions
    known = (
        w.names
        or w.head
        or w.nation
        or w.party
        or w.adjective
        or w.title
        or w.given
        or w.portfolio
        or w.qualifier
    )
    w.starts = bool(w.names or w.head or (w.title and w.title != "names") or w.given)
    w.opens = w.starts or (w.plural and w.definite)
    return w if known else None


def _modifiers(t: Tables, w: Word, rest: str, stem: str) -> None:
    nation = t.nations.get(stem)
    if nation:
        w.nation, w.feminine, w.plural = nation
    party = t.parties.get(stem)
    if party:
        w.party, w.feminine, w.plural, w.shared = party
    adjective = t.adjectives.get(stem)
    if adjective:
        w.adjective = adjective[0]
        if not w.head:
            w.feminine, w.plural = adjective[1], adjective[2]
    elif rest in t.fixed:
        w.adjective = "other"


def _possessed(t: Tables, clitics: str, rest: str) -> Word | None:
    """A head noun with a pronoun: عناصره, قواتها, حليفهم."""
    if rest.startswith("ال"):
        return None
    for p in PRONOUNS:
        stem = rest[: -len(p)]
        if not rest.endswith(p) or len(stem) < 2:
            continue
        hamza = stem[:-1] + "ء" if stem.endswith(("اي", "او")) else ""  # حلفائهم, حلفاؤهم: of حلفاء
        for form in (stem, stem[:-1] + "ه" if stem.endswith("ت") else "", hamza):
            head = t.heads.get(form) if form else None
            if head and head.plural and head.head.id in _OWNED:
                return Word(
                    clitics,
                    rest,
                    starts=True,
                    opens=True,
                    head=head,
                    pronoun=p,
                    plural=head.plural,
                    feminine=head.feminine,
                )
    return None


def nouns_of(entry_id: str) -> Iterable[str]:
    """Stems of the definite nouns by which a text may point back to this party."""
    return tables().nouns.get(entry_id, ())


def raw_words(name: str) -> dict[str, Any]:
    """One file of word classes, for checks."""
    return words(name)
