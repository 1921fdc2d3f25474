"""Originals out of the book: checked, unsealed for those who may, removed for safety of life."""

from __future__ import annotations

import json

from sqlalchemy import Connection, delete, func, select, update

from rasid.books import canon, chain, lists, search
from rasid.books.corroborate import Corroborator
from rasid.books.rereading import LIVE
from rasid.books.schema import (
    actions,
    bands,
    captures,
    claims,
    decisions,
    labels,
    originals,
    readings,
    reports,
)
from rasid.books.seal import KeyRing
from rasid.errors import InputError, StoreError


def original(connection: Connection, keys: KeyRing, digest: str) -> bytes:
    """The original bytes, held against their hash."""
    row = connection.execute(select(originals).where(originals.c.sha256 == digest)).first()
    if row is None:
        raise InputError(f"no original with the hash {digest}")
    plain = keys.open(row.bytes, f"original:{digest}") if row.sealed else bytes(row.bytes)
    if canon.sha256(plain) != digest:
        raise StoreError("the bytes do not fit their hash", where=digest, mend="see rasid verify")
    return plain


def unmasked(connection: Connection, keys: KeyRing, report_id: str, *, who: str, reason: str) -> str:
    """A report's text as it was read; who looked and why goes into the log."""
    row = lists.report_row(connection, report_id)
    chain.append(connection, [("report.unmask", report_id, {"reason": reason})], who=who)
    if row.sealed_text is None:
        return str(row.text)
    return keys.open(row.sealed_text, f"text:{report_id}").decode("utf-8", "surrogatepass")


def expunge(connection: Connection, report_id: str, *, who: str, reason: str) -> None:
    """Remove a report; its hashes stay in the log as its tombstone."""
    row = lists.report_row(connection, report_id)
    told = connection.execute(select(claims.c.n, claims.c.state).where(claims.c.report == row.n)).all()
    Corroborator(connection).leave([c.n for c in told if c.state in LIVE])
    numbers = [c.n for c in told]
    for table, column in (
        (labels, labels.c.claim), (decisions, decisions.c.claim), (claims, claims.c.n),
    ):  # fmt: skip
        connection.execute(delete(table).where(column.in_(numbers)))
    for table, column in (
        (captures, captures.c.report),
        (readings, readings.c.report),
        (bands, bands.c.report),
    ):
        connection.execute(delete(table).where(column == row.n))
    search.forget(connection, row.n)
    connection.execute(delete(reports).where(reports.c.n == row.n))
    others = select(func.count()).select_from(reports).where(reports.c.sha256 == row.sha256)
    if not connection.execute(others).scalar_one():
        connection.execute(delete(originals).where(originals.c.sha256 == row.sha256))
    detail = {"sha256": row.sha256, "content": row.content, "claims": len(told), "reason": reason}
    chain.append(connection, [("report.expunge", report_id, detail)], who=who)


def forget_corrections(connection: Connection, report_id: str) -> None:
    """Corrected claims of an expunged report hold its words: their acts keep only that they were done."""
    query = select(actions).where(actions.c.subject.like(f"{report_id}#%"))
    for a in connection.execute(query).all():
        detail = {"claim": json.loads(a.detail).get("claim"), "expunged": True}
        connection.execute(update(actions).where(actions.c.n == a.n).values(detail=canon.canonical(detail)))
