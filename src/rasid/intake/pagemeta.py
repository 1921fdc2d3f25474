"""What a page says of itself: title, day, publisher, address, language; from JSON-LD, meta tags and visible
marks.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from lxml import html

from rasid.intake.days import find_day, metadata_day

_DATE_META = (
    "article:published_time",
    "og:published_time",
    "og:article:published_time",
    "datepublished",
    "date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "published_time",
    "dc.date",
    "dc.date.issued",
    "dc.date.created",
    "dcterms.created",
    "dcterms.date",
    "dcterms.issued",
    "parsely-pub-date",
    "sailthru.date",
    "article.published",
    "cxenseparse:recs:publishtime",
    "originalpublicationdate",
)
_DATE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:date|time|published|posted|publish|entry-meta|post-meta|article-meta|meta)",
    re.IGNORECASE,
)
_OTHERS = re.compile(r"comment|respond|related|recommend|sidebar|widget|popular|latest", re.IGNORECASE)
_TITLE_CLASS = re.compile(r"title|headline", re.IGNORECASE)
_SAVED_FROM = re.compile(r"saved from url=\(\d+\)(\S+)")
_ARCHIVED = re.compile(r"^https?://web\.archive\.org/web/\d+[a-z_]*/(.*)$")
_URL_DAY = re.compile(r"/((?:19|20)\d\d)/(\d{1,2})/(\d{1,2})(?:/|$)")
_SUFFIX = re.compile(r"\s+[|\-–—»«:•·]+\s+")


@dataclass(frozen=True, slots=True)
class PageMeta:
    """What a page says of itself; None where it says nothing."""

    title: str | None = None
    published: date | None = None
    publisher: str | None = None
    url: str | None = None
    language: str | None = None
    article: str | None = None
    """The text of the article where JSON-LD holds it."""


def page_meta(tree: html.HtmlElement, url: str | None = None) -> PageMeta:
    """The metadata of a parsed page. ``url``: its address where the carrier knows it."""
    linked = list(_linked_data(tree))
    address = _archived(url or _address(tree))
    publisher = _publisher(tree, linked, address)
    return PageMeta(
        title=_title(tree, linked, publisher),
        published=_published(tree, linked, address),
        publisher=publisher,
        url=address,
        language=(tree.get("lang") or "").split("-")[0].lower() or None,
        article=next((b for d in linked if isinstance(b := d.get("articleBody"), str)), None),
    )


def _linked_data(tree: html.HtmlElement) -> Iterator[dict[str, Any]]:
    """The articles in the page's JSON-LD; broken JSON is common and says nothing."""
    for script in tree.iterfind(".//script[@type='application/ld+json']"):
        try:
            data = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        for item in _items(data):
            kind = item.get("@type")
            kinds = kind if isinstance(kind, list) else [kind]
            if any(isinstance(k, str) and k.endswith(("Article", "Posting", "Report")) for k in kinds):
                yield item


def _items(data: Any) -> Iterator[dict[str, Any]]:
    if isinstance(data, list):
        for part in data[:50]:
            yield from _items(part)
    elif isinstance(data, dict):
        yield data
        graph = data.get("@graph")
        if isinstance(graph, list):
            yield from (g for g in graph if isinstance(g, dict))


def _metas(tree: html.HtmlElement) -> dict[str, str]:
    out: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        content = (meta.get("content") or "").strip()
        if name and content:
            out.setdefault(name, content)
    return out


def _address(tree: html.HtmlElement) -> str | None:
    for link in tree.iterfind(".//link[@rel='canonical']"):
        if (link.get("href") or "").startswith("http"):
            return str(link.get("href"))
    found = _metas(tree).get("og:url")
    if found and found.startswith("http"):
        return found
    for comment in tree.getroottree().xpath("//comment()")[:5]:
        m = _SAVED_FROM.search(comment.text or "")
        if m:
            return m.group(1)
    return None


def _archived(url: str | None) -> str | None:
    """The address behind one of the Wayback Machine."""
    m = _ARCHIVED.match(url or "")
    return m.group(1) if m else url


def _publisher(tree: html.HtmlElement, linked: list[dict[str, Any]], url: str | None) -> str | None:
    for item in linked:
        who = item.get("publisher")
        name = who.get("name") if isinstance(who, dict) else who
        if isinstance(name, str) and name.strip():
            return name.strip()
    metas = _metas(tree)
    for key in ("og:site_name", "application-name", "dc.publisher"):
        if metas.get(key):
            return metas[key]
    host = (urlsplit(url).hostname or "").removeprefix("www.") if url else ""
    return _named_in_title(tree) or host or None


def _named_in_title(tree: html.HtmlElement) -> str | None:
    """The site's name, where the page's title is the headline of the page and one thing more."""
    page = " ".join((tree.findtext(".//title") or "").split())
    for h in tree.iter("h1"):
        head = " ".join(h.text_content().split())
        if head and page.startswith(head) and (m := _SUFFIX.match(page, len(head))):
            name = page[m.end() :].strip()
            return name if 0 < len(name) <= 60 and not _SUFFIX.search(name) else None
    return None


def _title(tree: html.HtmlElement, linked: list[dict[str, Any]], publisher: str | None) -> str | None:
    """The headline: an h1 that the page's title repeats, else JSON-LD, else og:title or the title without the
    site's name.
    """
    metas = _metas(tree)
    page = " ".join((tree.findtext(".//title") or "").split())
    named = " ".join(metas.get("og:title", "").split())
    heads = [" ".join(h.text_content().split()) for h in tree.iter("h1")]
    for head in (*heads, *_titled(tree)):
        if len(head) > 8 and (head in page or head in named):
            return head
    for item in linked:
        if isinstance(item.get("headline"), str) and item["headline"].strip():
            return " ".join(item["headline"].split())
    heads = [h for h in heads if len(h.split()) >= 3]
    if not named and len(heads) == 1:
        return heads[0]
    return _without_site(named or page, publisher) or next(iter(heads), None)


def _titled(tree: html.HtmlElement) -> Iterator[str]:
    """Lower headings that are marked up as the title of the post."""
    for h in tree.iter("h2", "h3"):
        if _TITLE_CLASS.search(h.get("class") or ""):
            yield " ".join(h.text_content().split())


def _without_site(title: str, publisher: str | None) -> str | None:
    parts = _SUFFIX.split(title)
    if len(parts) > 1 and (parts[-1] == publisher or len(parts[-1]) < len(parts[0]) / 2):
        title = title[: title.rindex(parts[-1])]
    return title.strip(" |-–—»«:•·") or None


def _published(tree: html.HtmlElement, linked: list[dict[str, Any]], url: str | None) -> date | None:
    for item in linked:
        day = metadata_day(item.get("datePublished"))
        if day:
            return day
    metas = _metas(tree)
    for key in _DATE_META:
        day = metadata_day(metas.get(key))
        if day:
            return day
    return _marked(tree) or _url_day(url)


def _marked(tree: html.HtmlElement) -> date | None:
    """A day in a <time> or in a short element that is marked up as a date."""
    for el in tree.xpath("//*[@itemprop='datePublished'] | //time | //abbr[contains(@class, 'published')]"):
        stated = el.get("datetime") or el.get("content") or el.get("title") or el.text_content()
        day = metadata_day(stated)
        if day and not _framed(el):
            return day
    for el in tree.iter("span", "div", "p", "li", "small", "td", "b", "font", "a"):
        mark = f"{el.get('class') or ''} {el.get('id') or ''}"
        if mark.strip() and _DATE_CLASS.search(mark):
            text = el.text_content()
            found = find_day(text) if len(text) < 160 else None
            if found and not _framed(el):
                return found[0]
    return None


def _framed(el: html.HtmlElement) -> bool:
    """Does an element lie in a comment, among related posts or in a side bar?"""
    return any(
        _OTHERS.search(f"{a.get('id') or ''} {a.get('class') or ''}") and a.find(".//h1") is None
        for a in el.iterancestors()
        if a.tag not in {"body", "html"}
    )


def _url_day(url: str | None) -> date | None:
    m = _URL_DAY.search(url or "")
    return metadata_day("-".join(m.groups())) if m else None
