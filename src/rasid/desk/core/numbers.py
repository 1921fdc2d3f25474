"""Numbers and days that came in an address: read them or fall back, never fail."""

from __future__ import annotations

from datetime import date


def whole(text: str | None, default: int, least: int = 0, most: int = 2**53) -> int:
    """Digits only: "١٢" of an Arabic keyboard counts, "1e3" and "True" do not."""
    text = (text or "").strip()
    if not text.isdecimal() or len(text) > 16:
        return default
    return max(least, min(most, int(text)))


def day(text: str | None) -> date | None:
    try:
        return date.fromisoformat((text or "").strip())
    except ValueError:
        return None
