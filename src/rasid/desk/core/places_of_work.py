"""Where the desk keeps its things: the book (database) and, apart from it, the folder of keys."""

from __future__ import annotations

import os
from pathlib import Path


def home_folder() -> Path:
    """Folder for keys and uploads in waiting; made readable by its owner alone."""
    home = Path(os.environ.get("RASID_HOME") or Path.home() / ".local" / "share" / "rasid")
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    return home


def book_address() -> str:
    """Path of the SQLite file, or a postgresql:// address."""
    given = os.environ.get("RASID_BOOK")
    if given and given.startswith("postgres"):
        return given
    return str(Path(given).expanduser().absolute() if given else home_folder() / "book.sqlite")


def is_postgresql() -> bool:
    return book_address().startswith("postgres")
