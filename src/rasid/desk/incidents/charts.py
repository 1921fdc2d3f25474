"""Charts drawn by the server as plain SVG: no script, no inline style, readable in print and by right-to-left readers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from rasid.desk.words import T, arabic


def _series(per_day: Mapping[date, int], start: date, end: date, most: int = 120) -> tuple[list[tuple[date, int]], int]:
    """Counts in steps of as many days as keep the bars under ``most``."""
    total = (end - start).days + 1
    step = max(1, -(-total // most))
    out = [(start + timedelta(days=i * step), 0) for i in range(-(-total // step))]
    held = [n for _, n in out]
    for day, n in per_day.items():
        if start <= day <= end:
            held[(day - start).days // step] += n
    return [(d, held[i]) for i, (d, _) in enumerate(out)], step


def days(per_day: Mapping[date, int]) -> SafeString | str:
    """A strip of bars: records per day, time running in reading direction."""
    if not per_day:
        return ""
    start, end = min(per_day), max(per_day)
    if (end - start).days > 365 * 3:
        start = end - timedelta(days=365 * 3)
    bars, step = _series(per_day, start, end)
    return _bars(bars, step, height=84)


def _x(i: int, n: int, width: float) -> float:
    """Position of the i-th bar; in Arabic time runs from right to left."""
    w = width / n
    return round((width - (i + 1) * w) if arabic() else i * w, 2)


def _bars(bars: list[tuple[date, int]], step: int, height: int) -> SafeString:
    width, top = 900, max(n for _, n in bars) or 1
    w = width / len(bars)
    parts = []
    for i, (d, n) in enumerate(bars):
        h = round(n / top * (height - 22), 1)
        if n:
            tip = f"{d.isoformat()}: {n}"
            parts.append(f'<rect class="bar" x="{_x(i, len(bars), width) + .5:.2f}" y="{height - 18 - h}" width="{max(1.5, w - 1):.2f}" height="{h}"><title>{tip}</title></rect>')
    first, last = bars[0][0].isoformat(), bars[-1][0].isoformat()
    left, right = (last, first) if arabic() else (first, last)
    name = escape(str(T("حوادث في اليوم", "incidents per day") if step == 1 else T(f"حوادث كل {step} أيام", f"incidents per {step} days")))
    return mark_safe(  # noqa: S308 - numbers and days of our own
        f'<svg class="chart" viewBox="0 0 {width} {height}" role="img" aria-label="{name}"><line class="axis" x1="0" y1="{height - 18}" x2="{width}" y2="{height - 18}"/>'
        f'{"".join(parts)}<text x="2" y="{height - 4}">{left}</text><text x="{width - 2}" y="{height - 4}" text-anchor="end">{right}</text><text x="{width / 2}" y="{height - 4}" text-anchor="middle">{name} · max {top}</text></svg>'
    )


def conduct(
    per_day: Mapping[date, int], effort: Mapping[date, int], made: date, until: date | None, blind: list[tuple[date, date]], span: int = 30
) -> SafeString:
    """Conduct before and after a promise: bars per day, the day of the promise, its end, days on which nobody could look, reports per day."""
    start, end = made - timedelta(days=span), made + timedelta(days=span)
    if until and until > end:
        end = min(until, made + timedelta(days=120))
    bars, step = _series(per_day, start, end)
    lines, _ = _series(effort, start, end)
    width, height, base = 900, 240, 200
    top = max([n for _, n in bars] + [1])
    most = max([n for _, n in lines] + [1])
    n = len(bars)
    w = width / n

    def at(day: date) -> float:
        i = (day - start).days / step
        return round(width - i * w if arabic() else i * w, 1)

    out = []
    for a, b in blind:
        x1, x2 = sorted((at(max(a, start)), at(min(b, end) + timedelta(days=1))))
        if x2 > x1:
            out.append(f'<rect class="blind" x="{x1}" y="20" width="{x2 - x1:.1f}" height="{base - 20}"><title>{escape(str(T("تعذّر الرصد", "nobody could look")))}</title></rect>')
    for i, (d, count) in enumerate(bars):
        if count:
            h = round(count / top * (base - 40), 1)
            out.append(f'<rect class="bar{" after" if d >= made else ""}" x="{_x(i, n, width) + .5:.2f}" y="{base - h}" width="{max(2, w - 1.5):.2f}" height="{h}"><title>{d.isoformat()}: {count}</title></rect>')
    points = " ".join(f"{_x(i, n, width) + w / 2:.1f},{base - c / most * (base - 40):.1f}" for i, (_, c) in enumerate(lines))
    out.append(f'<polyline class="effort" points="{points}"/>')
    out.append(f'<line class="mark" x1="{at(made)}" y1="14" x2="{at(made)}" y2="{base}"/><text class="mark-text" x="{at(made)}" y="11" text-anchor="middle">{escape(str(T("التعهّد", "the promise")))} {made.isoformat()}</text>')
    if until and start <= until <= end:
        out.append(f'<line class="mark-end" x1="{at(until)}" y1="20" x2="{at(until)}" y2="{base}"/>')
    left, right = (end, start) if arabic() else (start, end)
    key = escape(str(T(f"أعمدة: حوادث يخرقها البند لو شملها · خط منقّط: تقارير في اليوم (أقصاها {most}) · رمادي: تعذّر الرصد", f"bars: acts of the kind promised against · dotted: reports per day (max {most}) · grey: nobody could look")))
    return format_html(
        '<svg class="chart" viewBox="0 0 {} {}" role="img" aria-label="{}"><line class="axis" x1="0" y1="{}" x2="{}" y2="{}"/>{}<text x="2" y="216">{}</text><text x="898" y="216" text-anchor="end">{}</text><text x="450" y="234" text-anchor="middle">{}</text></svg>',
        width, height, str(T("الأفعال قبل التعهّد وبعده", "Conduct before and after the promise")), base, width, base, mark_safe("".join(out)), left.isoformat(), right.isoformat(), mark_safe(key),  # noqa: S308
    )  # fmt: skip
