"""`rasid read-with`: reports read by another reader, held against their texts."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from rasid.errors import InputError, RasidError

if TYPE_CHECKING:
    from rasid.model.document import Document
    from rasid.readers.reader import Reader, Refusal

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command("read-with")
@click.argument("reader", type=click.Choice(["endpoint", "human"]))
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--url", help="endpoint: its address, such as http://127.0.0.1:8000/v1; the reports are sent there.")
@click.option("--model", help="endpoint: the model's name there.")
@click.option("--key", envvar="RASID_ENDPOINT_KEY", help="endpoint: its key; better from the environment.")
@click.option("--codes", type=_FILE, help="human: the coder's JSON lines.")
@click.option("--coder", default="coder", show_default=True, help="human: how readings name the person.")
@click.option("--published", type=click.DateTime(["%Y-%m-%d"]), help="Day of publication of all inputs.")
@click.option("--output", "-o", type=_FILE, help="Write readings to a file, not to standard output.")
@click.option("--refusals", type=_FILE, help="Write what was refused as JSON lines, not to standard error.")
def command(
    reader: str,
    paths: tuple[Path, ...],
    url: str | None,
    model: str | None,
    key: str | None,
    codes: Path | None,
    coder: str,
    published: datetime | None,
    output: Path | None,
    refusals: Path | None,
) -> None:
    """Read reports with a model at an ENDPOINT or a HUMAN's coding; JSON lines out, for `rasid compare`.

    Whatever the reader says that does not quote the report verbatim is refused and listed.
    """
    chosen = _endpoint(url, model, key) if reader == "endpoint" else _human(codes, coder)
    with (
        output.open("w", encoding="utf-8") if output else nullcontext(sys.stdout) as out,
        refusals.open("w", encoding="utf-8") if refusals else nullcontext(None) as listed,
    ):
        run = _Run(chosen, out, listed)
        for document in run.documents(paths, published):
            run.read(document)
    click.echo(f"{run.done} read, {run.refused} values refused, {run.skipped} skipped", err=True)
    if run.skipped or not run.done:
        sys.exit(1)


class _Run:
    """Readings to one stream, refusals to another, and their counts."""

    def __init__(self, reader: Reader, out: IO[str], listed: IO[str] | None) -> None:
        self._reader, self._out, self._listed = reader, out, listed
        self.done = self.refused = self.skipped = 0

    def documents(self, paths: tuple[Path, ...], published: datetime | None) -> Iterator[Document]:
        """The reports; what cannot be used is named and left out."""
        from rasid.intake import Failure, open_path

        for path in paths:
            for found in open_path(path, published=published.date() if published else None):
                if isinstance(found, Failure):
                    self._skip(str(found))
                else:
                    yield found

    def read(self, document: Document) -> None:
        """One report."""
        try:
            found = self._reader.read(document)
        except RasidError as e:
            self._skip(f"{document.key}: {e}")
            return
        self._out.write(found.reading.model_dump_json(warnings=False) + "\n")
        self.done += 1
        self.refused += len(found.refusals)
        for refusal in found.refusals:
            self._refuse(document.key, refusal)

    def _skip(self, why: str) -> None:
        self.skipped += 1
        click.echo(f"skipped {why}", err=True)

    def _refuse(self, report: str, r: Refusal) -> None:
        if self._listed is None:
            click.echo(f"refused {report} {r}", err=True)
            return
        told = {"report": report, "part": r.part, "why": r.why, "said": r.said}
        self._listed.write(json.dumps(told, ensure_ascii=False) + "\n")


def _endpoint(url: str | None, model: str | None, key: str | None) -> Reader:
    from rasid.readers.endpoint import Endpoint

    if not url or not model:
        raise InputError("no endpoint is named", mend="give --url and --model")
    return Endpoint(url, model, key)


def _human(codes: Path | None, coder: str) -> Reader:
    from rasid.readers.human import Human

    if codes is None:
        raise InputError("no coding is named", mend="give --codes FILE")
    if not codes.is_file():
        raise InputError("not found", where=str(codes), mend="check the path")
    return Human(codes, coder)
