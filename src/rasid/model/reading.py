"""The Reading: what one report says, as data. The public contract; its JSON Schema is `rasid schema`.

Offsets count Unicode code points of ``report.text``, half-open; ``text[start:end]`` is the quote, verbatim.
A value that the report does not state is null or absent, never guessed.
"""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from rasid.model.vocabulary import (
    ActorRole,
    CommitmentKind,
    DayPart,
    HarmStatus,
    HarmWho,
    IncidentType,
    Modality,
    PlaceKind,
    PlacePart,
    Precision,
    PublishedBasis,
    SourceKind,
    TargetKind,
    TermAct,
    WeaponKind,
)


class Part(BaseModel):
    """Base of all parts: unknown keys are errors, enumerations are stored as their words."""

    model_config = ConfigDict(extra="forbid", use_enum_values=True)


class Evidence(Part):
    """A verbatim quote: ``report.text[start:end] == text``."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)
    text: str


class Time(Part):
    """Closed range of days, local; one day has both alike; null where the report leaves it open."""

    start: date | None = None
    end: date | None = None
    day_part: DayPart | None = None
    text: str | None = None
    rule: str | None = None
    conflict: str | None = None
    """What disagreed, when an explicit date and a weekday do not fit."""


class Place(Part):
    """A place as written, with its noun, and what the gazetteer knows of it."""

    text: str
    name: str | None = None
    id: str | None = None
    kind: PlaceKind | None = None
    lat: float | None = None
    lon: float | None = None
    precision: Precision | None = None
    part: PlacePart = PlacePart.IN
    parents: list[str] = Field(default_factory=list)
    """Gazetteer ids from the nearest container to the country."""
    start: int | None = None
    end: int | None = None
    rule: str | None = None


class Actor(Part):
    """A party as written; ``id`` of the actor registry when it is known there."""

    text: str
    id: str | None = None
    role: ActorRole | None = None
    start: int | None = None
    end: int | None = None
    rule: str | None = None


class Target(Part):
    """What was struck."""

    text: str
    kind: TargetKind
    start: int | None = None
    end: int | None = None
    rule: str | None = None


class Weapon(Part):
    """With what."""

    text: str
    kind: WeaponKind
    start: int | None = None
    end: int | None = None
    rule: str | None = None


class Casualty(Part):
    """Harm to people: bounds in persons, inclusive; null bounds are unstated, 0..0 a stated absence."""

    status: HarmStatus
    who: HarmWho = HarmWho.UNKNOWN
    min: int | None = Field(default=None, ge=0)
    max: int | None = Field(default=None, ge=0)
    text: str | None = None
    start: int | None = None
    end: int | None = None
    rule: str | None = None


class Source(Part):
    """Who says it; ``via`` is the id of the source that relays it."""

    id: str
    text: str
    kind: SourceKind
    anonymous: bool = False
    via: str | None = None
    evidence: list[Evidence] = Field(default_factory=list)
    rule: str | None = None


class Term(Part):
    """One thing that a commitment is about."""

    act: TermAct
    text: str
    places: list[Place] = Field(default_factory=list)
    rule: str | None = None


class Incident(Part):
    """One act by the same actors at the same time."""

    id: str
    type: IncidentType
    modality: Modality = Modality.HAPPENED
    time: Time | None = None
    places: list[Place] = Field(default_factory=list)
    actors: list[Actor] = Field(default_factory=list)
    targets: list[Target] = Field(default_factory=list)
    weapons: list[Weapon] = Field(default_factory=list)
    casualties: list[Casualty] = Field(default_factory=list)
    services: list[str] = Field(default_factory=list)
    sources: list[str] = Field(default_factory=list)
    evidence: list[Evidence] = Field(default_factory=list)
    confidence: float = Field(default=0.5, ge=0.0, le=1.0)
    rule: str | None = None


class Commitment(Part):
    """A pledge, agreement, offer, demand, threat or refusal."""

    id: str
    kind: CommitmentKind
    by: list[Actor] = Field(default_factory=list)
    to: list[Actor] = Field(default_factory=list)
    bound: list[Actor] = Field(default_factory=list)
    mediators: list[Actor] = Field(default_factory=list)
    guarantors: list[Actor] = Field(default_factory=list)
    terms: list[Term] = Field(default_factory=list)
    time: Time | None = None
    period: Time | None = None
    places: list[Place] = Field(default_factory=list)
    sources: list[str] = Field(default_factory=list)
    evidence: list[Evidence] = Field(default_factory=list)
    confidence: float = Field(default=0.5, ge=0.0, le=1.0)
    rule: str | None = None


class Meeting(Part):
    """A meeting that took place or is planned."""

    id: str
    modality: Modality = Modality.HAPPENED
    parties: list[Actor] = Field(default_factory=list)
    absent: list[Actor] = Field(default_factory=list)
    requested_by: list[Actor] = Field(default_factory=list)
    time: Time | None = None
    places: list[Place] = Field(default_factory=list)
    sources: list[str] = Field(default_factory=list)
    evidence: list[Evidence] = Field(default_factory=list)
    confidence: float = Field(default=0.5, ge=0.0, le=1.0)
    rule: str | None = None


class Report(Part):
    """The report that was read, as it was extracted, before any normalisation."""

    id: str
    sha256: str | None = None
    url: str | None = None
    title: str | None = None
    publisher: str | None = None
    language: str = "ar"
    text: str
    published: date | None = None
    published_basis: PublishedBasis | None = None
    reader: str = "rasid"
    warnings: list[str] = Field(default_factory=list)


class Reading(Part):
    """Everything that one report says."""

    report: Report
    sources: list[Source] = Field(default_factory=list)
    incidents: list[Incident] = Field(default_factory=list)
    commitments: list[Commitment] = Field(default_factory=list)
    meetings: list[Meeting] = Field(default_factory=list)
