"""OCHA tables: administrative boundaries (COD-AB) and populated places, as CSV or XLSX.

Their columns are called differently from country to country; they are known by what they end with
(``ADM2_AR``,
``admin2Name_ar``, ``admin2Pcode``, ``featureNam_ar``, ``Latitude`` …).
"""

from __future__ import annotations

import csv
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from rasid.errors import InputError
from rasid.lexicon.gazetteer import PRIOR, Place

_XML = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_KIND = {0: "country", 1: "governorate", 2: "district", 3: "district", 4: "village"}
_PRECISION = {"country": "country", "governorate": "governorate", "district": "district"}


@dataclass(slots=True)
class _Columns:
    """Column names of one table by what they hold; administrative levels by number."""

    arabic: dict[int, str]
    english: dict[int, str]
    code: dict[int, str]
    lat: str
    lon: str
    place_ar: str
    place_en: str
    place_code: str


def places(path: Path, country: str) -> Iterator[Place]:
    """All units and places of a table that have an Arabic name and a code."""
    rows = list(_xlsx(path) if path.suffix.lower() == ".xlsx" else _csv(path))
    if not rows:
        raise InputError("an empty table", where=str(path))
    cols = _columns(list(rows[0]))
    if not cols.code or not (cols.arabic or cols.place_ar):
        raise InputError(
            f"no columns of p-codes and Arabic names among {', '.join(rows[0])}",
            where=str(path),
            mend="OCHA tables have columns such as ADM2_AR and ADM2_PCODE",
        )
    seen: set[str] = set()
    for n, r in enumerate(rows, 2):
        try:
            yield from _units(r, cols, country, seen)
        except ValueError as e:
            raise InputError(str(e), where=f"{path}, row {n}", mend="correct or delete the row") from e


def _columns(names: list[str]) -> _Columns:
    def find(*patterns: str) -> str:
        return next((n for p in patterns for n in names if re.fullmatch(p, n.strip(), re.I)), "")

    levels = range(5)
    pick = {
        "arabic": {k: find(rf"adm(in)?{k}_?(name)?_?ar(abic)?") for k in levels},
        "english": {k: find(rf"adm(in)?{k}_?(name)?_?en(glish)?", rf"adm(in)?{k}_?name") for k in levels},
        "code": {k: find(rf"adm(in)?{k}_?p?_?code") for k in levels},
    }
    found = {part: {k: v for k, v in by.items() if v} for part, by in pick.items()}
    return _Columns(
        **found,
        lat=find("lat(itude)?.*", "y(_coord)?", "point_y"),
        lon=find("lon(g|gitude)?.*", "x(_coord)?", "point_x"),
        place_ar=find("(feature|place|settlement|location|ppl|community|name).*_?ar(abic)?"),
        place_en=find("(feature|place|settlement|location|ppl|community|name).*_?en(glish)?"),
        place_code=find("(feature|place|settlement|location|ppl|community|village).*p?code", "pcode"),
    )


def _units(r: dict[str, str], c: _Columns, country: str, seen: set[str]) -> Iterator[Place]:
    """The units that a row names, each once, from the widest to the place of the row itself."""
    iso = country.upper() or (r.get(c.code.get(0, ""), "") or next(iter(r[v] for v in c.code.values())))[:2].upper()
    parent = iso.lower()
    last = max(c.arabic, default=0)
    for k in sorted(c.code):
        code, name = r[c.code[k]].strip(), r.get(c.arabic.get(k, ""), "").strip()
        if k == 0 or not code or not name:
            continue
        point = _point(r, c) if k == last and not c.place_ar else None
        if code not in seen:
            seen.add(code)
            yield _place(f"ocha.{code}", name, _KIND[k], parent, point, iso, r.get(c.english.get(k, ""), ""))
        parent = f"ocha.{code}"
    name = r.get(c.place_ar, "").strip() if c.place_ar else ""
    code = r.get(c.place_code, "").strip() if c.place_code else ""
    if name and code and code not in seen:
        seen.add(code)
        yield _place(f"ocha.{code}", name, "village", parent, _point(r, c), iso, r.get(c.place_en, ""))


def _point(r: dict[str, str], c: _Columns) -> tuple[float, float] | None:
    lat, lon = r.get(c.lat, "").strip(), r.get(c.lon, "").strip()
    if not lat or not lon:
        return None
    point = (float(lat.replace(",", ".")), float(lon.replace(",", ".")))
    if not (-90 <= point[0] <= 90 and -180 <= point[1] <= 180):
        raise ValueError(f"no such point: {lat}, {lon}")
    return point


def _place(
    id: str, name: str, kind: str, parent: str, point: tuple[float, float] | None, country: str, english: str
) -> Place:
    lat, lon = point or (None, None)
    precision = _PRECISION.get(kind, "settlement") if point else ""
    flags = frozenset({"word", "small"}) if kind == "village" else frozenset({"word"})
    return Place(
        id,
        name,
        kind,
        parent,
        lat,
        lon,
        precision,
        country,
        "ocha",
        english.strip(),
        flags,
        PRIOR[kind] - 0.5,
    )


def _csv(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as fh:
        head = fh.read(4096)
        fh.seek(0)
        delimiter = max(",;\t", key=head.split("\n")[0].count)
        for row in csv.DictReader(fh, delimiter=delimiter):
            yield {k or "": v or "" for k, v in row.items() if not isinstance(v, list)}


def _xlsx(path: Path) -> Iterator[dict[str, str]]:
    """Rows of the first sheet; a workbook is a zip of XML, and this much of it needs no library."""
    try:
        with zipfile.ZipFile(path) as z:
            shared = _shared(z)
            name = min((n for n in z.namelist() if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", n)), key=_number)
            table = [_cells(row, shared) for row in ElementTree.fromstring(z.read(name)).iter(f"{_XML}row")]
    except (zipfile.BadZipFile, ElementTree.ParseError, ValueError, KeyError, IndexError) as e:
        raise InputError(f"not a readable workbook: {e}", where=str(path), mend="save it as CSV") from e
    if not table:
        return
    head = table[0]
    for cells in table[1:]:
        yield {name: cells.get(col, "") for col, name in head.items() if name}


def _number(name: str) -> int:
    return int("".join(ch for ch in name if ch.isdigit()))


def _shared(z: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in z.namelist():
        return []
    root = ElementTree.fromstring(z.read("xl/sharedStrings.xml"))
    return ["".join(t.text or "" for t in si.iter(f"{_XML}t")) for si in root.iter(f"{_XML}si")]


def _cells(row: ElementTree.Element, shared: list[str]) -> dict[str, str]:
    """Text of the cells of one row by column letters."""
    out: dict[str, str] = {}
    for c in row.iter(f"{_XML}c"):
        col = "".join(ch for ch in c.get("r", "") if ch.isalpha())
        v = c.find(f"{_XML}v")
        if c.get("t") == "s" and v is not None and v.text:
            out[col] = shared[int(v.text)]
        elif c.get("t") == "inlineStr":
            out[col] = "".join(t.text or "" for t in c.iter(f"{_XML}t"))
        else:
            out[col] = v.text or "" if v is not None else ""
    return out
