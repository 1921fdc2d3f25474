"""`rasid export`: records of a book into a file."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from rasid.cli.book_options import book_option, day, filter_options, open_book, the_filter

if TYPE_CHECKING:
    from rasid.export.format import Format, Record

Command = TypeVar("Command", bound=Callable[..., Any])
_FORMATS = ("acled", "csv", "ftm", "geojson", "hxl", "jsonl", "parquet", "xlsx")
_LEVELS = ("point", "neighbourhood", "settlement", "district", "governorate", "country")


def policy_options(command: Command) -> Command:
    """What may leave, and how coarse."""
    for option in reversed(
        (
            click.option(
                "--public", is_flag=True, help="Published records only, places no finer than towns, no names."
            ),
            click.option("--published-only", is_flag=True, help="What people marked as fit for the public."),
            click.option("--delay-days", type=click.IntRange(0), default=0, help="Hold back what is newer."),
            click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The day from which a delay counts."),
            click.option("--finest-place", type=click.Choice(_LEVELS), help="Tell finer places as what they lie in."),
            click.option("--decimals", type=click.IntRange(0, 6), help="Round coordinates."),
            click.option("--no-names", is_flag=True, help="Drop people named as harmed."),
            click.option("--no-sources", is_flag=True, help="Drop what says who told it."),
        )
    ):
        command = option(command)
    return command


@click.command("export")
@book_option
@click.option("--format", "form", type=click.Choice(_FORMATS), required=True)
@click.option("--what", type=click.Choice(["incidents", "commitments"]), default="incidents", show_default=True)
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="Default: standard output.")
@filter_options
@click.option("--background", is_flag=True, help="Also what reports tell only as history, plan or denial.")
@click.option("--tolls", is_flag=True, help="Tolls instead of incidents.")
@policy_options
def command(where: str, form: str, what: str, output: Path | None, background: bool, tolls: bool, **given: Any) -> None:
    """Write incidents or commitments: csv (every field, can be read back), acled, xlsx, geojson, hxl, jsonl,
    parquet, ftm (FollowTheMoney).
    """
    from rasid.export import formats

    chosen = formats()[form]
    if what not in chosen.holds:
        raise click.UsageError(f"{form} holds {' and '.join(chosen.holds)} only")
    more: dict[str, Any] = {"tolls": True if tolls else None} | ({"modalities": ()} if background else {})
    with open_book(where) as book:
        wanted = the_filter(given, **more)
        records: Iterable[Record] = (
            book.every_incident(wanted) if what == "incidents" else book.every_commitment(wanted)
        )
        counted = _Counted(records)
        policy = policy_of(given, _clock())
        if output is None:
            _to_standard_output(chosen, counted, policy)
        else:
            _in_place(chosen, counted, output, policy)
            click.echo(f"{counted.n} {what} looked at, written to {output}", err=True)


class _Counted:
    """Records, counted as they pass."""

    def __init__(self, records: Iterable[Record]) -> None:
        self.records, self.n = records, 0

    def __iter__(self) -> Iterator[Record]:
        for record in self.records:
            self.n += 1
            yield record


def policy_of(given: dict[str, Any], today: date) -> Any:
    """The policy of the options as given; a delay counts from ``today`` unless they say another day."""
    from dataclasses import replace

    from rasid.export.policy import OPEN, PUBLIC

    base = PUBLIC if given["public"] else OPEN
    changes: dict[str, Any] = {k: given[k] for k in ("finest_place", "decimals") if given[k] is not None}
    if given["delay_days"]:
        changes |= {"delay_days": given["delay_days"], "today": day(given["as_of"]) or today}
    changes |= {"names": False} if given["no_names"] else {}
    changes |= {"sources": False} if given["no_sources"] else {}
    changes |= {"published_only": True} if given["published_only"] else {}
    return replace(base, **changes)


def _clock() -> date:
    """Today, of the person who exports: the one place where an export looks at a clock."""
    return datetime.now().astimezone().date()


def _in_place(chosen: Format, records: Iterable[Record], output: Path, policy: Any) -> None:
    """A file is there whole, or as it was."""
    handle, name = tempfile.mkstemp(dir=output.parent, prefix=f".{output.name}.")
    os.close(handle)
    part = Path(name)
    try:
        chosen.write(records, part, policy=policy)
        part.chmod(0o644)
        part.replace(output)
    finally:
        part.unlink(missing_ok=True)


def _to_standard_output(chosen: Format, records: Iterable[Record], policy: Any) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"export{chosen.suffix}"
        chosen.write(records, path, policy=policy)
        with path.open("rb") as written:
            while block := written.read(1 << 20):
                sys.stdout.buffer.write(block)
