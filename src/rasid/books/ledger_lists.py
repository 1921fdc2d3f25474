"""Pages of commitments and findings, and one commitment with everything held against it."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, func, or_, select

from rasid.books import ledger_view, queries, timeline, views, weighing
from rasid.books.lists import CLAIMS
from rasid.books.records import Filter, Page
from rasid.books.records_ledger import CommitmentRecord, Finding, LedgerView
from rasid.books.rereading import LIVE
from rasid.books.review import record_row
from rasid.books.schema import claims, commitments, findings, incidents
from rasid.books.store import AnyRow
from rasid.errors import InputError


def page(
    connection: Connection, f: Filter, sort: str, size: int, after: str | None, today: date | None
) -> Page[CommitmentRecord]:
    """One page of commitments. States are told for a day, so a filter on them is applied while reading on."""
    day = today or ledger_view.today_of(connection)
    out: list[CommitmentRecord] = []
    where = queries.commitment_where(connection, f)
    while True:
        query = queries.ordered(select(commitments).where(*where), commitments, sort, queries.COMMITMENT_ORDERS, after)
        rows = connection.execute(query.limit(size + 1)).all()
        for i, row in enumerate(rows[:size]):
            record, _ = ledger_view.commitment(connection, row, day)
            if f.states and record.state not in f.states:
                continue
            out.append(record)
            if len(out) == size and i + 1 < len(rows):
                return Page(tuple(out), queries.mark(row, sort))
        if len(rows) <= size:
            return Page(tuple(out))
        after = queries.mark(rows[size - 1], sort)


def one(connection: Connection, pid: str, today: date | None) -> LedgerView:
    """A commitment with findings, claims, answers, limits and timeline."""
    row, kind = record_row(connection, pid)
    if kind != "commitment":
        raise InputError(f"{pid} is an incident", mend="ask for it as an incident")
    day = today or ledger_view.today_of(connection)
    record, told = ledger_view.commitment(connection, row, day, redirected_from=pid if pid != row.id else None)
    rows = connection.execute(CLAIMS.where(claims.c.record == row.n, claims.c.state.in_(LIVE))).all()
    order = {c: i for i, c in enumerate(record.claim_ids)}
    tellings = tuple(views.commitment_claim(r, row.id) for r in sorted(rows, key=lambda r: order.get(r.id, len(order))))
    answers = _answers(connection, row, day)
    spans = [t.test for t in record.terms]
    start = min((t.start for t in spans if t.start), default=row.made)
    end = max((t.until for t in spans if t.until), default=day)
    limits = tuple(
        x for x in ledger_view.limit_records(connection, start, end) if _touches(x.place_id, x.place, record)
    )
    return LedgerView(
        record,
        tuple(told),
        tellings,
        answers,
        limits,
        timeline.entries(record, told, tellings, answers, limits),
        day,
    )


def _touches(place_id: str | None, place: str, record: CommitmentRecord) -> bool:
    """Does an access limit lie in, or around, the scope of a commitment? One without places is watched as a
    whole.
    """
    scope = [p for t in record.terms for p in t.test.scope] or list(record.places)
    if not scope:
        return True
    keys = {k for p in scope for k in (p.id, p.name, p.text, *p.parents[:-1]) if k}
    return bool({place_id, place, *(queries.place_keys(place))} & keys)


def _answers(connection: Connection, row: AnyRow, today: date | None) -> tuple[CommitmentRecord, ...]:
    given = select(findings.c.answer).where(findings.c.commitment == row.n, findings.c.answer.is_not(None))
    rows = connection.execute(
        select(commitments).where(commitments.c.n.in_(given)).order_by(commitments.c.made, commitments.c.id)
    ).all()
    return tuple(ledger_view.commitment(connection, r, today)[0] for r in rows)


def findings_page(connection: Connection, f: Filter, size: int, after: str | None, today: date | None) -> Page[Finding]:
    """One page of findings, newest day first."""
    query = ledger_view.FINDINGS.where(findings.c.strength >= weighing.LEAST)
    day = today or ledger_view.today_of(connection)
    if day is not None:
        query = query.where(or_(findings.c.day <= day, findings.c.day.is_(None)))
    if f.kinds:
        query = query.where(findings.c.kind.in_(f.kinds))
    if f.since:
        query = query.where(findings.c.day >= f.since)
    if f.until:
        query = query.where(findings.c.day <= f.until)
    if f.places or f.actors or f.types or f.countries or f.grades or f.without or f.without_reports:
        mine = select(incidents.c.n).where(*queries.incident_where(connection, _only_incident(f)))
        query = query.where(findings.c.incident.in_(mine))
    column = func.coalesce(findings.c.day, date(1, 1, 1))
    if after is not None:
        value, last = queries.values_of(after)
        query = query.where(
            or_(
                column < date.fromisoformat(value),
                (column == date.fromisoformat(value)) & (findings.c.id < last),
            )
        )
    rows = connection.execute(query.order_by(column.desc(), findings.c.id.desc()).limit(size + 1)).all()
    more = None
    if len(rows) > size:
        last_row = rows[size - 1]
        more = queries.token((last_row.day or date(1, 1, 1)).isoformat(), last_row.id)
    return Page(tuple(ledger_view.finding_records(connection, rows[:size])), more)


def _only_incident(f: Filter) -> Filter:
    return Filter(
        places=f.places,
        actors=f.actors,
        types=f.types,
        countries=f.countries,
        grades=f.grades,
        modalities=(),
        without=f.without,
        without_reports=f.without_reports,
    )
