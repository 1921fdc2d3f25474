"""`rasid backup`: a consistent copy of a book while it is in use."""

from __future__ import annotations

from pathlib import Path

import click

from rasid.cli.book_options import book_option, open_book


@click.command("backup")
@click.argument("target", type=click.Path(path_type=Path, dir_okay=False))
@book_option
def command(target: Path, where: str) -> None:
    """Write a backup (ZIP with a manifest). The key that opens sealed originals is not in it: keep that
    apart.
    """
    with open_book(where) as book:
        saved = book.backup(target)
    click.echo(f"{saved} ({saved.stat().st_size:,} bytes)", err=True)
