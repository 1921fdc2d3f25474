"""Bulletins: one period and area, from a frozen snapshot, in Arabic or English, as HTML, PDF or DOCX.

The snapshot, the language, the title, the note and the policy decide every byte: a bulletin can be made again
and compared.
"""

from __future__ import annotations

from collections.abc import Callable

from rasid.books.records_log import Snapshot
from rasid.export.policy import OPEN, Policy
from rasid.export.words import Lang

__all__ = ["FORMATS", "docx", "html", "pdf"]


def html(snapshot: Snapshot, lang: Lang, *, title: str = "", note: str = "", policy: Policy = OPEN) -> str:
    """One whole page: its style and fonts inside, no script, nothing from outside."""
    from rasid.export.bulletin.content import content
    from rasid.export.bulletin.page import render

    return render(content(snapshot, lang, title=title, note=note, policy=policy))


def pdf(snapshot: Snapshot, lang: Lang, *, title: str = "", note: str = "", policy: Policy = OPEN) -> bytes:
    """The same as PDF, Arabic shaped and laid out. Raises MissingExtra without fpdf2, uharfbuzz or brotli."""
    from rasid.export.bulletin.content import content
    from rasid.export.bulletin.sheets import render

    return render(content(snapshot, lang, title=title, note=note, policy=policy))


def docx(snapshot: Snapshot, lang: Lang, *, title: str = "", note: str = "", policy: Policy = OPEN) -> bytes:
    """The same as a word processor's file, to be edited further."""
    from rasid.export.bulletin.content import content
    from rasid.export.bulletin.editable import render

    return render(content(snapshot, lang, title=title, note=note, policy=policy))


def _page(snapshot: Snapshot, lang: Lang, *, title: str = "", note: str = "", policy: Policy = OPEN) -> bytes:
    return html(snapshot, lang, title=title, note=note, policy=policy).encode()


#: What `rasid bulletin --format` takes: bytes of a file by snapshot, language, title, note and policy.
FORMATS: dict[str, Callable[..., bytes]] = {"html": _page, "pdf": pdf, "docx": docx}
