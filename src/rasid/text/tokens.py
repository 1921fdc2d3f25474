"""Tokens and sentences of one text, as parallel lists: the hot path of the reader.

A token range is half-open; ``slice_of`` turns it into code points of the text. Kinds: ``w`` Arabic word, ``l`` Latin
word, ``n`` number in digits of any script, ``q`` quotation mark or bracket, ``p`` other punctuation or symbol.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from rasid.model.document import Masked
from rasid.text.keys import INVISIBLE, fold, light

_AR = (
    "\u0620-\u063f\u0641-\u064a\u066e\u066f\u0671-\u06d3\u06d5\u06e5\u06e6"
    "\u06ee\u06ef\u06fa-\u06ff\u0750-\u077f\u08a0-\u08c7\ufb50-\ufd3d\ufd50-\ufdfb\ufe70-\ufefc"
)
_DIGIT = "0-9\u0660-\u0669\u06f0-\u06f9"
_WORD = f"[{_AR}][{_AR}{INVISIBLE}]*(?:(?:(?<=ـ)[.*•]+|[.*•]+(?=ـ))[{_AR}{INVISIBLE}]+)*"
_QUOTES = "\"'`´«»‹›“”„‟‘’‚‛()\\[\\]{}﴾﴿（）"
_TOKEN = re.compile(
    f"(?P<w>{_WORD})"
    f"|(?P<n>[{_DIGIT}]+(?:[.,\u066b\u066c][{_DIGIT}]+)*)"
    r"|(?P<l>[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ'’-]*)"
    f"|(?P<q>[{_QUOTES}])"
    r"|(?P<b>[ \t\r\f\v]*\n\s*)"
    f"|(?P<p>\\.{{2,}}|[^\\s{INVISIBLE}])"
)
#: Keys of words seen, so that a common word costs one lookup; emptied when it has grown too far.
_FORMS: dict[str, tuple[str, str]] = {}
_MOST_FORMS = 200_000
#: Marks that end a sentence wherever they stand.
_ENDS = {"!", "?", "؟", "…", "۔"}
#: Tokens after which a sentence ends at the next mark, whatever it is, or at twice as many without one. No prose is so
#: long; without a bound, work inside one sentence would grow with the square of a text that has no stops.
_LONGEST = 250
_BULLETS = {"•", "●", "▪", "■", "◼", "♦", "🔴", "🔻", "🔸", "🔹", "📌", "⭕", "⚪", "🟢", "🔵", "🟡", "🚨"}


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens ``lo`` to ``hi``; ``opens`` is True for the first sentence of a line or paragraph; ``title`` for the title's."""

    lo: int
    hi: int
    opens: bool = False
    title: bool = False


@dataclass(slots=True)
class Tokens:
    """All tokens of one text. The lists are parallel."""

    text: str
    start: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)
    key: list[str] = field(default_factory=list)
    light: list[str] = field(default_factory=list)
    kind: list[str] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.start)

    def slice_of(self, lo: int, hi: int) -> tuple[int, int]:
        """Code points (start, end) of tokens lo to hi."""
        return self.start[lo], self.end[hi - 1]

    def quote(self, lo: int, hi: int) -> str:
        """The text of tokens lo to hi, verbatim."""
        return self.text[self.start[lo] : self.end[hi - 1]]

    def raw(self, i: int) -> str:
        """One token as written."""
        return self.text[self.start[i] : self.end[i]]


def _ends_sentence(t: Tokens, i: int) -> bool:
    """Does the punctuation token ``i`` end a sentence? A full stop after a single letter (أ. ف. ب.) does not."""
    mark = t.text[t.start[i]]
    if mark in _ENDS:
        return True
    if mark != ".":
        return False
    if t.end[i] - t.start[i] > 1:
        return True
    if i and t.kind[i - 1] == "w" and len(t.light[i - 1]) == 1 and t.end[i - 1] == t.start[i]:
        return False
    after = t.end[i]
    return not (after < len(t.text) and t.text[after].isdigit()) or not (i and t.kind[i - 1] == "n")


def tokenize(text: str, *, title_end: int = 0, masked: Iterable[Masked] = ()) -> Tokens:
    """Tokens and sentences of ``text``; masked stretches give no tokens and end a sentence.

    ``title_end``: code points of the title at the head of the text, 0 when there is none.
    Time is linear in the length of the text.
    """
    t = Tokens(text)
    starts, ends, keys, lights, kinds = t.start, t.end, t.key, t.light, t.kind
    breaks: set[int] = set()
    masks = sorted((m.start, m.end) for m in masked)
    next_mask = 0
    for m in _TOKEN.finditer(text):
        s = m.start()
        while next_mask < len(masks) and masks[next_mask][1] <= s:
            breaks.add(len(starts))
            next_mask += 1
        if next_mask < len(masks) and masks[next_mask][0] <= s:
            continue
        kind = m.lastgroup or "p"
        if kind == "b":
            breaks.add(len(starts))
            continue
        word = m.group()
        starts.append(s)
        ends.append(m.end())
        kinds.append(kind)
        if kind == "w":
            forms = _FORMS.get(word)
            if forms is None:
                if len(_FORMS) > _MOST_FORMS:
                    _FORMS.clear()
                forms = _FORMS[word] = (fold(word), light(word))
            keys.append(forms[0])
            lights.append(forms[1])
        else:
            keys.append(word.lower() if kind == "l" else word)
            lights.append(word)
    _split(t, breaks, title_end)
    return t


def _split(t: Tokens, breaks: set[int], title_end: int) -> None:
    lo, opens, n = 0, True, len(t.start)

    def close(hi: int, next_opens: bool) -> None:
        nonlocal lo, opens
        if hi > lo:
            t.sentences.append(Sentence(lo, hi, opens, t.start[lo] < title_end))
            opens = next_opens
        else:
            opens = opens or next_opens
        lo = hi

    for i in range(n):
        if i in breaks:
            close(i, True)
        elif i - lo >= _LONGEST and (t.kind[i - 1] == "p" or i - lo >= 2 * _LONGEST):
            close(i, False)
        if t.kind[i] != "p":
            continue
        if t.key[i] in _BULLETS:
            close(i, True)
        elif _ends_sentence(t, i):
            # a closing quote right after the stop belongs to the sentence that it closes
            hi = i + 2 if i + 1 < n and t.kind[i + 1] == "q" and t.start[i + 1] == t.end[i] else i + 1
            close(hi, False)
    close(n, False)
