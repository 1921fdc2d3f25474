"""`rasid batch`: archives into Parquet, on all cores or on Spark."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rasid.batch.archive import Engine
    from rasid.batch.part import Done


@click.command("batch")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False), help="Folder of results.")
@click.option(
    "--engine",
    "name",
    type=click.Choice(["local", "spark"]),
    default="local",
    show_default=True,
    help="Where it is read. Either goes on where the other stopped.",
)
@click.option("--jobs", type=click.IntRange(1), help="Processes of the local engine; by default all cores.")
@click.option("--master", default="local[*]", show_default=True, help="Spark's master.")
@click.option("--published", type=click.DateTime(["%Y-%m-%d"]), help="Day of publication of all inputs.")
@click.option("--quiet", "-q", is_flag=True, help="No progress and no count at the end.")
def command(
    paths: tuple[Path, ...],
    out: Path,
    name: str,
    jobs: int | None,
    master: str,
    published: datetime | None,
    quiet: bool,
) -> None:
    """Read archives (JSON lines, WARC, whatever `read` takes) into Parquet: one row a report, failures apart.

    What is read already is passed over: an interrupted run is simply run again.
    """
    from rasid.batch.archive import run

    finished = 0

    def tell(done: Done, parts: int) -> None:
        nonlocal finished
        finished += 1
        if not quiet:
            click.echo(f"part {finished} of {parts}: {done.reports} read, {done.failures} skipped", err=True)

    day = published.date() if published else None
    total = run(paths, out, _engine(name, jobs, master), published=day, tell=tell)
    if not quiet:
        counts = f"{total.reports} reports, {total.failures} failures, {total.repeats} repeats"
        click.echo(f"{counts} in {total.parts} parts, {total.read} of them read now", err=True)
    if total.failures or not total.reports:
        sys.exit(1)


def _engine(name: str, jobs: int | None, master: str) -> Engine:
    if name == "local":
        from rasid.batch import processes

        return processes.engine(jobs)
    from rasid.batch import spark

    return spark.engine(spark.session(master))
