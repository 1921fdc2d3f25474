"""A claim as the review page shows it: slots with their values, quotes, rules and places in the text."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from rasid.desk.words import T, label

Part = dict[str, Any]

NAMES = {
    "time": T("متى", "When"),
    "period": T("مدة السريان", "To hold"),
    "places": T("أين", "Where"),
    "actors": T("من", "Who"),
    "by": T("من تعهّد", "By"),
    "to": T("لمن", "To"),
    "bound": T("المُلزَمون", "Bound"),
    "mediators": T("الوسطاء", "Mediators"),
    "guarantors": T("الضامنون", "Guarantors"),
    "terms": T("البنود", "Terms"),
    "targets": T("الهدف", "Target"),
    "weapons": T("السلاح", "Weapon"),
    "casualties": T("الضرر", "Harm"),
    "services": T("الخدمات", "Services"),
    "sources": T("بحسب", "Says who"),
}
_ACTORS = ("actors", "by", "to", "bound", "mediators", "guarantors")
COLOUR = {
    **dict.fromkeys(_ACTORS, "actor"),
    **dict.fromkeys(("time", "period"), "time"),
    **dict.fromkeys(("casualties", "services"), "harm"),
    "places": "place",
    "terms": "term",
    "targets": "target",
    "weapons": "weapon",
    "sources": "source",
}
INCIDENT = ("time", "places", "actors", "targets", "weapons", "casualties", "services", "sources")
COMMITMENT = ("by", "to", "bound", "mediators", "guarantors", "terms", "time", "period", "places", "sources")


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a slot. ``start``/``end``: code points of the report's text, None where only the words
    are known.
    """

    shown: str
    quote: str = ""
    start: int | None = None
    end: int | None = None
    rule: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Slot:
    key: str
    name: str
    colour: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A coloured stretch of the text: of which claim (number on the page), which slot."""

    start: int
    end: int
    claim: int
    colour: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text under the same marks."""

    text: str
    classes: str
    claims: str
    start: int


def is_commitment(part: Part) -> bool:
    return "terms" in part


def seen(part: Part) -> str:
    """What the person looked at, so that two who edit at once do not overwrite each other."""
    return hashlib.sha256(json.dumps(part, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:16]


def slots(part: Part, sources: dict[str, Part]) -> tuple[Slot, ...]:
    """The filled slots of a claim, in reading order."""
    out = []
    for key in COMMITMENT if is_commitment(part) else INCIDENT:
        values = tuple(_values(key, part, sources))
        if values:
            out.append(Slot(key, str(NAMES[key]), COLOUR[key], values))
    return tuple(out)


def _values(key: str, part: Part, sources: dict[str, Part]) -> Iterator[Value]:
    held = part.get(key)
    if not held:
        return
    if key in ("time", "period"):
        yield _time(held)
    elif key == "sources":
        for sid in held:
            s = sources.get(sid)
            if s:
                ev = (s.get("evidence") or [{}])[0]
                shown = label("source_kind", s["kind"]) + (f" · {T('محجوب', 'withheld')}" if s.get("anonymous") else "")
                yield Value(
                    shown,
                    "" if s.get("anonymous") else s["text"],
                    ev.get("start"),
                    ev.get("end"),
                    s.get("rule") or "",
                )
    elif key == "services":
        for s in held:
            yield Value(label("service", s), s)
    else:
        for v in held:
            yield _value(key, v)


def _time(v: Part) -> Value:
    start, end = v.get("start"), v.get("end")
    shown = str(start or end or T("يوم غير مذكور", "day not stated"))
    if start and end and start != end:
        shown = f"{start} – {end}"
    if v.get("day_part"):
        shown += " · " + label("day_part", v["day_part"])
    if v.get("conflict"):
        shown += " ⚠ " + str(v["conflict"])
    return Value(shown, v.get("text") or "", rule=v.get("rule") or "")


def _value(key: str, v: Part) -> Value:
    span = (v.get("start"), v.get("end"), v.get("rule") or "")
    if key == "places":
        where = "" if v.get("part") in (None, "in") else label("place_part", v["part"]) + " "
        precision = (
            label("precision", v["precision"])
            if v.get("precision")
            else str(T("غير معروف في المعجم", "not in the gazetteer"))
        )
        return Value(f"{where}{v.get('name') or v['text']} · {precision}", v["text"], *span, id=v.get("id") or "")
    if key == "casualties":
        return Value(
            f"{label('harm_status', v['status'])}: {_bounds(v)} · {label('harm_who', v.get('who'))}",
            v.get("text") or "",
            *span,
        )
    if key == "terms":
        where = "، ".join(p.get("name") or p["text"] for p in v.get("places", []))
        return Value(
            label("term_act", v["act"]) + (f" · {where}" if where else ""),
            v["text"],
            rule=v.get("rule") or "",
        )
    if key in ("targets", "weapons"):
        return Value(label("target_kind" if key == "targets" else "weapon_kind", v["kind"]), v["text"], *span)
    role = f" · {label('actor_role', v['role'])}" if v.get("role") else ""
    return Value(f"{v.get('label') or v['text']}{role}", v["text"], *span, id=v.get("id") or "")


def _bounds(v: Part) -> str:
    low, high = v.get("min"), v.get("max")
    if low is None and high is None:
        return str(T("عدد غير محدّد", "number not stated"))
    if low is None:
        return str(T("حتى %d", "up to %d") % high)
    if high is None:
        return str(T("%d على الأقل", "at least %d") % low)
    return str(low) if low == high else f"{low}–{high}"


def marks(number: int, part: Part, text: str, shown: Iterable[Slot]) -> Iterator[Mark]:
    """Where the claim's evidence and slots stand. A quote without offsets is looked for inside the evidence
    only.
    """
    spans = [(e["start"], e["end"]) for e in part.get("evidence", [])]
    for a, b in spans:
        yield Mark(a, b, number, "ev")
    for slot in shown:
        for v in slot.values:
            at = _where(v, text, spans)
            if at:
                yield Mark(*at, number, slot.colour)


def _where(v: Value, text: str, spans: list[tuple[int, int]]) -> tuple[int, int] | None:
    if v.start is not None and v.end is not None:
        return (v.start, v.end)
    if not v.quote:
        return None
    for a, b in spans:
        i = text.find(v.quote, a, b)
        if i >= 0:
            return (i, i + len(v.quote))
    return None


def segments(text: str, found: Iterable[Mark]) -> list[Segment]:
    """The text cut where marks begin and end; joined again it is the text, letter for letter."""
    kept = [m for m in found if 0 <= m.start < m.end <= len(text)]
    cuts = sorted({0, len(text)} | {m.start for m in kept} | {m.end for m in kept})
    starting: dict[int, list[Mark]] = {}
    for m in kept:
        starting.setdefault(m.start, []).append(m)
    out, active = [], []
    for a, b in pairwise(cuts):
        active = [m for m in active if m.end > a] + starting.get(a, [])
        colours = dict.fromkeys(m.colour for m in sorted(active, key=lambda m: m.start - m.end))
        names = " ".join("ev" if c == "ev" else f"s-{c}" for c in colours)
        claims = " ".join(dict.fromkeys(str(m.claim) for m in active))
        out.append(Segment(text[a:b], f"s {names}" if active else "", claims, a))
    return out
