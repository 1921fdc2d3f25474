"""`rasid pledges`: promises, agreements, offers, demands, threats and refusals of a book, and where they
stand.
"""

from __future__ import annotations

from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Any

import click

from rasid.cli.book_options import (
    book_option,
    console,
    day,
    filter_options,
    lines,
    open_book,
    print_options,
    table,
    the_filter,
)

if TYPE_CHECKING:
    from rasid.books.records_ledger import CommitmentRecord

_COLUMNS = ("id", "made", "kind", "by", "terms", "where", "state", "breaches", "sources")


@click.command("pledges")
@book_option
@filter_options
@click.option("--kind", multiple=True, help="pledge, agreement, offer, demand, threat, refusal.")
@click.option("--state", multiple=True, help="breached, kept_so_far, fulfilled, not_observable …")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="The day for which states are told.")
@print_options
def command(
    where: str, kind: tuple[str, ...], state: tuple[str, ...], today: datetime | None, form: str, limit: int,
    bidi: str, **given: Any,
) -> None:  # fmt: skip
    """Print commitments, in order of the day they were made. States are apparent until a person verifies."""
    wanted = the_filter(given, kinds=kind, states=state)
    with open_book(where) as book:
        found = list(islice(book.every_commitment(wanted, today=day(today)), limit))
    if form == "jsonl":
        lines(found)
        return
    screen, by = console(bidi)
    screen.print(table(_COLUMNS, map(_row, found), by))


def _row(c: CommitmentRecord) -> tuple[str, ...]:
    by = "، ".join(p.label_ar or p.text for p in c.by)
    where = "، ".join(p.name or p.text for p in c.places[:3])
    terms = ", ".join(f"{t.act}: {t.state.replace('_', ' ')}" for t in c.terms)
    state = c.state.replace("_", " ")
    return c.id, str(c.made or "?"), c.kind, by, terms, where, state, str(c.breaches), str(c.sources)
