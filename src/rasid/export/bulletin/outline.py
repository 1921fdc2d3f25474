"""The map: outlines that come with Rasid, circles where incidents are told, no tiles."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from rasid.export.bulletin.drawing import Area, Dot, Drawing, Point, Shape, Words
from rasid.export.words import Lang, desk_file

Record = dict[str, Any]
Box = tuple[float, float, float, float]

WIDTH, HEIGHT = 900, 560
SEA, LAND, EDGE, BORDER, INCIDENT, PROMISED = "#dfe8ea", "#f6f2e8", "#cfc7b4", "#8f8875", "#9c2f26", "#0d5f5a"
#: Least span in degrees of latitude: one place alone still shows what lies around it.
_LEAST = 0.9


@cache
def _outlines(name: str) -> tuple[tuple[dict[str, Any], tuple[tuple[Point, ...], ...]], ...]:
    held = json.loads(desk_file("map", "static", "map", name).read_text(encoding="utf-8"))
    return tuple((f["properties"], tuple(_rings(f["geometry"]))) for f in held["features"])


def _rings(geometry: dict[str, Any]) -> Iterator[tuple[Point, ...]]:
    parts = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    for part in parts:
        yield tuple((x, y) for x, y in part[0])


def map_of(
    incidents: Iterable[Record], commitments: Iterable[Record], known: Mapping[str, list[str]], lang: Lang
) -> Drawing | None:
    """The map of a bulletin; None when no incident has a position. ``known``: names of places by id."""
    spots, names = _spots(incidents, known, lang)
    if not spots:
        return None
    promised = {(p["lon"], p["lat"]): p["text"] for c in commitments for p in c["places"] if p["lat"] is not None}
    view = _View(_box([*spots, *promised]))
    dots = [(view.at(point), n, names[point]) for point, n in sorted(spots.items(), key=_by_size)]
    view.taken += [(x - 9, y - 9, x + 9, y + 9) for (x, y), _, _ in dots]
    written = [*view.labels((name, at) for at, _, name in dots[:14])]
    shapes: list[Shape] = [*view.land(), *view.regions(lang)]
    shapes += [_ring(view.at(point), text) for point, text in sorted(promised.items()) if view.holds(point)]
    largest = max(spots.values())
    for (x, y), n, name in dots:
        radius = 5 + 13 * math.sqrt(n / max(largest, 4))
        shapes.append(Dot(x, y, radius, INCIDENT, f"{name}: {n}", 0.78))
        if n > 1:
            shapes.append(Words(x, y + 4, str(n), 11, "middle", "#ffffff", bold=True))
    return Drawing(WIDTH, HEIGHT, (*shapes, *written), _title(spots, lang), SEA)


def _by_size(spot: tuple[Point, int]) -> tuple[int, Point]:
    return -spot[1], spot[0]


def _title(spots: Counter[Point], lang: Lang) -> str:
    n = sum(spots.values())
    return f"خريطة: {n} حادثة" if lang == "ar" else f"Map: {n} incidents"


def _ring(at: Point, text: str) -> Dot:
    return Dot(*at, 15, "#ffffff", text, 0.0, PROMISED)


def _spots(
    incidents: Iterable[Record], known: Mapping[str, list[str]], lang: Lang
) -> tuple[Counter[Point], dict[Point, str]]:
    """Incidents by the place at which the record stands."""
    spots: Counter[Point] = Counter()
    names: dict[Point, str] = {}
    for r in incidents:
        if r["lat"] is None:
            continue
        point = (round(r["lon"], 3), round(r["lat"], 3))
        spots[point] += 1
        near = [p for p in r["places"] if p["lat"] is not None]
        own = next((p for p in near if (round(p["lon"], 3), round(p["lat"], 3)) == point), None)
        place = own or (near or r["places"])[0]
        held = known.get(place["id"] or "")
        names.setdefault(point, held[lang == "en"] if held else place["name"] or place["text"])
    return spots, names


def _box(points: list[Point]) -> Box:
    """West, south, east, north with a margin, in the proportion of the sheet."""
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    middle_x, middle_y = (west + east) / 2, (south + north) / 2
    squeeze = math.cos(math.radians(middle_y))
    tall = max((north - south) * 1.35, (east - west) * squeeze * 1.3 * HEIGHT / WIDTH, _LEAST)
    wide = tall * WIDTH / HEIGHT / squeeze
    return middle_x - wide / 2, middle_y - tall / 2, middle_x + wide / 2, middle_y + tall / 2


class _View:
    """From degrees to the sheet."""

    def __init__(self, box: Box) -> None:
        self.west, self.south, self.east, self.north = box
        self.taken: list[Box] = []

    def at(self, point: Point) -> Point:
        x = (point[0] - self.west) / (self.east - self.west) * WIDTH
        y = (self.north - point[1]) / (self.north - self.south) * HEIGHT
        return round(x, 1), round(y, 1)

    def holds(self, point: Point) -> bool:
        return self.west < point[0] < self.east and self.south < point[1] < self.north

    def land(self) -> Iterator[Shape]:
        """Countries, governorates, borders over them."""
        countries, inner = _outlines("world.json"), _outlines("admin.json")
        yield from (Area(r, LAND) for _, rings in countries for r in self._seen(rings))
        yield from (Area(r, LAND, EDGE, 0.8) for _, rings in inner for r in self._seen(rings))
        yield from (Area(r, None, BORDER, 1.4) for _, rings in countries for r in self._seen(rings))

    def regions(self, lang: Lang) -> Iterator[Words]:
        """Names of governorates, faint, where nothing else is written."""
        for properties, _ in _outlines("admin.json"):
            point = (properties["at"][0], properties["at"][1])
            text = properties[lang]
            if text and self.holds(point):
                x, y = self.at(point)
                if self._free(text, x, y, 3.2):
                    yield Words(x, y, text, 12, "middle", "#8a8371")

    def _seen(self, rings: Iterable[tuple[Point, ...]]) -> Iterator[tuple[Point, ...]]:
        for ring in rings:
            cut = _clip(tuple(self.at(p) for p in ring))
            if len(cut) > 2:
                yield cut

    def labels(self, named: Iterable[tuple[str, Point]]) -> Iterator[Words]:
        """Names of places beside their circles, where they overlap no other name."""
        for text, (x, y) in named:
            for dy in (-20, 30, -36, 46):
                if self._free(text, x, y + dy, 3.6):
                    yield Words(x, y + dy, text, 13, "middle", "#1c272b", bold=True, halo=True)
                    break

    def _free(self, text: str, x: float, y: float, letter: float) -> bool:
        """Is there room for words here? Then it is taken."""
        half = letter * len(text)
        box = (x - half, y - 11, x + half, y + 4)
        clear = all(box[2] < t[0] or t[2] < box[0] or box[3] < t[1] or t[3] < box[1] for t in self.taken)
        if not clear or not 12 < y < HEIGHT - 6 or not half < x < WIDTH - half:
            return False
        self.taken.append(box)
        return True


def _clip(ring: tuple[Point, ...]) -> tuple[Point, ...]:
    """A ring cut to the sheet with a small margin (Sutherland-Hodgman)."""
    m = 4.0
    for axis, limit, sign in ((0, -m, 1), (0, WIDTH + m, -1), (1, -m, 1), (1, HEIGHT + m, -1)):
        ring = tuple(_cut(ring, axis, limit, sign))
        if not ring:
            break
    return ring


def _cut(ring: tuple[Point, ...], axis: int, limit: float, sign: int) -> Iterator[Point]:
    for a, b in zip(ring, (*ring[1:], *ring[:1]), strict=True):
        inside_a, inside_b = (a[axis] - limit) * sign >= 0, (b[axis] - limit) * sign >= 0
        if inside_a:
            yield a
        if inside_a != inside_b:
            share = (limit - a[axis]) / (b[axis] - a[axis])
            yield round(a[0] + share * (b[0] - a[0]), 1), round(a[1] + share * (b[1] - a[1]), 1)
