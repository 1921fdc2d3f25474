"""What the grammar binds: claims over tokens, before they become parts of a Reading."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rasid.model.mentions import ActorHit, HarmHit, NounHit, PlaceHit, SourceHit, TimeHit

if TYPE_CHECKING:
    from rasid.text.tokens import Tokens


@dataclass(slots=True)
class Mentions:
    """Everything the resolvers found in one text, in token order."""

    tokens: Tokens
    times: list[TimeHit]
    places: list[PlaceHit]
    actors: list[ActorHit]
    nouns: list[NounHit]
    harm: list[HarmHit]
    sources: list[SourceHit] = field(default_factory=list)


@dataclass(slots=True)
class BoundActor:
    """An actor in a role of the contract."""

    hit: ActorHit
    role: str
    rule: str


@dataclass(slots=True)
class IncidentClaim:
    """One predicate with its arguments. ``quotes``: token ranges that are the evidence, the first the main one.

    ``anchor``: token of the predicate. ``modality`` of the contract. ``definite``: a bare noun with the article, which
    may only point back. ``features``: names of what was seen, for the confidence.
    """

    type: str
    anchor: int
    sentence: int
    quotes: list[tuple[int, int]]
    modality: str
    rule: str
    actors: list[BoundActor] = field(default_factory=list)
    places: list[PlaceHit] = field(default_factory=list)
    targets: list[NounHit] = field(default_factory=list)
    weapons: list[NounHit] = field(default_factory=list)
    services: list[NounHit] = field(default_factory=list)
    harm: list[HarmHit] = field(default_factory=list)
    time: TimeHit | None = None
    sources: list[int] = field(default_factory=list)
    definite: bool = False
    features: dict[str, float] = field(default_factory=dict)


@dataclass(slots=True)
class TermHit:
    """One term of a commitment: tokens, act of the contract, and the places where it is to hold."""

    lo: int
    hi: int
    act: str
    rule: str
    places: list[PlaceHit] = field(default_factory=list)


@dataclass(slots=True)
class CommitmentClaim:
    """One word given: kind of the contract, who gave it, to whom, who is bound, and its terms."""

    kind: str
    anchor: int
    sentence: int
    quotes: list[tuple[int, int]]
    rule: str
    by: list[ActorHit] = field(default_factory=list)
    to: list[ActorHit] = field(default_factory=list)
    bound: list[ActorHit] = field(default_factory=list)
    mediators: list[ActorHit] = field(default_factory=list)
    guarantors: list[ActorHit] = field(default_factory=list)
    terms: list[TermHit] = field(default_factory=list)
    time: TimeHit | None = None
    period: TimeHit | None = None
    places: list[PlaceHit] = field(default_factory=list)
    sources: list[int] = field(default_factory=list)
    features: dict[str, float] = field(default_factory=dict)


@dataclass(slots=True)
class MeetingClaim:
    """A meeting, held or planned."""

    anchor: int
    sentence: int
    quotes: list[tuple[int, int]]
    modality: str
    rule: str
    parties: list[ActorHit] = field(default_factory=list)
    absent: list[ActorHit] = field(default_factory=list)
    requested_by: list[ActorHit] = field(default_factory=list)
    time: TimeHit | None = None
    places: list[PlaceHit] = field(default_factory=list)
    sources: list[int] = field(default_factory=list)
    features: dict[str, float] = field(default_factory=dict)
