"""The pledge ledger: who promised what, and what happened after."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from rasid.books.records import Filter
from rasid.books.records_ledger import Judgement, LedgerView, TermState, TermStatus
from rasid.desk.core.access import commitment_or_404, hidden_from
from rasid.desk.core.doors import needs
from rasid.desk.core.errors import page as error_page
from rasid.desk.core.numbers import day, whole
from rasid.desk.core.roles import May
from rasid.desk.incidents import charts
from rasid.desk.public import services as public
from rasid.desk.review import services as review
from rasid.desk.review.forms import Reason
from rasid.desk.review.models import Proposal
from rasid.desk.shelf import book
from rasid.desk.words import T, label

KINDS = ("pledge", "agreement", "offer", "demand", "threat", "refusal")
SIZE = 60


def read_filter(q: Any) -> Filter:
    """Kinds, states, parties, places, days and words of a query string."""
    many = {
        k: tuple(v.strip()[:120] for v in q.getlist(p)[:20] if v.strip() and "\0" not in v)
        for k, p in (("kinds", "kind"), ("states", "state"), ("actors", "actor"), ("places", "place"))
    }
    text = q.get("q", "").replace("\0", " ").strip()[:300]
    return Filter(
        kinds=many["kinds"],
        states=many["states"],
        actors=many["actors"],
        places=many["places"],
        since=day(q.get("since")),
        until=day(q.get("until")),
        text=text or None,
    )


@needs(May.SEE)
def ledger(request: HttpRequest) -> HttpResponse:
    hidden = hidden_from(request.user)
    where = read_filter(request.GET)
    if not where.kinds:
        where = replace(where, kinds=("pledge", "agreement"))
    page = book().commitments(hidden.within(where), size=SIZE, after=request.GET.get("after") or None)
    rows = [c for c in page if not hidden.record(c)]
    order = [
        s.value
        for s in (
            TermState.BREACHED,
            TermState.KEPT_SO_FAR,
            TermState.FULFILLED,
            TermState.NOT_OBSERVABLE,
            TermState.NOT_IN_FORCE,
            TermState.IGNORED,
            TermState.MET,
            TermState.REFUSED,
            TermState.LAPSED,
            TermState.SUPERSEDED,
        )
    ]
    groups = [(s, [c for c in rows if c.state == s]) for s in order]
    context = {
        "groups": [(s, g) for s, g in groups if g],
        "count": len(rows),
        "next": page.next,
        "kinds": [(k, label("commitment_kind", k), k in where.kinds) for k in KINDS],
        "states": [(s, label("state", s), s in where.states) for s in order],
        "limits": book().limits(),
        "limit_form": LimitForm(),
        "q": request.GET.get("q", ""),
        "query": request.GET.urlencode(),
    }
    return render(request, "ledger/board.html", context)


@needs(May.SEE)
def ledger_json(request: HttpRequest) -> JsonResponse:
    hidden = hidden_from(request.user)
    size = whole(request.GET.get("_size"), 30, 1, 200)
    page = book().commitments(
        hidden.within(read_filter(request.GET)), size=size, after=request.GET.get("_next") or None
    )
    q = request.GET.copy()
    q["_next"] = page.next or ""
    rows = [c.as_dict() for c in page if not hidden.record(c)]
    return JsonResponse(
        {
            "ok": True,
            "rows": rows,
            "next": page.next,
            "next_url": f"{request.path}?{q.urlencode()}" if page.next else None,
        }
    )


@needs(May.SEE)
def commitment(request: HttpRequest, pid: str) -> HttpResponse:
    view = commitment_or_404(pid, request.user)
    c = view.commitment
    if c.id != pid:
        return redirect("commitment", c.id, permanent=False)
    hidden = hidden_from(request.user)
    findings = [f for f in view.findings if f.incident not in hidden.records]
    context = {
        "c": c,
        "v": view,
        "claims": hidden.claims(view.claims),
        "terms": [
            {"t": t, "findings": [f for f in findings if f.term == t.id], "chart": chart(view, t)} for t in c.terms
        ],
        "answers": [a for a in view.answers if not hidden.record(a)],
        "proposal": Proposal.objects.filter(record=c.id, state="open").select_related("proposed_by").first(),
        "publication": public.publication_of(c.id),
    }
    return render(request, "ledger/commitment.html", context)


def chart(view: LedgerView, term: TermStatus) -> Any:
    """Conduct of the kind that the term is about, by those bound, in its scope, before and after."""
    made = term.test.start or view.commitment.made
    types = term.test.breach_types
    if made is None or not types:
        return ""
    places = tuple(p.id or p.name or p.text for p in term.test.scope)
    where = Filter(types=types, places=places, since=made - timedelta(days=30), until=made + timedelta(days=120))
    bound = tuple(p.id for p in term.test.bound if p.id)
    per_day = book().per_day(replace(where, actors=bound) if bound else where)
    effort = book().reports_per_day(Filter(places=places, since=where.since, until=where.until))
    if not per_day and not effort:
        return ""  # no act on days with reports is worth a look; no report at all shows nothing
    blind = [(limit.start, limit.end or date.max - timedelta(days=2)) for limit in view.limits]
    return charts.conduct(per_day, effort, made, term.test.until, blind)


@require_POST
@needs(May.REVIEW)
def judge(request: HttpRequest, pid: str) -> HttpResponse:
    """Confirm a finding or set it aside; both need a reason, and both can be taken back."""
    view = commitment_or_404(pid, request.user)
    fid, wanted = request.POST.get("finding", ""), request.POST.get("judgement", "")
    if fid not in {f.id for f in view.findings} or wanted not in {j.value for j in Judgement}:
        raise Http404
    form = Reason(request.POST)
    if not form.is_valid():
        return error_page(request, 400, str(T("الحكم يحتاج إلى سبب", "A judgement needs a reason")))
    if review.frozen(view.commitment.id):
        raise review.Frozen(view.commitment.id)
    book().judge_finding(fid, wanted, who=review.who(request.user), reason=form.cleaned_data["reason"])
    messages.success(request, str(T("حُفظ الحكم", "Judgement kept")))
    return redirect("commitment", view.commitment.id)


@require_POST
@needs(May.REVIEW)
def merge(request: HttpRequest, pid: str) -> HttpResponse:
    view = commitment_or_404(pid, request.user)
    other = commitment_or_404(request.POST.get("other", "").strip().upper()[:20], request.user)
    review.merge(view.commitment.id, other.commitment.id, request.user, request.POST.get("reason", "")[:500])
    return redirect("commitment", view.commitment.id)


@require_POST
@needs(May.REVIEW)
def propose(request: HttpRequest, pid: str) -> HttpResponse:
    view = commitment_or_404(pid, request.user)
    review.propose(
        "commitment",
        view.commitment.id,
        request.user,
        request.POST.get("note", "")[:500],
        view.commitment.version,
    )
    return redirect("commitment", view.commitment.id)


class LimitForm(forms.Form):
    place = forms.CharField(
        label=T("أين تعذّر الرصد", "Where nobody could look"),
        max_length=120,
        widget=forms.TextInput({"dir": "auto"}),
    )
    start = forms.DateField(label=T("من", "From"), widget=forms.DateInput({"type": "date"}))
    end = forms.DateField(label=T("إلى", "To"), required=False, widget=forms.DateInput({"type": "date"}))
    why = forms.CharField(label=T("لماذا", "Why"), max_length=300, widget=forms.TextInput({"dir": "auto"}))


@require_POST
@needs(May.REVIEW)
def limit_add(request: HttpRequest) -> HttpResponse:
    form = LimitForm(request.POST)
    if not form.is_valid():
        return error_page(request, 400, "; ".join(f"{k}: {v[0]}" for k, v in form.errors.items()))
    d = form.cleaned_data
    book().add_limit(d["place"], d["start"], d["end"], why=d["why"], who=review.who(request.user))
    return redirect("ledger")


@require_POST
@needs(May.REVIEW)
def limit_drop(request: HttpRequest, pk: int) -> HttpResponse:
    book().remove_limit(pk, who=review.who(request.user), reason=request.POST.get("reason", "")[:300] or "withdrawn")
    return redirect("ledger")
