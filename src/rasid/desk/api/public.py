"""What is published, for anybody. Reads only projections, like the public pages."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from ninja import Query, Router

from rasid.desk.api.shapes import FAILS, Row, Rows
from rasid.desk.core.numbers import day, whole
from rasid.desk.core.policy import policy
from rasid.desk.public import services

router = Router(tags=["public"], auth=None)


def _list(request: HttpRequest, kind: str) -> dict[str, Any]:
    if not policy().public_site:
        raise Http404
    q = request.GET
    found = services.search(
        kind,
        type_=_safe(q.get("type", "")),
        country=_safe(q.get("country", ""))[:2].upper(),
        since=day(q.get("since")),
        until=day(q.get("until")),
    )
    size, start = whole(q.get("_size"), 50, 1, 200), whole(q.get("_next"), 0, 0, 10_000_000)
    rows = list(found[start : start + size + 1])
    following = str(start + size) if len(rows) > size else None
    return {
        "ok": True,
        "rows": [p.payload for p in rows[:size]],
        "next": following,
        "next_url": f"{request.path}?_size={size}&_next={following}" if following else None,
    }


def _safe(text: str) -> str:
    return text.replace("\0", "")[:40]


@router.get("incidents", response={200: Rows, **FAILS}, summary="Published incidents")
def incidents(
    request: HttpRequest,
    type: str = "",
    country: str = "",
    since: str = "",
    until: str = "",
    size: str = Query("", alias="_size"),
    next: str = Query("", alias="_next"),
) -> Any:
    return _list(request, "incident")


@router.get("commitments", response={200: Rows, **FAILS}, summary="Published pledges")
def commitments(
    request: HttpRequest,
    type: str = "",
    country: str = "",
    since: str = "",
    until: str = "",
    size: str = Query("", alias="_size"),
    next: str = Query("", alias="_next"),
) -> Any:
    return _list(request, "commitment")


def _one(kind: str, record: str) -> dict[str, Any]:
    held = services.by_id(kind, record[:40].replace("\0", "")) if policy().public_site else None
    if held is None:
        raise Http404
    return {"ok": True, "row": held.payload}


@router.get("incidents/{record}", response={200: Row, **FAILS}, summary="One published incident")
def incident(request: HttpRequest, record: str) -> Any:
    return _one("incident", record)


@router.get("commitments/{record}", response={200: Row, **FAILS}, summary="One published pledge")
def commitment(request: HttpRequest, record: str) -> Any:
    return _one("commitment", record)
