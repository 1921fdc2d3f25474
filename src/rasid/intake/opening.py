"""Paths to documents: folders are walked, packed files unpacked, each file given to the carrier that claims
it surest.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import BinaryIO, cast

from rasid.errors import InputError
from rasid.intake.carrier import Carrier, Failure, Limits, Options, Raw, all_carriers
from rasid.model.document import Document

#: Left behind by systems and browsers beside the reports; never reports.
_LITTER = {"thumbs.db", "desktop.ini", "__macosx", ".ds_store"}
#: A saved page keeps its images and scripts in a folder with one of these endings.
_PAGE_PARTS = ("_files", ".files", "_fichiers", "_ملفات")
_PACKED: tuple[tuple[bytes, Callable[[BinaryIO], BinaryIO]], ...] = (
    # streams that their reader closes, hence no context managers
    (b"\x1f\x8b", lambda fh: cast(BinaryIO, gzip.open(fh))),  # noqa: SIM115
    (b"BZh", lambda fh: cast(BinaryIO, bz2.open(fh))),  # noqa: SIM115
    (b"\xfd7zXZ\x00", lambda fh: cast(BinaryIO, lzma.open(fh))),  # noqa: SIM115
)
#: First bytes of what holds no text, and what to say of it.
_JUNK: tuple[tuple[bytes, str, str], ...] = (
    (b"\x89PNG", "an image, which holds no text", "type the text, or give the page it came from"),
    (b"\xff\xd8\xff", "an image, which holds no text", "type the text, or give the page it came from"),
    (b"GIF8", "an image, which holds no text", "type the text, or give the page it came from"),
    (b"\xd0\xcf\x11\xe0", "an old Office file", "save it as DOCX"),
    (b"{\\rtf", "an RTF file", "save it as DOCX or text"),
    (b"Rar!", "a RAR archive", "pack it as ZIP"),
    (b"7z\xbc\xaf", "a 7z archive", "pack it as ZIP"),
    (b"SQLite format 3", "a database", "export it as CSV or JSON"),
    (b"\x7fELF", "a program", ""),
    (b"MZ", "a program", ""),
)


def open_path(
    path: str | Path,
    *,
    published: date | None = None,
    keep_original: bool = False,
    limits: Limits | None = None,
    progress: Callable[[str, int], None] | None = None,
) -> Iterator[Document | Failure]:
    """Every report that a file or folder holds, one by one, as Document; what cannot be used, as Failure.

    published: day of publication that outranks what the carrier says. keep_original: keep the bytes of files
    that hold one report. progress: called with a file's name and how many of its bytes were read. Nothing
    raises for bad input; memory stays that of one report.
    """
    options = Options(published, keep_original, limits or Limits())
    for found in walk(Path(path)):
        if isinstance(found, Failure):
            yield found
        else:
            yield from open_raw(_metered(found, progress), options)


def _metered(raw: Raw, progress: Callable[[str, int], None] | None) -> Raw:
    path = raw.path
    if path is None or progress is None:
        return raw
    return replace(raw, open=lambda: cast(BinaryIO, io.BufferedReader(Metered(path, raw.name, progress), 1 << 18)))


class Metered(io.FileIO):
    """A file that tells how far it has been read."""

    def __init__(self, path: Path, name: str, progress: Callable[[str, int], None]) -> None:
        super().__init__(path, "rb")
        self._told, self._progress = name, progress

    def readinto(self, buffer: bytearray | memoryview) -> int | None:  # type: ignore[override]
        """Read, and tell the position."""
        got = super().readinto(buffer)
        self._progress(self._told, self.tell())
        return got


def open_bytes(
    data: bytes, name: str, *, published: date | None = None, limits: Limits | None = None
) -> Iterator[Document | Failure]:
    """The reports in bytes at hand (an upload, standard input) under the name that the user gave."""
    yield from open_raw(Raw.of_bytes(name, data), Options(published, True, limits or Limits()))


def walk(path: Path) -> Iterator[Raw | Failure]:
    """The files under ``path`` in the order of their names; a Telegram export gives only its result file."""
    if path.is_dir():
        yield from _folder(path, path)
    elif path.is_file():
        yield Raw.of_path(path)
    elif path.exists():
        yield Failure(str(path), "neither file nor folder", "give a regular file")
    else:
        yield Failure(str(path), "not found", "check the path")


def _folder(folder: Path, root: Path) -> Iterator[Raw | Failure]:
    try:
        children = sorted(folder.iterdir(), key=lambda p: p.name)
    except OSError as e:
        yield Failure(str(folder), f"cannot be opened: {e.strerror}", "check its permissions")
        return
    export = _telegram(folder)
    if export:
        yield from (Raw.of_path(p, p.relative_to(root).as_posix()) for p in export)
        return
    for child in children:
        if is_litter(child.name):
            continue
        if not child.is_dir():
            yield Raw.of_path(child, child.relative_to(root).as_posix())
        elif not child.is_symlink() and not is_page_part(child.name):
            # a link to a folder could lead back up and never end
            yield from _folder(child, root)


def _telegram(folder: Path) -> list[Path]:
    """The files that hold the messages of a Telegram export; its media lie beside and below them."""
    for names in (["result.json"], sorted(p.name for p in folder.glob("messages*.html"))):
        found = [folder / n for n in names if (folder / n).is_file()]
        if found and carrier_of(Raw.of_path(found[0])).name.startswith("telegram"):
            return sorted(found, key=lambda p: (len(p.name), p.name))
    return []


def is_litter(name: str) -> bool:
    """Is this a hidden or system file, or one that tells of the others?"""
    low = name.lower()
    return name.startswith(".") or low in _LITTER or low.partition(".")[0] in {"readme", "license"}


def is_page_part(folder: str) -> bool:
    """Is this the folder of images and scripts that a browser saves beside a page?"""
    return folder.lower().endswith(_PAGE_PARTS)


def carrier_of(raw: Raw) -> Carrier:
    """The carrier that claims the file surest. Raises InputError when none does."""
    best, top = None, 0
    for carrier in all_carriers():
        sure = carrier.claims(raw)
        if sure > top:
            best, top = carrier, sure
    if best is None:
        raise InputError("no format that Rasid knows", where=raw.name, mend=known_formats())
    return best


def known_formats() -> str:
    """One line for the user: what can be given."""
    return "give " + ", ".join(c.label for c in all_carriers())


def open_raw(raw: Raw, options: Options) -> Iterator[Document | Failure]:
    """The reports of one file. Whatever a parser raises on it becomes a Failure."""
    try:
        raw = unpacked(raw, options.limits)
        if not raw.head:
            yield Failure(raw.name, "empty", "give a file with text in it")
            return
        _refuse_junk(raw)
        yield from carrier_of(raw).read(raw, options)
    except InputError as e:
        yield Failure(e.where or raw.name, e.what, e.mend)
    except OSError as e:
        yield Failure(raw.name, f"cannot be read: {e.strerror or e}", "check the file and its permissions")
    except Exception as e:  # noqa: BLE001 - parsers of foreign formats raise anything on broken files; the batch must go on
        yield Failure(raw.name, f"broken: {type(e).__name__}: {str(e)[:200]}", "save or export it again")


def _refuse_junk(raw: Raw) -> None:
    for magic, what, mend in _JUNK:
        if raw.head.startswith(magic):
            raise InputError(what, where=raw.name, mend=mend)


def unpacked(raw: Raw, limits: Limits) -> Raw:
    """The file behind gzip, bzip2 or xz, opened as a bounded stream; other files as they are."""
    unpack = next((u for magic, u in _PACKED if raw.head.startswith(magic)), None)
    if unpack is None:
        return raw
    packed = raw.path.stat().st_size if raw.path else len(raw.open().read())
    suffix = raw.suffix if raw.suffix in {".gz", ".bz2", ".xz"} else ""

    def opened() -> BinaryIO:
        bounded = Bounded(unpack(raw.open()), packed, limits, raw.name)
        return cast(BinaryIO, io.BufferedReader(bounded, 1 << 18))

    return Raw(raw.name.removesuffix(suffix), opened, None, raw.inside.removesuffix(suffix), raw.before)


class Bounded(io.RawIOBase):
    """Unpacked bytes that raise InputError when they grow out of proportion to their packed size."""

    def __init__(self, stream: BinaryIO, packed: int, limits: Limits, name: str) -> None:
        self._stream, self._packed, self._limits, self._name = stream, packed, limits, name
        self._given = 0

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill ``buffer`` with unpacked bytes."""
        try:
            data = self._stream.read(len(buffer))
        except (EOFError, zlib.error, lzma.LZMAError, gzip.BadGzipFile) as e:
            raise InputError(f"packed file is broken: {e}", where=self._name, mend="fetch it again") from e
        self._given += len(data)
        check_growth(self._given, self._packed, self._limits, self._name)
        buffer[: len(data)] = data
        return len(data)


def check_growth(unpacked: int, packed: int, limits: Limits, name: str) -> None:
    """Raise InputError for a zip bomb."""
    grown = unpacked > limits.total // 8 and unpacked > limits.ratio * max(1, packed)
    if grown or unpacked > limits.total:
        raise InputError(
            f"unpacks to more than {unpacked >> 20} MB, out of proportion to its {packed >> 10} kB",
            where=name,
            mend="unpack it yourself and check what is in it",
        )


def deeper(options: Options) -> Options:
    """Options for what lies inside an archive. Raises InputError when archives nest too deep."""
    if options.depth >= options.limits.depth:
        raise InputError(
            f"archives inside archives, more than {options.limits.depth} deep", mend="unpack the outer ones"
        )
    return replace(options, depth=options.depth + 1)
