"""Who says it: sources, what relays them, and the words that each governs.

A source governs the clause of its verb and what follows in the sentence, then the sentences that a continuing verb
(وأضاف "and he added") opens with no new speaker. "According to X" (بحسب X) governs the sentence that it stands in.
"""

from __future__ import annotations

from dataclasses import dataclass

from rasid.lexicon.predicates import operators
from rasid.lexicon.speech import SourceHead, speech
from rasid.model.claims import Mentions
from rasid.model.mentions import ActorHit, SourceHit
from rasid.text.keys import bare, fold, splits
from rasid.text.tokens import Sentence, Tokens

_STANCE = {"speech": "says", "doubt": "doubts", "denial": "denies"}
_FINITE = ("perf", "impf")
_KIND = {
    "state": "official", "official": "official", "forces": "military", "coalition": "military", "armed_group": "armed_group",
    "party": "official", "un": "un", "ngo": "ngo", "outlet": "outlet", "agency": "agency", "monitor": "monitor",
    "institution": "official", "tribe": "local", "people": "local", "person": "official",
}  # fmt: skip
_STOPS = {fold(w) for w in ("أن", "إن", "أنه", "إنه", "إنها", "أنها", "بأن", "قوله", "قولها", "قولهم", "إلى", "لـ", "ل", "عن", "خلال", "إنهم", "أنهم", "بأنه", "بأنها", "تصريح", "تصريحات", "بيان", "حديث", "مؤتمر", "اتصال", "على", "بان")}
_ON = {fold(w) for w in ("في", "من", "بـ", "لدى", "داخل")}
#: بين "between" has the letters of بيّن "he explained"; it is the verb only when أن follows.
_BETWEEN = {fold("بين"), fold("وبين")}
_RELAY = {fold("نقل"), fold("نقلت"), fold("نقلا"), fold("ونقل"), fold("ونقلت")}
_FROM = fold("عن")


class _Tells(dict[str, bool]):
    """Can a written word bring in a source? Looked up once for each."""

    def __missing__(self, key: str) -> bool:
        if len(self) > 200_000:
            self.clear()
        verbs = any(m.value in _STANCE for m in operators().verbs.lookup(key))
        found = self[key] = verbs or key in speech().according
        return found


_tells = _Tells()


#: Sources named last among which a new one is looked for; a report that names more is a list.
_KNOWN = 150


@dataclass(slots=True)
class _Speaker:
    lo: int
    hi: int
    kind: str
    anonymous: bool
    rule: str


class _Finder:
    def __init__(self, m: Mentions) -> None:
        self.m = m
        self.t: Tokens = m.tokens
        self.actor: dict[int, ActorHit] = {j: a for a in m.actors for j in range(a.lo, a.hi)}
        self.taken = {j for h in m.times for j in range(h.lo, h.hi)}
        self.hits: list[SourceHit] = []
        self.current: int | None = None

    def run(self) -> list[SourceHit]:
        for sentence in self.t.sentences:
            if sentence.title:
                self._sentence(sentence)
                self.current = None
                continue
            self._sentence(sentence)
        return self.hits

    def _sentence(self, sentence: Sentence) -> None:
        found: list[tuple[int, int]] = []
        keys = self.t.key
        for i in range(sentence.lo, sentence.hi):
            if not _tells[keys[i]] or self.t.kind[i] != "w" or i in self.taken:
                continue
            verb = self._verb(i)
            if verb:
                self._spoken(i, verb, sentence, found)
            elif self.t.key[i] in speech().according:
                self._according(i, sentence, found)
        if not found and self.current is not None and self._goes_on(sentence):
            self._govern(self.current, sentence.lo, sentence.hi)
        elif not found:
            self.current = None

    def _verb(self, i: int) -> tuple[str, str] | None:
        """(stance, tense) of a verb of saying at token i."""
        if i in self.actor or (self.t.key[i] in _BETWEEN and self._next(i) not in _STOPS):
            return None
        for match in operators().verbs.lookup(self.t.key[i]):
            stance = _STANCE.get(match.value)
            if stance and match.form.tense in (*_FINITE, "part"):
                if match.form.tense == "part" and (match.article or match.form.number != "s" or not self.t.key[i].endswith(("ا", "ه"))):
                    continue
                return stance, match.form.tense
        return None

    def _next(self, i: int) -> str:
        return self.t.key[i + 1] if i + 1 < len(self.t) else ""

    def _spoken(self, i: int, verb: tuple[str, str], sentence: Sentence, found: list[tuple[int, int]]) -> None:
        relay = any(rest in _RELAY for _, rest in splits(self.t.key[i]))
        speaker = self._speaker_after(i + 1, sentence.hi) if verb[1] != "part" else None
        if speaker is None and verb[1] != "part":
            speaker = self._speaker_before(i, sentence.lo)
        n = self._add(speaker, verb[0], i) if speaker else self.current
        if speaker and relay:
            inner = self._relayed(speaker.hi, sentence.hi)
            if inner:
                via, n = n, self._add(inner, verb[0], i)
                if n != via and self.hits[n].via is None:
                    self.hits[n].via = via
        if n is None:
            return
        self.current = n
        lo = min(i, speaker.lo) if speaker else i
        if not found:
            lo = sentence.lo if speaker and speaker.lo - sentence.lo <= 4 else lo
        self._govern(n, lo, sentence.hi)
        found.append((n, lo))

    def _according(self, i: int, sentence: Sentence, found: list[tuple[int, int]]) -> None:
        j = i + 1
        while j < sentence.hi and self.t.key[j] in (_FROM, fold("لما"), fold("ما"), fold("إلى")):
            j += 1
        speaker = self._speaker_at(j, sentence.hi, deep=True)
        if speaker is None and j < sentence.hi and self._verb(j):
            speaker = self._speaker_at(j + 1, sentence.hi, deep=True)
        if speaker is None:
            return
        n = self._add(speaker, "says", i)
        self.current = n
        lo = found[-1][1] if found else sentence.lo
        self._govern(n, lo, sentence.hi)
        found.append((n, i))

    def _goes_on(self, sentence: Sentence) -> bool:
        """Does a continuing verb open this sentence, with no new speaker?"""
        for i in range(sentence.lo, min(sentence.lo + 3, sentence.hi)):
            if any(m.form.tense in _FINITE for m in speech().continuing.lookup(self.t.key[i])):
                return True
        return False

    def _speaker_after(self, j: int, hi: int) -> _Speaker | None:
        """The subject right after a verb of saying; words of time and adverbs may stand between."""
        limit = min(hi, j + 6)
        while j < limit:
            k = self.t.key[j]
            if k in _STOPS or self.t.key[j] in _RELAY or (self.t.kind[j] == "p" and k not in ("،", ",")):
                return None
            speaker = self._speaker_at(j, hi)
            if speaker:
                return speaker
            j += 1
        return None

    def _speaker_before(self, i: int, lo: int) -> _Speaker | None:
        """The subject before the verb (SVO, titles): the noun phrase that begins the clause."""
        floor = max(lo, i - 14)
        for j in range(i - 1, floor - 1, -1):
            if self.t.kind[j] == "p" and self.t.key[j] not in ("،", ","):
                return None
            a = self.actor.get(j)
            if a is not None and a.lo >= floor and not a.clitics and i - a.hi <= 1:
                return self._of_actor(a)
        for j in range(floor, i):
            if (j == lo or self.t.kind[j - 1] == "p") and j not in self.actor and (head := self._head(j)):
                return self._phrase(j, i, head)
        return None

    def _relayed(self, j: int, hi: int) -> _Speaker | None:
        """What stands after عن in "نقلت A عن B"."""
        for k in range(j, min(j + 3, hi)):
            if self.t.key[k] == _FROM:
                return self._speaker_at(k + 1, hi, deep=True)
        return None

    def _speaker_at(self, j: int, hi: int, deep: bool = False) -> _Speaker | None:
        while deep and j < hi and self.t.kind[j] == "q":
            j += 1
        if j >= hi:
            return None
        a = self.actor.get(j)
        if a is not None and a.lo == j and (not a.clitics or deep):
            return self._of_actor(a)
        head = self._head(j)
        return self._phrase(j, hi, head) if head else None

    def _of_actor(self, a: ActorHit) -> _Speaker:
        return _Speaker(a.lo, a.hi, _KIND.get(a.kind, "official"), False, f"says.{a.kind}")

    def _head(self, j: int) -> SourceHead | None:
        heads = speech().heads
        k = self.t.key[j]
        two = f"{k} {self.t.key[j + 1]}" if j + 1 < len(self.t) else k
        return heads.get(two) or heads.get(k) or heads.get(bare(k))

    def _phrase(self, j: int, hi: int, head: SourceHead) -> _Speaker:
        """A source noun phrase: head, adjectives, and "in X" or "from X"; it ends before أن, a mark or a verb."""
        k, kind = j + 1, head.kind
        limit = min(hi, j + 14)
        while k < limit:
            word = self.t.key[k]
            if word in _STOPS or self.t.kind[k] == "p" or k in self.taken or self._verb(k):
                break
            if self.t.kind[k] == "q" and k > j + 1 and self.t.key[k] in ("“", "\"", "«", "(") and word == "(":
                break
            kind = speech().qualifiers.get(bare(word), kind) if head.kind == "unnamed" else kind
            if head.kind == "unnamed" and (a := self.actor.get(k)) and a.kind in ("forces", "armed_group", "institution", "un"):
                kind = _KIND[a.kind]
            k += 1
        while k - 1 > j and (self.t.kind[k - 1] in "pq" or self.t.key[k - 1] in _ON):
            k -= 1
        shy = head.anonymous or self._shy(k, hi)
        return _Speaker(j, k, kind, shy, head.id)

    def _shy(self, j: int, hi: int) -> bool:
        window = [k for k, kind in zip(self.t.key[j : min(j + 11, hi)], self.t.kind[j : hi], strict=False) if kind == "w"]
        return any(tuple(window[n : n + len(p)]) == p for p in speech().shy for n in range(len(window)))

    def _add(self, x: _Speaker, stance: str, i: int) -> int:
        """The index of this speaker: an earlier hit of the same name or registry id, or a new one."""
        key = bare(self.t.key[x.lo])
        if x.hi - x.lo == 1 and self.t.key[x.lo] in speech().same and self.current is not None:
            return self.current
        a = self.actor.get(x.lo)
        for n in range(max(0, len(self.hits) - _KNOWN), len(self.hits)):
            h = self.hits[n]
            b = self.actor.get(h.lo)
            if a is not None and b is not None and a.lo == x.lo and b.lo == h.lo:
                if a.id and a.id == b.id and a.kind == b.kind:
                    return n
                if set(self.t.key[a.lo : a.hi]) & set(self.t.key[b.lo : b.hi]) and a.kind == b.kind == "person":
                    return n
            elif a is None and b is None and self.t.key[x.lo : x.hi] == self.t.key[h.lo : h.hi] and not x.anonymous:
                return n
            elif a is None and b is None and x.hi - x.lo == 1 and bare(self.t.key[h.lo]) == key and self.t.key[x.lo].startswith("ال"):
                return n
        self.hits.append(SourceHit(x.lo, x.hi, x.kind, x.anonymous, None, (), stance, None, x.rule))
        return len(self.hits) - 1

    def _govern(self, n: int, lo: int, hi: int) -> None:
        """Give tokens lo..hi to source n; an earlier source of the sentence keeps only what stands before."""
        for k in range(max(0, len(self.hits) - _KNOWN), len(self.hits)):
            h = self.hits[k]
            if k == n or k == self.hits[n].via:
                continue
            if h.governs and h.governs[-1][1] == hi and h.governs[-1][0] < lo:
                h.governs = (*h.governs[:-1], (h.governs[-1][0], lo))
        h = self.hits[n]
        if not any(a <= lo and hi <= b for a, b in h.governs):
            h.governs = (*h.governs, (lo, hi))


def find(m: Mentions) -> list[SourceHit]:
    """Sources in text order of first mention; linear in the tokens for a bounded number of sources."""
    return _Finder(m).run()
