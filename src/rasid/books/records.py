"""What a book hands out: plain frozen records, no database objects.

Days are local `date`s; instants are aware UTC `datetime`s. Bounds are inclusive; None is unstated, 0..0 a
stated absence. Every record has `as_dict()` (JSON-ready). Ids: `RSD-…` incidents, `PLG-…` commitments,
`PLG-….act` terms, `FND-…` findings; a claim's id is `<report id>#<id in the reading>`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from enum import Enum, StrEnum
from typing import Any, Generic, TypeVar


class Grade(StrEnum):
    """How sure the book is of an incident. The machine gives the first two; only people give the others."""

    REPORTED = "reported"
    CORROBORATED = "corroborated"
    VERIFIED = "verified"
    CONTESTED = "contested"
    DISCOUNTED = "discounted"


class _Dict:
    """Mixin: JSON-ready dictionaries."""

    __slots__ = ()

    def as_dict(self) -> dict[str, Any]:
        """The record with ISO days, plain words and lists."""
        return {f.name: _plain(getattr(self, f.name)) for f in fields(self)}  # type: ignore[arg-type]


def _plain(value: Any) -> Any:
    if isinstance(value, _Dict):
        return value.as_dict()
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (list, tuple)):
        return [_plain(v) for v in value]
    if isinstance(value, dict):
        return {str(k): _plain(v) for k, v in value.items()}
    return value


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a list. ``next`` is an opaque token for the following page, None at the end."""

    rows: tuple[T, ...]
    next: str | None = None
    total: int | None = None

    def __iter__(self) -> Iterator[T]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


@dataclass(frozen=True, slots=True)
class Filter(_Dict):
    """Which incidents (or commitments, findings, claims). Fields are ANDed; values inside one field are ORed.

    ``places``: gazetteer ids or names; a governorate takes in all below it. ``actors``: registry ids or
    names; a parent takes in its units. ``types``: incident types or families
    (`rasid.books.joining.FAMILIES`). ``modalities`` defaults to what is news (`happened`, `alleged`); give
    () for all. ``tolls``: None without tolls, True only tolls. ``states`` and ``kinds`` are for
    commitments. ``reports``: incidents that these reports tell. ``text``: full-text search in the reports
    told.
    """

    places: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    grades: tuple[str, ...] = ()
    modalities: tuple[str, ...] = ("happened", "alleged")
    weapons: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    published: bool | None = None
    tolls: bool | None = None
    with_harm: bool | None = None
    reports: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()
    text: str | None = None
    kinds: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    without_reports: tuple[str, ...] = ()
    box: tuple[float, float, float, float] | None = None
    """West, south, east, north: incidents whose point lies inside."""


@dataclass(frozen=True, slots=True)
class PlaceView(_Dict):
    """A place of a record. ``parents``: gazetteer ids, nearest first, the country last."""

    text: str
    name: str | None = None
    id: str | None = None
    kind: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: str | None = None
    part: str = "in"
    parents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PartyView(_Dict):
    """A party of a record; ``claims`` is how many of its claims name it."""

    text: str
    id: str | None = None
    role: str | None = None
    label_ar: str | None = None
    label_en: str | None = None
    claims: int = 1


@dataclass(frozen=True, slots=True)
class KindView(_Dict):
    """A target or weapon: its kind and a phrase that said so."""

    kind: str
    text: str = ""
    claims: int = 1


@dataclass(frozen=True, slots=True)
class HarmView(_Dict):
    """Combined harm of one status: the lowest and the highest that independent claims state, never averaged.

    ``low``/``high`` None: nobody stated that bound. ``contradiction``: ranges that cannot all be true on
    one day.
    """

    status: str
    low: int | None
    high: int | None
    who: str = "unknown"
    claims: int = 1
    contradiction: bool = False


@dataclass(frozen=True, slots=True)
class HarmStep(_Dict):
    """One line of a toll's history: who said how many, when."""

    day: date | None
    source: str
    status: str
    low: int | None
    high: int | None
    claim: str
    who: str = "unknown"


@dataclass(frozen=True, slots=True)
class SourceView(_Dict):
    """Who says it. Of an anonymous source only the kind is given."""

    text: str
    kind: str
    anonymous: bool = False
    via: str | None = None


@dataclass(frozen=True, slots=True, order=True)
class Quote(_Dict):
    """A verbatim quote of a report's text (what identifies an anonymous source is masked)."""

    report: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class ClaimView(_Dict):
    """One report's telling of an incident, kept for ever.

    ``state``: ``machine`` (as read), ``accepted``, ``corrected``, ``rejected`` (kept, counts for nothing).
    ``incident``: the record that now holds it, None for a rejected one. ``origin``: claims with one origin
    count as one source. ``score`` and ``reasons`` say why it was joined (0..1; weights by feature).
    """

    id: str
    report: str
    publisher: str | None
    published: date | None
    type: str
    modality: str
    start: date | None
    end: date | None
    day_part: str | None
    places: tuple[PlaceView, ...]
    parties: tuple[PartyView, ...]
    targets: tuple[KindView, ...]
    weapons: tuple[KindView, ...]
    harm: tuple[HarmStep, ...]
    services: tuple[str, ...]
    sources: tuple[SourceView, ...]
    quotes: tuple[Quote, ...]
    confidence: float
    rule: str | None
    by: str
    state: str
    incident: str | None
    origin: str
    score: float | None = None
    reasons: dict[str, float] = field(default_factory=dict)
    title: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class IncidentRecord(_Dict):
    """One incident as all reports together tell it.

    ``sources`` counts independent origins, ``reports`` and ``claims`` all of them. ``date_precision``:
    ``day``, ``range``, ``open`` (nobody states the day: ``start`` and ``end`` bound it by publication).
    ``kind``: ``incident``, ``toll`` or ``plan``. ``aliases``: other ids that lead here.
    ``redirected_from``: the id asked for, when it was one of them. ``dissent``: what claims disagree about
    (type, day, place, perpetrator, denial). ``claim_ids`` in canonical order; `Book.claims(rid)` gives them
    whole.
    """

    id: str
    kind: str
    type: str
    types: dict[str, int]
    modality: str
    start: date | None
    end: date | None
    date_precision: str
    day_part: str | None
    places: tuple[PlaceView, ...]
    lat: float | None
    lon: float | None
    precision: str | None
    country: str | None
    parties: tuple[PartyView, ...]
    targets: tuple[KindView, ...]
    weapons: tuple[KindView, ...]
    services: tuple[str, ...]
    harm: tuple[HarmView, ...]
    toll_checks: tuple[str, ...]
    grade: str
    grade_reason: str | None
    graded_by: str | None
    sources: int
    reports: int
    claims: int
    publishers: tuple[str, ...]
    quote: Quote | None
    dissent: tuple[str, ...]
    claim_ids: tuple[str, ...]
    first_reported: date | None
    last_reported: date | None
    published: bool
    version: int
    updated: datetime | None
    aliases: tuple[str, ...] = ()
    redirected_from: str | None = None


@dataclass(frozen=True, slots=True)
class HarmLine(_Dict):
    """The history of one incident's toll by day of report, as told."""

    incident: str
    steps: tuple[HarmStep, ...]


@dataclass(frozen=True, slots=True)
class JoinReason(_Dict):
    """Why two claims (or a claim and a record) are, or are not, one: evidence in log-odds by feature,
    summed.
    """

    a: str
    b: str
    score: float
    joined: bool
    parts: dict[str, float]
    barred: str | None = None
    """What forbids the join outright: another day, place, family, or a person's split."""


@dataclass(frozen=True, slots=True)
class MeetingView(_Dict):
    """A meeting as one report tells it."""

    id: str
    report: str
    modality: str
    start: date | None
    end: date | None
    parties: tuple[PartyView, ...]
    absent: tuple[PartyView, ...]
    places: tuple[PlaceView, ...]
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class ReportRow(_Dict):
    """A kept report. ``copy_of``: the earliest report with near-identical text (they count as one source)."""

    id: str
    sha256: str | None
    title: str | None
    url: str | None
    publisher: str | None
    published: date | None
    language: str
    carrier: str
    added: datetime
    reader: str
    incidents: int
    commitments: int
    copy_of: str | None
    warnings: tuple[str, ...] = ()
    sealed: bool = False


@dataclass(frozen=True, slots=True)
class CaptureRecord(_Dict):
    """How a report came in, in the terms of the Berkeley Protocol."""

    report: str
    sha256: str
    size: int
    captured_at: datetime
    collector: str
    tool: str
    url: str | None
    carrier: str
    media_type: str | None
    details: dict[str, str]


@dataclass(frozen=True, slots=True)
class CommitmentClaimView(_Dict):
    """One report's telling of a commitment."""

    id: str
    report: str
    publisher: str | None
    published: date | None
    kind: str
    by: tuple[PartyView, ...]
    to: tuple[PartyView, ...]
    bound: tuple[PartyView, ...]
    mediators: tuple[PartyView, ...]
    guarantors: tuple[PartyView, ...]
    terms: tuple[tuple[str, str], ...]
    made: date | None
    start: date | None
    until: date | None
    places: tuple[PlaceView, ...]
    sources: tuple[SourceView, ...]
    quotes: tuple[Quote, ...]
    confidence: float
    rule: str | None
    by_reader: str
    state: str
    commitment: str | None
    title: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class ReportRecord(_Dict):
    """A report whole: text (masked where it would identify an anonymous source), captures, claims."""

    row: ReportRow
    text: str
    captures: tuple[CaptureRecord, ...]
    claims: tuple[ClaimView, ...]
    commitments: tuple[CommitmentClaimView, ...]
    meetings: tuple[MeetingView, ...]
    sources: tuple[SourceView, ...]


@dataclass(frozen=True, slots=True)
class Added(_Dict):
    """What adding one report did. ``new`` is False when the book already held exactly this report and
    reading.
    """

    report: str
    new: bool
    incidents: tuple[str, ...] = ()
    commitments: tuple[str, ...] = ()
    copy_of: str | None = None


@dataclass(frozen=True, slots=True)
class FacetCount(_Dict):
    """How many records have a value, under the filter without that field."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class GridCell(_Dict):
    """Records in one cell of a map: mean coordinates, how many, and which when it is only one."""

    lat: float
    lon: float
    count: int
    one: str | None


@dataclass(frozen=True, slots=True)
class Hit(_Dict):
    """A report found by search, with the incidents and commitments that it tells."""

    report: str
    title: str | None
    publisher: str | None
    published: date | None
    snippet: str
    incidents: tuple[str, ...]
    commitments: tuple[str, ...]
