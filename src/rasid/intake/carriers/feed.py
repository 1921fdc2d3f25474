"""RSS and Atom files: each entry is a report."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from rasid.errors import InputError
from rasid.intake.building import Found, document
from rasid.intake.carrier import Carrier, Failure, Options, Raw
from rasid.model.document import Document

_ROOT = re.compile(r"<(?:rss|feed|rdf:RDF)[\s>]", re.IGNORECASE)
_DATE_FIELDS = ("published", "dc_date", "created", "updated")


def _claims(raw: Raw) -> int:
    start = raw.head_text.lstrip()[:2000]
    if _ROOT.search(start) and "<html" not in start.lower():
        return 3
    return 1 if raw.suffix in {".rss", ".atom"} else 0


def _read(raw: Raw, options: Options) -> Iterator[Document | Failure]:
    import feedparser

    data = raw.read(options.limits)
    # entities that name others a billion times over need no feed reader to be refused
    if b"<!ENTITY" in data[:20_000]:
        raise InputError("declares entities of its own", where=raw.name, mend="save the feed again")
    # bytes only: given a string, feedparser may take it for an address and fetch it
    feed = feedparser.parse(data, sanitize_html=False, resolve_relative_uris=False)
    if not feed.entries:
        raise InputError("no entry in the feed", where=raw.name, mend="save the feed again")
    publisher = feed.feed.get("title")
    for number, entry in enumerate(feed.entries, 1):
        where = f"{raw.short}:{number}"
        yield _one(entry, where, publisher, options)


def _one(entry: Any, where: str, publisher: str | None, options: Options) -> Document | Failure:
    body = plain(_content(entry))
    title = plain(entry.get("title") or "")
    if not body and not title:
        return Failure(where, "entry without title and text", "")
    found = Found(
        body="" if body == title else body,
        title=" ".join(title.split()),
        id=entry.get("id") or entry.get("link") or where,
        url=entry.get("link"),
        publisher=(entry.get("source") or {}).get("title") or publisher,
        published=_published(entry),
        original=repr(sorted((k, str(v)) for k, v in entry.items())).encode("utf-8", "replace"),
        capture={"tool": "feedparser"},
    )
    return document(found, "feed", options)


def _content(entry: Any) -> str:
    """The fullest of the entry's texts."""
    texts = [c.get("value") or "" for c in entry.get("content") or []]
    texts += [entry.get("summary") or ""]
    return max(texts, key=len)


def _published(entry: Any) -> object:
    for name in _DATE_FIELDS:
        if entry.get(name):
            parsed = entry.get(f"{name}_parsed")
            # feedparser gives UTC; the day as written is the outlet's own
            return entry[name] if _has_digits(entry[name]) else _utc(parsed)
    return None


def _has_digits(value: str) -> bool:
    return any(c.isdigit() for c in value)


def _utc(parsed: Any) -> datetime | None:
    return datetime.fromtimestamp(calendar.timegm(parsed), UTC) if parsed else None


def plain(markup: str) -> str:
    """Text of a fragment of HTML, a line for each block; text without tags comes back as it is."""
    if "<" not in markup and "&" not in markup:
        return markup.strip()
    from lxml import html

    tree = html.fromstring(f"<div>{markup}</div>")
    for el in tree.iter("script", "style", "figure", "iframe"):
        el.text = None
        for child in list(el):
            el.remove(child)
    for el in tree.iter("br"):
        el.tail = "\n" + (el.tail or "")
    for el in tree.iter("p", "div", "li", "h1", "h2", "h3", "h4", "blockquote", "tr"):
        el.tail = "\n" + (el.tail or "")
    lines = (" ".join(line.split()) for line in tree.text_content().split("\n"))
    return "\n".join(line for line in lines if line)


CARRIER = Carrier("feed", "an RSS or Atom file", (".rss", ".atom", ".xml"), _claims, _read)
