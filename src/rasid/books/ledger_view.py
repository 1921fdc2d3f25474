"""Reading the ledger: where each term stands on a day, and everything that was held against it.

States are told for a day (`today`), never by the clock of the machine: the same book and day give the same
words.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, func, select

from rasid.books import acts, promises, views
from rasid.books.canon import instant
from rasid.books.ledger import finding_id
from rasid.books.records_ledger import CommitmentRecord, Finding, FindingKind, TermState, TermStatus, TermTest
from rasid.books.records_log import AccessLimit
from rasid.books.schema import (
    claims,
    commitments,
    decisions,
    findings,
    incidents,
    labels,
    limits,
    reports,
    watch,
)
from rasid.books.shelf import chunks
from rasid.books.store import AnyRow
from rasid.books.weighing import LEAST

#: A finding counts for a term's state from this strength on; weaker ones are only listed.
COUNTS = 0.3
_TABLE = findings.join(commitments, commitments.c.n == findings.c.commitment)
FINDINGS = select(findings, commitments.c.id.label("commitment_id"), incidents.c.id.label("incident_id")).select_from(
    _TABLE.outerjoin(incidents, incidents.c.n == findings.c.incident)
)


def today_of(connection: Connection) -> date | None:
    """The last day that the book's reports cover."""
    return connection.execute(select(func.max(reports.c.published))).scalar()


def aliases(connection: Connection, numbers: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """Other ids that lead to each record, oldest first."""
    out: dict[int, tuple[str, ...]] = {}
    query = select(claims.c.record, labels.c.id).join(labels, labels.c.claim == claims.c.n)
    for part in chunks(numbers):
        for record, label in connection.execute(query.where(claims.c.record.in_(part)).order_by(labels.c.seq)):
            out[record] = (*out.get(record, ()), label)
    return {record: ids[1:] for record, ids in out.items()}


# -- findings


def finding_records(connection: Connection, rows: Sequence[AnyRow]) -> list[Finding]:
    """Rows as records, with what people judged of them."""
    judged = _judged(connection, rows)
    answers = _answer_ids(connection, {r.answer for r in rows if r.answer is not None})
    return [_finding(r, judged.get(r.id), answers.get(r.answer)) for r in rows]


def _finding(row: AnyRow, judged: AnyRow | None, answer: str | None) -> Finding:
    b = json.loads(row.body)
    return Finding(
        id=row.id,
        kind=row.kind,
        commitment=row.commitment_id,
        term=row.term,
        act=b["act"],
        clause=views.quote(b["clause"]),
        incident=row.incident_id,
        answer=answer,
        incident_type=b["incident_type"],
        day=row.day,
        parties=tuple(b["parties"]),
        places=tuple(b["places"]),
        quotes=tuple(q for raw in b["quotes"] if (q := views.quote(raw)) is not None),
        strength=row.strength,
        reasons=b["reasons"],
        notes=tuple(b["notes"]),
        days_after=b["days_after"],
        km=b["km"],
        grade=b["grade"],
        judgement=(judged.value if judged is not None else None) or "apparent",
        judged_by=judged.who if judged is not None else None,
        judged_reason=judged.reason if judged is not None else None,
    )


def _answer_ids(connection: Connection, numbers: Iterable[int]) -> dict[int, str]:
    out: dict[int, str] = {}
    for part in chunks(sorted(numbers)):
        query = select(commitments.c.n, commitments.c.id).where(commitments.c.n.in_(part))
        out |= dict(connection.execute(query).all())
    return out


def _judged(connection: Connection, rows: Sequence[AnyRow]) -> dict[str, AnyRow]:
    """The latest judgement of each finding. One made under an id that merged away counts for the
    survivor's.
    """
    ids: dict[str, str] = {r.id: r.id for r in rows}
    merged = aliases(connection, {n for r in rows for n in (r.commitment, r.incident) if n is not None})
    for r in rows:
        act = json.loads(r.body)["act"]
        for c in (r.commitment_id, *merged.get(r.commitment, ())):
            for i in (r.incident_id, *merged.get(r.incident, ())):
                if i is not None:
                    ids[finding_id(c, act, i)] = r.id
    out: dict[str, AnyRow] = {}
    query = select(decisions).where(decisions.c.kind == "finding").order_by(decisions.c.action)
    for part in chunks(ids):
        for d in connection.execute(query.where(decisions.c.subject.in_(part))):
            old = out.get(ids[d.subject])
            if old is None or old.action < d.action:
                out[ids[d.subject]] = d
    return out


def findings_of(connection: Connection, number: int) -> list[Finding]:
    """All findings on one commitment, by day."""
    rows = connection.execute(
        FINDINGS.where(findings.c.commitment == number, findings.c.strength >= LEAST).order_by(
            findings.c.day, findings.c.id
        )
    ).all()
    return finding_records(connection, rows)


# -- terms


@dataclass(frozen=True, slots=True)
class After:
    """A later promise of the same kind by the same party for the same place: it takes over from its first
    day.
    """

    id: str
    start: date


def commitment(
    connection: Connection, row: AnyRow, today: date | None, *, redirected_from: str | None = None
) -> tuple[CommitmentRecord, list[Finding]]:
    """A commitment as it stands on a day, and the findings that count until then."""
    b = json.loads(row.body)
    later = _later(connection, row, b)
    told = [f for f in findings_of(connection, row.n) if today is None or f.day is None or f.day <= today]
    ends = {t["id"]: _until(t, later) for t in b["terms"]}
    told = [f for f in told if f.day is None or f.kind == FindingKind.ANSWER or f.day <= (ends[f.term] or f.day)]
    terms = tuple(_term(connection, row.kind, t, ends[t["id"]], later, told, today) for t in b["terms"])
    others = _overlaps(connection, row, b)
    return CommitmentRecord(
        id=row.id,
        kind=row.kind,
        acts=tuple(b["acts"]),
        by=views.listed_parties(b["by"]),
        to=views.listed_parties(b["to"]),
        bound=views.listed_parties(b["bound"]),
        mediators=views.listed_parties(b["mediators"]),
        guarantors=views.listed_parties(b["guarantors"]),
        places=views.places(b["places"]),
        country=row.country,
        made=row.made,
        made_basis=b["made_basis"],
        start=row.start,
        until=row.until,
        state=_whole(row.kind, terms),
        terms=terms,
        quote=views.quote(b["quote"]),
        sources=b["sources"],
        reports=b["reports"],
        claims=b["claims"],
        publishers=tuple(b["publishers"]),
        claim_ids=tuple(b["claim_ids"]),
        first_reported=views.day(b["first_reported"]),
        last_reported=views.day(b["last_reported"]),
        findings=len(told),
        breaches=sum(f.kind == FindingKind.APPARENT_BREACH and f.judgement != "rejected" for f in told),
        published=row.published,
        version=row.version,
        answers=_answers(connection, row.n),
        renews=others[0],
        within=others[1],
        aliases=aliases(connection, [row.n]).get(row.n, ()),
        redirected_from=redirected_from,
    ), told


def _until(test: dict[str, Any], later: After | None) -> date | None:
    until = views.day(test["until"])
    if later is not None and test["until_basis"] == "horizon" and (until is None or later.start <= until):
        return later.start - timedelta(days=1)
    return until


def _term(
    connection: Connection,
    kind: str,
    test: dict[str, Any],
    until: date | None,
    later: After | None,
    told: Sequence[Finding],
    today: date | None,
) -> TermStatus:
    mine = [f for f in told if f.term == test["id"] and f.judgement != "rejected"]
    by_kind = {k: [f for f in mine if f.kind == k] for k in FindingKind}
    counts = {k: [f for f in fs if f.strength >= COUNTS or f.judgement == "verified"] for k, fs in by_kind.items()}
    start = views.day(test["start"])
    taken_over = later if until != views.day(test["until"]) else None
    begins = start + timedelta(days=1) if start is not None and test["starts_late"] else start
    watched, opened = _watched(connection, test, begins, until, today)
    state, reason = _state(kind, test, begins, until, taken_over, counts, watched, today)
    breaches = by_kind[FindingKind.APPARENT_BREACH]
    rule = acts.acts()[test["act"]]
    return TermStatus(
        id=test["id"],
        act=test["act"],
        text=test["text"],
        state=state,
        reason=reason,
        test=TermTest(
            mode=rule.mode,
            breach_types=_types(rule.breach),
            fulfil_types=_types(rule.fulfil),
            bound=views.listed_parties(test["bound"]),
            scope=views.places(test["scope"]),
            start=start,
            until=until,
            start_basis=test["start_basis"],
            until_basis="superseded" if taken_over else test["until_basis"],
        ),
        breaches=len(breaches),
        fulfilments=len(by_kind[FindingKind.APPARENT_FULFILMENT]),
        by_parties_not_bound=len(by_kind[FindingKind.ACT_BY_PARTY_NOT_BOUND]),
        first_breach=min((f.day for f in breaches if f.day), default=None),
        days_watched=watched,
        days_open=opened,
        condition=test["condition"],
        superseded_by=taken_over.id if taken_over else None,
    )


def _types(clauses: Iterable[acts.Clause]) -> tuple[str, ...]:
    return tuple(sorted({t for c in clauses for t in c.types}))


def _state(
    kind: str,
    test: dict[str, Any],
    start: date | None,
    until: date | None,
    later: After | None,
    counts: dict[FindingKind, list[Finding]],
    watched: int,
    today: date | None,
) -> tuple[str, str]:
    """Where a term stands, and in one sentence why."""
    answered = _answered(kind, counts)
    if answered is not None:
        return answered
    breaches, kept = counts[FindingKind.APPARENT_BREACH], counts[FindingKind.APPARENT_FULFILMENT]
    if start is None or (today is not None and today < start):
        return TermState.NOT_IN_FORCE, "its first day has not come" if start else "no first day is known"
    if breaches:
        first = min(f.day for f in breaches if f.day is not None)
        return TermState.BREACHED, f"{len(breaches)} apparent breach(es), the first on {first}"
    if kept:
        first = min(f.day for f in kept if f.day is not None)
        return TermState.FULFILLED, f"{len(kept)} apparent fulfilment(s), the first on {first}"
    if later is not None:
        return TermState.SUPERSEDED, f"{later.id} took its place on {later.start}"
    if kind == "demand":
        return TermState.IGNORED, "nothing answers it so far"
    return _without_findings(kind, test, until, watched, today)


def _without_findings(
    kind: str, test: dict[str, Any], until: date | None, watched: int, today: date | None
) -> tuple[str, str]:
    rule = acts.acts()[test["act"]]
    if rule.mode == "none":
        return TermState.NOT_OBSERVABLE, "incidents alone cannot tell; people must say"
    if not watched:
        return TermState.NOT_OBSERVABLE, "no report covered the scope in the period"
    over = until is not None and today is not None and today > until
    if kind == "refusal" or rule.mode == "perform" or kind in ("threat", "offer"):
        state = TermState.LAPSED if over else TermState.OPEN
        return state, "not done " + ("in the period" if over else "so far")
    if over:
        return TermState.LAPSED, f"the period is over; none was found on {watched} day(s) with reports"
    return TermState.KEPT_SO_FAR, f"none was found on {watched} day(s) with reports"


def _answered(kind: str, counts: dict[FindingKind, list[Finding]]) -> tuple[str, str] | None:
    """Demands and offers stand as they were answered; the last answer counts."""
    if kind not in ("demand", "offer"):
        return None
    answers = counts[FindingKind.ANSWER]
    if counts[FindingKind.APPARENT_FULFILMENT] and kind == "demand":
        return TermState.MET, "what was asked for was done"
    if not answers:
        return None
    # of one day a refusal counts before an acceptance; never the ids, which depend on which report came first
    last = max(answers, key=lambda f: (f.day or date.min, "turned down" in f.notes, f.strength, f.quotes))
    if "turned down" in last.notes:
        return TermState.REFUSED, f"turned down by {last.answer}"
    return TermState.MET, f"taken up by {last.answer}"


def _whole(kind: str, terms: Sequence[TermStatus]) -> str:
    """The state of the commitment: its worst term, fulfilled only when all are."""
    states = {t.state for t in terms}
    order = [
        TermState.BREACHED,
        TermState.REFUSED,
        TermState.IGNORED,
        TermState.KEPT_SO_FAR,
        TermState.OPEN,
        TermState.NOT_IN_FORCE,
        TermState.MET,
        TermState.LAPSED,
        TermState.SUPERSEDED,
        TermState.FULFILLED,
        TermState.NOT_OBSERVABLE,
    ]
    if states - {TermState.NOT_OBSERVABLE} == {TermState.FULFILLED}:
        return TermState.FULFILLED
    return next((s for s in order if s in states), TermState.OPEN if kind == "refusal" else TermState.NOT_OBSERVABLE)


def _watched(
    connection: Connection, test: dict[str, Any], start: date | None, until: date | None, today: date | None
) -> tuple[int, int]:
    """Days of the period so far on which a report covered the scope, and days of it in all."""
    end = min((d for d in (until, today) if d is not None), default=None)
    if start is None or end is None or end < start:
        return 0, 0
    days = select(func.count(func.distinct(watch.c.day))).where(
        watch.c.place.in_(test["keys"]), watch.c.day.between(start, end)
    )
    return int(connection.execute(days).scalar_one()), (end - start).days + 1


def _answers(connection: Connection, number: int) -> str | None:
    """What this commitment answers, the strongest first."""
    query = (
        select(commitments.c.id, commitments.c.body, findings.c.strength)
        .select_from(_TABLE)
        .where(findings.c.answer == number)
    )
    asked = [(-r.strength, json.loads(r.body)["claim_ids"], r.id) for r in connection.execute(query)]
    return min(asked)[2] if asked else None


def _rivals(connection: Connection, row: AnyRow, lo: date, hi: date) -> list[tuple[AnyRow, dict[str, Any]]]:
    """Promises for the same country made in a span of days, with their bodies."""
    query = select(commitments).where(
        commitments.c.n != row.n,
        commitments.c.made.between(lo, hi),
        commitments.c.country == row.country,
        commitments.c.kind.in_(("pledge", "agreement")),
    )
    found = [(r, json.loads(r.body)) for r in connection.execute(query)]
    return sorted(found, key=lambda x: (x[0].made, x[1]["claim_ids"]))


def _later(connection: Connection, row: AnyRow, b: dict[str, Any]) -> After | None:
    """The first later promise that takes this one's place: same acts, same bound party, its whole scope."""
    if row.made is None or row.kind not in ("pledge", "agreement"):
        return None
    reach = row.made + timedelta(days=acts.method().horizon_days)
    for other, body in _rivals(connection, row, row.made + timedelta(days=2), reach):
        start = other.start or other.made
        if _same_word(b, body) and _covers(body, b) and (row.until is None or start <= row.until + timedelta(days=2)):
            return After(other.id, start)
    return None


def _same_word(a: dict[str, Any], b: dict[str, Any]) -> bool:
    if not {x for act in a["acts"] for x in promises.near_acts(act)} & set(b["acts"]):
        return False
    one, other = _bound_ids(a), _bound_ids(b)
    return not one or not other or bool(one & other)


def _bound_ids(b: dict[str, Any]) -> set[str]:
    return {p["id"] or p["text"] for t in b["terms"] for p in t["bound"]}


def _covers(wide: dict[str, Any], narrow: dict[str, Any]) -> bool:
    """Does the first hold for every place of the second? A promise without places holds for the whole
    country.
    """
    ids = _place_ids(wide)
    if not ids:
        return True
    return bool(narrow["places"]) and all({p["id"] or p["text"], *p["parents"]} & ids for p in narrow["places"])


def _place_ids(b: dict[str, Any]) -> set[str]:
    found = [p for t in b["terms"] for p in t["scope"]] + b["places"]
    return {p["id"] or p["text"] for p in found}


def _overlaps(connection: Connection, row: AnyRow, b: dict[str, Any]) -> tuple[str | None, str | None]:
    """Ids of the promise that this one renews, and of the wider one inside whose scope it lies."""
    if row.made is None or row.kind not in ("pledge", "agreement"):
        return None, None
    renews = within = None
    horizon = timedelta(days=acts.method().horizon_days)
    for other, body in _rivals(connection, row, row.made - horizon, row.made + timedelta(days=1)):
        if not _same_word(b, body):
            continue
        narrower = bool(b["places"]) and _covers(body, b) and not _covers(b, body)
        if narrower and (other.until is None or other.until >= row.made):
            within = other.id
        elif not narrower and _covers(b, body) and other.made < row.made - timedelta(days=1):
            renews = other.id
    return renews, within


def limit_records(connection: Connection, start: date | None, end: date | None) -> tuple[AccessLimit, ...]:
    """Access limits that touch a period, by first day."""
    query = select(limits).where(limits.c.withdrawn.is_(False)).order_by(limits.c.start, limits.c.n)
    if end is not None:
        query = query.where(limits.c.start <= end)
    if start is not None:
        query = query.where(func.coalesce(limits.c.end, date.max) >= start)
    return tuple(
        AccessLimit(r.n, r.place, r.place_id, r.start, r.end, r.why, r.who, instant(r.at))
        for r in connection.execute(query)
    )
