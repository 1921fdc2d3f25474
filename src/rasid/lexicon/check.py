"""Checks of the knowledge files: shape, ids, references, and traps that Arabic text sets in editors.

Each problem names file, line, entry and mend. The checks run on the shipped files in the tests and by
`rasid lexicon check`, and each has bad samples that it must refuse.
"""

from __future__ import annotations

import csv
import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from rasid.lexicon import files
from rasid.lexicon.schema import COLUMNS, SCHEMAS
from rasid.model.vocabulary import PlaceKind, Precision

_BIDI = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_HIDDEN = re.compile("[\u00ad\u200b\u2060\ufeff]")
_PRESENTATION = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]")
#: No Arabic word begins so: letters in the wrong order, as some tools leave them.
_REVERSED = re.compile("(?<![\u0621-\u0652])[ةى](?=[\u0621-\u064a])")
_TATWEEL = re.compile("ـ(?!\\b)")
#: Keys whose strings are sentences: examples may hold what they show.
_PROSE = {"yes", "no", "near", "text", "why", "note", "quote", "source", "gives", "label"}


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a knowledge file, where, and how to mend it."""

    file: str
    line: int
    entry: str
    what: str
    mend: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" + (f" {self.entry}" if self.entry else "")
        return f"{where}: {self.what} ({self.mend})"


def check(root: Path = files.ROOT) -> list[Problem]:
    """All problems of the knowledge folder ``root``, in the order of files and lines."""
    tables: dict[str, dict[str, Any]] = {}
    problems: list[Problem] = []
    for path in sorted(p for p in root.rglob("*") if p.is_file()):
        name = path.relative_to(root).as_posix()
        if path.suffix == ".toml":
            problems += _toml(path, name, tables)
        elif path.suffix == ".csv":
            problems += _csv(path, name)
        elif path.suffix != ".md":
            problems.append(Problem(name, 1, "", "neither TOML nor CSV", "knowledge is data of these two kinds"))
    problems += _ids(root, tables)
    problems += _references(root, tables)
    return sorted(problems, key=lambda p: (p.file, p.line))


def _toml(path: Path, name: str, tables: dict[str, dict[str, Any]]) -> Iterator[Problem]:
    text = path.read_text(encoding="utf-8", errors="replace")
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as e:
        m = re.search(r"line (\d+)", str(e))
        yield Problem(name, int(m.group(1)) if m else 1, "", f"no TOML: {e}", "correct the syntax")
        return
    tables[name] = table
    yield from _shape(text, name, table)
    for entry, where in _entries(table):
        yield from _strings(entry, name, text, where)


def _shape(text: str, name: str, table: dict[str, Any]) -> Iterator[Problem]:
    schema = next((s for pattern, s in SCHEMAS if fnmatch(name, pattern)), None)
    if schema is None:
        yield Problem(name, 1, "", "no schema for this file", "add its class to rasid.lexicon.schema")
        return
    try:
        schema.model_validate(table)
    except ValidationError as e:
        for error in e.errors(include_url=False):
            entry = _entry_at(table, error["loc"])
            where = ".".join(str(p) for p in error["loc"])
            what = f"{where}: {error['msg']}"
            yield Problem(name, _line(text, entry), entry, what, "see the class of this file in rasid.lexicon.schema")


def _entry_at(table: Any, loc: tuple[int | str, ...]) -> str:
    """The id of the entry in which a location lies."""
    found = ""
    for step in loc:
        try:
            table = table[step]
        except (KeyError, IndexError, TypeError):
            break
        if isinstance(table, dict) and isinstance(table.get("id"), str):
            found = table["id"]
    return found


def _line(text: str, entry: str) -> int:
    """The line of an entry's id; 1 where it has none. tomllib tells no lines."""
    m = re.search(rf'^\s*id\s*=\s*"{re.escape(entry)}"', text, re.MULTILINE) if entry else None
    return text.count("\n", 0, m.start()) + 1 if m else 1


def _entries(table: dict[str, Any]) -> Iterator[tuple[Any, str]]:
    """The parts of a file to look at, each under the id that it has."""
    for value in table.values():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            for entry in value:
                yield entry, str(entry.get("id", ""))
        else:
            yield value, ""


def _strings(value: Any, name: str, text: str, entry: str, prose: bool = False) -> Iterator[Problem]:
    """Traps in the strings of one entry; ``prose``: sentences, where tatweel and doubles are no mistake."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield from _strings(part, name, text, entry, prose or key in _PROSE)
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part, name, text, entry, prose)
        if not prose:
            yield from _doubles(value, name, text, entry)
    elif isinstance(value, str):
        for what, mend in traps(value, prose=prose):
            yield Problem(name, _line(text, entry), entry, f"{what}: {value[:60]!a} {value[:60]}", mend)


def _doubles(values: list[Any], name: str, text: str, entry: str) -> Iterator[Problem]:
    for word, n in Counter(v for v in values if isinstance(v, str)).items():
        if n > 1:
            yield Problem(name, _line(text, entry), entry, f"{n} times in one list: {word}", "keep one")


def traps(value: str, *, prose: bool = False) -> Iterator[tuple[str, str]]:
    """What is wrong with one string, and the mend."""
    if _BIDI.search(value):
        yield "hidden direction mark", "delete it; editors order lines by themselves"
    if _HIDDEN.search(value):
        yield "invisible character", "delete it"
    if _PRESENTATION.search(value):
        yield "presentation form", "type the letter itself"
    if unicodedata.normalize("NFC", value) != value:
        yield "not in normal form C", "normalise it"
    if not prose and _TATWEEL.search(value):
        yield "tatweel", "delete it; keys drop it anyway"
    if _REVERSED.search(value):
        yield "a word begins with teh marbuta or alef maqsura", "the letters may stand in reverse order"
    if value != value.strip() or "  " in value:
        yield "stray blanks", "delete them"


def _csv(path: Path, name: str) -> Iterator[Problem]:
    columns, keys = next(((c, n) for pattern, c, n in COLUMNS if fnmatch(name, pattern)), ((), 0))
    if not columns:
        yield Problem(name, 1, "", "no columns known for this file", "add them to rasid.lexicon.schema")
        return
    with path.open(encoding="utf-8", newline="") as fh:
        reader = csv.reader(fh)
        header = tuple(next(reader, ()))
        if header != columns:
            yield Problem(name, 1, "", f"columns {', '.join(header)}", f"must be {', '.join(columns)}")
            return
        seen: set[tuple[str, ...]] = set()
        for cells in reader:
            key = tuple(cells[:keys])
            if not all(key) or key in seen:
                yield Problem(name, reader.line_num, key[0], "key empty or used twice", "give each row its own")
            seen.add(key)
            yield from _row(name, reader.line_num, cells, columns)


def _row(name: str, line: int, cells: list[str], columns: tuple[str, ...]) -> Iterator[Problem]:
    if len(cells) != len(columns):
        yield Problem(name, line, cells[0], f"{len(cells)} cells", f"must be {len(columns)}")
        return
    for value in cells:
        for what, mend in traps(value):
            yield Problem(name, line, cells[0], f"{what}: {value[:60]}", mend)
    if name.startswith("places/"):
        yield from _place(name, line, dict(zip(columns, cells, strict=True)))


def _place(name: str, line: int, row: dict[str, str]) -> Iterator[Problem]:
    if row["kind"] not in set(PlaceKind):
        yield Problem(name, line, row["id"], f"kind {row['kind']!r}", "take one of the contract's")
    if row["precision"] not in {*Precision, "parent", ""}:
        yield Problem(name, line, row["id"], f"precision {row['precision']!r}", "take one of the contract's")
    if bool(row["lat"]) != bool(row["lon"]):
        yield Problem(name, line, row["id"], "half a coordinate", "give both or none")
    elif row["lat"] and not (_within(row["lat"], 90) and _within(row["lon"], 180)):
        yield Problem(name, line, row["id"], f"coordinate {row['lat']}, {row['lon']}", "degrees, north and east")


def _within(value: str, limit: float) -> bool:
    try:
        return abs(float(value)) <= limit
    except ValueError:
        return False


def _ids(root: Path, tables: dict[str, dict[str, Any]]) -> Iterator[Problem]:
    """Ids are stored in published records: in one folder of the knowledge each is used once."""
    owner: dict[tuple[str, str], str] = {}
    for name, table in tables.items():
        text = (root / name).read_text(encoding="utf-8")
        for entry in _with_id(table):
            key = (name.partition("/")[0], entry)
            if key in owner:
                what = f"id used in {owner[key]} too"
                yield Problem(name, _line(text, entry), entry, what, "ids are unique; choose another")
            owner.setdefault(key, name)


def _with_id(table: dict[str, Any]) -> Iterator[str]:
    for value in table.values():
        if isinstance(value, list):
            yield from (e["id"] for e in value if isinstance(e, dict) and isinstance(e.get("id"), str))


def _references(root: Path, tables: dict[str, dict[str, Any]]) -> Iterator[Problem]:
    """Parents, sides and principals of actors exist, and nobody begins after its end."""
    actors = {n: t for n, t in tables.items() if fnmatch(n, "actors/*.toml") and "/words/" not in n}
    known = {e["id"] for t in actors.values() for e in t.get("entry", []) if "id" in e} | _of_countries(root)
    for name, table in actors.items():
        text = (root / name).read_text(encoding="utf-8")
        for e in table.get("entry", []):
            entry = str(e.get("id", ""))
            for key in ("parent", "side", "acts_for"):
                if e.get(key) and e[key] not in known:
                    yield Problem(
                        name, _line(text, entry), entry, f"{key} {e[key]!r} is no actor", "name an entry's id"
                    )
            if e.get("from") and e.get("until") and e["from"] > e["until"]:
                yield Problem(name, _line(text, entry), entry, "begins after its end", "exchange from and until")


def _of_countries(root: Path) -> set[str]:
    """Ids that the table of countries makes: governments, forces, militias."""
    path = root / "actors" / "words" / "countries.csv"
    if not path.is_file():
        return set()
    with path.open(encoding="utf-8", newline="") as fh:
        rows = list(csv.DictReader(fh))
    return {row[c] for row in rows for c in ("government", "forces", "militia") if row.get(c)}
