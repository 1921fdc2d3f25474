"""Words of the interface in both languages, side by side, so that neither can be forgotten; and counts in
good Arabic.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from django.utils.translation import get_language


def arabic() -> bool:
    return (get_language() or "ar").startswith("ar")


@dataclass(frozen=True, slots=True)
class T:
    """A text in Arabic and English; ``str`` gives the one of the current request."""

    ar: str
    en: str

    def __str__(self) -> str:
        return self.ar if arabic() else self.en

    def __mod__(self, values: object) -> str:
        return str(self) % values


@dataclass(frozen=True, slots=True)
class Noun:
    """Forms that counting needs: one, two, 3-10, 11-99, and the English pair."""

    one: str
    two: str
    few: str
    many: str
    en: str
    en_many: str = ""
    feminine: bool = False

    def count(self, n: int) -> str:
        return self._arabic(n) if arabic() else f"{n:,} {self.en if n == 1 else self.en_many or self.en + 's'}"

    def _arabic(self, n: int) -> str:
        if n == 0:
            return f"لا {self.few}"
        if n == 1:
            return f"{self.one} {'واحدة' if self.feminine else 'واحد'}"
        if n == 2:
            return self.two
        last = n % 100
        form = self.few if 3 <= last <= 10 else self.many if 11 <= last <= 99 else self.one
        return f"{n:,} {form}"


NOUNS = {
    "report": Noun("تقرير", "تقريران", "تقارير", "تقريرًا", "report"),
    "incident": Noun("حادثة", "حادثتان", "حوادث", "حادثةً", "incident", feminine=True),
    "pledge": Noun("تعهّد", "تعهّدان", "تعهّدات", "تعهّدًا", "pledge"),
    "claim": Noun("رواية", "روايتان", "روايات", "روايةً", "claim", feminine=True),
    "source": Noun("مصدر", "مصدران", "مصادر", "مصدرًا", "source"),
    "term": Noun("بند", "بندان", "بنود", "بندًا", "term"),
    "breach": Noun("خرق", "خرقان", "خروق", "خرقًا", "breach", "breaches"),
    "person": Noun("شخص", "شخصان", "أشخاص", "شخصًا", "person", "people"),
    "day": Noun("يوم", "يومان", "أيام", "يومًا", "day"),
    "result": Noun("نتيجة", "نتيجتان", "نتائج", "نتيجةً", "result", feminine=True),
    "entry": Noun("قيد", "قيدان", "قيود", "قيدًا", "entry", "entries"),
    "job": Noun("مهمة", "مهمتان", "مهام", "مهمةً", "job", feminine=True),
}


def count(n: int, noun: str) -> str:
    return NOUNS[noun].count(n)


@cache
def _vocabulary() -> Mapping[str, Mapping[str, T]]:
    """Labels of the contract's enumerations, from knowledge/vocabulary (file name = enumeration)."""
    out: dict[str, dict[str, T]] = {}
    folder = files("rasid") / "knowledge" / "vocabulary"
    if not folder.is_dir():
        return out
    for f in folder.iterdir():
        if f.name.endswith(".toml"):
            held = tomllib.loads(f.read_text(encoding="utf-8"))
            kind = str(held.get("kind") or f.name.removesuffix(".toml"))
            table = out.setdefault(kind, {})
            for e in held.get("entry", []):
                label = e.get("label", {})
                if label:
                    table[str(e.get("value") or e["id"])] = T(label.get("ar", ""), label.get("en", ""))
    return out


def label(kind: str, value: object) -> str:
    """The label of an enumeration's value in the current language; the bare value where none is known."""
    word = str(getattr(value, "value", value) or "")
    found = _vocabulary().get(kind, {}).get(word) or _own().get(kind, {}).get(word)
    return str(found) if found else word.replace("_", " ")


ROLES = {
    "reader": T("قارئ", "Reader"),
    "contributor": T("مساهم", "Contributor"),
    "analyst": T("محلّل", "Analyst"),
    "editor": T("محرّر", "Editor"),
    "administrator": T("مدير", "Administrator"),
}


@cache
def _own() -> Mapping[str, Mapping[str, T]]:
    """The desk's own labels (labels.toml)."""
    held = tomllib.loads((files("rasid.desk") / "labels.toml").read_text(encoding="utf-8"))
    return {kind: {word: T(*pair) for word, pair in table.items()} for kind, table in held.items()} | {"role": ROLES}


@cache
def _sentences() -> list[tuple[re.Pattern[str], str]]:
    """Sentences of the books with their Arabic (said.toml), longest first."""
    held = tomllib.loads((files("rasid.desk") / "said.toml").read_text(encoding="utf-8"))
    ordered = sorted(held.items(), key=lambda pair: -len(pair[0]))
    return [(re.compile(re.escape(en).replace(r"\{\}", "(.+?)") + r"\Z"), ar) for en, ar in ordered]


def say(sentence: str | None) -> str:
    """A sentence of the books in the current language."""
    if not sentence or not arabic():
        return sentence or ""
    for pattern, ar in _sentences():
        found = pattern.match(sentence)
        if found:
            return ar.format(*found.groups())
    return sentence
