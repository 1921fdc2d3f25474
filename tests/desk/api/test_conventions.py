"""The API's grammar: what users of such interfaces know already."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from tests.desk.cast import SHELLING, report_of_shelling, shelling, token

Client = Callable[[str], Any]
pytestmark = pytest.mark.usefixtures("south")


@pytest.fixture
def call(as_: Client) -> Callable[..., Any]:
    """``call("rima", "get", "incidents")`` with a token of that person for everything."""
    held: dict[str, str] = {}

    def ask(who: str, method: str, path: str, body: Any = None, **headers: str) -> Any:
        if who not in held:
            held[who] = token(who, "read:incidents", "read:ledger", "read:reports", "write:reports", "write:review")
        known = {"Authorization": f"Bearer {held[who]}", **headers}
        more = {"data": json.dumps(body), "content_type": "application/json"} if body is not None else {}
        return getattr(as_("public"), method)(f"/api/{path}", headers=known, **more)

    return ask


def test_without_a_door_the_answer_says_which_key_it_wants(as_: Client) -> None:
    for headers in ({}, {"Authorization": "Bearer nonsense"}, {"Authorization": "Basic eDp5"}):
        answer = as_("public").get("/api/incidents", headers=headers)
        assert answer.status_code == 401
        assert answer["WWW-Authenticate"].startswith("Bearer")
        assert answer.json()["ok"] is False
        assert set(answer.json()) == {"ok", "error", "errors", "status"}


def test_lists_have_one_form(call: Any) -> None:
    for path in ("incidents", "commitments", "findings", "reports", f"incidents/{shelling().id}/claims"):
        answer = call("rima", "get", path).json()
        assert answer["ok"] is True
        assert isinstance(answer["rows"], list)
        assert {"next", "next_url"} <= set(answer)


def test_tokens_of_pages_are_opaque_and_nonsense_is_bad_input(call: Any) -> None:
    first = call("rima", "get", "incidents?_size=1").json()
    assert first["next"]
    second = call("rima", "get", f"incidents?_size=1&_next={first['next']}").json()
    assert second["rows"][0]["id"] != first["rows"][0]["id"]
    for bad in ("x", "0", "%00", "e30", "W10"):
        assert call("rima", "get", f"incidents?_next={bad}").status_code == 400


def test_facets_come_when_they_are_asked_for(call: Any) -> None:
    assert call("rima", "get", "incidents").json()["facets"] is None
    facets = call("rima", "get", "incidents?_facet=type&_facet=grade&_facet=nonsense").json()["facets"]
    assert set(facets) == {"type", "grade"}
    assert {"value": "shelling", "count": 1} in facets["type"]


def test_making_says_where_and_making_again_says_it_was_there(call: Any) -> None:
    body = {
        "text": SHELLING + " زيادة",
        "title": "عنوان",
        "published": "2021-08-06",
        "publisher": "شبكة",
        "url": "https://example.org/1",
    }
    made = call("karim", "post", "reports", body)
    assert made.status_code == 201
    assert call("karim", "get", made["Location"].removeprefix("/api/")).json()["row"]["row"]["title"] == "عنوان"
    assert call("karim", "post", "reports", body).status_code == 200


def test_who_was_slower_is_told(call: Any) -> None:
    rid = shelling().id
    tag = call("rima", "get", f"incidents/{rid}")["ETag"]
    assert (
        call(
            "rima",
            "post",
            f"incidents/{rid}/grade",
            {"grade": "verified", "reason": "x"},
            **{"If-Match": tag},
        ).status_code
        == 200
    )
    assert (
        call(
            "badr",
            "post",
            f"incidents/{rid}/grade",
            {"grade": "contested", "reason": "x"},
            **{"If-Match": tag},
        ).status_code
        == 409
    )


def test_a_claim_is_corrected_under_its_tag(call: Any) -> None:
    from rasid.desk.shelf import book

    claim = book().report(report_of_shelling().id).claims[0].id.replace("#", "%23")
    tag = call("rima", "get", f"claims/{claim}/part")["ETag"]
    body = {"changes": {"modality": "alleged"}, "reason": "x"}
    assert call("rima", "post", f"claims/{claim}/correct", body, **{"If-Match": tag}).status_code == 200
    assert call("rima", "post", f"claims/{claim}/correct", body, **{"If-Match": tag}).status_code == 409
    assert call("rima", "post", f"claims/{claim}/correct", {"changes": {"type": "no such type"}}).status_code == 400
    assert call("rima", "post", f"claims/{claim}/correct", {"changes": {"nonsense": 1}}).status_code == 400


def test_merged_ids_lead_on(call: Any) -> None:
    from rasid.desk.shelf import book

    a, b = [r.id for r in book().incidents()][:2]
    survivor = call("rima", "post", f"incidents/{a}/merge", {"other": b, "reason": "x"})
    assert survivor.status_code == 200
    kept = book().incident(a).id
    gone = b if kept == a else a
    answer = call("rima", "get", f"incidents/{gone}")
    assert answer.status_code == 301
    assert answer["Location"].endswith(kept)
    assert call("rima", "post", f"incidents/{kept}/merge", {"other": gone}).status_code == 409


@pytest.mark.parametrize("who", ["nour", "karim"])
def test_a_scope_is_no_right(call: Any, who: str) -> None:
    """The token has every scope; its person has not the right."""
    rid = shelling().id
    assert call(who, "post", f"incidents/{rid}/grade", {"grade": "verified", "reason": "x"}).status_code == 404
    assert call(who, "get", f"incidents/{rid}").status_code == 200
    if who == "nour":
        assert call(who, "get", "reports").status_code == 404
        assert call(who, "post", "reports", {"text": "x"}).status_code == 404


def test_the_description_is_there_and_so_is_its_page(as_: Client) -> None:
    schema = as_("public").get("/api/openapi.json").json()
    assert "/api/incidents" in schema["paths"]
    page = as_("public").get("/api/docs").content.decode()
    for path in schema["paths"]:
        assert path in page
