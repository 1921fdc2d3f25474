"""Tables per area in the manner of the OSCE's monitors: date, time, place, event, number, weapon, means of
observation.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from rasid.export.bulletin.ledger import names
from rasid.export.bulletin.phrases import Phrases
from rasid.export.words import label

Record = dict[str, Any]
Names = Mapping[str, list[str]]


@dataclass(frozen=True, slots=True)
class Row:
    """One incident."""

    id: str
    date: str
    time: str
    place: str
    event: str
    number: str
    weapon: str
    who: str
    seen: str
    grade: str
    grade_name: str
    doubt: str

    @property
    def event_and_doubt(self) -> str:
        """The event, and what speaks against taking it at its word."""
        return " · ".join(x for x in (self.event, self.doubt) if x)


@dataclass(frozen=True, slots=True)
class Area:
    """A governorate with its incidents."""

    name: str
    rows: tuple[Row, ...]


def areas(records: Iterable[Record], known: Names, say: Phrases) -> tuple[Area, ...]:
    """Areas by name, what has no place last."""
    found: dict[str, list[Record]] = defaultdict(list)
    for r in records:
        found[_area(r, known)].append(r)
    named = [(known[a][say.n] if a in known else "", rows) for a, rows in found.items()]
    ordered = sorted(named, key=lambda pair: (not pair[0], pair[0]))
    return tuple(
        Area(name or say("table", "elsewhere"), tuple(_row(r, known, say) for r in sorted(rows, key=_order)))
        for name, rows in ordered
    )


def _order(r: Record) -> tuple[str, str]:
    return r["start"] or r["end"] or "9", r["id"]


def _area(r: Record, known: Names) -> str:
    """The governorate, else the country, of the first place that has one."""
    for kinds in (("governorate",), ("country",)):
        for p in r["places"]:
            for i in (p["id"], *p["parents"]):
                if i in known and known[i][2] in kinds:
                    return str(i)
    return ""


def _row(r: Record, known: Names, say: Phrases) -> Row:
    return Row(
        id=r["id"],
        date=_date(r, say),
        time=label("day_part", r["day_part"], say.lang) if r["day_part"] else "",
        place=places(r, known, say),
        event=label("incident_type", r["type"], say.lang),
        number=_number(r, say),
        weapon=say.list(label("weapon_kind", w["kind"], say.lang) for w in r["weapons"]),
        who=doers(r, say),
        seen=_seen(r, say),
        grade=r["grade"],
        grade_name=label("grade", r["grade"], say.lang),
        doubt=_doubt(r, say),
    )


def _date(r: Record, say: Phrases) -> str:
    if r["start"] is None:
        return say("table", "at_latest", say.day(r["end"])) if r["end"] else say("table", "no_day")
    return r["start"] if r["start"] == r["end"] or not r["end"] else f"{r['start']} / {r['end']}"


def places(r: Record, known: Names, say: Phrases) -> str:
    """Places of a record in the language."""
    return say.list(_place(p, known, say) for p in r["places"])


def doers(r: Record, say: Phrases) -> str:
    """Who did it, as told, by neutral names."""
    return names([p for p in r["parties"] if p["role"] != "victim"], say)


def _place(p: Record, known: Names, say: Phrases) -> str:
    part = "" if p["part"] == "in" else label("place_part", p["part"], say.lang) + " "
    name = known[p["id"]][say.n] if p["id"] in known else p["name"] or p["text"]
    if say.lang == "ar":
        # with its noun (a town, a quarter), as it was written; by its name where the words point only
        name = p["text"] if name in p["text"] else f"{name} ({p['text']})"
    return part + name


def _number(r: Record, say: Phrases) -> str:
    """Harm as told; with a stated absence of any, that."""
    told = [h for h in r["harm"] if not (h["low"] == 0 and h["high"] == 0)]
    if r["harm"] and not told:
        return say("table", "none_told")
    parts = (f"{label('harm_status', h['status'], say.lang)}: {say.span(h['low'], h['high'])}" for h in told)
    return say.clauses(parts)


def _seen(r: Record, say: Phrases) -> str:
    kinds = say.list(label("source_kind", k, say.lang) for k in r.get("observed", ()))
    return f"{say.count(r['sources'], 'source')}: {kinds}" if kinds else say.count(r["sources"], "source")


def _doubt(r: Record, say: Phrases) -> str:
    out = [say("table", "doubt")] if r["modality"] == "alleged" else []
    if r["dissent"]:
        out.append(say("table", "contested", say.list(label("dissent", d, say.lang) for d in r["dissent"])))
    return say.clauses(out)
