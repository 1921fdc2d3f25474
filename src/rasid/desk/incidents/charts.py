"""Charts drawn by the server as plain SVG: no script, no inline style, readable in print and from right to
left.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from rasid.desk.words import T, arabic

WIDTH = 900.0
Series = list[tuple[date, int]]


def _tag(name: str, inner: str = "", **attributes: object) -> str:
    """One SVG element; values are escaped, ``cls`` is the class, ``_`` in a name is a hyphen."""
    said = {("class" if k == "cls" else k.replace("_", "-")): escape(str(v)) for k, v in attributes.items()}
    written = " ".join(f'{k}="{v}"' for k, v in said.items())
    return f"<{name} {written}>{inner}</{name}>"


def _titled(text: str) -> str:
    return f"<title>{escape(text)}</title>"


@dataclass(frozen=True, slots=True)
class Axis:
    """Days along the reading direction: in Arabic time runs from right to left. ``step`` days are one bar."""

    start: date
    end: date
    most: int = 120

    @property
    def step(self) -> int:
        return max(1, -(-((self.end - self.start).days + 1) // self.most))

    @property
    def bars(self) -> int:
        return -(-((self.end - self.start).days + 1) // self.step)

    @property
    def wide(self) -> float:
        return WIDTH / self.bars

    def series(self, per_day: Mapping[date, int]) -> Series:
        held = [0] * self.bars
        for day, n in per_day.items():
            if self.start <= day <= self.end:
                held[(day - self.start).days // self.step] += n
        return [(self.start + timedelta(days=i * self.step), n) for i, n in enumerate(held)]

    def left_of(self, i: int) -> float:
        """Left edge of the i-th bar."""
        return round(WIDTH - (i + 1) * self.wide if arabic() else i * self.wide, 2)

    def at(self, day: date) -> float:
        """Where a day begins."""
        x = (day - self.start).days / self.step * self.wide
        return round(WIDTH - x if arabic() else x, 1)

    def ends(self) -> tuple[str, str]:
        """First and last day as they stand at the left and the right edge."""
        first, last = self.start.isoformat(), self.end.isoformat()
        return (last, first) if arabic() else (first, last)


def _bars(axis: Axis, series: Series, base: int, tall: int, top: int, since: date | None = None) -> Iterable[str]:
    for i, (day, n) in enumerate(series):
        if n:
            h = round(n / top * tall, 1)
            cls = "bar after" if since and day >= since else "bar"
            where = {
                "x": axis.left_of(i) + 0.5,
                "y": base - h,
                "width": round(max(1.5, axis.wide - 1), 2),
                "height": h,
            }
            yield _tag("rect", _titled(f"{day.isoformat()}: {n}"), cls=cls, **where)


def _ground(axis: Axis, base: int, words: int, said: str, key: int) -> Iterable[str]:
    left, right = axis.ends()
    yield _tag("line", cls="axis", x1=0, y1=base, x2=WIDTH, y2=base)
    yield _tag("text", left, x=2, y=words)
    yield _tag("text", right, x=WIDTH - 2, y=words, text_anchor="end")
    yield _tag("text", escape(said), x=WIDTH / 2, y=key, text_anchor="middle")


def _whole(height: int, name: object, parts: Iterable[str]) -> SafeString:
    return format_html(
        '<svg class="chart" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>',
        int(WIDTH),
        height,
        str(name),
        mark_safe("".join(parts)),  # made by _tag, which escapes
    )


def days(per_day: Mapping[date, int]) -> SafeString | str:
    """A strip of bars: records per day."""
    if not per_day:
        return ""
    start, end = min(per_day), max(per_day)
    axis = Axis(max(start, end - timedelta(days=365 * 3)), end)
    series = axis.series(per_day)
    top = max(n for _, n in series) or 1
    step = axis.step
    said = (
        T("حوادث في اليوم", "incidents per day")
        if step == 1
        else T(f"حوادث كل {step} أيام", f"incidents per {step} days")
    )
    parts = [*_ground(axis, 66, 80, f"{said} · max {top}", 80), *_bars(axis, series, 66, 62, top)]
    return _whole(84, said, parts)


def conduct(
    per_day: Mapping[date, int],
    effort: Mapping[date, int],
    made: date,
    until: date | None,
    blind: list[tuple[date, date]],
    span: int = 30,
) -> SafeString:
    """Conduct before and after a promise: acts per day, the day of the promise, its end, days on which nobody
    could look, and reports per day beside it.
    """
    end = made + timedelta(days=span)
    if until and until > end:
        end = min(until, made + timedelta(days=120))
    axis = Axis(made - timedelta(days=span), end)
    acts, reports = axis.series(per_day), axis.series(effort)
    most = max([n for _, n in reports] + [1])
    said = T(
        f"أعمدة: أفعال من النوع الموعود بتركه · خط منقّط: تقارير في اليوم (أقصاها {most})",
        f"bars: acts of the kind promised against · dotted: reports per day (max {most})",
    )
    parts = [
        *_blind(axis, blind),
        *_ground(axis, 200, 216, str(said), 234),
        *_bars(axis, acts, 200, 160, max([n for _, n in acts] + [1]), since=made),
        _line(axis, reports, most),
        *_marks(axis, made, until),
    ]
    return _whole(240, T("الأفعال قبل التعهّد وبعده", "Conduct before and after the promise"), parts)


def _blind(axis: Axis, blind: list[tuple[date, date]]) -> Iterable[str]:
    for a, b in blind:
        if b < axis.start or a > axis.end:
            continue
        first, last = max(a, axis.start), min(b, axis.end) + timedelta(days=1)
        x1, x2 = sorted((axis.at(first), axis.at(last)))
        said = _titled(str(T("تعذّر الرصد", "nobody could look")))
        yield _tag("rect", said, cls="blind", x=x1, y=20, width=round(x2 - x1, 1), height=180)


def _line(axis: Axis, reports: Series, most: int) -> str:
    at = (f"{axis.left_of(i) + axis.wide / 2:.1f},{200 - n / most * 160:.1f}" for i, (_, n) in enumerate(reports))
    return _tag("polyline", cls="effort", points=" ".join(at))


def _marks(axis: Axis, made: date, until: date | None) -> Iterable[str]:
    x = axis.at(made)
    yield _tag("line", cls="mark", x1=x, y1=14, x2=x, y2=200)
    said = f"{T('التعهّد', 'the promise')} {made.isoformat()}"
    yield _tag("text", escape(said), cls="mark-text", x=x, y=11, text_anchor="middle")
    if until and axis.start <= until <= axis.end:
        yield _tag("line", cls="mark-end", x1=axis.at(until), y1=20, x2=axis.at(until), y2=200)
