"""What the text as a whole decides: its country, what definite nouns point back to, who short names are."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from rasid.lexicon.actors import Country, Entry, countries, registry
from rasid.resolve.who_scan import Node, Scan
from rasid.resolve.who_words import stem_of, tables

_GOVERNMENT = frozenset({"حكومه", "سلطات"})
_FORCES = frozenset({"قوات", "جيش", "شرطه", "درك", "جندرمه", "جنود", "جندي", "ضباط", "ضابط", "عسكريين", "امن", "طيران"})
#: Weight of the report's region, in mentions.
_REGION = 3


@dataclass(slots=True)
class Memory:
    """Parties named so far, by the nouns that may point back to them, and the votes for the text's country."""

    votes: Counter[str]
    region: str | None
    by_noun: dict[str, str] = field(default_factory=dict)
    last: str | None = None
    nation: dict[str, Country] = field(default_factory=dict)
    spoken: set[str] = field(default_factory=set)

    @property
    def country(self) -> str | None:
        """The text's country as far as anything says."""
        return self.votes.most_common(1)[0][0] if self.votes else self.region

    def saw(self, id_: str, country: str | None) -> None:
        """Remember a party that was named."""
        for noun in tables().nouns.get(id_, ()):
            self.by_noun[noun] = id_
        self.last = id_


def votes(s: Scan, nodes: list[Node], region: str | None) -> Counter[str]:
    """Mentions by country: nationalities, parties, names of countries and of well-known places."""
    out: Counter[str] = Counter()
    marks = tables().marks
    for key in s.keys:
        code = marks.get(key) or (marks.get(key[1:]) if key[:1] in "وبفل" else None)
        if code:
            out[code] += 1
    for w in s.words:
        if w and w.nation:
            out[w.nation.code] += 1
    for n in nodes:
        if n.country and n.side == "place":
            out[n.country.code] += 1 if n.weak else 2
        elif n.entries and len(n.entries) == 1 and n.entries[0].country and not n.weak:
            out[n.entries[0].country] += 1
    if region:
        out[region] += _REGION
    return out


def country_id(country: Country, side: str) -> str | None:
    """The party for which a nationality stands after a head of this side."""
    if side == "forces":
        return country.forces
    if side == "government":
        return country.government
    return country.militia if side == "militia" else None


def choose(entries: tuple[Entry, ...], memory: Memory) -> Entry:
    """One of several parties of the same name: the one named before, else the text's country's, else the first."""
    if len(entries) == 1:
        return entries[0]
    ranked = sorted(
        range(len(entries)), key=lambda i: (-memory.votes.get(entries[i].country or "", 0), i)
    )
    return entries[ranked[0]]


def pointed(stem: str, side: str, memory: Memory) -> str | None:
    """The party that a definite noun alone stands for."""
    got = memory.by_noun.get(stem)
    if got:
        return got
    country = memory.country
    for e in tables().called.get(stem, ()):
        if country in e.regions:
            return e.id
    c = countries().get(country or "")
    if c and stem in _FORCES:
        return c.forces
    if c and stem in _GOVERNMENT:
        return c.government
    return None


def remember(node: Node, id_: str, memory: Memory) -> None:
    """After a party is resolved: what may point back to it."""
    e = registry().get(id_)
    memory.saw(id_, e.country if e else None)
    if node.head:
        memory.by_noun[stem_of(node.head.stem)] = id_
    if e and e.kind in ("state", "forces"):
        for noun in _FORCES if node.side == "forces" or e.kind == "forces" else _GOVERNMENT:
            memory.by_noun[noun] = id_
    if e and e.kind == "armed_group":
        memory.by_noun["_group"] = id_
