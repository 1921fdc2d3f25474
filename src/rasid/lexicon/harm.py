"""The words of harm (`knowledge/harm`): people, the states harm leaves them in, deeds, and words around them.

`words()` gives an analyser from folded words to `Word`, which holds every sense a word may have here; the
resolver asks it once per token. Loaded on first use, answers are cached by word.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from rasid.lexicon import files
from rasid.lexicon.compiled import compiled
from rasid.lexicon.forms import FormIndex, Match
from rasid.lexicon.inflect import ENCLITICS, Form, noun_forms
from rasid.text.keys import bare, fold, phrase


@dataclass(frozen=True, slots=True)
class Noun:
    """One written form of a noun for people.

    number: ``s``, ``d``, ``p``, or ``x`` where dual and plural look alike. case: ``n`` or ``a`` where letters
    tell, else "". ``status``: the harm that the noun itself states, or "".
    """

    id: str
    who: str
    number: str
    case: str
    status: str = ""
    alone: str = ""
    unit: str = ""
    loose: bool = False
    nation: bool = False
    feminine: bool = False
    counted_only: bool = False
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Deed:
    """A word for the act; fields as `knowledge/harm/deeds.toml` explains them."""

    id: str
    status: str
    frame: str
    weak: bool
    needs: frozenset[str]
    prep: frozenset[str]
    pronoun: str
    after_lam: frozenset[str]
    topic: bool
    her: bool
    civil: bool
    held: bool
    counted: bool
    happens: bool


@dataclass(frozen=True, slots=True)
class Role:
    """What a word does around harm: ``block``, ``partial``, ``thing``, ``toll_count`` ...

    ``article``: False where the word with ال is another one (أحد "one of", الأحد "Sunday"). ``who``: for the
    role ``sign``, what the word tells of people of a neutral noun.
    """

    name: str
    article: bool = True
    who: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """A noun as it stands in the text: what was taken off it."""

    noun: Noun
    clitics: str
    definite: bool
    enclitic: str


@dataclass(frozen=True, slots=True)
class Act:
    """A deed as it stands in the text; ``tense`` is perf, impf or masdar."""

    deed: Deed
    form: Form
    clitics: str
    definite: bool
    enclitic: str


@dataclass(frozen=True, slots=True)
class Word:
    """All senses of one folded word.

    ``clitics``: the proclitics of its first sense; ``role``: the proclitics that it has in each role.
    """

    people: Seen | None
    state: Seen | None
    acts: tuple[Act, ...]
    role: dict[str, str]
    sign: str
    clitics: str
    given_name: bool
    marks: tuple[str, ...]
    """Roles that a sentence is searched for, ``act`` and ``state`` among them."""


Value = Noun | Deed | Role

_MARKS = frozenset(
    {"negate", "partial", "beneath", "among", "losses", "toll_count", "through", "number_of", "rise", "case"}
    | {"choking"}
)
_NUMBER_OF = {"s": "s", "d": "d", "p": "p"}


class Words(dict[str, "Word | None"]):
    """Analyses by key, made when first asked for; forgotten when they grow past all reason."""

    def __init__(self, index: FormIndex[Value], names: frozenset[str]) -> None:
        super().__init__()
        self._index = index
        self._names = names

    def __missing__(self, key: str) -> Word | None:
        if len(self) > 200_000:
            self.clear()
        matches = self._index.lookup(key)
        got = self[key] = self._word(key, matches) if matches or key in self._names else None
        return got

    def _word(self, key: str, matches: tuple[Match[Value], ...]) -> Word:
        role: dict[str, str] = {}
        sign = ""
        for m in matches:
            v = m.value
            if isinstance(v, Role) and not m.enclitic and (v.article or not m.article):
                role.setdefault(v.name, m.proclitics)
                sign = sign or v.who
        nouns = [_seen(m, m.value) for m in matches if isinstance(m.value, Noun)]
        people = next((n for n in nouns if not n.noun.status), None)
        state = next((n for n in nouns if n.noun.status), None)
        acts = tuple(_act(m, m.value) for m in matches if isinstance(m.value, Deed) and m.form.person != 1)
        marks = tuple(r for r in role if r in _MARKS) + ("act",) * bool(acts) + ("state",) * (state is not None)
        clitics = matches[0].proclitics if matches else ""
        return Word(people, state, acts, role, sign, clitics, key in self._names, marks)


def _seen(m: Match[Value], noun: Noun) -> Seen:
    return Seen(noun, m.proclitics, m.article, m.enclitic)


def _act(m: Match[Value], deed: Deed) -> Act:
    return Act(deed, m.form, m.proclitics, m.article, m.enclitic)


def _noun_values(spec: str, **common: Any) -> Iterator[tuple[str, Noun]]:
    """Written forms of one noun line of people.toml or states.toml, with number and case."""
    first, *rest = spec.split()
    if first.startswith("2"):
        for dual in (first[1:], *rest):
            yield dual, Noun(number="d", case="n" if dual.endswith("ان") else "a", **common)
        return
    if first.startswith("+"):
        for plural in (first[1:], *rest):
            yield from _plural(plural, common)
        return
    if first.startswith("="):
        yield first[1:], Noun(number="s", case="", **common)
        return
    sound = "ون" in rest
    yield from _inflected(first, sound, common)
    for plural in rest:
        if plural == "ات":
            yield first + "ات", Noun(number="p", case="", **common)
        elif plural == "ة":
            yield from _inflected(first + "ة", False, {**common, "feminine": True})
        elif plural not in ("ون", "(ون)"):
            yield from _plural(plural, common)


def _plural(plural: str, common: dict[str, Any]) -> Iterator[tuple[str, Noun]]:
    case = "n" if plural.endswith("ون") else "a" if plural.endswith("ين") else ""
    yield plural, Noun(number="p", case=case, **common)
    if plural[-1] not in "ةاءنىي":
        yield plural + "ا", Noun(number="p", case="a", **common)


def _inflected(lemma: str, sound: bool, common: dict[str, Any]) -> Iterator[tuple[str, Noun]]:
    feminine = {**common, "feminine": common.get("feminine", False) or lemma.endswith("ة")}
    for form, number in noun_forms(lemma):
        case = "n" if form.endswith(("ان", "ون", "تا")) else "a" if form.endswith("ين") else ""
        if form == lemma + "ا":
            case = "a"
        if form == lemma + "ين" and sound:
            number = "x"
        yield form, Noun(number=number, case=case if form != lemma else "", **feminine)
    if not lemma.endswith(("ة", "ى", "ي", "ا")) or lemma.endswith("ي"):
        # construct state: ضابطي شرطة "two officers of police", مقاتلي المعارضة "fighters of the opposition"
        yield (
            lemma + ("يي" if lemma.endswith("ي") else "ي"),
            Noun(number="p" if sound else "d", case="a", **common),
        )
        if sound:
            yield lemma + "و", Noun(number="p", case="n", **common)


def _people(index: FormIndex[Value]) -> None:
    for e in files.toml("harm/people.toml")["entry"]:
        common = {"id": e["id"], "who": e["who"], "unit": e.get("unit", ""), "nation": e.get("nation", False)}
        common["plain"] = e.get("plain", False)
        homographs = frozenset(fold(w) for w in e.get("counted_only", []))
        for loose in (False, True):
            for spec in e.get("loose" if loose else "nouns", []):
                _add(index, _noun_values(spec, **common, loose=loose), homographs)


def _states(index: FormIndex[Value]) -> None:
    for e in files.toml("harm/states.toml")["entry"]:
        common = {"id": e["id"], "who": "unknown", "status": e["status"], "alone": e["alone"]}
        for loose in (False, True):
            for spec in e.get("loose" if loose else "nouns", []):
                _add(index, _noun_values(spec, **common, loose=loose))


def _add(index: FormIndex[Value], forms: Iterator[tuple[str, Noun]], homographs: frozenset[str] = frozenset()) -> None:
    for form, noun in forms:
        if fold(form) in homographs:
            noun = replace(noun, counted_only=True)
        index.add_form(Form(fold(form), "noun", number=_NUMBER_OF.get(noun.number, "p")), noun)


def _deed(e: dict[str, Any]) -> Deed:
    return Deed(
        e["id"], e["status"], e["frame"], e.get("weak", False),
        needs=frozenset(k for w in e.get("needs", []) for k in _with_pronouns(fold(w))),
        prep=frozenset(fold(w) for w in e.get("prep", [])),
        pronoun=e.get("pronoun", "all"),
        after_lam=frozenset(fold(w) for w in e.get("after_lam", [])),
        topic=e.get("topic", False),
        her=e.get("her", False),
        civil=e.get("civil", False),
        held=e.get("held", False),
        counted=e.get("counted", False),
        happens=e.get("happens", False),
    )  # fmt: skip


def _deeds(index: FormIndex[Value]) -> None:
    for e in files.toml("harm/deeds.toml")["entry"]:
        deed = _deed(e)
        for spec in e.get("verbs", []):
            index.add_verb(spec, deed, participles=False)
        for noun in e.get("nouns", []):
            index.add_form(Form(fold(noun), "masdar", number="s"), deed)
        for form in e.get("forms", []):
            tense = "impf" if form.startswith("ي") else "perf"
            index.add_form(Form(fold(form), tense, "p", 3, "p" if form.endswith(("وا", "ون")) else "s"), deed)


def _with_pronouns(key: str) -> Iterator[str]:
    """The word alone and with each pronoun: "حتف", "حتفهم"; ة opens to ت."""
    yield key
    if not key.startswith("ال"):
        stem = key[:-1] + "ت" if key.endswith("ه") else key
        yield from (stem + e for e in ENCLITICS)


def _roles(index: FormIndex[Value]) -> None:
    for e in files.toml("harm/context.toml")["entry"]:
        role = Role(e["role"], e.get("article", True))
        for word in e["words"]:
            key = fold(word)
            index.add_form(Form(key[2:] if key.startswith("ال") and len(key) > 4 else key, "noun"), role)
        for spec in e.get("verbs", []):
            index.add_verb(spec, role, participles=False)


def _signs(index: FormIndex[Value]) -> None:
    for e in files.toml("harm/people.toml")["entry"]:
        for word in e.get("signs", []):
            index.add_form(Form(bare(phrase(word)[0]), "noun"), Role("sign", who=e["who"]))


def _given_names() -> frozenset[str]:
    out = {
        fold(n)
        for e in files.toml("actors/words/given_names.toml")["entry"]
        if not e.get("shared")
        for n in e.get("names", [])
    }
    return frozenset(out | {fold(k) for k in ("أبو", "أبي", "أبا")})


@compiled
def words() -> Words:
    """The analyser over the shipped knowledge."""
    index: FormIndex[Value] = FormIndex()
    _people(index)
    _states(index)
    _deeds(index)
    _roles(index)
    _signs(index)
    return Words(index, _given_names())
