"""One word given and told several times is one commitment: title, lead, body and sentences that go on
with its terms.
"""

from __future__ import annotations

from rasid.grammar.commitments_scene import Scene
from rasid.lexicon.commitments import words
from rasid.model.claims import CommitmentClaim, TermHit
from rasid.model.mentions import ActorHit

#: Sentences between two tellings that may still go on with one list of terms.
_NEXT = 1


#: Claims that a retelling is looked for among, the last ones; quotes that one claim keeps at most.
_BACK, _QUOTES = 150, 40


def merged(s: Scene, claims: list[CommitmentClaim]) -> list[CommitmentClaim]:
    """Claims with retellings joined, in text order; each keeps the quotes and terms of all its tellings."""
    out: list[CommitmentClaim] = []
    for c in claims:
        home = next((d for d in reversed(out[-_BACK:]) if _same(s, d, c)), None)
        if home is None:
            out.append(c)
        else:
            _join(s, home, c)
    return _settled(s, out)


def _settled(s: Scene, claims: list[CommitmentClaim]) -> list[CommitmentClaim]:
    """Joining gives a claim terms and names by which it may now meet an earlier one: once more over
    what is left.
    """
    out: list[CommitmentClaim] = []
    for c in claims:
        home = next((d for d in out if _same(s, d, c)), None)
        if home is None:
            out.append(c)
        else:
            _join(s, home, c)
    return out


def _same(s: Scene, d: CommitmentClaim, c: CommitmentClaim) -> bool:
    if d.kind != c.kind:
        return False
    by = _agree(s, d.by, c.by)
    if by < 0 and d.kind == "agreement" and c.sentence - d.features.get("last", d.sentence) <= 2:
        by = 0 if _loose(s, d) or _loose(s, c) else by
    if by < 0 and d.sentence == 0 and _retold(s, d, c):
        by = 0
    if by < 0:
        return False
    if _shared_act(d, c) or _alike(s, d, c):
        return _agree(s, d.to, c.to) >= 0 or by > 0
    if by > 0 and d.sentence == 0 and _heads(s, d) & _heads(s, c):
        return True
    near = c.sentence - d.features.get("last", d.sentence) <= _NEXT
    if d.kind == "agreement" and near and by == 0:
        return True
    if not near or by <= 0 or _agree(s, d.to, c.to) < 0:
        return False
    return d.kind in ("demand", "pledge", "agreement", "refusal", "threat")


def _heads(s: Scene, c: CommitmentClaim) -> set[str]:
    """The words of the terms, their clitics off: what a title tells in fewer words than the body."""
    return {w[1:] if w[0] in "لب" and len(w) > 4 else w for x in c.terms for w in content(s, x.lo, min(x.hi, x.lo + 6))}


def _retold(s: Scene, d: CommitmentClaim, c: CommitmentClaim) -> bool:
    """Does the body name in full whom the title calls only "an organisation", or by a name nobody knows?"""
    vague = all(a.id is None and a.kind in ("people", "institution", "ngo", "person") for a in d.by)
    return vague and c.sentence <= 4 and (_alike(s, d, c) or _shared_act(d, c))


def _agree(s: Scene, a: list[ActorHit], b: list[ActorHit]) -> int:
    """1: somebody stands in both; 0: one side is empty; -1: they are different people."""
    if not a or not b:
        return 0
    if any(same_actor(s, x, y) for x in a for y in b):
        return 1
    return -1


def _loose(s: Scene, c: CommitmentClaim) -> bool:
    """Are its sides only "the two sides", "the parties" and the like?"""
    return all(
        a.hi - a.lo <= 2 and s.t.key[a.lo].startswith("ال") and s.t.key[a.lo].endswith(("ين", "ان", "راف"))
        for a in c.by
    )


def same_actor(s: Scene, x: ActorHit, y: ActorHit) -> bool:
    """The same party: one id, or a name that shares its words."""
    if x is y or (x.id and x.id == y.id):
        return True
    a, b = content(s, x.lo, x.hi), content(s, y.lo, y.hi)
    if a <= words("offices") or b <= words("offices"):
        return bool(a and b) and (a <= b or b <= a)
    a, b = a - words("offices"), b - words("offices")
    return len(a & b) * 2 >= min(len(a), len(b))


def content(s: Scene, lo: int, hi: int) -> set[str]:
    """Word keys of a stretch without clitics, articles and short words."""
    out = set()
    for j in range(lo, hi):
        if s.t.kind[j] != "w":
            continue
        rest = s.t.key[j]
        for prefix in ("وال", "بال", "فال", "كال", "ولل", "لل", "ال"):
            if rest.startswith(prefix) and len(rest) - len(prefix) > 2:
                rest = rest[len(prefix) :]
                break
        rest = rest[:-1] if rest.endswith("ه") and len(rest) > 3 else rest
        if len(rest) > 2:
            out.add(rest)
    return out


def _shared_act(d: CommitmentClaim, c: CommitmentClaim) -> bool:
    return bool({x.act for x in d.terms if x.act != "other"} & {x.act for x in c.terms})


def _alike(s: Scene, d: CommitmentClaim, c: CommitmentClaim) -> bool:
    for x in d.terms:
        a = content(s, x.lo, min(x.hi, x.lo + 10))
        for y in c.terms:
            b = content(s, y.lo, min(y.hi, y.lo + 10))
            if len(a & b) >= 2 and len(a & b) * 2 >= min(len(a), len(b)):
                return True
    return False


def _join(s: Scene, d: CommitmentClaim, c: CommitmentClaim) -> None:
    # what is told a thousand times is not better quoted a thousand times
    if c.quotes and len(d.quotes) < _QUOTES and all(not _inside(q, d.quotes) for q in c.quotes):
        d.quotes += c.quotes
    for x in c.terms:
        told = next((y for y in d.terms if _repeats(s, x, y)), None)
        if told is None:
            d.terms.append(x)
        else:  # a title names one place where the text goes on to name more
            told.places = [*told.places, *(p for p in x.places if all(p.name != q.name for q in told.places))]
    bare = [x for x in d.terms if x.lo == d.anchor and x.rule == d.rule]
    if len(d.terms) > len(bare):  # the bare noun says nothing once its terms are told
        d.terms = [x for x in d.terms if x not in bare]
    for name in ("by", "to", "bound", "mediators", "guarantors"):
        mine: list[ActorHit] = getattr(d, name)
        if not mine:
            setattr(d, name, getattr(c, name))
    if _fuller(s, d, c):
        d.by = c.by
    d.features["last"] = float(c.sentence)
    d.time = d.time or c.time
    d.period = d.period or c.period
    d.places += [p for p in c.places if all((p.name, p.kind) != (q.name, q.kind) for q in d.places)]
    d.sources += [n for n in c.sources if n not in d.sources]


def _fuller(s: Scene, d: CommitmentClaim, c: CommitmentClaim) -> bool:
    """Does the later telling name the same speaker in full (a surname in the title, name and office
    in the lead)?
    """
    if len(d.by) != 1 or len(c.by) != 1:
        return False
    a, b = content(s, d.by[0].lo, d.by[0].hi), content(s, c.by[0].lo, c.by[0].hi)
    return bool(a) and a < b and c.by[0].kind in ("official", "person")


def _inside(q: tuple[int, int], quotes: list[tuple[int, int]]) -> bool:
    return any(a <= q[0] and q[1] <= b for a, b in quotes)


def _repeats(s: Scene, x: TermHit, y: TermHit) -> bool:
    if x.act != y.act:
        return False
    if x.act != "other":
        return True
    a, b = content(s, x.lo, x.hi), content(s, y.lo, y.hi)
    return not a or not b or len(a & b) * 2 >= min(len(a), len(b))
