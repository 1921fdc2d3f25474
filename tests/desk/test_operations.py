"""What operators rely on: backup and restore, an offline run, doctor, keys, commands."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.desk.cast import close_all, point_at, shelling
from tests.desk.live import Tab, copy_of, start, stop

Client = Callable[[str], Any]


def test_backup_and_restore_bring_everything_back_but_the_keys(south: Path, as_: Client, tmp_path: Path) -> None:
    from rasid.books import Book
    from rasid.desk.core.models import Identity, User
    from rasid.desk.inbox import services
    from rasid.desk.shelf import book
    from rasid.errors import StoreError

    rid = shelling().id
    code = services.protect("paste-x", "اسم سري", User.objects.get(username="karim"))
    before = as_("rima").get("/ar/incidents.json").json()["rows"]
    saved = book().backup(tmp_path / "backup")
    close_all()
    kept = Path(saved)
    inside = [p.name for p in (kept.rglob("*") if kept.is_dir() else [kept])]
    assert not [n for n in inside if "key" in n], inside
    again = tmp_path / "again"
    again.mkdir()
    assert Book.restore(saved, again / "book.sqlite").ok
    shutil.copytree(south / "home", again / "home")
    point_at(str(again / "book.sqlite"), again / "home")
    from tests.desk.cast import log_in

    assert log_in("rima").get("/ar/incidents.json").json()["rows"] == before
    assert log_in("rima").get(f"/ar/i/{rid}/").status_code == 200
    user = User.objects.get(username="badr")
    user.needs_sources = True
    user.save()
    assert services.identity(code, user, "drill") == "اسم سري"
    close_all()
    (again / "home" / "sources.keys.json").unlink()
    point_at(str(again / "book.sqlite"), again / "home")
    with pytest.raises(StoreError, match="not in the ring"):
        services.identity(code, user, "drill without keys")
    assert Identity.objects.count() == 1


def test_rotating_keys_loses_nothing(south: Path) -> None:
    from rasid.desk.core.keys import ring
    from rasid.desk.core.models import Identity, User
    from rasid.desk.core.rotation import rotate
    from rasid.desk.inbox import services

    karim = User.objects.get(username="karim")
    codes = [services.protect("paste-x", f"مصدر {i}", karim) for i in range(3)]
    old = {i.code: i.sealed for i in Identity.objects.all()}
    assert rotate() == 3
    assert all(i.sealed != old[i.code] and i.sealed.startswith(list(ring())[-1]) for i in Identity.objects.all())
    badr = User.objects.get(username="badr")
    badr.needs_sources = True
    assert [services.identity(c, badr, "x") for c in codes] == [f"مصدر {i}" for i in range(3)]


#: Refuses every connection that leaves the machine, and writes it down.
GUARD = """
import os, socket
_real = socket.socket.connect
def _connect(self, address):
    host = address[0] if isinstance(address, tuple) else ""
    if isinstance(address, tuple) and host not in ("127.0.0.1", "::1", "localhost"):
        open(os.environ["RASID_GUARD"], "a").write(f"{address}\\n")
        raise OSError("outside")
    return _real(self, address)
socket.socket.connect = _connect
_resolve = socket.getaddrinfo
def _ask(host, *a, **k):
    if host not in ("127.0.0.1", "::1", "localhost", None, ""):
        open(os.environ["RASID_GUARD"], "a").write(f"name {host}\\n")
        raise OSError("outside")
    return _resolve(host, *a, **k)
socket.getaddrinfo = _ask
"""


def test_a_day_of_work_opens_no_connection_to_the_outside(
    templates: dict[str, Path], chromium: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "guard").mkdir()
    (tmp_path / "guard" / "sitecustomize.py").write_text(GUARD, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "guard"))
    monkeypatch.setenv("RASID_GUARD", str(tmp_path / "asked"))
    running = start(tmp_path, copy_of(templates, "south", tmp_path))
    try:
        window = Tab(chromium, running).sign_in("badr")
        page = window.go("/ar/inbox/")
        page.fill("#id_text", "قصفت الفرقة الرابعة مدينة نوى بالمدفعية مساء السبت 7 آب 2021 وأصيب مدني.")
        page.click("form[action$='/paste/'] button.go")
        page.wait_for_url("**/report/**")
        for path in ("desk/", "incidents/", "map/", "ledger/", "search/?q=نوى", "public/", "log/"):
            window.go(f"/ar/{path}")
            page.wait_for_load_state("networkidle")
        page = window.go("/ar/inbox/")
        page.fill("form[action$='/address/'] input[name=url]", "https://example.org/news")
        page.click("form[action$='/address/'] button")
        page.wait_for_selector("text=offline")
        window.close()
    finally:
        stop(running)
    assert not (tmp_path / "asked").exists(), (tmp_path / "asked").read_text()


def rasid(*arguments: str, home: Path, book: Path | str) -> subprocess.CompletedProcess[str]:
    env = {
        **os.environ,
        "RASID_HOME": str(home),
        "RASID_BOOK": str(book),
        "RASID_KEY_FILE": str(home / "rasid-test-book.key"),
    }
    code = "from rasid.cli import main; main()"
    return subprocess.run([sys.executable, "-c", code, *arguments], env=env, capture_output=True, text=True)


def test_doctor_finds_a_whole_desk_whole_and_a_loose_key(south: Path) -> None:
    from rasid.desk.core.keys import seal

    seal("x", "makes the ring")
    close_all()
    home, book = south / "home", south / "book.sqlite"
    for key in home.glob("*.key*"):
        key.chmod(0o600)
    done = rasid("doctor", home=home, book=book)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "full-text search" in done.stdout
    (home / "sources.keys.json").chmod(0o644)
    done = rasid("doctor", home=home, book=book)
    assert done.returncode == 1
    assert "chmod 600" in done.stdout


def test_doctor_finds_a_flipped_bit(south: Path) -> None:
    import sqlite3

    close_all()
    with sqlite3.connect(south / "book.sqlite") as db:
        sha, data = db.execute("select sha256, bytes from originals limit 1").fetchone()
        data = bytes([data[0] ^ 1]) + data[1:]
        db.execute("update originals set bytes = ? where sha256 = ?", (data, sha))
    done = rasid("doctor", home=south / "home", book=south / "book.sqlite")
    assert done.returncode == 1
    assert "✗" in done.stdout


def test_reset_links_and_tokens_come_from_the_command_line(south: Path, as_: Client) -> None:
    close_all()
    home, book = south / "home", south / "book.sqlite"
    assert "somebody has an account" in rasid("desk", "first-link", home=home, book=book).stderr
    link = rasid("desk", "reset-link", "rima", home=home, book=book).stdout.strip()
    assert re.fullmatch(r"http://127\.0\.0\.1:8765/ar/first/[\w-]{43}/", link)
    assert rasid("desk", "reset-link", "nobody", home=home, book=book).returncode == 1
    made = rasid("desk", "token", "rima", "--scope", "read:incidents", home=home, book=book).stdout.strip()
    point_at(str(book), home)
    assert as_("public").get("/api/incidents", headers={"Authorization": f"Bearer {made}"}).status_code == 200
    assert rasid("desk", "token", "rima", "--scope", "all", home=home, book=book).returncode == 1


def test_migrations_are_up_to_date(south: Path) -> None:
    from django.core.management import call_command

    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
