"""A formula of attribution as a value."""

from __future__ import annotations

from dataclasses import dataclass, field

from rasid.resolve.says_scene import Speaker
from rasid.resolve.says_words import Word


@dataclass(slots=True)
class Formula:
    """One formula: ``at`` the word that brings it in, ``lo`` where its words begin, ``hi`` where they end.

    form: ``verb``, ``part`` (a participle that carries on), ``according``, ``title`` (a name and a colon),
    ``turn`` (opens another matter), ``beside`` (a clause beside what was told). Without speakers, the one
    before speaks. ``that``: أن, a colon or a quotation opens what it tells.
    ``carried``: "in a statement" stands with it. ``trailing``: what it governs stands before it.
    ``nested``: it stands inside what another speaker tells.
    """

    form: str
    at: int
    lo: int
    hi: int
    word: Word | None = None
    stance: str = "says"
    speakers: list[Speaker] = field(default_factory=list)
    via: Speaker | None = None
    that: bool = False
    carried: bool = False
    trailing: bool = False
    nested: bool = False

    @property
    def asks(self) -> bool:
        """A demand, promise or verdict without a statement: its speaker is known, it governs nothing."""
        return self.stance == "asks" and not self.carried


@dataclass(slots=True)
class After:
    """What stands between a verb of saying and what it tells."""

    end: int
    speaker: Speaker | None = None
    via: Speaker | None = None
    that: bool = False
    carried: bool = False
    about: bool = False
