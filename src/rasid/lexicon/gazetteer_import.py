"""Other gazetteers brought in by the user (GeoNames dumps, OCHA tables, GeoJSON), kept as CSV in
the user's data folder.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from rasid.errors import InputError, KnowledgeError
from rasid.lexicon.gazetteer import COLUMNS, Place, from_row

ATTRIBUTION = {
    "geonames": "GeoNames, geonames.org, CC BY 4.0",
    "ocha": "OCHA common operational datasets (COD-AB, COD-PS), CC BY-IGO",
    "geojson": "GeoJSON file of the user; its licence is that of its maker",
}


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


def write(places: Iterable[Place], path: Path) -> int:
    """Write places as an imported file, whole or not at all; returns how many."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    n = 0
    with part.open("w", encoding="utf-8", newline="") as fh:
        out = csv.writer(fh, lineterminator="\n")
        out.writerow((*COLUMNS, "country"))
        for p in places:
            out.writerow(_row(p))
            n += 1
    if n == 0:
        part.unlink()
        raise InputError("no place with an Arabic name in it", where=str(path), mend="give the alternate names too")
    part.replace(path)
    return n


def _row(p: Place) -> tuple[object, ...]:
    point = ("", "") if p.lat is None or p.lon is None else (f"{p.lat:.5f}", f"{p.lon:.5f}")
    return (
        p.id,
        p.name,
        "|".join(p.aliases),
        p.kind,
        p.parent,
        *point,
        p.precision,
        p.source,
        p.en,
        " ".join(sorted(p.flags)),
        p.country,
    )


def convert(path: Path, *, country: str = "", alternate: Path | None = None) -> tuple[str, Iterator[Place]]:
    """What sort of file it is (key of ATTRIBUTION) and its places.

    Known by its content: GeoNames dump (tabs, 19 columns; also zipped), OCHA table (CSV or XLSX
    with p-codes),
    GeoJSON. ``country``: ISO code for files that do not say it. ``alternate``: GeoNames
    alternateNames file.
    """
    from rasid.lexicon import import_geojson, import_geonames, import_ocha

    suffix = path.suffix.lower()
    if not path.exists():
        raise InputError("no such file", where=str(path))
    if suffix in (".geojson", ".json"):
        return "geojson", import_geojson.places(path, country)
    if suffix in (".csv", ".xlsx"):
        return "ocha", import_ocha.places(path, country)
    if suffix in (".txt", ".tsv", ".zip"):
        return "geonames", import_geonames.places(path, alternate)
    raise InputError(
        "not a kind of gazetteer that Rasid reads",
        where=str(path),
        mend="give .txt, .zip, .csv, .xlsx or .geojson",
    )
