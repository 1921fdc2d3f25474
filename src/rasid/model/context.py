"""What a reading depends on beside the text: the reference day and the region. "Now" is never read inside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Context:
    """Reference day (publication), its basis, and the ISO 3166 code of the report's region if known.

    ``use_numbers`` is False where the carrier may have scrambled digits (see Document.unreliable_numbers).
    """

    published: date | None = None
    published_basis: str | None = None
    region: str | None = None
    use_numbers: bool = True
