"""Plain text files, and text at hand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from rasid.errors import InputError
from rasid.intake.building import Found, clean, document, split_title
from rasid.intake.carrier import Carrier, Failure, Options, Raw
from rasid.intake.encoding import decode
from rasid.model.document import Document

_ARABIC = re.compile("[\u0621-\u064a]")


def of_text(
    text: str,
    *,
    title: str | None = None,
    published: date | None = None,
    id: str = "",
    url: str | None = None,
    publisher: str | None = None,
) -> Document:
    """A Document of text at hand (pasted, typed). A title apart is put first; a first line that looks like
    one is taken.
    """
    if title is None:
        title, text = split_title(clean(text))
    found = Found(body=text, title=title, id=id, url=url, publisher=publisher)
    return document(found, "text", Options(published=published))


def _claims(raw: Raw) -> int:
    head = raw.head_text
    if raw.suffix in {".txt", ".text", ".md", ""}:
        return 1 if head else 0
    # a text under a strange name, but neither a program nor a style sheet
    return 1 if len(_ARABIC.findall(head)) > 0.3 * len(head) else 0


def _read(raw: Raw, options: Options) -> Iterator[Document | Failure]:
    data = raw.read(options.limits)
    decoded = decode(data)
    text = clean(decoded.text)
    if not any(c.isalpha() for c in text):
        raise InputError("no words in it", where=raw.name, mend="give a text")
    title, body = split_title(text)
    warnings = (decoded.warning,) if decoded.warning else ()
    capture = {"encoding": decoded.encoding, "file": raw.short}
    found = Found(body, title, id=raw.stem, original=data, warnings=warnings, capture=capture)
    yield document(found, "text", options)


CARRIER = Carrier("text", "plain text", (".txt",), _claims, _read)
