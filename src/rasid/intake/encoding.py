"""Bytes to text in whatever encoding Arabic files come: UTF-8, UTF-16 with or without its mark, windows-1256
and kin.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Any, BinaryIO, cast

from rasid.errors import InputError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: Single-byte encodings of Arabic, the commonest first: the first wins a tie.
_ARABIC = ("cp1256", "iso8859_6", "mac_arabic", "cp720", "cp864")
_ARABIC_LETTER = re.compile("[\u0621-\u064a]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")
#: Words so common that a page of Arabic without them is no Arabic: in, from, on, to, that, the article.
_COMMON = re.compile("(?:^|\\s)(?:في|من|على|إلى|الى|أن|ان|عن|مع|ال\\w)")
#: UTF-8 Arabic that somebody decoded as windows-1252: alef and lam show as Ø§ and Ù„.
_DOUBLE = re.compile("[\u00d8\u00d9][\u0080-\u00bf\u0152-\u0192\u02c6-\u02dc\u2013-\u2122]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text, the encoding that gave it, and a warning when the text had to be repaired."""

    text: str
    encoding: str
    warning: str = ""


def decode(data: bytes, *, declared: str | None = None, cut: bool = False) -> Decoded:
    """The text of ``data``; ``declared`` is the encoding that the file claims, believed only where it
    decodes.

    cut: the bytes are the head of a longer file, so a broken last character is no error. Raises InputError
    where the bytes are not text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _checked(data.decode(encoding, "ignore" if cut else "replace"), encoding)
    wide = _wide(data)
    if wide:
        return _checked(data.decode(wide, "ignore" if cut else "replace"), wide)
    if b"\x00" in data[:4096]:
        raise InputError("binary, not text", mend="give a text, page, PDF, DOCX or export")
    text = _strict(data, "utf-8", cut)
    if text is not None:
        mended = _mend_double(Decoded(text, "utf-8"))
        return mended if mended.warning else _checked(text, "utf-8")
    return _single_byte(data, declared)


def narrow(stream: BinaryIO, head: bytes) -> BinaryIO:
    """A byte stream whose lines end in one newline byte: UTF-16 and UTF-32 are turned into UTF-8, the rest is
    left.
    """
    try:
        encoding = decode(head, cut=True).encoding
    except InputError:
        return stream
    if encoding not in {"utf-16", "utf-16-le", "utf-16-be", "utf-32"}:
        return stream
    return cast(BinaryIO, codecs.EncodedFile(cast(Any, stream), "utf-8", encoding, "replace"))


def _checked(text: str, encoding: str) -> Decoded:
    head = text[:4096]
    if len(_CONTROL.findall(head)) > max(4, len(head) // 20):
        raise InputError("binary, not text", mend="give a text, page, PDF, DOCX or export")
    return Decoded(text.removeprefix("\ufeff"), encoding)


def _strict(data: bytes, encoding: str, cut: bool) -> str | None:
    try:
        return codecs.getincrementaldecoder(encoding)().decode(data, not cut)
    except (UnicodeDecodeError, LookupError):
        return None


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: every second byte of Arabic is 06, of Latin 00."""
    head = data[: 4096 & ~1]
    if len(head) < 8:
        return None
    for encoding, high in (("utf-16-le", head[1::2]), ("utf-16-be", head[0::2])):
        # Arabic, Latin; then the general punctuation block
        common = high.count(0x06) + high.count(0x00)
        if common > 0.6 * len(high) and common + high.count(0x20) > 0.9 * len(high):
            return encoding
    return None


def _single_byte(data: bytes, declared: str | None) -> Decoded:
    """The Arabic code page in which the bytes read most like Arabic, else what charset-normalizer finds."""
    names = [declared] if declared else []
    best: tuple[float, int, str, str] | None = None
    for rank, name in enumerate((*names, *_ARABIC)):
        text = _strict(data, name, cut=True)
        if text is None:
            continue
        score = _likeness(text)
        if best is None or score > best[0] + 0.02:
            best = (score, rank, name, text)
    if best and best[0] > 0.1:
        return _checked(best[3], best[2])
    return _normalizer(data)


def _likeness(text: str) -> float:
    """How much a text looks like Arabic prose, about 0 to 1.5: letters, common words, few controls."""
    head = text[:20_000]
    if not head:
        return 0.0
    n = len(head)
    arabic = len(_ARABIC_LETTER.findall(head)) / n
    common = min(1.0, 12 * len(_COMMON.findall(head)) / n)
    return arabic + 0.5 * common - 5 * len(_CONTROL.findall(head)) / n


def _normalizer(data: bytes) -> Decoded:
    from charset_normalizer import from_bytes

    found = from_bytes(data[:200_000]).best()
    if found is None:
        raise InputError("binary, or text in an encoding that cannot be told", mend="save it as UTF-8")
    return _checked(data.decode(found.encoding, "replace"), found.encoding)


def _mend_double(found: Decoded) -> Decoded:
    """Undo UTF-8 that was decoded as windows-1252 and encoded again, where that gives Arabic."""
    head = found.text[:4000]
    if 4 * len(_DOUBLE.findall(head)) < len(head) // 2:
        return found
    try:
        text = b"".join(_byte(c) for c in found.text).decode("utf-8")
    except UnicodeError:
        return found
    return Decoded(text, found.encoding, "text was encoded twice; repaired")


def _byte(char: str) -> bytes:
    # windows-1252 leaves five bytes undefined; decoders pass those through as latin-1
    return char.encode("latin-1" if ord(char) < 256 else "cp1252")
