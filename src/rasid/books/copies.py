"""Syndicated copies: near-identical texts and copied passages, told by sketches of their word runs.

A sketch holds, for each of 64 shares of the hash space, the least hash of a run of four words
(one-permutation min-hash): the share of equal places estimates the share of common runs.
"""

from __future__ import annotations

import re
from array import array
from zlib import crc32

from rasid.books.canon import key64
from rasid.text.keys import INVISIBLE, fold

BINS = 64
#: Share of common runs from which two texts are one text.
SAME_TEXT = 0.6
#: Share of common word triples from which a passage is copied.
SAME_PASSAGE = 0.6
#: Passages with fewer triples are too short to tell copying from chance.
LEAST = 8
_EMPTY = 0xFFFFFFFF
_WORD = re.compile(rf"[\w{INVISIBLE}]+")
_BANDS = 5


def sketch(text: str) -> bytes:
    """The sketch of a text, 256 bytes."""
    words = [fold(w) for w in _WORD.findall(text)]
    least = [_EMPTY] * BINS
    for i in range(max(1, len(words) - 3)):
        h = crc32(" ".join(words[i : i + 4]).encode("utf-8", "surrogatepass"))
        b = h % BINS
        if h < least[b]:
            least[b] = h
    return array("I", least).tobytes()


def likeness(one: bytes, other: bytes) -> float:
    """Estimated share of common runs; shares that are empty in both say nothing."""
    if one == other:
        return 1.0
    a, b = array("I"), array("I")
    a.frombytes(one)
    b.frombytes(other)
    same = used = 0
    for x, y in zip(a, b, strict=True):
        if x != _EMPTY or y != _EMPTY:
            used += 1
            same += x == y
    return same / used if used else 0.0


def bands(of: bytes) -> list[int]:
    """Keys that near-identical texts share, and others hardly ever."""
    places = array("I")
    places.frombytes(of)
    filled = [(i, h) for i, h in enumerate(places) if h != _EMPTY]
    if len(filled) < 3 * _BANDS:
        return [key64("short", of.hex())]
    return [key64(b, *places[3 * b : 3 * b + 3]) for b in range(_BANDS)]
