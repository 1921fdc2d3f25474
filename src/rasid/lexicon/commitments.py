"""The knowledge about words given: what opens a commitment, what its terms ask for, what makes a
meeting."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from rasid.errors import KnowledgeError
from rasid.lexicon.actors import countries
from rasid.lexicon.compiled import compiled
from rasid.lexicon.files import toml
from rasid.lexicon.forms import FormIndex, Match
from rasid.lexicon.inflect import Form, verb_forms
from rasid.text.keys import fold, phrase

FOLDER = "commitments"
_KINDS = ("pledges", "agreements", "offers", "demands", "threats", "refusals")
_FIELDS = {
    "id", "kind", "verb", "noun", "plurals", "words", "tenses", "topic", "to", "carriers", "alone",
    "needs", "act",
    "acts",
    "with", "never", "except", "note", "yes", "no",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word that opens a commitment.

    topic: how its terms are introduced: a preposition's key (``ب``, ``ل``, ``الي``, ``علي``,
        ``عن``, ``من``, ``في``), ``ان`` (a clause), ``object`` (the next noun phrase), ``clause``
        (يقضي بـ and its like).
    to: how the addressee stands: ``object`` or a preposition's key.
    carriers: classes of verbs that make the noun a commitment (أكد in "أكد رفضه"); ``alone``: the
        noun also counts without one.
    needs: ``act`` (a term that the act lexicon knows), ``party`` (a speaker that can give its
        word), ``speaker``, ``addressee``, or "".
    act: what it promises when no term is told.
    acts: the acts that it may have (empty: any).
    needed: words of which one must stand in the terms.
    never: words that, at the head of the terms, make it something else.
    """

    id: str
    kind: str
    shape: str
    topic: frozenset[str]
    to: frozenset[str]
    carriers: frozenset[str]
    alone: bool
    needs: str
    act: str
    acts: frozenset[str]
    needed: frozenset[str]
    never: frozenset[str]
    tenses: frozenset[str]
    unless: frozenset[str]


@dataclass(frozen=True, slots=True)
class ActRule:
    """A head word, alone (gap 0) or with an object word within ``gap`` tokens, gives an act; see
    acts.toml.
    """

    id: str
    act: str
    head: str
    object: str
    gap: int
    lead: bool
    first: bool


def _keys(words: Iterable[str]) -> frozenset[str]:
    return frozenset(fold(w) for w in words)


def _trigger(e: Mapping[str, Any], where: str) -> Trigger:
    unknown = set(e) - _FIELDS
    if unknown:
        raise KnowledgeError(f"unknown field {sorted(unknown)}", where=f"{where}: {e.get('id')}", mend="see the README")
    return Trigger(
        id=e["id"],
        kind=e["kind"],
        shape="verb" if "verb" in e else "noun",
        topic=_keys(e.get("topic", ())),
        to=_keys(e.get("to", ())),
        carriers=frozenset(e.get("carriers", ())),
        alone=e.get("alone", not e.get("carriers")),
        needs=e.get("needs", ""),
        act=e.get("act", ""),
        acts=frozenset(e.get("acts", ())),
        needed=_keys(e.get("with", ())),
        never=_keys(e.get("never", ())),
        tenses=frozenset(e.get("tenses", ("perf", "impf", "part"))),
        unless=_keys(e.get("except", ())),
    )


def entries() -> list[dict[str, Any]]:
    """All trigger entries as the files hold them, with their examples."""
    return [e for kind in _KINDS for e in toml(f"{FOLDER}/{kind}.toml")["entry"]]


@compiled
def triggers() -> FormIndex[Trigger]:
    """Words to the commitments that they may open."""
    index: FormIndex[Trigger] = FormIndex()
    for e in entries():
        t = _trigger(e, FOLDER)
        if "verb" in e:
            index.add_verb(e["verb"], t)
        for noun in [e["noun"]] if "noun" in e else []:
            index.add_noun(noun, t, plurals=e.get("plurals", ()))
        _add_words(index, e.get("words", ()), t)
    return index


def _add_words(index: FormIndex[Any], words: Iterable[str], value: object) -> None:
    for w in words:
        index.add_form(Form(fold(w), "noun"), value)


def _add_imperfects(index: FormIndex[str], verbs: Iterable[str], value: str) -> None:
    for v in verbs:
        for form in verb_forms(v, participles=False, masdars=False):
            if form.tense == "impf":
                index.add_form(form, value)


def _fill(index: FormIndex[str], name: str, table: Mapping[str, Any], *, participles: bool) -> None:
    if table.get("imperfect"):
        _add_imperfects(index, table["verbs"], name)
        return
    for v in table.get("verbs", ()):
        index.add_verb(v, name, participles=participles)
    for n in table.get("nouns", ()):
        index.add_noun(n, name)
    plurals = table.get("plurals", ())
    _add_words(index, [*plurals, *(p + "ا" for p in plurals), *table.get("words", ())], name)


@compiled
def act_labels() -> FormIndex[str]:
    """Words to the classes that the act rules speak of."""
    index: FormIndex[str] = FormIndex()
    for name, table in toml(f"{FOLDER}/acts.toml")["label"].items():
        _fill(index, name, table, participles=False)
    return index


@cache
def act_rules() -> tuple[ActRule, ...]:
    """The act rules in the order in which they are tried."""
    return tuple(
        ActRule(
            r["id"],
            r["act"],
            r["head"],
            r.get("object", ""),
            r["gap"],
            r.get("lead", False),
            r.get("first", False),
        )
        for r in toml(f"{FOLDER}/acts.toml")["rule"]
    )


@cache
def rules_by_head() -> Mapping[str, tuple[tuple[int, ActRule], ...]]:
    """Rules by the class of their head, with their rank."""
    out: dict[str, list[tuple[int, ActRule]]] = {}
    for rank, r in enumerate(act_rules()):
        out.setdefault(r.head, []).append((rank, r))
    return {k: tuple(v) for k, v in out.items()}


@compiled
def classes() -> FormIndex[str]:
    """Words of the frame around a commitment: carriers, verbs of saying, verbs of one's own future,
    masdars.
    """
    index: FormIndex[str] = FormIndex()
    for name, table in toml(f"{FOLDER}/frame.toml")["class"].items():
        _fill(index, name, table, participles=table.get("participles", True))
    return index


@cache
def words(name: str) -> frozenset[str]:
    """A plain set of word keys of frame.toml (``stops``, ``adverbs`` ...)."""
    return _keys(toml(f"{FOLDER}/frame.toml")["words"][name])


@cache
def _label_cache() -> dict[str, frozenset[str]]:
    return {}


def labels_of(key: str) -> frozenset[str]:
    """The act classes of one word; cached."""
    cache_ = _label_cache()
    got = cache_.get(key)
    if got is None:
        got = cache_[key] = frozenset(m.value for m in act_labels().lookup(key))
    return got


@cache
def _class_cache() -> dict[str, tuple[Match[str], ...]]:
    return {}


def classes_of(key: str) -> tuple[Match[str], ...]:
    """The frame classes of one word with the form that it has."""
    cache_ = _class_cache()
    got = cache_.get(key)
    if got is None:
        got = cache_[key] = classes().lookup(key)
    return got


@cache
def threats_said() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Set phrases of threat by their first word."""
    out: dict[str, tuple[tuple[str, ...], ...]] = {}
    for text in toml(f"{FOLDER}/frame.toml")["words"]["threat_phrases"]:
        keys = phrase(text)
        out[keys[0]] = (*out.get(keys[0], ()), keys)
    return out


#: Classes of verbs by which a party says what it will do, will not do, or what will be done.
_FUTURES = frozenset(
    [
        "will", "will_do", "will_harm", "will_be", "will_go_on", "wont", "wont_allow", "wont_hesitate",
        "wont_harm", "wont_stop", "intend_not",
    ]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Role:
    """What one word may do for a commitment; words that do nothing have no role at all."""

    triggers: tuple[Match[Trigger], ...]
    speech: Match[str] | None
    future: tuple[Match[str], ...]
    duty: bool
    or_else: bool
    refused: bool = False
    impossible: bool = False
    phrases: tuple[tuple[str, ...], ...] = ()


@cache
def role_cache() -> dict[str, Role | None]:
    """Roles by word key, filled as words are met."""
    return {}


def role_of(key: str) -> Role | None:
    """The role of one word, computed once; most words of a text have none."""
    found = triggers().lookup(key)
    frame = classes_of(key)
    speech = next((m for m in frame if m.value == "speech" and m.form.tense in ("perf", "impf")), None)
    future = tuple(m for m in frame if m.value in _FUTURES and m.form.tense == "impf" and m.form.voice != "p")
    duty, or_else, refused = key in words("obliged"), key in words("or_else"), key in words("refusable")
    said = threats_said().get(key, ())
    hopeless = key in words("impossible") or key in words("not_so")
    some = found or speech or future or duty or or_else or refused or hopeless or said
    role = Role(found, speech, future, duty, or_else, refused, hopeless, said) if some else None
    role_cache()[key] = role
    return role


@cache
def nations() -> dict[str, str]:
    """Keys of nationality adjectives, without article, to the government that they name ("تعهد
    روسي")."""
    out: dict[str, str] = {}
    for c in countries().values():
        for adjective in c.adjectives:
            base = fold(adjective)
            for key in (base, base + "ه", base + "ا"):
                out.setdefault(key, c.government)
    return out


@cache
def lands() -> dict[str, str]:
    """Keys of one-word country names and capitals to the government that they stand for."""
    out: dict[str, str] = {}
    for c in countries().values():
        for name in (*c.names, *c.capitals):
            if " " not in name:
                out.setdefault(fold(name), c.government)
    return out
