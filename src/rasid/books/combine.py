"""What all claims of one incident say together: ranges kept, contradictions shown, nothing averaged.

Works on plain JSON shapes (the contract's incident) so that a million records can be built; the outcome is
a function of the claims in canonical order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic

from rasid.books import method, origins, parties
from rasid.books.cluster import F
from rasid.books.features import LEVELS, Features, place_name

MODALITIES = ("happened", "alleged", "planned", "threatened", "past", "denied")


@dataclass(slots=True)
class Telling(Generic[F]):
    """A kept claim with what of its report matters. ``body``: the contract's claim as it now stands."""

    n: int
    id: str
    report_id: str
    publisher: str | None
    published: date | None
    sketch: bytes
    features: F
    body: dict[str, Any]
    sources: tuple[dict[str, Any], ...]


def incident(tellings: Sequence[Telling[Features]]) -> dict[str, Any]:
    """The content of the record: fields of `IncidentRecord` without ids, grade by people, versions."""
    told = [t for t in tellings if t.body["modality"] != "denied"] or list(tellings)
    roots = origins_of(tellings)
    types = Counter(t.body["type"] for t in told)
    kind = _kind(told[0].features)
    modality = min((t.body["modality"] for t in told), key=MODALITIES.index)
    places = _places(told)
    days = _days(told)
    best = _finest(places)
    return {
        "kind": kind,
        "type": most(types, method.TYPES.index),
        "types": dict(sorted(types.items())),
        "modality": modality,
        **days,
        "day_part": most(Counter(p for t in told if (p := _part(t.body)) is not None), str),
        "places": places,
        "lat": best.get("lat"),
        "lon": best.get("lon"),
        "precision": best.get("precision"),
        "country": most(Counter(t.features.country for t in told if t.features.country), str),
        "parties": _parties(told),
        "targets": _kinds(told, "targets"),
        "weapons": _kinds(told, "weapons"),
        "services": sorted({s for t in told for s in t.body.get("services", ())}),
        "harm": harm(told),
        "grade": "corroborated" if len({roots[t.n] for t in told}) >= 2 else "reported",
        "sources": len(set(roots.values())),
        "reports": len({t.report_id for t in tellings}),
        "claims": len(tellings),
        "publishers": sorted({t.publisher for t in tellings if t.publisher}),
        "quote": quote(told),
        "dissent": _dissent(tellings, told, days),
        "claim_ids": [t.id for t in tellings],
        "first_reported": _iso(min((t.published for t in tellings if t.published), default=None)),
        "last_reported": _iso(max((t.published for t in tellings if t.published), default=None)),
    }


def origin_of(tellings: Sequence[Telling[Any]]) -> dict[str, str]:
    """For each claim id the id of the first claim of its origin."""
    by_n = {t.n: t.id for t in tellings}
    return {by_n[n]: by_n[root] for n, root in origins_of(tellings).items()}


def origins_of(tellings: Sequence[Telling[Any]]) -> dict[int, int]:
    """For each claim number that of the first claim of its origin."""
    told = [
        origins.Told(
            t.report_id, t.publisher, t.sketch, t.features.words,
            tuple((s["text"], s["kind"]) for s in t.sources if not s.get("anonymous")),
        )
        for t in tellings
    ]  # fmt: skip
    return {t.n: tellings[i].n for t, i in zip(tellings, origins.origins(told), strict=True)}


def _kind(f: Features) -> str:
    return {"news": "incident", "toll": "toll", "plan": "plan"}[f.sphere]


def most(counted: Counter[str], order: Callable[[str], Any] = str) -> str | None:
    """The most frequent value; of equals the first in a fixed order."""
    return min(counted, key=lambda v: (-counted[v], order(v))) if counted else None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(ordinal: int) -> str | None:
    return date.fromordinal(ordinal).isoformat() if ordinal > 0 else None


def _days(told: Sequence[Telling[Features]]) -> dict[str, Any]:
    """The day that most claims state, else the narrowest range, else what publication bounds."""
    days = [t.features for t in told if t.features.fixed and t.features.lo == t.features.hi]
    certain = Counter(f.lo for f in days if not f.soft) or Counter(f.lo for f in days)
    if certain:
        # of equals the later one: a day read off a stale reprint lies too early
        day = _day(min(certain, key=lambda d: (-certain[d], -d)))
        return {"start": day, "end": day, "date_precision": "day"}
    ranges = [(t.features.hi - t.features.lo, t.features.lo, t.features.hi) for t in told if t.features.fixed]
    if ranges:
        _, lo, hi = min(ranges)
        return {"start": _day(lo), "end": _day(hi), "date_precision": "range"}
    lo = max(t.features.lo for t in told)
    hi = min((t.features.hi for t in told if t.features.hi), default=0)
    return {"start": _day(lo), "end": _day(max(lo, hi)), "date_precision": "open"}


def _part(body: dict[str, Any]) -> str | None:
    return (body.get("time") or {}).get("day_part")


def _places(told: Sequence[Telling[Features]]) -> list[dict[str, Any]]:
    """Places by how many claims name them, then finest first."""
    seen: dict[str, dict[str, Any]] = {}
    count: Counter[str] = Counter()
    for t in told:
        for p in t.body.get("places", ()):
            key = p.get("id") or "n:" + place_name(p.get("name") or p["text"])
            count[key] += 1
            old = seen.get(key)
            if old is None or (old.get("lat") is None and p.get("lat") is not None):
                seen[key] = p
    order = sorted(seen, key=lambda k: (-count[k], -_level(seen[k]), k))
    return [place(seen[k]) for k in order]


def _level(p: dict[str, Any]) -> int:
    return LEVELS.get(p.get("precision") or "", 3)


def place(p: dict[str, Any]) -> dict[str, Any]:
    """A place of the contract as a record shows it."""
    names = ("text", "name", "id", "kind", "lat", "lon", "precision")
    return {k: p.get(k) for k in names} | {"part": p.get("part", "in"), "parents": list(p.get("parents", ()))}


def _finest(places: list[dict[str, Any]]) -> dict[str, Any]:
    """The place to put on a map: the finest with coordinates, of equals the most told."""
    located = [p for p in places if p["lat"] is not None]
    return max(located, key=_level) if located else {}


def _parties(told: Sequence[Telling[Features]]) -> list[dict[str, Any]]:
    seen: dict[tuple[str, str], dict[str, Any]] = {}
    count: Counter[tuple[str, str]] = Counter()
    for t in told:
        for a in t.body.get("actors", ()):
            key = (parties.key(a.get("id"), a["text"]), a.get("role") or "")
            count[key] += 1
            seen.setdefault(key, a)
    order = sorted(seen, key=lambda k: (k[1] == "victim", -count[k], k))
    return [party(seen[k]) | {"claims": count[k]} for k in order]


def party(a: dict[str, Any]) -> dict[str, Any]:
    """An actor of the contract with the registry's neutral names."""
    ar, en = parties.labels(a.get("id"))
    return {"text": a["text"], "id": a.get("id"), "role": a.get("role"), "label_ar": ar, "label_en": en}


def _kinds(told: Sequence[Telling[Features]], slot: str) -> list[dict[str, Any]]:
    text: dict[str, str] = {}
    count: Counter[str] = Counter()
    for t in told:
        for kind in {x["kind"] for x in t.body.get(slot, ())}:
            count[kind] += 1
        for x in t.body.get(slot, ()):
            text.setdefault(x["kind"], x["text"])
    return [{"kind": k, "text": text[k], "claims": count[k]} for k in sorted(count, key=lambda k: (-count[k], k))]


#: Claim, least, most, day of report, to whom.
_Count = tuple[int, int | None, int | None, date | None, frozenset[str]]


def harm(told: Iterable[Telling[Features]]) -> list[dict[str, Any]]:
    """For each status the lowest and highest that any claim states."""
    by_status: dict[str, list[_Count]] = {}
    for t in told:
        who: dict[str, set[str]] = {}
        for c in t.body.get("casualties", ()):
            who.setdefault(c["status"], set()).add(c.get("who") or "unknown")
        for status, counts in t.features.harm.items():
            for low, high in counts:
                by_status.setdefault(status, []).append((t.n, low, high, t.published, frozenset(who[status])))
    return [_range(status, told_as) for status, told_as in sorted(by_status.items())]


def _range(status: str, told_as: list[_Count]) -> dict[str, Any]:
    low = min((x[1] for x in told_as if x[1] is not None), default=None)
    high = max((x[2] for x in told_as if x[2] is not None), default=None)
    top = max((x[1] for x in told_as if x[1] is not None), default=None)
    who = {w for x in told_as for w in x[4]}
    if high is not None and top is not None and top > high:
        high = None  # somebody says "more than" beyond every upper bound told
    return {
        "status": status,
        "low": low,
        "high": high,
        "who": next(iter(who)) if len(who) == 1 else "unknown",
        "claims": len({x[0] for x in told_as}),
        "contradiction": _contradict(told_as),
    }


def _contradict(told_as: list[_Count]) -> bool:
    """Do two claims published on one day exclude each other? (Over days a toll may simply rise.)"""
    by_day: dict[date | None, list[tuple[int, float]]] = {}
    for _, low, high, day, _ in told_as:
        if low is not None or high is not None:
            by_day.setdefault(day, []).append((low or 0, float("inf") if high is None else high))
    return any(max(lo for lo, _ in rs) > min(hi for _, hi in rs) for rs in by_day.values())


def quote(told: Iterable[Telling[Any]]) -> dict[str, Any] | None:
    """The first quote."""
    for t in told:
        for e in t.body.get("evidence", ()):
            return {"report": t.report_id, "start": e["start"], "end": e["end"], "text": e["text"]}
    return None


def _dissent(
    tellings: Sequence[Telling[Features]], told: Sequence[Telling[Features]], days: dict[str, Any]
) -> list[str]:
    """What claims disagree about: denied, type, day, place, perpetrator."""
    out = []
    if any(t.body["modality"] == "denied" for t in tellings) and len(told) < len(tellings):
        out.append("denied")
    if len({method.families()[t.body["type"]] for t in told}) > 1:
        out.append("type")
    certain = {t.features.lo for t in told if t.features.fixed and t.features.lo == t.features.hi}
    if days["date_precision"] == "day" and len(certain) > 1:
        out.append("day")
    if _apart([{c for s in t.features.spots for c in (*s.chain, s.name)} for t in told if t.features.spots]):
        out.append("place")
    if _apart([set(t.features.kin) for t in told if t.features.doers]):
        out.append("perpetrator")
    return out


def _apart(sets: list[set[str]]) -> bool:
    """Is there a set that has nothing in common with the most frequent values of the others?"""
    if len(sets) < 2:
        return False
    count = Counter(v for s in sets for v in s)
    common = {v for v, n in count.items() if n == max(count.values())}
    return any(s.isdisjoint(common) for s in sets)
