"""Every action goes into the book's hash-chained log; this is the desk's one way there."""

from __future__ import annotations

from typing import Any

from rasid.desk.shelf import book


def actor_of(user: Any) -> str:
    """People are named in the log by number, so that the log alone tells nobody who they are."""
    return f"user:{user.pk}" if user is not None and getattr(user, "pk", None) else "desk"


def note(action: str, /, by: Any = None, record: str = "", **detail: object) -> None:
    book().record(action, record, {k: v for k, v in detail.items() if v not in (None, "")}, who=actor_of(by))
