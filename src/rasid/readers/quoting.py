"""Where a reader's quote stands in the text: verbatim, or nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from rasid.model.document import Document

#: Code points of the longest quote: one that takes in half the report grounds nothing.
LONGEST_EVIDENCE, LONGEST_SLOT = 600, 200


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the text, half-open code points."""

    start: int
    end: int


class Text:
    """The text of a document as something to be quoted. Masked stretches (menus, credits) cannot be."""

    def __init__(self, document: Document) -> None:
        self.text = document.text
        self._masked = document.masked

    def find(self, said: Any, *, longest: int, near: tuple[Span, ...] = ()) -> Span | str:
        """The span of a quote, or why there is none.

        said: the words, or an object with ``text`` and perhaps ``start`` and ``end``. Of several places the
        one at the given offsets is taken, else one inside ``near``, else the nearest to it.
        """
        words = said.get("text") if isinstance(said, dict) else said
        if not isinstance(words, str) or not words.strip():
            return "no quote"
        if len(words) > longest:
            return f"a quote longer than {longest} letters"
        found = list(self._all(words))
        if not found:
            return "not in the text"
        free = [s for s in found if not self._hidden(s)]
        if not free:
            return "quotes what is no part of the report"
        given = said.get("start") if isinstance(said, dict) else None
        if isinstance(given, int) and any(s.start == given for s in free):
            return next(s for s in free if s.start == given)
        return min(free, key=lambda s: (min((_apart(s, n) for n in near), default=0), s.start))

    def _all(self, words: str) -> Iterator[Span]:
        at = self.text.find(words)
        while at >= 0:
            yield Span(at, at + len(words))
            at = self.text.find(words, at + 1)

    def _hidden(self, s: Span) -> bool:
        return any(m.start < s.end and s.start < m.end for m in self._masked)


def _apart(a: Span, b: Span) -> int:
    """Code points between two spans, 0 when one holds the other or they meet."""
    return max(0, b.start - a.end, a.start - b.end)
