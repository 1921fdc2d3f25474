"""Canonical bytes, hashes and short ids: what must come out alike on every machine and in every order."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

#: No 0/O/1/I: ids are read out over the phone.
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
#: `previous` of the first link of a log.
ORIGIN = "0" * 64


def canonical(value: Any) -> str:
    """JSON with sorted keys, no spaces, letters as they are: one value, one string."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def sha256(value: str | bytes) -> str:
    """Hex digest; text is taken as UTF-8 (lone surrogates kept, as extraction may leave them)."""
    raw = value.encode("utf-8", "surrogatepass") if isinstance(value, str) else value
    return hashlib.sha256(raw).hexdigest()


def short_id(prefix: str, seed: str, attempt: int = 0, *, letters: int = 6) -> str:
    """`prefix` and letters from a hash of the seed; another `attempt` gives another id, for collisions."""
    raw = hashlib.sha256(f"{seed}\x00{attempt}".encode("utf-8", "surrogatepass")).digest()
    n, out = int.from_bytes(raw[:8], "big"), []
    for _ in range(letters):
        n, rest = divmod(n, len(ALPHABET))
        out.append(ALPHABET[rest])
    return f"{prefix}-{''.join(out)}"


def key64(*parts: object) -> int:
    """A signed 64-bit key of the parts, for narrow indexes; equal parts, equal key on every machine."""
    raw = "\x1f".join(map(str, parts)).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(raw, digest_size=8).digest(), "big", signed=True)


def now() -> datetime:
    """The present instant, UTC. The only clock of the book; it decides no outcome, it only dates entries."""
    return datetime.now(UTC)


def stamp(at: datetime) -> str:
    """An instant as kept: ISO 8601, UTC, microseconds."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def instant(text: str) -> datetime:
    """The instant of a stamp."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
