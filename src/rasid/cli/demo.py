"""`rasid demo`: the bundled invented reports, read before one's eyes."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import click


def bundled() -> Path:
    """The folder of the invented reports that come with Rasid."""
    return Path(str(files("rasid"))) / "examples"


@click.command("demo")
@click.option("--bidi", type=click.Choice(["auto", "on", "off"]), default="auto", help="Order Arabic for the terminal.")
def command(bidi: str) -> None:
    """Read the reports that come with Rasid: invented ones, of many genres and countries."""
    from rich.console import Console

    from rasid.batch.local import read_all
    from rasid.cli.bidi import layout
    from rasid.cli.screen import show
    from rasid.intake import Failure, open_path

    console, by = Console(highlight=False), layout(bidi)
    console.print("The reports that follow are INVENTED: nothing they tell happened.", style="bold yellow")
    totals = {"reports": 0, "incidents": 0, "commitments": 0, "meetings": 0}
    for result in read_all(open_path(bundled())):
        if isinstance(result, Failure):
            raise click.ClickException(str(result))
        show(result, console, by=by)
        totals["reports"] += 1
        for part in ("incidents", "commitments", "meetings"):
            totals[part] += len(getattr(result, part))
    console.print(" · ".join(f"{n} {name}" for name, n in totals.items()), style="bold")
