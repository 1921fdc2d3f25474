"""GeoNames country dumps: ``SY.txt`` or ``SY.zip``, with ``alternateNames`` for the Arabic names
that a dump lacks.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rasid.errors import InputError
from rasid.lexicon.gazetteer import PRIOR, Place, supplement
from rasid.lexicon.geonames import arabic

_KINDS = {
    "ADM1": "governorate",
    "ADM2": "district",
    "ADM3": "district",
    "PPLX": "neighbourhood",
    "CMP": "camp",
    "CMPRF": "camp",
    "AIRP": "facility",
    "AIRB": "facility",
    "AIRF": "facility",
    "MT": "mountain",
    "MTS": "mountain",
    "HLL": "mountain",
    "HLLS": "mountain",
    "DAM": "facility",
    "PRT": "facility",
    "BDG": "facility",
    "HSP": "facility",
    "PRN": "facility",
    "UNIV": "facility",
    "OILR": "facility",
    "OILF": "facility",
    "PS": "facility",
    "MILB": "facility",
    "INSM": "facility",
    "BDRY": "crossing",
    "CSTM": "crossing",
    "ISL": "area",
    "RGN": "area",
}
_PRECISION = {
    "governorate": "governorate",
    "district": "district",
    "neighbourhood": "neighbourhood",
    "area": "district",
    "mountain": "district",
}


@contextmanager
def _lines(path: Path) -> Iterator[Iterator[list[str]]]:
    """Rows of a tab-separated file, plain or the largest member of a zip."""
    if path.suffix.lower() == ".zip":
        with zipfile.ZipFile(path) as z:
            biggest = max(z.infolist(), key=lambda i: i.file_size)
            with z.open(biggest) as raw:
                yield csv.reader(io.TextIOWrapper(raw, "utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE)
    else:
        with path.open(encoding="utf-8", newline="") as fh:
            yield csv.reader(fh, delimiter="\t", quoting=csv.QUOTE_NONE)


def _alternates(path: Path | None) -> dict[str, list[str]]:
    """Arabic names by GeoNames id, preferred ones first."""
    out: dict[str, list[str]] = {}
    if path is None:
        return out
    with _lines(path) as rows:
        for r in rows:
            if len(r) < 4:
                raise InputError("not an alternateNames file", where=str(path), mend="it has at least 4 columns")
            if r[2] == "ar" and not (len(r) > 7 and r[7] == "1"):
                names = out.setdefault(r[1], [])
                names.insert(0, r[3]) if len(r) > 4 and r[4] == "1" else names.append(r[3])
    return out


def places(path: Path, alternate: Path | None) -> Iterator[Place]:
    """Places that have an Arabic name and a kind that reports name."""
    regions = {(p.country, f[5:]): p.id for p in supplement() for f in p.flags if f.startswith("adm1=")}
    more = _alternates(alternate)
    with _lines(path) as rows:
        for n, r in enumerate(rows, 1):
            if len(r) != 19:
                raise InputError(
                    f"line {n} has {len(r)} columns, not 19",
                    where=str(path),
                    mend="give a GeoNames country dump",
                )
            place = _place(r, more.get(r[0], []), regions)
            if place is not None:
                yield place


def _place(r: list[str], more: list[str], regions: dict[tuple[str, str], str]) -> Place | None:
    kind = _kind(r)
    names = tuple(dict.fromkeys((*more, *arabic(r[3].split(",")))))
    if kind is None or not names or (kind == "governorate" and (r[8], r[10]) in regions):
        return None
    flags = {"gn", "word"} if kind in ("village", "town", "neighbourhood") else {"gn"}
    if kind == "village":
        flags.add("small")
    return Place(
        f"gn.{r[0]}",
        names[0],
        kind,
        regions.get((r[8], r[10]), r[8].lower()),
        float(r[4]),
        float(r[5]),
        _PRECISION.get(kind, "settlement" if r[6] == "P" else "point"),
        r[8],
        f"geonames:{r[0]}",
        r[1],
        frozenset(flags),
        PRIOR[kind] - 0.5,
        (),
        names[1:],
    )


def _kind(r: list[str]) -> str | None:
    if r[6] == "P" and r[7] != "PPLX":
        people = int(r[14] or 0)
        if people >= 50_000 or r[7] in ("PPLA", "PPLC"):
            return "city"
        return "town" if people >= 5_000 or r[7].startswith("PPLA") else "village"
    return _KINDS.get(r[7])
