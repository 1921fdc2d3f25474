"""Tags of all templates: the two languages, labels, counts, days, addresses of files."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django import template
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.utils.html import format_html

from rasid.desk import gazetteer, words

register = template.Library()


@register.simple_tag
def t(ar: str, en: str) -> str:
    """``{% t "عربي" "English" %}``."""
    return ar if words.arabic() else en


@register.simple_tag
def counted(n: int, noun: str) -> str:
    return words.count(int(n or 0), noun)


@register.filter
def label(value: object, kind: str) -> str:
    return words.label(kind, value)


@register.filter
def say(sentence: str | None) -> str:
    """A sentence that the books made, in the current language."""
    return words.say(sentence)


@register.simple_tag
def timeline_line(entry: Any) -> str:
    """What a line of a timeline is about: the term's act, or who announced it."""
    if entry.ref and "." in entry.ref and entry.what in ("begins", "ends"):
        return words.label("term_act", entry.ref.split(".", 1)[1])
    return entry.text if entry.what in ("announced", "limit") else ""


@lru_cache(maxsize=100)
def _stamp(path: str) -> str:
    found = finders.find(path)
    return hashlib.sha256(open(found, "rb").read()).hexdigest()[:10] if found else "0"


@register.simple_tag
def asset(path: str) -> str:
    """Address of a static file with its content's hash, so that it may be kept long and never be stale."""
    return f"{static(path)}?v={_stamp(path)}"


_AR = [
    "يناير",
    "فبراير",
    "مارس",
    "أبريل",
    "مايو",
    "يونيو",
    "يوليو",
    "أغسطس",
    "سبتمبر",
    "أكتوبر",
    "نوفمبر",
    "ديسمبر",
]
_EN = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def say_day(value: date | None) -> str:
    if value is None:
        return ""
    return f"{value.day} {(_AR if words.arabic() else _EN)[value.month - 1]} {value.year}"


@register.filter
def on_day(value: Any) -> str:
    """A day (or the day of an instant, or an ISO text) in words, in an element that machines read too."""
    if isinstance(value, str) and value:
        value = date.fromisoformat(value[:10])
    if not value:
        return ""
    day = value.date() if isinstance(value, datetime) else value
    return format_html('<time datetime="{}">{}</time>', day.isoformat(), say_day(day))


@register.filter
def at_time(value: Any) -> str:
    if isinstance(value, str) and value:
        value = datetime.fromisoformat(value)
    if not value:
        return ""
    return format_html(
        '<time datetime="{}">{} <bdi>{}</bdi> UTC</time>',
        value.isoformat(),
        say_day(value.date()),
        f"{value:%H:%M}",
    )


@register.simple_tag
def days(start: Any, end: Any) -> str:
    """One day, or a range."""
    if not start and not end:
        return words.T("يوم غير مذكور", "day not stated").__str__()
    if start == end or not end:
        return on_day(start)
    if not start:
        return format_html("{} {}", words.T("حتى", "until"), on_day(end))
    return format_html("{} – {}", on_day(start), on_day(end))


@register.filter
def bounds(harm: Any) -> str:
    """``2``, ``2–5``, ``at least 3``, ``up to 4`` or a word for what nobody counted."""
    low, high = (harm.get("low"), harm.get("high")) if isinstance(harm, dict) else (harm.low, harm.high)
    if low is None and high is None:
        return str(words.T("عدد غير محدّد", "number not stated"))
    if low is None:
        return str(words.T("حتى %d", "up to %d") % high)
    if high is None:
        return str(words.T("%d على الأقل", "at least %d") % low)
    return str(low) if low == high else f"{low}–{high}"


@register.filter
def share(value: float | None) -> str:
    """A share as two decimals; a dash where nothing was counted."""
    return "–" if value is None else f"{value:.2f}"


@register.filter
def party(value: Any) -> str:
    """A party's neutral name in the current language; the words of the text where the registry has none."""
    get = value.get if isinstance(value, dict) else lambda k: getattr(value, k, None)
    return str((get("label_ar") if words.arabic() else get("label_en")) or get("label_ar") or get("text") or "")


@register.filter
def place(value: Any) -> str:
    """The gazetteer's name in the current language, the canonical name, or the words of the text."""
    get = value.get if isinstance(value, dict) else lambda k: getattr(value, k, None)
    known = gazetteer.place_names(get("id")) if get("id") else None
    return str(known or get("name") or get("text") or "")


@register.filter
def web_address(value: str | None) -> str:
    """An address that may become a link: http and https alone; a feed can name anything, scripts included."""
    return value if value and value.startswith(("http://", "https://")) else ""


@register.simple_tag(takes_context=True)
def query(context: dict[str, Any], **changes: object) -> str:
    """The current query string with some values set, or (None) taken away."""
    q = context["request"].GET.copy()
    for k, v in changes.items():
        q.pop(k, None)
        if v not in (None, ""):
            q[k] = str(v)
    return "?" + q.urlencode()


@register.inclusion_tag("core/field.html")
def field(bound: Any) -> dict[str, Any]:
    widget = bound.field.widget
    return {
        "f": bound,
        "checkbox": getattr(widget, "input_type", "") == "checkbox" and not hasattr(widget, "choices"),
        "many": bound.use_fieldset,
    }


@register.filter
def get(mapping: Any, key: str) -> Any:
    return mapping.get(key) if mapping else None


@register.filter
def unlocalize_number(value: Any) -> str:
    """A coordinate for a script: a dot, never a decimal comma."""
    return f"{float(value):.5f}" if value is not None else ""
