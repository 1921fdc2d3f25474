"""Invented archives, and one Spark for the whole run."""

from __future__ import annotations

import gzip
import io
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rasid.errors import MissingExtra

PLACES = ("سرمين", "ناحتة", "طفس", "كفرنبل")


def line(n: int, **more: Any) -> str:
    """One invented report as a line of JSON."""
    text = f"خبر مختلق رقم {n}\n\nقصفت قوات النظام بلدة {PLACES[n % 4]} أمس بقذائف الهاون، ما أدى إلى مقتل مدني."
    return json.dumps({"id": f"r{n}", "text": text, "published": "2021-08-07", **more}, ensure_ascii=False)


def write_lines(path: Path, lines: list[str]) -> Path:
    """JSON lines; packed when the name says so."""
    data = ("\n".join(lines) + "\n").encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


def write_warc(path: Path, count: int) -> Path:
    """A web archive of invented pages, each behind a record that is none."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    with path.open("wb") as fh:
        writer = WARCWriter(fh, gzip=path.suffix == ".gz")
        for n in range(count):
            url = f"http://example.test/{n}"
            body = (
                f"<html><head><title>خبر مختلق {n}</title></head><body><article><h1>خبر مختلق {n}</h1>"
                f"<p>قصفت قوات النظام بلدة {PLACES[n % 4]} أمس بقذائف الهاون، ما أدى إلى مقتل مدني وإصابة آخرين.</p>"
                "<p>وقال سكان إن القصف استمر ساعات وإن عائلات نزحت نحو القرى المجاورة.</p></article></body></html>"
            )
            headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.0")
            page = writer.create_warc_record(url, "response", io.BytesIO(body.encode()), http_headers=headers)
            writer.write_record(writer.create_warc_record(url, "metadata", io.BytesIO(b"a: b")))
            writer.write_record(page)
    return path


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A folder with a long file, a packed one, a web archive, single reports, and what cannot be used."""
    folder = tmp_path / "in"
    (folder / "notes").mkdir(parents=True)
    write_lines(folder / "a.jsonl", [line(n) for n in range(40)] + ["{broken", "", line(40)])
    write_lines(folder / "b.jsonl.gz", [line(n) for n in range(100, 130)] + [line(3)])
    write_warc(folder / "c.warc.gz", 12)
    (folder / "notes" / "d.txt").write_text("خبر مختلق\n\nتعهد وفد بوقف القصف على طفس.", encoding="utf-8")
    (folder / "notes" / "e.png").write_bytes(b"\x89PNG\r\n")
    return folder


@pytest.fixture(scope="session")
def spark() -> Iterator[Any]:
    """Spark in this process, started once. CI may not skip it."""
    from rasid.batch import spark as engine

    try:
        one = engine.session("local[2]", memory="512m", spark_sql_shuffle_partitions="2")
    except MissingExtra as e:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"no Spark here: {e}")
    yield one
    one.stop()
