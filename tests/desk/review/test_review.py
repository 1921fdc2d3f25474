"""What reviewers do, who may, and what becomes of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from tests.desk.cast import report_of_shelling, shelling

Client = Callable[[str], Any]
pytestmark = pytest.mark.usefixtures("south")


def first_claim() -> str:
    from rasid.desk.shelf import book

    return str(book().report(report_of_shelling().id).claims[0].id)


def at(claim: str) -> str:
    return claim.replace("#", "%23")


def filled(part: dict[str, Any]) -> dict[str, str]:
    """The editing form as the browser would send it back unchanged."""
    from rasid.desk.review.forms import ClaimForm

    form, out = ClaimForm(part), {}
    for f in form.main:
        value = f.value()
        out[f.html_name] = "" if value is None else str(value)
    for rows in form.rows.values():
        out |= {b.html_name: str(b.value()) for b in rows.management_form}
        for row in rows:
            for f in row:
                value = f.value()
                out[f.html_name] = "" if value is None or value is False else str(value)
    return out


def test_a_form_sent_back_unchanged_changes_nothing() -> None:
    from django.http import QueryDict

    from rasid.desk.review.forms import ClaimForm
    from rasid.desk.shelf import book

    for row in book().reports():
        held = book().report(row.id)
        for claim in [*held.claims, *held.commitments]:
            part = book().claim_part(claim.id)
            posted = QueryDict(mutable=True)
            posted.update(filled(part))
            form = ClaimForm(part, posted)
            assert form.is_valid(), [form.main.errors, *[r.errors for r in form.rows.values()]]
            assert form.changes() == {}, claim.id


def test_only_what_was_edited_is_corrected_and_the_rest_keeps_span_and_rule(as_: Client) -> None:
    from rasid.desk.review.parts import seen
    from rasid.desk.shelf import book

    claim = first_claim()
    before = book().claim_part(claim)
    form = filled(before) | {"main-type": "armed_attack", "seen": seen(before), "reason": "رشاشات لا مدفعية"}
    assert as_("rima").post(f"/ar/claim/edit/{at(claim)}/", form).status_code == 302
    after = book().claim_part(claim)
    assert after["type"] == "armed_attack"
    assert {k: v for k, v in after.items() if k != "type"} == {k: v for k, v in before.items() if k != "type"}
    assert book().claim_part(claim, as_read=True)["type"] == before["type"], "the machine's version is kept"


def test_two_who_edit_at_once_do_not_overwrite_each_other(as_: Client) -> None:
    from rasid.desk.review.parts import seen
    from rasid.desk.shelf import book

    claim = first_claim()
    part = book().claim_part(claim)
    form = filled(part) | {"seen": seen(part), "reason": ""}
    assert as_("rima").post(f"/ar/claim/edit/{at(claim)}/", form | {"main-modality": "alleged"}).status_code == 302
    assert as_("badr").post(f"/ar/claim/edit/{at(claim)}/", form | {"main-modality": "denied"}).status_code == 400
    assert book().claim_part(claim)["modality"] == "alleged"


@pytest.mark.parametrize(
    "wrong",
    [
        {"main-start": "2021-08-09", "main-end": "2021-08-01"},
        {"main-type": "nonsense"},
        {"casualties-0-min": "9", "casualties-0-max": "2"},
        {"casualties-0-min": "-1"},
    ],
)
def test_what_cannot_be_is_refused_and_named(as_: Client, wrong: dict[str, str]) -> None:
    from rasid.desk.shelf import book

    claim = first_claim()
    part = book().claim_part(claim)
    answer = as_("rima").post(f"/ar/claim/edit/{at(claim)}/", filled(part) | wrong)
    assert answer.status_code == 200
    assert 'role="alert"' in answer.content.decode()
    assert book().claim(claim).state == "machine"


def test_rejecting_keeps_the_claim_and_undo_brings_it_back(as_: Client) -> None:
    from rasid.desk.shelf import book

    claim, rid = first_claim(), shelling().id
    as_("rima").post(f"/ar/claim/reject/{at(claim)}/", {"reason": "ليس في النص"})
    assert book().claim(claim).state == "rejected"
    as_("rima").post(f"/ar/report/undo/{claim.split('#')[0]}/")
    assert book().claim(claim).state == "machine"
    assert book().incident(rid).id == rid


def test_one_undoes_only_ones_own_last_act(as_: Client) -> None:
    from rasid.desk.shelf import book

    claim = first_claim()
    as_("rima").post(f"/ar/claim/accept/{at(claim)}/")
    as_("badr").post(f"/ar/report/undo/{claim.split('#')[0]}/")
    assert book().claim(claim).state == "accepted"


def test_an_added_claim_is_a_claim_like_others_and_can_be_taken_back(as_: Client) -> None:
    from rasid.desk.shelf import book

    row = report_of_shelling()
    text = book().report(row.id).text
    start = text.index("إصابة")
    before = len(book().report(row.id).claims)
    where = f"/ar/report/add/{row.id}/?start={start}&end={start + 15}"
    form = filled({"type": "displacement", "modality": "happened"}) | {"reason": "فات الآلة"}
    assert as_("karim").post(where, form).status_code == 404
    assert as_("rima").post(where, form).status_code == 302
    held = book().report(row.id)
    assert len(held.claims) == before + 1
    fresh = next(c for c in held.claims if c.type == "displacement")
    assert fresh.quotes[0].text == text[start : start + 15]


def test_words_must_be_selected_before_they_are_added(as_: Client) -> None:
    row = report_of_shelling()
    for where in ("", "?start=5&end=5", "?start=99999&end=100000", "?start=x&end=y"):
        assert as_("rima").get(f"/ar/report/add/{row.id}/{where}").status_code == 302


def test_finished_reports_measure_the_reader_and_give_gold(as_: Client) -> None:
    row, claim = report_of_shelling(), first_claim()
    as_("rima").post(f"/ar/claim/accept/{at(claim)}/")
    as_("rima").post(f"/ar/report/finish/{row.id}/")
    page = as_("rima").get("/ar/queue/measure/").content.decode()
    assert "1.00" in page
    body = as_("rima").get("/ar/queue/gold.jsonl").content.decode()
    reading = json.loads(body.splitlines()[0])
    assert reading["report"]["id"] == row.id
    assert reading["report"]["text"]
    assert [i["type"] for i in reading["incidents"]] == ["shelling"]
    for who in ("nour", "karim"):
        assert as_(who).get("/ar/queue/gold.jsonl").status_code == 404


def test_the_queue_knows_whose_is_what(as_: Client, person: Any) -> None:
    row = report_of_shelling()
    as_("badr").post(f"/ar/report/assign/{row.id}/", {"to": str(person("rima").pk)})
    assert row.id in as_("rima").get("/ar/queue/?show=mine").content.decode()
    assert row.id not in as_("badr").get("/ar/queue/?show=mine").content.decode()
    as_("rima").post(f"/ar/report/finish/{row.id}/")
    assert row.id not in as_("rima").get("/ar/queue/?show=open").content.decode()
    assert row.id in as_("rima").get("/ar/queue/?show=done").content.decode()


def test_a_judgement_needs_a_reason_and_can_be_taken_back(as_: Client) -> None:
    from rasid.books.records import Filter
    from rasid.desk.shelf import book

    found = [
        f
        for c in book().commitments(Filter(kinds=("pledge", "agreement", "demand")))
        for f in book().commitment(c.id).findings
    ]
    f = found[0]
    where = f"/ar/p/{f.commitment}/judge/"
    assert as_("rima").post(where, {"finding": f.id, "judgement": "verified"}).status_code == 400
    assert as_("rima").post(where, {"finding": "FND-222222", "judgement": "verified", "reason": "x"}).status_code == 404
    assert as_("rima").post(where, {"finding": f.id, "judgement": "verified", "reason": "شهود وصور"}).status_code == 302
    now = next(x for x in book().commitment(f.commitment).findings if x.id == f.id)
    assert (now.judgement, now.judged_reason) == ("verified", "شهود وصور")
    as_("rima").post(where, {"finding": f.id, "judgement": "apparent", "reason": "أعيد النظر"})
    assert next(x for x in book().commitment(f.commitment).findings if x.id == f.id).judgement == "apparent"


def test_where_nobody_could_look_is_recorded_and_withdrawn(as_: Client) -> None:
    from rasid.desk.shelf import book

    form = {"place": "درعا البلد", "start": "2021-08-01", "end": "2021-08-10", "why": "حصار وقطع اتصالات"}
    assert as_("karim").post("/ar/ledger/limits/", form).status_code == 404
    assert as_("rima").post("/ar/ledger/limits/", form).status_code == 302
    limit = book().limits()[0]
    assert "حصار وقطع اتصالات" in as_("nour").get("/ar/ledger/").content.decode()
    as_("rima").post(f"/ar/ledger/limits/{limit.id}/drop/")
    assert not book().limits()
