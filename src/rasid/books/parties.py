"""Parties as the book compares them: by id with their units and principals, by folded name where no id is
known.
"""

from __future__ import annotations

from functools import cache, lru_cache

from rasid.lexicon.actors import Entry, registry
from rasid.text.keys import bare, phrase

#: Marks a key made from a name that the registry does not know.
NAME = "~"


@lru_cache(maxsize=50_000)
def lineage(party: str) -> tuple[str, ...]:
    """The party, its parents, and whom it acts for, nearest first."""
    out: list[str] = []
    rest = [party]
    while rest:
        one = rest.pop(0)
        if one in out:
            continue
        out.append(one)
        entry = registry().get(one)
        if entry is not None:
            rest += [up for up in (entry.parent, entry.acts_for) if up]
    return tuple(out)


def side(party: str) -> str | None:
    """The side of a war on which the registry counts a party, itself when it leads one."""
    entry = registry().get(party)
    return entry.side if entry else None


def labels(party: str | None) -> tuple[str | None, str | None]:
    """Neutral names, Arabic and English; (None, None) of a party that the registry does not know."""
    entry = registry().get(party) if party else None
    return (entry.label_ar, entry.label_en) if entry else (None, None)


def country(party: str) -> str | None:
    """ISO code of the party's country in capitals."""
    entry = registry().get(party)
    return entry.country.upper() if entry and entry.country else None


@lru_cache(maxsize=50_000)
def key(party: str | None, text: str) -> str:
    """What a party is compared by."""
    return party or NAME + " ".join(bare(w) for w in phrase(text))


@cache
def _by_name() -> dict[str, str]:
    out: dict[str, str] = {}
    for entry in registry().values():
        for name in (entry.label_ar, entry.label_en, *entry.names, *entry.partisan):
            out.setdefault(" ".join(bare(w) for w in phrase(name)), entry.id)
    return out


def find(wanted: str) -> str:
    """The id that a user means by an id or a name; a name key when the registry has none."""
    if wanted in registry():
        return wanted
    name = " ".join(bare(w) for w in phrase(wanted))
    return _by_name().get(name, NAME + name)


def entry(party: str) -> Entry | None:
    """The registry's entry."""
    return registry().get(party)
