"""A report before it is read: its text and what its carrier says of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Masked:
    """A stretch of ``Document.text`` that is kept but not read (share bar, channel footer, link, byline ...)."""

    start: int
    end: int
    why: str


@dataclass(frozen=True, slots=True)
class Document:
    """One report as its carrier gave it. ``text`` holds the title first, then a blank line, then the body.

    Offsets everywhere are code points of ``text``, half-open. ``sha256`` is that of the original bytes.
    ``capture`` keeps what the Berkeley Protocol asks of a capture (tool, time, path, media type ...).
    """

    text: str
    id: str = ""
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    language: str = "ar"
    published: date | None = None
    published_basis: str | None = None
    sha256: str | None = None
    carrier: str = "text"
    masked: tuple[Masked, ...] = ()
    unreliable_numbers: bool = False
    """True where extraction may have scrambled digits (PDF): numbers and dates must not be used."""
    warnings: tuple[str, ...] = ()
    capture: dict[str, str] = field(default_factory=dict)
    original: bytes | None = None
    """The original bytes, when the caller wants them kept; None when the carrier holds many reports."""

    @property
    def key(self) -> str:
        """The id, or one made of the text's hash where the carrier gave none."""
        return self.id or hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
