"""What the ledger hands out: commitments, their terms, and findings that hold conduct against them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rasid.books.records import CommitmentClaimView, PartyView, PlaceView, Quote, _Dict
from rasid.books.records_log import AccessLimit


class TermState(StrEnum):
    """Where a term stands. Never a judgement: `breached` and `fulfilled` read "apparently", until a person
    verifies.
    """

    KEPT_SO_FAR = "kept_so_far"
    BREACHED = "breached"
    FULFILLED = "fulfilled"
    LAPSED = "lapsed"
    NOT_OBSERVABLE = "not_observable"
    SUPERSEDED = "superseded"
    NOT_IN_FORCE = "not_in_force"
    """Not begun: its first day, or the act that it waits for, has not come."""
    REFUSED = "refused"
    """Of offers and demands: turned down."""
    MET = "met"
    """Of demands: a later promise or act answers it."""
    IGNORED = "ignored"
    """Of demands: nothing answers it so far."""
    OPEN = "open"
    """To be done and not done so far (a release, a withdrawal); a threat not carried out; an offer not
    answered.
    """


class FindingKind(StrEnum):
    """What an incident says about a term."""

    APPARENT_BREACH = "apparent_breach"
    APPARENT_FULFILMENT = "apparent_fulfilment"
    ACT_BY_PARTY_NOT_BOUND = "act_by_party_not_bound"
    """What would breach the term, done by a party that gave no word: named, never counted as its breach."""
    UNATTRIBUTED_ACT = "unattributed_act"
    """What would breach the term, by hands that no report names."""
    CONTRARY_ACT = "contrary_act"
    """What a demand asked to stop, done all the same: a demand binds nobody, so it is no breach."""
    ANSWER = "answer"
    """A commitment or act that answers a demand or an offer (taken up, refused)."""


class Judgement(StrEnum):
    """What people say of a finding."""

    APPARENT = "apparent"
    VERIFIED = "verified"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class TermTest(_Dict):
    """What a term's act is held against (from `knowledge/ledger`), in this commitment."""

    mode: str
    """``refrain`` (must not be done), ``perform`` (must be done), ``both``, ``none`` (cannot be tested by
    incidents).
    """
    breach_types: tuple[str, ...]
    fulfil_types: tuple[str, ...]
    bound: tuple[PartyView, ...]
    scope: tuple[PlaceView, ...]
    start: date | None
    until: date | None
    start_basis: str
    until_basis: str


@dataclass(frozen=True, slots=True)
class TermStatus(_Dict):
    """One term of a commitment, its test and where it stands."""

    id: str
    act: str
    text: str
    state: str
    reason: str
    test: TermTest
    breaches: int
    fulfilments: int
    by_parties_not_bound: int
    first_breach: date | None
    days_watched: int
    """Days of the period on which at least one report covered the scope."""
    days_open: int
    condition: str | None = None
    superseded_by: str | None = None


@dataclass(frozen=True, slots=True)
class Finding(_Dict):
    """An incident (or answering commitment) held against one term, with the reasons.

    ``strength`` 0..1 weighs party, place, day, act and grade (``reasons`` has the parts). ``days_after``:
    from the term's first day. ``km``: from the scope, 0 inside it, None when either place is unknown.
    """

    id: str
    kind: str
    commitment: str
    term: str
    act: str
    clause: Quote | None
    incident: str | None
    answer: str | None
    incident_type: str | None
    day: date | None
    parties: tuple[str, ...]
    places: tuple[str, ...]
    quotes: tuple[Quote, ...]
    strength: float
    reasons: dict[str, float]
    notes: tuple[str, ...]
    days_after: int | None
    km: float | None
    grade: str
    judgement: str = "apparent"
    judged_by: str | None = None
    judged_reason: str | None = None


@dataclass(frozen=True, slots=True)
class CommitmentRecord(_Dict):
    """One promise (agreement, offer, demand, threat, refusal) as all reports together tell it.

    ``state`` sums the terms up: ``breached`` when any is, ``fulfilled`` when all are, and so on.
    ``answers``: the commitment that this one responds to (a refusal, a renewal), ``renews``/``within``:
    overlapping truces.
    """

    id: str
    kind: str
    acts: tuple[str, ...]
    by: tuple[PartyView, ...]
    to: tuple[PartyView, ...]
    bound: tuple[PartyView, ...]
    mediators: tuple[PartyView, ...]
    guarantors: tuple[PartyView, ...]
    places: tuple[PlaceView, ...]
    country: str | None
    made: date | None
    made_basis: str
    start: date | None
    until: date | None
    state: str
    terms: tuple[TermStatus, ...]
    quote: Quote | None
    sources: int
    reports: int
    claims: int
    publishers: tuple[str, ...]
    claim_ids: tuple[str, ...]
    first_reported: date | None
    last_reported: date | None
    findings: int
    breaches: int
    published: bool
    version: int
    answers: str | None = None
    renews: str | None = None
    within: str | None = None
    aliases: tuple[str, ...] = ()
    redirected_from: str | None = None
    denied: bool = False


@dataclass(frozen=True, slots=True)
class TimelineEntry(_Dict):
    """One line of a commitment's timeline, in order of day: announced, refused, breach, answer, limit, ends
    ...
    """

    day: date | None
    what: str
    text: str
    ref: str | None
    quote: Quote | None = None


@dataclass(frozen=True, slots=True)
class LedgerView(_Dict):
    """A commitment with everything held against it."""

    commitment: CommitmentRecord
    findings: tuple[Finding, ...]
    claims: tuple[CommitmentClaimView, ...]
    answers: tuple[CommitmentRecord, ...]
    limits: tuple[AccessLimit, ...]
    timeline: tuple[TimelineEntry, ...]
    today: date | None
