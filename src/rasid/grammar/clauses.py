"""Clauses of a sentence: where each begins and how it hangs on what stands before."""

from __future__ import annotations

from dataclasses import dataclass

from rasid.grammar.scan import Scan
from rasid.lexicon.predicates import operators
from rasid.text.keys import fold


@dataclass(slots=True)
class Clause:
    """Tokens lo..hi.

    kind: ``main``, ``that`` (أن), ``rel``, ``result`` (ما أدى إلى), ``circ`` (بعد، وسط), ``coord``, ``open``.
    """

    lo: int
    hi: int
    kind: str
    sentence: int


_HARD = {"؛", ":", ";", "–", "—", "|"}
_NEEDS_THAT = {fold("غير"), fold("إلا"), fold("بيد")}
_NEEDS_EVENT = {fold("بعد"), fold("قبل"), fold("عقب"), fold("وسط"), fold("حين")}
_ADDS = {fold("أيضا"), fold("كذلك"), fold("كما"), fold("ثم")}
_AMID = fold("وسط")
_IN = fold("في")
_MEANWHILE = {fold(w) for w in ("الوقت", "وقت", "حين", "المقابل", "غضون", "الأثناء", "الاثناء", "أثناء")}
_COMMA = {"،", ","}
_KAD = {fold(w) for w in ("قد", "وقد", "فقد", "ولم", "ولن", "فلم", "وسوف")}
_RESULT_NOUN = {fold("الذي")}


def _unconj(key: str) -> str:
    """The key without a leading و or ف."""
    return key[1:] if key[:1] in ("و", "ف") and len(key) > 2 else key


def clauses(s: Scan, sentence: int) -> list[Clause]:
    """The clauses of one sentence, in order; they cover it without gaps."""
    sent = s.m.tokens.sentences[sentence]
    starts: list[tuple[int, str]] = [(sent.lo, "main")]
    keys, finite, kinds = s.m.tokens.key, s.finite, s.m.tokens.kind
    for i in range(sent.lo, sent.hi):
        joined = keys[i][0] == "و" and (i in s.trigger or i in s.harm)
        if i not in finite and not _may_open[keys[i]] and kinds[i] == "w" and not joined:
            continue
        kind = _opens(s, i, sent.lo, sent.hi)
        if kind and (i > starts[-1][0] or (i == starts[-1][0] and kind != "coord")):
            if i == starts[-1][0]:
                starts[-1] = (i, kind)
            elif kind == "coord" and i - starts[-1][0] == 1 and starts[-1][1] in ("open", "that", "rel", "result"):
                continue
            else:
                starts.append((i, kind))
    out = []
    for n, (lo, kind) in enumerate(starts):
        hi = starts[n + 1][0] if n + 1 < len(starts) else sent.hi
        out.append(Clause(lo, hi, kind, sentence))
    return out


class _MayOpen(dict[str, bool]):
    """Can a written word open a clause by what it is? Looked up once for each."""

    def __missing__(self, key: str) -> bool:
        if len(self) > 200_000:
            self.clear()
        o = operators()
        forms = (key, _unconj(key))
        closed = (o.openers, o.that, o.relative, o.result, _KAD, {_IN}, _NEEDS_THAT, _NEEDS_EVENT, _ADDS)
        found = self[key] = any(f in words for f in forms for words in closed)
        return found


_may_open = _MayOpen()


def _opens(s: Scan, i: int, lo: int, hi: int) -> str | None:
    t, o = s.m.tokens, operators()
    k = t.key[i]
    if t.kind[i] != "w":
        return "main" if k in _HARD and i > lo else None
    if i in s.place and (s.place[i].head or s.place[i].lo < i or k == _AMID):
        return None  # وادي السلوقي: the letters of a verb in the name of a place
    u = k if k in o.openers or k in o.that or k in o.relative else _unconj(k)
    if u in o.that:
        return "that"
    if u in o.relative:
        if i and t.key[i - 1] == fold("الأمر"):
            return "result"
        return "rel"
    if u == _IN and i + 1 < hi and t.key[i + 1] in _MEANWHILE and i > lo:
        return "open"
    if k in o.result and _result_follows(s, i, hi):
        return "result"
    if u in o.openers and i not in s.time:
        return _opener(s, i, u, hi)
    if i in s.result and i in s.finite and k[:1] in "وف" and s.result[i].proclitics:
        return "result"
    if i in s.finite:
        if k[:1] in ("و", "ف") and _has_conjunction(s, i):
            return "coord"
        if i > lo and t.key[i - 1] in _COMMA:
            return "coord"
    if k in _KAD and i + 1 < hi:
        return "coord"
    if i > lo and k.startswith("و") and t.key[i - 1] in _COMMA and (i in s.trigger or i in s.harm):
        return "coord"
    return None


def _has_conjunction(s: Scan, i: int) -> bool:
    t = s.trigger.get(i)
    if t is not None:
        return t.proclitics[:1] in ("و", "ف") and bool(t.proclitics)
    for table in (s.carrier, s.result):
        m = table.get(i)
        if m is not None:
            return m.proclitics[:1] in ("و", "ف") and bool(m.proclitics)
    op = s.operator.get(i)
    return bool(op and op[2][:1] in ("و", "ف") and op[2])


def _result_follows(s: Scan, i: int, hi: int) -> bool:
    """ما or مما opens a result clause when a verb of result or harm follows."""
    for j in range(i + 1, min(i + 3, hi)):
        if j in s.result or (j in s.finite and j in s.harm):
            return True
        if j in s.carrier and j in s.finite:
            return True
    return False


def _opener(s: Scan, i: int, word: str, hi: int) -> str | None:
    t, o = s.m.tokens, operators()
    nxt = t.key[i + 1] if i + 1 < hi else ""
    if word in _ADDS and i + 1 not in s.finite and nxt not in o.that:
        return "open" if i == 0 or t.kind[i - 1] == "p" else None
    if word in _NEEDS_THAT:
        return "open" if nxt in o.that else None
    if word in _NEEDS_EVENT:
        if nxt in (fold("أن"), fold("ما"), "ان"):
            return "circ"
        near = range(i + 1, min(i + 4, hi))
        if any(j in s.trigger or (j in s.harm and s.harm[j].anchor == j) for j in near):
            return "circ"
        return None
    return "open"
