"""Incidents and their claims."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Query, Router
from ninja.errors import HttpError

from rasid.desk.api import paging
from rasid.desk.api.doors import scope
from rasid.desk.api.shapes import FAILS, Correction, MergeWith, NeedsReason, NewGrade, Row, Rows, WithReason
from rasid.desk.core.access import hidden_from, incident_or_404, report_of, report_or_404
from rasid.desk.core.roles import May
from rasid.desk.incidents import filters
from rasid.desk.review import services
from rasid.desk.shelf import book

router = Router(tags=["incidents"])


def _etag(response: HttpResponse, version: Any) -> None:
    response["ETag"] = f'"{version}"'


def _sort(request: HttpRequest) -> str:
    """``_sort=day`` or ``_sort_desc=day``."""
    wanted = "-" + request.GET["_sort_desc"] if request.GET.get("_sort_desc") else request.GET.get("_sort", "-day")
    return wanted if wanted in ("day", "-day", "updated", "-updated", "-sources", "id") else "-day"


@router.get("incidents", response={200: Rows, **FAILS}, summary="Incidents under a filter")
@scope("read:incidents", May.SEE)
def incidents(
    request: HttpRequest,
    response: HttpResponse,
    q: str = "",
    type: str = "",
    grade: str = "",
    place: str = "",
    actor: str = "",
    country: str = "",
    since: str = "",
    until: str = "",
    facet: str = Query("", alias="_facet"),
    size: str = Query("", alias="_size"),
    next: str = Query("", alias="_next"),
) -> Any:
    """Repeat a parameter for OR. `day__gte` and `day__lte` are `since` and `until`. `_facet` may be
    repeated.
    """
    hidden = hidden_from(request.user)
    where = hidden.within(filters.read(request.GET))
    page = book().incidents(where, sort=_sort(request), size=paging.size(request), after=paging.after(request))
    wanted = [f for f in request.GET.getlist("_facet") if f in (*filters.FACETS, "publisher", "month")]
    facets = {k: [c.as_dict() for c in v] for k, v in book().facets(wanted, where).items()} if wanted else None
    return paging.rows(request, [r for r in page if not hidden.record(r)], page.next, facets)


@router.get("incidents/{rid}", response={200: Row, 301: None, **FAILS}, summary="One incident")
@scope("read:incidents", May.SEE)
def incident(request: HttpRequest, response: HttpResponse, rid: str) -> Any:
    record = incident_or_404(rid[:40], request.user)
    if record.id != rid:
        moved = HttpResponse(status=301)
        moved["Location"] = reverse("api:incident", args=[record.id])
        return moved
    _etag(response, record.version)
    return {"ok": True, "row": record.as_dict()}


@router.get("incidents/{rid}/claims", response={200: Rows, **FAILS}, summary="All claims of an incident")
@scope("read:incidents", May.SEE)
def claims(request: HttpRequest, rid: str) -> Any:
    record = incident_or_404(rid[:40], request.user)
    return paging.rows(request, list(hidden_from(request.user).claims(book().claims(record.id))), None)


@router.post(
    "incidents/{rid}/grade",
    response={200: Row, **FAILS},
    summary="Grade by a person; null gives it back to the machine",
)
@scope("write:review", May.REVIEW)
def grade(request: HttpRequest, response: HttpResponse, rid: str, body: NewGrade) -> Any:
    record = incident_or_404(rid[:40], request.user)
    _match(request, record.version)
    services.grade(record.id, body.grade, request.user, body.reason)
    record = book().incident(record.id)
    _etag(response, record.version)
    return {"ok": True, "row": record.as_dict()}


def _match(request: HttpRequest, version: Any) -> None:
    """``If-Match`` that no longer matches: somebody was faster."""
    given = request.headers.get("If-Match")
    if given and given != "*" and given.strip('W/" ') != str(version):
        raise HttpError(409, "the record was changed meanwhile")


@router.post("incidents/{rid}/merge", response={200: Row, **FAILS}, summary="Merge another record into one")
@scope("write:review", May.REVIEW)
def merge(request: HttpRequest, rid: str, body: MergeWith) -> Any:
    a, b = incident_or_404(rid[:40], request.user), incident_or_404(body.other, request.user)
    if a.id == b.id:
        raise HttpError(409, "they are one record already")
    return {"ok": True, "row": services.merge(a.id, b.id, request.user, body.reason).as_dict()}


def _claim(cid: str, user: Any) -> Any:
    """Any claim by its id, under the rights of its report."""
    if "#" not in cid:
        raise Http404
    held = report_or_404(report_of(cid), user)
    found = next((c for c in [*held.claims, *held.commitments] if c.id == cid), None)
    if found is None:
        raise Http404
    return found


@router.post("claims/{path:cid}/accept", response={200: Row, **FAILS}, summary="The report says this")
@scope("write:review", May.REVIEW)
def accept(request: HttpRequest, cid: str, body: WithReason) -> Any:
    return {"ok": True, "row": services.accept(_claim(cid, request.user), request.user).as_dict()}


@router.post("claims/{path:cid}/reject", response={200: Row, **FAILS}, summary="The report does not say this")
@scope("write:review", May.REVIEW)
def reject(request: HttpRequest, cid: str, body: NeedsReason) -> Any:
    return {
        "ok": True,
        "row": services.reject(_claim(cid, request.user), request.user, body.reason).as_dict(),
    }


@router.post("claims/{path:cid}/correct", response={200: Row, **FAILS}, summary="What the report says instead")
@scope("write:review", May.REVIEW)
def correct(request: HttpRequest, cid: str, body: Correction) -> Any:
    """`If-Match` takes the `ETag` of the claim's part, so that two people do not overwrite each other."""
    seen = request.headers.get("If-Match", "").strip('W/" ')
    return {
        "ok": True,
        "row": services.correct(_claim(cid, request.user), body.changes, request.user, body.reason, seen).as_dict(),
    }


@router.get("claims/{path:cid}/part", response={200: Row, **FAILS}, summary="A claim in the contract's shape")
@scope("read:reports", May.SEE_ORIGINALS)
def part(request: HttpRequest, response: HttpResponse, cid: str) -> Any:
    from rasid.desk.review.parts import seen

    held = services.part_of(_claim(cid, request.user).id)
    _etag(response, seen(held))
    return {"ok": True, "row": held}
