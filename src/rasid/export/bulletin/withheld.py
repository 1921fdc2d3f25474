"""A snapshot as a policy lets it out: the same rules as for files, before anything is counted or drawn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from rasid.books.records import IncidentRecord
from rasid.books.records_ledger import CommitmentRecord
from rasid.books.records_log import Snapshot
from rasid.export.policy import OPEN, Policy, apply

Record = dict[str, Any]
#: What a snapshot adds to records, and what of records it does not keep.
_ADDED = ("observed", "in_period")
_PASSING: Record = {"version": 0, "updated": None, "redirected_from": None}


def under(snapshot: Snapshot, policy: Policy) -> Snapshot:
    """The snapshot without what the policy withholds. A delay counts back from the day it was taken."""
    if policy == OPEN:
        return snapshot
    body = dict(snapshot.body)
    for name in ("incidents", "tolls"):
        body[name] = _let_out(body[name], IncidentRecord, policy)
    body["commitments"] = _let_out(body["commitments"], CommitmentRecord, policy)
    whole = {r["id"] for r in body["incidents"] if r["quote"]}
    told = {r["id"]: r for r in body["incidents"]}
    for c in body["commitments"]:
        c["in_period"] = [_finding(f, told, whole) for f in c["in_period"] if _may_leave(f, told, policy)]
    if not policy.sources:
        body["sources"] = {}
    return replace(snapshot, body=body)


@cache
def _adapter(kind: type) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def _let_out(records: Iterable[Record], kind: type, policy: Policy) -> list[Record]:
    out = []
    for r in records:
        plain = {k: v for k, v in r.items() if k not in _ADDED}
        whole = _adapter(kind).validate_python(_PASSING | plain)
        out += [x.as_dict() | {k: r[k] for k in _ADDED if k in r} for x in apply([whole], policy)]
    return out


def _may_leave(f: Record, told: dict[str, Record], policy: Policy) -> bool:
    """What was held back whole is not told by its finding either."""
    return f["incident"] in told or not (policy.published_only or policy.delay_days)


def _finding(f: Record, told: dict[str, Record], whole: set[str]) -> Record:
    """A finding as its incident is told: its places, and its words only where nothing was withheld."""
    if f["incident"] in whole:
        return f
    record = told.get(f["incident"])
    places = [p["name"] or p["text"] for p in record["places"]] if record else []
    return f | {"quotes": [], "clause": None, "places": places}
