"""Phrases of words found in tokens by a trie over word keys: whole words, longest first, clitics on the first.

Chosen over character automata because Arabic names must match whole words, may carry proclitics on their first
word, and most words start no phrase: one dictionary lookup settles those.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Generic, TypeVar

from rasid.text.keys import splits

V = TypeVar("V")
_END = ""
#: Words whose first place in a phrase is remembered.
_MOST = 200_000


class Phrases(Generic[V]):
    """Values under phrases of word keys. Adding a phrase twice keeps all its values in order."""

    def __init__(self) -> None:
        self._root: dict[str, Any] = {}
        self._openers: dict[str, tuple[tuple[str, str], ...]] = {}

    def add(self, words: tuple[str, ...], value: V) -> None:
        """Put ``value`` under the phrase ``words`` (keys as `text.keys.phrase` makes them; not empty)."""
        self._openers.clear()
        node = self._root
        for w in words:
            node = node.setdefault(w, {})
        node.setdefault(_END, []).append(value)

    def firsts(self) -> set[str]:
        """The first words of all phrases."""
        return set(self._root)

    def opening(self, first: str) -> tuple[bool, frozenset[str]]:
        """Is ``first`` a phrase of its own, and which words may follow it in longer ones?"""
        node = self._root.get(first, {})
        return _END in node, frozenset(node) - {_END}

    def at(self, keys: list[str], i: int, hi: int, first: str | None = None) -> tuple[int, list[V]] | None:
        """The longest phrase that starts at token ``i`` (end, values), with ``first`` for its first word."""
        node = self._root.get(keys[i] if first is None else first)
        best: tuple[int, list[V]] | None = None
        j = i + 1
        while node is not None:
            if _END in node:
                best = (j, node[_END])
            if j >= hi:
                break
            node = node.get(keys[j])
            j += 1
        return best

    def find(self, keys: list[str], lo: int, hi: int) -> Iterator[tuple[int, int, str, list[V]]]:
        """Phrases in tokens lo..hi from left to right, not overlapping: (start, end, proclitics, values)."""
        i, openers = lo, self._openers
        while i < hi:
            ways = openers.get(keys[i])
            if ways is None:
                ways = self._ways(keys[i])
            if not ways:
                i += 1
                continue
            hit: tuple[int, str, list[V]] | None = None
            for clitics, rest in ways:
                found = self.at(keys, i, hi, rest)
                if found and (hit is None or found[0] > hit[0]):
                    hit = (found[0], clitics, found[1])
            if hit:
                yield i, hit[0], hit[1], hit[2]
                i = hit[0]
            else:
                i += 1

    def _ways(self, key: str) -> tuple[tuple[str, str], ...]:
        """The ways to read a word as the first of a phrase: (proclitics, rest); remembered for each word."""
        if len(self._openers) > _MOST:
            self._openers.clear()
        found = tuple((c, rest) for c, rest in splits(key) if rest in self._root)
        self._openers[key] = found
        return found
