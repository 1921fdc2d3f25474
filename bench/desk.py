"""How fast the desk's lists, facets and map answer on a large book: p50 and p95 per page, in milliseconds.

python bench/desk.py --incidents 100000 [--book postgresql://…] [--json out.json]
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from rasid.model.document import Document
from rasid.model.reading import Reading

TYPES = ["shelling", "air_strike", "clash", "armed_attack", "arrest", "explosion", "displacement", "protest"]
ACTORS = ["sy.government", "sy.4th_division", "ru.forces", "sy.opposition", "ye.houthis", "sd.rsf"]
PAGES = {
    "list": "/ar/incidents/",
    "list, one type": "/ar/incidents/?type=shelling",
    "list, type and month": "/ar/incidents/?type=clash&since=2022-03-01&until=2022-03-31",
    "list, place": "/ar/incidents/?place=sy.daraa",
    "list, party and grade": "/ar/incidents/?actor=sy.government&grade=reported",
    "list, words": "/ar/incidents/?q=الهدنة",
    "facet: type": "/ar/incidents/facet/type/",
    "facet: place": "/ar/incidents/facet/place/",
    "facet: party": "/ar/incidents/facet/actor/",
    "facet: country, words": "/ar/incidents/facet/country/?q=الهدنة",
    "days": "/ar/incidents/days/",
    "list as data": "/ar/incidents.json?_size=50",
    "map": "/ar/map/",
    "map cells": "/ar/map/cells.json?zoom=6",
    "first page": "/ar/desk/",
    "ledger": "/ar/ledger/",
    "search": "/ar/search/?q=قصف",
}


def places(most: int) -> list[dict[str, object]]:
    """Settlements of the gazetteer as a reading gives them."""
    from rasid.lexicon import gazetteer

    found = [p for p in gazetteer.default() if p.kind in ("city", "town", "village") and p.lat is not None]
    random.Random(1).shuffle(found)
    keys = ("id", "name", "kind", "lat", "lon", "precision")
    return [{**{k: getattr(p, k) for k in keys}, "text": p.name, "parents": list(p.parents)} for p in found[:most]]


def reports(n: int) -> Iterator[tuple[Document, Reading]]:
    """Invented one-incident reports over three years, each with words of its own."""
    chance, where = random.Random(7), places(1500)
    words = [
        "قصف",
        "هدنة",
        "مدنيون",
        "شهود",
        "بلدة",
        "ليلا",
        "مدفعية",
        "وفق",
        "مصادر",
        "محلية",
        "نازحون",
        "طريق",
    ]
    for i in range(n):
        p, day = chance.choice(where), date(2021, 1, 1) + timedelta(days=chance.randrange(1095))
        text = f"حدث رقم {i} في {p['name']} {' '.join(chance.choices(words, k=14))}"
        evidence = {"start": 0, "end": len(text), "text": text}
        actor = {"text": "طرف", "id": chance.choice(ACTORS), "role": "perpetrator"}
        harm = [{"status": "killed", "min": k, "max": k, "text": ""} for k in [chance.randrange(6)] if k]
        incident = {
            "id": "i1", "type": chance.choice(TYPES), "time": {"start": day, "end": day},
            "places": [p], "actors": [actor], "casualties": harm, "evidence": [evidence], "confidence": 0.8,
        }  # fmt: skip
        report = {"id": f"r{i}", "text": text, "published": day, "publisher": f"شبكة {i % 40}"}
        reading = Reading.model_validate({"report": report, "incidents": [incident]})
        yield Document(text, id=f"r{i}", publisher=f"شبكة {i % 40}", published=day), reading


def fill(n: int) -> float:
    from rasid.desk.shelf import book

    began = time.perf_counter()
    for _ in book().add_many(reports(n)):
        pass
    return time.perf_counter() - began


def enlarge(path: str, factor: int) -> None:
    """A SQLite book ``factor`` times as large, by copies of its rows under other numbers: only for timing lists."""
    db = sqlite3.connect(path)
    number, name = "+ :o", "|| '.' || :m"
    tables = {
        "reports": {"n": number, "id": name},
        "incidents": {"n": number, "id": name},
        "claims": {"n": number, "id": name, "report": number, "record": number, "component": number},
        "labels": {"seq": number, "id": name, "claim": number},
        "facets": {"record": number},
    }
    step = 10_000_000
    for m in range(1, factor):
        for table, changes in tables.items():
            columns = [r[1] for r in db.execute(f"pragma table_info({table})")]
            key = columns[0] if table != "facets" else "record"
            taken = ", ".join(f'"{c}" {changes.get(c, "")}' for c in columns)
            db.execute(
                f"insert into {table} select {taken} from {table} where {key} < {step}",
                {"o": m * step, "m": f"{m}"},
            )
        values = f"rowid + {m * step}, exact, stems"
        db.execute(f"insert into words(rowid, exact, stems) select {values} from words where rowid < {step}")
    db.commit()
    db.execute("analyze")
    db.close()


def measure(times: int) -> dict[str, dict[str, float]]:
    """Each page, ``times`` over, after one that warms up."""
    from django.test import Client

    from rasid.desk.core.models import User

    if not User.objects.exists():
        User.objects.create_user("bench", "a sentence for the bench", role="analyst")
    client = Client(headers={"host": "127.0.0.1"})
    client.post("/ar/login/", {"username": "bench", "password": "a sentence for the bench"})
    out = {}
    for name, path in PAGES.items():
        assert client.get(path).status_code == 200, path
        took = []
        for _ in range(times):
            began = time.perf_counter()
            client.get(path)
            took.append((time.perf_counter() - began) * 1000)
        took.sort()
        out[name] = {
            "p50": round(statistics.median(took), 1),
            "p95": round(took[int(len(took) * 0.95) - 1], 1),
        }
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--incidents", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--book")
    parser.add_argument("--keep", help="folder to keep the book in, used again when it is there")
    parser.add_argument("--factor", type=int, default=1, help="copies of the rows, to time lists of larger books")
    parser.add_argument("--json")
    given = parser.parse_args()
    folder = Path(given.keep or tempfile.mkdtemp())
    folder.mkdir(parents=True, exist_ok=True)
    os.environ["RASID_HOME"] = str(folder / "home")
    from rasid.desk import serve

    serve.setup(given.book or str(folder / "book.sqlite"))
    serve.prepare()
    from rasid.desk.shelf import book

    held = book().count()
    filled = fill(given.incidents) if held < given.incidents // 2 else 0.0
    print(f"{book().count()} incidents, filled in {filled:.0f} s")
    if given.factor > 1 and book().count() < 1.5 * given.incidents:
        enlarge(str(folder / "book.sqlite"), given.factor)
        print(f"{book().count()} incidents by copies")
    pages = measure(given.times)
    for name, took in pages.items():
        print(f"{name:26} p50 {took['p50']:8.1f} ms   p95 {took['p95']:8.1f} ms")
    if given.json:
        Path(given.json).write_text(json.dumps({"incidents": book().count(), "pages": pages}, indent=1))


if __name__ == "__main__":
    main()
