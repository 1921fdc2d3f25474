"""ZIP archives of reports: each member is read as a file of its own."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO, cast

from rasid.errors import InputError
from rasid.intake.archive_guard import open_zip
from rasid.intake.carrier import Carrier, Failure, Options, Raw
from rasid.intake.opening import deeper, is_litter, is_page_part, open_raw
from rasid.model.document import Document


def _claims(raw: Raw) -> int:
    # DOCX is a ZIP too and claims 3
    return 2 if raw.head.startswith((b"PK\x03\x04", b"PK\x05\x06")) else 0


def _read(raw: Raw, options: Options) -> Iterator[Document | Failure]:
    inner = deeper(options)
    with raw.open() as fh:
        archive = open_zip(fh, options.limits, raw.name)
        members = [m for m in archive.infolist() if not m.is_dir() and not _passed_over(m.filename)]
        if not members:
            raise InputError("no file in the archive", where=raw.name, mend="pack the reports into it")
        names = {m.filename for m in members}
        for member in sorted(members, key=lambda m: m.filename):
            if not _medium_of_export(member.filename, names):
                yield from _member(archive, member, raw, inner)


def _passed_over(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return any(is_litter(p) for p in parts) or any(is_page_part(p) for p in parts[:-1])


def _medium_of_export(name: str, names: set[str]) -> bool:
    """Does a file lie beside or below the messages of a Telegram export, and is none of them?"""
    parts = name.split("/")
    folders = ["/".join([*parts[:n], ""]) for n in range(len(parts))]
    if any(f"{f}result.json" in names for f in folders):
        return parts[-1] != "result.json"
    return any(f"{f}messages.html" in names for f in folders) and not parts[-1].startswith("messages")


def _member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, raw: Raw, options: Options
) -> Iterator[Document | Failure]:
    name = f"{raw.name}!{member.filename}"
    if member.flag_bits & 1:
        yield Failure(name, "encrypted", "unpack it with its password")
        return

    def opened() -> BinaryIO:
        try:
            return cast(BinaryIO, archive.open(member))
        except (zipfile.BadZipFile, NotImplementedError, zlib.error) as e:
            raise InputError(f"broken member: {e}", where=name, mend="pack it again") from e

    yield from open_raw(Raw(name, opened, inside=member.filename), options)


CARRIER = Carrier("zip", "a ZIP of any of these", (".zip",), _claims, _read)
