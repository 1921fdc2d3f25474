"""The public site: only what was published, in two languages, readable without a script."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from rasid.desk.bulletins.models import Bulletin
from rasid.desk.core import throttle
from rasid.desk.core.doors import needs
from rasid.desk.core.errors import page as error_page
from rasid.desk.core.numbers import day, whole
from rasid.desk.core.policy import policy
from rasid.desk.core.roles import May
from rasid.desk.public import services
from rasid.desk.public.models import Publication
from rasid.desk.shelf import book
from rasid.desk.words import T, label


def public_page(view: Any) -> Any:
    """A page of the public site: there while the policy has the site on, or for people of the desk."""

    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not policy().public_site and not request.user.is_authenticated:
            raise Http404
        return view(request, *args, **kwargs)

    guarded.__name__ = view.__name__
    return guarded


@public_page
def front(request: HttpRequest) -> HttpResponse:
    pledges = list(services.visible("commitment").order_by("-updated")[:6])
    context = {
        "incidents": services.search("incident")[:8],
        "pledges": pledges,
        "incident_count": services.visible("incident").count(),
        "pledge_count": services.visible("commitment").count(),
        "breached": services.visible("commitment").filter(payload__state="breached").count(),
        "bulletins": Bulletin.objects.filter(published__isnull=False).order_by("-end")[:4],
    }
    return render(request, "public/front.html", context)


@public_page
def incidents(request: HttpRequest) -> HttpResponse:
    q = request.GET
    found = services.search(
        "incident",
        type_=q.get("type", "")[:40],
        country=q.get("country", "")[:2].upper(),
        since=day(q.get("since")),
        until=day(q.get("until")),
    )
    page = Paginator(found, 30).get_page(whole(q.get("page"), 1, 1, 10_000))
    types = sorted(
        {
            p["payload__type"]
            for p in services.visible("incident").values("payload__type").distinct()
            if p["payload__type"]
        }
    )
    return render(
        request,
        "public/incidents.html",
        {
            "page": page,
            "types": [(t, label("incident_type", t)) for t in types],
            "total": page.paginator.count,
        },
    )


def _found(kind: str, record: str) -> Publication:
    held = services.by_id(kind, record)
    if held is None:
        raise Http404
    return held


@public_page
def incident(request: HttpRequest, record: str) -> HttpResponse:
    held = _found("incident", record)
    if held.record != record:
        return redirect("public:incident", held.record, permanent=True)
    linked = [p for p in services.visible("commitment") if any(f["incident"] == record for f in p.payload["findings"])]
    alike = (
        services.visible("incident")
        .filter(payload__type=held.payload["type"], payload__country=held.payload["country"])
        .exclude(pk=held.pk)
        .order_by("-day")[:4]
    )
    return render(request, "public/incident.html", {"p": held, "r": held.payload, "linked": linked, "related": alike})


@public_page
def incident_json(request: HttpRequest, record: str) -> JsonResponse:
    return JsonResponse({"ok": True, "row": _found("incident", record).payload})


@public_page
def pledges(request: HttpRequest) -> HttpResponse:
    page = Paginator(services.search("commitment", type_=request.GET.get("kind", "")[:20]), 30).get_page(
        whole(request.GET.get("page"), 1, 1, 10_000)
    )
    return render(request, "public/pledges.html", {"page": page})


@public_page
def pledge(request: HttpRequest, record: str) -> HttpResponse:
    held = _found("commitment", record)
    if held.record != record:
        return redirect("public:pledge", held.record, permanent=True)
    by_term = [
        {"t": t, "findings": [f for f in held.payload["findings"] if f["term"] == t["id"]]}
        for t in held.payload["terms"]
    ]
    return render(request, "public/pledge.html", {"p": held, "c": held.payload, "terms": by_term})


# ——— corrections


class CorrectionForm(forms.Form):
    message = forms.CharField(
        label=T("ما الذي يجب تصحيحه؟", "What should be corrected?"),
        min_length=10,
        max_length=4000,
        widget=forms.Textarea({"dir": "auto", "rows": 6}),
    )
    name = forms.CharField(
        label=T("اسمك", "Your name"),
        max_length=120,
        widget=forms.TextInput({"dir": "auto", "autocomplete": "name"}),
    )
    mail = forms.EmailField(
        label=T("بريدك (لا يُنشر أبدًا)", "Your mail (never published)"),
        max_length=200,
        widget=forms.EmailInput({"dir": "ltr", "autocomplete": "email"}),
    )
    # people never see this field; whoever fills it is a program
    website = forms.CharField(required=False, widget=forms.TextInput({"tabindex": "-1", "autocomplete": "off"}))


@public_page
def correct(request: HttpRequest, subject: str) -> HttpResponse:
    if (
        not services.visible().filter(record=subject).exists()
        and not Bulletin.objects.filter(slug=subject, published__isnull=False).exists()
    ):
        raise Http404
    form = CorrectionForm(request.POST or None)
    if request.method == "POST":
        where = throttle.address(request)
        if throttle.blocked("correction", where):
            return error_page(request, 429)
        if form.is_valid():
            throttle.note("correction", where)
            if not form.cleaned_data["website"]:
                services.take_correction(
                    subject,
                    form.cleaned_data["message"],
                    form.cleaned_data["name"],
                    form.cleaned_data["mail"],
                )
            messages.success(
                request,
                str(
                    T(
                        "وصلت؛ نقرؤها ونجيب في السجل العام",
                        "Received; we read it and answer in the public log",
                    )
                ),
            )
            return redirect("public:corrections")
    return render(
        request,
        "public/correct.html",
        {"form": form, "subject": subject},
        status=400 if request.method == "POST" else 200,
    )


@public_page
def corrections(request: HttpRequest) -> HttpResponse:
    return render(request, "public/corrections.html", {"rows": book().corrections(public=True)})


# ——— the desk's side of corrections


@needs(May.PUBLISH)
def letters(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "public/letters.html",
        {"rows": book().corrections(), "open": request.session.pop("sender", None)},
    )


@require_POST
@needs(May.PUBLISH)
def letter_answer(request: HttpRequest, pk: int) -> HttpResponse:
    if "sender" in request.POST:
        request.session["sender"] = {"id": pk, **services.sender(pk, request.user)}
        return redirect("letters")
    state = "accepted" if "accept" in request.POST else "refused"
    services.answer(pk, state, request.user, request.POST.get("public", "").strip()[:1000])
    return redirect("letters")


def robots(request: HttpRequest) -> HttpResponse:
    return HttpResponse("User-agent: *\nDisallow: /ar/desk/\nDisallow: /en/desk/\n", content_type="text/plain")
