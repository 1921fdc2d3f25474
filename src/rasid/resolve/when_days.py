"""Calendar arithmetic of reports: closed ranges of days, weekdays, Hijri months. No text here."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

#: Days around the reference in which a date without a year is sought ("about half a year").
HALF_YEAR = 190
Range = tuple[date, date]


def day_of(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has none (31 June)."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def shift(day: date, days: int) -> date:
    """The day so many days away; stays inside the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def month_of(year: int, month: int) -> Range:
    """The whole month; month 0 and 13 fall in the neighbouring years."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def months_back(day: date, n: int) -> date:
    """The same day of the month so many months before, or the month's last."""
    first, last = month_of(day.year, day.month - n)
    return min(first.replace(day=min(day.day, last.day)), last)


@lru_cache(maxsize=4096)
def hijri_month(year: int, month: int) -> Range | None:
    """The days of a Hijri month by the Umm al-Qura calendar; None outside of its tables."""
    from hijridate import Hijri  # a library of tables: loaded where a report uses that calendar

    try:
        first = Hijri(year, month, 1)
        start = first.to_gregorian()
        return date(*start.datetuple()), shift(date(*start.datetuple()), first.month_length() - 1)
    except (ValueError, OverflowError):
        return None


@lru_cache(maxsize=1024)
def hijri_year_of(day: date) -> int | None:
    """The Hijri year of a day; None outside of the tables."""
    from hijridate import Gregorian

    try:
        return int(Gregorian(day.year, day.month, day.day).to_hijri().year)
    except (ValueError, OverflowError):
        return None


def hijri_day(year: int, month: int, day: int) -> date | None:
    """A day of the Hijri calendar."""
    span = hijri_month(year, month)
    if span is None or not 1 <= day <= 30:
        return None
    found = shift(span[0], day - 1)
    return found if found <= span[1] else None


def weekday_before(ref: date, weekday: int, *, today: bool) -> date:
    """The nearest such weekday on or (``today`` False) strictly before the reference."""
    back = (ref.weekday() - weekday) % 7
    return shift(ref, -(back or (0 if today else 7)))


def weekday_after(ref: date, weekday: int, *, today: bool = False) -> date:
    """The nearest such weekday strictly after the reference (or on it)."""
    ahead = (weekday - ref.weekday()) % 7
    return shift(ref, ahead or (0 if today else 7))


def edge_of(span: Range, edge: str) -> Range:
    """The part of a month or year that a word such as "middle of" takes.

    A month's start, middle and end are single days (1, 15, last); "early" and "late" are its thirds.
    Of a year or longer the start and end are its first and last months.
    """
    start, end = span
    length = (end - start).days + 1
    if length > 31:
        return _edge_of_year(span, edge)
    if length < 20:
        return _edge_of_week(span, edge)
    cuts = {
        "start": (1, 1),
        "early": (1, 10),
        "middle": (15, 15),
        "mid": (11, 20),
        "late": (21, length),
        "end": (length, length),
        "half1": (1, 15),
        "half2": (16, length),
        "week1": (1, 7),
        "week2": (8, 14),
        "week3": (15, 21),
        "week4": (22, 28),
        "week_last": (length - 6, length),
    }
    lo, hi = cuts.get(edge, (1, length))
    return shift(start, lo - 1), shift(start, hi - 1)


def _edge_of_week(span: Range, edge: str) -> Range:
    start, end = span
    if edge in {"start", "early"}:
        return start, start
    if edge in {"end", "late"}:
        return end, end
    middle = shift(start, (end - start).days // 2)
    return (middle, middle) if edge in {"middle", "mid"} else span


def _edge_of_year(span: Range, edge: str) -> Range:
    start, end = span
    if edge == "start":
        return start, month_of(start.year, start.month)[1]
    if edge == "end":
        return date(end.year, end.month, 1), end
    if edge == "middle":
        return months_back(end, 6).replace(day=1), months_back(end, 5)
    parts = {"early": (0, 4), "mid": (4, 8), "late": (8, 12), "half1": (0, 6), "half2": (6, 12)}
    quarters = {f"quarter{n}": (3 * n - 3, 3 * n) for n in (1, 2, 3, 4)}
    lo, hi = (parts | quarters).get(edge, (0, 12))
    return (
        month_of(start.year, start.month + lo)[0],
        month_of(start.year, start.month + hi - 1)[1],
    )
