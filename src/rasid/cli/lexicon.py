"""`rasid lexicon`: the knowledge files, checked."""

from __future__ import annotations

import sys
from pathlib import Path

import click


@click.group("lexicon")
def command() -> None:
    """The linguistic knowledge: words, predicates, parties, places, times."""


@command.command("check")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False), required=False)
def check_(folder: Path | None) -> None:
    """Check every knowledge file (of FOLDER, else the shipped ones): shape, ids, references, hidden
    characters.
    """
    from rasid.lexicon import files
    from rasid.lexicon.check import check

    root = folder or files.ROOT
    problems = check(root)
    for problem in problems:
        click.echo(str(problem))
    count = sum(1 for p in root.rglob("*") if p.suffix in {".toml", ".csv"})
    click.echo(f"{count} files, {len(problems)} problems", err=True)
    sys.exit(1 if problems else 0)
