"""Independence: claims with one origin count as one source, however many outlets carry them.

One origin have: claims of one outlet that names nobody else; claims that name the same agency, office or
monitor; reports with near-identical text; passages copied from one another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rasid.books import copies
from rasid.books.features import common
from rasid.books.parties import key as party_key

#: Kinds of sources that are one voice wherever they are quoted. Residents and unnamed sources are not: the
#: outlet is.
VOICES = frozenset(
    {"agency", "monitor", "official", "military", "armed_group", "un", "ngo", "civil_defence", "medical"}
)


@dataclass(frozen=True, slots=True)
class Told:
    """A claim as far as its origin goes."""

    report: str
    publisher: str | None
    sketch: bytes
    words: tuple[int, ...]
    named: tuple[tuple[str, str], ...]
    """Wording and kind of the named sources to whom the report attributes it."""

    @property
    def voices(self) -> frozenset[str]:
        """Who speaks: the named sources, else the outlet."""
        named = frozenset("s:" + party_key(None, t) for t, k in self.named if k in VOICES)
        return named or frozenset(("o:" + (self.publisher or f"report {self.report}"),))


def origins(claims: Sequence[Told]) -> list[int]:
    """For each claim the index of the first claim of its origin (claims in canonical order)."""
    parent = list(range(len(claims)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    def unite(i: int, j: int) -> None:
        a, b = root(i), root(j)
        parent[max(a, b)] = min(a, b)

    first: dict[str, int] = {}
    for i, c in enumerate(claims):
        for name in (*c.voices, f"r:{c.report}"):
            unite(i, first.setdefault(name, i))
    for i, c in enumerate(claims):
        for j in range(i):
            if root(i) != root(j) and _copied(c, claims[j]):
                unite(i, j)
    return [root(i) for i in range(len(claims))]


def _copied(a: Told, b: Told) -> bool:
    fewest = min(len(a.words), len(b.words))
    if fewest >= copies.LEAST and common(a.words, b.words) >= copies.SAME_PASSAGE:
        return True
    return copies.likeness(a.sketch, b.sketch) >= copies.SAME_TEXT
