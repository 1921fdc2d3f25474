"""Keys live in files outside the database. What identifies a source is sealed under them, bound to its
record.

A sealed value is ``keyid.nonce.ciphertext``: AES-256-GCM with the record's name as associated data, so that a
sealed value copied to another record does not open. Old keys stay in the ring to open; the newest one seals.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from rasid.desk.core.places_of_work import home_folder
from rasid.errors import StoreError


def _write_private(path: Path, text: str) -> None:
    fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(fd, "w", encoding="ascii") as f:
        f.write(text)


def load_or_make_secret(home: Path, name: str) -> str:
    """A secret of 384 bits from a file that only the owner reads; made on first use."""
    path = home / name
    if not path.exists():
        with suppress(FileExistsError):  # another process of the same desk was faster
            _write_private(path, secrets.token_urlsafe(48))
    return path.read_text(encoding="ascii").strip()


def ring_path() -> Path:
    return home_folder() / "sources.keys.json"


def ring() -> dict[str, bytes]:
    """Key id → key, oldest first; one is made on first use."""
    path = ring_path()
    if not path.exists():
        add_key()
    return _read_ring(str(path), path.stat().st_mtime_ns)


@lru_cache(maxsize=2)
def _read_ring(path: str, _changed: int) -> dict[str, bytes]:
    try:
        held = json.loads(Path(path).read_text(encoding="ascii"))
    except ValueError as e:
        raise StoreError("the key ring is not readable", where=path, mend="restore it from its own backup") from e
    return {k: base64.b64decode(v) for k, v in held.items()}


def add_key() -> str:
    """Put a new key at the end of the ring; sealing uses it from now on. Returns its id."""
    path = ring_path()
    held = json.loads(path.read_text(encoding="ascii")) if path.exists() else {}
    name = secrets.token_hex(4)
    held[name] = base64.b64encode(AESGCM.generate_key(256)).decode("ascii")
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    _write_private(fresh, json.dumps(held, indent=1))
    os.replace(fresh, path)
    return name


def seal(clear: str, record: str) -> str:
    name, key = list(ring().items())[-1]
    nonce = os.urandom(12)
    body = AESGCM(key).encrypt(nonce, clear.encode(), record.encode())
    return ".".join((name, base64.urlsafe_b64encode(nonce).decode(), base64.urlsafe_b64encode(body).decode()))


def unseal(sealed: str, record: str) -> str:
    """The clear value; StoreError when the key is lost or the value was moved or changed."""
    try:
        name, nonce, body = sealed.split(".")
        key = ring()[name]
        return (
            AESGCM(key)
            .decrypt(base64.urlsafe_b64decode(nonce), base64.urlsafe_b64decode(body), record.encode())
            .decode()
        )
    except KeyError as e:
        raise StoreError(
            "the key of a sealed value is not in the ring",
            where=str(ring_path()),
            mend="restore the key ring",
        ) from e
    except (ValueError, InvalidTag) as e:
        raise StoreError("a sealed value was changed or moved", where=record, mend="restore it from a backup") from e
