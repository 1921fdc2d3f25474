"""PDF files. Two extractors read each page, because each breaks Arabic in its own way, and only what they
agree on is used.

pdfium keeps the order of words and digits but turns the letters of some words round (or lam-alef only); pypdf
keeps the letters but moves digits about in the line. So pdfium's order is taken, each of its words is looked
up among pypdf's and mended where that is how it can be found there. A page whose numbers cannot be confirmed
so is named in a warning, and the document is marked: numbers and dates are then not used.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from rasid.errors import InputError
from rasid.intake.building import Found, document, split_title
from rasid.intake.carrier import Carrier, Failure, Options, Raw
from rasid.model.document import Document

_PAGES = 300
_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\d+(?:[.,:/٫٬-]\d+)*")
#: What browsers and word processors print at the edges of a page.
_EDGE = re.compile(
    r"^(?:\d{1,2}/\d{1,2}/\d{2,4},? \d{1,2}:\d{2}(?: [AP]M)?.*|(?:file|https?)://\S+(?: \d+/\d+)?"
    r"|\d+/\d+|[-–— ]*\d{1,4}[-–— ]*"
    r"|(?:Page|صفحة) \d+.*)$"
)
#: Share of a page's words that both extractors must confirm.
_CONFIRMED = 0.97


@dataclass(frozen=True, slots=True)
class Page:
    """The text of a page as mended, and whether both extractors agree on its words and numbers."""

    text: str
    reliable: bool
    mended: int = 0


def _claims(raw: Raw) -> int:
    return 3 if b"%PDF-" in raw.head[:1024] else 0


def _read(raw: Raw, options: Options) -> Iterator[Document | Failure]:
    data = raw.read(options.limits)
    ordered, total = _by_pdfium(data, raw.name)
    lettered = _by_pypdf(data, raw.name, len(ordered))
    pages = [agreed(a, b) for a, b in zip(ordered, lettered, strict=True)]
    text = "\n\n".join(p.text for p in pages if p.text)
    if sum(c.isalpha() for c in text) < 20:
        raise InputError("no text in it; it may be a scan", where=raw.name, mend="run OCR over it, or type the text")
    doubtful = [n for n, p in enumerate(pages, 1) if not p.reliable]
    title, body = split_title(text)
    found = Found(
        body,
        title,
        id=raw.stem,
        original=data,
        unreliable_numbers=bool(doubtful),
        warnings=_warnings(doubtful, total),
        masked=tuple((line, "page") for p in pages for line in p.text.split("\n") if _EDGE.match(line)),
        capture={"tool": "pdfium, pypdf", "pages": str(total), "file": raw.short},
    )
    yield document(found, "pdf", options)


def _warnings(doubtful: list[int], total: int) -> tuple[str, ...]:
    out = []
    if doubtful:
        named = ", ".join(map(str, doubtful[:20]))
        out.append(f"text layer unreliable on page {named}: numbers and dates of this document are not used")
    if total > _PAGES:
        out.append(f"only the first {_PAGES} of {total} pages were read")
    return tuple(out)


def _by_pdfium(data: bytes, name: str) -> tuple[list[str], int]:
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as e:
        locked = "assword" in str(e)
        what = "encrypted" if locked else f"broken PDF: {e}"
        raise InputError(what, where=name, mend="save it without a password" if locked else "fetch it again") from e
    with pdf:
        total = len(pdf)
        return [pdf[n].get_textpage().get_text_range() for n in range(min(total, _PAGES))], total


def _by_pypdf(data: bytes, name: str, pages: int) -> list[str]:
    """The same pages by pypdf; pages that it cannot read come back empty, and so confirm nothing."""
    import logging

    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(data))
        texts = [p.extract_text() for _, p in zip(range(pages), reader.pages, strict=False)]
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        texts = []
    return texts + [""] * (pages - len(texts))


def agreed(ordered: str, lettered: str) -> Page:
    """One page from pdfium's text (``ordered``) and pypdf's (``lettered``)."""
    ordered, lettered = (unicodedata.normalize("NFKC", t).replace("\r\n", "\n") for t in (ordered, lettered))
    known = Counter(_WORD.findall(lettered))
    words = confirmed = mended = 0

    def mend(m: re.Match[str]) -> str:
        nonlocal words, confirmed, mended
        word = m.group()
        words += 1
        for form in _forms(word):
            if known[form]:
                known[form] -= 1
                confirmed += 1
                mended += form != word
                return form
        return word

    text = _WORD.sub(mend, ordered)
    reliable = confirmed >= _CONFIRMED * words and _same_numbers(ordered, lettered)
    return Page(_paragraphs(text), reliable, mended)


def _forms(word: str) -> Iterator[str]:
    """The word, then what pdfium may have made it of: lam-alef the right way, letters turned round."""
    yield word
    swapped = re.sub("([أإآا])ل", r"ل\1", word)
    if swapped != word:
        yield swapped
        # only the inner ligature was turned, not the article
        yield word[:2] + re.sub("([أإآا])ل", r"ل\1", word[2:])
        yield word[:1] + re.sub("([أإآا])ل", r"ل\1", word[1:])
    yield word[::-1]
    yield re.sub("ال", "لا", word[::-1])


def _same_numbers(ordered: str, lettered: str) -> bool:
    """Do both give the same numbers, line by line in the same order or wholly reversed? A range may be turned
    round.
    """
    ours, theirs = ([n for line in text.split("\n") if (n := _NUMBER.findall(line))] for text in (ordered, lettered))
    if len(ours) != len(theirs):
        return False
    if any(_could_be_turned(n) for line in ours for n in line):
        return False
    return all(a in (b, b[::-1]) for a, b in zip(ours, theirs, strict=True))


def _could_be_turned(number: str) -> bool:
    """A range such as 5-7 comes out as 7-5; a date shows by its year which end is which."""
    parts = number.split("-")
    return len(parts) > 1 and not any(len(p) == 4 for p in (parts[0], parts[-1]))


def _paragraphs(text: str) -> str:
    """Lines joined to paragraphs: a line that runs to the edge and does not end a sentence goes on."""
    lines = [line.strip() for line in text.split("\n")]
    width = max((len(line) for line in lines), default=0)
    out: list[str] = []
    open_ended = False
    for line in lines:
        if open_ended and line and not _EDGE.match(line):
            out[-1] += " " + line
        else:
            out.append(line)
        open_ended = len(line) > 0.7 * width and line[-1:] not in ".!؟:" and not _EDGE.match(line)
    return "\n".join(line for line in out if line)


CARRIER = Carrier("pdf", "a PDF with text", (".pdf",), _claims, _read)
