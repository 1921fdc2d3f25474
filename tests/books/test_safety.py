from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from rasid.books import Book
from rasid.errors import StoreError

from .build import a_promise, an_incident, state, tell

#: Columns that hold evidence or the log; one flipped bit in any of them must be found.
KEPT = [
    ("originals", "bytes"),
    ("originals", "sha256"),
    ("originals", "kept_sha256"),
    ("reports", "text"),
    ("reports", "title"),
    ("reports", "publisher"),
    ("reports", "sha256"),
    ("readings", "body"),
    ("captures", "body"),
    ("log", "at"),
    ("log", "who"),
    ("log", "action"),
    ("log", "subject"),
    ("log", "detail"),
    ("log", "previous"),
    ("log", "hash"),
    ("meta", "value"),
    ("actions", "detail"),
    ("actions", "who"),
]

WRITER = """
import sys
from rasid.books import Book
sys.path.insert(0, {tests!r})
from books.build import tell, an_incident
with Book.open({path!r}) as book:
    print("ready", flush=True)
    for n in range({start}, {start} + 400):
        tell(book, an_incident(killed=n % 7), id=f"r{{n}}", text=f"خبر مختلق {{n}}", publisher=f"صحيفة {{n % 5}}")
        print(n, flush=True)
"""


def filled(path: Path) -> None:
    with Book.open(path) as book:
        for n in range(3):
            tell(
                book,
                an_incident(killed=n),
                commitments=[a_promise()],
                id=f"r{n}",
                title=f"عنوان {n}",
                text=f"خبر {n}",
            )
        book.reject_claim("r0#i1", who="سلمى", reason="لا يقول هذا")


@pytest.mark.parametrize(("table", "column"), KEPT)
def test_any_flipped_bit_is_found(tmp_path: Path, table: str, column: str) -> None:
    whole, path = tmp_path / "whole.rasid", tmp_path / "b.rasid"
    filled(whole)
    chance = random.Random(f"{table}.{column}")
    for _ in range(3):
        shutil.copy(whole, path)
        with closing(sqlite3.connect(path)) as c:
            for name in ("log_keeps", "log_stays"):
                c.execute(f"DROP TRIGGER {name}")
            rowid, value = chance.choice(c.execute(f'SELECT rowid, "{column}" FROM "{table}"').fetchall())
            raw = bytearray(value if isinstance(value, bytes) else str(value).encode())
            raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
            changed = bytes(raw) if isinstance(value, bytes) else raw.decode("utf-8", "surrogateescape")
            if isinstance(changed, str):
                c.execute(f'UPDATE "{table}" SET "{column}" = CAST(? AS TEXT) WHERE rowid = ?', (bytes(raw), rowid))
            else:
                c.execute(f'UPDATE "{table}" SET "{column}" = ? WHERE rowid = ?', (changed, rowid))
            c.commit()
        with Book.open(path) as book:
            found = book.verify()
        assert not found.ok
        assert found.faults


def test_an_untouched_book_has_no_faults(book: Book) -> None:
    tell(book, an_incident(), commitments=[a_promise()])
    book.merge(book.incidents().rows[0].id, tell(book, an_incident(at=("cedar",)), id="r2").incidents[0], who="s")
    found = book.verify()
    assert found.ok
    assert found.log_entries == 3
    assert found.head == book.log()[-1].hash


def test_links_cut_from_the_end_of_the_log_are_missed(tmp_path: Path) -> None:
    path = tmp_path / "b.rasid"
    filled(path)
    with closing(sqlite3.connect(path)) as c:
        c.execute("DROP TRIGGER log_stays")
        c.execute("DELETE FROM log WHERE seq = (SELECT max(seq) FROM log)")
        c.commit()
    with Book.open(path) as book:
        assert not book.verify().ok


def test_the_log_refuses_change(book: Book) -> None:
    tell(book, an_incident())
    for statement in ("UPDATE log SET who = 'x'", "DELETE FROM log"):
        with pytest.raises(DBAPIError, match="append-only"), book.store.write() as c:
            c.execute(text(statement))
    assert book.verify().ok


def test_a_killed_writer_loses_nothing_that_it_acknowledged(tmp_path: Path) -> None:
    path = tmp_path / "b.rasid"
    chance, told = random.Random(7), 0
    for _ in range(4):
        code = WRITER.format(tests=str(Path(__file__).parents[1]), path=str(path), start=told)
        child = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(0.05 + 0.4 * chance.random())
        os.kill(child.pid, signal.SIGKILL)
        said = [int(n) for n in child.stdout.read().split("\n")[:-1]]
        child.wait()
        with Book.open(path) as book:
            kept = {r.id for r in book.reports(size=1000)}
            assert {f"r{n}" for n in said} <= kept
            assert len(kept) - len(said) - told <= 1
            assert book.verify().ok
            told = len(kept)
            assert sum(i.reports for i in book.incidents(size=1000)) >= told


def test_a_backup_restores_to_the_same_book(book: Book, tmp_path: Path) -> None:
    for n in range(3):
        tell(book, an_incident(killed=n), commitments=[a_promise()], id=f"r{n}", text=f"خبر {n} مختلق")
    book.reject_claim("r1#i1", who="s", reason="x")
    saved = book.backup(tmp_path / "copy.zip")
    assert Book.restore(saved, tmp_path / "x.rasid", check=True).ok
    assert not (tmp_path / "x.rasid").exists()
    Book.restore(saved, tmp_path / "x.rasid")
    with Book.open(tmp_path / "x.rasid") as again:
        assert state(again) == state(book)
        assert [h.report for h in again.search("خبر 1")] == ["r1"]
        tell(again, an_incident(), id="r7", text="خبر جديد مختلق")
        assert again.verify().ok
    with pytest.raises(StoreError, match="a book already"):
        Book.restore(saved, tmp_path / "x.rasid")


def test_a_backup_restores_to_postgresql(tmp_path: Path, server: object) -> None:
    from .conftest import _database

    filled(tmp_path / "b.rasid")
    with Book.open(tmp_path / "b.rasid") as book:
        saved, before = book.backup(tmp_path / "copy.zip"), state(book)
    target = _database(server)
    Book.restore(saved, target)
    with Book.open(target) as again:
        assert state(again) == before
        assert again.search("خبر").rows
        assert tell(again, an_incident(), id="r8", text="خبر آخر مختلق").new
        assert again.verify().ok


def test_a_damaged_backup_is_refused(tmp_path: Path) -> None:
    filled(tmp_path / "b.rasid")
    with Book.open(tmp_path / "b.rasid") as book:
        saved = book.backup(tmp_path / "copy.zip")
    with zipfile.ZipFile(saved) as z:
        inside, manifest = bytearray(z.read("book.sqlite")), z.read("manifest.json")
    inside[5000] ^= 1
    with zipfile.ZipFile(saved, "w") as z:
        z.writestr("book.sqlite", bytes(inside))
        z.writestr("manifest.json", manifest)
    with pytest.raises(StoreError, match="manifest"):
        Book.restore(saved, tmp_path / "x.rasid", check=True)
    (tmp_path / "no.zip").write_bytes(b"PK")
    with pytest.raises(StoreError, match="no backup"):
        Book.restore(tmp_path / "no.zip", tmp_path / "x.rasid")


def test_a_snapshot_is_frozen(book: Book) -> None:
    added = tell(book, an_incident(killed=3), commitments=[a_promise()])
    day = book.incident(added.incidents[0]).start
    assert day is not None
    taken = book.snapshot(day, day, who="s")
    tell(book, an_incident(killed=9), id="r2", publisher="ثانية", text="خبر لاحق")
    kept = book.snapshot_by_id(taken.id)
    assert kept == taken
    assert kept.body["incidents"][0]["harm"][0]["high"] == 3
    assert [c["kind"] for c in kept.body["commitments"]] == ["pledge"]
    assert book.snapshots()[0].id == taken.id
    assert book.snapshot(day, day, who="s").body["incidents"][0]["harm"][0]["high"] == 9
