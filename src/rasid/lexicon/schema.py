"""What each knowledge file may hold: one class per kind of file, unknown keys are errors.

Found by the path inside the knowledge folder, the first pattern that fits. A new kind of file needs a class
here, or `rasid lexicon check` refuses it.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field

from rasid.lexicon import schema_events as events
from rasid.lexicon.schema_base import Entry, File, Id, Label, Table, Word, Words, YearMonth
from rasid.model.vocabulary import PlaceKind, PlacePart, SourceKind

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


class SourceNoun(Entry):
    """Nouns of sources."""

    kind: SourceKind
    anonymous: bool = False
    human: bool = False
    hidden: bool = False
    document: bool = False
    figures: bool = False
    forms: Words


class SpeechVerb(Entry):
    """Verbs that bring in a source."""

    verbs: Words
    stance: Literal["says", "doubts", "denies", "accuses", "asks"]
    needs: Literal["any", "that", "about", "news", "claim", "record", "outlet", "paper", "blame"] | None = None
    adds: bool = False


class SpeechVerbs(File):
    """knowledge/speech/verbs.toml."""

    entry: list[SpeechVerb]


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
    ("readers/*.toml", Books),
    ("commitments/acts.toml", events.Acts),
    ("commitments/frame.toml", events.Frame),
    ("commitments/meetings.toml", events.Meetings),
    ("commitments/*.toml", events.Commitments),
    ("confidence.toml", Confidence),
    ("harm/context.toml", WordGroups),
    ("harm/deeds.toml", events.Deeds),
    ("harm/people.toml", events.Peoples),
    ("harm/states.toml", events.States),
    ("intake/furniture.toml", Furnitures),
    ("intake/bylines.toml", Bylines),
    ("nouns/weapons.toml", events.Weapons),
    ("nouns/targets.toml", events.Targets),
    ("nouns/*.toml", events.Nouns),
    ("numbers/bounds.toml", events.Bounds),
    ("numbers/*.toml", events.NumberWords),
    ("operators/*.toml", Operators),
    ("places/nouns.toml", PlaceNouns),
    ("predicates/*.toml", events.Predicates),
    ("speech/sources.toml", Sources),
    ("speech/verbs.toml", SpeechVerbs),
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
