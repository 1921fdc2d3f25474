"""Suggestions for places and parties while one types: from the gazetteer and the actor registry, on keys,
not letters.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from rasid.desk.words import arabic
from rasid.text.keys import bare, fold

MOST = 12


def _keys(text: str) -> str:
    return " ".join(bare(fold(w)) for w in text.split())


@cache
def _places() -> list[tuple[str, dict[str, Any]]]:
    from rasid.desk.gazetteer import every_place

    return [(_keys(f"{p['ar']}"), p) for p in every_place()]


def places(q: str) -> list[dict[str, Any]]:
    """Places whose name begins with, else holds, what was typed."""
    key = _keys(q)
    if len(key) < 2:
        return []
    latin = q.casefold()
    first = [p for k, p in _places() if k.startswith(key) or p["en"].casefold().startswith(latin)]
    rest = [] if len(first) >= MOST else [p for k, p in _places() if key in k and not k.startswith(key)]
    return [
        {
            "id": p["id"],
            "text": p["ar"],
            "shown": (p["ar"] if arabic() else p["en"] or p["ar"]),
            "more": p["more"],
            "lat": p["lat"],
            "lon": p["lon"],
        }
        for p in (first + rest)[:MOST]
    ]


@cache
def _actors() -> list[tuple[tuple[str, ...], dict[str, Any]]]:
    from rasid.desk.gazetteer import every_actor

    return [(tuple(_keys(n) for n in a["names"]), a) for a in every_actor()]


def actors(q: str) -> list[dict[str, Any]]:
    """Parties one of whose names holds what was typed; the alias that matched is shown."""
    key = _keys(q)
    if len(key) < 2:
        return []
    found = []
    for keys, a in _actors():
        hit = next((i for i, k in enumerate(keys) if key in k), None)
        if hit is not None:
            found.append(
                {
                    "id": a["id"],
                    "text": a["names"][hit],
                    "shown": a["ar"] if arabic() else a["en"] or a["ar"],
                    "more": a["names"][hit],
                }
            )
        if len(found) >= MOST:
            break
    return found
