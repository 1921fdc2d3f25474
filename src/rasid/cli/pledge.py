"""`rasid pledge`: one commitment, its terms, and everything held against it."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import click

from rasid.cli.book_options import book_option, console, day, open_book


@click.command("pledge")
@click.argument("id")
@book_option
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="The day for which states are told.")
@click.option("--svg", type=click.Path(path_type=Path, dir_okay=False), help="Draw its timeline into a file.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.option("--bidi", type=click.Choice(["auto", "on", "off"]), default="auto")
def command(id: str, where: str, today: datetime | None, svg: Path | None, form: str, bidi: str) -> None:
    """Print the ledger of one commitment: terms, findings with clause and quotes, answers, timeline."""
    from rasid.books.timeline import as_svg, as_text
    from rasid.cli.bidi import Rtl

    with open_book(where) as book:
        view = book.commitment(id, today=day(today))
    if svg is not None:
        svg.write_text(as_svg(view), encoding="utf-8")
        click.echo(f"drawn into {svg}", err=True)
    if form == "json":
        click.echo(json.dumps(view.as_dict(), ensure_ascii=False))
        return
    screen, by = console(bidi)
    for line in as_text(view).split("\n"):
        screen.print(Rtl(line, by) if line.strip() else "")
