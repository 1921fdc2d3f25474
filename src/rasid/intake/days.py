"""Days that a carrier states: in metadata of any common form, and as full dates written out in Arabic.

Only for telling when a report was published. Times inside the prose are the reader's work (`rasid.resolve`).
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from functools import cache

from rasid.intake.wording import any_of, entries, fold

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_ISO = re.compile(r"(?<!\d)((?:19|20)\d\d)\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?(\d{1,2})(?!\d)")
_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?((?:19|20)\d\d)(?!\d)")
_YEAR = re.compile(r"\d{4}")
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])([0-2]\d|3[01])(?:T?\d{4,6}Z?)?(?!\d)")
_ENGLISH_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_EN = "|".join(_ENGLISH_MONTHS)
_ENGLISH = re.compile(
    rf"(?<![a-z])(?:(\d{{1,2}})(?:st|nd|rd|th)?\s+)?({_EN})[a-z]*\.?\s+(?:(\d{{1,2}})(?:st|nd|rd|th)?,?\s+)?"
    rf"(?:\d\d?:\d\d(?::\d\d)?\s+(?:[+-]\d{{4}}\s+)?)?((?:19|20)\d\d)",
    re.IGNORECASE,
)
#: Seconds since 1970 that fall between 1990 and 2100; larger numbers are milliseconds.
_EPOCH = (631_152_000, 4_102_444_800)


def metadata_day(value: object) -> date | None:
    """The day that a metadata value states, in the zone it is written in; None when it states none.

    Knows ISO 8601, RFC 2822, seconds and milliseconds since 1970, day-first numbers, English and Arabic month
    names.

    >>> metadata_day("2021-08-07T23:40:00+03:00")
    datetime.date(2021, 8, 7)
    >>> metadata_day("٧ آب ٢٠٢١")
    datetime.date(2021, 8, 7)
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _epoch(value)
    if not isinstance(value, str) or not value.strip():
        return None
    return _text_day(value.strip()[:200])


def _text_day(text: str) -> date | None:
    plain = text.translate(_DIGITS)
    if re.fullmatch(r"\d{9,13}(?:\.\d+)?", plain):
        return _epoch(float(plain))
    for regex, order in ((_ISO, (1, 2, 3)), (_DAY_FIRST, (3, 2, 1)), (_COMPACT, (1, 2, 3))):
        m = regex.search(plain)
        if m:
            return _day(*(int(m.group(g)) for g in order))
    return _english(plain) or _rfc(plain) or written_day(text)


def _epoch(value: float) -> date | None:
    seconds = value / 1000 if value > _EPOCH[1] else value
    if not _EPOCH[0] <= seconds <= _EPOCH[1]:
        return None
    return datetime.fromtimestamp(seconds, UTC).date()


def _english(text: str) -> date | None:
    m = _ENGLISH.search(text)
    if not m or not (m.group(1) or m.group(3)):
        return None
    month = _ENGLISH_MONTHS.index(m.group(2).lower()) + 1
    return _day(int(m.group(4)), month, int(m.group(1) or m.group(3)))


def _rfc(text: str) -> date | None:
    try:
        return parsedate_to_datetime(text).date()
    except (ValueError, TypeError, IndexError):
        return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


@cache
def _months() -> tuple[re.Pattern[str], dict[tuple[str, str], int]]:
    """A pattern for "7 آب/أغسطس 2021" of each calendar in folded text, and the number of each month name."""
    number: dict[tuple[str, str], int] = {}
    for entry in entries("time/months.toml"):
        for form in entry["forms"]:
            number[entry["calendar"], " ".join(fold(form).split())] = int(entry["value"])
    greg, hijri = (any_of(name for c, name in number if c == wanted) for wanted in ("gregorian", "hijri"))
    tail = r"[\s]*[,،]?[\s]*"
    regex = (
        rf"(?<!\d)(?P<day>\d{{1,2}})\s+(?:من\s+)?(?:شهر\s+)?"
        rf"(?:(?P<greg>{greg})(?:\s*[/\-(]\s*{greg}\)?)?{tail}(?P<year>(?:19|20)\d\d)"
        rf"|(?P<hijri>{hijri}){tail}(?P<hyear>1[34]\d\d))(?!\d)"
    )
    return re.compile(regex), number


def written_day(text: str) -> date | None:
    """The first full date with a month name in Arabic; a Gregorian one outranks a Hijri one beside it."""
    found = find_day(text)
    return found[0] if found else None


def find_day(text: str) -> tuple[date, int, int] | None:
    """The first full date of ``text`` and its span: month names first, then numbers (year or day first)."""
    if not _YEAR.search(text):
        return None
    plain = fold(text).translate(_DIGITS)
    hijri: tuple[date, int, int] | None = None
    regex, _ = _months()
    for m in regex.finditer(plain):
        day = _named(m)
        if day and m.group("greg"):
            return day, *m.span()
        if day and hijri is None:
            hijri = day, *m.span()
    if hijri:
        return hijri
    return _numbers(plain)


def _numbers(plain: str) -> tuple[date, int, int] | None:
    for regex, order in ((_ISO, (1, 2, 3)), (_DAY_FIRST, (3, 2, 1))):
        m = regex.search(plain)
        day = _day(*(int(m.group(g)) for g in order)) if m else None
        if m and day:
            return day, *m.span()
    return None


def _named(m: re.Match[str]) -> date | None:
    calendar = "gregorian" if m.group("greg") else "hijri"
    name = m.group("greg") or m.group("hijri")
    number = _months()[1].get((calendar, " ".join(name.split())))
    if number is None:
        return None
    if calendar == "gregorian":
        return _day(int(m.group("year")), number, int(m.group("day")))
    return _from_hijri(int(m.group("hyear")), number, int(m.group("day")))


def _from_hijri(year: int, month: int, day: int) -> date | None:
    from hijridate import Hijri

    try:
        g = Hijri(year, month, day).to_gregorian()
    except (ValueError, OverflowError):
        return None
    return date(g.year, g.month, g.day)
