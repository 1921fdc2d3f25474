"""What every template knows: the desk's name, the language and its counterpart, what the person may do."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils.translation import get_language

from rasid.desk.core.policy import policy
from rasid.desk.core.roles import May
from rasid.desk.words import T

#: name of the address, words, right; in the order of the day's work
SECTIONS = (
    ("overview", T("الجديد", "New"), May.SEE),
    ("inbox", T("الوارد", "Inbox"), May.CONTRIBUTE),
    ("queue", T("المراجعة", "Review"), May.SEE_ORIGINALS),
    ("incidents", T("الحوادث", "Incidents"), May.SEE),
    ("map", T("الخريطة", "Map"), May.SEE),
    ("ledger", T("التعهّدات", "Ledger"), May.SEE),
    ("bulletins", T("النشرات", "Bulletins"), May.SEE),
    ("exports", T("ملفات", "Exports"), May.EXPORT),
    ("letters", T("رسائل", "Letters"), May.PUBLISH),
    ("people", T("الناس", "People"), May.ADMINISTER),
    ("settings", T("السياسة", "Policy"), May.ADMINISTER),
    ("log", T("السجل", "Log"), May.SEE_LOG),
)


class Rights:
    """``{% if may.review %}`` in templates."""

    def __init__(self, user: Any) -> None:
        self.user = user

    def __getitem__(self, what: str) -> bool:
        return bool(self.user.is_authenticated and self.user.may(May(what)))


def sections(request: HttpRequest) -> list[dict[str, Any]]:
    """The desk's sections that this person may enter; the one we are in is marked."""
    if not request.user.is_authenticated:
        return []
    out = []
    for name, words, right in SECTIONS:
        if request.user.may(right):
            url = reverse(name)
            out.append({"url": url, "name": str(words), "on": request.path.startswith(url)})
    return out


def desk(request: HttpRequest) -> dict[str, Any]:
    lang = "ar" if (get_language() or "ar").startswith("ar") else "en"
    other = "en" if lang == "ar" else "ar"
    here = request.get_full_path()
    return {
        "user": request.user,
        "lang": lang,
        "dir": "rtl" if lang == "ar" else "ltr",
        "other": other,
        "other_url": translate_url(here, other),
        "nav": sections(request),
        "may": Rights(request.user),
        "policy": policy(),
        "here": request.path,
    }
