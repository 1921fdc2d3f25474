"""What the text as a whole decides: its country, what definite nouns point back to, who short names are."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from rasid.lexicon.actors import Country, Entry, countries, registry
from rasid.resolve.who_scan import Node, Scan
from rasid.resolve.who_tables import Head, group, tables
from rasid.resolve.who_words import mark_of

#: Weight of the report's region, in mentions.
_REGION = 3


@dataclass(slots=True)
class Memory:
    """Parties named so far, by the nouns that may point back to them; votes for the text's country."""

    votes: Counter[str]
    region: str | None
    by_noun: dict[str, str] = field(default_factory=dict)
    last: str | None = None
    spoken: set[str] = field(default_factory=set)
    present: set[str] = field(default_factory=set)
    country: str | None = None
    state_forces: str | None = None
    end: int = -1
    """Where the last party that was found ends, in the scan."""


def memory_of(s: Scan, nodes: list[Node], region: str | None) -> Memory:
    """What can be known before the phrases are read in order."""
    counts = votes(s, nodes, region)
    best = counts.most_common(1)
    m = Memory(counts, region, country=best[0][0] if best else region)
    for n in nodes:
        if n.weak:
            continue
        if n.official:
            m.spoken.add(n.official)
            m.present.add(n.id or "")
        elif len(n.entries) == 1 and not (n.shared or n.generic):
            m.present.add(n.entries[0].id)
    return m


def votes(s: Scan, nodes: list[Node], region: str | None) -> Counter[str]:
    """Mentions by country: nationalities, parties, names of countries and of well-known places."""
    out = Counter(filter(None, map(mark_of.__getitem__, s.keys)))
    for n in nodes:
        if n.country and n.side == "place":
            out[n.country.code] += 1
        elif len(n.entries) == 1 and n.entries[0].country and not (n.weak or n.generic):
            out[n.entries[0].country] += 1
    if region:
        out[region] += _REGION
    return out


def country_id(n: Node) -> str | None:
    """The party for which a nationality stands in this phrase."""
    c = n.country
    assert c is not None
    if n.head and n.head.head.id == "head.alliance":
        return coalition_of(c)
    side = "government" if n.side == "place" else n.side
    return {"forces": c.forces, "government": c.government, "militia": c.militia}.get(side)


def coalition_of(leader: Country) -> str | None:
    """The coalition that a country leads."""
    return {"US": "us.coalition", "SA": "sa.coalition"}.get(leader.code)


def proxy(n: Node, memory: Memory) -> tuple[str | None, bool]:
    """Forces loyal to another country are its proxies, not its own: (their id, whether this rule decides)."""
    c = n.country
    if c is None or n.rule != "who.loyal":
        return None, False
    armed = n.head is not None and n.head.head.kind == "armed_group"
    if c.code == memory.country and not armed:
        return None, False
    entries = tables().proxies.get(c.code, ())
    for e in entries:
        if memory.country in e.regions:
            return e.id, True
    return (entries[0].id if len(entries) == 1 and c.code != memory.country else None), True


def choose(n: Node, memory: Memory) -> Entry | None:
    """One of several parties of one name: by nationality, as named before, or by the text's country."""
    entries = n.entries
    if n.country:
        for e in entries:
            if n.country.code in e.regions:
                return e
    if n.shared:
        ranked = sorted(entries, key=lambda e: -max((memory.votes.get(r, 0) for r in e.regions), default=0))
        best = ranked[0]
        return best if memory.country in best.regions or (len(entries) > 1 and _voted(best, memory)) else None
    if n.generic and memory.country:
        entries = tuple(e for e in entries if memory.country in e.regions or _voted(e, memory))
        if not entries:
            return None
    if len(entries) == 1:
        return entries[0]
    present = [e for e in entries if e.id in memory.present]
    if len(present) == 1:
        return present[0]
    return max(entries, key=lambda e: memory.votes.get(e.country or "", 0))


def _voted(e: Entry, memory: Memory) -> bool:
    return any(memory.votes.get(r, 0) > 0 for r in e.regions)


def own_state(n: Node, memory: Memory) -> str | None:
    """The text's own state: its forces or its government, as the head says."""
    c = countries().get(memory.country or "")
    if n.side == "forces":
        return c.forces if c else memory.state_forces
    return c.government if c else None


def pointed(stem: str, head: Head | None, side: str, memory: Memory) -> str | None:
    """The party that a definite noun alone stands for."""
    c = countries().get(memory.country or "")
    if head is not None and head.id == "head.state_forces":
        return memory.state_forces or (c.forces if c else None)
    got = memory.by_noun.get(stem)
    if got:
        return got
    entries = tables().called.get(stem, ())
    for e in entries:
        if memory.country in e.regions:
            return e.id
    if c and (stem in group("forces_nouns") or (head is not None and head.kind == "forces" and head.alone != "owned")):
        return c.forces
    if c and (
        stem in group("government_nouns") or (side == "government" and head is not None and head.kind == "institution")
    ):
        return c.government
    for likely in ([e for e in entries if e.id in memory.present], [e for e in entries if _voted(e, memory)]):
        if len(likely) == 1:
            return likely[0].id
    return None


def remember(n: Node, id_: str, memory: Memory) -> None:
    """After a party is resolved: what may point back to it."""
    if n.acts or n.kind in ("un", "party"):
        memory.last = id_
    for noun in tables().nouns.get(id_, ()):
        memory.by_noun[noun] = id_
    head = n.head.head if n.head else None
    if n.head and head and head.back and n.kind not in ("official", "people"):
        memory.by_noun[n.head.stem] = id_
    e = registry().get(id_)
    c = countries().get(e.country or "") if e else None
    if c is None or e is None or n.side == "place":
        return
    forces = head is not None and head.kind == "forces"
    if id_ in (c.government, c.forces) and (forces or e.kind == "forces" or memory.state_forces is None):
        memory.state_forces = c.forces
    if id_ in (c.government, c.forces) and (forces or id_ != c.government):
        memory.by_noun.update(dict.fromkeys(group("forces_nouns"), id_))
    elif id_ == c.government:
        memory.by_noun.update(dict.fromkeys(group("government_nouns"), id_))
