"""Short builders of invented claims, reports and readings for the tests of the book."""

from __future__ import annotations

from datetime import date
from typing import Any

from rasid.books import Book, Filter
from rasid.model.document import Document
from rasid.model.reading import Reading

DAY = date(2021, 8, 6)
EVERYTHING = Filter(modalities=())


def _place(text: str, id: str, precision: str, *parents: str) -> dict[str, Any]:
    name = text.split()[-1]
    return {"text": text, "name": name, "id": id, "precision": precision, "parents": list(parents)}


#: Invented places: two governorates with towns and a neighbourhood, in an invented country.
PLACES: dict[str, dict[str, Any]] = {
    "north": _place("محافظة الشمال", "zz.n", "governorate", "zz"),
    "amber": _place("بلدة عنبر", "zz.amber", "settlement", "zz.n", "zz"),
    "basil": _place("قرية ريحان", "zz.basil", "settlement", "zz.n", "zz"),
    "mill": _place("حي الطاحونة", "zz.mill", "neighbourhood", "zz.amber", "zz.n", "zz"),
    "south": _place("محافظة الجنوب", "zz.s", "governorate", "zz"),
    "cedar": _place("مدينة الأرز", "zz.cedar", "settlement", "zz.s", "zz"),
    "zz": _place("البلاد", "zz", "country"),
}


def _bounds(n: Any) -> tuple[int | None, int | None] | None:
    return (n, n) if isinstance(n, int) else n


def an_incident(id: str = "i1", type: str = "shelling", **more: Any) -> dict[str, Any]:
    """One incident of a reading. `day` (None: unstated) or `days`; `at`: keys of PLACES; `by`: actor ids."""
    day = more.pop("day", DAY)
    start, end = more.pop("days", (day, day))
    part = more.pop("part", None)
    harm = [
        {"status": s, "min": n[0], "max": n[1]}
        for s in ("killed", "injured", "detained")
        if (n := _bounds(more.pop(s, None))) is not None
    ]
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


def a_promise(id: str = "c1", kind: str = "pledge", **more: Any) -> dict[str, Any]:
    """One commitment of a reading. `acts`; `by`, `to`, `bound` …: actor ids; `made`, `begins`, `ends`;
    `at`.
    """
    made, begins, ends = more.pop("made", DAY), more.pop("begins", None), more.pop("ends", None)
    part = more.pop("part", None)
    where = [PLACES[p] for p in more.pop("at", ("north",))]
    roles = {r: [{"text": a, "id": a} for a in more.pop(r, ())] for r in ("to", "bound", "mediators", "guarantors")}
    words = more.pop("words", "وقف القصف")
    return {
        "id": id,
        "kind": kind,
        "by": [{"text": a, "id": a} for a in more.pop("by", ("sy.government",))],
        "terms": [{"act": a, "text": words, "places": []} for a in more.pop("acts", ("stop_shelling",))],
        "time": {"start": made, "end": made} if made else None,
        "period": {"start": begins, "end": ends, "day_part": part} if begins or ends else None,
        "places": where,
        **roles,
        **more,
    }


def a_reading(*incidents: dict[str, Any], **more: Any) -> Reading:
    """A reading; `commitments`, `meetings`, `sources` and fields of the report by keyword."""
    parts = {k: more.pop(k, []) for k in ("sources", "commitments", "meetings")}
    report = {"id": "r1", "text": "تقرير مختلق", "published": DAY, "publisher": "الصحيفة أ", **more}
    return Reading.model_validate({"report": report, "incidents": list(incidents), **parts})


def a_document(reading: Reading, **more: Any) -> Document:
    """The document that such a reading would be of."""
    r = reading.report
    return Document(
        text=r.text,
        id=r.id,
        title=r.title,
        url=r.url,
        publisher=r.publisher,
        published=r.published,
        original=more.pop("original", f"<{r.id}>{r.text}".encode()),
        **more,
    )


def tell(book: Book, *incidents: dict[str, Any], **more: Any) -> Any:
    """Add a report that tells these incidents to a book."""
    reading = a_reading(*incidents, **more)
    return book.add_reading(a_document(reading), reading)


def state(book: Book) -> dict[str, Any]:
    """What the book says, without ids that depend on which report came first."""
    incidents, of = [], {}
    for i in book.every_incident(EVERYTHING):
        told = i.as_dict()
        of[i.id] = sorted(told["claim_ids"])
        for passing in ("id", "aliases", "version", "updated"):
            told.pop(passing)
        told["claims_of"] = [(c.id, c.state, of[i.id].index(c.id), c.origin) for c in book.claims(i.id)]
        incidents.append(told)
    promises = []
    for c in book.every_commitment():
        view = book.commitment(c.id)
        kept = [
            (f.kind, f.act, f.day, f.strength, f.judgement, of.get(f.incident or "", f.incident), f.notes)
            for f in view.findings
        ]
        terms = [(t.act, t.state, t.reason if "PLG" not in t.reason else "", t.breaches) for t in view.commitment.terms]
        promises.append((sorted(view.commitment.claim_ids), view.commitment.state, terms, sorted(map(str, kept))))
    return {
        "incidents": sorted(incidents, key=lambda x: x["claim_ids"]),
        "commitments": sorted(promises),
    }
