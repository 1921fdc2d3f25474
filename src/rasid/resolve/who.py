"""Who: the parties and people of a text as noun phrases, with ids of the registry where they have one."""

from __future__ import annotations

import itertools

from rasid.lexicon.actors import Country, registry
from rasid.model.context import Context
from rasid.model.mentions import ActorHit
from rasid.resolve.who_context import (
    Memory,
    choose,
    country_id,
    memory_of,
    own_state,
    pointed,
    proxy,
    remember,
)
from rasid.resolve.who_phrase import phrase_at
from rasid.resolve.who_scan import Node, Scan, named_at, scan
from rasid.resolve.who_states import as_party, is_verb, place_before
from rasid.resolve.who_tables import group, tables
from rasid.resolve.who_words import Word
from rasid.text.tokens import Tokens

_REFINED = frozenset({"armed_group", "forces", "party", "coalition", "state"})


def find(t: Tokens, context: Context) -> list[ActorHit]:
    """Parties and people in token order, not overlapping, each the longest noun phrase."""
    s = scan(t)
    nodes = _nodes(s)
    memory = memory_of(s, nodes, context.region)
    _share(s, nodes)
    hits: list[ActorHit] = []
    for n in nodes:
        hit = _resolve(s, n, memory)
        if hit:
            hits.append(hit)
    return _merge(hits, _surnames(s, nodes, hits))


def _nodes(s: Scan) -> list[Node]:
    nodes: list[Node] = []
    words, end = s.words, 1
    for p in [i for i, w in enumerate(words) if w is not None and w.opens]:
        if p < end:
            continue
        w = words[p]
        if w is None or (w.function and not w.single and s.keys[p + 1] not in w.seconds):
            continue
        place = _place(s, p, w, nodes) if w.names and not (w.head or w.title) else 0
        if place:
            end = place
            continue
        node = phrase_at(s, p) if w.starts else None
        if node is None and w.plural and w.definite:
            node = _nationals(s, p)
        if node:
            nodes.append(node)
            end = node.hi
    return nodes


def _place(s: Scan, p: int, w: Word, nodes: list[Node]) -> int:
    """The end of a country's or capital's name at ``p`` that is only a place there, else 0."""
    got = named_at(s, p, w)
    if got is None or not got[1][0].country:
        return 0
    chained = bool(nodes) and nodes[-1].hi == p and nodes[-1].kind not in ("people", "person")
    return 0 if as_party(s, p, got[0], got[1][0].capital, chained) else got[0]


def _nationals(s: Scan, p: int) -> Node | None:
    """A plural nationality standing alone: الأتراك, الحوثيون."""
    w = s.words[p]
    if w is None or (s.words[p - 1] is None and s.keys[p - 1].startswith("ال")):
        return None
    if w.party and not w.shared:
        e = w.party[0]
        n = Node.named(p, p + 1, e.kind, e.acts, "who.name")
        n.entries = w.party
    elif w.nation or w.party:
        n = Node.named(p, p + 1, "people", False, "who.nationals")
        n.country = w.nation
    else:
        return None
    n.plural = True
    return n


def _share(s: Scan, nodes: list[Node]) -> None:
    """Joined heads share what follows the last: الجنود والمستشارون الأمريكيون, عناصر وقيادات التنظيم."""
    for n, after in itertools.pairwise(nodes):
        w = s.words[after.lo]
        if after.lo != n.hi or not (w and w.clitics == "و" and n.head and after.head) or n.known or n.pronoun:
            continue
        if n.hi != n.lo + 1 or {n.kind, after.kind} & {"people", "tribe"}:
            continue
        if not n.definite and not w.definite and after.described:
            n.bear(after)
            n.described = True
        elif n.definite and w.definite and after.country and {n.kind, after.kind} <= {"forces", "official"}:
            n.country, n.described = after.country, True


def _resolve(s: Scan, n: Node, memory: Memory) -> ActorHit | None:
    if _unmeant(s, n):
        return None
    id_ = _id(s, n, memory)
    if id_ is None and not _kept(s, n):
        return None
    memory.end = n.hi
    if id_:
        remember(n, id_, memory)
        e = registry().get(id_)
        if e and n.kind in _REFINED and n.rule not in ("who.loyal", "who.linked") and (not n.head or n.kind == "state"):
            n.kind = e.kind
    return _hit(s, n, id_)


def _unmeant(s: Scan, n: Node) -> bool:
    """Is the phrase another thing than a party, by the noun that it describes or by its adjective?"""
    head = n.head
    if head is None or n.entries or n.id or n.country:
        return False
    if head.stem.removesuffix("ين") in group("adjectival") and not head.plural and _adjectival(s, n):
        return True
    return head.head.strict and n.plain and n.hi == n.lo + 2


def _adjectival(s: Scan, n: Node) -> bool:
    """A singular that follows a noun it describes: مصدر عسكري, المجتمع المدني."""
    w = s.words[n.lo]
    if w is None or w.clitics not in ("", "و"):
        return False
    if n.definite or w.clitics:
        return True
    before = s.words[n.lo - 1]
    if not s.is_word(n.lo - 1) or s.keys[n.lo - 1] in tables().harm:
        return False
    return not (before and (before.function or before.verb))


def _id(s: Scan, n: Node, memory: Memory) -> str | None:
    if n.side == "ally" or (n.weak and not _supported(s, n, memory)):
        return None
    if n.pronoun:
        n.rule = "who.pronoun"
        return memory.last if n.acts and n.kind != "tribe" else None
    if n.id:
        return n.id
    if n.entries:
        e = choose(n, memory)
        if e is not None or n.country is None:
            return e.id if e else _of_the_text(n, memory)
    if n.state and not n.country:
        return own_state(n, memory)
    if n.country:
        id_, decided = proxy(n, memory)
        return id_ if decided else country_id(n)
    if n.inner:
        return pointed(n.inner, n.head.head if n.head else None, n.side, memory)
    return _anaphor(s, n, memory)


def _of_the_text(n: Node, memory: Memory) -> str | None:
    """A unit of a common name in a text of another country: that country's own."""
    if n.generic and n.head and n.head.head.kind == "forces":
        n.rule, n.side = "who.anaphora", "forces"
        return own_state(n, memory)
    return None


def _anaphor(s: Scan, n: Node, memory: Memory) -> str | None:
    h = n.head
    if h is None or not n.definite or n.kind in ("people", "tribe", "official") or _modified(s, n):
        return None
    gear = h.head.id == "head.gear" and n.described
    if h.head.alone not in ("called", "definite", "emit") and not gear and not (n.rule == "who.head" and n.described):
        return None
    if n.rule == "who.unknown_group" or h.head.id == "head.unit":
        return None
    n.rule = "who.anaphora"
    there = _country_after(s, n)
    if there and n.side in ("forces", "government"):
        n.country = there
        return country_id(n)
    return pointed(h.stem, h.head, n.side, memory)


def _country_after(s: Scan, n: Node) -> Country | None:
    """The country that a place phrase right after a definite head gives it: قوات الأمن في قرغيزستان."""
    w = s.words[n.hi]
    at = n.hi + 1 if w and w.rest == "في" and not w.clitics else n.hi if w and w.clitics == "ب" else 0
    place = s.words[at] if at else None
    if place is None or not place.names or (place.clitics and at != n.hi):
        return None
    got = named_at(s, at, place)
    return got[1][0].country if got else None


def _supported(s: Scan, n: Node, memory: Memory) -> bool:
    """May a short or shared name stand for its party here?"""
    if n.side == "place" or not (n.official or n.entries):
        return True
    before = s.words[n.lo - 1]
    if before and before.given and not before.names:
        return False
    busy = is_verb(s, n.hi) or is_verb(s, n.lo - 1)
    w = s.words[n.lo]
    if n.official and w and w.clitics == "ل" and s.is_word(n.hi) and s.words[n.hi] is None:
        return False  # لصالح: in favour of
    if n.official:
        e = registry().get(n.id or "")
        home = bool(e and e.country and e.country == memory.country)
        if home and w and w.clitics == "و" and memory.end == n.lo:
            return True  # ميليشيات الحوثي وصالح
        return n.official in memory.spoken or (home and (busy or bool(n.head)))
    quoted = s.opens_quote(n.lo) == n.hi or s.keys[n.lo - 1] in group("carriers")
    for e in n.entries:
        if e.id in memory.present or memory.country in e.regions:
            return e.kind not in ("outlet", "agency", "monitor") or busy or quoted or e.id in memory.present
    state = n.entries[0].kind == "state" and not n.entries[0].regions
    return quoted or (busy and state and not place_before(s, n.lo))


def _modified(s: Scan, n: Node) -> bool:
    """A definite head with a relative adjective that nobody knows is another thing: النظام الصحي."""
    if n.hi != n.lo + 1 or s.words[n.hi] is not None or not s.is_word(n.hi):
        return False
    key = s.keys[n.hi]
    return key.startswith("ال") and key.endswith("يه" if n.feminine or n.plural else "ي")


def _kept(s: Scan, n: Node) -> bool:
    """Is a phrase whose party is not known worth keeping as written?"""
    if n.kind == "official":
        return n.described or n.hi > n.lo + 1
    if n.weak or n.head is None:
        return n.kind == "people" or (n.kind == "person" and not n.official)
    alone = n.head.head.alone
    if alone == "emit":
        return not n.pronoun
    if alone == "definite":
        return n.definite or n.described or (bool(n.pronoun) and n.kind in ("people", "tribe"))
    if alone == "phrase":
        return n.described or bool(n.pronoun)
    if (alone == "called" and n.armed) or (n.kind == "institution" and n.described and n.definite):
        return True
    return n.described and (n.rule in ("who.unknown_group", "who.loyal", "who.linked") or bool(n.country))


def _hit(s: Scan, n: Node, id_: str | None) -> ActorHit:
    lo, hi = _quotes(s.t, s.at[n.lo], s.at[n.hi - 1] + 1)
    name_lo = s.at[n.name_lo] if n.name_lo >= 0 else -1
    return ActorHit(lo, hi, id_, n.kind, n.acts, n.rule, name_lo, n.plural, n.feminine)


def _quotes(t: Tokens, lo: int, hi: int) -> tuple[int, int]:
    """Quotation marks that belong to the phrase are part of it when they are balanced."""
    inside = t.kind[lo:hi].count("q")
    if inside % 2 == 0:
        return lo, hi
    if hi < len(t) and t.kind[hi] == "q":
        return lo, hi + 1
    if lo and t.kind[lo - 1] == "q":
        return lo - 1, hi
    return lo, hi


def _surnames(s: Scan, nodes: list[Node], hits: list[ActorHit]) -> list[ActorHit]:
    """People named in full once and by surname alone elsewhere."""
    ids = {h.lo: h.id for h in hits}
    known: dict[str, tuple[Node, str | None]] = {}
    for n in nodes:
        if len(n.surname) > 3 and s.at[n.lo] in ids:
            known.setdefault(n.surname, (n, ids[s.at[n.lo]]))
    if not known:
        return []
    forms = {c + name: name for name in known for c in ("", "و", "ل", "ف", "ب")}
    out = []
    for p in [i for i, k in enumerate(s.keys) if k in forms]:
        before, w = s.words[p - 1], s.words[p]
        if not (before and before.given) and not (w and w.stop):
            n, id_ = known[forms[s.keys[p]]]
            out.append(ActorHit(s.at[p], s.at[p] + 1, id_, "person", n.acts, "who.surname", s.at[p]))
    return out


def _merge(hits: list[ActorHit], more: list[ActorHit]) -> list[ActorHit]:
    if not more:
        return hits
    taken = {i for h in hits for i in range(h.lo, h.hi)}
    hits += [m for m in more if m.lo not in taken]
    return sorted(hits, key=lambda h: h.lo)
