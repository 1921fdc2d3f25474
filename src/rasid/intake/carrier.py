"""What a carrier is: a kind of file that holds reports. One module per carrier exposes ``CARRIER``; presence
registers it.
"""

from __future__ import annotations

import io
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from importlib import import_module
from pathlib import Path
from typing import BinaryIO

from rasid.errors import InputError
from rasid.intake.encoding import decode
from rasid.model.document import Document

#: Bytes of a file that carriers may look at before one of them is chosen.
HEAD = 65_536


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that gave no report: its name as the user knows it, why, and what would help."""

    name: str
    reason: str
    mend: str = ""

    def __str__(self) -> str:
        return f"{self.name}: {self.reason}" + (f" ({self.mend})" if self.mend else "")


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds that keep one hostile or broken file from taking the machine. Sizes in bytes.

    file: one report file read as a whole (page, PDF, DOCX); line: one JSONL line or post; total: one archive
    unpacked; ratio: unpacked to packed size, once ``total`` / 8 is passed; members: files of one archive;
    depth: archives inside archives.
    """

    file: int = 64 << 20
    line: int = 16 << 20
    total: int = 8 << 30
    ratio: int = 200
    members: int = 200_000
    depth: int = 3


@dataclass(frozen=True, slots=True)
class Options:
    """What the caller wants of every document: a given day of publication, the original bytes, limits."""

    published: date | None = None
    keep_original: bool = False
    limits: Limits = field(default_factory=Limits)
    depth: int = 0


@dataclass(frozen=True)
class Raw:
    """One file, archive member or upload: its name as the user sees it, and a way to open its bytes (as often
    as needed).

    ``inside``: its name inside the folder or archive that was given, from which ids are made. ``before``: of a
    slice of a file, how many lines or records lie before it; None for a whole file.
    """

    name: str
    open: Callable[[], BinaryIO]
    path: Path | None = None
    inside: str = ""
    before: int | None = None

    @classmethod
    def of_bytes(cls, name: str, data: bytes) -> Raw:
        """Bytes at hand under a name."""
        return cls(name, lambda: io.BytesIO(data))

    @classmethod
    def of_path(cls, path: Path, inside: str = "") -> Raw:
        """A file on disk."""
        return cls(str(path), lambda: path.open("rb"), path, inside)

    @cached_property
    def head(self) -> bytes:
        """The first bytes, for telling carriers apart."""
        with self.open() as fh:
            return fh.read(HEAD)

    @cached_property
    def head_text(self) -> str:
        """The first bytes as text; empty when they are not text. A character cut by the edge is dropped."""
        try:
            return decode(self.head, cut=len(self.head) == HEAD).text
        except InputError:
            return ""

    @property
    def suffix(self) -> str:
        """Lower-case suffix with its dot, "" without one."""
        return Path(self.name).suffix.lower()

    @property
    def short(self) -> str:
        """The name without the path that leads to it, for records that leave this machine."""
        return self.inside or Path(self.name).name

    @property
    def stem(self) -> str:
        """The short name without its suffix, for ids."""
        return self.short.removesuffix(Path(self.short).suffix)

    def read(self, limits: Limits) -> bytes:
        """All bytes; InputError when there are more than ``limits.file``."""
        with self.open() as fh:
            data = fh.read(limits.file + 1)
        if len(data) > limits.file:
            raise InputError(
                f"larger than {limits.file >> 20} MB", where=self.name, mend="split it into single reports"
            )
        return data


@dataclass(frozen=True, slots=True)
class Carrier:
    """A kind of file. ``claims`` says how surely a file is of this kind: 0 not, 1 by name, 2 by content, 3
    beyond doubt.
    """

    name: str
    label: str
    suffixes: tuple[str, ...]
    claims: Callable[[Raw], int]
    read: Callable[[Raw, Options], Iterator[Document | Failure]]


@cache
def all_carriers() -> tuple[Carrier, ...]:
    """All carriers, by name; a module of `rasid.intake.carriers` with ``CARRIER`` is one."""
    import rasid.intake.carriers as package

    modules = (import_module(f"{package.__name__}.{m.name}") for m in pkgutil.iter_modules(package.__path__))
    found = (m.CARRIER for m in modules if hasattr(m, "CARRIER"))
    return tuple(sorted(found, key=lambda c: c.name))
