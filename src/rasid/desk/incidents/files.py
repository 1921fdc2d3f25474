"""Files of lists, by the formats that `rasid.export` has, with the rights of the person they are for."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.http import QueryDict

from rasid.desk.core.access import hidden_from
from rasid.desk.core.places_of_work import home_folder
from rasid.desk.incidents import filters
from rasid.desk.shelf import book

WHAT = ("incidents", "commitments")
#: What a suffix in an address means.
SUFFIXES = {"csv": "csv", "xlsx": "xlsx", "geojson": "geojson", "jsonl": "jsonl"}


def _formats() -> dict[str, Any]:
    from rasid.export import formats

    return formats()


def names() -> list[tuple[str, str]]:
    return [(f.name, getattr(f, "label", f.name)) for f in _formats().values()]


def by_suffix(suffix: str) -> str | None:
    return SUFFIXES.get(suffix)


def suffix(name: str) -> str:
    return str(_formats()[name].suffix).lstrip(".")


def media_type(name: str) -> str:
    return str(_formats()[name].media_type)


def folder() -> Path:
    path = home_folder() / "exports"
    path.mkdir(mode=0o700, exist_ok=True)
    return path


def records(what: str, query: str, user: Any) -> Iterator[Any]:
    """The records of a list for one person, as that person would see it now."""
    hidden, q = hidden_from(user), QueryDict(query)
    if what == "commitments":
        from rasid.desk.ledger.views import read_filter

        return (c for c in book().every_commitment(hidden.within(read_filter(q))) if not hidden.record(c))
    return (r for r in book().every_incident(hidden.within(filters.read(q))) if not hidden.record(r))


def write(what: str, name: str, query: str, user: Any) -> tuple[Path, int, str]:
    """Write the file under a name nobody can guess; returns its path, how many records, its SHA-256."""
    path = folder() / secrets.token_urlsafe(24)
    counted = _Counted(records(what, query, user))
    _formats()[name].write(counted, path)
    path.chmod(0o600)
    return path, counted.n, hashlib.sha256(path.read_bytes()).hexdigest()


class _Counted:
    """An iterator that knows how many went through."""

    def __init__(self, inner: Iterator[Any]) -> None:
        self.inner, self.n = inner, 0

    def __iter__(self) -> _Counted:
        return self

    def __next__(self) -> Any:
        item = next(self.inner)
        self.n += 1
        return item
