"""The same desk on SQLite and on PostgreSQL: the same pages, the same records, the same hits."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.desk.cast import close_all, log_in, make_cast, point_at, shelling, tell_the_story


@pytest.fixture(scope="module")
def on_postgresql(postgresql: str, templates: dict[str, Path]) -> Iterator[None]:
    """The cast and the story in a PostgreSQL database of their own."""
    from rasid.desk import serve

    point_at(postgresql, templates["home"])
    serve.prepare()
    make_cast()
    tell_the_story()
    yield
    close_all()


def what_one_sees() -> dict[str, Any]:
    """Everything that must not depend on the database."""
    rima = log_in("rima")
    seen: dict[str, Any] = {}
    for path in (
        "incidents.json",
        "incidents.json?q=طَفَس",
        "incidents.json?type=shelling",
        "ledger.json",
        "ledger.json?kind=pledge",
    ):
        rows = rima.get(f"/ar/{path}").json()["rows"]
        seen[path] = [{k: v for k, v in r.items() if k not in ("updated", "version")} for r in rows]
    for query in ("طفس", "قصف", "الفرقه الرابعه", "درعا", "لا شيء"):
        body = rima.get(f"/ar/search/?q={query}").content.decode()
        seen[query] = body.count('class="item"')
    cells = rima.get("/ar/map/cells.json?zoom=6").json()["features"]
    seen["cells"] = sorted((f["geometry"]["coordinates"], f["properties"]["count"]) for f in cells)
    return seen


def test_both_show_the_same(on_postgresql: None, templates: dict[str, Path], tmp_path: Path) -> None:
    import shutil

    there = what_one_sees()
    shutil.copy(templates["south"], tmp_path / "book.sqlite")
    point_at(str(tmp_path / "book.sqlite"), templates["home"])
    here = what_one_sees()
    close_all()
    assert here == there
    assert here["incidents.json"]
    assert here["طفس"] >= 1
    assert here["الفرقه الرابعه"] >= 1


def test_review_publication_and_undo_work_on_postgresql(
    on_postgresql: None, postgresql: str, templates: dict[str, Path]
) -> None:
    from rasid.desk.review.models import Proposal
    from rasid.desk.shelf import book

    point_at(postgresql, templates["home"])
    rid = shelling().id
    rima, badr = log_in("rima"), log_in("badr")
    claim = book().claims(rid)[0].id
    assert rima.post(f"/ar/claim/accept/{claim.replace('#', '%23')}/").status_code == 302
    assert book().claim(claim).state == "accepted"
    act = next(iter(book().actions(subject=claim)))
    assert rima.post(f"/ar/action/{act.id}/undo/").status_code == 302
    assert book().claim(claim).state == "machine"
    rima.post(f"/ar/i/{rid}/propose/", {"note": "x"})
    badr.post(f"/ar/proposal/{Proposal.objects.get(record=rid).pk}/", {"approve": "1"})
    assert rid in badr.get("/ar/public/incidents/").content.decode()
    assert book().verify().ok
