"""Telegram Desktop exports in their other form, pages (``messages.html``, ``messages2.html``, …)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from rasid.errors import InputError
from rasid.intake.building import Found, clean, document
from rasid.intake.carrier import Carrier, Failure, Options, Raw
from rasid.intake.encoding import decode
from rasid.intake.repeated import channel_lines, repeated_lines
from rasid.model.document import Document

if TYPE_CHECKING:
    from lxml.html import HtmlElement


def _claims(raw: Raw) -> int:
    head = raw.head_text
    return 3 if 'class="page_wrap"' in head and "chat_page" in head and 'class="history"' in head else 0


def _read(raw: Raw, options: Options) -> Iterator[Document | Failure]:
    from lxml import html

    tree = html.document_fromstring(decode(raw.read(options.limits)).text)
    channel = _first_text(tree, "//div[contains(@class, 'page_header')]//div[contains(@class, 'text')]")
    found = [f for m in tree.xpath("//div[starts-with(@id, 'message')]") if (f := _found(m, channel, raw))]
    if not found:
        raise InputError("no message with text", where=raw.name, mend="export the channel with its messages")
    edges = repeated_lines(f.body for f in found)
    for f in found:
        f.masked = channel_lines(f.body, edges)
        yield document(f, "telegram", options)


def _found(message: HtmlElement, channel: str | None, raw: Raw) -> Found | None:
    """One message with text; a forwarded one keeps where it came from."""
    texts = message.xpath(".//div[contains(concat(' ', @class, ' '), ' text ')]")
    if not texts or "service" in (message.get("class") or ""):
        return None
    body = clean("\n".join(_lines(t) for t in texts))
    if not any(c.isalpha() for c in body):
        return None
    dates = message.xpath(".//div[contains(@class, 'date')]/@title")
    forwarded = _first_text(message, ".//div[contains(@class, 'forwarded')]//div[contains(@class, 'from_name')]")
    number = message.get("id").removeprefix("message")
    from lxml import etree

    return Found(
        body=body,
        id=f"{raw.stem.rpartition('/')[0] or channel or raw.stem}/{number}".lstrip("/"),
        publisher=channel,
        published=dates[0] if dates else None,
        original=etree.tostring(message, encoding="utf-8"),
        capture={
            "tool": "Telegram Desktop",
            **({"time": dates[0]} if dates else {}),
            **({"forwarded_from": forwarded} if forwarded else {}),
        },
    )


def _lines(text: HtmlElement) -> str:
    for br in text.iter("br"):
        br.tail = "\n" + (br.tail or "")
    return "\n".join(line.strip() for line in text.text_content().split("\n"))


def _first_text(tree: Any, path: str) -> str | None:
    for el in tree.xpath(path):
        # the date of the original stands inside the name
        name = " ".join((el.text or "").split())
        if name:
            return name
    return None


CARRIER = Carrier("telegram page", "a Telegram Desktop export (messages.html)", (".html",), _claims, _read)
