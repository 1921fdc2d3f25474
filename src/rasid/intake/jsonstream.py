"""Elements of arrays in a JSON file of any size, one at a time, with the bytes each was written in."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from io import TextIOWrapper
from typing import Any, BinaryIO

from rasid.errors import InputError
from rasid.intake.encoding import decode

_CHUNK = 1 << 20
_BETWEEN = re.compile(r"[\s,]*")
_DECODER = json.JSONDecoder(strict=False)


class JsonStream:
    """A JSON text read forward only. ``limit``: characters that one element may have."""

    def __init__(self, stream: BinaryIO, head: bytes, limit: int, name: str) -> None:
        encoding = decode(head, cut=True).encoding
        self._text = TextIOWrapper(stream, encoding="utf-8-sig" if encoding == "utf-8" else encoding, errors="replace")
        self._limit, self._name = limit, name
        self._buffer, self._pos, self._ended = "", 0, False

    def _fill(self) -> bool:
        chunk = "" if self._ended else self._text.read(_CHUNK)
        self._ended = not chunk
        self._buffer, self._pos = self._buffer[self._pos :] + chunk, 0
        return not self._ended

    def until(self, opening: re.Pattern[str]) -> str | None:
        """Skip to behind the next match of ``opening``; the text skipped (its last stretch), None at the end
        of the file.
        """
        passed = ""
        while True:
            m = opening.search(self._buffer, self._pos)
            if m:
                passed = (passed + self._buffer[self._pos : m.end()])[-20_000:]
                self._pos = m.end()
                return passed
            # an opening may lie across two chunks
            keep = max(self._pos, len(self._buffer) - 200)
            passed = (passed + self._buffer[self._pos : keep])[-20_000:]
            self._pos = keep
            if not self._fill():
                return None

    def elements(self) -> Iterator[tuple[Any, bytes]]:
        """The elements of the array that has just been opened, up to its end. Raises InputError where it
        breaks off.
        """
        while True:
            self._skip()
            if self._pos >= len(self._buffer):
                raise InputError("breaks off inside a list", where=self._name, mend="export it again")
            if self._buffer[self._pos] == "]":
                self._pos += 1
                return
            value, end = self._element()
            yield value, self._buffer[self._pos : end].encode("utf-8", "surrogatepass")
            self._pos = end

    def _skip(self) -> None:
        while True:
            m = _BETWEEN.match(self._buffer, self._pos)
            self._pos = m.end() if m else self._pos
            if self._pos < len(self._buffer) or not self._fill():
                return

    def _element(self) -> tuple[Any, int]:
        while True:
            try:
                value, end = _DECODER.raw_decode(self._buffer, self._pos)
            except RecursionError as e:
                raise InputError("nested too deep", where=self._name, mend="export it again") from e
            except ValueError as e:
                if len(self._buffer) - self._pos > self._limit:
                    raise InputError(f"an element is larger than {self._limit >> 20} MB", where=self._name) from e
                if not self._fill():
                    raise InputError(f"no JSON: {e}", where=self._name, mend="export it again") from e
                continue
            # a number at the edge of the buffer may go on in the next chunk
            if end == len(self._buffer) and not isinstance(value, (dict, list, str)) and self._fill():
                continue
            return value, end
