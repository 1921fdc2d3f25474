"""Pages in the API's grammar."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from rasid.desk.core.numbers import whole
from rasid.errors import InputError


def size(request: HttpRequest) -> int:
    return whole(request.GET.get("_size"), 50, 1, 200)


def after(request: HttpRequest) -> str | None:
    """The token of the page asked for; whatever is none of ours is bad input, not a crash."""
    token = request.GET.get("_next") or None
    if token is not None and (len(token) > 500 or "\0" in token):
        raise InputError("not a token of a page", where="_next")
    return token


def rows(request: HttpRequest, found: list[Any], following: str | None, facets: Any = None) -> dict[str, Any]:
    q = request.GET.copy()
    q["_next"] = following or ""
    url = request.build_absolute_uri(f"{request.path}?{q.urlencode()}") if following else None
    return {
        "ok": True,
        "rows": [r.as_dict() for r in found],
        "next": following,
        "next_url": url,
        "facets": facets,
    }
