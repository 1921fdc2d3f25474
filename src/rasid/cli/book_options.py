"""Options that the commands of the book share: where it lies, which records, how they are printed."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from rasid.books import Book, Filter
    from rasid.cli.bidi import Layout

Command = TypeVar("Command", bound=Callable[..., Any])
_DAY = click.DateTime(["%Y-%m-%d"])


def book_option(command: Command) -> Command:
    """`--book`: a file, or a PostgreSQL URL; `RASID_BOOK` stands in for it."""
    return click.option(
        "--book",
        "-b",
        "where",
        required=True,
        envvar="RASID_BOOK",
        help="The book: a file, or postgresql://…",
    )(command)


def filter_options(command: Command) -> Command:
    """Place, actor, type, day and grade, each of which may be given again."""
    for option in reversed(
        (
            click.option("--place", multiple=True, help="Name or gazetteer id; takes in all below it."),
            click.option("--actor", multiple=True, help="Name or registry id; takes in its units."),
            click.option("--type", "types", multiple=True, help="Incident type or family."),
            click.option("--since", type=_DAY, help="First day."),
            click.option("--until", type=_DAY, help="Last day."),
            click.option("--grade", multiple=True, help="reported, corroborated, verified, contested …"),
            click.option("--text", help="Words that the reports hold."),
        )
    ):
        command = option(command)
    return command


def print_options(command: Command) -> Command:
    """How many, in which form, and who orders Arabic on the terminal."""
    for option in reversed(
        (
            click.option("--format", "form", type=click.Choice(["table", "jsonl"]), default="table"),
            click.option("--limit", type=click.IntRange(1), default=50, show_default=True),
            click.option(
                "--bidi",
                type=click.Choice(["auto", "on", "off"]),
                default="auto",
                help="Order Arabic for the terminal.",
            ),
        )
    ):
        command = option(command)
    return command


def the_filter(given: dict[str, Any], **more: Any) -> Filter:
    """A filter of the options as given."""
    from rasid.books import Filter

    return Filter(
        places=given["place"],
        actors=given["actor"],
        types=given["types"],
        since=day(given["since"]),
        until=day(given["until"]),
        grades=given["grade"],
        text=given["text"],
        **more,
    )


def day(at: datetime | None) -> Any:
    """The day of an option."""
    return at.date() if at else None


def open_book(where: str, *, create: bool = False) -> Book:
    """The book that the user named; only `add` makes one."""
    from rasid.books import Book

    return Book.open(where, create=create)


def console(bidi: str) -> tuple[Console, Layout]:
    """Where tables go. A pipe has no width; a wide one keeps its lines whole."""
    from rich.console import Console

    from rasid.cli.bidi import layout

    return Console(width=None if sys.stdout.isatty() else 160, highlight=False), layout(bidi)


def table(columns: Iterable[str], rows: Iterable[Iterable[str]], by: Layout) -> Table:
    """A plain table, Arabic cells laid out."""
    from rich import box
    from rich.table import Table

    from rasid.cli.bidi import Rtl

    out = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for name in columns:
        out.add_column(name, overflow="fold")
    for row in rows:
        out.add_row(*(Rtl(cell, by) if cell else "" for cell in row))
    return out


def lines(records: Iterable[Any]) -> None:
    """Records as JSON, one a line."""
    for record in records:
        click.echo(json.dumps(record.as_dict(), ensure_ascii=False))


def span(low: int | None, high: int | None) -> str:
    """Bounds as people write them: 3, 3-5, 3+, ?."""
    if low is None and high is None:
        return "?"
    if low == high:
        return str(low)
    return f"{low}+" if high is None else f"{low if low is not None else '?'}-{high}"
