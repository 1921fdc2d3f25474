"""The map: outlines from files of our own, records clustered here and not in the browser, no tile server."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from rasid.desk import gazetteer
from rasid.desk.core.access import hidden_from
from rasid.desk.core.doors import needs
from rasid.desk.core.policy import policy
from rasid.desk.core.roles import May
from rasid.desk.incidents import filters
from rasid.desk.shelf import book

#: degrees of one cell by zoom: about 48 pixels
MOST = 400


@needs(May.SEE)
def page(request: HttpRequest) -> HttpResponse:
    held = policy()
    if held.tile_url:
        parts = urlsplit(held.tile_url)
        request.tile_origin = f"{parts.scheme}://{parts.netloc}".replace("{s}", "*")  # type: ignore[attr-defined]
    where = hidden_from(request.user).within(filters.read(request.GET))
    context = {
        "query": request.GET.urlencode(),
        "chosen": filters.chosen(request.GET),
        "panels": filters.panels(request.GET, {})[:4],
        "total": book().count(where),
        "tile_url": held.tile_url,
        "tile_credit": held.tile_credit,
    }
    return render(request, "map/map.html", context)


def _box(text: str) -> tuple[float, float, float, float] | None:
    try:
        west, south, east, north = (float(x) for x in text.split(",")[:4])
    except ValueError:
        return None
    if not (-181 <= west < east <= 181 and -91 <= south < north <= 91):
        return None
    return west, south, east, north


@needs(May.SEE)
def cells(request: HttpRequest) -> JsonResponse:
    """Clusters of records in a box, as GeoJSON; a cell with one record names it."""
    box = _box(request.GET.get("box", ""))
    zoom = max(2, min(14, int(request.GET.get("zoom", "6")) if request.GET.get("zoom", "6").isdecimal() else 6))
    where = hidden_from(request.user).within(filters.read(request.GET))
    found = book().grid(where, cell=48 * 360 / (256 * 2**zoom), box=box)
    return JsonResponse({"type": "FeatureCollection", "features": [_feature(c) for c in found[:MOST]]})


def _feature(c: Any) -> dict[str, Any]:
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [round(c.lon, 4), round(c.lat, 4)]},
        "properties": {"count": c.count, "one": c.one},
    }


@needs(May.SEE)
def inside(request: HttpRequest) -> HttpResponse:
    """The list beside the map: records in the box of a cluster."""
    from dataclasses import replace

    box = _box(request.GET.get("box", ""))
    hidden = hidden_from(request.user)
    where = hidden.within(filters.read(request.GET))
    rows = [r for r in book().incidents(replace(where, box=box) if box else where, size=40) if not hidden.record(r)]
    return render(request, "map/rows.html", {"rows": rows})


@needs(May.SEE)
def labels(request: HttpRequest) -> JsonResponse:
    """Names of larger places in a box, from the gazetteer."""
    box = _box(request.GET.get("box", ""))
    if box is None:
        return JsonResponse({"rows": []})
    return JsonResponse({"rows": gazetteer.names_in(box, 60)})
