"""What each knowledge file may hold: one class per kind of file, unknown keys are errors.

Found by the path inside the knowledge folder, the first pattern that fits. A new kind of file needs a class
here, or `rasid lexicon check` refuses it.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from rasid.model.vocabulary import (
    CommitmentKind,
    HarmStatus,
    HarmWho,
    IncidentType,
    Modality,
    PlaceKind,
    PlacePart,
    SourceKind,
    TargetKind,
    TermAct,
    WeaponKind,
)

Word = Annotated[str, Field(min_length=1)]
Words = list[Word]
Id = Annotated[str, Field(pattern=r"^[a-z0-9]+([._][a-z0-9_]+)*$")]
YearMonth = Annotated[str, Field(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]


ActorKind = Literal[
    "state",
    "forces",
    "armed_group",
    "party",
    "coalition",
    "un",
    "ngo",
    "outlet",
    "agency",
    "monitor",
    "institution",
    "tribe",
    "people",
    "official",
    "person",
]

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


class Table(BaseModel):
    """Base of all tables: no key that the class does not name."""

    model_config = ConfigDict(extra="forbid")


class Example(Table):
    """An example with what it gives, or why it gives nothing; its keys depend on the kind of file."""

    text: Word
    gives: Any = None
    quote: Word | None = None
    type: IncidentType | None = None
    why: Word | None = None
    acts: list[TermAct] | None = None
    parties: Words | None = None
    modality: Modality | None = None
    incident: dict[str, Any] | None = None
    scope: str | None = None
    id: Id | None = None
    value: Any = None
    at: date | None = None


Examples = list[Word | Example]


class Entry(Table):
    """What every entry has: an id, and examples that run as tests."""

    id: Id
    note: str | None = None
    yes: Examples = Field(default_factory=list)
    no: Examples = Field(default_factory=list)
    was: list[Id] = Field(default_factory=list)
    """Ids that this entry had before; ids are never reused."""


class Label(Table):
    """A name for output in both languages."""

    ar: Word
    en: Word


class File(Table):
    """What any file may say of itself."""

    kind: Word | None = None
    source: Word | None = None
    note: Word | None = None


class Actor(Entry):
    """A party, force, organisation or outlet."""

    kind: ActorKind
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] | None = None
    label: Label
    names: Words = Field(default_factory=list)
    generic: Words = Field(default_factory=list)
    partisan: Words = Field(default_factory=list)
    weak: Words = Field(default_factory=list)
    called: Words = Field(default_factory=list)
    adjectives: Words = Field(default_factory=list)
    shared_adjectives: Words = Field(default_factory=list)
    regions: Words = Field(default_factory=list)
    parent: Id | None = None
    side: Id | None = None
    acts_for: Id | None = None
    backed_by: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] | None = None
    acts: bool | None = None
    from_: YearMonth | None = Field(default=None, alias="from")
    until: YearMonth | None = None


class Actors(File):
    """knowledge/actors/*.toml."""

    entry: list[Actor]


class ActorHead(Entry):
    """A head noun of parties."""

    kind: Word
    side: Literal["forces", "government", "militia", "ally", "none"]
    alone: Literal["emit", "definite", "phrase", "owned", "called", "never"]
    takes: Literal["name", "place", "one", "any", "quoted", "none"]
    singular: Words = Field(default_factory=list)
    plural: Words = Field(default_factory=list)
    sound: Words = Field(default_factory=list)
    feminine: Words = Field(default_factory=list)
    phrases: Words = Field(default_factory=list)
    not_after: Words = Field(default_factory=list)
    flags: list[Literal["human", "pronouns", "bears", "back"]] = Field(default_factory=list)
    strict: bool = False
    definite_only: bool = False
    acts: bool | None = None


class ActorHeads(File):
    """knowledge/actors/words/heads.toml."""

    entry: list[ActorHead]


class WordGroup(Entry):
    """A named group of words that an engine asks for: lists of words and switches, by names of its own."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Words | bool | str | int | float | date]


class WordGroups(File):
    """Files whose entries are groups of words."""

    entry: list[WordGroup]


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


class SourceNoun(Entry):
    """Nouns of sources."""

    kind: SourceKind
    anonymous: bool = False
    forms: Words


class Qualifier(Table):
    """Adjectives that give a source its kind."""

    kind: SourceKind
    forms: Words


class Sources(File):
    """knowledge/speech/sources.toml."""

    entry: list[SourceNoun]
    qualifier: list[Qualifier]


class Lists(File):
    """Files that are lists of words by name."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Words]


class Operators(File):
    """knowledge/operators/operators.toml: classes of words by name."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, dict[str, Words]]


class PlaceHead(Table):
    """A noun that stands before place names."""

    id: Id
    kind: PlaceKind
    sg: Words
    dual: Words = Field(default_factory=list)
    pl: Words = Field(default_factory=list)
    accepts: Words
    unknown: bool
    anaphor: Words


class PlacePartWords(Table):
    """Words for a part of a place."""

    id: Id
    part: PlacePart
    forms: Words
    suffixed: Words


class PlaceNouns(File):
    """knowledge/places/nouns.toml."""

    wordlike: Words
    forms: dict[str, Words | list[Words]]
    head: list[PlaceHead]
    part: list[PlacePartWords]
    sides: dict[str, Words]
    nationality: dict[str, Words]
    context: dict[str, Words]
    unknown: dict[str, Words]
    geonames: dict[str, Any]


class TimeWord(Entry):
    """Words of time."""

    value: Any = None
    forms: Words
    calendar: Literal["gregorian", "hijri", "mixed"] | None = None
    weak: bool = False
    alone: bool = False
    strict: bool = False
    ordinal: bool = False
    vague: bool = False
    sure: Words = Field(default_factory=list)
    never: Words = Field(default_factory=list)
    needs_prev: Words = Field(default_factory=list)
    needs: Word | None = None
    why: Word | None = None
    part: Word | None = None
    count: int | None = None
    month: Annotated[int, Field(ge=0, le=12)] | None = None
    """0: a feast of any month."""
    day: Annotated[int, Field(ge=1, le=31)] | None = None
    days: Annotated[int, Field(ge=1)] | None = None


class TimeWords(File):
    """knowledge/time/*.toml."""

    entry: list[TimeWord]


class Furniture(Entry):
    """Words that frame a report."""

    scope: Literal["tail", "end", "tags", "block", "line", "whole", "inside"]
    why: Literal["share", "related", "comments", "tags", "channel", "credit", "menu", "notice"]
    forms: Words


class Furnitures(File):
    """knowledge/intake/furniture.toml."""

    entry: list[Furniture]


class Byline(Entry):
    """Words of bylines and datelines."""

    role: Literal["agency", "outlet", "desk", "author", "credit", "dated"]
    label: Word | None = None
    forms: Words


class Bylines(File):
    """knowledge/intake/bylines.toml."""

    entry: list[Byline]


class Confidence(File):
    """knowledge/confidence.toml."""

    bias: float
    floor: Annotated[float, Field(ge=0, le=1)]
    weights: dict[str, float]


class Book(Entry):
    """A rule or table of weights of the books: numbers, words and tables, by names of their own."""

    model_config = ConfigDict(extra="allow")


class Books(File):
    """knowledge/books and knowledge/ledger."""

    entry: list[Book]


#: Patterns of paths inside the knowledge folder, the first that fits.
SCHEMAS: tuple[tuple[str, type[File]], ...] = (
    ("actors/words/heads.toml", ActorHeads),
    ("actors/words/*.toml", WordGroups),
    ("actors/*.toml", Actors),
    ("books/*.toml", Books),
    ("ledger/*.toml", Books),
    ("commitments/acts.toml", Acts),
    ("commitments/frame.toml", Frame),
    ("commitments/meetings.toml", Meetings),
    ("commitments/*.toml", Commitments),
    ("confidence.toml", Confidence),
    ("harm/context.toml", WordGroups),
    ("harm/deeds.toml", Deeds),
    ("harm/people.toml", Peoples),
    ("harm/states.toml", States),
    ("intake/furniture.toml", Furnitures),
    ("intake/bylines.toml", Bylines),
    ("nouns/weapons.toml", Weapons),
    ("nouns/targets.toml", Targets),
    ("nouns/*.toml", Nouns),
    ("numbers/bounds.toml", Bounds),
    ("numbers/*.toml", NumberWords),
    ("operators/*.toml", Operators),
    ("places/nouns.toml", PlaceNouns),
    ("predicates/*.toml", Predicates),
    ("speech/sources.toml", Sources),
    ("speech/*.toml", Lists),
    ("time/*.toml", TimeWords),
)
#: Columns of each CSV file, and how many of the first make the key: unique and not empty.
COLUMNS: tuple[tuple[str, tuple[str, ...], int], ...] = (
    (
        "places/*.csv",
        ("id", "name", "aliases", "kind", "parent", "lat", "lon", "precision", "source", "en", "flags"),
        1,
    ),
    (
        "actors/words/countries.csv",
        ("code", "names", "capitals", "adjective", "plurals", "government", "forces", "militia", "marks"),
        1,
    ),
    ("actors/words/officials.csv", ("name", "id", "aliases", "weak", "acts"), 1),
    ("nouns/plurals.csv", ("singular", "plural"), 2),
)
