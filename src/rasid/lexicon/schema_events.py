"""Tables of what happened and what was promised: predicates, commitments, harm, noun phrases, numbers."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from rasid.lexicon.schema_base import Entry, File, Table, Word, Words
from rasid.model.vocabulary import (
    CommitmentKind,
    HarmStatus,
    HarmWho,
    IncidentType,
    TargetKind,
    TermAct,
    WeaponKind,
)

PredicateFrame = Literal[
    "attack",
    "mutual",
    "blast",
    "people",
    "people_move",
    "control",
    "move",
    "crowd",
    "service",
    "harm_free",
]


class Predicate(Entry):
    """One sense of a predicate (knowledge/predicates/README.md)."""

    yields: IncidentType
    frame: PredicateFrame
    genitive: Literal["agent", "object"] = "agent"
    verbs: Words = Field(default_factory=list)
    nouns: Words = Field(default_factory=list)
    phrases: Words = Field(default_factory=list)
    verb_phrases: Words = Field(default_factory=list)
    company: Words = Field(default_factory=list)
    never: Words = Field(default_factory=list)
    needs: Words = Field(default_factory=list)
    weak: bool = False


class Predicates(File):
    """knowledge/predicates/*.toml."""

    entry: list[Predicate] = Field(default_factory=list)
    carriers: Words = Field(default_factory=list)
    results: Words = Field(default_factory=list)


class Commitment(Entry):
    """A verb or noun by which somebody's word is told."""

    kind: CommitmentKind
    verb: Word | None = None
    noun: Word | None = None
    words: Words = Field(default_factory=list)
    tenses: list[Literal["perf", "impf", "part", "masdar"]] = Field(default_factory=list)
    plurals: Words = Field(default_factory=list)
    carriers: Words = Field(default_factory=list)
    topic: Words
    to: Words = Field(default_factory=list)
    with_: Words = Field(default_factory=list, alias="with")
    needs: Literal["act", "party", "speaker", "addressee"] | None = None
    never: Words = Field(default_factory=list)
    except_: Words = Field(default_factory=list, alias="except")
    act: TermAct | None = None
    acts: list[TermAct] = Field(default_factory=list)
    alone: bool = False


class Commitments(File):
    """knowledge/commitments/{agreements,demands,offers,pledges,refusals,threats}.toml."""

    entry: list[Commitment]


class Meeting(Entry):
    """Words for meetings."""

    verbs: Words = Field(default_factory=list)
    nouns: Words = Field(default_factory=list)
    plurals: Words = Field(default_factory=list)
    with_: Words = Field(default_factory=list, alias="with")


class Meetings(File):
    """knowledge/commitments/meetings.toml."""

    entry: list[Meeting]
    words: dict[str, Words]


class WordClass(Table):
    """A class of words by lemmas and forms."""

    verbs: Words = Field(default_factory=list)
    nouns: Words = Field(default_factory=list)
    plurals: Words = Field(default_factory=list)
    words: Words = Field(default_factory=list)
    phrases: Words = Field(default_factory=list)
    participles: bool = True
    imperfect: bool | Words = False


class ActRule(Entry):
    """A head and an object that together name an act."""

    act: TermAct
    head: Word
    object: Word | None = None
    gap: Annotated[int, Field(ge=0)]
    lead: bool = False
    first: bool = False


class Acts(File):
    """knowledge/commitments/acts.toml."""

    label: dict[str, WordClass]
    rule: list[ActRule]


class Frame(File):
    """knowledge/commitments/frame.toml."""

    class_: dict[str, WordClass] = Field(alias="class")
    words: dict[str, Words]


class Deed(Entry):
    """A verb of harm."""

    status: HarmStatus
    frame: Word
    verbs: Words = Field(default_factory=list)
    nouns: Words = Field(default_factory=list)
    forms: Words = Field(default_factory=list)
    needs: Words = Field(default_factory=list)
    prep: Words = Field(default_factory=list)
    pronoun: Literal["all", "masdar", "none"] = "all"
    after_lam: Words = Field(default_factory=list)
    topic: bool = False
    her: bool = False
    civil: bool = False
    held: bool = False
    counted: bool = False
    happens: bool = False
    weak: bool = False


class Deeds(File):
    """knowledge/harm/deeds.toml."""

    entry: list[Deed]


class People(Entry):
    """Nouns of people."""

    who: HarmWho
    nouns: Words
    loose: Words = Field(default_factory=list)
    signs: Words = Field(default_factory=list)
    counted_only: Words = Field(default_factory=list)
    unit: Word | None = None
    nation: bool = False
    plain: bool = False


class Peoples(File):
    """knowledge/harm/people.toml."""

    entry: list[People]


class State(Entry):
    """Nouns of people in a state of harm."""

    status: HarmStatus
    alone: Word
    nouns: Words
    loose: Words = Field(default_factory=list)


class States(File):
    """knowledge/harm/states.toml."""

    entry: list[State]


class Noun(Entry):
    """Noun phrases of one value."""

    value: Any
    forms: Words
    not_next: Words = Field(default_factory=list)
    not_prev: Words = Field(default_factory=list)
    needs_next: Words = Field(default_factory=list)
    needs_prev: Words = Field(default_factory=list)
    near: Words = Field(default_factory=list)
    light: bool = False
    adjective: bool | Words = False
    mark: Word | None = None


class WeaponNoun(Noun):
    """A weapon."""

    value: WeaponKind


class TargetNoun(Noun):
    """A target."""

    value: TargetKind


class Weapons(File):
    """knowledge/nouns/weapons.toml."""

    entry: list[WeaponNoun]


class Targets(File):
    """knowledge/nouns/targets.toml."""

    entry: list[TargetNoun]


class Nouns(File):
    """Other files of knowledge/nouns."""

    entry: list[Noun]


class Bound(Entry):
    """Words that bound a number."""

    bound: Word
    before: Words
    after: Words


class Bounds(File):
    """knowledge/numbers/bounds.toml."""

    entry: list[Bound]


class NumberWord(Entry):
    """Words of a number."""

    role: Word | None = None
    value: float | int | None = None
    forms: Words
    share: bool = False


class NumberWords(File):
    """knowledge/numbers/{words,vague}.toml."""

    entry: list[NumberWord]
