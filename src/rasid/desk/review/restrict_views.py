"""Closing a record to all but some people, and removing a report for safety of life."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from rasid.desk.core import audit
from rasid.desk.core.access import commitment_or_404, incident_or_404, report_or_404
from rasid.desk.core.doors import fresh, needs
from rasid.desk.core.models import Identity, Restriction, User
from rasid.desk.core.roles import May
from rasid.desk.public.services import withdraw_reports_trace
from rasid.desk.shelf import book
from rasid.desk.words import T

OPENERS = {"report": report_or_404, "incident": incident_or_404, "commitment": commitment_or_404}


class RestrictForm(forms.Form):
    people = forms.ModelMultipleChoiceField(
        label=T("من يراه", "Who may see it"),
        queryset=User.objects.filter(is_active=True).order_by("username"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    reason = forms.CharField(label=T("السبب", "Reason"), max_length=500, widget=forms.TextInput({"dir": "auto"}))
    lift = forms.BooleanField(
        label=T("ارفع القيد: يراه الجميع", "Lift the restriction: everybody sees it"), required=False
    )


@needs(May.RESTRICT)
def restrict(request: HttpRequest, kind: str, record: str) -> HttpResponse:
    if kind not in OPENERS:
        raise Http404
    OPENERS[kind](record, request.user)
    held = Restriction.objects.filter(kind=kind, record=record).first()
    form = RestrictForm(
        request.POST or None,
        initial={
            "people": held.people.all() if held else [request.user],
            "reason": held.reason if held else "",
        },
    )
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["lift"]:
            Restriction.objects.filter(kind=kind, record=record).delete()
            audit.note("record.opened", by=request.user, record=record, reason=form.cleaned_data["reason"])
        else:
            held, _ = Restriction.objects.update_or_create(
                kind=kind,
                record=record,
                defaults={"reason": form.cleaned_data["reason"], "made_by": request.user},
            )
            held.people.set(form.cleaned_data["people"])
            names = [audit.actor_of(u) for u in form.cleaned_data["people"]]
            audit.note(
                "record.restricted",
                by=request.user,
                record=record,
                people=names,
                reason=form.cleaned_data["reason"],
            )
        return redirect(kind, record)
    return render(request, "review/restrict.html", {"form": form, "kind": kind, "record": record, "held": held})


class ExpungeForm(forms.Form):
    reason = forms.CharField(
        label=T("السبب (لا تكتب فيه ما يدل على أحد)", "Reason (name nobody in it)"),
        max_length=300,
        widget=forms.TextInput({"dir": "auto"}),
    )
    again = forms.CharField(
        label=T("اكتب رقم التقرير للتأكيد", "Type the report’s id to confirm"),
        max_length=200,
        widget=forms.TextInput({"dir": "ltr", "autocomplete": "off"}),
    )


@needs(May.EXPUNGE)
@fresh
def expunge(request: HttpRequest, rid: str) -> HttpResponse:
    """Final: bytes, text and claims go, and what was published of it; hashes stay as a tombstone in the
    chain.
    """
    held = report_or_404(rid, request.user)
    form = ExpungeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["again"].strip() != rid:
            form.add_error("again", str(T("ليس هذا رقمه", "That is not its id")))
        else:
            told = {c.incident for c in held.claims if c.incident} | {
                c.commitment for c in held.commitments if c.commitment
            }
            Identity.objects.filter(report=rid).delete()
            book().expunge(rid, who=audit.actor_of(request.user), reason=form.cleaned_data["reason"])
            withdraw_reports_trace(sorted(told), request.user)
            messages.success(
                request,
                str(T("أُزيل التقرير، وبقي شاهد في السجل", "The report is gone; a tombstone stays in the log")),
            )
            return redirect("queue")
    return render(request, "review/expunge.html", {"form": form, "report": held})
