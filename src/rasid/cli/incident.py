"""`rasid incident`: one record with every claim, and why each was joined."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from rasid.cli.book_options import book_option, console, open_book, span, table

if TYPE_CHECKING:
    from rasid.books.records import ClaimView, IncidentRecord


@click.command("incident")
@click.argument("id")
@book_option
@click.option("--bidi", type=click.Choice(["auto", "on", "off"]), default="auto")
def command(id: str, where: str, bidi: str) -> None:
    """Print one incident: its claims with their sources, the history of its toll, what it might be one
    with.
    """
    with open_book(where) as book:
        record, claims = book.incident(id), book.claims(id)
        steps, near = book.harm_history(id).steps, book.look_alikes(id, size=5)
    screen, by = console(bidi)
    screen.print(f"{record.id}  {record.type}  {record.start or '?'}  {record.grade}", style="bold")
    for line in _facts(record):
        screen.print(line)
    screen.print(table(("claim", "outlet", "published", "state", "score", "words"), map(_claim, claims), by))
    if steps:
        rows = ((str(s.day or ""), s.source, s.status, span(s.low, s.high)) for s in steps)
        screen.print(table(("day of report", "who says", "harm", "how many"), rows, by))
    for n in near:
        screen.print(f"like {n.b}: {n.score:+.2f} {n.parts}" + (f" · {n.barred}" if n.barred else ""))


def _facts(record: IncidentRecord) -> list[str]:
    out = [f"{record.sources} independent source(s), {record.reports} report(s), {record.claims} claim(s)"]
    if record.redirected_from:
        out.append(f"{record.redirected_from} was merged into it")
    if record.dissent:
        out.append("claims disagree about: " + ", ".join(record.dissent))
    if record.graded_by:
        out.append(f"graded by {record.graded_by}: {record.grade_reason}")
    return out + list(record.toll_checks)


def _claim(c: ClaimView) -> tuple[str, ...]:
    words = c.quotes[0].text if c.quotes else ""
    score = "" if c.score is None else f"{c.score:+.2f}"
    return c.id, c.publisher or "", str(c.published or ""), c.state, score, words
