"""A place phrase as it was parsed, before anything is decided about it."""

from __future__ import annotations

from dataclasses import dataclass, field

from rasid.lexicon.gazetteer import Entry, Place
from rasid.resolve.where_words import Head

#: How wide a kind is; a wider place after a narrower one contains it.
WIDTH = {
    "facility": 0,
    "street": 0,
    "neighbourhood": 1,
    "camp": 1,
    "crossing": 1,
    "village": 2,
    "mountain": 2,
    "town": 3,
    "city": 4,
    "area": 5,
    "district": 5,
    "countryside": 6,
    "governorate": 7,
    "country": 9,
}

#: Kinds that hold facilities.
WIDE_KINDS = frozenset({"city", "town", "village", "governorate", "district", "country", "area", "neighbourhood"})


@dataclass(slots=True)
class Mention:
    """One place phrase over tokens ``lo`` to ``hi``; the name proper over ``name_lo`` to ``name_hi``.

    ``shape`` says how it was built: name, head, unknown, container (أحياء حلب), side,
    countryside, nation (الأراضي
    السورية), border, road, anaphor, suffix (محيطها), definite (القصر الرئاسي). ``clitics`` are
    those of the first token.
    ``before`` is the class of the preposition: loc, to, from, on, relation, or "".
    """

    lo: int
    hi: int
    name_lo: int
    name_hi: int
    shape: str
    clitics: str = ""
    head: Head | None = None
    entries: tuple[Entry, ...] = ()
    written: str = ""
    part: str = "in"
    side: str = ""
    nation: str | None = None
    before: str = ""
    group: int = -1
    role: str = "place"
    rule: str = ""
    place: Place | None = None
    of: Mention | None = None
    """The place that contains or locates this one, as the text says it."""
    inner: list[Mention] = field(default_factory=list)
    """Second end of a road."""

    @property
    def known(self) -> bool:
        """Does the gazetteer have any place of this name?"""
        return bool(self.entries)
