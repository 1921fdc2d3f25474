"""Short builders of invented claims, reports and readings for the tests of the book."""

from __future__ import annotations

from datetime import date
from typing import Any

from rasid.model.document import Document
from rasid.model.reading import Reading

DAY = date(2021, 8, 6)
#: Invented places: two governorates with towns, in an invented country.
PLACES: dict[str, dict[str, Any]] = {
    "north": {"text": "محافظة الشمال", "name": "الشمال", "id": "zz.n", "precision": "governorate", "parents": ["zz"]},
    "amber": {"text": "بلدة عنبر", "name": "عنبر", "id": "zz.amber", "precision": "settlement", "parents": ["zz.n", "zz"]},
    "basil": {"text": "قرية ريحان", "name": "ريحان", "id": "zz.basil", "precision": "settlement", "parents": ["zz.n", "zz"]},
    "mill": {
        "text": "حي الطاحونة",
        "name": "الطاحونة",
        "id": "zz.mill",
        "precision": "neighbourhood",
        "parents": ["zz.amber", "zz.n", "zz"],
    },
    "south": {"text": "محافظة الجنوب", "name": "الجنوب", "id": "zz.s", "precision": "governorate", "parents": ["zz"]},
    "cedar": {"text": "مدينة الأرز", "name": "الأرز", "id": "zz.cedar", "precision": "settlement", "parents": ["zz.s", "zz"]},
    "zz": {"text": "البلاد", "name": "زد", "id": "zz", "precision": "country", "parents": []},
}


def an_incident(id: str = "i1", type: str = "shelling", **more: Any) -> dict[str, Any]:
    """One incident of a reading. `day` (None: unstated) or `days`; `at`: keys of PLACES; `by`: actor ids; `killed`."""
    day = more.pop("day", DAY)
    start, end = more.pop("days", (day, day))
    harm = [
        {"status": s, "min": n[0], "max": n[1]}
        for s in ("killed", "injured", "detained")
        if (n := _bounds(more.pop(s, None))) is not None
    ]
    part = more.pop("part", None)
    return {
        "id": id,
        "type": type,
        "time": {"start": start, "end": end, "day_part": part} if start or end else None,
        "places": [PLACES[p] for p in more.pop("at", ("amber",))],
        "actors": [{"text": a, "id": a, "role": "perpetrator"} for a in more.pop("by", ("sy.government",))],
        "targets": [{"text": t, "kind": t} for t in more.pop("targets", ())],
        "weapons": [{"text": t, "kind": t} for t in more.pop("weapons", ())],
        "casualties": harm,
        **more,
    }


def _bounds(n: Any) -> tuple[int | None, int | None] | None:
    return (n, n) if isinstance(n, int) else n


def a_reading(*incidents: dict[str, Any], **more: Any) -> Reading:
    """A reading; `commitments`, `meetings`, `sources` and fields of the report by keyword."""
    parts = {k: more.pop(k, []) for k in ("sources", "commitments", "meetings")}
    report = {"id": "r1", "text": "تقرير مختلق", "published": DAY, "publisher": "الصحيفة أ", **more}
    return Reading.model_validate({"report": report, "incidents": list(incidents), **parts})


def a_document(reading: Reading, **more: Any) -> Document:
    """The document that such a reading would be of."""
    r = reading.report
    return Document(
        text=r.text, id=r.id, title=r.title, url=r.url, publisher=r.publisher, published=r.published,
        original=more.pop("original", r.text.encode()), **more,
    )  # fmt: skip
