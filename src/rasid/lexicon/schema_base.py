"""The parts that tables of all knowledge files share: entries, examples, labels."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from rasid.model.vocabulary import IncidentType, Modality, TermAct

Word = Annotated[str, Field(min_length=1)]
Words = list[Word]
Id = Annotated[str, Field(pattern=r"^[a-z0-9]+([._][a-z0-9_]+)*$")]
YearMonth = Annotated[str, Field(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]


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
