"""Fonts for PDF: the two subsets that come with Rasid, joined into one face of Arabic and Latin letters."""

from __future__ import annotations

import io
import tempfile
from functools import cache
from pathlib import Path

from rasid.errors import MissingExtra
from rasid.export.words import desk_file

#: Seconds since 1904, as fonts count them: some day in 1999.
_MADE = 3_000_000_000
WEIGHTS = {"": 400, "B": 700}


@cache
def face(weight: int) -> bytes:
    """A TrueType font of one weight. Raises MissingExtra without fonttools or brotli."""
    try:
        import brotli  # noqa: F401  # fonttools needs it for WOFF2 and says so only in the middle of its work
        from fontTools.merge import Merger
        from fontTools.ttLib import TTFont
    except ImportError as e:
        raise MissingExtra("fonttools with brotli", "export") from e
    with tempfile.TemporaryDirectory() as folder:
        parts = []
        for script in ("arabic", "latin"):
            name = f"ibm-plex-sans-arabic-{script}-{weight}-normal.woff2"
            font = TTFont(
                io.BytesIO(desk_file("core", "static", "desk", "fonts", name).read_bytes()),
                recalcTimestamp=False,
            )
            font.flavor = None
            parts.append(str(Path(folder) / f"{script}.ttf"))
            font.save(parts[-1])
        merged = Merger().merge(parts)
        # the merger stamps the hour: equal parts must give equal bytes
        merged["head"].created = merged["head"].modified = _MADE
        merged.recalcTimestamp = False
        out = io.BytesIO()
        merged.save(out)
    return out.getvalue()
