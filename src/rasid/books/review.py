"""What people do to the book. Each act is kept with its inverse in the form of its own removal: records are
a function of claims and of the acts that stand, so taking an act back restores exactly what was.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Connection, delete, insert, select, update

from rasid.books import chain, features, promises, taking
from rasid.books.canon import canonical, now, sha256, stamp
from rasid.books.corroborate import Corroborator
from rasid.books.records import Grade
from rasid.books.records_ledger import Judgement
from rasid.books.rereading import LIVE
from rasid.books.schema import (
    actions,
    claims,
    commitments,
    decisions,
    findings,
    incidents,
    labels,
    readings,
    reports,
)
from rasid.books.shelf import chunks
from rasid.books.store import AnyRow
from rasid.errors import InputError
from rasid.model import reading

_OF_A_CLAIM = ("claim.accept", "claim.reject", "claim.correct")
_PINNING = ("merge", "split")
_MODELS: dict[str, Any] = {
    "incident": reading.Incident,
    "commitment": reading.Commitment,
    "meeting": reading.Meeting,
}


def act(
    connection: Connection, kind: str, subject: str, detail: dict[str, Any], *, who: str, reason: str | None
) -> int:
    """Keep an act and its link in the log; its number."""
    row = {"kind": kind, "subject": subject, "who": who, "at": stamp(now()), "reason": reason}
    n = connection.execute(insert(actions).returning(actions.c.n), row | {"detail": canonical(detail)}).scalar_one()
    chain.append(connection, [(kind, subject, {"action": n, "reason": reason, "detail": detail})], who=who)
    return int(n)


def claim_row(connection: Connection, claim_id: str) -> AnyRow:
    """A claim by its id. InputError when there is none."""
    row = connection.execute(select(claims).where(claims.c.id == claim_id)).first()
    if row is None or row.state == "retired":
        raise InputError(f"no claim {claim_id!r}", mend="see the claims of its report")
    return row


def record_row(connection: Connection, record_id: str) -> tuple[AnyRow, str]:
    """An incident or commitment by any id it was ever known by, and which of the two it is."""
    number = connection.execute(
        select(claims.c.record).join(labels, labels.c.claim == claims.c.n).where(labels.c.id == record_id)
    ).scalar()
    if number is not None:
        for name, table in (("incident", incidents), ("commitment", commitments)):
            row = connection.execute(select(table).where(table.c.n == number)).first()
            if row is not None:
                return row, name
    raise InputError(f"no record {record_id!r}", mend="ids look like RSD-7K3Q9M or PLG-7K3Q9M")


def members(connection: Connection, number: int) -> list[int]:
    """Claims that now are a record."""
    query = select(claims.c.n).where(claims.c.record == number, claims.c.state.in_(LIVE))
    return list(connection.execute(query.order_by(claims.c.n)).scalars())


# -- claims


def judge_claim(
    connection: Connection, kind: str, claim_id: str, detail: dict[str, Any], *, who: str, reason: str | None
) -> int:
    """Accept, reject or correct a claim."""
    row = claim_row(connection, claim_id)
    if kind == "claim.correct":
        detail = {"changes": detail, "body": _corrected(row, detail)}
    n = act(connection, kind, claim_id, {"claim": row.n} | detail, who=who, reason=reason)
    restate(connection, [row.n])
    return n


def _corrected(row: AnyRow, changes: dict[str, Any]) -> dict[str, Any]:
    """The whole claim with the changes made. InputError when that is no valid claim."""
    body = json.loads(row.corrected or row.body) | changes
    try:
        body["id"] = json.loads(row.body)["id"]
        return dict(_MODELS[row.kind].model_validate(body).model_dump(mode="json"))
    except ValidationError as e:
        raise InputError(_first(e), where=row.id, mend="see `rasid schema`") from e


def _first(e: ValidationError) -> str:
    one = e.errors()[0]
    return f"{'.'.join(map(str, one['loc']))}: {one['msg']}"


def add_claim(
    connection: Connection, report_id: str, part: dict[str, Any], *, who: str, reason: str | None
) -> tuple[int, str]:
    """A claim that the reader missed; its action and id."""
    report = connection.execute(select(reports).where(reports.c.id == report_id)).first()
    if report is None:
        raise InputError(f"no report {report_id!r}")
    kind = "incident" if "type" in part else ("commitment" if "terms" in part else "meeting")
    local = _free_id(connection, report_id)
    try:
        item = _MODELS[kind].model_validate({**part, "id": local})
    except ValidationError as e:
        raise InputError(_first(e), where=report_id, mend="see `rasid schema`") from e
    _check_quotes(report, item)
    dumped = item.model_dump(mode="json")
    row = {
        "id": f"{report_id}#{local}",
        "report": report.n,
        "kind": kind,
        "by": "human",
        "state": "accepted",
        "canon": sha256(canonical([report_id, report.content, kind, dumped])),
        "body": canonical(dumped),
        "sources": canonical(_sources(connection, report.n, item)),
        "features": "[]",
        "tier": "",
        "item": item,
    }
    taken = taking.Taken(report.n, report_id, True)
    taking.keep(connection, [row], report.published, report.text, taken)
    claim = claim_row(connection, str(row["id"]))
    n = act(connection, "claim.add", claim.id, {"claim": claim.n, "part": dumped}, who=who, reason=reason)
    Corroborator(connection).add(taken.incidents, taken.commitments)
    return n, claim.id


def _free_id(connection: Connection, report_id: str) -> str:
    taken = set(connection.execute(select(claims.c.id).where(claims.c.id.like(f"{report_id}#h%"))).scalars())
    n = 1
    while f"{report_id}#h{n}" in taken:
        n += 1
    return f"h{n}"


def _check_quotes(report: AnyRow, item: Any) -> None:
    for e in item.evidence:
        if report.text[e.start : e.end] != e.text:
            raise InputError("the quote is not what stands there", where=f"{report.id}[{e.start}:{e.end}]")


def _sources(connection: Connection, report: int, item: Any) -> list[dict[str, Any]]:
    body = connection.execute(
        select(readings.c.body).where(readings.c.report == report, readings.c.current)
    ).scalar_one()
    known = taking.sources_of(reading.Reading.model_validate_json(body))
    return [known[s] for s in item.sources if s in known]


def restate(connection: Connection, numbers: Iterable[int]) -> None:
    """Bring claims into the state that the acts that stand give them, and join again what stands near."""
    for n in numbers:
        row = connection.execute(select(claims).where(claims.c.n == n)).one()
        state, corrected = _state(connection, row)
        if (state, corrected) == (row.state, row.corrected):
            continue
        joined = Corroborator(connection)
        if row.state in LIVE and state not in LIVE:
            joined.leave([n])
        values: dict[str, Any] = {"state": state, "corrected": corrected}
        if corrected != row.corrected:
            values |= _features(connection, row, corrected or row.body)
            if state in LIVE and row.state in LIVE:
                joined.leave([n])
        connection.execute(update(claims).where(claims.c.n == n).values(**values))
        if state in LIVE and (row.state not in LIVE or corrected != row.corrected):
            Corroborator(connection).again([n])
        elif state in LIVE:
            continue


def _state(connection: Connection, row: AnyRow) -> tuple[str, str | None]:
    """State and corrected body of a claim after all acts on it that stand, in order."""
    state: str = "accepted" if row.by == "human" else "machine"
    corrected: str | None = None
    query = select(actions).where(
        actions.c.subject == row.id,
        actions.c.kind.in_((*_OF_A_CLAIM, "claim.add")),
        actions.c.undone_by.is_(None),
    )
    standing = connection.execute(query.order_by(actions.c.n)).all()
    for a in standing:
        if a.kind == "claim.correct":
            state, corrected = "corrected", canonical(json.loads(a.detail)["body"])
        elif a.kind == "claim.accept":
            state = "corrected" if corrected else "accepted"
        elif a.kind == "claim.reject":
            state = "rejected"
    added = select(actions.c.undone_by).where(actions.c.subject == row.id, actions.c.kind == "claim.add")
    taken_back = connection.execute(added).scalar()
    return ("rejected" if taken_back is not None else state), corrected


def _features(connection: Connection, row: AnyRow, body: str) -> dict[str, Any]:
    """Features of a claim whose parts changed."""
    report = connection.execute(select(reports).where(reports.c.n == row.report)).one()
    if row.kind == "incident":
        item = reading.Incident.model_validate_json(body)
        f = features.of_incident(item, report.published, report.text, row.canon, report.n)
        return {"features": json.dumps(features.dump(f), ensure_ascii=False), "tier": f.tier}
    if row.kind == "commitment":
        made = reading.Commitment.model_validate_json(body)
        p = promises.of_commitment(made, report.published, report.text, row.canon, report.n)
        return {"features": json.dumps(promises.dump(p), ensure_ascii=False)}
    return {}


# -- records


def merge(connection: Connection, a: str, b: str, *, who: str, reason: str | None) -> int:
    """Make two records one."""
    (one, kind), (other, kind2) = record_row(connection, a), record_row(connection, b)
    if kind != kind2:
        raise InputError("an incident and a commitment are never one", where=f"{a}, {b}")
    if one.n == other.n:
        raise InputError("these are one record already", where=f"{a}, {b}")
    together = [*members(connection, one.n), *members(connection, other.n)]
    detail = {"records": [one.id, other.id], "claims": sorted(together)}
    n = act(connection, "merge", one.id, detail, who=who, reason=reason)
    repin(connection)
    return n


def split(connection: Connection, rid: str, claim_ids: Sequence[str], *, who: str, reason: str | None) -> int:
    """Part some claims of a record from the rest."""
    row, _ = record_row(connection, rid)
    whole = members(connection, row.n)
    part = sorted(claim_row(connection, c).n for c in dict.fromkeys(claim_ids))
    if not part or not set(part) < set(whole):
        raise InputError("name some, not all, of the record's own claims", where=rid)
    detail = {"record": row.id, "part": part, "rest": sorted(set(whole) - set(part))}
    n = act(connection, "split", row.id, detail, who=who, reason=reason)
    repin(connection)
    return n


def repin(connection: Connection) -> None:
    """Set every claim's pin to what merges and splits that stand make it; join again where one changed."""
    pins: dict[int, int] = {}
    query = select(actions.c.n, actions.c.kind, actions.c.detail).where(
        actions.c.kind.in_(_PINNING), actions.c.undone_by.is_(None)
    )
    for n, kind, raw in connection.execute(query.order_by(actions.c.n)):
        detail = json.loads(raw)
        if kind == "merge":
            pins.update(dict.fromkeys(detail["claims"], 2 * n))
        else:
            pins.update(dict.fromkeys(detail["rest"], 2 * n))
            pins.update(dict.fromkeys(detail["part"], 2 * n + 1))
    now_set = dict(connection.execute(select(claims.c.n, claims.c.pin).where(claims.c.pin.is_not(None))).all())
    changed = sorted(n for n in pins.keys() | now_set.keys() if pins.get(n) != now_set.get(n))
    for c in changed:
        connection.execute(update(claims).where(claims.c.n == c).values(pin=pins.get(c)))
    live = _live(connection, changed)
    if live:
        Corroborator(connection).pinned(live)


def _live(connection: Connection, numbers: Collection[int]) -> set[int]:
    out: set[int] = set()
    for part in chunks(numbers):
        query = select(claims.c.n).where(claims.c.n.in_(part), claims.c.state.in_(LIVE))
        out |= set(connection.execute(query).scalars())
    return out


def decide(
    connection: Connection, kind: str, record_id: str, value: str | None, *, who: str, reason: str | None
) -> int:
    """A grade, or publication: stays with the claim on which the record's id was given."""
    row, _ = record_row(connection, record_id)
    if kind == "grade" and value is not None and value not in {g.value for g in Grade}:
        raise InputError(f"no grade {value!r}", mend=", ".join(g.value for g in Grade))
    n = act(connection, kind, row.id, {"claim": row.n, "value": value}, who=who, reason=reason)
    _decision(connection, n, kind, row.n, row.id, value, who, reason)
    rewrite(connection, row.n)
    return n


def _decision(
    connection: Connection,
    n: int,
    kind: str,
    claim: int | None,
    subject: str,
    value: str | None,
    who: str,
    reason: str | None,
) -> None:
    row = {"action": n, "kind": kind, "claim": claim, "subject": subject, "value": value, "who": who}
    connection.execute(insert(decisions), row | {"reason": reason})


def rewrite(connection: Connection, claim: int) -> None:
    """Write the record that holds a claim again, after a decision about it."""
    record = connection.execute(select(claims.c.record).where(claims.c.n == claim)).scalar()
    if record is not None:
        Corroborator(connection).pinned(members(connection, record))


def judge_finding(connection: Connection, finding_id: str, judgement: str, *, who: str, reason: str) -> int:
    """Verify or reject a finding, or make it apparent again."""
    if judgement not in {j.value for j in Judgement}:
        raise InputError(f"no judgement {judgement!r}", mend=", ".join(j.value for j in Judgement))
    row = connection.execute(select(findings).where(findings.c.id == finding_id)).first()
    if row is None:
        raise InputError(f"no finding {finding_id!r}")
    n = act(connection, "finding", finding_id, {"value": judgement}, who=who, reason=reason)
    _decision(connection, n, "finding", None, finding_id, judgement, who, reason)
    return n


# -- undo


def undo(connection: Connection, action_id: int, *, who: str, reason: str | None) -> int:
    """Take an act back; of an `undo`, do what it took back again."""
    row = connection.execute(select(actions).where(actions.c.n == action_id)).first()
    if row is None:
        raise InputError(f"no action {action_id}")
    if row.undone_by is not None:
        raise InputError("that was taken back already", where=f"action {action_id}")
    n = act(connection, "undo", row.subject, {"undoes": action_id}, who=who, reason=reason)
    connection.execute(update(actions).where(actions.c.n == action_id).values(undone_by=n))
    target, stands = row, False
    while target.kind == "undo":
        stands = not stands
        target = connection.execute(select(actions).where(actions.c.n == json.loads(target.detail)["undoes"])).one()
    if stands != (target.undone_by is None):
        connection.execute(update(actions).where(actions.c.n == target.n).values(undone_by=None if stands else n))
    _apply(connection, target, stands=stands)
    return n


def _apply(connection: Connection, row: AnyRow, *, stands: bool) -> None:
    """Bring the book in step after an act came to stand, or not to stand any more."""
    detail = json.loads(row.detail)
    if row.kind in (*_OF_A_CLAIM, "claim.add"):
        restate(connection, [detail["claim"]])
    elif row.kind in _PINNING:
        repin(connection)
    elif row.kind in ("grade", "publish", "finding"):
        connection.execute(delete(decisions).where(decisions.c.action == row.n))
        if stands:
            _decision(
                connection,
                row.n,
                row.kind,
                detail.get("claim"),
                row.subject,
                detail["value"],
                row.who,
                row.reason,
            )
        if row.kind != "finding":
            rewrite(connection, detail["claim"])
