"""Bulletins: built from a frozen snapshot, looked at, published, and served as they were built."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from rasid.desk.bulletins import services
from rasid.desk.bulletins.models import Bulletin
from rasid.desk.core.doors import needs
from rasid.desk.core.policy import policy
from rasid.desk.core.roles import May
from rasid.desk.words import T, arabic
from rasid.errors import InputError


class BulletinForm(forms.Form):
    title = forms.CharField(label=T("العنوان", "Title"), max_length=200, widget=forms.TextInput({"dir": "auto"}))
    start = forms.DateField(label=T("من", "From"), widget=forms.DateInput({"type": "date"}))
    end = forms.DateField(label=T("إلى", "To"), widget=forms.DateInput({"type": "date"}))
    area = forms.CharField(
        label=T("أماكن (تفصلها فاصلة)", "Places (comma between)"),
        max_length=300,
        required=False,
        widget=forms.TextInput({"dir": "auto"}),
    )
    note = forms.CharField(
        label=T("كلمة المحرر", "Editor’s note"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 3, "dir": "auto"}),
    )

    def clean(self) -> dict[str, Any]:
        held = super().clean() or {}
        if (
            held.get("start")
            and held.get("end")
            and not timedelta(0) <= held["end"] - held["start"] <= timedelta(days=400)
        ):
            self.add_error("end", str(T("المدة غير معقولة", "Not a sensible period")))
        return held


@needs(May.SEE)
def bulletins(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "bulletins/list.html",
        {"rows": Bulletin.objects.order_by("-end", "-pk"), "form": BulletinForm()},
    )


@require_POST
@needs(May.PUBLISH)
def build(request: HttpRequest) -> HttpResponse:
    form = BulletinForm(request.POST)
    if not form.is_valid():
        return render(
            request,
            "bulletins/list.html",
            {"rows": Bulletin.objects.order_by("-end", "-pk"), "form": form},
            status=400,
        )
    made = services.build(form.cleaned_data, request.user)
    return redirect("bulletin", made.slug)


@needs(May.SEE)
def bulletin(request: HttpRequest, slug: str) -> HttpResponse:
    held = get_object_or_404(Bulletin, slug=slug)
    return render(
        request,
        "bulletins/one.html",
        {"b": held, "two": policy().two_person and held.made_by_id == request.user.pk},
    )


@needs(May.SEE)
def preview(request: HttpRequest, slug: str) -> HttpResponse:
    return _document(get_object_or_404(Bulletin, slug=slug))


def _document(held: Bulletin) -> HttpResponse:
    """The bulletin as it was built: a page of its own, with its own style and nothing that runs."""
    answer = HttpResponse(held.html_ar if arabic() else held.html_en, content_type="text/html; charset=utf-8")
    answer["Content-Security-Policy"] = (
        "sandbox allow-top-navigation-by-user-activation; default-src 'none'; "
        "img-src data:; font-src data:; style-src "
        + " ".join(services.style_hashes(held.html_ar if arabic() else held.html_en))
    )
    answer["X-Frame-Options"] = "SAMEORIGIN"
    return answer


@require_POST
@needs(May.PUBLISH)
def publish(request: HttpRequest, slug: str) -> HttpResponse:
    held = get_object_or_404(Bulletin, slug=slug)
    try:
        services.publish(held, request.user)
    except InputError as e:
        messages.error(request, str(e))
    return redirect("bulletin", slug)


@needs(May.SEE)
def verify(request: HttpRequest, slug: str) -> HttpResponse:
    """Build it again from the snapshot and compare byte for byte."""
    held = get_object_or_404(Bulletin, slug=slug)
    same = services.rebuild(held) == (held.html_ar, held.html_en)
    (messages.success if same else messages.error)(
        request,
        str(
            T(
                "أُعيد بناؤها من اللقطة: مطابقة بايتًا ببايت",
                "Rebuilt from the snapshot: the same, byte for byte",
            )
            if same
            else T("لا تطابق ما نُشر", "It differs from what was published")
        ),
    )
    return redirect("bulletin", slug)


FILES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def _file(held: Bulletin, form: str) -> HttpResponse:
    """The same bulletin to print or to edit, made from the snapshot in the language of the page."""
    if form not in FILES:
        raise Http404
    name = f"rasid-{held.slug}-{'ar' if arabic() else 'en'}.{form}"
    return HttpResponse(
        services.as_file(held, form, "ar" if arabic() else "en"),
        content_type=FILES[form],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@needs(May.SEE)
def file(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    return _file(get_object_or_404(Bulletin, slug=slug), form)


# ——— the public side


def public_file(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    if not policy().public_site and not request.user.is_authenticated:
        raise Http404
    return _file(get_object_or_404(Bulletin, slug=slug, published__isnull=False), form)


def public_list(request: HttpRequest) -> HttpResponse:
    if not policy().public_site and not request.user.is_authenticated:
        raise Http404
    return render(
        request,
        "bulletins/public_list.html",
        {"rows": Bulletin.objects.filter(published__lte=timezone.now()).order_by("-end", "-pk")},
    )


def public_one(request: HttpRequest, slug: str) -> HttpResponse:
    if not policy().public_site and not request.user.is_authenticated:
        raise Http404
    return _document(get_object_or_404(Bulletin, slug=slug, published__isnull=False))
