"""From what a carrier found to a Document: text with the title first, furniture and bylines masked, day of
publication.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field, replace
from datetime import date

from rasid.intake.bylines import byline
from rasid.intake.carrier import Options
from rasid.intake.days import metadata_day
from rasid.intake.furniture import furniture, merged
from rasid.model.document import Document, Masked

_NEWLINES = re.compile(r"\r\n?|[\u2028\u2029\x0b\x0c]")
#: Never part of a text: controls, lone surrogates (from JSON escapes), noncharacters.
_ILLEGAL = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_BLANK = re.compile(r"[^\S\n]+\n|\n{3,}")
_LONGEST_TITLE = 300


@dataclass(slots=True)
class Found:
    """What a carrier found of one report, as it stands there. ``whole``: the text holds the title and its
    offsets count.
    """

    body: str
    title: str | None = None
    id: str = ""
    url: str | None = None
    publisher: str | None = None
    published: object = None
    basis: str | None = None
    language: str | None = None
    original: bytes | None = None
    sha256: str | None = None
    whole: bool = False
    unreliable_numbers: bool = False
    warnings: tuple[str, ...] = ()
    masked: tuple[tuple[str, str], ...] = ()
    """Lines or stretches of the body (verbatim) that the carrier knows to be no part of the report, each with
    why.
    """
    capture: dict[str, str] = field(default_factory=dict)


def document(found: Found, carrier: str, options: Options) -> Document:
    """The Document of one report."""
    text, title = _text(found)
    body = _body_start(text, title)
    masked, agency, dateline = frame(text, body, found.publisher, found.masked)
    capture = {**found.capture, **({"agency": agency} if agency else {})}
    doc = Document(
        text=text,
        id=found.id,
        title=title,
        url=found.url or None,
        publisher=found.publisher or None,
        language=found.language or "ar",
        sha256=found.sha256 or hash_of(found, text),
        carrier=carrier,
        masked=masked,
        unreliable_numbers=found.unreliable_numbers,
        warnings=found.warnings,
        capture=capture,
        original=found.original if options.keep_original else None,
    )
    return _dated(doc, found, dateline, options.published)


def hash_of(found: Found, text: str) -> str:
    """SHA-256 of the original bytes, or of the text where there are none of its own."""
    return hashlib.sha256(text.encode() if found.original is None else found.original).hexdigest()


def clean(text: str) -> str:
    """Line ends as \\n, no characters that are no text, no blank at the edges. Everything else stays as
    published.
    """
    text = _ILLEGAL.sub("", _NEWLINES.sub("\n", text))
    return _BLANK.sub(lambda m: "\n\n" if m.group().count("\n") > 2 else "\n", text).strip()


def _text(found: Found) -> tuple[str, str | None]:
    if found.whole:
        # one character for one, so that offsets of whoever wrote the line stay true
        return _ILLEGAL.sub("\ufffd", found.body), (found.title or None)
    body = clean(found.body)
    title = " ".join(clean(found.title or "").split()) or None
    if title is None:
        return body, None
    if body.startswith(title):
        return body, title
    return (f"{title}\n\n{body}" if body else title), title


def _body_start(text: str, title: str | None) -> int:
    """Where the body begins behind the title."""
    if not title or not text.startswith(title):
        return 0
    after = len(title)
    return after + len(text[after:]) - len(text[after:].lstrip())


def frame(
    text: str, body: int, publisher: str | None, known: tuple[tuple[str, str], ...] = ()
) -> tuple[tuple[Masked, ...], str | None, date | None]:
    """What of a text is not read, the agency of its byline, and the day of its dateline."""
    spans = furniture(text, body)
    for stretch, why in known:
        at = text.find(stretch, body)
        if at >= 0 and stretch:
            spans.append(Masked(at, at + len(stretch), why))
    end = spans[-1].start if spans and spans[-1].end >= len(text.rstrip()) else len(text)
    start = next((m.end for m in spans if m.start <= body < m.end), body)
    start += len(text[start:end]) - len(text[start:end].lstrip())
    line = byline(text, start, end, publisher)
    return tuple(merged([*spans, *line.masked])), line.agency, line.day


def _dated(doc: Document, found: Found, dateline: date | None, given: date | None) -> Document:
    """The day of publication: given by the user, else metadata, else a dateline; a weekday is left to the
    reader.
    """
    if given:
        return replace(doc, published=given, published_basis="given")
    stated = metadata_day(found.published)
    if stated:
        return replace(doc, published=stated, published_basis=found.basis or "metadata")
    if dateline and not doc.unreliable_numbers:
        return replace(doc, published=dateline, published_basis="dateline")
    return doc


def split_title(text: str) -> tuple[str | None, str]:
    """Title and body of a plain text: a first line that is short, has no full stop and stands apart is the
    title.
    """
    first, _, rest = text.partition("\n")
    line = first.strip()
    if not rest.strip() or not line or len(line) > _LONGEST_TITLE or line[-1] in ".،؛:":
        return None, text
    if not rest.startswith("\n") and len(line) > len(rest.strip().split("\n")[0]):
        return None, text
    if any(m.start == 0 for m in byline(text, 0, len(text)).masked):
        return None, text
    return line, text
