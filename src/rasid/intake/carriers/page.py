"""Saved web pages: HTML, and the archives that browsers make of a page (MHTML, webarchive)."""

from __future__ import annotations

import email
import email.policy
import plistlib
import re
from collections.abc import Iterator

from rasid.errors import InputError
from rasid.intake.building import Found, document
from rasid.intake.carrier import Carrier, Failure, Options, Raw
from rasid.intake.encoding import decode
from rasid.model.document import Document

_CHARSET = re.compile(
    rb"""<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)|<\?xml[^>]+encoding\s*=\s*["']([\w-]+)""", re.IGNORECASE
)
_TAG = re.compile(r"<(?:!doctype\s+html|html|head|body|div|p|article|meta|table)[\s>]", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


def found_page(data: bytes, *, name: str, url: str | None = None, charset: str | None = None) -> Found:
    """The article of one page. Raises InputError where the page holds none."""
    from lxml import html

    from rasid.intake.article import article_text
    from rasid.intake.pagemeta import page_meta

    m = _CHARSET.search(data[:4096])
    declared = charset or (next(g for g in m.groups() if g).decode("ascii") if m else None)
    decoded = decode(data, declared=declared)
    source = _XML_DECLARATION.sub("", decoded.text.replace("\x00", ""))
    if not source.strip():
        raise InputError("empty page", where=name, mend="save the page again")
    tree = html.document_fromstring(source)
    meta = page_meta(tree, url)
    body = article_text(tree)
    if meta.article and len(body) < len(meta.article) / 3:
        body = meta.article
    if sum(c.isalpha() for c in body) < 20:
        raise InputError(
            "no article found in the page",
            where=name,
            mend="save the page once it is fully loaded, or paste the text",
        )
    return Found(
        body=_without_head(body, meta.title),
        title=meta.title,
        id=url or "",
        url=meta.url,
        publisher=meta.publisher,
        published=meta.published,
        language=meta.language,
        original=data,
        warnings=(decoded.warning,) if decoded.warning else (),
        capture={"encoding": decoded.encoding, "file": name, "tool": "trafilatura"},
    )


def _without_head(body: str, title: str | None) -> str:
    """The body without its headline, where the extraction kept that as a first line."""
    first, _, rest = body.partition("\n")
    return rest if title and " ".join(first.split()) == title and rest.strip() else body


def _claims(raw: Raw) -> int:
    start = raw.head_text.lstrip()[:3000].lower()
    if _is_mhtml(raw) or (raw.head.startswith(b"bplist00") and b"WebMainResource" in raw.head):
        return 3
    if start.startswith(("<!doctype html", "<html")):
        return 2
    if raw.suffix in {".html", ".htm", ".xhtml", ".mhtml", ".mht"}:
        return 2 if "<" in start else 0
    if start.startswith(("<rss", "<feed", "<?xml")) and "<html" not in start:
        return 0
    return 2 if start.startswith("<") and len(_TAG.findall(start)) >= 2 else 0


def _is_mhtml(raw: Raw) -> bool:
    head = raw.head[:3000].lower()
    return b"mime-version:" in head and b"multipart/related" in head


def _read(raw: Raw, options: Options) -> Iterator[Document | Failure]:
    data = raw.read(options.limits)
    page, url, charset = data, None, None
    if _is_mhtml(raw):
        page, url, charset = _of_mhtml(data, raw.name)
    elif data.startswith(b"bplist00"):
        page, url, charset = _of_webarchive(data)
    found = found_page(page, name=raw.short, url=url, charset=charset)
    found.original, found.id = data, raw.stem
    yield document(found, "page", options)


def _of_mhtml(data: bytes, name: str) -> tuple[bytes, str | None, str | None]:
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                return content, part.get("Content-Location"), part.get_content_charset()
    raise InputError("no page in the archive", where=name, mend="save the page as HTML")


def _of_webarchive(data: bytes) -> tuple[bytes, str | None, str | None]:
    main = plistlib.loads(data)["WebMainResource"]
    return bytes(main["WebResourceData"]), main.get("WebResourceURL"), main.get("WebResourceTextEncodingName")


CARRIER = Carrier("page", "a saved page (HTML)", (".html", ".htm", ".mhtml"), _claims, _read)
