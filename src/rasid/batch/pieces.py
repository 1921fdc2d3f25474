"""Inputs cut into pieces that workers can read apart: large JSON lines and web archives by stretches, small
files whole.

A piece names bytes of a file, so that a worker on another machine opens it itself; a file system that all
of them see is all it takes.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, cast

from rasid.errors import RasidError
from rasid.intake.carrier import Failure, Limits, Options, Raw
from rasid.intake.opening import carrier_of, open_raw, unpacked, walk
from rasid.model.document import Document

#: Bytes of a stretch, and the most stretches of a packed file: each has to unpack what lies before it.
STRETCH, _PACKED_MOST = 8 << 20, 16
_CHUNK = 1 << 20
_PACKED = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00")


@dataclass(frozen=True, slots=True)
class Piece:
    """A file, or a stretch of one. ``size`` and ``changed`` (ns) tell whether it is still the same file.

    ``before``: lines or records before the stretch, None for a whole file. ``offset``, ``length``: its bytes;
    of packed JSON lines, those of the unpacked text. ``length`` None: to the end.
    """

    path: str
    inside: str
    size: int
    changed: int
    before: int | None = None
    offset: int = 0
    length: int | None = None

    @property
    def key(self) -> tuple[str, int, int, int | None, int, int | None]:
        """What makes two pieces the same, under whatever name the file was given."""
        return self.path, self.size, self.changed, self.before, self.offset, self.length

    @property
    def name(self) -> str:
        """As the user knows it."""
        return self.inside or Path(self.path).name


def pieces(path: Path, *, stretch: int = STRETCH) -> Iterator[Piece | Failure]:
    """All pieces of a file or folder, in order."""
    for raw in walk(path):
        if isinstance(raw, Failure):
            yield raw
        elif raw.path is not None:
            stat = raw.path.stat()
            whole = Piece(str(raw.path.resolve()), raw.inside, stat.st_size, stat.st_mtime_ns)
            yield from _cut(raw, whole, stretch)


def documents(piece: Piece, options: Options) -> Iterator[Document | Failure]:
    """The reports of a piece, numbered and named as if the whole file were read."""
    whole = Raw.of_path(Path(piece.path), piece.inside)
    yield from open_raw(whole if piece.before is None else _slice(whole, piece), options)


def _slice(whole: Raw, piece: Piece) -> Raw:
    """The stretch as a file of its own, under the name that the whole has when it is unpacked."""
    lines = _is_packed(whole) and not _is_warc(whole)
    source = unpacked(whole, Limits()) if lines else whole

    def opened() -> BinaryIO:
        return cast(BinaryIO, io.BufferedReader(Stretch(source.open(), piece.offset, piece.length), _CHUNK))

    return Raw(source.name, opened, None, source.short, piece.before)


class Stretch(io.RawIOBase):
    """Some bytes of a stream; what lies before is skipped by seeking, or by reading where none can seek."""

    def __init__(self, stream: BinaryIO, offset: int, length: int | None) -> None:
        self._stream, self._left = stream, length
        if stream.seekable():
            stream.seek(offset)
            return
        while offset and (passed := stream.read(min(offset, _CHUNK))):
            offset -= len(passed)

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill ``buffer`` with what is left."""
        size = len(buffer) if self._left is None else min(len(buffer), self._left)
        data = self._stream.read(size)
        buffer[: len(data)] = data
        if self._left is not None:
            self._left -= len(data)
        return len(data)

    def close(self) -> None:
        """Close the stream too."""
        self._stream.close()
        super().close()


def _is_packed(raw: Raw) -> bool:
    return raw.head.startswith(_PACKED)


def _is_warc(raw: Raw) -> bool:
    return Path(raw.name.removesuffix(".gz")).suffix.lower() == ".warc"


def _cut(raw: Raw, whole: Piece, stretch: int) -> Iterator[Piece]:
    """Stretches of a large file; the file whole where it is small, cannot be cut, or is broken."""
    if whole.size <= stretch and not _is_packed(raw):
        yield whole
        return
    try:
        edges = _edges(raw, stretch)
    except (RasidError, OSError, EOFError):
        edges = []  # whatever is wrong with it is said when it is read
    if len(edges) < 2:
        yield whole
        return
    ends: list[int | None] = [offset for offset, _ in edges[1:]]
    for (offset, before), end in zip(edges, [*ends, None], strict=True):
        yield replace(whole, before=before, offset=offset, length=None if end is None else end - offset)


def _edges(raw: Raw, stretch: int) -> list[tuple[int, int]]:
    """Where stretches begin: (byte, lines or records before it)."""
    if _is_warc(raw):
        return _record_edges(raw, stretch)
    text = unpacked(raw, Limits())
    # two bytes a letter: a newline byte may lie inside one
    if text.suffix not in {".jsonl", ".ndjson"} or b"\x00" in text.head or carrier_of(text).name != "jsonl":
        return []
    edges = _line_edges(text, stretch)
    step = -(-len(edges) // _PACKED_MOST) if _is_packed(raw) else 1
    return edges[::step]


def _line_edges(text: Raw, stretch: int) -> list[tuple[int, int]]:
    edges, position, lines = [(0, 0)], 0, 0
    with text.open() as fh:
        while chunk := fh.read(min(_CHUNK, stretch)):
            if position + len(chunk) >= edges[-1][0] + stretch:
                at = chunk.find(b"\n", max(0, edges[-1][0] + stretch - position))
                if at >= 0:
                    edges.append((position + at + 1, lines + chunk.count(b"\n", 0, at + 1)))
            position += len(chunk)
            lines += chunk.count(b"\n")
    if len(edges) > 1 and edges[-1][0] == position:
        edges.pop()
    return edges


def _record_edges(raw: Raw, stretch: int) -> list[tuple[int, int]]:
    """Where records of a web archive begin; none when it holds no page at all, which the reading must say."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    edges, pages = [(0, 0)], 0
    with raw.open() as fh:
        records = ArchiveIterator(fh)
        try:
            for number, record in enumerate(records):
                pages += record.rec_type in {"response", "resource", "conversion"}
                offset = records.get_record_offset()
                if offset >= edges[-1][0] + stretch:
                    edges.append((offset, number))
        except ArchiveLoadFailed:
            return []
    return edges if pages else []
