"""The incident book: lists with facets, records with all their claims, and what people do to records."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from rasid.books.records import Filter, Grade
from rasid.desk.core.access import hidden_from, incident_or_404
from rasid.desk.core.doors import needs
from rasid.desk.core.errors import page as error_page
from rasid.desk.core.models import User
from rasid.desk.core.numbers import whole
from rasid.desk.core.roles import May
from rasid.desk.inbox.models import Job
from rasid.desk.incidents import charts, filters
from rasid.desk.incidents.models import SavedSearch
from rasid.desk.public import services as public
from rasid.desk.review import services as review
from rasid.desk.review.forms import OptionalReason, Reason
from rasid.desk.review.models import Proposal, ReportTask
from rasid.desk.shelf import book
from rasid.desk.words import T, label
from rasid.errors import InputError

SIZE = 30


@needs(May.SEE)
def overview(request: HttpRequest) -> HttpResponse:
    """The first page after signing in: what waits, what is new, which promises are in trouble."""
    hidden = hidden_from(request.user)
    fresh = [r for r in book().incidents(hidden.within(Filter()), sort="-updated", size=8) if not hidden.record(r)]
    broken = [
        c for c in book().commitments(hidden.within(Filter(states=("breached",))), size=5) if not hidden.record(c)
    ]
    context = {
        "fresh": fresh,
        "broken": broken,
        "incident_count": book().count(hidden.within(Filter())),
        "harm_count": book().count(hidden.within(Filter(with_harm=True))),
        "corroborated": book().count(hidden.within(Filter(grades=("corroborated", "verified")))),
        "mine": ReportTask.objects.filter(assigned=request.user, state="open").count(),
        "proposals": Proposal.objects.filter(state="open").select_related("proposed_by").order_by("-pk")[:8]
        if request.user.may(May.PUBLISH)
        else [],
        "failed": Job.objects.filter(state="failed").count() if request.user.may(May.PUBLISH) else 0,
        "searches": _searches(request),
        "totp_due": not request.user.has_totp,
    }
    return render(request, "incidents/overview.html", context)


def _searches(request: HttpRequest) -> list[dict[str, Any]]:
    """Saved searches with how many records came since one looked."""
    from django.http import QueryDict

    hidden = hidden_from(request.user)
    out = []
    for s in (
        (SavedSearch.objects.filter(user=request.user) | SavedSearch.objects.filter(shared=True))
        .distinct()
        .order_by("name")[:12]
    ):
        n = book().count(hidden.within(filters.read(QueryDict(s.query))))
        out.append({"search": s, "count": n, "fresh": max(0, n - s.seen) if s.user_id == request.user.pk else 0})
    return out


@needs(May.SEE)
def incidents(request: HttpRequest) -> HttpResponse:
    hidden = hidden_from(request.user)
    where, sort = hidden.within(filters.read(request.GET)), filters.sort_of(request.GET)
    page = book().incidents(where, sort=sort, size=SIZE, after=request.GET.get("after") or None)
    rows = [r for r in page if not hidden.record(r)]
    saved = whole(request.GET.get("search"), 0)
    # facets and chart come by themselves, one request each; who has no scripts asks for the whole page
    whole_page = request.GET.get("panel") == "1"
    total = book().count(where)
    if saved:
        SavedSearch.objects.filter(pk=saved, user=request.user).update(seen=total)
    context = {
        "rows": rows,
        "next": page.next,
        "total": total,
        "panels": filters.panels(request.GET, book().facets(filters.FACETS, where) if whole_page else {}),
        "whole": whole_page,
        "chosen": filters.chosen(request.GET),
        "sorts": filters.SORTS,
        "sort": sort,
        "days": charts.days(book().per_day(where)) if whole_page else "",
        "q": request.GET.get("q", ""),
        "query": request.GET.urlencode(),
    }
    return render(request, "incidents/list.html", context)


@needs(May.SEE)
def facet(request: HttpRequest, name: str) -> HttpResponse:
    """One facet of the list, for the page that asks for it when it is opened."""
    if name not in filters.FACETS:
        raise Http404
    where = hidden_from(request.user).within(filters.read(request.GET))
    found = filters.facets(book().facets((name,), where), request.GET)
    return render(request, "incidents/facet.html", {"choices": found[0].choices if found else ()})


@needs(May.SEE)
def days(request: HttpRequest) -> HttpResponse:
    """The strip of days above the list."""
    where = hidden_from(request.user).within(filters.read(request.GET))
    return HttpResponse(charts.days(book().per_day(where)))


@needs(May.SEE)
def incidents_json(request: HttpRequest) -> JsonResponse:
    """One page of the list as data, in the grammar of the API."""
    hidden = hidden_from(request.user)
    size = whole(request.GET.get("_size"), SIZE, 1, 200)
    page = book().incidents(
        hidden.within(filters.read(request.GET)),
        sort=filters.sort_of(request.GET),
        size=size,
        after=request.GET.get("_next") or None,
    )
    q = request.GET.copy()
    q["_next"] = page.next or ""
    rows = [r.as_dict() for r in page if not hidden.record(r)]
    return JsonResponse(
        {
            "ok": True,
            "rows": rows,
            "next": page.next,
            "next_url": f"{request.path}?{q.urlencode()}" if page.next else None,
        }
    )


@needs(May.SEE)
def incident(request: HttpRequest, rid: str) -> HttpResponse:
    record = incident_or_404(rid, request.user)
    if record.id != rid:
        messages.info(request, str(T("دُمج %s في هذا السجل", "%s was merged into this record") % rid))
        return redirect("incident", record.id, permanent=False)
    hidden = hidden_from(request.user)
    claims = hidden.claims(book().claims(record.id))
    context = {
        "r": record,
        "claims": claims,
        "history": book().harm_history(record.id).steps
        if not hidden.reports
        else [s for s in book().harm_history(record.id).steps if s.claim in {c.id for c in claims}],
        "actions": _actions((record.id, *record.aliases), claims, request.user),
        "findings": [
            f
            for f in book().findings(Filter(reports=tuple(dict.fromkeys(c.report for c in claims))), size=50)
            if f.incident == record.id
        ]
        if claims
        else [],
        "proposal": Proposal.objects.filter(record=record.id, state="open").select_related("proposed_by").first(),
        "publication": public.publication_of(record.id),
        "grades": [(g.value, label("grade", g)) for g in (Grade.VERIFIED, Grade.CONTESTED, Grade.DISCOUNTED)],
        "is_graphic": any(h.status == "killed" for h in record.harm),
        "point": {"lat": record.lat, "lon": record.lon, "precision": record.precision},
    }
    return render(request, "incidents/record.html", context)


def _actions(ids: tuple[str, ...], claims: Any, user: Any) -> list[dict[str, Any]]:
    """The record's history under all its ids; who did it only for those who may know."""
    found = {a.id: a for rid in ids[:20] for a in book().actions(subject=rid, size=60)}
    for c in claims:
        found |= {a.id: a for a in book().actions(subject=c.id, size=20)}
    names = {f"user:{u.pk}": u.shown for u in User.objects.all()} if user.may(May.SEE_PEOPLE) else {}
    return [
        {"a": a, "who": names.get(a.who, ""), "mine": a.who == review.who(user)}
        for a in sorted(found.values(), key=lambda a: -a.id)
    ]


@needs(May.SEE)
def diff(request: HttpRequest, aid: int) -> HttpResponse:
    """One action with what it changed: under the same rights as the record it touches."""
    action = _action_or_404(aid, request.user)
    return render(request, "incidents/action.html", {"a": action, "detail": sorted(action.detail.items())})


def _action_or_404(aid: int, user: Any) -> Any:
    from rasid.desk.core.access import commitment_or_404, report_of, report_or_404

    try:
        found = book().action(aid)
    except InputError as e:
        raise Http404 from e
    if "#" in found.subject:
        report_or_404(report_of(found.subject), user)
    elif found.subject.startswith("RSD-"):
        incident_or_404(found.subject, user)
    elif found.subject.startswith("PLG-"):
        commitment_or_404(found.subject, user)
    return found


@require_POST
@needs(May.REVIEW)
def undo(request: HttpRequest, aid: int) -> HttpResponse:
    action = _action_or_404(aid, request.user)
    review.undo(action, request.user, request.POST.get("reason", ""))
    messages.success(request, str(T("تُرُوجع عنه", "Undone")))
    return redirect(_back(request, action.subject))


def _back(request: HttpRequest, subject: str) -> Any:
    from django.urls import reverse

    if subject.startswith("RSD-"):
        return reverse("incident", args=[subject])
    if subject.startswith("PLG-"):
        return reverse("commitment", args=[subject])
    return reverse("incidents")


@needs(May.REVIEW)
def look_alikes(request: HttpRequest, rid: str) -> HttpResponse:
    """Records that may be the same, with the reasons for and against, and the way to join them."""
    record = incident_or_404(rid, request.user)
    hidden = hidden_from(request.user)
    rows = []
    for reason in book().look_alikes(record.id, size=10):
        other = book().incident(reason.b if reason.a == record.id else reason.a)
        if not hidden.record(other) and other.id != record.id:
            rows.append(
                {
                    "r": other,
                    "reason": reason,
                    "parts": sorted(reason.parts.items(), key=lambda p: -abs(p[1])),
                }
            )
    return render(request, "incidents/look_alikes.html", {"r": record, "rows": rows, "form": OptionalReason()})


@require_POST
@needs(May.REVIEW)
def merge(request: HttpRequest, rid: str) -> HttpResponse:
    record = incident_or_404(rid, request.user)
    other = incident_or_404(request.POST.get("other", "").strip().upper()[:20], request.user)
    if other.id == record.id:
        return error_page(request, 400, str(T("السجلان واحد", "They are one record already")))
    review.merge(record.id, other.id, request.user, request.POST.get("reason", "")[:500])
    survivor = book().incident(record.id)
    messages.success(
        request,
        str(
            T(
                "دُمجا في %s؛ يمكن التراجع من تاريخ السجل",
                "Merged into %s; it can be undone from the record’s history",
            )
            % survivor.id
        ),
    )
    return redirect("incident", survivor.id)


@require_POST
@needs(May.REVIEW)
def split(request: HttpRequest, rid: str) -> HttpResponse:
    record = incident_or_404(rid, request.user)
    chosen = [c for c in request.POST.getlist("claim") if c in record.claim_ids]
    if not chosen or len(chosen) == len(record.claim_ids):
        return error_page(request, 400, str(T("اختر بعض الروايات لا كلها", "Choose some of the claims, not all")))
    action = review.split(record.id, chosen, request.user, request.POST.get("reason", "")[:500])
    messages.success(request, str(T("فُصلت في سجل جديد", "Split off into a new record")))
    return redirect("incident", str(action.detail.get("new") or record.id))


@require_POST
@needs(May.REVIEW)
def grade(request: HttpRequest, rid: str) -> HttpResponse:
    record = incident_or_404(rid, request.user)
    form = Reason(request.POST)
    wanted = request.POST.get("grade") or None
    if not form.is_valid() or wanted not in (None, "verified", "contested", "discounted"):
        return error_page(request, 400, str(T("الدرجة تحتاج إلى سبب", "A grade needs a reason")))
    review.grade(record.id, wanted, request.user, form.cleaned_data["reason"])
    return redirect("incident", record.id)


# ——— publication


@require_POST
@needs(May.REVIEW)
def propose(request: HttpRequest, rid: str) -> HttpResponse:
    record = incident_or_404(rid, request.user)
    review.propose("incident", record.id, request.user, request.POST.get("note", "")[:500], record.version)
    return redirect("incident", record.id)


@require_POST
@needs(May.REVIEW)
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve, refuse or withdraw a proposal; approving publishes."""
    proposal = get_object_or_404(Proposal, pk=pk, state=Proposal.OPEN)
    back = "commitment" if proposal.kind == "commitment" else "incident"
    public.record_or_404(proposal.kind, proposal.record, request.user)
    note = request.POST.get("note", "")[:500]
    if "withdraw" in request.POST:
        _allowed(lambda: review.withdraw(proposal, request.user))
    else:
        approve = "approve" in request.POST
        _allowed(lambda: review.decide(proposal, request.user, approve, note))
        if approve:
            public.publish(proposal.kind, proposal.record, request.user, proposed_by=proposal.proposed_by)
            messages.success(request, str(T("نُشر", "Published")))
    return redirect(back, proposal.record)


def _allowed(act: Any) -> None:
    try:
        act()
    except PermissionError as e:
        raise Http404 from e


@require_POST
@needs(May.PUBLISH)
def unpublish(request: HttpRequest, kind: str, record: str) -> HttpResponse:
    public.record_or_404(kind, record, request.user)
    public.unpublish(kind, record, request.user, request.POST.get("reason", "")[:500] or "—")
    return redirect("commitment" if kind == "commitment" else "incident", record)


# ——— saved searches


@require_POST
@needs(May.SEE)
def search_save(request: HttpRequest) -> HttpResponse:
    name = request.POST.get("name", "").strip()[:120]
    query = request.POST.get("query", "")[:2000]
    if name:
        SavedSearch.objects.create(
            user=request.user,
            name=name,
            query=query,
            shared=request.POST.get("shared") == "1" and request.user.may(May.REVIEW),
        )
    return redirect("overview")


@require_POST
@needs(May.SEE)
def search_drop(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(SavedSearch, pk=pk, user=request.user).delete()
    return redirect("overview")


@needs(May.SEE)
def search(request: HttpRequest) -> HttpResponse:
    """Words in any spelling through all reports; an id goes straight to its record."""
    q = request.GET.get("q", "").replace("\0", " ").strip()[:300]
    if q.upper().startswith(("RSD-", "PLG-")):
        return redirect("incident" if q.upper().startswith("RSD-") else "commitment", q.upper())
    hits, following = [], None
    if q:
        try:
            page = book().search(q, size=20, after=request.GET.get("after") or None)
            hidden = hidden_from(request.user)
            hits, following = [h for h in page if not hidden.report(h.report)], page.next
        except InputError:
            hits = []
    return render(request, "incidents/search.html", {"q": q, "hits": hits, "next": following})
