"""DOCX files: paragraphs and tables in their order."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from rasid.errors import InputError
from rasid.intake.archive_guard import open_zip
from rasid.intake.building import Found, document, split_title
from rasid.intake.carrier import Carrier, Failure, Options, Raw
from rasid.model.document import Document

_TITLES = ("Title", "Heading 1", "العنوان", "عنوان 1")


def _claims(raw: Raw) -> int:
    if not raw.head.startswith(b"PK\x03\x04"):
        return 0
    if b"word/" in raw.head or raw.suffix == ".docx":
        return 3
    return 0


def _read(raw: Raw, options: Options) -> Iterator[Document | Failure]:
    import docx
    from docx.opc.exceptions import PackageNotFoundError

    data = raw.read(options.limits)
    open_zip(io.BytesIO(data), options.limits, raw.name).close()
    try:
        word = docx.Document(io.BytesIO(data))
    except (PackageNotFoundError, KeyError, ValueError) as e:
        raise InputError(f"no DOCX: {e}", where=raw.name, mend="save it again as DOCX") from e
    title, lines = _lines(word)
    body = "\n".join(lines)
    if not any(c.isalpha() for c in body):
        raise InputError("no text in it", where=raw.name, mend="give a document with text; images are not read")
    if title is None:
        title, body = split_title(body)
    properties = word.core_properties
    # the day of creation is that of the file or of its template, not of publication: kept, never used as the
    # day
    capture = {"created": str(properties.created or ""), "tool": "python-docx", "file": raw.short}
    found = Found(body, title, id=raw.stem, original=data, publisher=None, capture=capture)
    yield document(found, "docx", options)


def _lines(word: Any) -> tuple[str | None, list[str]]:
    """The title where a style marks one, and every paragraph and table row."""
    title, lines = None, []
    for block in word.iter_inner_content():
        if hasattr(block, "rows"):
            lines += _rows(block)
            continue
        text = block.text.strip()
        style = block.style.name if block.style is not None else ""
        if title is None and text and not lines and style in _TITLES:
            title = text
        elif text:
            lines.append(text)
    return title, lines


def _rows(table: Any) -> list[str]:
    out = []
    for row in table.rows:
        cells: list[str] = []
        for cell in row.cells:
            text = " ".join(cell.text.split())
            # a merged cell is given once for each column it spans
            if text and (not cells or cells[-1] != text):
                cells.append(text)
        if cells:
            out.append(" | ".join(cells))
    return out


CARRIER = Carrier("docx", "a DOCX file", (".docx",), _claims, _read)
