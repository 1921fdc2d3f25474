"""Words of the bulletin in a language: sentences, days, counts, ranges."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from rasid.export.words import Lang

_ISO = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")


@cache
def _table() -> dict[str, dict[str, list[str]]]:
    text = files("rasid.export").joinpath("assets", "bulletin.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


class Phrases:
    """`phrases("glance", "lead", n, m)` in one language."""

    def __init__(self, lang: Lang) -> None:
        self.lang: Lang = lang
        self.n = int(lang == "en")

    def __call__(self, section: str, name: str, *values: Any) -> str:
        """A phrase of a section, its gaps filled."""
        text = _table()[section][name][self.n]
        return text.format(*values) if values else text

    def section(self, name: str) -> dict[str, str]:
        """All phrases of a section, for a template."""
        return {k: v[self.n] for k, v in _table()[name].items()}

    def day(self, of: str | date | None) -> str:
        """A day as people write it in running text."""
        if of is None:
            return "?"
        d = date.fromisoformat(of) if isinstance(of, str) else of
        return f"{d.day} {_table()['months']['names'][self.n].split('|')[d.month - 1]} {d.year}"

    def days_in(self, sentence: str) -> str:
        """A sentence with its ISO days as people write them: digits with hyphens turn round behind Arabic."""
        return _ISO.sub(lambda m: self.day(m.group()), sentence)

    def period(self, start: str | date | None, end: str | date | None) -> str:
        """Two days as a period."""
        return self("head", "to", self.day(start), self.day(end))

    def count(self, n: int, noun: str) -> str:
        """A number with its noun.

        >>> Phrases("ar").count(2, "incident"), Phrases("ar").count(11, "report")
        ('حادثتان', '11 تقريرًا')
        >>> Phrases("en").count(1, "source")
        '1 independent source'
        """
        one, two, few, many, gender, en, en_many = _table()["nouns"][noun]
        if self.lang == "en":
            return f"{n:,} {en if n == 1 else en_many}"
        if n == 0:
            return f"0 {few}"
        if n == 1:
            return f"{one} {'واحدة' if gender == 'f' else 'واحد'}"
        if n == 2:
            return two
        last = n % 100
        return f"{n:,} {few if 3 <= last <= 10 else many if last >= 11 else one}"

    def list(self, parts: Iterable[str]) -> str:
        """Names in a row, each once, with the comma of the language."""
        return ("، " if self.lang == "ar" else ", ").join(dict.fromkeys(parts))

    def clauses(self, parts: Iterable[str]) -> str:
        """Statements in a row, with the semicolon of the language."""
        return ("؛ " if self.lang == "ar" else "; ").join(parts)

    def span(self, low: int | None, high: int | None) -> str:
        """Bounds in words; en dashes turn round in right-to-left text, so Arabic has none."""
        if low is None and high is None:
            return self("table", "unnumbered")
        if low == high:
            return f"{low:,}"
        if self.lang == "ar":
            return f"{low:,} فأكثر" if high is None else f"{high:,} فأقل" if low is None else f"{low:,} إلى {high:,}"
        return f"{low:,} or more" if high is None else f"up to {high:,}" if low is None else f"{low:,} to {high:,}"
