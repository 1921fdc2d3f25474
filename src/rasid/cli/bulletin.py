"""`rasid bulletin`: one period and area, from a frozen snapshot, as HTML, PDF or DOCX."""

from __future__ import annotations

import getpass
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rasid.cli.book_options import book_option, day, open_book
from rasid.cli.export import policy_of, policy_options

if TYPE_CHECKING:
    from rasid.books import Book
    from rasid.books.records_log import Snapshot

_DAY = click.DateTime(["%Y-%m-%d"])


@click.command("bulletin")
@book_option
@click.option("--from", "start", type=_DAY, help="First day.")
@click.option("--to", "end", type=_DAY, help="Last day.")
@click.option("--area", multiple=True, help="Name or gazetteer id of a place; takes in all below it.")
@click.option("--snapshot", "snapshot_id", help="Make the bulletin of this snapshot again, byte for byte.")
@click.option("--lang", type=click.Choice(["ar", "en"]), default="ar", show_default=True)
@click.option("--format", "form", type=click.Choice(["html", "pdf", "docx"]), default="html", show_default=True)
@click.option("--title", default="", help="In place of the usual title.")
@click.option("--note", default="", help="A word of the editor, above all else.")
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="Default: standard output.")
@policy_options
@click.option("--who", default=getpass.getuser, help="Who takes the snapshot, for the log.")
def command(
    where: str, start: datetime | None, end: datetime | None, area: tuple[str, ...], snapshot_id: str | None,
    lang: str, form: str, title: str, note: str, output: Path | None, who: str, **given: Any,
) -> None:  # fmt: skip
    """Freeze what the book knows of a period and area, and write it up: what was promised, what happened
    after, who says so, how sure, and what could not be seen.
    """
    from rasid.export import bulletin

    with open_book(where) as book:
        taken = _snapshot(book, start, end, area, snapshot_id, who)
    policy = policy_of(given, taken.taken.date())
    data = bulletin.FORMATS[form](taken, lang, title=title, note=note, policy=policy)
    if output is None:
        sys.stdout.buffer.write(data)
    else:
        output.write_bytes(data)
        click.echo(f"{output} ({len(data):,} bytes) from {taken.id}", err=True)


def _snapshot(
    book: Book,
    start: datetime | None,
    end: datetime | None,
    area: tuple[str, ...],
    snapshot_id: str | None,
    who: str,
) -> Snapshot:
    if snapshot_id is not None:
        if start or end or area:
            raise click.UsageError("--snapshot has its period and area; give no others")
        return book.snapshot_by_id(snapshot_id)
    if start is None or end is None:
        raise click.UsageError("give --from and --to, or --snapshot")
    return book.snapshot(day(start), day(end), area, who=who)
