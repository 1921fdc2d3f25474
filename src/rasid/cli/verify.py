"""`rasid verify`: was anything in a book changed behind its back?"""

from __future__ import annotations

import sys

import click

from rasid.cli.book_options import book_option, open_book


@click.command("verify")
@book_option
def command(where: str) -> None:
    """Check originals, texts and readings against their hashes, and the log against itself.

    The exit status is 1 when anything is wrong. Compare the head with the one that a bulletin printed.
    """
    with open_book(where) as book:
        found = book.verify()
    for fault in found.faults:
        click.echo(f"{fault.where}: {fault.what}")
    word = "whole" if found.ok else f"{len(found.faults)} fault(s)"
    click.echo(f"{word}: {found.reports} reports, {found.originals} originals, {found.log_entries} links of the log")
    click.echo(f"head {found.head}")
    if not found.ok:
        sys.exit(1)
