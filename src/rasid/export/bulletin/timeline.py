"""The timeline: incidents per day, reports per day, and what was held against each pledge."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from rasid.books.records_log import Snapshot
from rasid.export.bulletin.drawing import Area, Dot, Drawing, Line, Shape, Words
from rasid.export.bulletin.ledger import names
from rasid.export.bulletin.phrases import Phrases
from rasid.export.words import Lang, label

Record = dict[str, Any]
WIDTH, _SIDE, _MARGIN, _BARS, _LANE = 900, 190, 24, 150, 30
BAR, EFFORT, GRID, INK = "#b86a5f", "#275a86", "#e2dccf", "#1c272b"
COLOURS = {
    "apparent_breach": "#9c2f26", "apparent_fulfilment": "#2b6638", "act_by_party_not_bound": "#b98a2e",
    "unattributed_act": "#b98a2e", "contrary_act": "#b98a2e", "answer": "#275a86",
}  # fmt: skip
_STATES = {"breached": "#f6e2dd", "fulfilled": "#dfeedd", "kept_so_far": "#e4eee9"}
_LANES = 10


def timeline_of(snapshot: Snapshot, incidents: list[Record], lang: Lang) -> Drawing:
    """The days of the period, in the direction of reading."""
    b, say = snapshot.body, Phrases(lang)
    lanes = [c for c in b["commitments"] if c["kind"] in ("pledge", "agreement")][:_LANES]
    axis = _Axis(snapshot.start, snapshot.end, lang == "ar")
    height = _MARGIN + _BARS + 30 + _LANE * len(lanes) + 10
    dated = Counter(r["start"] for r in incidents if r["date_precision"] == "day" and r["start"])
    shapes: list[Shape] = [*_limits(b["limits"], axis, height)]
    shapes += axis.ticks(say)
    shapes += _bars(dated, axis)
    shapes += _effort(b["effort"], axis)
    shapes += _legend(dated, b["effort"], axis, say)
    for n, c in enumerate(lanes):
        shapes += _lane(c, _MARGIN + _BARS + 44 + n * _LANE, axis, say)
    title = f"{say('time', 'title')}: {say.period(snapshot.start, snapshot.end)}"
    return Drawing(WIDTH, height, tuple(shapes), title)


class _Axis:
    """Days to x; mirrored for Arabic, so that time runs as the text does."""

    def __init__(self, start: date, end: date, rtl: bool) -> None:
        self.start, self.days, self.rtl = start, (end - start).days + 1, rtl
        self.step = (WIDTH - _SIDE - _MARGIN) / self.days

    def x(self, day: date | str, share: float = 0.5) -> float:
        """Where a day is (``share`` of it gone)."""
        d = date.fromisoformat(day) if isinstance(day, str) else day
        n = min(max((d - self.start).days + share, 0), self.days)
        return self.turn(_SIDE + n * self.step)

    def turn(self, x: float) -> float:
        return WIDTH - x if self.rtl else x

    def each(self) -> Iterator[date]:
        return (self.start + timedelta(days=n) for n in range(self.days))

    def box(self, first: date | str, last: date | str, y: float, height: float, fill: str) -> Area:
        a, b = sorted((self.x(first, 0), self.x(last, 1)))
        return Area(((a, y), (b, y), (b, y + height), (a, y + height)), fill)

    def ticks(self, say: Phrases) -> Iterator[Shape]:
        base = _MARGIN + _BARS
        yield Line(((self.turn(_SIDE), base), (self.turn(WIDTH - _MARGIN), base)), "#8d938c", 1)
        every = max(1, -(-self.days // 9))
        for n, day in enumerate(self.each()):
            if n % every == 0:
                text = f"{day.day}/{day.month}" if say.lang == "ar" else f"{day:%-d %b}"
                yield Words(self.x(day), base + 17, text, 11, "middle")


def _bars(dated: Counter[str], axis: _Axis) -> Iterator[Shape]:
    most = max(dated.values(), default=1)
    for day, n in sorted(dated.items()):
        d = date.fromisoformat(day)
        if not 0 <= (d - axis.start).days < axis.days:
            continue
        tall = (_BARS - 18) * n / most
        width = min(axis.step * 0.66, 34)
        x, y = axis.x(d), _MARGIN + _BARS - tall
        bottom = _MARGIN + _BARS
        a, b = x - width / 2, x + width / 2
        yield Area(((a, y), (b, y), (b, bottom), (a, bottom)), BAR)
        if axis.step > 13:
            yield Words(x, y - 5, str(n), 11, "middle", INK, bold=True)


def _effort(effort: dict[str, int], axis: _Axis) -> Iterator[Shape]:
    """Reports per day as a line on a scale of its own; its highest value is told in the legend."""
    most = max(effort.values(), default=0)
    if not most:
        return
    points = [
        (axis.x(d), _MARGIN + _BARS - (_BARS - 18) * 0.55 * effort.get(d.isoformat(), 0) / most) for d in axis.each()
    ]
    yield Line(tuple(points), EFFORT, 1.6)


def _legend(dated: Counter[str], effort: dict[str, int], axis: _Axis, say: Phrases) -> Iterator[Shape]:
    edge = axis.turn(8)
    yield Words(edge, _MARGIN + 22, say("glance", "incidents"), 12, "start", BAR, bold=True)
    yield Words(edge, _MARGIN + 44, say("glance", "reports"), 12, "start", EFFORT, bold=True)
    if effort:
        yield Words(edge, _MARGIN + 60, say("time", "most", max(effort.values())), 10, "start")


def _lane(c: Record, y: float, axis: _Axis, say: Phrases) -> Iterator[Shape]:
    """One pledge: whose, its period, what was held against it."""
    who = names(c["by"] or c["bound"], say) or label("commitment_kind", c["kind"], say.lang)
    text = who if len(who) < 28 else who[:27] + "…"
    yield Words(axis.turn(8), y + 4, text, 11, "start", INK)
    first, last = axis.start, axis.start + timedelta(days=axis.days - 1)
    for begun, over in _periods(c):
        if begun <= last and over >= first:
            yield axis.box(max(begun, first), min(over, last), y - 7, 14, _STATES.get(c["state"], "#eceae3"))
    for f in c["in_period"]:
        if f["day"] and f["judgement"] != "rejected":
            kind, act = label("finding_kind", f["kind"], say.lang), label("term_act", f["act"], say.lang)
            title, colour = f"{f['day']} {kind}: {act}", COLOURS.get(f["kind"], EFFORT)
            yield Dot(axis.x(f["day"]), y, 4 + 3 * f["strength"], colour, title)


def _periods(c: Record) -> set[tuple[date, date]]:
    """The days from the first term's beginning to the last one's end."""
    tests = [t["test"] for t in c["terms"] if t["test"]["start"]]
    if not tests:
        return set()
    over = max((t["until"] or "9999-12-31" for t in tests), default="9999-12-31")
    return {(date.fromisoformat(min(t["start"] for t in tests)), date.fromisoformat(over))}


def _limits(limits: Iterable[Record], axis: _Axis, height: int) -> Iterator[Shape]:
    for limit in limits:
        end = limit["end"] or (axis.start + timedelta(days=axis.days - 1)).isoformat()
        yield axis.box(limit["start"], end, _MARGIN, height - _MARGIN - 10, "#e6e4de")
