"""What the resolvers find in the tokens: mentions, each over a half-open range of tokens with the rule that took it.

Light slotted classes, not pydantic: they live in the hot path. The grammar binds mentions to predicates; the reading
turns what is bound into the contract's parts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(slots=True)
class TimeHit:
    """A time expression. ``start`` and ``end``: closed range of days, None where open. ``day_part`` of the contract.

    grain: ``day`` (a certain day), ``range`` (week, month, "from..to"), ``since`` (open campaign: منذ), ``past``
    (history: a year or month long before), ``vague`` (مؤخرا: days unknown), ``part`` (only a part of the day).
    """

    lo: int
    hi: int
    start: date | None
    end: date | None
    day_part: str | None
    grain: str
    rule: str
    conflict: str | None = None


@dataclass(slots=True)
class PlaceHit:
    """A place with its head noun and part word ("محيط بلدة المزيريب"), resolved in the gazetteer where it is known.

    ``role``: ``place``; ``parent`` (only contains the place before it: "ناحتة بريف درعا الشرقي"); ``inside`` (part of an
    actor's, outlet's or agreement's name, or an adjective of origin); ``dateline``.
    ``head``: key of the head noun (بلده) or "". ``group`` joins members of one coordinated list.
    """

    lo: int
    hi: int
    name: str
    id: str | None
    kind: str | None
    lat: float | None
    lon: float | None
    precision: str | None
    part: str
    parents: tuple[str, ...]
    country: str | None
    role: str
    head: str
    group: int
    rule: str
    clitics: str = ""
    """Proclitics on the first token, without the article: ب in بمدينة."""


@dataclass(slots=True)
class ActorHit:
    """A party or person as written. ``id`` of the registry or None (unknown groups and people are kept as written).

    kind: ``state`` ``forces`` ``armed_group`` ``party`` ``coalition`` ``un`` ``ngo`` ``outlet`` ``agency`` ``monitor``
    ``institution`` ``tribe`` ``people`` (civilians, residents) ``official`` (a role or title) ``person``.
    ``acts``: can do violence as such (forces, groups, states by capital). ``name_lo``: first token of the name proper
    when role nouns stand before it ("المتحدث باسم" + A). ``plural`` and ``feminine`` help agreement.
    """

    lo: int
    hi: int
    id: str | None
    kind: str
    acts: bool
    rule: str
    name_lo: int = -1
    plural: bool = False
    feminine: bool = False
    clitics: str = ""
    """Proclitics on the first token, without the article: ل in لداعش."""


@dataclass(slots=True)
class HarmHit:
    """Harm to people. Bounds are persons, inclusive; None is unstated; 0..0 a stated absence.

    ``partial``: a part of a total told before ("بينهم طفلان"), never added. ``toll``: a running or summed count
    ("ارتفع عدد القتلى إلى", "حصيلة"). ``anchor``: token of the harm word itself (قتل، مقتل، جرحى).
    ``who_lo, who_hi``: tokens of the victims' noun phrase (may be empty: lo == hi).
    """

    lo: int
    hi: int
    status: str
    who: str
    min: int | None
    max: int | None
    anchor: int
    rule: str
    partial: bool = False
    toll: bool = False
    who_lo: int = -1
    who_hi: int = -1


@dataclass(slots=True)
class NounHit:
    """A weapon, target or service by its noun phrase; ``value`` is the contract's word."""

    lo: int
    hi: int
    slot: str
    value: str
    rule: str
    clitics: str = ""


@dataclass(slots=True)
class SourceHit:
    """A source and the tokens that it governs. ``via`` is the index of the relaying source in the same list."""

    lo: int
    hi: int
    kind: str
    anonymous: bool
    via: int | None
    governs: tuple[tuple[int, int], ...]
    stance: str
    """``says``, ``doubts`` (زعم), ``denies`` (نفى), ``accuses`` (اتهم)."""
    same_as: int | None
    rule: str
    clitics: str = ""
    """Proclitics on the first token, without the article: ل in لوزارة."""
