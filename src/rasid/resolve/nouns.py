"""Weapons, targets and services: their noun phrases in tokens, with the adjectives and names in them."""

from __future__ import annotations

from functools import lru_cache

from rasid.lexicon.nouns import Head, Node, Noun, nouns
from rasid.model.mentions import NounHit
from rasid.text.keys import bare, splits
from rasid.text.tokens import Tokens

#: How far an entry's ``near`` words may stand.
_NEAR = 8
#: How many adjectives are taken into a phrase, and how long a quoted name may be.
_ADJECTIVES, _NAME = 3, 8
#: Marks inside a phrase that part no words: quotation marks, a hyphen.
_SKIPPED = frozenset("\"'`´«»‹›“”„‟‘’‚‛-–")
_HAMZA = frozenset("أإآ")
_BRACKETS = frozenset("()[]{}（）﴾﴿")
_NAMED = frozenset(
    {"worship", "health", "education", "market", "camp", "government", "water", "infrastructure", "media"}
)
_NISBA = ("يه",)
#: Endings of adjectives that agree with people or pairs; after other nouns such a word is another noun.
_PEOPLE = ("ين", "ون", "ان")


@lru_cache(maxsize=50_000)
def _bases(key: str) -> frozenset[str]:
    """A word without article, accusative ending, and each stack of proclitics that it may carry."""
    words = {bare(rest) for _, rest in splits(key)}
    return frozenset(words | {w[:-1] for w in words if w.endswith("ا") and len(w) > 3})


def find(t: Tokens) -> list[NounHit]:
    """Phrases of weapons, targets and services in order; one may fill two slots (a tank hits and is hit)."""
    return _Finder(t).all()


class _Finder:
    def __init__(self, t: Tokens) -> None:
        self.t, self.key, self.kind, self.index = t, t.key, t.kind, nouns()
        self.lo, self.limit = 0, 0

    def all(self) -> list[NounHit]:
        out: list[NounHit] = []
        heads, memo, key, kind = self.index.heads, self.index._head_memo, self.key, self.kind
        for s in self.t.sentences:
            self.lo, self.limit, i = s.lo, s.hi, s.lo
            while i < s.hi:
                found = memo.get(key[i])
                if found is None:
                    found = heads(key[i]) if kind[i] in "wl" else ()
                i = self._phrase(i, found, out) if found else i + 1
        return out

    def _phrase(self, i: int, found: tuple[Head, ...], out: list[NounHit]) -> int:
        best = self._longest(i, found)
        if best is None:
            return i + 1
        head, hi, kept = best
        end, inner = self._extend(i, hi, head, kept)
        for noun in inner or kept:
            out.append(NounHit(i, end, noun.slot, noun.value, noun.id, head.clitic))
        if hi > i + 1 and not inner:
            return self._coordinated(head, end, kept, out)
        return end

    def _longest(self, i: int, found: tuple[Head, ...]) -> tuple[Head, int, list[Noun]] | None:
        best: tuple[Head, int, list[Noun]] | None = None
        for head in found:
            if not self._spelled(head, i):
                continue
            for hi, node in self._walk(self.index.roots[head.lemma], i + 1):
                kept = self._kept(node, i, hi)
                if kept and (best is None or hi > best[1]):
                    best = head, hi, kept
                elif kept and best is not None and hi == best[1]:
                    slots = {n.slot for n in best[2]}
                    best = best[0], hi, [*best[2], *(n for n in kept if n.slot not in slots)]
        return best

    def _spelled(self, head: Head, i: int) -> bool:
        """Does the spelling agree where folding lost it (ta marbuta is no pronoun, hamza is the lemma's)?"""
        word = self.t.light[i]
        if head.enclitic == "ه" and word.endswith("ة"):
            return False
        first = word[-head.size] if head.size <= len(word) else ""
        return not (first in _HAMZA and head.lemma[0] in _HAMZA and first != head.lemma[0])

    def _kept(self, node: Node, i: int, hi: int) -> list[Noun]:
        """The entries whose company fits, one for each slot: the first of its file, where two fit."""
        kept: dict[str, Noun] = {}
        for n in node.nouns:
            if n.slot not in kept and self._fits(n, i, hi):
                kept[n.slot] = n
        return list(kept.values())

    def _walk(self, node: Node, j: int) -> list[tuple[int, Node]]:
        """Every node on the way from ``j``, with the token after it."""
        out, layer = [(j, node)], [(j, node)]
        while layer:
            step = []
            for at, here in layer:
                k = at
                if here.after and k < self.limit and self.key[k] in _SKIPPED:
                    k += 1
                if here.after and k < self.limit and self.kind[k] in "wnl":
                    step += [(k + 1, here.after[w]) for w in self.index.tails(self.key[k]) if w in here.after]
            out += step
            layer = step
        return out

    def _fits(self, n: Noun, i: int, hi: int) -> bool:
        before = _bases(self.key[i - 1]) if i > self.lo else frozenset()
        after = _bases(self.key[hi]) if hi < self.limit else frozenset()
        if n.not_prev & before or n.not_next & after or (n.adjective and self._describes(i)):
            return False
        if not (n.needs_next or n.needs_prev or n.near or n.mark):
            return True
        if n.mark and n.mark in self.t.raw(i):
            return True
        return bool(n.needs_next & after or n.needs_prev & before) or bool(n.near and self._near(n, i, hi))

    def _describes(self, i: int) -> bool:
        """Is the word (مدني "civil", عسكري "military") an adjective of the noun before it?"""
        if i == self.lo or self.kind[i - 1] != "w":
            return False
        key, before = self.key[i], self.key[i - 1]
        if key.endswith(_PEOPLE):
            described = before in self.index.words["described"] or before.endswith(_PEOPLE)
            return described and before != "بين"
        if bare(key) == key:
            return before not in self.index.words["people"]
        return bare(before) != before or before.startswith(("وال", "بال", "لل", "فال"))

    def _near(self, n: Noun, i: int, hi: int) -> bool:
        around = range(max(self.lo, i - _NEAR), min(self.limit, hi + _NEAR))
        return any(n.near & _bases(self.key[k]) for k in around if not i <= k < hi)

    # -- how far the phrase goes

    def _extend(self, i: int, hi: int, head: Head, kept: list[Noun]) -> tuple[int, list[Noun]]:
        """The end with adjectives, genitive or quoted name; the nouns of the genitive where that decides."""
        inner: list[Noun] = []
        if hi < self.limit and self._governs(head, hi):
            heads = [h for h in self.index.heads(self.key[hi]) if not h.clitic]
            genitive = self._longest(hi, tuple(heads)) if heads else None
            same = [n for n in genitive[2] if n.slot == kept[0].slot] if genitive else []
            if genitive and same and (kept[0].light or genitive[0].article or same[0].value == kept[0].value):
                hi = genitive[1]
                inner = same if kept[0].light else []
        if hi < self.limit and self.key[hi].startswith("ل"):
            hi = self._owners(hi, kept)
        hi = self._adjectives(hi)
        return self._quoted_name(hi, kept), inner

    def _owners(self, hi: int, kept: list[Noun]) -> int:
        """The end with owners joined by ل ("تجمعات للمسلحين"), where they are of the same kind."""
        heads = tuple(h for h in self.index.heads(self.key[hi]) if h.clitic == "ل")
        found = self._longest(hi, heads) if heads else None
        return found[1] if found and any(n.value == kept[0].value for n in found[2]) else hi

    def _governs(self, head: Head, hi: int) -> bool:
        """May the phrase that ends at ``hi`` govern a genitive: no article, pronoun, tanween, plural nun?"""
        last = self.key[hi - 1]
        if head.article or head.enclitic or self.kind[hi] != "w" or last.startswith("ال"):
            return False
        if last.endswith(("ون", "ين", "ان", "تان")) or (last.endswith("ا") and len(last) > 3):
            return False
        return not (self.key[hi].endswith("ا") and len(self.key[hi]) > 3)

    def _adjectives(self, hi: int) -> int:
        definite = self.key[hi - 1].startswith("ال")
        for _ in range(_ADJECTIVES):
            if hi >= self.limit or self.kind[hi] != "w" or self.key[hi].startswith("ال") != definite:
                break
            key = self.key[hi]
            stem = key[2:] if definite else key
            if stem.endswith(_PEOPLE) and not self.key[hi - 1].endswith(_PEOPLE):
                break
            nisba = definite and len(stem) > 4 and stem.endswith(_NISBA)
            if not nisba and stem not in self.index.words["adjective"]:
                break
            hi += 1
        return hi

    def _quoted_name(self, hi: int, kept: list[Noun]) -> int:
        if kept[0].value not in _NAMED or hi + 1 >= self.limit or self.kind[hi] != "q":
            return hi
        if self.key[hi] in _BRACKETS:
            return hi
        for k in range(hi + 2, min(self.limit, hi + 2 + _NAME)):
            if self.kind[k] == "q":
                return k + 1
        return hi

    def _coordinated(self, head: Head, end: int, kept: list[Noun], out: list[NounHit]) -> int:
        """Genitives joined to the first ("شبكات المياه والكهرباء"): each is a phrase of the same head."""
        after = self.index.roots[head.lemma].after
        while end < self.limit and self.key[end].startswith("و"):
            alone = self.key[end] == "و"
            k = end + alone
            word = self.key[k] if alone and k < self.limit else self.key[end][1:]
            own = self._longest(end, self.index.heads(self.key[end])) if not alone else None
            if own and own[1] > end + 1:
                break
            nodes = [after[w] for w in self.index.tails(word) if w in after and after[w].nouns]
            if not nodes:
                break
            slots = {n.slot for n in kept}
            joined = {n.slot: n for node in nodes for n in node.nouns if n.slot in slots and self._fits(n, end, k + 1)}
            if not joined:
                break
            out += [NounHit(k, k + 1, n.slot, n.value, n.id) for n in joined.values()]
            end = k + 1
        return end
