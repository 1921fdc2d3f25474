"""`rasid restore`: a backup laid down as a book, or only checked."""

from __future__ import annotations

import sys
from pathlib import Path

import click


@click.command("restore")
@click.argument("source", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--book", "-b", "where", help="Where the book is to lie; nothing may lie there yet.")
@click.option("--check", is_flag=True, help="Only verify the backup.")
def command(source: Path, where: str | None, check: bool) -> None:
    """Verify a backup and, without --check, restore it."""
    from rasid.books import Book

    if not check and where is None:
        raise click.UsageError("give --book, or --check to verify only")
    found = Book.restore(source, where or "", check=check)
    for fault in found.faults:
        click.echo(f"{fault.where}: {fault.what}")
    click.echo(f"{'whole' if found.ok else 'damaged'}: {found.reports} reports, {found.log_entries} links of the log")
    if not found.ok:
        sys.exit(1)
