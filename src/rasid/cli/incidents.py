"""`rasid incidents`: the records of a book."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

import click

from rasid.cli.book_options import (
    book_option,
    console,
    filter_options,
    lines,
    open_book,
    print_options,
    span,
    table,
    the_filter,
)

if TYPE_CHECKING:
    from rasid.books.records import IncidentRecord

_COLUMNS = ("id", "day", "what", "where", "who", "harm", "grade", "words")
_STATUS = {"killed": "†", "injured": "+", "displaced": "→", "detained": "#", "abducted": "#"}


@click.command("incidents")
@book_option
@filter_options
@click.option("--background", is_flag=True, help="Also what reports tell only as history, plan or denial.")
@click.option("--tolls", is_flag=True, help="Tolls instead of incidents.")
@print_options
def command(where: str, background: bool, tolls: bool, form: str, limit: int, bidi: str, **given: Any) -> None:
    """Print incidents, newest first: when, where, who, harm from all claims together, and how sure the book
    is.
    """
    more = {"tolls": True if tolls else None} | ({"modalities": ()} if background else {})
    with open_book(where) as book:
        found = list(islice(book.every_incident(the_filter(given, **more), sort="-day"), limit))
    if form == "jsonl":
        lines(found)
        return
    screen, by = console(bidi)
    screen.print(table(_COLUMNS, map(_row, found), by))


def _row(i: IncidentRecord) -> tuple[str, ...]:
    where = "، ".join(p.name or p.text for p in i.places[:3])
    who = "، ".join(p.label_ar or p.text for p in i.parties if p.role != "victim")
    harm = " ".join(
        f"{_STATUS.get(h.status, h.status + ' ')}{span(h.low, h.high)}{'!' if h.contradiction else ''}" for h in i.harm
    )
    words = i.quote.text if i.quote else ""
    return i.id, _when(i), i.type, where, who, harm, f"{i.grade} ({i.sources})", words


def _when(i: IncidentRecord) -> str:
    if i.start is None:
        return f"≤ {i.end}" if i.end else "?"
    return str(i.start) if i.start == i.end else f"{i.start}…{i.end}"
