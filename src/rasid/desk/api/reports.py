"""Reports: what the book holds, and a way in for other programs."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Query, Router

from rasid.books.records import Filter
from rasid.desk.api import paging
from rasid.desk.api.doors import scope
from rasid.desk.api.shapes import FAILS, NewReport, Row, Rows
from rasid.desk.core.access import hidden_from, report_or_404
from rasid.desk.core.numbers import day
from rasid.desk.core.roles import May
from rasid.desk.inbox import services
from rasid.desk.shelf import book

router = Router(tags=["reports"])


@router.get("reports", response={200: Rows, **FAILS}, summary="Reports, newest first")
@scope("read:reports", May.SEE_ORIGINALS)
def reports(
    request: HttpRequest,
    q: str = "",
    since: str = "",
    until: str = "",
    size: str = Query("", alias="_size"),
    next: str = Query("", alias="_next"),
) -> Any:
    hidden = hidden_from(request.user)
    text = q.replace("\0", " ").strip()[:300]
    page = book().reports(
        hidden.within(Filter(text=text or None, since=day(since), until=day(until))),
        size=paging.size(request),
        after=paging.after(request),
    )
    return paging.rows(request, [r for r in page if not hidden.report(r.id)], page.next)


@router.get(
    "reports/{path:rid}",
    response={200: Row, **FAILS},
    summary="One report with its text, captures and claims",
)
@scope("read:reports", May.SEE_ORIGINALS)
def report(request: HttpRequest, rid: str) -> Any:
    return {"ok": True, "row": report_or_404(rid, request.user).as_dict()}


@router.post("reports", response={200: Row, 201: Row, **FAILS}, summary="Add a report; 200 when it is held already")
@scope("write:reports", May.CONTRIBUTE)
def add(request: HttpRequest, response: HttpResponse, body: NewReport) -> Any:
    document = services.pasted(
        body.text, title=body.title, published=body.published, publisher=body.publisher, url=body.url
    )
    held = book().holds(document)
    added = services.keep(document, request.user).added
    response["Location"] = reverse("api:report", args=[added.report])
    return (200 if held else 201), {"ok": True, "row": added.as_dict()}


@router.get("me", response={200: Row, **FAILS}, summary="Who this token is", tags=["account"])
def me(request: HttpRequest) -> Any:
    token = getattr(request, "token", None)
    return {
        "ok": True,
        "row": {
            "role": request.user.role,
            "scopes": token.scope_list() if token else None,
            "expires": token.expires.isoformat() if token else None,
        },
    }
