"""Records of any source (JSON lines, JSON lists, CSV rows) as reports: which field is the text, the day, the
link.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from rasid.errors import InputError
from rasid.intake.building import Found

#: Names of fields, the surest first; compared without case, spaces, dashes and underscores.
NAMES: dict[str, tuple[str, ...]] = {
    "text": (
        "text",
        "body",
        "content",
        "fulltext",
        "message",
        "articlebody",
        "posttext",
        "tweettext",
        "post",
        "tweet",
        "caption",
        "description",
        "summary",
        "النص",
        "نص",
        "المحتوى",
        "الخبر",
        "المنشور",
        "التغريدة",
        "الرسالة",
        "نصالخبر",
        "نصالمنشور",
    ),
    "title": ("title", "headline", "subject", "العنوان", "عنوان"),
    "id": ("id", "idstr", "postid", "tweetid", "messageid", "guid", "uuid", "key", "الرقم", "المعرف", "رقم"),
    "url": ("url", "link", "permalink", "href", "posturl", "tweeturl", "sourceurl", "الرابط", "رابط"),
    "published": (
        "published",
        "publishedat",
        "publisheddate",
        "datepublished",
        "pubdate",
        "date",
        "createdat",
        "created",
        "createdtime",
        "timestamp",
        "datetime",
        "time",
        "posted",
        "postedat",
        "publishdate",
        "تاريخالنشر",
        "التاريخ",
        "تاريخ",
    ),
    "publisher": (
        "publisher",
        "outlet",
        "channel",
        "channelname",
        "channeltitle",
        "sitename",
        "site",
        "source",
        "page",
        "pagename",
        "author",
        "username",
        "screenname",
        "account",
        "user",
        "from",
        "المصدر",
        "الناشر",
        "القناة",
        "الصفحة",
        "الحساب",
        "الكاتب",
    ),
    "language": ("language", "lang", "اللغة"),
}


def _plain(name: object) -> str:
    return "".join(c for c in str(name).casefold() if c.isalnum())


def mapping(names: list[str]) -> dict[str, str]:
    """For each part of a report the field of ``names`` that holds it; parts that none holds are left out."""
    have = {_plain(n): n for n in reversed(names)}
    found = {part: [have[a] for a in aliases if a in have] for part, aliases in NAMES.items()}
    return {part: fields[0] for part, fields in found.items() if fields}


def of_record(record: Mapping[str, Any], raw: bytes, *, where: str) -> Found:
    """One record as a report. Raises InputError where no field holds text."""
    report = record.get("report")
    if isinstance(report, Mapping):
        return _of_reading(report, raw, where)
    names = mapping([str(k) for k in record])
    title = _string(record.get(names.get("title", "")))
    text = _string(record.get(names.get("text", ""))) or ""
    if not text.strip() and not (title or "").strip():
        raise InputError("no text in it", where=where, mend="name the field of the text `text`")
    return Found(
        body=text,
        title=title,
        id=_string(record.get(names.get("id", ""))) or where,
        url=_string(record.get(names.get("url", ""))),
        publisher=_name(record.get(names.get("publisher", ""))),
        published=record.get(names.get("published", "")),
        language=_string(record.get(names.get("language", ""))),
        original=raw,
    )


def _of_reading(report: Mapping[str, Any], raw: bytes, where: str) -> Found:
    """A line in the shape of a Reading: ``report.text`` is the whole text, and offsets that others hold count
    in it.
    """
    text = report.get("text")
    if not isinstance(text, str) or not text.strip():
        raise InputError("report without text", where=where, mend="give report.text")
    basis = _string(report.get("published_basis"))
    return Found(
        body=text,
        title=_string(report.get("title")),
        id=_string(report.get("id")) or where,
        url=_string(report.get("url")),
        publisher=_string(report.get("publisher")),
        published=report.get("published"),
        basis=basis if basis in {"metadata", "dateline", "weekday", "given"} else None,
        language=_string(report.get("language")),
        sha256=_string(report.get("sha256")) or hashlib.sha256(text.encode("utf-8", "replace")).hexdigest(),
        original=raw,
        whole=True,
    )


def _string(value: object) -> str | None:
    """A value as text: strings, numbers, and lists of strings (one to a line)."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, (int, float)):
        return str(value)
    if isinstance(value, list):
        parts = [p for p in (_string(v) for v in value) if p]
        return "\n".join(parts) or None
    return None


def _name(value: object) -> str | None:
    """A publisher as text; exports often nest it ({"name": …, "username": …})."""
    if isinstance(value, Mapping):
        for key in ("title", "name", "displayname", "username", "screen_name"):
            if isinstance(value.get(key), str):
                return str(value[key])
        return None
    return _string(value)
