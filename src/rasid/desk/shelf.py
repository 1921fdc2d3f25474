"""The book that this desk works on, open once per thread."""

from __future__ import annotations

import threading

from rasid.books import Book
from rasid.desk.core.places_of_work import book_address, home_folder, is_postgresql

_held = threading.local()


def book_url(address: str) -> str:
    """The address as the book wants it: a path, or SQLAlchemy's name of the PostgreSQL driver."""
    if address.startswith("postgres") and "+psycopg" not in address:
        return "postgresql+psycopg://" + address.split("://", 1)[1]
    return address


def key_file() -> str | None:
    """Beside a file the book has its own default; for PostgreSQL it lies in the desk's folder of keys."""
    import os

    if os.environ.get("RASID_KEY_FILE"):
        return None
    return str(home_folder() / "book.key") if is_postgresql() else None


def book() -> Book:
    address = book_address()
    if getattr(_held, "address", None) != address:
        close()
        _held.book, _held.address = Book.open(book_url(address), key_file=key_file()), address
    return _held.book


def close() -> None:
    """Give this thread's book back (end of a thread, change of address in tests)."""
    if getattr(_held, "address", None) is not None:
        _held.book.close()
        _held.address = None
