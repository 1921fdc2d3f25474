"""`rasid compare`: how far two readers of the same reports agree."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rasid.readers.compare import Comparison

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command("compare")
@click.argument("a", type=_FILE)
@click.argument("b", type=_FILE)
@click.option("--json", "as_json", is_flag=True, help="Print the figures as one JSON object.")
def command(a: Path, b: Path, as_json: bool) -> None:
    """Compare two files of readings, A and B: F1 by part, Cohen's kappa and Krippendorff's alpha.

    Neither is taken for the truth. Only reports that both hold are compared.
    """
    from rasid.readers.compare import compare
    from rasid.readers.human import readings

    found = compare((d for _, d in readings(a)), (d for _, d in readings(b)))
    if as_json:
        click.echo(json.dumps(found.as_dict(), ensure_ascii=False, indent=1))
    else:
        _print(found)


def _print(found: Comparison) -> None:
    lone = f"{found.only_a} only in A, {found.only_b} only in B (not compared)"
    click.echo(f"reports in both: {found.reports}; {lone}")
    click.echo(f"{'':26}{'F1':>7}{'both':>7}{'only A':>8}{'only B':>8}")
    for name, f1 in found.f1.items():
        both, only_a, only_b = found.items[name]
        click.echo(f"{name:26}{f1:7.3f}{both:7}{only_a:8}{only_b:8}")
    click.echo(f"{'':26}{'kappa':>7}{'alpha':>7}{'agreed':>8}{'units':>8}")
    for name, c in found.chance.items():
        if c.units:
            click.echo(f"{name:26}{_value(c.kappa):>7}{_value(c.alpha):>7}{c.agreed:8}{c.units:8}")
    click.echo("kappa and alpha: - where all values are one, or numbers have no kappa")


def _value(x: float | None) -> str:
    return "-" if x is None else f"{x:.3f}"
