"""`rasid read`: reports in, readings out."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rasid.cli.progress import Progress
    from rasid.intake import Failure
    from rasid.model.document import Document

FORMATS = ("table", "jsonl", "csv", "geojson")


@click.command("read")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--published", type=click.DateTime(["%Y-%m-%d"]), help="Day of publication; outranks what the input says."
)
@click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True)
@click.option("--jobs", type=click.IntRange(1), default=1, show_default=True, help="Processes that read at once.")
@click.option("--bidi", type=click.Choice(["auto", "on", "off"]), default="auto", help="Order Arabic for the terminal.")
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="Write to a file.")
@click.option("--quiet", "-q", is_flag=True, help="No progress and no count at the end.")
def command(
    paths: tuple[Path, ...],
    published: datetime | None,
    form: str,
    jobs: int,
    bidi: str,
    output: Path | None,
    quiet: bool,
) -> None:
    """Read reports of any kind: files, folders, archives, exports; - reads standard input.

    Input that cannot be used is named with its reason and skipped; the exit status is then 1.
    """
    from rasid.batch.local import read_all
    from rasid.cli.output import writer
    from rasid.cli.progress import Progress
    from rasid.intake import Failure

    progress = Progress(paths, quiet=quiet)
    read = failed = 0
    with writer(form, output, bidi) as write, progress:
        for result in read_all(_documents(paths, published, progress), jobs=jobs):
            if isinstance(result, Failure):
                failed += 1
                progress.say(f"skipped {result}")
            else:
                read += 1
                write(result)
            progress.step(read, failed)
    if not quiet:
        click.echo(f"{read} read, {failed} skipped", err=True)
    if failed or not read:
        sys.exit(1)


def _documents(paths: tuple[Path, ...], published: datetime | None, progress: Progress) -> Iterator[Document | Failure]:
    from rasid.intake import open_bytes, open_path

    day = published.date() if published else None
    for path in paths:
        if str(path) == "-":
            yield from open_bytes(sys.stdin.buffer.read(), "standard input", published=day)
        else:
            yield from open_path(path, published=day, progress=progress.at)
