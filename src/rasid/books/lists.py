"""Reading the book: pages of records, single records, claims with why they are where they are."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, Table, func, select

from rasid.books import combine, copies, features, joining, ledger_view, queries, search, settle, views
from rasid.books.canon import instant
from rasid.books.cluster import IncidentRules
from rasid.books.features import Features
from rasid.books.records import (
    ClaimView,
    CommitmentClaimView,
    FacetCount,
    Filter,
    HarmStep,
    Hit,
    IncidentRecord,
    JoinReason,
    Page,
    ReportRecord,
    ReportRow,
)
from rasid.books.records_log import Action
from rasid.books.rereading import LIVE
from rasid.books.review import record_row
from rasid.books.schema import actions, bands, captures, claims, incidents, labels, readings, reports, watch
from rasid.books.shelf import StoreShelf, chunks
from rasid.books.store import AnyRow
from rasid.errors import InputError
from rasid.model.reading import Reading

CLAIMS = select(
    claims,
    reports.c.id.label("report_id"),
    reports.c.publisher,
    reports.c.published,
    reports.c.title,
    reports.c.url,
).join(reports, reports.c.n == claims.c.report)


def incident_page(connection: Connection, f: Filter, sort: str, size: int, after: str | None) -> Page[IncidentRecord]:
    """One page of incidents."""
    query = select(incidents).where(*queries.incident_where(connection, f))
    query = queries.ordered(query, incidents, sort, queries.INCIDENT_ORDERS, after)
    rows = connection.execute(query.limit(size + 1)).all()
    more = ledger_view.aliases(connection, [r.n for r in rows[:size]])
    records = tuple(views.incident(r, more.get(r.n, ())) for r in rows[:size])
    return Page(records, queries.mark(rows[size - 1], sort) if len(rows) > size else None)


def one_incident(connection: Connection, rid: str) -> IncidentRecord:
    """One incident by any of its ids."""
    row, kind = record_row(connection, rid)
    if kind != "incident":
        raise InputError(f"{rid} is a commitment", mend="ask for it as a commitment")
    others = ledger_view.aliases(connection, [row.n]).get(row.n, ())
    return views.incident(row, others, rid if rid != row.id else None, _toll_checks(connection, row))


def _toll_checks(connection: Connection, row: AnyRow) -> tuple[str, ...]:
    """Tolls told for the place and time of an incident that are lower than what it alone is said to have
    cost.
    """
    if row.kind == "toll" or not row.killed_low or row.start is None:
        return ()
    body = json.loads(row.body)
    keys = {c for p in body["places"] for c in (p["id"], *p["parents"]) if c}
    near = queries.of_places(sorted(keys))
    tolls = select(incidents).where(
        incidents.c.kind == "toll",
        incidents.c.n.in_(near),
        incidents.c.start <= row.start,
        incidents.c.end >= (row.end or row.start),
        incidents.c.killed_high < row.killed_low,
    )
    return tuple(
        f"{t.id}: {t.killed_high} killed from {t.start} to {t.end}, fewer than the {row.killed_low} told here"
        for t in connection.execute(tolls.order_by(incidents.c.start, incidents.c.id).limit(5))
    )


# -- claims


def claims_of(connection: Connection, rid: str) -> tuple[ClaimView, ...]:
    """All claims of an incident in canonical order, rejected ones that were of it last."""
    row, _ = record_row(connection, rid)
    rows = connection.execute(CLAIMS.where(claims.c.record == row.n)).all()
    order = {c: i for i, c in enumerate(json.loads(row.body)["claim_ids"])}
    rows = sorted(rows, key=lambda r: order.get(r.id, len(order)))
    told = settle.tellings(connection, _features(connection, [r.n for r in rows]))
    listed = [told[r.n] for r in rows if r.n in told]
    origin = combine.origin_of(listed)
    first = listed[0].features if listed else None
    return tuple(_view(r, row.id, origin.get(r.id, r.id), first, told.get(r.n)) for r in rows)


def _view(
    r: AnyRow, rid: str, origin: str, first: Features | None, told: combine.Telling[Features] | None
) -> ClaimView:
    if first is None or told is None or told.n == first.n:
        return views.claim(r, origin, rid, None, {})
    reasons, _ = joining.scorer().parts(first, told.features)
    return views.claim(r, origin, rid, round(sum(reasons.values()), 3), reasons)


def _features(connection: Connection, numbers: Iterable[int]) -> list[Features]:
    shelf: StoreShelf[Features] = StoreShelf(connection, features.load, lambda f: ())
    return list(shelf.get(numbers).values())


def one_claim(connection: Connection, claim_id: str) -> ClaimView | CommitmentClaimView:
    """One claim of an incident or commitment."""
    r = connection.execute(CLAIMS.where(claims.c.id == claim_id)).first()
    if r is None or r.state == "retired":
        raise InputError(f"no claim {claim_id!r}", mend="see the claims of its report")
    ids = record_ids(connection, [r.record] if r.record else [])
    if r.kind == "commitment":
        return views.commitment_claim(r, ids.get(r.record))
    return views.claim(r, r.id, ids.get(r.record), None, {})


def record_ids(connection: Connection, numbers: Iterable[int]) -> dict[int, str]:
    """Id of each record by number."""
    return settle.label_of(connection, numbers)


def harm_history(connection: Connection, rid: str) -> tuple[HarmStep, ...]:
    """Every count that was told, by day of report."""
    steps = [s for c in claims_of(connection, rid) if c.state in LIVE for s in c.harm]
    return tuple(sorted(steps, key=lambda s: (s.day or date.max, s.status, s.claim)))


def explain(connection: Connection, a: str, b: str) -> JoinReason:
    """Evidence for and against two claims, or the first claims of two records, being one."""
    one, two = _stands_for(connection, a), _stands_for(connection, b)
    parts, barred = joining.scorer().parts(one[0], two[0])
    score = round(sum(parts.values()), 3)
    return JoinReason(a, b, score, one[1] == two[1], parts, barred)


def _stands_for(connection: Connection, id: str) -> tuple[Features, int | None]:
    if "#" in id:
        query = select(claims.c.n, claims.c.record).where(claims.c.id == id)
    else:
        row, _ = record_row(connection, id)
        query = select(claims.c.n, claims.c.record).where(claims.c.id == json.loads(row.body)["claim_ids"][0])
    found = connection.execute(query).first()
    told = _features(connection, [found.n]) if found is not None else []
    if found is None or not told:
        raise InputError(f"nothing to compare for {id!r}", mend="give ids of incidents or of their claims")
    return told[0], found.record


def look_alikes(connection: Connection, rid: str, size: int) -> tuple[JoinReason, ...]:
    """Other records near an incident in place, time and type, likest first."""
    row, _ = record_row(connection, rid)
    rules = IncidentRules()
    shelf: StoreShelf[Features] = StoreShelf(connection, features.load, lambda f: ())
    mine = shelf.get(
        connection.execute(select(claims.c.n).where(claims.c.record == row.n, claims.c.state.in_(LIVE))).scalars()
    )
    near = shelf.at({k for f in mine.values() for k in (*rules.hosts(f), *rules.peers(f), *rules.guests(f))})
    others = shelf.get(near - mine.keys())
    home = shelf.records(others)
    best: dict[int, tuple[float, Features, Features]] = {}
    for f in mine.values():
        for o in others.values():
            s, r = rules.score(f, o), home[o.n]
            if s is not None and r is not None and r != row.n and (r not in best or s > best[r][0]):
                best[r] = (s, f, o)
    ids = record_ids(connection, best)
    top = sorted(best, key=lambda r: (-best[r][0], ids[r]))[:size]
    return tuple(
        JoinReason(row.id, ids[r], round(best[r][0], 3), False, rules.parts(best[r][1], best[r][2])) for r in top
    )


# -- reports


def report_page(connection: Connection, f: Filter, size: int, after: str | None) -> Page[ReportRow]:
    """One page of reports, newest first."""
    query = select(reports)
    if f.since:
        query = query.where(reports.c.published >= f.since)
    if f.until:
        query = query.where(reports.c.published <= f.until)
    if f.publishers:
        query = query.where(reports.c.publisher.in_(f.publishers))
    if f.reports:
        query = query.where(reports.c.id.in_(f.reports))
    if f.without_reports:
        query = query.where(reports.c.id.not_in(f.without_reports))
    if f.text:
        query = query.where(reports.c.n.in_(queries.found(connection, f.text)))
    if f.places:
        told = queries.of_places([k for p in f.places for k in queries.place_keys(p)])
        query = query.where(reports.c.n.in_(select(claims.c.report).where(claims.c.record.in_(told))))
    query = queries.ordered(query, reports, "-published", queries.REPORT_ORDERS, after)
    rows = connection.execute(query.limit(size + 1)).all()
    out = report_rows(connection, rows[:size])
    return Page(tuple(out), queries.mark(rows[size - 1], "-published") if len(rows) > size else None)


def report_rows(connection: Connection, rows: Sequence[AnyRow]) -> list[ReportRow]:
    """Rows of `reports` as records."""
    count: dict[tuple[int, str], int] = {}
    for part in chunks(r.n for r in rows):
        query = select(claims.c.report, claims.c.kind, func.count()).where(
            claims.c.report.in_(part), claims.c.state.in_(LIVE)
        )
        for n, kind, many in connection.execute(query.group_by(claims.c.report, claims.c.kind)):
            count[n, kind] = many
    return [
        ReportRow(
            r.id,
            r.sha256,
            r.title,
            r.url,
            r.publisher,
            r.published,
            r.language,
            r.carrier,
            instant(r.added),
            r.reader,
            count.get((r.n, "incident"), 0),
            count.get((r.n, "commitment"), 0),
            copy_of(connection, r),
            tuple(json.loads(r.warnings)),
            r.sealed_text is not None,
        )
        for r in rows
    ]


def copy_of(connection: Connection, row: AnyRow) -> str | None:
    """The earliest report with near-identical text, None when it is this one."""
    keys = copies.bands(row.sketch)
    near = select(bands.c.report).where(bands.c.band.in_(keys))
    query = select(reports.c.id, reports.c.published, reports.c.content, reports.c.sketch).where(
        reports.c.n.in_(near), reports.c.n != row.n
    )
    mine = (row.published or date.max, row.content, row.id)
    first = mine
    for o in connection.execute(query):
        theirs = (o.published or date.max, o.content, o.id)
        if theirs < first and copies.likeness(row.sketch, o.sketch) >= copies.SAME_TEXT:
            first = theirs
    return first[2] if first != mine else None


def one_report(connection: Connection, report_id: str) -> ReportRecord:
    """A report whole."""
    row = report_row(connection, report_id)
    rows = connection.execute(
        CLAIMS.where(claims.c.report == row.n, claims.c.state != "retired").order_by(claims.c.n)
    ).all()
    ids = record_ids(connection, {r.record for r in rows if r.record})
    body = connection.execute(
        select(readings.c.body).where(readings.c.report == row.n, readings.c.current)
    ).scalar_one()
    return ReportRecord(
        row=report_rows(connection, [row])[0],
        text=row.text,
        captures=tuple(
            views.capture(report_id, b)
            for b in connection.execute(
                select(captures.c.body).where(captures.c.report == row.n).order_by(captures.c.n)
            ).scalars()
        ),
        claims=tuple(views.claim(r, r.id, ids.get(r.record), None, {}) for r in rows if r.kind == "incident"),
        commitments=tuple(views.commitment_claim(r, ids.get(r.record)) for r in rows if r.kind == "commitment"),
        meetings=tuple(views.meeting(r) for r in rows if r.kind == "meeting"),
        sources=tuple(views.source(s) for s in json.loads(body)["sources"]),
    )


def report_row(connection: Connection, report_id: str) -> AnyRow:
    """A report's row. InputError when there is none."""
    row = connection.execute(select(reports).where(reports.c.id == report_id)).first()
    if row is None:
        raise InputError(f"no report {report_id!r}")
    return row


def hits(connection: Connection, asked: str, f: Filter, size: int, after: str | None) -> Page[Hit]:
    """Reports found by words, newest first, with what they tell."""
    query = search.parse(asked)
    page = report_page(connection, Filter(text=asked, without_reports=f.without_reports), size, after)
    wanted = [r.id for r in page]
    text_of: dict[str, str] = {}
    told: dict[str, dict[str, dict[str, None]]] = {}
    for part in chunks(wanted):
        text_of |= dict(connection.execute(select(reports.c.id, reports.c.text).where(reports.c.id.in_(part))).all())
        rows = connection.execute(
            select(reports.c.id, claims.c.kind, labels.c.id)
            .join(claims, claims.c.report == reports.c.n)
            .join(labels, labels.c.claim == claims.c.record)
            .where(reports.c.id.in_(part), claims.c.state.in_(LIVE))
            .order_by(claims.c.n)
        )
        for report, kind, label in rows:
            if label not in f.without:
                told.setdefault(report, {}).setdefault(kind, {})[label] = None
    out = [
        Hit(
            r.id,
            r.title,
            r.publisher,
            r.published,
            search.snippet(text_of[r.id], query),
            tuple(told.get(r.id, {}).get("incident", ())),
            tuple(told.get(r.id, {}).get("commitment", ())),
        )
        for r in page
    ]
    return Page(tuple(out), page.next)


def per_day(connection: Connection, f: Filter) -> dict[date, int]:
    """Incidents per certain day."""
    t = incidents.c
    query = select(t.start, func.count()).where(
        t.start.is_not(None), t.start == t.end, *queries.incident_where(connection, f)
    )
    return dict(connection.execute(query.group_by(t.start).order_by(t.start)).all())


def reports_per_day(connection: Connection, f: Filter) -> dict[date, int]:
    """Reports per day of publication; of places, those that told of them when they came."""
    if f.places:
        keys = [k for p in f.places for k in queries.place_keys(p)]
        column, query = (
            watch.c.day,
            select(watch.c.day, func.max(watch.c.reports)).where(watch.c.place.in_(keys)),
        )
    else:
        column = reports.c.published
        query = select(column, func.count()).where(column.is_not(None))
    if f.since:
        query = query.where(column >= f.since)
    if f.until:
        query = query.where(column <= f.until)
    return dict(connection.execute(query.group_by(column).order_by(column)).all())


def reading_body(connection: Connection, report: int) -> dict[str, Any]:
    """The current reading of a report as kept."""
    query = select(readings.c.body).where(readings.c.report == report, readings.c.current)
    return dict(json.loads(connection.execute(query).scalar_one()))


def count(connection: Connection, f: Filter) -> int:
    """How many incidents a filter takes."""
    query = select(func.count()).select_from(incidents).where(*queries.incident_where(connection, f))
    return int(connection.execute(query).scalar_one())


def facets_of(
    connection: Connection, fields: Sequence[str], f: Filter, of: Table = incidents
) -> dict[str, tuple[FacetCount, ...]]:
    """Counts of each field, under the filter without that field's own part."""
    where = queries.incident_where if of is incidents else queries.commitment_where
    return {x: queries.facet(connection, x, of, where(connection, _without(f, x))) for x in fields}


_PARTS = {
    "type": "types",
    "grade": "grades",
    "country": "countries",
    "place": "places",
    "actor": "actors",
    "weapon": "weapons",
    "target": "targets",
    "publisher": "publishers",
    "kind": "kinds",
    "act": "acts",
}


def _without(f: Filter, name: str) -> Filter:
    empty: dict[str, Any] = {_PARTS[name]: ()} if name in _PARTS else {}
    return replace(f, **empty)


def actions_page(
    connection: Connection, subject: str | None, kind: str | None, size: int, after: str | None
) -> Page[Action]:
    """One page of people's acts, newest first."""
    query = select(actions).order_by(actions.c.n.desc())
    if subject is not None:
        query = query.where(actions.c.subject == subject)
    if kind is not None:
        query = query.where(actions.c.kind == kind)
    if after is not None:
        query = query.where(actions.c.n < int(queries.values_of(after)[0]))
    rows = connection.execute(query.limit(size + 1)).all()
    more = queries.token(rows[size - 1].n, "") if len(rows) > size else None
    return Page(tuple(_action(connection, r) for r in rows[:size]), more)


def one_action(connection: Connection, n: int) -> Action:
    """One act. InputError when there is none."""
    row = connection.execute(select(actions).where(actions.c.n == n)).one_or_none()
    if row is None:
        raise InputError("no such action", where=str(n), mend="see `Book.actions`")
    return _action(connection, row)


def _action(connection: Connection, row: AnyRow) -> Action:
    """An act; of a split also the id that the part now has."""
    action = views.action(row)
    if action.kind != "split":
        return action
    new = select(labels.c.id).join(claims, claims.c.record == labels.c.claim)
    label = connection.execute(new.where(claims.c.n == action.detail["part"][0])).scalar()
    return replace(action, detail=action.detail | {"new": label})


def reviewed(connection: Connection, report_id: str) -> Reading:
    """What people accepted, corrected or added in a report."""
    row = report_row(connection, report_id)
    body = reading_body(connection, row.n)
    kept = {"incident": "incidents", "commitment": "commitments", "meeting": "meetings"}
    body |= {name: [] for name in kept.values()}
    query = select(claims).where(claims.c.report == row.n, claims.c.state.in_(("accepted", "corrected")))
    for r in connection.execute(query.order_by(claims.c.n)):
        body[kept[r.kind]].append(json.loads(r.corrected or r.body))
    return Reading.model_validate(body)
