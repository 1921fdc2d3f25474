"""A progress bar on stderr for runs that take long; nothing where nobody looks."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

#: Seconds before a bar appears, and between two drawings of it.
_PATIENCE, _PERIOD = 1.5, 0.2


class Progress:
    """Bytes read of all bytes, reports, and reports a second. Draws only on a terminal."""

    def __init__(self, paths: Iterable[Path], *, quiet: bool = False) -> None:
        self._on = not quiet and sys.stderr.isatty()
        self._total = sum(_size(p) for p in paths) if self._on else 0
        self._done: dict[str, int] = {}
        self._begun = self._drawn = time.monotonic()
        self._bar: Any = None
        self._task: Any = None

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()

    def at(self, name: str, position: int) -> None:
        """Intake has read so many bytes of the file of that name (a file may be read twice; the farthest
        counts).
        """
        self._done[name] = max(position, self._done.get(name, 0))

    def say(self, line: str) -> None:
        """A line on stderr, above the bar."""
        if self._bar is not None:
            self._bar.console.print(line, markup=False, highlight=False)
        else:
            click.echo(line, err=True)

    def step(self, read: int, failed: int) -> None:
        """A report is done."""
        now = time.monotonic()
        if not self._on or now - self._drawn < _PERIOD or now - self._begun < _PATIENCE:
            return
        self._drawn = now
        if self._bar is None:
            self._open()
        rate = read / (now - self._begun)
        note = f"{read:,} read · {rate:,.0f}/s" + (f" · {failed:,} skipped" if failed else "")
        self._bar.update(self._task, completed=min(sum(self._done.values()), self._total), note=note)
        self._bar.refresh()

    def _open(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as Bar

        # no thread of its own: worker processes are forked while it lives
        self._bar = Bar(
            *(TextColumn("reading"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn()),
            TextColumn("{task.fields[note]}"),
            console=Console(stderr=True),
            auto_refresh=False,
        )
        self._task = self._bar.add_task("reading", total=self._total or None, note="")
        self._bar.start()


def _size(path: Path) -> int:
    try:
        if path.is_dir():
            return sum(p.stat().st_size for p in path.rglob("*") if p.is_file())
        return path.stat().st_size if path.is_file() else 0
    except OSError:
        return 0
