"""What one word can be inside a party's name: head, adjective, nationality, title, given name, or its end.

Each written form is analysed once and remembered.
"""

from __future__ import annotations

from dataclasses import dataclass

from rasid.lexicon.actors import Country, Entry
from rasid.resolve.who_tables import STEPPED_OVER, HeadForm, Tables, tables
from rasid.text.keys import splits

PRONOUNS = ("هم", "ها", "ه")


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


_LIMIT = 200_000


class _Analyses(dict[str, "Word | None"]):
    """Every form is analysed once: `__missing__` lets `map` look words up without a Python call each."""

    def __missing__(self, key: str) -> Word | None:
        if len(self) > _LIMIT:
            self.clear()
        found = self[key] = SKIPPED if key in STEPPED_OVER else _analyse(key)
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


SKIPPED = Word("", "")
analyses = _Analyses()
mark_of = _Marks()


def _analyse(key: str) -> Word | None:
    t = tables()
    parted = splits(key)
    for clitics, rest in parted:
        stem = rest[2:] if rest.startswith("ال") and len(rest) > 4 else rest
        if rest in t.wholes or stem in t.bases:
            w = _roles(t, clitics, rest, stem)
            if w:
                return w
    if key.endswith(PRONOUNS):
        for clitics, rest in parted:
            w = _possessed(t, clitics, rest)
            if w:
                return w
    return _end(t, parted)


_VERBAL = frozenset({"", "و", "ف", "ل", "ول", "فل"})


def _end(t: Tables, parted: tuple[tuple[str, str], ...]) -> Word | None:
    for clitics, rest in parted:
        verb = clitics in _VERBAL and (rest in t.verbs or (rest[0] == "س" and rest[1:] in t.verbs))
        if verb or rest in t.stops:
            return Word(clitics, rest, stop=True, verb=verb, function=rest in t.functions)
    return None


def _roles(t: Tables, clitics: str, rest: str, stem: str) -> Word | None:
    definite = stem != rest
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
    known = w.names or w.head or w.nation or w.party or w.adjective or w.title or w.given or w.portfolio or w.qualifier
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
            if head and head.head.pronouns and (head.plural or head.head.id == "head.ally"):
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
