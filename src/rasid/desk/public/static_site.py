"""The public site as a folder of plain files: crawled from the desk itself, links made relative, nothing
private reachable.
"""

from __future__ import annotations

import os
import re
from collections import deque
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client

from rasid.errors import InputError

START = ("/ar/public/", "/en/public/")
_LINK = re.compile(r'(href|src)="([^"#]+)(#[^"]*)?"')
_START_PAGE = (
    '<!doctype html><html lang="ar" dir="rtl"><meta charset="utf-8"><title>راصد</title>'
    '<meta http-equiv="refresh" content="0; url=ar/public/index.html">'
    '<a href="ar/public/index.html">راصد</a></html>'
)
#: What a folder of files cannot do: letters need a server.
_LEFT_OUT = ("/correct/",)


def write(folder: Path) -> int:
    """Write all public pages, feeds and the files they use; returns how many files."""
    host = next(h for h in settings.ALLOWED_HOSTS if h and "*" not in h)
    client = Client(headers={"host": host})
    todo, seen, n = deque(START), set(START), 0
    while todo:
        url = todo.popleft()
        body, kind = _get(client, url)
        if body is None:
            continue
        target = folder / file_of(url)
        target.parent.mkdir(parents=True, exist_ok=True)
        if kind.startswith("text/html"):
            text, links = _relative(body.decode(), url)
            body = text.encode()
            for link in links:
                if link not in seen:
                    seen.add(link)
                    todo.append(link)
        target.write_bytes(body)
        n += 1
    (folder / "index.html").write_text(_START_PAGE, encoding="utf-8")
    return n + 1


def _get(client: Client, url: str) -> tuple[bytes | None, str]:
    if url.startswith(settings.STATIC_URL):
        found = finders.find(unquote(urlsplit(url).path[len(settings.STATIC_URL) :]))
        return (Path(str(found)).read_bytes(), "static") if found else (None, "")
    answer = client.get(url, follow=True)
    if answer.status_code == 404:
        return None, ""
    if answer.status_code != 200:
        raise InputError(f"the page answered {answer.status_code}", where=url, mend="is the public site switched on?")
    return answer.content, answer.headers.get("Content-Type", "")


def file_of(url: str) -> str:
    """The file that stands for an address; a query string becomes part of the name."""
    parts = urlsplit(url)
    path = unquote(parts.path).lstrip("/")
    if path.endswith("/") or not path:
        path += "index" + ("-" + re.sub(r"[^\w-]+", "-", parts.query) if parts.query else "") + ".html"
    return path


def _relative(text: str, url: str) -> tuple[str, list[str]]:
    """The page with links to files; links that lead out of the public part lose their target."""
    here = os.path.dirname(file_of(url))
    found: list[str] = []

    def turn(m: re.Match[str]) -> str:
        name, link, mark = m[1], m[2].replace("&amp;", "&"), m[3] or ""
        if link.startswith(("http://", "https://", "mailto:", "data:")):
            return m[0]
        if link.startswith("?"):
            link = urlsplit(url).path + link
        path = urlsplit(link).path
        public = path.startswith(START) and not any(x in path for x in _LEFT_OUT)
        if not public and not path.startswith(settings.STATIC_URL):
            return f'{name}="#"'
        link = path if path.startswith(settings.STATIC_URL) else link
        found.append(link)
        return f'{name}="{os.path.relpath(file_of(link), here or ".")}{mark}"'

    text = _LINK.sub(turn, text)
    # style sheets and scripts of other addresses stay as they are; forms need a server
    return re.sub(r"<form[^>]*method=\"post\".*?</form>", "", text, flags=re.S), found
