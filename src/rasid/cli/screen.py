"""Readings as tables that a person reads on a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rich import box
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from rasid.cli.bidi import Layout, Rtl
from rasid.model.reading import Actor, Casualty, Commitment, Incident, Meeting, Part, Reading, Time

_STYLES = {"past": "dim", "planned": "cyan", "threatened": "magenta", "alleged": "yellow", "denied": "red"}
#: Columns with the share of the width that each takes, and the width from which there is room for them.
_COLUMNS = (("when", 5), ("where", 6), ("who", 6), ("how many", 5), ("source", 5), ("words", 11))
_WIDE = 120


@dataclass(frozen=True, slots=True)
class _Row:
    what: str
    style: str
    cells: tuple[str, str, str, str, str, str]


def show(reading: Reading, console: Console, *, by: Layout) -> None:
    """Print one reading: its report, then incidents, commitments and meetings with the words they rest on."""
    _head(reading, console, by)
    names = {s.id: f"[{s.kind}]" if s.anonymous else s.text for s in reading.sources}
    groups = {
        "incident": [_incident(x, names) for x in reading.incidents],
        "commitment": [_commitment(x, names) for x in reading.commitments],
        "meeting": [_meeting(x, names) for x in reading.meetings],
    }
    for title, rows in groups.items():
        if rows and console.width >= _WIDE:
            console.print(_table(title, rows, by))
        elif rows:
            console.print(*_cards(rows, by), sep="\n")
    if not any(groups.values()):
        console.print("  no incident, commitment or meeting", style="dim")
    for warning in reading.report.warnings:
        console.print(Text(f"  ! {warning}", style="yellow"))
    console.print()


def _head(reading: Reading, console: Console, by: Layout) -> None:
    r = reading.report
    day = f"{r.published} ({r.published_basis})" if r.published else "day of publication unknown"
    console.rule(Text(f"{r.id} · {day}", style="bold"), align="left", style="dim")
    for text, style in ((r.title, "bold cyan"), (r.publisher, "cyan")):
        if text:
            console.print(Rtl(text, by, style))


def _table(title: str, rows: Iterable[_Row], by: Layout) -> Table:
    """A row for each item, on terminals wide enough for its columns."""
    table = Table(box=box.SIMPLE_HEAD, expand=True, pad_edge=False, show_edge=False)
    table.add_column(title, no_wrap=True)
    for name, ratio in _COLUMNS:
        table.add_column(name, ratio=ratio, overflow="fold")
    for row in rows:
        table.add_row(Text(row.what, style=row.style or "bold"), *(Rtl(c, by, row.style) for c in row.cells))
    return table


def _cards(rows: Iterable[_Row], by: Layout) -> Iterator[RenderableType]:
    """A few lines for each item: what, when and how many; where, who and whose word; the quote."""
    for row in rows:
        when_, where, who, many, source, quote = row.cells
        yield Text("  ".join(filter(None, (row.what, when_, many))), style=row.style or "bold")
        said = " · ".join(filter(None, (where, who, source)))
        if said:
            yield Rtl(said, by, row.style)
        if quote:
            yield Rtl(f"«{quote}»", by, "dim")


def _incident(x: Incident, names: dict[str, str]) -> _Row:
    what = x.type if x.modality == "happened" else f"{x.type}, {x.modality}"
    harm = "; ".join(count(c) for c in x.casualties)
    cells = (when(x.time), _texts(x.places), _actors(x.actors), harm, _named(x.sources, names), _quote(x))
    return _Row(f"{what} {x.confidence:.2f}", _STYLES.get(x.modality, ""), cells)


def _commitment(x: Commitment, names: dict[str, str]) -> _Row:
    terms = ", ".join(dict.fromkeys(str(t.act) for t in x.terms))
    who = "، ".join(filter(None, [_texts(x.by), _texts(x.to)]))
    cells = (when(x.time), _texts(x.places), who, terms, _named(x.sources, names), _quote(x))
    return _Row(f"{x.kind} {x.confidence:.2f}", "green", cells)


def _meeting(x: Meeting, names: dict[str, str]) -> _Row:
    absent = f"absent: {_texts(x.absent)}" if x.absent else ""
    cells = (when(x.time), _texts(x.places), _texts(x.parties), absent, _named(x.sources, names), _quote(x))
    return _Row(f"meeting, {x.modality}", "blue", cells)


def when(time: Time | None) -> str:
    """A time in one short line."""
    if time is None:
        return ""
    if time.start is None and time.end is None:
        return time.text or ""
    days = str(time.start) if time.start == time.end else f"{time.start or '…'} – {time.end or '…'}"
    return f"{days} {time.day_part}" if time.day_part else days


def count(c: Casualty) -> str:
    """Harm as bounds and words: ``3 injured civilian``, ``≥5 killed``, ``? displaced`` (a number that is not
    stated).
    """
    if c.min is None and c.max is None:
        bounds = "?"
    elif c.min == c.max:
        bounds = str(c.min)
    elif c.max is None:
        bounds = f"≥{c.min}"
    else:
        bounds = f"≤{c.max}" if c.min is None else f"{c.min}–{c.max}"
    return f"{bounds} {c.status}" + ("" if c.who == "unknown" else f" {c.who}")


def _texts(parts: Iterable[Part]) -> str:
    return "، ".join(dict.fromkeys(str(getattr(p, "text", "")) for p in parts))


def _actors(actors: Iterable[Actor]) -> str:
    """Parties as written; those harmed in brackets."""
    return "، ".join(dict.fromkeys(f"[{a.text}]" if a.role == "victim" else a.text for a in actors))


def _named(ids: Iterable[str], names: dict[str, str]) -> str:
    return "، ".join(names[i] for i in ids if i in names)


def _quote(x: Incident | Commitment | Meeting) -> str:
    return x.evidence[0].text if x.evidence else ""
