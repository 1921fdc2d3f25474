"""ZIP files (archives, DOCX) measured before anything of them is unpacked."""

from __future__ import annotations

import zipfile
from typing import BinaryIO

from rasid.errors import InputError
from rasid.intake.carrier import Limits


def open_zip(stream: BinaryIO, limits: Limits, name: str) -> zipfile.ZipFile:
    """The archive, opened. Raises InputError when it is broken or out of proportion to its size."""
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, ValueError, EOFError) as e:
        raise InputError(f"broken archive: {e}", where=name, mend="fetch or pack it again") from e
    members = archive.infolist()
    if len(members) > limits.members:
        raise InputError(f"more than {limits.members} files", where=name, mend="unpack it and give the folder")
    size, packed = sum(m.file_size for m in members), sum(m.compress_size for m in members)
    if size > limits.total or (size > limits.total // 8 and size > limits.ratio * max(1, packed)):
        raise InputError(
            f"would unpack to {size >> 20} MB", where=name, mend="unpack it yourself and check what is in it"
        )
    return archive
