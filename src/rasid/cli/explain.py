"""`rasid explain`: what each stage saw, on the terminal or as a page with coloured spans."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from rasid.errors import InputError

if TYPE_CHECKING:
    from rich.console import Console

    from rasid.cli.bidi import Layout
    from rasid.model.document import Document
    from rasid.reading.explain import Explanation


@click.command("explain")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--published", type=click.DateTime(["%Y-%m-%d"]), help="Day of publication.")
@click.option("--html", type=click.Path(path_type=Path, dir_okay=False), help="Write a page with coloured spans.")
@click.option("--id", "name", help="The report to explain, where PATH holds several.")
@click.option("--bidi", type=click.Choice(["auto", "on", "off"]), default="auto", help="Order Arabic for the terminal.")
def command(path: Path, published: object, html: Path | None, name: str | None, bidi: str) -> None:
    """Show stage by stage how one report is read: frame, sentences, mentions with their rules, what was
    bound.
    """
    from rasid.reading.explain import explain

    explanation = explain(_document(path, published, name))
    if html:
        from rasid.reading.marked import page

        html.write_text(page(explanation), encoding="utf-8")
        click.echo(f"wrote {html}")
        return
    from rich.console import Console

    from rasid.cli.bidi import layout
    from rasid.cli.screen import show

    console, by = Console(highlight=False), layout(bidi)
    _frame(explanation, console, by)
    _sentences(explanation, console, by)
    _seen(explanation, console, by)
    show(explanation.reading, console, by=by)


def _document(path: Path, published: object, name: str | None) -> Document:
    """The first report of the path, or the one of that id. Raises InputError when there is none."""
    from datetime import datetime

    from rasid.intake import Failure, open_path

    day = published.date() if isinstance(published, datetime) else None
    for found in open_path(path, published=day):
        if isinstance(found, Failure):
            if name is None:
                raise InputError(found.reason, where=found.name, mend=found.mend)
        elif name is None or found.id == name:
            return found
    raise InputError("no report of that id" if name else "no report", where=str(path), mend="see `rasid read`")


def _frame(explanation: Explanation, console: Console, by: Layout) -> None:
    from rasid.cli.bidi import Rtl

    d, context = explanation.document, explanation.context
    console.rule("1 intake", align="left")
    console.print(f"carrier {d.carrier} · {len(d.text)} code points")
    console.print(f"published {context.published} ({context.published_basis})")
    for key, value in d.capture.items():
        console.print(f"  {key}: {value}", markup=False)
    for m in d.masked:
        console.print(f"  not read ({m.why}):", markup=False)
        console.print(Rtl(d.text[m.start : m.end], by, "dim"))


def _sentences(explanation: Explanation, console: Console, by: Layout) -> None:
    from rasid.cli.bidi import Rtl

    text = explanation.document.text
    console.rule("2 sentences and clauses", align="left")
    for n, s in enumerate(explanation.sentences, 1):
        console.print(f"{n}{' title' if s.title else ''}", style="bold")
        for start, end, kind in s.clauses:
            console.print(f"  {kind}", style="dim")
            console.print(Rtl(text[start:end], by))


def _seen(explanation: Explanation, console: Console, by: Layout) -> None:
    from rich import box
    from rich.table import Table

    from rasid.cli.bidi import Rtl

    console.rule("3 mentions and predicates", align="left")
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for column in ("slot", "taken for", "rule", "words"):
        table.add_column(column)
    for x in explanation.seen:
        if x.slot != "masked":
            table.add_row(x.slot, x.label, x.rule, Rtl(explanation.document.text[x.start : x.end], by))
    console.print(table)
    console.rule("4 reading", align="left")
