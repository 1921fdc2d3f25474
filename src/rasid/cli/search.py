"""`rasid search`: reports of a book by their words."""

from __future__ import annotations

import click

from rasid.cli.book_options import book_option, console, lines, open_book, print_options, table


@click.command("search")
@click.argument("query", nargs=-1, required=True)
@book_option
@print_options
def command(query: tuple[str, ...], where: str, form: str, limit: int, bidi: str) -> None:
    """Find reports that hold all the words, in any spelling and with any prefix; quoted words must stand in
    a row.
    """
    with open_book(where) as book:
        page = book.search(" ".join(query), size=limit)
    if form == "jsonl":
        lines(page)
        return
    screen, by = console(bidi)
    rows = (
        (
            str(h.published or ""),
            h.publisher or "",
            h.snippet,
            " ".join((*h.incidents, *h.commitments)),
            h.report,
        )
        for h in page
    )
    screen.print(table(("published", "outlet", "words", "tells", "report"), rows, by))
    click.echo(f"{len(page)} report(s)" + (", and more" if page.next else ""), err=True)
