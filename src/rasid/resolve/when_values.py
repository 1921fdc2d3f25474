"""Frames, months, years and counted units turned into closed ranges of days, given a reference day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from rasid.resolve import when_days as days
from rasid.resolve.when_frames import Date, Frame

#: Years in which a weekday may fix a date that nothing else dates; the newest year that fits is taken.
FIRST_YEAR, LAST_YEAR = 2011, 2026
#: Days after which a month or year is history and not news (contract: "over about a month").
NEWS = 31
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(slots=True)
class Value:
    """What an expression up to token ``hi`` means; ``scale`` is day, week, month, year, hour or part."""

    hi: int
    start: date | None
    end: date | None
    grain: str
    rule: str
    part: str | None = None
    conflict: str | None = None
    scale: str = "day"


@dataclass(frozen=True, slots=True)
class Clock:
    """Reference days: ``ref`` is what the text counts from, ``told`` the day told last, at a token."""

    ref: date | None
    told: date | None = None
    told_at: int = 0


def fit_year(month: int, day: int, weekday: int) -> int | None:
    """The newest year of reporting in which that day of the month falls on that weekday."""
    for year in range(LAST_YEAR, FIRST_YEAR - 1, -1):
        found = days.day_of(year, month, day)
        if found is not None and found.weekday() == weekday:
            return year
    return None


def candidates(d: Date, ref: date, day: int) -> list[date]:
    """That day of that month in the years around the reference."""
    if d.hijri:
        around = days.hijri_year_of(ref)
        if around is None or d.month is None:
            return []
        found = [days.hijri_day(y, d.month, day) for y in (around - 1, around, around + 1)]
    else:
        found = [days.day_of(y, d.month or 1, day) for y in (ref.year - 1, ref.year, ref.year + 1)]
    return [f for f in found if f is not None]


def _of_running_month(d: Date, ref: date, day: int) -> date | None:
    first, _ = days.month_of(ref.year, ref.month + (d.mod or 0))
    return days.day_of(first.year, first.month, day)


def _stated_year(d: Date, day: int) -> date | None:
    year, month = d.year or 0, d.month or 1
    if not d.hijri:
        return days.day_of(year, month, day)
    if year < 1600:
        return days.hijri_day(year, month, day)
    around = days.hijri_year_of(date(year, 7, 1))
    found = [days.hijri_day(y, month, day) for y in (around - 1, around, around + 1)] if around else []
    return next((f for f in found if f is not None and f.year == year), None)


def _by_modifier(found: list[date], mod: int, ref: date) -> date | None:
    if mod >= 5:  # a modifier of the year
        return next((f for f in found if f.year == ref.year + mod - 10), None)
    if mod == 0:
        return next((f for f in found if f.year == ref.year), None)
    past = mod < 0
    fits = [f for f in found if (f < ref if past else f > ref)]
    return (max(fits) if past else min(fits)) if fits else None


def day_in(d: Date, day: int, weekday: int | None, ref: date | None) -> tuple[date | None, bool]:
    """The day that an explicit date means, and whether the stated weekday disagrees.

    A missing year is the one within about half a year of the reference that the weekday fits, or the nearest.
    """
    found: date | None
    if d.year is not None:
        found = _stated_year(d, day)
    elif ref is None:
        fitted = fit_year(d.month, day, weekday) if d.month and weekday is not None and not d.hijri else None
        found = days.day_of(fitted, d.month or 1, day) if fitted else None
    elif d.month is None:
        found = _of_running_month(d, ref, day)
    else:
        found = _nearest(d, day, weekday, ref)
    return found, found is not None and weekday is not None and found.weekday() != weekday


def _nearest(d: Date, day: int, weekday: int | None, ref: date) -> date | None:
    found = candidates(d, ref, day)
    if d.mod is not None:
        return _by_modifier(found, d.mod, ref)
    near = sorted(found, key=lambda f: abs((f - ref).days))
    for f in near:
        if weekday is not None and f.weekday() == weekday and abs((f - ref).days) <= days.HALF_YEAR:
            return f
    return near[0] if near else None


def _conflict(weekday: int, found: date) -> str:
    return f"weekday: {_WEEKDAYS[weekday]} stated, {found.isoformat()} is a {_WEEKDAYS[found.weekday()]}"


def of_frame(f: Frame, hi: int, clock: Clock, *, ahead: bool = False) -> Value | None:
    """The days of a day expression; explicit dates outrank weekdays, weekdays outrank "yesterday".

    ``ahead``: the clause looks forward, so a bare weekday is the next one.
    """
    if f.date is not None:
        return _of_date(f, f.date, hi, clock)
    if f.told is not None:
        base = days.shift(clock.told, f.told) if clock.told else None
        return Value(hi, base, base, "day", "when.told", f.part) if base else None
    if f.rel is not None:
        return _of_relative(f, f.rel, hi, clock)
    if f.weekday is not None:
        return _of_weekday(f, f.weekday, hi, clock, ahead)
    return Value(hi, None, None, "part", "when.part", f.part, scale="part")


def _of_date(f: Frame, d: Date, hi: int, clock: Clock) -> Value | None:
    day = d.day or 1
    found, differs = day_in(d, day, f.weekday, clock.ref)
    if found is None:
        unknown = clock.ref is None and d.year is None
        return Value(hi, None, None, "day", "when.date.no_year", f.part) if unknown else None
    end = days.shift(found, (d.last_day or day) - day)
    conflict = _conflict(f.weekday, found) if differs and f.weekday is not None else None
    if conflict is None and f.rel is not None and clock.ref is not None:
        counted = days.shift(clock.ref, f.rel)
        if counted != found:
            conflict = f"relative: counts to {counted.isoformat()}, {found.isoformat()} stated"
    rule = "when.date" if d.year is not None else "when.date.year_inferred"
    return Value(hi, found, end, "day" if found == end else "range", rule, f.part, conflict)


def _of_relative(f: Frame, rel: int, hi: int, clock: Clock) -> Value:
    if clock.ref is None:
        return Value(hi, None, None, "day", "when.relative", f.part)
    day, conflict = days.shift(clock.ref, rel), None
    if f.weekday is not None and day.weekday() != f.weekday:
        nearest = days.weekday_after if rel > 0 else days.weekday_before
        counted, day = day, nearest(clock.ref, f.weekday, today=True)
        conflict = f"relative: counts to {counted.isoformat()}, {_WEEKDAYS[f.weekday]} stated"
    return Value(hi, day, day, "day", "when.relative", f.part, conflict)


def _of_weekday(f: Frame, weekday: int, hi: int, clock: Clock, ahead: bool) -> Value:
    rule = "when.weekday.named" if f.named else "when.weekday"
    if clock.ref is None:
        return Value(hi, None, None, "day", rule, f.part)
    if f.weekday_mod is not None and f.weekday_mod > 0:
        day = days.weekday_after(clock.ref, weekday)
    elif f.weekday_mod is not None and f.weekday_mod < 0:
        day = days.weekday_before(clock.ref, weekday, today=False)
        day = days.shift(day, -7 * (-f.weekday_mod - 1))
    elif ahead:
        day = days.weekday_after(clock.ref, weekday)
    else:
        day = days.weekday_before(clock.ref, weekday, today=True)
    end = days.shift(day, 1) if f.night_to is not None else day
    return Value(hi, day, end, "day", rule, f.part)


def of_month(d: Date, edge: str, hi: int, clock: Clock, *, ahead: bool) -> Value | None:
    """The days of a month, or of the part of it that the word before takes.

    A month with nothing beside it is the last that has begun, or, where the clause looks ahead, the next.
    """
    span = _month_span(d, clock.ref, ahead)
    if span is None:
        unknown = clock.ref is None and d.year is None
        return Value(hi, None, None, "range", "when.month", scale="month") if unknown else None
    start, end = days.edge_of(span, edge) if edge else span
    return Value(hi, start, end, _grain(start, end, clock.ref), "when.month", scale="month")


def _month_span(d: Date, ref: date | None, ahead: bool) -> days.Range | None:
    month = d.month or 1
    if d.year is not None:
        first = _stated_year(Date(1, month, d.year, d.hijri), 1)
        return _whole(d, first) if first else None
    if ref is None:
        return None
    firsts = candidates(d, ref, 1)
    spans = [s for s in (_whole(d, first) for first in firsts) if s is not None]
    if d.mod is None:
        fits = [s for s in spans if (s[1] >= ref if ahead else s[0] <= ref)]
        return (fits[0] if ahead else fits[-1]) if fits else None
    if d.mod >= 5:
        return next((s for s in spans if s[0].year == ref.year + d.mod - 10), None)
    if d.mod == 0:
        return next((s for s in spans if s[0].year == ref.year), None)
    past = d.mod < 0
    fits = [s for s in spans if (s[1] < ref if past else s[0] > ref)]
    return (fits[-1] if past else fits[0]) if fits else None


def _whole(d: Date, first: date) -> days.Range | None:
    if not d.hijri:
        return days.month_of(first.year, first.month)
    year = days.hijri_year_of(first)
    return days.hijri_month(year, d.month or 1) if year else None


def _grain(start: date, end: date, ref: date | None) -> str:
    if start == end:
        return "day"
    return "past" if ref is not None and end < ref - timedelta(days=NEWS) else "range"


def of_year(year: int, last: int | None, edge: str, season: int, hi: int, clock: Clock) -> Value | None:
    """The days of a year, of years up to ``last``, of a season of it, or of its beginning, middle or end."""
    try:
        start, end = date(year, 1, 1), date(last or year, 12, 31)
    except ValueError:
        return None
    if season:
        start, end = days.month_of(year, season)[0], days.month_of(year, season + 2)[1]
    if edge:
        start, end = days.edge_of((start, end), edge)
    return Value(hi, start, end, _grain(start, end, clock.ref), "when.year", scale="year")


def of_hijri_year(year: int, edge: str, hi: int, clock: Clock) -> Value | None:
    """The days of a Hijri year."""
    first, last = days.hijri_month(year, 1), days.hijri_month(year, 12)
    if first is None or last is None:
        return None
    start, end = days.edge_of((first[0], last[1]), edge) if edge else (first[0], last[1])
    return Value(hi, start, end, _grain(start, end, clock.ref), "when.year.hijri", scale="year")


def of_units(size: int, count: int, mod: int, hi: int, clock: Clock, *, plural: bool) -> Value:
    """Units told from the reference: "the last week", "the next three days", "the running month".

    ``size``: days in the unit (0 hours, 30 months, 365 years); ``count`` 0 where a plural has no number.
    """
    scale = "hour" if size == 0 else "day" if size == 1 else "week" if size == 7 else "month" if size == 30 else "year"
    span = _unit_span(size, count, mod, clock.ref, plural) if clock.ref else (None, None)
    grain = "vague" if span[0] is None else _grain(span[0], span[1] or span[0], clock.ref)
    if grain == "day" and scale != "day":
        grain = "range"
    return Value(hi, span[0], span[1], grain, "when.units", scale=scale)


def _unit_span(size: int, count: int, mod: int, ref: date, plural: bool) -> tuple[date | None, date | None]:
    if plural and not count:
        return None, (ref if mod < 0 else None)
    if size > 400 or (size == 365 and plural):
        return None, (ref if mod < 0 else None)
    if size == 0:
        whole = -(-count // 24)
        return (days.shift(ref, -whole), ref) if mod < 0 else (ref, days.shift(ref, whole))
    if size >= 30:
        return _calendar_span(size, count, mod, ref, plural)
    length = size * count
    if mod == 0:
        return days.shift(ref, -(length - 1)), ref
    if mod > 0:
        return days.shift(ref, 1), days.shift(ref, length)
    back = length * (-mod - 1)
    return days.shift(ref, -length - back), days.shift(ref, -1 - back)


def _calendar_span(size: int, count: int, mod: int, ref: date, plural: bool) -> tuple[date | None, date | None]:
    if plural:
        return (days.months_back(ref, count), days.shift(ref, -1)) if mod < 0 else (ref, days.months_back(ref, -count))
    year = ref.year + mod
    span = days.month_of(ref.year, ref.month + mod) if size == 30 else (date(year, 1, 1), date(year, 12, 31))
    return (span[0], ref) if mod == 0 else span
