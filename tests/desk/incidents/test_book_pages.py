"""Lists, filters, records, exports and saved searches."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.desk.cast import shelling

Client = Callable[[str], Any]
pytestmark = pytest.mark.usefixtures("south")


def ids(answer: Any) -> list[str]:
    return [r["id"] for r in answer.json()["rows"]]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("type=shelling", True), ("type=clash", False), ("type=clash&type=shelling", True), ("place=sy.daraa", True), ("place=طفس", True), ("place=sy.idlib", False),
        ("actor=sy.government", True), ("actor=ru.forces", False), ("since=2021-08-06&until=2021-08-06", True), ("since=2021-08-07&until=2021-08-07", False), ("harm=1", True),
        ("q=الفرقه الرابعه", True), ("q=قُصِفت", True), ("q=الهدنة", False), ("country=SY", True), ("country=YE", False), ("grade=reported&grade=corroborated", True), ("published=1", False),
    ],
)  # fmt: skip
def test_every_filter_has_an_address(as_: Client, query: str, found: bool) -> None:
    assert (shelling().id in ids(as_("nour").get(f"/ar/incidents.json?{query}"))) is found
    page = as_("nour").get(f"/ar/incidents/?{query}").content.decode()
    assert (shelling().id in page) is found


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        st.sampled_from(
            [
                "type",
                "grade",
                "place",
                "actor",
                "country",
                "q",
                "since",
                "until",
                "sort",
                "after",
                "_size",
                "_next",
                "harm",
                "panel",
                "search",
                "day__gte",
            ]
        ),
        st.text(max_size=30)
        | st.integers().map(str)
        | st.sampled_from(["2021-13-99", "\0", "%00", "'", '"><script>', "٢٠٢١", "-1", "1e9", "null", "[]"]),
        max_size=6,
    )
)
def test_no_query_string_breaks_a_list(as_: Client, query: dict[str, str]) -> None:
    for path in (
        "incidents/",
        "incidents.json",
        "ledger/",
        "ledger.json",
        "map/cells.json",
        "search/",
        "incidents/facet/type/",
        "queue/",
    ):
        answer = as_("rima").get(f"/ar/{path}?{urlencode(query)}")
        assert answer.status_code in (200, 302, 400), (path, query)
        assert b"<script>" not in answer.content


def test_facets_lead_to_what_they_count(as_: Client) -> None:
    import re

    for name in ("type", "grade", "country", "place", "actor"):
        body = as_("nour").get(f"/ar/incidents/facet/{name}/").content.decode()
        links = re.findall(r'<a href="\?([^"]+)"[^>]*><bdi>[^<]*</bdi><span>(\d+)</span>', body)
        assert links, name
        for query, count in links:
            rows = as_("nour").get(f"/ar/incidents.json?_size=200&{query.replace('&amp;', '&')}").json()["rows"]
            assert len(rows) == int(count), (name, query)


def test_pages_follow_each_other_without_loss(as_: Client) -> None:
    whole = ids(as_("nour").get("/ar/incidents.json?_size=200"))
    seen, url = [], "/ar/incidents.json?_size=1"
    while url:
        answer = as_("nour").get(url).json()
        seen += [r["id"] for r in answer["rows"]]
        url = answer["next_url"]
    assert seen == whole
    assert len(seen) >= 2


def test_a_record_shows_claims_ranges_and_who_says_so(as_: Client) -> None:
    r = shelling()
    page = as_("nour").get(f"/ar/i/{r.id}/").content.decode()
    assert "طفس" in page
    assert "شبكة السهل" in page
    assert "وكالة الوادي" in page
    assert r.id in page
    assert as_("public").get(f"/ar/i/{r.id}/").status_code == 302


def test_splitting_needs_some_but_not_all_and_is_undone_exactly(as_: Client) -> None:
    from rasid.desk.shelf import book

    r = shelling()
    assert len(r.claim_ids) == 2
    for chosen in ([], list(r.claim_ids), ["nonsense"]):
        assert as_("rima").post(f"/ar/i/{r.id}/split/", {"claim": chosen, "reason": "x"}).status_code == 400
    assert as_("rima").post(f"/ar/i/{r.id}/split/", {"claim": [r.claim_ids[1]], "reason": "يوم آخر"}).status_code == 302
    act = next(iter(book().actions(kind="split")))
    assert len(book().incident(r.id).claim_ids) == 1
    as_("rima").post(f"/ar/action/{act.id}/undo/")
    back = book().incident(r.id).as_dict()
    for changing in ("version", "updated", "aliases"):
        back.pop(changing)
    before = r.as_dict()
    assert back == {k: before[k] for k in back}


def test_a_grade_is_peoples_and_can_be_given_back(as_: Client) -> None:
    from rasid.desk.shelf import book

    r = shelling()
    assert as_("rima").post(f"/ar/i/{r.id}/grade/", {"grade": "verified"}).status_code == 400, "a reason is asked for"
    as_("rima").post(f"/ar/i/{r.id}/grade/", {"grade": "verified", "reason": "صور وشهود"})
    assert book().incident(r.id).grade == "verified"
    as_("rima").post(f"/ar/i/{r.id}/grade/", {"grade": "", "reason": "أعيد"})
    assert book().incident(r.id).grade == r.grade


@pytest.mark.parametrize(
    ("suffix", "what"),
    [
        ("csv", "incidents"),
        ("xlsx", "incidents"),
        ("geojson", "incidents"),
        ("jsonl", "incidents"),
        ("csv", "ledger"),
    ],
)
def test_every_list_is_a_file(as_: Client, policy_set: Any, suffix: str, what: str) -> None:
    policy_set(export_needs_approval=False)
    answer = as_("rima").get(f"/ar/{what}.{suffix}")
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    body = b"".join(answer.streaming_content)
    if what == "incidents":
        assert shelling().id.encode() in body or suffix == "xlsx"
    if suffix == "csv":
        assert body.startswith(b"\xef\xbb\xbf"), "spreadsheets need the mark"
        assert len(list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))) >= 2
    if suffix == "geojson":
        assert json.loads(body)["type"] == "FeatureCollection"
    assert as_("nour").get(f"/ar/{what}.{suffix}").status_code == 404
    assert as_("public").get(f"/ar/{what}.{suffix}").status_code == 302
    assert as_("rima").get(f"/ar/{what}.exe").status_code == 404


def test_an_analysts_file_waits_for_an_editor_where_the_policy_says_so(as_: Client) -> None:
    from rasid.desk.incidents.models import Export

    assert as_("rima").get("/ar/incidents.csv?type=shelling").status_code == 302
    held = Export.objects.get()
    assert (held.state, held.query) == ("asked", "type=shelling")
    assert as_("rima").post(f"/ar/exports/{held.pk}/decide/", {"approve": "1"}).status_code == 404
    as_("badr").post(f"/ar/exports/{held.pk}/decide/", {"refuse": "1"})
    held.refresh_from_db()
    assert held.state == "refused"


def test_files_end(as_: Client) -> None:
    from datetime import timedelta

    from django.utils import timezone

    from rasid.desk.inbox.worker import work_off
    from rasid.desk.incidents import files
    from rasid.desk.incidents.export_task import sweep
    from rasid.desk.incidents.models import Export

    as_("badr").post("/ar/exports/ask/", {"what": "incidents", "format": "csv", "reason": "x"})
    work_off()
    held = Export.objects.get()
    assert held.state == "ready"
    path = files.folder() / held.stored
    assert path.is_file()
    Export.objects.update(expires=timezone.now() - timedelta(seconds=1))
    assert as_("badr").get(f"/ar/exports/{held.pk}/file/").status_code == 404
    sweep()
    assert not path.exists()


def test_a_saved_search_tells_what_is_new(as_: Client) -> None:
    from tests.desk.cast import add

    from rasid.desk.incidents.models import SavedSearch

    as_("nour").post("/ar/searches/", {"name": "قصف درعا", "query": "type=shelling&place=sy.daraa"})
    held = SavedSearch.objects.get()
    as_("nour").get(f"/ar/incidents/?{held.query}&search={held.pk}")
    held.refresh_from_db()
    assert held.seen == 1
    add(
        "قصفت الفرقة الرابعة مدينة إنخل بريف درعا بالمدفعية يوم 20 آب 2021، ما أسفر عن إصابة مدني.",
        publisher="شبكة السهل",
    )
    assert "جديد 1" in as_("nour").get("/ar/desk/").content.decode()
    assert as_("rima").post(f"/ar/searches/{held.pk}/drop/").status_code == 404


def test_ids_go_straight_to_their_records(as_: Client) -> None:
    rid = shelling().id
    assert as_("nour").get(f"/ar/search/?q={rid.lower()}")["Location"].endswith(f"/i/{rid}/")
