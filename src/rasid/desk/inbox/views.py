"""The inbox: what people bring, what feeds bring, and how the work on it goes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from rasid.desk.core import audit, throttle
from rasid.desk.core.doors import needs
from rasid.desk.core.errors import page
from rasid.desk.core.roles import May
from rasid.desk.inbox import forms, services
from rasid.desk.inbox.models import Feed, Job
from rasid.desk.shelf import book
from rasid.desk.words import T
from rasid.errors import InputError


def _jobs(request: HttpRequest) -> Any:
    mine = Job.objects.select_related("made_by").exclude(kind="export").order_by("-pk")
    return mine if request.user.may(May.PUBLISH) else mine.filter(made_by=request.user)


def _inbox(request: HttpRequest, status: int = 200, **given: Any) -> HttpResponse:
    shown = {
        "paste": forms.Paste(),
        "files": forms.Files(),
        "address": forms.Address(),
        "feed_form": forms.FeedForm(),
        "jobs": _jobs(request)[:12],
        "feeds": Feed.objects.order_by("title", "url"),
        "tab": request.GET.get("tab", "paste"),
    }
    return render(request, "inbox/inbox.html", shown | given, status=status)


@needs(May.CONTRIBUTE)
def inbox(request: HttpRequest) -> HttpResponse:
    return _inbox(request)


@require_POST
@needs(May.CONTRIBUTE)
def paste(request: HttpRequest) -> HttpResponse:
    """Read pasted text at once: it is short, and the person waits for the review page."""
    form = forms.Paste(request.POST)
    if not form.is_valid():
        return _inbox(request, 400, paste=form)
    held = form.cleaned_data
    try:
        document = services.pasted(
            held["text"],
            title=held["title"],
            published=held["published"],
            publisher=held["publisher"],
            url=held["url"],
        )
    except InputError as e:
        form.add_error("text", e.what)
        return _inbox(request, 400, paste=form)
    if book().holds(document):
        messages.warning(
            request,
            str(
                T(
                    "هذا التقرير محفوظ من قبل، ولم يُضف ثانية",
                    "This report is kept already; it was not added again",
                )
            ),
        )
        return redirect("report", document.key)
    kept = services.keep(document, request.user)
    if held["source"]:
        services.protect(kept.added.report, held["source"], request.user)
    if kept.added.copy_of:
        messages.warning(
            request,
            str(
                T(
                    "نصّ يكاد يطابق تقريرًا سابقًا؛ يُعدّان مصدرًا واحدًا",
                    "The text nearly equals an earlier report; they count as one source",
                )
            ),
        )
    return redirect("report", kept.added.report)


@require_POST
@needs(May.CONTRIBUTE)
def upload(request: HttpRequest) -> HttpResponse:
    form = forms.Files(request.POST, request.FILES)
    if not form.is_valid():
        return _inbox(request, 400, files=form, tab="files")
    for f in form.cleaned_data["files"]:
        stored = services.set_down(f.chunks())
        given = form.cleaned_data["published"]
        services.enqueue(
            "file",
            request.user,
            stored=stored,
            name=services.clean_name(f.name),
            published=given.isoformat() if given else None,
        )
    messages.success(request, str(T("وُضعت الملفات في الصف", "The files are in the queue")))
    return redirect("inbox")


@require_POST
@needs(May.CONTRIBUTE)
def address(request: HttpRequest) -> HttpResponse:
    if throttle.blocked("fetch", str(request.user.pk)):
        return page(request, 429)
    form = forms.Address(request.POST)
    if not form.is_valid():
        return _inbox(request, 400, address=form, tab="address")
    throttle.note("fetch", str(request.user.pk))
    services.enqueue("url", request.user, url=form.cleaned_data["url"])
    return redirect("inbox")


@require_POST
@needs(May.REVIEW)
def feed_new(request: HttpRequest) -> HttpResponse:
    form = forms.FeedForm(request.POST)
    if not form.is_valid():
        return _inbox(request, 400, feed_form=form, tab="feeds")
    url = form.cleaned_data["url"]
    feed, made = Feed.objects.get_or_create(
        url=url, defaults={"minutes": form.cleaned_data["minutes"], "made_by": request.user}
    )
    if made:
        audit.note("feed.added", by=request.user, record=f"feed:{feed.pk}", url=url)
    return redirect("inbox")


@require_POST
@needs(May.REVIEW)
def feed_switch(request: HttpRequest, pk: int) -> HttpResponse:
    feed = get_object_or_404(Feed, pk=pk)
    Feed.objects.filter(pk=pk).update(active=not feed.active)
    audit.note("feed.switched", by=request.user, record=f"feed:{pk}", active=not feed.active)
    return redirect("inbox")


@needs(May.CONTRIBUTE)
def jobs(request: HttpRequest) -> JsonResponse:
    """How the work goes, for the page that waits."""
    rows = [
        {"id": j.pk, "state": j.state, "done": j.done, "total": j.total, "says": j.says, "result": j.result}
        for j in _jobs(request)[:12]
    ]
    return JsonResponse({"ok": True, "rows": rows, "busy": any(r["state"] in ("waiting", "running") for r in rows)})


@needs(May.CONTRIBUTE)
def jobs_part(request: HttpRequest) -> HttpResponse:
    return render(request, "inbox/jobs.html", {"jobs": _jobs(request)[:12]})
