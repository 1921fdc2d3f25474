"""Writes what joining decided: which claims are one record, its id, its content.

A record's number is the claim to which its oldest id was given, so an id leads, for ever, to the record
that now holds that claim: merges redirect by themselves, and splits and undo lead back.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, insert, select, update

from rasid.books import combine, parties
from rasid.books.canon import canonical, now, sha256, short_id, stamp
from rasid.books.cluster import Change, Cluster, F
from rasid.books.features import Features
from rasid.books.schema import (
    claims,
    commitments,
    decisions,
    facets,
    findings,
    incidents,
    labels,
    reports,
    scopes,
    terms,
)
from rasid.books.shelf import chunks

_RECORD = update(claims).where(claims.c.n == bindparam("claim")).values(record=bindparam("now"))


@dataclass(frozen=True, slots=True)
class Decided:
    """What people decided about a record."""

    grade: str | None = None
    grade_reason: str | None = None
    graded_by: str | None = None
    published: bool = False


_UNDECIDED = Decided()
_LABELS = select(labels.c.seq, labels.c.claim).where(labels.c.claim.in_(bindparam("ns", expanding=True)))
_TAKEN = select(labels.c.seq).where(labels.c.id == bindparam("id"))
_DECIDED = select(decisions).where(decisions.c.claim.in_(bindparam("ns", expanding=True)))
_OLD = select(claims.c.n, claims.c.record).where(claims.c.n.in_(bindparam("ns", expanding=True)))


_TOLD = (
    select(
        claims.c.n, claims.c.id, claims.c.body, claims.c.corrected, claims.c.sources,
        reports.c.id.label("report"), reports.c.publisher, reports.c.published, reports.c.sketch,
    )
    .join(reports, reports.c.n == claims.c.report)
    .where(claims.c.n.in_(bindparam("ns", expanding=True)))
)  # fmt: skip


def tellings(connection: Connection, wanted: Sequence[F]) -> dict[int, combine.Telling[F]]:
    """The claims with what of their reports matters, by number."""
    by_n = {f.n: f for f in wanted}
    out = {}
    for part in chunks(sorted(by_n)):
        for r in connection.execute(_TOLD, {"ns": part}):
            out[r.n] = combine.Telling(
                r.n, r.id, r.report, r.publisher, r.published, r.sketch, by_n[r.n],
                json.loads(r.corrected or r.body), tuple(json.loads(r.sources)),
            )  # fmt: skip
    return out


def place(connection: Connection, change: Change[Any], prefix: str, table: Table) -> dict[int, list[int]]:
    """Give each cluster its record number; claims by record, in canonical order. Records left empty are
    deleted.
    """
    touched = sorted(change.touched)
    old: dict[int, int | None] = {}
    for part in chunks(touched):
        old |= dict(connection.execute(_OLD, {"ns": part}).all())
    numbers = _numbered(connection, change, prefix)
    moved = {n: r for r, ns in numbers.items() for n in ns}
    rows = [{"claim": n, "now": moved.get(n)} for n in touched if old.get(n) != moved.get(n)]
    if rows:
        connection.execute(_RECORD, rows)
    _bury(connection, {r for r in old.values() if r is not None} - numbers.keys(), table)
    return numbers


def _numbered(connection: Connection, change: Change[Any], prefix: str) -> dict[int, list[int]]:
    """Claims of each record by the claim that carries its oldest id; a record without one gets an id."""
    given: dict[int, int] = {}
    for part in chunks(n for c in change.clusters for n in c.numbers):
        given |= {claim: seq for seq, claim in connection.execute(_LABELS, {"ns": part})}
    out: dict[int, list[int]] = {}
    for c in change.clusters:
        labelled = [n for n in c.numbers if n in given]
        number = min(labelled, key=given.__getitem__) if labelled else _label(connection, c, prefix)
        out[number] = c.numbers
    return out


def _label(connection: Connection, cluster: Cluster[Any], prefix: str) -> int:
    """Give an id to the first claim of a record."""
    first = (cluster.members or cluster.guests)[0]
    attempt = 0
    while True:
        label = short_id(prefix, first.canon, attempt)
        if connection.execute(_TAKEN, {"id": label}).first() is None:
            break
        attempt += 1
    connection.execute(insert(labels), {"id": label, "claim": first.n})
    return int(first.n)


def _bury(connection: Connection, empty: Iterable[int], table: Table) -> None:
    for part in chunks(sorted(empty)):
        connection.execute(delete(table).where(table.c.n.in_(part)))
        connection.execute(delete(facets).where(facets.c.record.in_(part)))
        for column in (findings.c.incident, findings.c.commitment, findings.c.answer):
            connection.execute(delete(findings).where(column.in_(part)))
        if table is commitments:
            forget_terms(connection, part)


def forget_terms(connection: Connection, part: Sequence[int]) -> None:
    """Take the tests of some commitments away."""
    mine = select(terms.c.id).where(terms.c.commitment.in_(part))
    connection.execute(delete(scopes).where(scopes.c.term.in_(mine)))
    connection.execute(delete(terms).where(terms.c.commitment.in_(part)))


def label_of(connection: Connection, numbers: Iterable[int]) -> dict[int, str]:
    """Id by record number."""
    out: dict[int, str] = {}
    for part in chunks(numbers):
        out |= dict(connection.execute(select(labels.c.claim, labels.c.id).where(labels.c.claim.in_(part))).all())
    return out


def decided(connection: Connection, records: dict[int, list[int]]) -> dict[int, Decided]:
    """What people last decided about each record; a decision stays with the claim on which it was made."""
    home = {n: r for r, ns in records.items() for n in ns}
    latest: dict[int, dict[str, Any]] = {}
    for part in chunks(home):
        for row in connection.execute(_DECIDED, {"ns": part}):
            mine = latest.setdefault(home[row.claim], {})
            if row.kind not in mine or mine[row.kind].action < row.action:
                mine[row.kind] = row
    return {r: _decision(latest[r]) if r in latest else _UNDECIDED for r in records}


def _decision(latest: dict[str, Any]) -> Decided:
    grade, published = latest.get("grade"), latest.get("publish")
    return Decided(
        grade.value if grade else None,
        grade.reason if grade and grade.value else None,
        grade.who if grade and grade.value else None,
        bool(published and published.value == "yes"),
    )


def write_incidents(connection: Connection, change: Change[Features]) -> dict[int, list[int]]:
    """Write the records of a change; returns those whose content is new, with their claims."""
    numbers = place(connection, change, "RSD", incidents)
    told = tellings(connection, [f for c in change.clusters for f in (*c.members, *c.guests)])
    ids, at = label_of(connection, numbers), stamp(now())
    by_people = decided(connection, numbers)
    rows = [
        incident_row(number, ids[number], [told[n] for n in ns], by_people[number], at)
        for number, ns in numbers.items()
    ]
    fresh = replace(connection, incidents, rows)
    write_facets(connection, {n: facets_of(told[c] for c in numbers[n]) for n in fresh})
    return {n: numbers[n] for n in fresh}


def replace(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> list[int]:
    """Write record rows whose content is new, one version up; their numbers."""
    kept: dict[int, tuple[str, int]] = {}
    for part in chunks(r["n"] for r in rows):
        query = select(table.c.n, table.c.content, table.c.version).where(table.c.n.in_(part))
        kept |= {n: (content, version) for n, content, version in connection.execute(query)}
    fresh = [r for r in rows if r["n"] not in kept or kept[r["n"]][0] != r["content"]]
    for r in fresh:
        r["version"] = kept[r["n"]][1] + 1 if r["n"] in kept else 1
    for part in chunks(r["n"] for r in fresh):
        connection.execute(delete(table).where(table.c.n.in_(part)))
    if fresh:
        connection.execute(insert(table), fresh)
    return [r["n"] for r in fresh]


def incident_row(
    number: int, label: str, told: Sequence[combine.Telling[Features]], by_people: Decided, at: str
) -> dict[str, Any]:
    """The table's row of a record."""
    body = combine.incident(told)
    body |= {"grade_reason": by_people.grade_reason, "graded_by": by_people.graded_by}
    body |= {"grade": by_people.grade or body["grade"], "published": by_people.published}
    text = canonical(body)
    harm = {h["status"]: (h["low"], h["high"]) for h in body["harm"]}
    columns = (
        "kind",
        "type",
        "modality",
        "date_precision",
        "country",
        "lat",
        "lon",
        "precision",
        "grade",
        "sources",
    )
    return {c: body[c] for c in columns} | {
        "n": number,
        "id": label,
        "start": _day(body["start"]),
        "end": _day(body["end"]),
        "published": by_people.published,
        "killed_low": harm.get("killed", (None, None))[0],
        "killed_high": harm.get("killed", (None, None))[1],
        "injured_low": harm.get("injured", (None, None))[0],
        "injured_high": harm.get("injured", (None, None))[1],
        "content": sha256(label + text),
        "version": 1,
        "updated": at,
        "body": text,
    }


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def write_facets(connection: Connection, records: dict[int, set[tuple[str, str]]]) -> None:
    """What records can be found by, in place of what was."""
    for part in chunks(records):
        connection.execute(delete(facets).where(facets.c.record.in_(part)))
    rows = [
        {"slot": slot, "value": value, "record": number}
        for number, found in records.items()
        for slot, value in sorted(found)
    ]
    if rows:
        connection.execute(insert(facets), rows)


def facets_of(told: Iterable[combine.Telling[Features]]) -> set[tuple[str, str]]:
    """What a record can be found by."""
    out: set[tuple[str, str]] = set()
    for t in told:
        f = t.features
        for s in f.spots:
            out.add(("place", "n:" + s.name))
            out |= {("place", p) for p in s.chain}
        out |= {("actor", k) for k in f.kin}
        out |= {("weapon", w) for w in f.weapons} | {("target", x) for x in f.targets}
        for a in t.body.get("actors", ()):
            key = parties.key(a.get("id"), a["text"])
            out |= {("actor", k) for k in parties.lineage(key)}
        if t.publisher:
            out.add(("publisher", t.publisher))
    return out
