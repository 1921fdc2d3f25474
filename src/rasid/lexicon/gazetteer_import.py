"""Other gazetteers brought in by the user (GeoNames dumps, OCHA tables, GeoJSON), kept as CSV in the user's data folder."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from pathlib import Path

from rasid.errors import KnowledgeError
from rasid.lexicon.gazetteer import Place, from_row


def folder() -> Path:
    """Where imported gazetteers lie: ``$RASID_DATA/places`` or the user's data folder."""
    base = os.environ.get("RASID_DATA")
    if base:
        return Path(base) / "places"
    share = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(share) / "rasid" / "places"


def installed() -> tuple[Path, ...]:
    """Imported files, oldest first."""
    found = folder().glob("*.csv") if folder().is_dir() else ()
    return tuple(sorted(found, key=lambda p: (p.stat().st_mtime, p.name)))


def read(path: Path) -> Iterator[Place]:
    """The places of one imported file."""
    try:
        with path.open(encoding="utf-8", newline="") as fh:
            for row in csv.DictReader(fh):
                yield from_row(row, str(path))
    except OSError as e:
        raise KnowledgeError(str(e), where=str(path), mend="import the file again") from e
