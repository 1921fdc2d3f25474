"""The ledger kept in step: whenever an incident or a commitment changes, what they say of each other is
weighed again.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, or_, select

from rasid.books import acts, parties, promises
from rasid.books.canon import canonical, short_id
from rasid.books.features import LEVELS
from rasid.books.records_ledger import FindingKind
from rasid.books.rereading import LIVE
from rasid.books.schema import claims, commitments, facets, findings, incidents, reports, scopes, terms
from rasid.books.shelf import chunks
from rasid.books.store import AnyRow
from rasid.books.weighing import Fact, Weighed, doers_of, weigh
from rasid.text.keys import phrase

#: Kinds whose terms are held against incidents.
TESTED = ("pledge", "agreement", "offer", "threat", "demand")
#: Quotes kept with a finding.
_QUOTES = 8
_FIND = select(
    incidents.c.n, incidents.c.id, incidents.c.type, incidents.c.modality, incidents.c.grade,
    incidents.c.start, incidents.c.end, incidents.c.date_precision, incidents.c.country, incidents.c.body,
).where(incidents.c.kind == "incident", incidents.c.start.is_not(None))  # fmt: skip
_TESTS = (
    select(terms.c.body, commitments.c.n, commitments.c.id, commitments.c.kind)
    .join(commitments, commitments.c.n == terms.c.commitment)
    .where(
        terms.c.id.in_(select(scopes.c.term).where(scopes.c.place.in_(bindparam("places", expanding=True)))),
        terms.c.start <= bindparam("end"),
        terms.c.until >= bindparam("start"),
        commitments.c.kind.in_(TESTED),
    )
)
_PLACES = select(facets.c.value).where(facets.c.record == bindparam("record"), facets.c.slot == "place")
_TOLD = (
    select(claims.c.body, claims.c.corrected, reports.c.id)
    .join(reports, reports.c.n == claims.c.report)
    .where(claims.c.record == bindparam("record"), claims.c.state.in_(LIVE))
    .order_by(claims.c.canon, claims.c.n)
)


def update(connection: Connection, *, told: Collection[int], promised: Collection[int]) -> None:
    """Weigh again all terms near changed incidents (`told`), and all incidents near changed commitments."""
    facts = Facts(connection)
    rows: dict[str, dict[str, Any]] = {}
    for part in chunks(promised):
        connection.execute(delete(findings).where(or_(findings.c.commitment.in_(part), findings.c.answer.in_(part))))
        for n in part:
            rows |= {r["id"]: r for r in _of_commitment(connection, n, facts)}
            rows |= {r["id"]: r for r in _answers(connection, n)}
    for part in chunks(told):
        connection.execute(delete(findings).where(findings.c.incident.in_(part)))
        for found in connection.execute(_FIND.where(incidents.c.n.in_(part))).all():
            rows |= {r["id"]: r for r in _of_incident(connection, found, facts)}
    for ids in chunks(rows):
        connection.execute(delete(findings).where(findings.c.id.in_(ids)))
    if rows:
        connection.execute(insert(findings), list(rows.values()))


class Facts:
    """Incidents as the ledger sees them, each made once for an update."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._facts: dict[int, Fact] = {}
        self._quotes: dict[int, list[dict[str, Any]]] = {}

    def of(self, found: AnyRow) -> Fact:
        """The fact of a row of `incidents`."""
        known = self._facts.get(found.n)
        if known is None:
            known = self._facts[found.n] = self._make(found)
        return known

    def _make(self, found: AnyRow) -> Fact:
        body = json.loads(found.body)
        words = tuple(w for q in self.quotes(found.n) for w in phrase(q["text"]))
        return Fact(
            found.n, found.id, found.type, found.modality, found.grade, found.start, found.end,
            found.date_precision, body["day_part"], tuple(body["places"]), doers_of(body["parties"]),
            tuple(t["kind"] for t in body["targets"]), tuple(w["kind"] for w in body["weapons"]), words,
        )  # fmt: skip

    def quotes(self, record: int) -> list[dict[str, Any]]:
        """The first quote of each report that tells an incident."""
        if record not in self._quotes:
            out: dict[str, dict[str, Any]] = {}
            for raw, corrected, report in self.connection.execute(_TOLD, {"record": record}):
                for e in json.loads(corrected or raw).get("evidence", ())[:1]:
                    quote = {"report": report, "start": e["start"], "end": e["end"], "text": e["text"]}
                    out.setdefault(report, quote)
            self._quotes[record] = list(out.values())
        return self._quotes[record]


def finding_id(commitment: str, act: str, other: str) -> str:
    """Id of what an incident or answer (by id) says of a term."""
    return short_id("FND", f"{commitment}|{act}|{other}", letters=9)


# -- incidents and terms


def _of_commitment(connection: Connection, n: int, facts: Facts) -> Iterator[dict[str, Any]]:
    row = connection.execute(select(commitments).where(commitments.c.n == n)).first()
    if row is None or row.kind not in TESTED:
        return
    for test in json.loads(row.body)["terms"]:
        for found in _incidents_near(connection, test):
            weighed = weigh(test, row.kind, facts.of(found))
            if weighed is not None:
                yield _row(facts, n, row.id, test, facts.of(found), weighed)


def _incidents_near(connection: Connection, test: dict[str, Any]) -> list[AnyRow]:
    """Incidents of a telling type in the time and near the place of a term."""
    if test["start"] is None or not (test["keys"] or test["wide"]):
        return []
    query = _FIND.where(
        incidents.c.type.in_(sorted(acts.acts()[test["act"]].types)),
        incidents.c.end >= date.fromisoformat(test["start"]),
        incidents.c.start <= date.fromisoformat(test["until"]),
    ).order_by(incidents.c.n)
    if all(LEVELS.get(p["precision"] or "", 3) == 0 for p in test["scope"]):
        return list(connection.execute(query.where(incidents.c.country.in_(test["keys"]))))
    keys = [*test["keys"], *test["wide"]]
    near = select(facets.c.record).where(facets.c.slot == "place", facets.c.value.in_(keys))
    return list(connection.execute(query.where(incidents.c.n.in_(near))))


def _of_incident(connection: Connection, found: AnyRow, facts: Facts) -> Iterator[dict[str, Any]]:
    keys = {*connection.execute(_PLACES, {"record": found.n}).scalars(), found.country or ""}
    near = {"places": sorted(keys), "start": found.start, "end": found.end}
    for t in connection.execute(_TESTS, near).all():
        test = json.loads(t.body)
        if found.type in acts.acts()[test["act"]].types:
            weighed = weigh(test, t.kind, facts.of(found))
            if weighed is not None:
                yield _row(facts, t.n, t.id, test, facts.of(found), weighed)


def _row(facts: Facts, n: int, label: str, test: dict[str, Any], it: Fact, weighed: Weighed) -> dict[str, Any]:
    day = it.start if it.precision == "day" else max(it.start, date.fromisoformat(test["start"]))
    return {
        "id": finding_id(label, test["act"], it.id),
        "commitment": n,
        "term": test["id"],
        "kind": weighed.kind.value,
        "incident": it.n,
        "answer": None,
        "day": day,
        "strength": weighed.strength,
        "body": canonical(
            {
                "act": test["act"],
                "clause": test["clause"],
                "incident_type": it.type,
                "parties": [parties.labels(d)[0] or d.lstrip(parties.NAME) for d in it.doers],
                "places": [p["name"] or p["text"] for p in it.places],
                "quotes": facts.quotes(it.n)[:_QUOTES],
                "reasons": weighed.reasons,
                "notes": weighed.notes,
                "days_after": weighed.days_after,
                "km": weighed.km,
                "grade": it.grade,
            }
        ),
    }


# -- commitments that answer one another


def _answers(connection: Connection, n: int) -> Iterator[dict[str, Any]]:
    """Rows for what this commitment answers, and for what answers it."""
    row = connection.execute(select(commitments).where(commitments.c.n == n)).first()
    if row is None or row.made is None:
        return
    reach = timedelta(days=acts.method().answer_days)
    near = select(commitments).where(
        commitments.c.n != n,
        commitments.c.made >= row.made - reach,
        commitments.c.made <= row.made + reach,
        commitments.c.country == row.country,
    )
    for other in connection.execute(near.order_by(commitments.c.n)):
        if other.made is not None and other.made >= row.made:
            yield from _answer(row, other)
        if other.made is not None and other.made <= row.made:
            yield from _answer(other, row)


def _answer(asked: AnyRow, given: AnyRow) -> Iterator[dict[str, Any]]:
    """Does the second commitment answer the first (a demand or offer taken up, anything refused)?"""
    if not (
        (asked.kind in ("demand", "offer") and given.kind in ("pledge", "agreement"))
        or (asked.kind in ("demand", "offer", "pledge", "agreement") and given.kind == "refusal")
    ):
        return
    question, reply = json.loads(asked.body), json.loads(given.body)
    tie = _addressed(question, reply)
    if not tie:
        return
    for test in question["terms"]:
        if not promises.near_acts(test["act"]) & set(reply["acts"]):
            continue
        same = 1.0 if test["act"] in reply["acts"] else 0.7
        yield {
            "id": finding_id(asked.id, test["act"], given.id),
            "commitment": asked.n,
            "term": test["id"],
            "kind": FindingKind.ANSWER.value,
            "incident": None,
            "answer": given.n,
            "day": given.made,
            "strength": round(same * tie, 4),
            "body": canonical(
                {
                    "act": test["act"],
                    "clause": test["clause"],
                    "incident_type": given.kind,
                    "parties": [p["label_ar"] or p["text"] for p in reply["by"]],
                    "places": [p["name"] or p["text"] for p in reply["places"]],
                    "quotes": [reply["quote"]] if reply["quote"] else [],
                    "reasons": {"act": same, "party": tie},
                    "notes": ["turned down"] if given.kind == "refusal" else ["taken up"],
                    "days_after": (given.made - asked.made).days,
                    "km": None,
                    "grade": "corroborated" if reply["sources"] > 1 else "reported",
                }
            ),
        }


def _addressed(question: dict[str, Any], reply: dict[str, Any]) -> float:
    """How surely those who answer are those who were asked; 0 when somebody else was."""
    asked = _kin(question["to"] + question["bound"]) or (
        set() if question["kind"] in ("demand", "pledge") else _kin(question["by"])
    )
    answering = _kin(reply["by"] + reply["bound"])
    if not asked or not answering:
        return 0.5
    return 1.0 if asked & answering else 0.0


def _kin(listed: list[dict[str, Any]]) -> set[str]:
    keys = {parties.key(p["id"], p["text"]) for p in listed}
    out = {k for key in keys for k in parties.lineage(key)}
    return out | {s for k in out if (s := parties.side(k))}
