"""Lines that a channel puts above or below nearly every post: learned from the posts, not from a list of
channels.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

#: Posts that are looked at, lines at either edge, and how often a line must come back to be a header or
#: footer.
_POSTS, _EDGE, _LEAST, _SHARE = 3000, 3, 4, 0.2


def repeated_lines(texts: Iterable[str]) -> frozenset[str]:
    """Edge lines that stand in a fifth of the posts and at least in four."""
    seen: Counter[str] = Counter()
    posts = 0
    for text in texts:
        if posts >= _POSTS:
            break
        lines = _edges(text)
        # a post of one line is its own message, however often it is sent again
        if len(lines) < 2:
            continue
        posts += 1
        seen.update(set(lines))
    least = max(_LEAST, _SHARE * posts)
    return frozenset(line for line, n in seen.items() if n >= least)


def channel_lines(text: str, known: frozenset[str]) -> tuple[tuple[str, str], ...]:
    """The lines of a post that are known headers or footers, as ``Found.masked`` wants them."""
    return tuple((line, "channel") for line in _edges(text) if line in known)


def _edges(text: str) -> list[str]:
    lines = [s for line in text.split("\n") if len(s := line.strip()) > 3]
    return lines if len(lines) <= 2 * _EDGE else lines[:_EDGE] + lines[-_EDGE:]
