"""`rasid import`: rows of a native CSV, or of ACLED's, into a book or beside it."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rasid.cli.book_options import book_option, open_book

if TYPE_CHECKING:
    from rasid.books import Book
    from rasid.export.incoming.claims import Pair
    from rasid.export.incoming.table import Row


@click.command("import")
@click.argument("path", type=click.Path(path_type=Path))
@book_option
@click.option("--format", "form", type=click.Choice(["auto", "native", "acled"]), default="auto", show_default=True)
@click.option("--dry-run", is_flag=True, help="Check every row and say what would be done; write nothing.")
@click.option("--compare", is_flag=True, help="Hold the rows beside the book's incidents; write nothing.")
@click.option("--who", default=getpass.getuser, help="Who imports them, for the log.")
def command(path: Path, where: str, form: str, dry_run: bool, compare: bool, who: str) -> None:
    """Read a CSV that `rasid export --format csv` wrote, or one of ACLED. Rows that cannot be used are named
    with their column and left out; the exit status is then 1.
    """
    from rasid.export.incoming.claims import format_of, pairs

    read = _Rows(pairs(path, form if form != "auto" else format_of(path)))
    with open_book(where, create=not (dry_run or compare)) as book:
        if compare:
            _compare(book, read)
        elif dry_run:
            _dry(book, read)
        else:
            _add(book, read, who)
    if read.bad:
        click.echo(f"{read.bad} row(s) left out", err=True)
        sys.exit(1)


class _Rows:
    """Usable rows; the others are told as they come."""

    def __init__(self, found: Iterator[object]) -> None:
        self.found, self.bad, self.good = found, 0, 0

    def __iter__(self) -> Iterator[tuple[Row, Pair]]:
        for one in self.found:
            if isinstance(one, tuple):
                self.good += 1
                yield one
            else:
                self.bad += 1
                click.echo(str(one), err=True)


def _add(book: Book, rows: _Rows, who: str) -> None:
    added = book.add_many((pair for _, pair in rows), by="import", who=who)
    new = sum(a.new for a in added)
    click.echo(f"{new} added, {rows.good - new} known; {book.count()} incidents", err=True)


def _dry(book: Book, rows: _Rows) -> None:
    known = sum(book.holds(document) for _, (document, _) in rows)
    click.echo(f"would add {rows.good - known}, knows {known}; nothing was written", err=True)


def _compare(book: Book, rows: _Rows) -> None:
    from rasid.export.incoming.compare import matches

    both = alone = 0
    told: set[str] = set()
    for m in matches(book, ((row, reading) for row, (_, reading) in rows)):
        if m.incident is None:
            alone += 1
            click.echo(f"row {m.row}\t{m.id}\tnot in the book")
        else:
            both += 1
            told.add(m.incident)
            click.echo(f"row {m.row}\t{m.id}\t{m.incident}\t{m.days} day(s), {m.km} km")
    click.echo(f"{both} in both, {alone} only in the file, {book.count() - len(told)} only in the book", err=True)
