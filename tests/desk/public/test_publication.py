"""What leaves the desk: only projections, under the policy, after two people and the delay."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.desk.cast import add, pledge, report_of_shelling, shelling

Client = Callable[[str], Any]
pytestmark = pytest.mark.usefixtures("south")


def let_out(as_: Client, kind: str, record: str, by: str = "rima", second: str = "badr") -> None:
    from rasid.desk.review.models import Proposal

    where = "i" if kind == "incident" else "p"
    assert as_(by).post(f"/ar/{where}/{record}/propose/", {"note": "جاهز"}).status_code == 302
    assert (
        as_(second)
        .post(f"/ar/proposal/{Proposal.objects.get(record=record, state='open').pk}/", {"approve": "1"})
        .status_code
        == 302
    )


def test_nothing_is_public_until_two_people_say_so(as_: Client) -> None:
    from rasid.desk.review.models import Proposal

    rid = shelling().id
    assert as_("public").get(f"/ar/public/incidents/{rid}/").status_code == 404
    as_("badr").post(f"/ar/i/{rid}/propose/", {"note": "x"})
    pk = Proposal.objects.get().pk
    assert as_("badr").post(f"/ar/proposal/{pk}/", {"approve": "1"}).status_code == 400, "not one's own"
    assert as_("rima").post(f"/ar/proposal/{pk}/", {"approve": "1"}).status_code == 404, "not an analyst"
    assert as_("public").get(f"/ar/public/incidents/{rid}/").status_code == 404
    assert as_("iman").post(f"/ar/proposal/{pk}/", {"approve": "1"}).status_code == 302
    assert as_("public").get(f"/ar/public/incidents/{rid}/").status_code == 200
    assert as_("iman").post(f"/ar/proposal/{pk}/", {"approve": "1"}).status_code == 404, "decided once"


def test_the_delay_holds_everywhere(as_: Client, policy_set: Any) -> None:
    policy_set(delay_days=3)
    rid = shelling().id
    let_out(as_, "incident", rid)
    for path in (
        f"/ar/public/incidents/{rid}/",
        f"/api/public/incidents/{rid}",
        f"/ar/public/incidents/{rid}.json",
    ):
        assert as_("public").get(path).status_code == 404
    for path in (
        "/ar/public/",
        "/ar/public/incidents/",
        "/ar/public/feeds/incidents.rss",
        "/api/public/incidents",
    ):
        assert rid not in as_("public").get(path).content.decode()


@pytest.mark.parametrize(
    ("finest", "name", "precision"),
    [
        ("settlement", "طفس", "settlement"),
        ("governorate", "درعا", "governorate"),
        ("country", "سوريا", "country"),
    ],
)
def test_places_are_made_as_coarse_as_the_policy_says(
    as_: Client, policy_set: Any, finest: str, name: str, precision: str
) -> None:
    policy_set(finest_place=finest)
    rid = shelling().id
    let_out(as_, "incident", rid)
    place = as_("public").get(f"/api/public/incidents/{rid}").json()["row"]["places"][0]
    assert place["precision"] == precision
    assert name in place["name"]
    if finest != "settlement":
        page = as_("public").get(f"/ar/public/incidents/{rid}/").content.decode()
        assert "طفس" not in page
    for key in ("lat", "lon"):
        assert place[key] is None or round(place[key], 2) == place[key]


def test_no_quote_and_no_unknown_name_leaves_by_default(as_: Client) -> None:
    rid = shelling().id
    let_out(as_, "incident", rid)
    row = as_("public").get(f"/api/public/incidents/{rid}").json()["row"]
    assert row["quotes"] == []
    assert all(p["id"] for p in row["parties"])
    assert "victim" not in {p["role"] for p in row["parties"]}


def test_a_projection_has_only_the_fields_that_were_decided(as_: Client) -> None:
    """A field that is added to records must not leave because nobody thought of it."""
    rid = shelling().id
    let_out(as_, "incident", rid)
    row = as_("public").get(f"/api/public/incidents/{rid}").json()["row"]
    assert set(row) == {
        "id", "kind", "type", "modality", "start", "end", "date_precision", "places", "country", "parties", "targets", "weapons", "harm", "grade", "sources", "reports",
        "publishers", "links", "dissent", "quotes", "aliases",
    }  # fmt: skip


def test_outlets_are_named_or_not(as_: Client, policy_set: Any) -> None:
    policy_set(publish_sources=False)
    rid = shelling().id
    let_out(as_, "incident", rid)
    assert "شبكة السهل" not in as_("public").get(f"/ar/public/incidents/{rid}/").content.decode()


def test_a_restricted_record_does_not_go_out(as_: Client) -> None:
    from rasid.desk.core.models import Restriction, User
    from rasid.desk.review.models import Proposal

    rid = shelling().id
    as_("rima").post(f"/ar/i/{rid}/propose/", {"note": "x"})
    made = Restriction.objects.create(kind="incident", record=rid)
    made.people.set(User.objects.filter(username="badr"))
    assert as_("badr").post(f"/ar/proposal/{Proposal.objects.get().pk}/", {"approve": "1"}).status_code == 400
    assert as_("public").get(f"/ar/public/incidents/{rid}/").status_code == 404


def test_what_the_desk_changes_later_stays_in_until_it_is_published_again(as_: Client) -> None:
    rid = shelling().id
    let_out(as_, "incident", rid)
    before = as_("public").get(f"/api/public/incidents/{rid}").json()["row"]
    as_("rima").post(f"/ar/i/{rid}/grade/", {"grade": "contested", "reason": "مصدر ينفي"})
    assert as_("public").get(f"/api/public/incidents/{rid}").json()["row"] == before
    let_out(as_, "incident", rid)
    assert as_("public").get(f"/api/public/incidents/{rid}").json()["row"]["grade"] == "contested"


def test_what_is_withdrawn_is_gone_from_everywhere(as_: Client) -> None:
    rid = shelling().id
    let_out(as_, "incident", rid)
    assert as_("rima").post(f"/ar/unpublish/incident/{rid}/", {"reason": "x"}).status_code == 404
    assert as_("badr").post(f"/ar/unpublish/incident/{rid}/", {"reason": "خطأ"}).status_code == 302
    for path in (f"/ar/public/incidents/{rid}/", f"/api/public/incidents/{rid}"):
        assert as_("public").get(path).status_code == 404
    assert rid not in as_("public").get("/ar/public/feeds/incidents.atom").content.decode()


def test_a_pledge_cites_only_incidents_that_are_public(as_: Client) -> None:
    p, rid = pledge().id, shelling().id
    let_out(as_, "commitment", p)
    row = as_("public").get(f"/api/public/commitments/{p}").json()["row"]
    assert all(f["incident"] is None for f in row["findings"])
    hidden = row["unpublished_findings"]
    let_out(as_, "incident", rid)
    let_out(as_, "commitment", p)
    row = as_("public").get(f"/api/public/commitments/{p}").json()["row"]
    assert row["unpublished_findings"] <= hidden
    assert {f["incident"] for f in row["findings"]} <= {rid, None}


def test_the_site_can_be_switched_off(as_: Client, policy_set: Any) -> None:
    let_out(as_, "incident", shelling().id)
    policy_set(public_site=False)
    for path in (
        "/ar/public/",
        "/ar/public/incidents/",
        "/ar/public/feeds/incidents.rss",
        "/ar/public/corrections/",
        "/ar/public/bulletins/",
    ):
        assert as_("public").get(path).status_code == 404, path
    assert as_("public").get("/api/public/incidents").status_code == 404
    assert as_("nour").get("/ar/public/").status_code == 200, "the desk may look at it"


def test_a_correction_needs_name_and_mail_and_both_are_sealed(as_: Client, south: Path) -> None:
    from tests.desk.cast import close_all

    from rasid.desk.public.models import Letter
    from rasid.desk.shelf import book

    rid = shelling().id
    let_out(as_, "incident", rid)
    c = as_("public")
    assert c.get("/ar/public/correct/RSD-222222/").status_code == 404
    form = {"message": "عدد الجرحى خمسة لا ثلاثة كما قيل", "name": "هناء القارئة", "mail": "hana@example.org"}
    for missing in form:
        assert c.post(f"/ar/public/correct/{rid}/", {k: v for k, v in form.items() if k != missing}).status_code == 400
    assert c.post(f"/ar/public/correct/{rid}/", form | {"website": "http://spam.test"}).status_code == 302
    assert not book().corrections(), "a program filled the hidden field"
    assert c.post(f"/ar/public/correct/{rid}/", form).status_code == 302
    assert len(book().corrections()) == 1
    assert form["message"] not in c.get("/ar/public/corrections/").content.decode(), "not before it is answered"
    assert "hana@example.org" not in Letter.objects.get().sealed
    for who in ("nour", "karim", "rima"):
        assert as_(who).get("/ar/letters/").status_code == 404
    page = as_("badr").get("/ar/letters/").content.decode()
    assert form["message"] in page
    assert "hana@example.org" not in page
    pk = book().corrections()[0].id
    as_("badr").post(f"/ar/letters/{pk}/", {"sender": "1"})
    assert "hana@example.org" in as_("badr").get("/ar/letters/").content.decode()
    as_("badr").post(f"/ar/letters/{pk}/", {"accept": "1", "public": "صُحّح، شكرًا"})
    assert "صُحّح، شكرًا" in c.get("/ar/public/corrections/").content.decode()
    assert "صُحّح، شكرًا" in c.get("/ar/public/feeds/corrections.rss").content.decode()
    close_all()
    data = b"".join(p.read_bytes() for p in south.glob("book.sqlite*"))
    assert b"hana@example.org" not in data
    assert "هناء القارئة".encode() not in data


def test_the_static_site_holds_what_is_public_and_nothing_else(as_: Client, south: Path) -> None:
    from rasid.desk.public.static_site import write

    rid = shelling().id
    add("قصف مدفعي استهدف مدينة نوى يوم 4 آب 2021، ما أسفر عن إصابة مدني واحد.", publisher="شبكة السهل")
    let_out(as_, "incident", rid)
    n = write(south / "site")
    files = [p for p in (south / "site").rglob("*") if p.is_file()]
    assert len(files) == n
    text = "".join(p.read_text(encoding="utf-8") for p in files if p.suffix == ".html")
    assert rid in text
    assert "نوى" not in text
    assert 'href="/' not in text
    assert (south / "site" / "en" / "public" / "incidents" / rid / "index.html").exists()
    for page in (p for p in files if p.suffix == ".html"):
        import re

        for link in re.findall(r'(?:href|src)="([^"#]+)', page.read_text(encoding="utf-8")):
            if not link.startswith(("http", "data:", "mailto:")):
                assert (page.parent / link).resolve().exists(), (page, link)


def test_expunging_takes_what_was_published_with_it(as_: Client) -> None:
    from rasid.desk.shelf import book

    text = "قصف مدفعي نفذته الفرقة الرابعة استهدف مدينة إنخل يوم 4 آب 2021، ما أسفر عن إصابة مدني واحد."
    added = add(text, publisher="شبكة السهل")
    rid = added.incidents[0]
    let_out(as_, "incident", rid)
    sha = book().report(added.report).row.sha256
    form = {"reason": "خطر على حياة", "again": added.report}
    assert as_("badr").post(f"/ar/report/expunge/{added.report}/", form).status_code == 404
    assert as_("amal").post(f"/ar/report/expunge/{added.report}/", form | {"again": "x"}).status_code == 200
    assert as_("amal").post(f"/ar/report/expunge/{added.report}/", form).status_code == 302
    for path in (f"/ar/public/incidents/{rid}/", f"/api/public/incidents/{rid}"):
        assert as_("public").get(path).status_code == 404
    assert as_("amal").get(f"/ar/report/{added.report}/").status_code == 404
    assert "إنخل" not in as_("amal").get("/ar/incidents/").content.decode()
    tomb = [e for e in book().log() if "expunge" in e.action]
    assert tomb
    assert sha in str(tomb[-1].detail)
    assert book().verify().ok


def test_reports_outsiders_see_no_original(as_: Client) -> None:
    row = report_of_shelling()
    assert as_("nour").get(f"/ar/report/{row.id}/").status_code == 404
    assert as_("karim").get(f"/ar/report/{row.id}/").status_code == 200
