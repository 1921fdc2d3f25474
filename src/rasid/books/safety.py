"""Keeping a book safe: verify that nothing in it was changed, back it up, restore it.

A backup is a ZIP of one SQLite file (also of a PostgreSQL book) and a manifest with its hash. No key is
ever in it.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, insert, select, text
from sqlalchemy.exc import DatabaseError

from rasid.books import chain, schema, search
from rasid.books.canon import canonical, now, sha256, stamp
from rasid.books.records_log import Fault, Verification
from rasid.books.store import HEAD, AnyRow, Store, open_store
from rasid.books.taking import about
from rasid.errors import StoreError

_BOOK, _MANIFEST = "book.sqlite", "manifest.json"
_CHUNK = 1 << 20


def verify(store: Store) -> Verification:
    """Hold every original, text, reading and capture against its hash and the log, and the log against
    itself.
    """
    try:
        with store.read() as c:
            faults = [*_structure(store, c), *chain.faults(c), *_originals(c), *_reports(c), *_actions(c)]
            faults += _snapshots(c)
            count = {t.name: int(c.execute(select(func.count()).select_from(t)).scalar_one()) for t in _COUNTED}
            _, head = chain.head(c)
    except DatabaseError as e:
        return Verification(False, 0, 0, 0, "", (Fault("database", str(e.orig)),))
    return Verification(
        not faults, count["originals"], count["reports"], count["log"], head, tuple(faults)
    )  # fmt: skip


_COUNTED = (schema.originals, schema.reports, schema.log)


def _structure(store: Store, c: Connection) -> Iterator[Fault]:
    if store.sqlite:
        for (told,) in c.exec_driver_sql("PRAGMA integrity_check(20)").all():
            if told != "ok":
                yield Fault("database", str(told))


def _originals(c: Connection) -> Iterator[Fault]:
    query = select(schema.originals).order_by(schema.originals.c.sha256)
    for r in c.execution_options(yield_per=50).execute(query):
        digest = sha256(r.bytes)
        if digest != r.kept_sha256 or r.sealed == (digest == r.sha256):
            yield Fault(f"original {r.sha256}", "its bytes do not fit its hash")


def _reports(c: Connection) -> Iterator[Fault]:
    """Each report against what the log says was kept."""
    told: dict[str, dict[str, Any]] = {}
    captured: dict[str, set[str]] = {}
    read: dict[str, set[str]] = {}
    gone: set[str] = set()
    for row in chain.rows(c):
        if row.action == "report.expunge":
            gone.add(row.subject)
        if row.action not in ("report.add", "report.read", "report.capture"):
            continue
        detail = _detail(row)
        if row.action == "report.add":
            told[row.subject] = detail
        captured.setdefault(row.subject, set()).update({detail["capture"]} if "capture" in detail else ())
        read.setdefault(row.subject, set()).update({detail["reading"]} if "reading" in detail else ())
    t = schema.reports.c
    seen = set()
    kept = set(c.execute(select(schema.originals.c.sha256)).scalars())
    for r in c.execute(select(t.n, t.id, t.text, t.sha256, t.title, t.url, t.publisher, t.published)):
        seen.add(r.id)
        detail = told.get(r.id, {})
        if sha256(r.text) != detail.get("text"):
            yield Fault(f"report {r.id}", "its text is not the one that the log says was kept")
        if r.sha256 != detail.get("sha256") or r.sha256 not in kept:
            yield Fault(f"report {r.id}", "its original bytes are not those that the log says were kept")
        if about(r.title, r.url, r.publisher, r.published) != detail.get("about"):
            yield Fault(f"report {r.id}", "its title, publisher or day are not those that the log says were kept")
        yield from _held(c, r, captured.get(r.id, set()), read.get(r.id, set()))
    for missing in sorted(told.keys() - seen - gone):
        yield Fault(f"report {missing}", "the log says that it was kept, and it is not here")


def _detail(row: AnyRow) -> dict[str, Any]:
    """What a link says; nothing where it is damaged, which `chain.faults` tells."""
    try:
        out = json.loads(row.detail)
    except ValueError:
        return {}
    return out if isinstance(out, dict) else {}


def _held(c: Connection, r: Any, captured: set[str], read: set[str]) -> Iterator[Fault]:
    captures = select(schema.captures.c.body).where(schema.captures.c.report == r.n)
    if {sha256(b) for b in c.execute(captures).scalars()} != captured:
        yield Fault(f"report {r.id}", "a capture record was changed or is missing")
    readings = select(schema.readings.c.body).where(schema.readings.c.report == r.n)
    if {sha256(b) for b in c.execute(readings).scalars()} != read:
        yield Fault(f"report {r.id}", "a reading was changed or is missing")


def _actions(c: Connection) -> Iterator[Fault]:
    """Each act of a person against its link in the log."""
    told = {}
    for row in chain.rows(c):
        detail = _detail(row)
        if "action" in detail and "detail" in detail:
            told[detail["action"]] = (
                row.action,
                row.subject,
                row.who,
                canonical(detail["detail"]),
                detail.get("reason"),
            )
    kept = {
        r.n: (r.kind, r.subject, r.who, r.detail, r.reason)
        for r in c.execute(select(schema.actions).order_by(schema.actions.c.n))
    }
    for n in sorted(told.keys() | kept.keys()):
        if told.get(n) != kept.get(n):
            yield Fault(f"action {n}", "is not what the log says was done")


def _snapshots(c: Connection) -> Iterator[Fault]:
    for r in c.execute(select(schema.snapshots)):
        if r.id != "SNP-" + sha256(r.body)[:12]:
            yield Fault(f"snapshot {r.id}", "its content does not fit its id")


# -- backup and restore


def backup(store: Store, target: Path) -> Path:
    """Write a consistent copy while the book is in use."""
    with tempfile.TemporaryDirectory(dir=target.parent if target.parent.is_dir() else None) as folder:
        copy = Path(folder) / _BOOK
        if store.path is not None:
            _copy_sqlite(store.path, copy)
        else:
            _copy_tables(store, copy)
        manifest = {"format": 1, "made": stamp(now()), "revision": HEAD, "sha256": _digest(copy)}
        part = Path(folder) / "part.zip"
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as z:
            z.write(copy, _BOOK)
            z.writestr(_MANIFEST, canonical(manifest))
        part.replace(target)
    return target


def _copy_sqlite(source: Path, copy: Path) -> None:
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(copy)) as new:
        old.backup(new)
        new.execute("PRAGMA journal_mode=DELETE")


def _copy_tables(store: Store, copy: Path) -> None:
    other = open_store(copy, create=True)
    with store.read() as c, other.write() as into:
        for table in schema.metadata.sorted_tables:
            for part in c.execution_options(yield_per=500).execute(select(table)).partitions(500):
                into.execute(insert(table), [dict(r._mapping) for r in part])
        for part in c.execute(_TEXTS).partitions(500):
            search.index(into, [(n, f"{title or ''}\n{body}") for n, title, body in part])
    other.close()


_TEXTS = select(schema.reports.c.n, schema.reports.c.title, schema.reports.c.text)


def _digest(path: Path) -> str:
    h = hashlib.sha256()
    with path.open("rb") as fh:
        while block := fh.read(_CHUNK):
            h.update(block)
    return h.hexdigest()


def restore(source: Path, target: str | Path, *, check: bool) -> Verification:
    """Lay a backup down as a new book, verified first; with ``check`` only verify it."""
    with tempfile.TemporaryDirectory() as folder:
        copy = _unpack(source, Path(folder))
        store = open_store(copy, create=False)
        out = verify(store)
        store.close()
        if check:
            return out
        if not out.ok:
            raise StoreError("the backup is damaged", where=str(source), mend=out.faults[0].what)
        _lay_down(copy, target)
    return out


def _unpack(source: Path, folder: Path) -> Path:
    try:
        with zipfile.ZipFile(source) as z:
            manifest = json.loads(z.read(_MANIFEST))
            with z.open(_BOOK) as old, (folder / _BOOK).open("wb") as new:
                while block := old.read(_CHUNK):
                    new.write(block)
    except (OSError, zipfile.BadZipFile, KeyError, ValueError) as e:
        raise StoreError("this is no backup of a book, or it is damaged", where=str(source)) from e
    if _digest(folder / _BOOK) != manifest.get("sha256"):
        raise StoreError("the backup does not fit its manifest", where=str(source), mend="use another copy")
    return folder / _BOOK


def _lay_down(copy: Path, target: str | Path) -> None:
    if isinstance(target, Path) or "://" not in target:
        path = Path(target)
        if path.exists():
            raise StoreError("there is a book already", where=str(path), mend="restore to another path")
        _copy_sqlite(copy, path)
        return
    old, new = open_store(copy, create=False), open_store(target, create=True)
    with old.read() as c, new.write() as into:
        if into.execute(select(func.count()).select_from(schema.log)).scalar_one():
            raise StoreError("there is a book already", where=str(target), mend="restore to an empty database")
        for table in schema.metadata.sorted_tables:
            for part in c.execution_options(yield_per=500).execute(select(table)).partitions(500):
                into.execute(insert(table), [dict(r._mapping) for r in part])
        for part in c.execute(_TEXTS).partitions(500):
            search.index(into, [(n, f"{title or ''}\n{body}") for n, title, body in part])
        _restart_counters(into)
    old.close()
    new.close()


def _restart_counters(c: Connection) -> None:
    """PostgreSQL counts primary keys in sequences, which know nothing of rows that were copied in."""
    for table in schema.metadata.sorted_tables:
        key = next(iter(table.primary_key.columns))
        if key.name in ("n", "seq") and table.name not in ("log", "incidents", "commitments"):
            c.execute(
                text(
                    f"SELECT setval(pg_get_serial_sequence('{table.name}', '{key.name}'), "
                    f"coalesce((SELECT max({key.name}) FROM {table.name}), 0) + 1, false)"
                )
            )
