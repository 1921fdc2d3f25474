"""Files out of the desk: asked for with a reason, approved by an editor where the policy says so, and
ending by themselves.
"""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from rasid.desk.core import audit
from rasid.desk.core.doors import needs
from rasid.desk.core.policy import policy
from rasid.desk.core.roles import May
from rasid.desk.inbox import services as inbox
from rasid.desk.incidents import files
from rasid.desk.incidents.models import Export
from rasid.desk.words import T


def ask_for(request: HttpRequest, what: str, name: str, query: str, reason: str) -> Export:
    """An export as the policy has it: at once for whoever may approve, else waiting for an editor."""
    free = not policy().export_needs_approval or request.user.may(May.APPROVE_EXPORT)
    made = Export.objects.create(
        user=request.user,
        what=what,
        format=name,
        query=query[:2000],
        reason=reason[:500],
        state=Export.APPROVED if free else Export.ASKED,
    )
    audit.note("export.asked", by=request.user, record=f"export:{made.pk}", what=what, format=name)
    if free:
        Export.objects.filter(pk=made.pk).update(decided_by=request.user, expires=_ends())
        inbox.enqueue("export", request.user, export=made.pk)
    return made


def _ends() -> object:
    return timezone.now() + timedelta(days=policy().export_days)


@needs(May.EXPORT)
def direct(request: HttpRequest, suffix: str, what: str) -> HttpResponse:
    """``/incidents.csv?…``: the list as it is filtered, as a file. The file is made here when no approval
    is needed.
    """
    name = files.by_suffix(suffix)
    if name is None:
        raise Http404
    if policy().export_needs_approval and not request.user.may(May.APPROVE_EXPORT):
        ask_for(request, what, name, request.GET.urlencode(), "")
        messages.info(
            request,
            str(T("طُلب الملف؛ ينتظر موافقة محرّر", "The file is asked for; an editor must approve it")),
        )
        return redirect("exports")
    path, rows, _ = files.write(what, name, request.GET.urlencode(), request.user)
    audit.note("export.made", by=request.user, record=what, format=name, rows=rows, query=request.GET.urlencode())
    opened = path.open("rb")
    path.unlink()
    return _file(opened, f"rasid-{what}.{suffix}", files.media_type(name))


def _file(opened: object, name: str, media: str) -> FileResponse:
    answer = FileResponse(opened, as_attachment=True, filename=name, content_type=media)  # type: ignore[arg-type]
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


@needs(May.EXPORT)
def exports(request: HttpRequest) -> HttpResponse:
    mine = Export.objects.select_related("user", "decided_by").order_by("-pk")
    if not request.user.may(May.APPROVE_EXPORT):
        mine = mine.filter(user=request.user)
    return render(
        request,
        "incidents/exports.html",
        {
            "exports": mine[:60],
            "formats": files.names(),
            "query": request.GET.get("query", ""),
            "what": request.GET.get("what", "incidents"),
        },
    )


@require_POST
@needs(May.EXPORT)
def ask(request: HttpRequest) -> HttpResponse:
    name, what = request.POST.get("format", ""), request.POST.get("what", "incidents")
    if name not in dict(files.names()) or what not in files.WHAT:
        raise Http404
    ask_for(request, what, name, request.POST.get("query", ""), request.POST.get("reason", ""))
    return redirect("exports")


@require_POST
@needs(May.APPROVE_EXPORT)
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    held = get_object_or_404(Export, pk=pk, state=Export.ASKED)
    if held.user_id == request.user.pk and policy().two_person:
        raise Http404
    approve = "approve" in request.POST
    Export.objects.filter(pk=pk, state=Export.ASKED).update(
        state=Export.APPROVED if approve else Export.REFUSED, decided_by=request.user, expires=_ends()
    )
    audit.note("export.approved" if approve else "export.refused", by=request.user, record=f"export:{pk}")
    if approve:
        inbox.enqueue("export", held.user, export=pk)
    return redirect("exports")


@needs(May.EXPORT)
def download(request: HttpRequest, pk: int) -> HttpResponse:
    """Only by who asked or who approved, only while it lasts; to anybody else there is no such file."""
    held = get_object_or_404(Export, pk=pk, state=Export.READY)
    if request.user.pk not in (held.user_id, held.decided_by_id) or (held.expires and held.expires < timezone.now()):
        raise Http404
    path = files.folder() / held.stored
    if not path.is_file():
        raise Http404
    audit.note("export.fetched", by=request.user, record=f"export:{pk}", sha256=held.sha256)
    return _file(
        path.open("rb"),
        f"rasid-{held.what}-{held.pk}.{files.suffix(held.format)}",
        files.media_type(held.format),
    )
