"""What a bulletin says, from a snapshot and in a language: plain values for page, sheets and document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from rasid.books.records_log import Snapshot
from rasid.export.bulletin.drawing import Drawing
from rasid.export.bulletin.ledger import Pledge, is_breach, pledges
from rasid.export.bulletin.outline import map_of
from rasid.export.bulletin.phrases import Phrases
from rasid.export.bulletin.tables import Area, areas, doers, places
from rasid.export.bulletin.timeline import timeline_of
from rasid.export.bulletin.withheld import under
from rasid.export.policy import OPEN, Policy
from rasid.export.words import Lang, label, place_name

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure, with the same of the period before (None: not counted then)."""

    name: str
    value: str
    before: str | None


@dataclass(frozen=True, slots=True)
class Line:
    """Counts of one type."""

    name: str
    now: int
    before: int


@dataclass(frozen=True, slots=True)
class Content:
    """A bulletin before it has a form."""

    lang: Lang
    say: Phrases
    title: str
    period: str
    area: str
    note: str
    lead: tuple[str, ...]
    tiles: tuple[Tile, ...]
    counts: tuple[Line, ...]
    pledges: tuple[Pledge, ...]
    others: tuple[Pledge, ...]
    map: Drawing | None
    map_notes: tuple[str, ...]
    timeline: Drawing
    time_notes: tuple[str, ...]
    areas: tuple[Area, ...]
    unseen: tuple[str, ...]
    corrections: tuple[tuple[str, str], ...]
    sources: tuple[tuple[str, int], ...]
    method: tuple[str, ...]
    colophon: tuple[tuple[str, str], ...]
    taken: Any


def content(snapshot: Snapshot, lang: Lang, *, title: str = "", note: str = "", policy: Policy = OPEN) -> Content:
    """The bulletin of a snapshot, of what the policy lets out."""
    snapshot = under(snapshot, policy)
    b, say = snapshot.body, Phrases(lang)
    counted = [r for r in b["incidents"] if r["grade"] != "discounted"]
    known = b.get("names", {})
    promises = pledges(b["commitments"], {r["id"]: (places(r, known, say), doers(r, say)) for r in counted}, say)
    drawn = map_of(counted, b["commitments"], known, lang)
    return Content(
        lang=lang,
        say=say,
        title=title or say("head", "title"),
        period=say.period(snapshot.start, snapshot.end),
        area=_area(snapshot.area, b, say),
        note=note,
        lead=tuple(_lead(b, counted, say)),
        tiles=tuple(_tiles(b, counted, say)),
        counts=_counts(b, counted, say),
        pledges=tuple(p for p in promises if p.binding),
        others=tuple(p for p in promises if not p.binding),
        map=drawn,
        map_notes=tuple(_map_notes(b, counted, say, drawn)),
        timeline=timeline_of(snapshot, counted, lang),
        time_notes=tuple(_time_notes(b, counted, say)),
        areas=areas(counted, known, say),
        unseen=tuple(_unseen(snapshot, counted, say)),
        corrections=tuple((c["decided_at"] or c["at"], c["public"]) for c in b["corrections"]),
        sources=tuple(sorted(b["sources"].items(), key=lambda pair: (-pair[1], pair[0]))),
        method=tuple(_method(policy, say)),
        colophon=_colophon(snapshot, say),
        taken=snapshot.taken,
    )


def _area(area: Iterable[str], b: Record, say: Phrases) -> str:
    names = b.get("names", {})
    by_name = {pair[n]: pair for pair in names.values() for n in (0, 1)}
    named = (held[say.n] if (held := names.get(a) or by_name.get(a)) else place_name(a, say.lang) or a for a in area)
    return say.list(named) or say("head", "everywhere")


def _breaches(b: Record) -> int:
    return sum(is_breach(f) for c in b["commitments"] for f in c["in_period"])


def _lead(b: Record, counted: list[Record], say: Phrases) -> Iterable[str]:
    before = b["previous"]
    if counted:
        yield say(
            "glance", "lead", say.count(len(counted), "incident"), say.count(before["incidents"], "incident"),
            say.period(before["start"], before["end"]),
        )  # fmt: skip
    else:
        yield say("glance", "nothing")
    n = _breaches(b)
    yield say("glance", "breach", say.count(n, "breach")) if n else say("glance", "no_breach")
    reports = sum(b["effort"].values())
    yield say("glance", "effort", say.count(reports, "report"), say.count(b["previous_effort"], "report"))


def _tiles(b: Record, counted: list[Record], say: Phrases) -> Iterable[Tile]:
    before = b["previous"]
    yield Tile(say("glance", "incidents"), f"{len(counted):,}", f"{before['incidents']:,}")
    for status in ("killed", "injured"):
        low, high = _sum(counted, status)
        was = say.span(before[f"{status}_low"], before[f"{status}_high"]) if f"{status}_low" in before else None
        yield Tile(say("glance", status), say.span(low, high), was)
    yield Tile(say("glance", "breaches"), f"{_breaches(b):,}", None)
    yield Tile(say("glance", "reports"), f"{sum(b['effort'].values()):,}", f"{b['previous_effort']:,}")


def _sum(counted: list[Record], status: str) -> tuple[int, int]:
    """Known numbers only; an unstated upper bound counts with the lower one."""
    told = [h for r in counted for h in r["harm"] if h["status"] == status]
    return sum(h["low"] or 0 for h in told), sum(h["high"] or h["low"] or 0 for h in told)


def _counts(b: Record, counted: list[Record], say: Phrases) -> tuple[Line, ...]:
    now, before = Counter(r["type"] for r in counted), b["previous"]["by_type"]
    lines = [Line(label("incident_type", t, say.lang), now[t], before.get(t, 0)) for t in sorted({*now, *before})]
    return tuple(sorted(lines, key=lambda x: (-x.now, -x.before, x.name)))


def _map_notes(b: Record, counted: list[Record], say: Phrases, drawn: Drawing | None) -> Iterable[str]:
    if drawn is None:
        yield say("map", "nowhere")
        return
    yield say("map", "dot")
    if any(p["lat"] is not None for c in b["commitments"] for p in c["places"]):
        yield say("map", "promised")
    lost = sum(r["lat"] is None for r in counted)
    if lost:
        yield say("map", "unplaced", lost)
    yield say("map", "boundaries")


def _time_notes(b: Record, counted: list[Record], say: Phrases) -> Iterable[str]:
    yield say("time", "bars")
    yield say("time", "line")
    if b["commitments"]:
        yield say("time", "marks")
    if b["limits"]:
        yield say("time", "look")
    if lost := sum(r["date_precision"] != "day" for r in counted):
        yield say("time", "undated", lost)


def _unseen(snapshot: Snapshot, counted: list[Record], say: Phrases) -> Iterable[str]:
    b = snapshot.body
    for limit in b["limits"]:
        when = (
            say.period(limit["start"], limit["end"])
            if limit["end"]
            else say("unseen", "open_end", say.day(limit["start"]))
        )
        yield say("unseen", "limit", _place(limit, b.get("names", {}), say), when, limit["why"])
    if not b["limits"]:
        yield say("unseen", "nothing")
    days = (snapshot.end - snapshot.start).days + 1
    silent = days - sum(1 for d in _days(snapshot.start, days) if b["effort"].get(d))
    if silent:
        yield say("unseen", "silent", silent, days)
    yield from _gaps(b, counted, say)


def _place(limit: Record, known: Record, say: Phrases) -> str:
    return str(known[limit["place_id"]][say.n] if limit["place_id"] in known else limit["place"])


def _days(start: date, n: int) -> Iterable[str]:
    return ((start + timedelta(days=i)).isoformat() for i in range(n))


def _gaps(b: Record, counted: list[Record], say: Phrases) -> Iterable[str]:
    """What the reports themselves leave open."""
    terms = [t for c in b["commitments"] for t in c["terms"]]
    found = {
        "undated": sum(r["start"] is None for r in counted),
        "unplaced": sum(r["lat"] is None for r in counted),
        "unnamed": sum(all(p["role"] == "victim" for p in r["parties"]) for r in counted),
        "pledges": sum(t["state"] == "not_observable" for t in terms),
        "tolls": len(b["tolls"]),
        "discounted": len(b["incidents"]) - len(counted),
    }
    return (say("unseen", name, n) for name, n in found.items() if n)


def _method(policy: Policy, say: Phrases) -> Iterable[str]:
    for part in ("method", "ranges", "ledger", "anonymous"):
        yield say("sources", part)
    if policy != OPEN:
        yield say("sources", "policy")


def _colophon(snapshot: Snapshot, say: Phrases) -> tuple[tuple[str, str], ...]:
    return (
        (say("sources", "snapshot"), snapshot.id),
        (say("sources", "taken"), snapshot.taken.strftime("%Y-%m-%d %H:%M UTC")),
        (say("sources", "link"), str(snapshot.cutoff)),
        (say("sources", "chain"), snapshot.head),
    )
