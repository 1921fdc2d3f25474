"""The book's log as people see it, and the check of its chain."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from rasid.desk.core import audit
from rasid.desk.core.doors import needs
from rasid.desk.core.models import User
from rasid.desk.core.numbers import whole
from rasid.desk.core.roles import May
from rasid.desk.shelf import book

SIZE = 100


@needs(May.SEE_LOG)
def log(request: HttpRequest) -> HttpResponse:
    subject = request.GET.get("subject", "").strip()[:80]
    after = whole(request.GET.get("after"), 0)
    entries = book().log(after=after, size=SIZE, subject=subject or None)
    names = {f"user:{u.pk}": u.shown for u in User.objects.all()}
    rows = [{"entry": e, "who": names.get(e.who, e.who)} for e in entries]
    last = entries[-1].seq if len(entries) == SIZE else None
    return render(request, "core/log.html", {"rows": rows, "subject": subject, "last": last})


@require_POST
@needs(May.SEE_LOG)
def verify(request: HttpRequest) -> HttpResponse:
    found = book().verify()
    audit.note("log.verified", by=request.user, record="log", ok=found.ok, head=found.head)
    return render(request, "core/verified.html", {"found": found})
