"""Many readings into incidents and a pledge ledger, kept in one book. The door is `Book`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rasid.books.book import Book
    from rasid.books.records import Filter

__all__ = ["Book", "Filter"]


def __getattr__(name: str) -> Any:
    """`Book` and `Filter`, loaded on first use: importing `rasid` must stay cheap."""
    if name == "Book":
        from rasid.books.book import Book

        return Book
    if name == "Filter":
        from rasid.books.records import Filter

        return Filter
    raise AttributeError(name)
