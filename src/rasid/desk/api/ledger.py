"""Commitments and findings."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Query, Router

from rasid.books.records import Filter
from rasid.desk.api import paging
from rasid.desk.api.doors import scope
from rasid.desk.api.shapes import FAILS, NewJudgement, Row, Rows
from rasid.desk.core.access import commitment_or_404, hidden_from
from rasid.desk.core.numbers import day
from rasid.desk.core.roles import May
from rasid.desk.ledger.views import read_filter
from rasid.desk.review import services
from rasid.desk.shelf import book

router = Router(tags=["ledger"])


@router.get("commitments", response={200: Rows, **FAILS}, summary="Commitments under a filter")
@scope("read:ledger", May.SEE)
def commitments(
    request: HttpRequest,
    q: str = "",
    kind: str = "",
    state: str = "",
    actor: str = "",
    place: str = "",
    since: str = "",
    until: str = "",
    size: str = Query("", alias="_size"),
    next: str = Query("", alias="_next"),
) -> Any:
    hidden = hidden_from(request.user)
    page = book().commitments(
        hidden.within(read_filter(request.GET)), size=paging.size(request), after=paging.after(request)
    )
    return paging.rows(request, [c for c in page if not hidden.record(c)], page.next)


@router.get(
    "commitments/{pid}",
    response={200: Row, 301: None, **FAILS},
    summary="A commitment with terms, findings, answers, timeline",
)
@scope("read:ledger", May.SEE)
def commitment(request: HttpRequest, response: HttpResponse, pid: str) -> Any:
    view = commitment_or_404(pid[:40], request.user)
    if view.commitment.id != pid:
        moved = HttpResponse(status=301)
        moved["Location"] = reverse("api:commitment", args=[view.commitment.id])
        return moved
    response["ETag"] = f'"{view.commitment.version}"'
    row = view.as_dict()
    hidden = hidden_from(request.user)
    row["claims"] = [c for c in row["claims"] if c["report"] not in hidden.reports]
    row["findings"] = [f for f in row["findings"] if f["incident"] not in hidden.records]
    return {"ok": True, "row": row}


@router.get("findings", response={200: Rows, **FAILS}, summary="Findings, newest first")
@scope("read:ledger", May.SEE)
def findings(
    request: HttpRequest,
    kind: str = "",
    since: str = "",
    until: str = "",
    size: str = Query("", alias="_size"),
    next: str = Query("", alias="_next"),
) -> Any:
    hidden = hidden_from(request.user)
    where = Filter(
        kinds=tuple(k[:40] for k in request.GET.getlist("kind")[:8] if k and "\0" not in k),
        since=day(since),
        until=day(until),
    )
    page = book().findings(hidden.within(where), size=paging.size(request), after=paging.after(request))
    return paging.rows(
        request,
        [f for f in page if f.incident not in hidden.records and f.commitment not in hidden.records],
        page.next,
    )


@router.post(
    "commitments/{pid}/findings/{fid}",
    response={200: Row, **FAILS},
    summary="Verify a finding or set it aside",
)
@scope("write:review", May.REVIEW)
def judge(request: HttpRequest, pid: str, fid: str, body: NewJudgement) -> Any:
    view = commitment_or_404(pid[:40], request.user)
    if fid not in {f.id for f in view.findings}:
        raise Http404
    if services.frozen(view.commitment.id):
        raise services.Frozen(view.commitment.id)
    return {
        "ok": True,
        "row": book().judge_finding(fid, body.judgement, who=services.who(request.user), reason=body.reason).as_dict(),
    }
