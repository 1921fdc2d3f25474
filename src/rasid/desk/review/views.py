"""The review of one report: its text on one side, what the reader took from it on the other."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from rasid.books.records import Filter
from rasid.desk.core import audit
from rasid.desk.core.access import hidden_from, report_of, report_or_404
from rasid.desk.core.doors import needs
from rasid.desk.core.models import Identity, User
from rasid.desk.core.numbers import whole
from rasid.desk.core.roles import RANK, May, Role
from rasid.desk.inbox import services as inbox
from rasid.desk.review import forms, measure, services
from rasid.desk.review.models import ReportTask
from rasid.desk.review.parts import marks, seen, segments, slots
from rasid.desk.shelf import book
from rasid.desk.words import T

SIZE = 30


@needs(May.SEE_ORIGINALS)
def queue(request: HttpRequest) -> HttpResponse:
    """Reports, newest first, with what has been done about them."""
    show = request.GET.get("show", "open")
    hidden = hidden_from(request.user)
    text = request.GET.get("q", "").strip()[:200]
    page = book().reports(
        hidden.within(Filter(text=text or None)),
        size=SIZE * 2 if show != "all" else SIZE,
        after=request.GET.get("after") or None,
    )
    rows = [r for r in page if not hidden.report(r.id)]
    tasks = services.tasks_of([r.id for r in rows])
    shown = [(r, tasks.get(r.id)) for r in rows if _wanted(show, tasks.get(r.id), request.user)]
    return render(request, "review/queue.html", {"rows": shown, "show": show, "next": page.next, "q": text})


def _wanted(show: str, task: ReportTask | None, user: Any) -> bool:
    if show == "mine":
        return task is not None and task.assigned_id == user.pk and task.state == ReportTask.OPEN
    if show == "done":
        return task is not None and task.state == ReportTask.DONE
    return show == "all" or task is None or task.state == ReportTask.OPEN


def _claim_view(number: int, claim: Any, sources: dict[str, Any]) -> dict[str, Any]:
    part = services.part_of(claim.id)
    record = getattr(claim, "incident", None) or getattr(claim, "commitment", None)
    return {
        "n": number,
        "claim": claim,
        "part": part,
        "slots": slots(part, sources),
        "record": record,
        "is_commitment": "terms" in part,
        "frozen": services.frozen(record),
        "seen": seen(part),
    }


def _sources(report: str) -> dict[str, Any]:
    return {s["id"]: s for s in book().reading(report).model_dump(mode="json")["sources"]}


@needs(May.SEE_ORIGINALS)
def report(request: HttpRequest, rid: str) -> HttpResponse:
    held = report_or_404(rid, request.user)
    sources = _sources(rid)
    shown = [_claim_view(i, c, sources) for i, c in enumerate([*held.claims, *held.commitments], 1)]
    found = [
        m for v in shown if v["claim"].state != "rejected" for m in marks(v["n"], v["part"], held.text, v["slots"])
    ]
    task = services.tasks_of([rid]).get(rid)
    context = {
        "report": held,
        "claims": shown,
        "segments": segments(held.text, found),
        "task": task,
        "colleagues": [u for u in User.objects.filter(is_active=True) if RANK[Role(u.role)] >= RANK[Role.ANALYST]]
        if request.user.may(May.REVIEW)
        else [],
        "codes": Identity.objects.filter(report=rid),
        "open_count": sum(1 for v in shown if v["claim"].state == "machine"),
        "next_report": request.GET.get("from"),
    }
    return render(request, "review/report.html", context)


def _claim_answer(request: HttpRequest, claim_id: str) -> HttpResponse:
    """The claim anew, as a fragment for the page's script, or the page at that claim."""
    rid = report_of(claim_id)
    if request.headers.get("X-Part") != "1":
        return redirect(f"{reverse('report', args=[rid])}#c-{claim_id.rsplit('#', 1)[1]}")
    held = report_or_404(rid, request.user)
    every = [*held.claims, *held.commitments]
    number, claim = next(((i, c) for i, c in enumerate(every, 1) if c.id == claim_id), (0, None))
    if claim is None:
        raise Http404
    return render(request, "review/claim.html", {"v": _claim_view(number, claim, _sources(rid)), "report": held})


def _any_claim(claim_id: str, user: Any) -> Any:
    """Claims of incidents and of commitments alike."""
    rid = report_of(claim_id)
    held = report_or_404(rid, user)
    found = next((c for c in [*held.claims, *held.commitments] if c.id == claim_id), None)
    if found is None:
        raise Http404
    return found


@require_POST
@needs(May.REVIEW)
def accept(request: HttpRequest, cid: str) -> HttpResponse:
    services.accept(_any_claim(cid, request.user), request.user)
    return _claim_answer(request, cid)


@require_POST
@needs(May.REVIEW)
def reject(request: HttpRequest, cid: str) -> HttpResponse:
    form = forms.Reason(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else str(T("ليس في النص", "The text does not say it"))
    services.reject(_any_claim(cid, request.user), request.user, reason)
    return _claim_answer(request, cid)


@needs(May.REVIEW)
def edit(request: HttpRequest, cid: str) -> HttpResponse:
    claim = _any_claim(cid, request.user)
    part = services.part_of(cid)
    form = forms.ClaimForm(part, request.POST or None)
    reason = forms.OptionalReason(request.POST or None)
    if request.method == "POST" and form.is_valid() and reason.is_valid():
        changes = form.changes()
        if changes:
            services.correct(claim, changes, request.user, reason.cleaned_data["reason"], request.POST.get("seen", ""))
            messages.success(
                request,
                str(
                    T(
                        "حُفظ التصحيح؛ وقراءة الآلة باقية في السجل",
                        "Correction kept; the machine’s reading stays in the history",
                    )
                ),
            )
        return redirect(f"{reverse('report', args=[report_of(cid)])}#c-{cid.rsplit('#', 1)[1]}")
    held = report_or_404(report_of(cid), request.user)
    return render(
        request,
        "review/edit.html",
        {"claim": claim, "form": form, "reason": reason, "part": part, "seen": seen(part), "report": held},
    )


@needs(May.REVIEW)
def add(request: HttpRequest, rid: str) -> HttpResponse:
    """A claim that the reader missed, from words that the person selected."""
    held = report_or_404(rid, request.user)
    start, end = whole(request.GET.get("start"), 0), whole(request.GET.get("end"), 0)
    quote = held.text[start:end]
    commitment = request.GET.get("what") == "commitment"
    if not quote.strip():
        messages.error(request, str(T("اختر كلمات من النص أولًا", "Select words of the text first")))
        return redirect("report", rid)
    empty = {"kind": "pledge", "terms": []} if commitment else {"type": "shelling", "modality": "happened"}
    form = forms.ClaimForm(empty, request.POST or None)
    reason = forms.OptionalReason(request.POST or None)
    if request.method == "POST" and form.is_valid() and reason.is_valid():
        part = {
            **empty,
            **form.changes(),
            "evidence": [{"start": start, "end": end, "text": quote}],
            "confidence": 1.0,
            "rule": "human",
        }
        services.add(rid, part, request.user, reason.cleaned_data["reason"])
        messages.success(request, str(T("أُضيفت الرواية", "Claim added")))
        return redirect("report", rid)
    return render(
        request,
        "review/edit.html",
        {
            "form": form,
            "reason": reason,
            "quote": quote,
            "report": held,
            "adding": True,
            "commitment": commitment,
        },
    )


@require_POST
@needs(May.REVIEW)
def undo_last(request: HttpRequest, rid: str) -> HttpResponse:
    """Take back the person's own last act on this report's claims."""
    held = report_or_404(rid, request.user)
    mine = audit_name(request)
    acts = [
        a
        for c in [*held.claims, *held.commitments]
        for a in book().actions(subject=c.id, size=20)
        if a.who == mine and a.undone_by is None and a.kind != "undo"
    ]
    if not acts:
        messages.error(request, str(T("لا فعل لك هنا يُتراجع عنه", "You did nothing here that could be undone")))
    else:
        last = max(acts, key=lambda a: a.id)
        services.undo(last, request.user)
        messages.success(request, str(T("تُرُوجع عن آخر فعل", "The last act was undone")))
    return redirect("report", rid)


def audit_name(request: HttpRequest) -> str:
    return services.who(request.user)


@require_POST
@needs(May.REVIEW)
def assign(request: HttpRequest, rid: str) -> HttpResponse:
    report_or_404(rid, request.user)
    chosen = request.POST.get("to", "")
    to = request.user if chosen == "me" else User.objects.filter(pk=whole(chosen, 0), is_active=True).first()
    services.assign(rid, to, request.user)
    return redirect("report", rid)


@require_POST
@needs(May.REVIEW)
def finish(request: HttpRequest, rid: str) -> HttpResponse:
    report_or_404(rid, request.user)
    services.finish(rid, request.user, ReportTask.SKIPPED if "skip" in request.POST else ReportTask.DONE)
    following = next(
        (
            r
            for r in book().reports(hidden_from(request.user).within(Filter()), size=60)
            if r.id != rid and not _over(r.id)
        ),
        None,
    )
    return redirect("report", following.id) if following and "next" in request.POST else redirect("queue")


def _over(rid: str) -> bool:
    task = services.tasks_of([rid]).get(rid)
    return task is not None and task.state != ReportTask.OPEN


@needs(May.SEE_ORIGINALS)
def original(request: HttpRequest, rid: str) -> HttpResponse:
    """The original bytes: always a download, never shown in place, and opened by nobody who may not see the
    report.
    """
    held = report_or_404(rid, request.user)
    if held.row.sealed and not request.user.may(May.SEE_SOURCES):
        raise Http404
    if not held.row.sha256:
        raise Http404
    body = book().original(held.row.sha256)
    audit.note("original.opened", by=request.user, record=rid)
    return HttpResponse(
        body,
        content_type="application/octet-stream",
        headers={
            "Content-Disposition": f'attachment; filename="{held.row.sha256[:16]}.bin"',
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "Cache-Control": "no-store",
        },
    )


@require_POST
@needs(May.SEE_SOURCES)
def open_source(request: HttpRequest, code: str) -> HttpResponse:
    held = get_object_or_404(Identity, code=code)
    report_or_404(held.report, request.user)
    form = forms.Reason(request.POST)
    if not form.is_valid():
        messages.error(request, str(T("اكتب سبب الحاجة", "Say why you need to know")))
        return redirect("report", held.report)
    return render(
        request,
        "review/source.html",
        {
            "code": code,
            "clear": inbox.identity(code, request.user, form.cleaned_data["reason"]),
            "report": held.report,
        },
    )


@require_POST
@needs(May.CONTRIBUTE)
def protect(request: HttpRequest, rid: str) -> HttpResponse:
    report_or_404(rid, request.user)
    clear = request.POST.get("source", "").strip()[:500]
    if clear:
        inbox.protect(rid, clear, request.user)
    return redirect("report", rid)


@needs(May.REVIEW)
def measured(request: HttpRequest) -> HttpResponse:
    """What reviewers made of the reader's work."""
    reports = measure.done(hidden_from(request.user).reports)
    return render(request, "review/measure.html", {"rows": measure.measure(reports), "count": len(reports)})


@needs(May.REVIEW)
def gold(request: HttpRequest) -> HttpResponse:
    """The same reports as gold for `rasid evaluate`: one reading a line."""
    lines = [
        r.model_dump_json(exclude_none=True) for r in measure.gold(measure.done(hidden_from(request.user).reports))
    ]
    audit.note("gold.fetched", by=request.user, record="gold", count=len(lines))
    headers = {"Content-Disposition": 'attachment; filename="gold.jsonl"'}
    return HttpResponse("".join(f"{line}\n" for line in lines), content_type="application/jsonl", headers=headers)


@needs(May.REVIEW)
def pick(request: HttpRequest, what: str) -> HttpResponse:
    from django.http import JsonResponse

    from rasid.desk.review.pickers import actors, places

    q = request.GET.get("q", "")[:80]
    found = places(q) if what == "places" else actors(q)
    return JsonResponse({"ok": True, "rows": found})
