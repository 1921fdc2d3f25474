"""What the statistics declare beforehand, and what each result does not show: data, read on first use."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import Any

from rasid.books.records import _Dict
from rasid.errors import MissingExtra
from rasid.lexicon import files

_FILE = "books/statistics.toml"


@dataclass(frozen=True, slots=True)
class Method:
    """Windows in days, the level of intervals, and from what size a test is made at all."""

    windows: tuple[int, ...]
    level: float
    overdispersed: float
    least_days: int
    least_incidents: int
    least_pledges: int
    least_breaches: int
    counts: float


@dataclass(frozen=True, slots=True)
class Limit(_Dict):
    """One thing that a result does not show, in both languages."""

    id: str
    en: str
    ar: str


def _entries() -> list[dict[str, Any]]:
    return list(files.toml(_FILE)["entry"])


@cache
def method() -> Method:
    """The numbers in use."""
    raw = next(dict(e) for e in _entries() if e["id"] == "statistics.method")
    del raw["id"]
    return Method(**(raw | {"windows": tuple(raw["windows"])}))


@cache
def limits(of: str) -> tuple[Limit, ...]:
    """What results of a kind (``rates``, ``survival``, ``reporting``) do not show."""
    return tuple(Limit(e["id"], e["en"], e["ar"]) for e in _entries() if e.get("of") == of)


def needed(module: str) -> ModuleType:
    """A module of the extra `statistics`. Raises MissingExtra with the mend when it is not installed."""
    from importlib import import_module

    try:
        return import_module(module)
    except ImportError as e:
        raise MissingExtra(module.partition(".")[0], "statistics") from e
