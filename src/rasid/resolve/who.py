"""Who: the parties and people of a text as noun phrases, each with its id in the registry where it has one."""

from __future__ import annotations

from rasid.lexicon.actors import registry
from rasid.model.context import Context
from rasid.model.mentions import ActorHit
from rasid.resolve.who_context import Memory, choose, country_id, pointed, remember, votes
from rasid.resolve.who_phrase import phrase_at
from rasid.resolve.who_scan import Node, Scan, scan
from rasid.resolve.who_states import as_party, is_verb
from rasid.resolve.who_words import stem_of
from rasid.text.tokens import Tokens


def find(t: Tokens, context: Context) -> list[ActorHit]:
    """Parties and people in token order, not overlapping, each the longest noun phrase."""
    s = scan(t)
    nodes = _nodes(s)
    memory = Memory(votes(s, nodes, context.region), context.region)
    memory.spoken = {n.official for n in nodes if n.official and not n.weak}
    hits: list[ActorHit] = []
    previous: Node | None = None
    for n in nodes:
        hit = _resolve(s, n, memory, previous)
        if hit:
            hits.append(hit)
            previous = n
    return _merge(hits, _surnames(s, nodes, hits))


def _nodes(s: Scan) -> list[Node]:
    nodes: list[Node] = []
    p, n = 1, len(s.keys)
    words = s.words
    while p < n:
        w = words[p]
        if w is None or not (w.names or w.head or w.title or (w.nation and w.plural) or (w.party and w.plural)):
            p += 1
            continue
        node = phrase_at(s, p) or _nationals(s, p)
        if node is None:
            p += 1
            continue
        nodes.append(node)
        p = node.hi
    return nodes


def _nationals(s: Scan, p: int) -> Node | None:
    """A plural nationality standing alone: الأتراك, الحوثيون."""
    w = s.words[p]
    if w is None or not w.plural or not w.definite:
        return None
    if w.party:
        return Node(p, p + 1, w.party.kind, w.party.acts, "who.name", entries=(w.party,), plural=True, definite=True,
                    name_lo=p)  # fmt: skip
    before = s.words[p - 1]
    if w.nation and not (before is None and s.keys[p - 1].startswith("ال")):
        return Node(p, p + 1, "people", False, "who.nationals", country=w.nation, plural=True, definite=True,
                    name_lo=p)  # fmt: skip
    return None


def _resolve(s: Scan, n: Node, memory: Memory, previous: Node | None) -> ActorHit | None:
    if n.side == "place":
        chained = previous is not None and previous.hi == n.lo and previous.side == "place"
        if not as_party(s, n, chained):
            return None
    id_ = _id(s, n, memory)
    if id_ is None and not _kept(s, n, memory):
        return None
    if id_:
        remember(n, id_, memory)
        e = registry().get(id_)
        if e and n.kind in ("armed_group", "forces", "party", "coalition", "state") and n.rule != "who.loyal":
            n.kind = e.kind if e.kind != "state" or n.side not in ("forces", "militia") else "forces"
    return _hit(s, n, id_)


def _id(s: Scan, n: Node, memory: Memory) -> str | None:
    if n.pronoun:
        return _owner(n, memory)
    if n.weak and not _supported(s, n, memory):
        return None
    if n.id:
        return n.id
    if n.entries:
        return choose(n.entries, memory).id
    if n.country:
        return country_id(n.country, "government" if n.side == "place" else n.side)
    if n.inner:
        return pointed(n.inner, n.side, memory)
    if n.head and n.definite and not _modified(s, n):
        n.rule = "who.anaphora"
        return pointed(stem_of(n.head.stem), n.side, memory)
    return None


def _owner(n: Node, memory: Memory) -> str | None:
    n.rule = "who.pronoun"
    return memory.last


def _supported(s: Scan, n: Node, memory: Memory) -> bool:
    """May a short or shared name stand for its party here?"""
    if n.side == "place":
        return True
    before = s.words[n.lo - 1]
    if before and before.given and not before.names:
        return False
    if n.official:
        if n.official in memory.spoken:
            return True
        e = registry().get(n.id or "")
        home = bool(e and e.country and e.country == memory.country)
        return home and (is_verb(s, n.hi) or is_verb(s, n.lo - 1) or bool(n.head))
    e = n.entries[0] if n.entries else None
    return bool(e and memory.country in e.regions)


def _modified(s: Scan, n: Node) -> bool:
    """A definite head followed by an adjective that nobody knows is another thing: النظام الصحي."""
    if not (n.head and n.head.head.strict) or n.hi != n.lo + 1:
        return False
    return s.is_word(n.hi) and s.words[n.hi] is None and s.keys[n.hi].startswith("ال")


def _kept(s: Scan, n: Node, memory: Memory) -> bool:
    """Is a phrase whose party is not known worth keeping as written?"""
    if n.kind == "official":
        return n.described or n.hi > n.lo + 1
    if n.weak or n.head is None:
        return n.kind == "people"
    alone = n.head.head.alone
    if alone == "emit":
        return not n.pronoun
    if alone == "definite":
        return (n.definite or n.described) and not n.pronoun
    if alone == "phrase":
        return n.described
    return n.described and (n.rule in ("who.unknown_group", "who.loyal") or bool(n.country))


def _hit(s: Scan, n: Node, id_: str | None) -> ActorHit:
    lo, hi = s.at[n.lo], s.at[n.hi - 1] + 1
    lo, hi = _quotes(s.t, lo, hi)
    name_lo = s.at[n.name_lo] if n.name_lo >= 0 else -1
    first = s.words[n.lo]
    return ActorHit(
        lo, hi, id_, n.kind, n.acts, n.rule, name_lo, n.plural, n.feminine, first.clitics if first else ""
    )


def _quotes(t: Tokens, lo: int, hi: int) -> tuple[int, int]:
    """Quotation marks that belong to the phrase are part of it when they are balanced."""
    inside = sum(1 for i in range(lo, hi) if t.kind[i] == "q")
    if inside % 2 == 0:
        return lo, hi
    if hi < len(t) and t.kind[hi] == "q":
        return lo, hi + 1
    if lo and t.kind[lo - 1] == "q":
        return lo - 1, hi
    return lo, hi


def _surnames(s: Scan, nodes: list[Node], hits: list[ActorHit]) -> list[ActorHit]:
    """People named in full once and by surname later."""
    known: dict[str, tuple[Node, str | None]] = {}
    ids = {h.lo: h.id for h in hits}
    for n in nodes:
        if n.surname and len(n.surname) > 2 and s.at[n.lo] in ids:
            known.setdefault(n.surname, (n, ids[s.at[n.lo]]))
    if not known:
        return []
    out = []
    for p, key in enumerate(s.keys):
        for form in (key, key[1:] if key[:1] in "ولفب" else ""):
            got = known.get(form)
            if got and not (s.words[p - 1] and s.words[p - 1].given):  # type: ignore[union-attr]
                a = s.at[p]
                out.append(ActorHit(a, a + 1, got[1], "person", got[0].acts, "who.surname", a))
                break
    return out


def _merge(hits: list[ActorHit], more: list[ActorHit]) -> list[ActorHit]:
    if not more:
        return hits
    taken = {i for h in hits for i in range(h.lo, h.hi)}
    hits += [m for m in more if m.lo not in taken]
    return sorted(hits, key=lambda h: h.lo)
