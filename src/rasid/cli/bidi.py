"""Right-to-left text on terminals.

Most terminals print Arabic letters from left to right and unjoined; some lay text out themselves. Where the
terminal does not, lines are wrapped in logical order, then shaped and reordered.
"""

from __future__ import annotations

import os
import re
import sys
from functools import lru_cache
from typing import Literal

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, JustifyMethod, RenderResult
from rich.measure import Measurement
from rich.text import Text

_ARABIC = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_MARKS = re.compile("[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
#: Terminals that lay out right-to-left text themselves, by the variable that tells them.
_ABLE = {"TERM_PROGRAM": {"Apple_Terminal", "mintty"}, "TERM": {"mlterm", "mlterm-256color"}}


Layout = Literal["plain", "ours", "terminal"]
"""Who orders right-to-left text: nobody (files, pipes), we, or the terminal."""


def layout(choice: str) -> Layout:
    """The layout for standard output. ``choice``: on (we order), off (nobody does), or auto (ask the
    environment).
    """
    if choice != "auto":
        return "ours" if choice == "on" else "plain"
    # a file or pipe gets the text as it is; whatever shows it later lays it out
    if not sys.stdout.isatty():
        return "plain"
    if any(os.environ.get(name) in able for name, able in _ABLE.items()) or os.environ.get("KONSOLE_VERSION"):
        return "terminal"
    vte = os.environ.get("VTE_VERSION", "")
    return "terminal" if vte.isdigit() and int(vte) >= 5800 else "ours"


@lru_cache(maxsize=4096)
def visual(line: str) -> str:
    """One line shaped and in the order of the eye."""
    from arabic_reshaper import reshape
    from bidi.algorithm import get_display

    return str(get_display(reshape(line), base_dir="R" if _ARABIC.search(line) else "L"))


class Rtl:
    """A text of any direction for a table cell: wrapped first, ordered after, Arabic set to the right."""

    def __init__(self, text: str, by: Layout, style: str = "") -> None:
        # marks have no width of their own, and few terminals agree on that
        self.text = _MARKS.sub("", " ".join(text.split())) if _ARABIC.search(text) else text
        self.by, self.style = by, style

    def _lines(self, width: int) -> list[str]:
        lines = wrap(self.text, width)
        if self.by == "plain":
            return lines
        # the mark keeps a terminal that orders text from joining neighbouring cells into one run
        return [visual(line) if self.by == "ours" else f"\u200e{line}\u200e" for line in lines]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        justify: JustifyMethod = "right" if _ARABIC.search(self.text) else "left"
        for line in self._lines(options.max_width):
            yield Text(line, style=self.style, justify=justify, no_wrap=True)

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        words = [cell_len(w) for w in self.text.split()] or [0]
        return Measurement(min(max(words), options.max_width), min(cell_len(self.text), options.max_width))


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most ``width`` cells, broken between words, longer words cut."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        while cell_len(word) > width:
            head, word = word[: max(1, width)], word[max(1, width) :]
            lines += [line, head] if line else [head]
            line = ""
        if line and cell_len(line) + 1 + cell_len(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return [*lines, line] if line or not lines else lines
