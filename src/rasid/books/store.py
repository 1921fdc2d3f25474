"""Where a book lives: SQLite (WAL, every acknowledged write synced) or PostgreSQL, one schema, one writer
at a time.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Row, create_engine, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, OperationalError

from rasid.errors import StoreError

AnyRow = Row[*tuple[Any, ...]]
#: Newest revision in `migrations/versions`; a test holds it against the folder. Known here so that opening
#: a book that is up to date does not import alembic.
HEAD = "0001"
_LOCK = 0x5241534944  # any number, the same for every writer of one PostgreSQL database


class Store:
    """Connections to one book. `read` and `write` give a connection inside a transaction."""

    def __init__(self, url: URL) -> None:
        self.url = url
        self.sqlite = url.get_backend_name() == "sqlite"
        self.path = Path(url.database) if self.sqlite and url.database not in (None, "", ":memory:") else None
        self.engine = _engine(url, sqlite=self.sqlite)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A consistent view; nothing is written."""
        with self.engine.connect() as c, c.begin():
            yield c

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """The one writer. What was written is durable when the block ends without an error, else all of it
        is gone.
        """
        with self.engine.connect() as c:
            c = c.execution_options(rasid_write=True)
            try:
                with c.begin():
                    if not self.sqlite:
                        c.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": _LOCK})
                    yield c
            except OperationalError as e:
                raise StoreError(str(e.orig), where=str(self.path or self.url), mend="try again") from e

    def scrub(self) -> None:
        """Overwrite what was deleted: pages that a deletion freed still hold the old bytes."""
        with self.engine.connect() as c:
            raw = c.execution_options(isolation_level="AUTOCOMMIT") if not self.sqlite else c
            driver = raw.connection.driver_connection if self.sqlite else None
            if driver is not None:
                driver.execute("VACUUM")
                driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            else:
                raw.exec_driver_sql("VACUUM")

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()


def locate(where: str | Path) -> URL:
    """The database URL of a path or URL as users give it."""
    if isinstance(where, Path) or "://" not in where:
        return URL.create("sqlite", database=str(where))
    try:
        url = make_url(where)
    except ArgumentError as e:
        raise StoreError(str(e), where=where, mend="give a path, or postgresql+psycopg://user@host/name") from e
    if url.get_backend_name() == "postgresql" and url.drivername == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() not in ("sqlite", "postgresql"):
        raise StoreError("only SQLite and PostgreSQL hold a book", where=where)
    return url


def open_store(where: str | Path, *, create: bool) -> Store:
    """Open, and where needed make or migrate, the book's tables."""
    url = locate(where)
    if url.get_backend_name() == "sqlite" and url.database:
        _check_file(Path(url.database), create=create)
    try:
        store = Store(url)
        revision = _revision(store.engine)
    except ModuleNotFoundError as e:
        raise StoreError(f"{e.name} is not installed", mend="pip install 'rasid[postgresql]'") from e
    except DatabaseError as e:
        raise StoreError(str(e.orig), where=str(where), mend="is this a book, and can it be reached?") from e
    if revision != HEAD:
        if revision is None and not create:
            raise StoreError("holds no book", where=str(where))
        migrate(store)
    return store


def _check_file(path: Path, *, create: bool) -> None:
    if not path.exists():
        if not create:
            raise StoreError("there is no such book", where=str(path), mend="check the path, or make it with rasid add")
        if not path.parent.is_dir():
            raise StoreError("the folder does not exist", where=str(path.parent), mend="make it first")
    elif path.stat().st_size and not _is_sqlite(path):
        raise StoreError("this is no book", where=str(path), mend="give another path for --book")


def _is_sqlite(path: Path) -> bool:
    with path.open("rb") as fh:
        return fh.read(16) == b"SQLite format 3\x00"


def _revision(engine: Engine) -> str | None:
    if not inspect(engine).has_table("alembic_version"):
        return None
    with engine.connect() as c:
        return str(c.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none() or "") or None


def migrate(store: Store) -> None:
    """Bring the tables up to this program's version. StoreError when they are newer than it knows."""
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    try:
        with store.write() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except CommandError as e:
        raise StoreError("made by a newer Rasid", where=str(store.path or store.url), mend="update Rasid") from e


def _engine(url: URL, *, sqlite: bool) -> Engine:
    if not sqlite:
        return create_engine(url, pool_size=2, max_overflow=4)
    engine = create_engine(url, connect_args={"timeout": 60, "check_same_thread": False})
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _record: Any) -> None:
    """SQLite's own transactions, synced at each commit: an acknowledged write survives loss of power."""
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA busy_timeout=60000")
    cursor.execute("PRAGMA cache_size=-65536")
    cursor.execute("PRAGMA mmap_size=2147483648")
    cursor.close()


def _begin(connection: Connection) -> None:
    # IMMEDIATE, or two writers that both read first would dead-lock on the upgrade of their locks
    write = connection.get_execution_options().get("rasid_write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


def default_key_file(store: Store) -> Path:
    """Where the sealing key lies when nobody says: beside a SQLite book, else in the user's configuration."""
    named = os.environ.get("RASID_KEY_FILE")
    if named:
        return Path(named)
    if store.path is not None:
        return store.path.with_name(store.path.name + ".key")
    root = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    return root / "rasid" / f"{store.url.database}.key"
