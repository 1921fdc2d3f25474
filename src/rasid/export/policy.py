"""What may leave: delay, coarse places, names, sources. The one place where it is decided, for all formats.

A record from which anything was withheld goes without its quotes: verbatim words could tell the same again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeVar

from rasid.books.records import IncidentRecord, PartyView, PlaceView
from rasid.books.records_ledger import CommitmentRecord, TermStatus
from rasid.errors import InputError

if TYPE_CHECKING:
    from rasid.lexicon.gazetteer import Place

R = TypeVar("R", IncidentRecord, CommitmentRecord)
Record = IncidentRecord | CommitmentRecord

#: From the finest place to the coarsest.
LEVELS = ("point", "neighbourhood", "settlement", "district", "governorate", "country")
#: Levels of kinds of places; mountains and areas are as large as their position is vague.
_KINDS = {
    "street": 0, "facility": 0, "crossing": 0, "neighbourhood": 1, "camp": 2, "village": 2, "town": 2,
    "city": 2, "countryside": 3, "district": 3, "governorate": 4, "country": 5,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Policy:
    """What leaves, and how coarse.

    ``delay_days`` holds back what was first reported later than so many days before ``today`` (which must
    then be given: exports know no clock). ``finest_place``: finer places are told as what they lie in.
    ``decimals`` rounds coordinates (2 is about a kilometre, 1 about eleven). ``names`` False drops people
    named as harmed, ``sources`` False all that says which outlet or channel told it. ``published_only``: what
    people marked as fit for the public.
    """

    delay_days: int = 0
    today: date | None = None
    finest_place: str | None = None
    decimals: int | None = None
    names: bool = True
    sources: bool = True
    published_only: bool = False

    def __post_init__(self) -> None:
        if self.delay_days and self.today is None:
            raise InputError("a delay counts from a day", where="policy", mend="give today")
        if self.finest_place is not None and self.finest_place not in LEVELS:
            raise InputError(
                f"no such level of place: {self.finest_place}",
                where="policy",
                mend="one of " + ", ".join(LEVELS),
            )


#: Everything as the book has it. Sources that must not be known are not in the book's records to begin with.
OPEN = Policy()
#: What a public file is well advised to be.
PUBLIC = Policy(finest_place="settlement", decimals=2, names=False, published_only=True)


def apply(records: Iterable[Record], policy: Policy) -> Iterator[Record]:
    """The records that may leave, as they may leave."""
    for record in records:
        if _held_back(record, policy):
            continue
        if isinstance(record, IncidentRecord):
            yield _incident(record, policy)
        else:
            yield _commitment(record, policy)


def _held_back(record: IncidentRecord | CommitmentRecord, policy: Policy) -> bool:
    if policy.published_only and not record.published:
        return True
    if not policy.delay_days or policy.today is None:
        return False
    newest = record.first_reported or policy.today
    return newest > policy.today - timedelta(days=policy.delay_days)


def _incident(r: IncidentRecord, policy: Policy) -> IncidentRecord:
    places = _places(r.places, policy)
    point = next((p for p in places if p.lat is not None), None)
    coarse = places != r.places
    named = policy.names or not _harms_people(r)
    out = replace(
        r,
        places=places,
        lat=point.lat if coarse and point else None if coarse else _round(r.lat, policy),
        lon=point.lon if coarse and point else None if coarse else _round(r.lon, policy),
        precision=(point.precision if point else None) if coarse else r.precision,
        parties=r.parties if policy.names else _without_victims(r.parties),
        targets=r.targets
        if policy.names
        else tuple(replace(t, text="") if t.kind in ("person", "civilians") else t for t in r.targets),
    )
    return _without_sources(out, policy) if named and not coarse else replace(_without_sources(out, policy), quote=None)


def _commitment(r: CommitmentRecord, policy: Policy) -> CommitmentRecord:
    places = _places(r.places, policy)
    terms = tuple(_term(t, policy) for t in r.terms)
    coarse = places != r.places or terms != r.terms
    if coarse:
        terms = tuple(replace(t, text="") for t in terms)
    out = _without_sources(replace(r, places=places, terms=terms), policy)
    return replace(out, quote=None) if coarse else out


def _term(term: TermStatus, policy: Policy) -> TermStatus:
    return replace(term, test=replace(term.test, scope=_places(term.test.scope, policy)))


def _harms_people(r: IncidentRecord) -> bool:
    return bool(r.harm) or any(p.role == "victim" for p in r.parties) or any(t.kind == "person" for t in r.targets)


def _without_victims(parties: tuple[PartyView, ...]) -> tuple[PartyView, ...]:
    """Organisations of the registry stay; whoever else is told as harmed may be a private person."""
    return tuple(p for p in parties if p.role != "victim" or p.id)


def _without_sources(r: R, policy: Policy) -> R:
    # ids of claims and quotes name the report, and a report's id may name the channel
    return r if policy.sources else replace(r, publishers=(), claim_ids=(), quote=None)


def _round(value: float | None, policy: Policy) -> float | None:
    return value if value is None or policy.decimals is None else round(value, policy.decimals)


def _places(places: tuple[PlaceView, ...], policy: Policy) -> tuple[PlaceView, ...]:
    if policy.finest_place is None and policy.decimals is None:
        return places
    out = (_coarser(p, policy) for p in places)
    told = dict.fromkeys(replace(p, lat=_round(p.lat, policy), lon=_round(p.lon, policy)) for p in out if p)
    return tuple(told)


def _coarser(place: PlaceView, policy: Policy) -> PlaceView | None:
    """The place itself, or the nearest of its containers that is coarse enough; None when there is none."""
    if policy.finest_place is None or _level(place) >= LEVELS.index(policy.finest_place):
        return place
    from rasid.lexicon import gazetteer

    held = gazetteer.default()
    for n, up in enumerate(place.parents):
        found = held.get(up)
        if found is not None and _level(found) >= LEVELS.index(policy.finest_place):
            return PlaceView(
                found.name, found.name, found.id, found.kind, found.lat, found.lon, found.precision, "in",
                place.parents[n + 1 :],
            )  # fmt: skip
    return None


def _level(place: PlaceView | Place) -> int:
    """How coarse a place is, by what it is and by how well its position is known: a village whose position is
    known only by its governorate is still told by the name of a village.
    """
    precise = LEVELS.index(place.precision) if place.precision in LEVELS else 0
    return min(precise, _KINDS.get(place.kind or "", precise))
