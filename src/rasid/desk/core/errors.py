"""Error pages: plain, in both languages, with no trace of what is behind them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rasid.desk.words import T

SAYS = {
    400: T("تعذّر فهم الطلب", "The request could not be understood"),
    403: T("انتهت صلاحية النموذج؛ أعد المحاولة من الصفحة", "The form has expired; please try again from its page"),
    404: T("لا توجد صفحة هنا", "There is no page here"),
    409: T("غيّر شخص آخر هذا السجل قبلك؛ أعد فتحه", "Somebody else changed this record before you; open it again"),
    429: T("محاولات كثيرة؛ انتظر قليلًا ثم أعد المحاولة", "Too many tries; wait a little and try again"),
    500: T("حدث خطأ في المنصّة؛ لم يُحفظ شيء", "Something broke at the desk; nothing was kept"),
}


def page(request: HttpRequest, status: int, detail: str = "") -> HttpResponse:
    if request.path.startswith("/api/"):
        from django.http import JsonResponse

        said = SAYS[status].en
        return JsonResponse(
            {"ok": False, "error": said, "errors": [detail] if detail else [], "status": status},
            status=status,
        )
    return render(request, "core/error.html", {"status": status, "says": SAYS[status], "detail": detail}, status=status)


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return page(request, 404)


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return page(request, 400)


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """Forbidden looks like missing, so that nobody learns what exists."""
    return page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    return page(request, 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return page(request, 403)
