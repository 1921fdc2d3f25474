"""`rasid statistics`: rates before and after pledges, time to breach, corroboration and delay."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from rasid.cli.book_options import book_option, day, filter_options, open_book, the_filter

if TYPE_CHECKING:
    from rasid.books import Book, Filter


@click.command("statistics")
@book_option
@click.option("--pledge", "pledges", multiple=True, help="Only these commitments, by id; without: all of the book.")
@filter_options
@click.option(
    "--by",
    type=click.Choice(["guarantor", "party", "country", "kind"]),
    default="guarantor",
    show_default=True,
    help="Groups of the curves.",
)
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="The day for which it is told.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(where: str, pledges: tuple[str, ...], by: str, today: datetime | None, form: str, **given: Any) -> None:
    """Print statistics of pledges with what each does not show.

    With --pledge: incidents per day before and after. Without: time to first breach over all pledges under
    the filter, corroboration and delay of its incidents.
    """
    with open_book(where) as book:
        at = day(today)
        found = _told(book, pledges, at) if pledges else _whole(book, the_filter(given), by, at)
    if form == "json":
        click.echo(json.dumps({name: value.as_dict() for name, (value, _) in found.items()}, ensure_ascii=False))
        return
    click.echo("\n\n".join(text for _, text in found.values()))


def _told(book: Book, pledges: tuple[str, ...], today: Any) -> dict[str, tuple[Any, str]]:
    from rasid.books import statistics, statistics_text

    found = (statistics.of_pledge(book, p, today=today) for p in pledges)
    return {s.id: (s, statistics_text.pledge(s)) for s in found}


def _whole(book: Book, where: Filter, by: str, today: Any) -> dict[str, tuple[Any, str]]:
    from rasid.books import statistics, statistics_text

    spells = statistics.of_pledges(book, where, by=by, today=today)
    told = statistics.of_reporting(book, where)
    return {
        "survival": (spells, statistics_text.survival(spells)),
        "reporting": (told, statistics_text.reporting(told)),
    }
