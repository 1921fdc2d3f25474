"""`rasid doctor`: is everything here that Rasid needs, and is the book whole?"""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata, util
from pathlib import Path

import click

EXTRAS = {
    "desk": ("django", "ninja", "argon2", "cryptography", "pyotp", "segno", "waitress", "whitenoise"),
    "export": ("xlsxwriter", "pyarrow"),
    "statistics": ("scipy", "statsmodels", "lifelines"),
    "spark": ("pyspark",),
    "postgresql": ("psycopg",),
}


@dataclass(frozen=True, slots=True)
class Found:
    """One thing looked at. ``state``: ok, note (works without it), bad."""

    state: str
    what: str
    mend: str = ""


def python_and_packages() -> Iterator[Found]:
    """The interpreter and the optional parts."""
    good = sys.version_info >= (3, 11)
    yield Found("ok" if good else "bad", f"Python {sys.version.split()[0]}", "" if good else "use 3.11 or later")
    yield Found("ok", f"rasid {metadata.version('rasid')}")
    for extra, modules in EXTRAS.items():
        missing = [m for m in modules if util.find_spec(m) is None]
        if missing:
            yield Found("note", f"[{extra}] lacks {', '.join(missing)}", f"pip install 'rasid[{extra}]'")
        else:
            yield Found("ok", f"[{extra}]")


def sqlite() -> Iterator[Found]:
    """SQLite with full-text search."""
    yield Found("ok", f"SQLite {sqlite3.sqlite_version}")
    with sqlite3.connect(":memory:") as db:
        options = {r[0] for r in db.execute("pragma compile_options")}
    fts = "ENABLE_FTS5" in options
    yield Found("ok" if fts else "bad", "full-text search (FTS5)", "" if fts else "use a Python whose SQLite has FTS5")


def book_and_disk(where: str) -> Iterator[Found]:
    """The book: opens, is whole, has room."""
    from rasid.books import Book
    from rasid.errors import RasidError

    if not where.startswith("postgres"):
        path = Path(where)
        if not path.exists():
            yield Found("note", f"no book at {path}", "it is made on first use")
            return
        free = shutil.disk_usage(path.parent).free
        yield Found(
            "ok" if free > 1 << 30 else "bad",
            f"{free >> 20} MB free beside the book",
            "" if free > 1 << 30 else "make room",
        )
    try:
        with Book.open(where, create=False) as book:
            seen = book.verify()
    except RasidError as e:
        yield Found("bad", str(e))
        return
    yield Found(
        "ok" if seen.ok else "bad",
        f"book: {seen.reports} reports, {seen.originals} originals, {seen.log_entries} log entries",
    )
    for fault in seen.faults[:20]:
        yield Found("bad", f"{fault.where}: {fault.what}", "restore from a backup")


def keys(home: Path) -> Iterator[Found]:
    """Key files: there, and for their owner's eyes only."""
    if not home.exists():
        yield Found("note", f"no folder of keys at {home}", "the desk makes it on first use")
        return
    for path in sorted(home.glob("*.key*")):
        loose = stat.S_IMODE(path.stat().st_mode) & 0o077
        yield Found("bad" if loose else "ok", f"key file {path.name}", f"chmod 600 {path}" if loose else "")


def _home() -> Path:
    return Path(os.environ.get("RASID_HOME") or Path.home() / ".local" / "share" / "rasid")


@click.command("doctor")
@click.option("--book", help="Book file or postgresql:// address; RASID_BOOK.")
def command(book: str | None) -> None:
    """Look at interpreter, packages, book, evidence, log and keys; exit status 1 when something is wrong."""
    where = book or os.environ.get("RASID_BOOK") or str(_home() / "book.sqlite")
    if where.startswith("postgresql://"):
        where = "postgresql+psycopg://" + where.split("://", 1)[1]
    checks: list[Callable[[], Iterator[Found]]] = [
        python_and_packages,
        sqlite,
        lambda: book_and_disk(where),
        lambda: keys(_home()),
    ]
    bad = 0
    for check in checks:
        for found in check():
            mark = {"ok": "✓", "note": "–", "bad": "✗"}[found.state]
            click.echo(f"{mark} {found.what}" + (f"  → {found.mend}" if found.mend else ""))
            bad += found.state == "bad"
    raise SystemExit(1 if bad else 0)
