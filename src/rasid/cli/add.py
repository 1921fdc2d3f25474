"""`rasid add`: reports into a book; read, kept, corroborated."""

from __future__ import annotations

import getpass
import sys
from collections import deque
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rasid.cli.book_options import book_option, day, open_book

if TYPE_CHECKING:
    from rasid.books import Book
    from rasid.cli.progress import Progress
    from rasid.intake import Failure
    from rasid.model.document import Document
    from rasid.model.reading import Reading

#: Reports that become durable together: a run that dies loses at most these, and adds them when it is run
#: again.
_BATCH = 50


@click.command("add")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@book_option
@click.option(
    "--published", type=click.DateTime(["%Y-%m-%d"]), help="Day of publication; outranks what the input says."
)
@click.option("--jobs", type=click.IntRange(1), default=1, show_default=True, help="Processes that read at once.")
@click.option("--reread", is_flag=True, help="Read reports again that the book holds already.")
@click.option("--who", default=getpass.getuser, help="Who adds them, for the log.")
@click.option("--quiet", "-q", is_flag=True, help="No progress and no count at the end.")
def command(
    paths: tuple[Path, ...],
    where: str,
    published: datetime | None,
    jobs: int,
    reread: bool,
    who: str,
    quiet: bool,
) -> None:
    """Read reports into a book. What it holds already is passed over: an interrupted run is simply run
    again.
    """
    from rasid.cli.progress import Progress

    progress = Progress(paths, quiet=quiet)
    with open_book(where, create=True) as book, progress:
        run = _Run(book, progress, reread=reread)
        for added in book.add_many(run.pairs(paths, day(published), jobs), who=who, batch=_BATCH):
            run.new += added.new
            run.known += not added.new
        total = book.count()
    if not quiet:
        click.echo(f"{run.new} added, {run.known} known, {run.failed} skipped; {total} incidents", err=True)
    if run.failed or not run.new + run.known:
        sys.exit(1)


class _Run:
    """Counts of one run, and the way of a document to its reading."""

    def __init__(self, book: Book, progress: Progress, *, reread: bool) -> None:
        self.book, self.progress, self.reread = book, progress, reread
        self.new = self.known = self.failed = 0

    def pairs(self, paths: tuple[Path, ...], published: date | None, jobs: int) -> Iterator[tuple[Document, Reading]]:
        """Documents with their readings, in the order of the input; failures are named and left out."""
        from rasid.batch.local import read_all
        from rasid.intake import Failure

        under_way: deque[Document] = deque()
        for result in read_all(self._documents(paths, published, under_way), jobs=jobs):
            if isinstance(result, Failure):
                self.failed += 1
                self.progress.say(f"skipped {result}")
                if under_way and under_way[0].key == result.name:
                    under_way.popleft()
            else:
                yield under_way.popleft(), result
            self.progress.step(self.new, self.failed)

    def _documents(
        self, paths: tuple[Path, ...], published: date | None, under_way: deque[Document]
    ) -> Iterator[Document | Failure]:
        from rasid.intake import Failure, open_path

        for path in paths:
            for document in open_path(path, published=published, keep_original=True, progress=self.progress.at):
                if isinstance(document, Failure):
                    yield document
                elif not self.reread and self.book.holds(document):
                    self.known += 1
                else:
                    under_way.append(document)
                    yield document
