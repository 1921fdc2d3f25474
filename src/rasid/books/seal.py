"""Sealing: AES-256-GCM under a key that lies in a file outside the book. Losing the file loses what was
sealed.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
from pathlib import Path
from typing import Any

from rasid.books.canon import now, stamp
from rasid.errors import MissingExtra, StoreError

_NONCE = 12


class KeyRing:
    """Keys by id; the newest seals, all open. The file is made on first need, readable by its owner only."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._keys: dict[str, bytes] | None = None

    def seal(self, plain: bytes, about: str) -> bytes:
        """Sealed bytes; `about` is bound in, so that they cannot be put in another record's place."""
        keys = self._load(make=True)
        name = next(reversed(keys))
        nonce = secrets.token_bytes(_NONCE)
        body: bytes = _cipher(keys[name]).encrypt(nonce, plain, about.encode())
        return name.encode() + b":" + nonce + body

    def open(self, sealed: bytes, about: str) -> bytes:
        """The plain bytes. StoreError without the key, or when sealed bytes or `about` were changed."""
        from cryptography.exceptions import InvalidTag

        name, _, rest = sealed.partition(b":")
        key = self._load(make=False).get(name.decode("ascii", "replace"))
        if key is None:
            raise StoreError("the key that opens this is not here", where=str(self.path), mend="give --key-file")
        try:
            return bytes(_cipher(key).decrypt(rest[:_NONCE], rest[_NONCE:], about.encode()))
        except InvalidTag as e:
            raise StoreError("sealed bytes do not fit the key", where=about, mend="see rasid verify") from e

    def rotate(self) -> str:
        """Add a new key, which seals from now on; returns its id."""
        keys = dict(self._load(make=True))
        name = _add(keys)
        self._write(keys)
        return name

    def _load(self, *, make: bool) -> dict[str, bytes]:
        if self._keys is None:
            self._keys = self._read()
        if not self._keys and make:
            keys: dict[str, bytes] = {}
            _add(keys)
            self._write(keys)
        return self._keys or {}

    def _read(self) -> dict[str, bytes]:
        if not self.path.exists():
            return {}
        try:
            kept = json.loads(self.path.read_text(encoding="ascii"))
            return {k["id"]: base64.b64decode(k["key"]) for k in kept["keys"]}
        except (OSError, ValueError, KeyError, TypeError) as e:
            raise StoreError("this is no key file", where=str(self.path), mend="restore it from its copy") from e

    def _write(self, keys: dict[str, bytes]) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        listed = [{"id": n, "key": base64.b64encode(k).decode(), "made": stamp(now())} for n, k in keys.items()]
        part = self.path.with_name(self.path.name + ".part")
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as fh:
            json.dump({"keys": listed}, fh, indent=1)
            fh.flush()
            os.fsync(fh.fileno())
        part.replace(self.path)
        self._keys = keys


def _add(keys: dict[str, bytes]) -> str:
    name = f"k{len(keys) + 1}-{secrets.token_hex(3)}"
    keys[name] = secrets.token_bytes(32)
    return name


def _cipher(key: bytes) -> Any:
    try:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    except ModuleNotFoundError as e:
        raise MissingExtra("cryptography", "protect") from e
    return AESGCM(key)
