"""A desk as people run it: `rasid desk` in a process of its own on a copy of a book, and a headless Chromium before it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from tests.desk.cast import PASSWORD

CHROMIUM = next(
    (p for p in (shutil.which("chromium"), shutil.which("chromium-browser"), shutil.which("google-chrome")) if p),
    None,
)


@dataclass
class Desk:
    """A running desk: its address, its folder (book and keys), what it printed."""

    root: str
    folder: Path
    printed: str
    process: subprocess.Popen[str]


def start(folder: Path, book: Path | str, *more: str) -> Desk:
    """Run `rasid desk` until it says where it is."""
    env = {
        **os.environ,
        "RASID_HOME": str(folder / "home"),
        "RASID_BOOK": str(book),
        "RASID_KEY_FILE": str(folder / "home" / "rasid-test-book.key"),
        "RASID_OFFLINE": "1",
        "PYTHONUNBUFFERED": "1",
    }
    code = "from rasid.cli import main; main()"
    log = (folder / "desk.log").open("w+", encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-c", code, "desk", "--no-open", "--port", "0", *more],
        env=env,
        stdout=subprocess.PIPE,
        stderr=log,
        text=True,
    )
    printed = ""
    assert process.stdout
    for line in process.stdout:
        printed += line
        found = re.search(r"Rasid desk: (http://[\d.]+:\d+)/", line)
        if found:
            root = found[1]
            if (
                "--demo" not in more
                and "First account" not in printed
                and not Path(str(book)).with_suffix(".cast").exists()
            ):
                printed += process.stdout.readline()
            return Desk(root, folder, printed, process)
    raise AssertionError((folder / "desk.log").read_text(encoding="utf-8"))


def stop(desk: Desk) -> None:
    desk.process.terminate()
    desk.process.wait(timeout=20)
    if desk.process.stdout:
        desk.process.stdout.close()


def copy_of(templates: dict[str, Path], name: str, folder: Path) -> Path:
    shutil.copytree(templates["home"], folder / "home")
    shutil.copy(templates[name], folder / "book.sqlite")
    (folder / "book.cast").touch()
    return folder / "book.sqlite"


@pytest.fixture(scope="module")
def desk(templates: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk with the cast and the story, for a whole module of tests."""
    folder = tmp_path_factory.mktemp("live")
    running = start(folder, copy_of(templates, "south", folder))
    yield running
    stop(running)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine (Debian: apt-get install chromium)")
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with api.sync_playwright() as p:
        browser = p.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


class Tab:
    """A page that fails its test when the browser complains (policy broken, script broken, answer missing)."""

    def __init__(
        self, browser: Any, desk: Desk, *, width: int = 1280, dark: bool = False, scripts: bool = True
    ) -> None:
        self.desk = desk
        self.context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
        )
        self.page = self.context.new_page()
        self.page.set_default_timeout(8000)
        self.complaints: list[str] = []
        self.page.on("console", lambda m: self.complaints.append(m.text) if m.type in ("error", "warning") else None)
        self.page.on("pageerror", lambda e: self.complaints.append(str(e)))
        self.page.on(
            "request",
            lambda r: (
                self.complaints.append(f"outside: {r.url}")
                if not r.url.startswith((desk.root, "data:", "blob:"))
                else None
            ),
        )

    def go(self, path: str) -> Any:
        self.page.goto(self.desk.root + path)
        return self.page

    def sign_in(self, name: str, lang: str = "ar") -> Tab:
        self.go(f"/{lang}/login/")
        self.page.fill("#id_username", name)
        self.page.fill("#id_password", PASSWORD)
        self.page.click("main form button.go")
        self.page.wait_for_url("**/desk/")
        return self

    def close(self) -> None:
        self.context.close()
        assert not self.complaints, self.complaints


@pytest.fixture
def tab(chromium: Any, desk: Desk) -> Iterator[Any]:
    """``tab("rima", lang="en", width=360)``: a browser window with somebody signed in (or nobody)."""
    opened: list[Tab] = []

    def make(name: str | None = None, *, lang: str = "ar", **how: Any) -> Tab:
        made = Tab(chromium, desk, **how)
        opened.append(made)
        return made.sign_in(name, lang) if name else made

    yield make
    for made in opened:
        made.close()
