"""The head and the foot of a report's body: agency, outlet, desk, author, city and date before the first
sentence.

"رويترز - عدن" or "بغداد (أ ف ب) -" says who sends and from where, and tells no event. The words are in
knowledge/intake/bylines.toml. A stretch counts as a byline only if one of its segments is a known agency,
outlet or desk and all others could be a city or a name; else a flash such as "درعا - قصف على نوى" would be
lost.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from rasid.intake.days import find_day
from rasid.intake.wording import any_of, entries, fold
from rasid.model.document import Masked

_BREAK = re.compile(r"[ \t\u00a0]*(?:[-–—ـ]+(?!\w[ \t])|[/|،:()\[\]\n]|-)[ \t\u00a0]*")
_QUOTES = "«»\"“”„'`()[] \t\u00a0.ـ"
_WORDS = re.compile(r"[^\s\u00a0]+")
#: Code points of the body in which a byline may stand, and the largest number of its segments.
_REACH, _SEGMENTS = 170, 7
_TIME = re.compile(r"\d{1,2}:\d{2}|[0-9٠-٩]+\s?(?:ص|م|ت م|GMT)")


@dataclass(frozen=True, slots=True)
class Byline:
    """What the head or foot told: the spans to leave unread, the agency, the day of a dateline."""

    masked: tuple[Masked, ...] = ()
    agency: str | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True)
class _Names:
    roles: dict[str, tuple[str, str]]
    """role and label by name"""
    author: re.Pattern[str]
    foot: re.Pattern[str]
    dated: re.Pattern[str]


@cache
def _names() -> _Names:
    forms: dict[str, list[str]] = {}
    roles: dict[str, tuple[str, str]] = {}
    for entry in entries("intake/bylines.toml"):
        forms.setdefault(entry["role"], []).extend(entry["forms"])
        if entry["role"] in {"agency", "outlet", "desk"}:
            roles.update({_bare(f): (entry["role"], entry.get("label", f)) for f in entry["forms"]})
    agency = any_of(forms["agency"] + forms["desk"])
    return _Names(
        roles=roles,
        author=re.compile(rf"(?:{any_of(forms['author'])})[ \t\u00a0]*[:/\-–—][^\n]{{2,60}}(?=\n|\Z)"),
        foot=re.compile(
            rf"(?:\n[ \t]*{any_of(forms['credit'])}[ \t\u00a0]*[:/\-–—]?[^\n.]{{2,50}}"
            rf"|[\s\u00a0]{{0,9}}[(\[][ \t]*{agency}[ \t]*[)\]])[\s.]*\Z"
        ),
        dated=re.compile(rf"(?<!\w){any_of(forms['dated'])}(?!\w)"),
    )


def byline(text: str, body: int, end: int, publisher: str | None = None) -> Byline:
    """The byline of the body that starts at ``body``; ``end``: where the report stops."""
    text = fold(text)
    head = _head(text, body, end, publisher)
    foot = _foot(text, body, end)
    dateline = None if head.day else _dateline(text, body, end)
    masked = head.masked + foot.masked + (dateline.masked if dateline else ())
    day = head.day or (dateline.day if dateline else None)
    return Byline(masked, head.agency or foot.agency, day)


def _bare(segment: str) -> str:
    return " ".join(fold(segment).strip(_QUOTES).split())


def _role(segment: str, publisher: str | None) -> tuple[str, str | None]:
    """What a segment is (agency, outlet, desk, date, time, free) and the agency's label."""
    bare = _bare(segment)
    if bare in _names().roles:
        return _names().roles[bare]
    if publisher and bare == _bare(publisher):
        return "outlet", bare
    if find_day(bare):
        return "date", None
    if _TIME.fullmatch(bare):
        return "time", None
    return "free", None


def _head(text: str, body: int, end: int, publisher: str | None) -> Byline:
    author = _names().author.match(text, body, end)
    start = author.end() + 1 if author else body
    masked = (Masked(body, author.end(), "byline"),) if author else ()
    found = _segments(text, start, end, publisher)
    if not found:
        return Byline(masked)
    stop, agency, day = found
    return Byline((*masked, Masked(start, stop, "byline")), agency, day)


def _segments(text: str, start: int, end: int, publisher: str | None) -> tuple[int, str | None, date | None] | None:
    """Reads segments from ``start`` on; the end of the longest run that is a byline, its agency and day."""
    best: int | None = None
    agency, day, known, pos = None, None, "", start
    limit = min(end, start + _REACH)
    for count in range(_SEGMENTS):
        mark = _BREAK.search(text, pos, limit)
        stop = mark.start() if mark else limit
        segment = text[pos:stop]
        role, label = _role(segment, publisher) if segment.strip() else ("none", None)
        if role == "free" and ((best is not None and _closed(text, best)) or not _could_name(segment)):
            break
        if role in {"agency", "outlet", "desk"}:
            known = role if known != "agency" else known
            agency = agency or (label if role == "agency" else None)
        elif role == "date" and day is None:
            found = find_day(segment)
            day = found[0] if found else None
        if mark is None:
            break
        pos = mark.end()
        if known and _ends(mark.group(), known, count):
            best = mark.end()
    return (_trimmed(text, start, best), agency, day) if best is not None and known else None


def _trimmed(text: str, start: int, stop: int) -> int:
    return start + len(text[start:stop].rstrip())


def _closed(text: str, stop: int) -> bool:
    """Did the byline end with a newline or colon? Then what follows is the report."""
    return text[:stop].rstrip(" \t\u00a0")[-1:] in {"\n", ":"}


def _ends(mark: str, known: str, count: int) -> bool:
    """May a byline end at this mark? A dash is enough after an agency; names of outlets are words too."""
    bare = mark.strip(" \t\u00a0")
    if bare in {"\n", ""}:
        return True
    if bare == ":":
        return count > 0 or known != "outlet"
    return known == "agency" and count > 0 and (bare[0] in "-–—" or bare == ")")


def _could_name(segment: str) -> bool:
    """Could this be a city or somebody's name? At most four words, no digits, no sentence marks."""
    words = _WORDS.findall(segment)
    return 1 <= len(words) <= 4 and not re.search(r"[\d.!؟…\"«»]", segment.strip(_QUOTES))


def _foot(text: str, body: int, end: int) -> Byline:
    m = _names().foot.search(text, max(body, end - 120), end)
    if not m:
        return Byline()
    agency = None
    for part in re.split(r"[:/\-–—()\[\]\n]", m.group()):
        role, label = _role(part, None)
        if role == "agency":
            agency = label
    start = m.end() - len(m.group().lstrip())
    return Byline((Masked(start, m.end(), "byline"),), agency)


def _dateline(text: str, body: int, end: int) -> Byline | None:
    """A full date in one of the first lines, or in the last, that holds little else: the day of publication.

    A line that is only a date is masked. A date in the title or in a heading ("حصيلة يوم السبت 7 آب 2021")
    dates the report and is read on.
    """
    lines = [(m.start(), m.end()) for m in re.finditer(r"[^\n]+", text[: min(end, body + 400)])][:6]
    tail = text.rfind("\n", body, end)
    for start, stop in lines:
        found = find_day(text[start:stop])
        words = len(_WORDS.findall(text[start:stop]))
        # a line that ends like a sentence tells when something happened, not when it was published
        if found and words <= 16 and (start < body or not text[start:stop].rstrip().endswith((".", "،", "؛"))):
            rest = _beside(text[start:stop])
            alone = start >= body and len(rest) <= 3
            agency = next((label for role, label in (_role(w, None) for w in rest) if role == "agency"), None)
            return Byline((Masked(start, stop, "dateline"),) if alone else (), agency if alone else None, found[0])
    if tail >= 0 and end - tail < 80 and _names().dated.search(text, tail, end):
        found = find_day(text[tail:end])
        if found:
            return Byline((Masked(tail + 1, end, "dateline"),), None, found[0])
    return None


def _beside(line: str) -> list[str]:
    """The words of a line that are neither its dates nor the words that go with dates."""
    while found := find_day(line):
        line = line[: found[1]] + " " + line[found[2] :]
    return re.findall(r"[^\W\d_]{2,}", _names().dated.sub(" ", line))
