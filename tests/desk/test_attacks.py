"""The 27 attacks that auditors found in desks like this one (Bayanat's 7ASecurity report, Atlos's audit), one test each."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.desk.cast import PASSWORD, add, pledge, report_of_shelling, shelling, token

Client = Callable[[str], Any]
pytestmark = pytest.mark.usefixtures("south")


def restrict(kind: str, record: str, *names: str) -> None:
    from rasid.desk.core.models import Restriction, User

    made = Restriction.objects.create(kind=kind, record=record)
    made.people.set(User.objects.filter(username__in=names))


def grade(as_: Client, rid: str, who: str = "rima") -> int:
    """Somebody grades the record; returns the action's id."""
    from rasid.desk.shelf import book

    assert as_(who).post(f"/ar/i/{rid}/grade/", {"grade": "contested", "reason": "سبب"}).status_code == 302
    return next(iter(book().actions(subject=rid))).id


def test_01_history_obeys_the_restriction_of_its_record(as_: Client) -> None:
    rid = shelling().id
    aid = grade(as_, rid)
    assert as_("nour").get(f"/ar/action/{aid}/").status_code == 200
    restrict("incident", rid, "rima")
    for page in (f"/ar/action/{aid}/", f"/ar/i/{rid}/"):
        assert as_("nour").get(page).status_code == 404
        assert as_("rima").get(page).status_code == 200
    assert as_("badr").post(f"/ar/action/{aid}/undo/").status_code == 404


def test_02_a_claim_cannot_be_changed_by_its_number_alone(as_: Client) -> None:
    """Restricted to rima: another analyst's right does not reach it, by page or API."""
    from rasid.desk.shelf import book

    row = report_of_shelling()
    claim = book().report(row.id).claims[0]
    restrict("report", row.id, "rima")
    path = claim.id.replace("#", "%23")
    assert as_("badr").post(f"/ar/claim/accept/{path}/").status_code == 404
    assert as_("badr").get(f"/ar/claim/edit/{path}/").status_code == 404
    answer = as_("public").post(
        f"/api/claims/{path}/correct",
        {"changes": {"type": "clash"}},
        content_type="application/json",
        headers={"Authorization": f"Bearer {token('badr', 'write:review')}"},
    )
    assert answer.status_code == 404
    assert book().claim(claim.id).state == "machine"


def test_03_exports_are_filtered_when_asked_for_and_again_when_made(as_: Client, policy_set: Any) -> None:
    from rasid.desk.inbox.worker import work_off
    from rasid.desk.incidents import files
    from rasid.desk.incidents.models import Export

    rid = shelling().id
    as_("rima").post("/ar/exports/ask/", {"what": "incidents", "format": "csv", "reason": "تقرير"})
    held = Export.objects.get()
    assert held.state == "asked", "an analyst's export waits for an editor"
    as_("badr").post(f"/ar/exports/{held.pk}/decide/", {"approve": "1"})
    restrict("incident", rid, "badr")  # after the approval, before the file is made
    work_off()
    held.refresh_from_db()
    assert held.state == "ready"
    assert rid not in (files.folder() / held.stored).read_text(encoding="utf-8-sig")


def test_04_an_export_is_fetched_by_its_owner_and_approver_only(as_: Client) -> None:
    from rasid.desk.inbox.worker import work_off
    from rasid.desk.incidents.models import Export

    as_("rima").post("/ar/exports/ask/", {"what": "incidents", "format": "csv", "reason": "تقرير"})
    pk = Export.objects.get().pk
    as_("badr").post(f"/ar/exports/{pk}/decide/", {"approve": "1"})
    work_off()
    assert [as_(w).get(f"/ar/exports/{pk}/file/").status_code for w in ("rima", "badr", "iman", "nour")] == [
        200,
        200,
        404,
        404,
    ]
    assert as_("public").get(f"/ar/exports/{pk}/file/").status_code == 302


def test_05_names_in_uploads_and_archives_walk_nowhere(as_: Client, south: Path) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    from rasid.desk.inbox.models import Job
    from rasid.desk.inbox.worker import work_off

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as z:
        z.writestr("../../../escaped.txt", "قصف مدفعي استهدف مدينة نوى في 3 آب 2021، ما أسفر عن إصابة مدني.")
    before = {p for p in south.rglob("*") if p.is_file()}
    upload = SimpleUploadedFile("..\\..\\..\\etc\\evil.zip", packed.getvalue())
    assert as_("karim").post("/ar/inbox/files/", {"files": upload}).status_code == 302
    job = Job.objects.get(kind="file")
    assert "/" not in job.payload["name"]
    assert "\\" not in job.payload["name"]
    work_off()
    after = {p for p in south.rglob("*") if p.is_file()}
    assert not [p for p in after - before if "escaped" in p.name or "evil" in p.name]
    assert not (south.parent / "escaped.txt").exists()


def test_06_nobody_becomes_administrator_over_the_network(as_: Client) -> None:
    from rasid.desk.core.models import User
    from rasid.desk.core.services import first_link

    c = as_("public")
    assert c.get("/ar/first/anything/").status_code == 404
    assert c.get(f"/ar/first/{first_link()}/").status_code == 404, (
        "a first link is worth nothing once somebody has an account"
    )
    for name, word in (("admin", "admin"), ("admin", "password"), ("rasid", "rasid"), ("administrator", "")):
        assert c.post("/ar/login/", {"username": name, "password": word}).status_code in (200, 401)
        assert c.get("/ar/desk/").status_code == 302
    assert not User.objects.filter(password="").exists()


@pytest.mark.usefixtures("empty")
def test_06b_the_first_link_works_once(as_: Client) -> None:
    from rasid.desk.core.models import User
    from rasid.desk.core.services import first_link

    User.objects.all().delete()
    secret = first_link()
    form = {"username": "sami", "name": "سامي", "password": PASSWORD, "again": PASSWORD}
    assert as_("public").get(f"/ar/first/{secret}/").status_code == 200
    assert as_("public").post(f"/ar/first/{secret}/", form).status_code == 302
    assert User.objects.get().role == "administrator"
    assert as_("public").post(f"/ar/first/{secret}/", form | {"username": "other"}).status_code == 404
    assert User.objects.count() == 1


def test_07_tries_are_limited(as_: Client) -> None:
    """Logins, second factor, links, tokens, corrections."""
    from django.test import Client as Browser

    from rasid.desk.core import throttle

    wrong = [
        Browser().post("/ar/login/", {"username": "rima", "password": "wrong wrong wrong"}).status_code
        for _ in range(6)
    ]
    assert wrong == [401] * 5 + [429]
    assert Browser().post("/ar/login/", {"username": "rima", "password": PASSWORD}).status_code == 429, (
        "the right word must not tell either"
    )
    guesses = [Browser().get(f"/ar/first/{i}/").status_code for i in range(throttle.LIMITS["link"].tries + 1)]
    assert guesses[-1] == 429
    bad = [
        Browser().get("/api/me", headers={"Authorization": f"Bearer rsd_{i}"}).status_code
        for i in range(throttle.LIMITS["token"].tries)
    ]
    assert set(bad) == {401}
    good = token("badr", "read:incidents")
    assert Browser().get("/api/me", headers={"Authorization": f"Bearer {good}"}).status_code == 401, (
        "guessing closes the door for this address"
    )
    assert {"second", "correction", "reauth"} <= set(throttle.LIMITS)


XSS = '<script>alert("x")</script><img src=x onerror=alert(1)>'


def hostile_inputs() -> dict[str, bytes]:
    words = f"قصف مدفعي استهدف مدينة نوى يوم 3 آب 2021 وأصاب مدنيين {XSS}"
    telegram = {
        "name": XSS,
        "type": "public_channel",
        "id": 1,
        "messages": [{"id": 1, "type": "message", "date": "2021-08-03T10:00:00", "from": XSS, "text": words}],
    }
    rss = f'<?xml version="1.0"?><rss version="2.0"><channel><title>x</title><item><title><![CDATA[{XSS} قصف نوى]]></title><link>javascript:alert(1)</link><description><![CDATA[{words}]]></description></item></channel></rss>'
    table = io.StringIO()
    csv.writer(table).writerows([["id", "text", "title", "publisher"], ["1", words, XSS, XSS]])
    page = f"<html><head><title>{XSS}</title></head><body><article><h1>قصف نوى</h1><p>{words}</p><p>{'نص طويل يشرح ما جرى في المدينة. ' * 12}</p></article></body></html>"
    return {
        "result.json": json.dumps(telegram).encode(),
        "feed.xml": rss.encode(),
        "posts.csv": table.getvalue().encode(),
        "page.html": page.encode(),
    }


def test_08_what_is_imported_never_runs(as_: Client) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    from rasid.desk.inbox.worker import work_off
    from rasid.desk.shelf import book

    known = {r.id for r in book().reports()}
    for name, data in hostile_inputs().items():
        as_("karim").post("/ar/inbox/files/", {"files": SimpleUploadedFile(name, data)})
    work_off()
    fresh = [r for r in book().reports() if r.id not in known]
    assert len(fresh) >= 3
    for row in fresh:
        page = as_("rima").get(f"/ar/report/{row.id.replace('#', '%23')}/").content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert 'href="javascript:' not in page
    for path in ("/ar/queue/", "/ar/inbox/", "/ar/desk/", "/ar/incidents/"):
        body = as_("rima").get(path).content.decode()
        assert "<script>alert" not in body
        assert "<img src=x" not in body


def test_09_seeing_is_no_right_to_change(as_: Client) -> None:
    from rasid.desk.shelf import book

    rid, row, p = shelling().id, report_of_shelling(), pledge()
    claim = book().report(row.id).claims[0].id.replace("#", "%23")
    acts = [
        (f"/ar/claim/accept/{claim}/", {}), (f"/ar/claim/reject/{claim}/", {"reason": "x"}), (f"/ar/i/{rid}/grade/", {"grade": "verified", "reason": "x"}),
        (f"/ar/i/{rid}/merge/", {"other": rid}), (f"/ar/i/{rid}/split/", {}), (f"/ar/i/{rid}/propose/", {}), (f"/ar/p/{p.id}/judge/", {}), (f"/ar/report/assign/{row.id}/", {}),
        (f"/ar/unpublish/incident/{rid}/", {"reason": "x"}), (f"/ar/restrict/incident/{rid}/", {"reason": "x"}), (f"/ar/report/expunge/{row.id}/", {}), ("/ar/settings/", {}),
        ("/ar/people/invite/", {"role": "administrator"}), ("/ar/bulletins/build/", {}), ("/ar/inbox/feeds/", {"url": "https://example.org/f", "minutes": "30"}),
    ]  # fmt: skip
    before = len(book().log())
    for who in ("nour", "karim"):
        for path, data in acts:
            assert as_(who).post(path, data).status_code == 404, (who, path)
    for path, data in acts:
        assert as_("public").post(path, data).status_code == 302, path
    names = {e.action for e in book().log(after=before)}
    assert names <= {"account.login"}, names


def test_10_what_hides_a_report_hides_its_traces(as_: Client) -> None:
    """Title, hash, name of the file, capture: nothing of it in lists, search, API or counts."""
    row = report_of_shelling()
    restrict("report", row.id, "rima")
    for path in ("/ar/queue/?show=all", "/ar/search/?q=طفس", "/api/reports", "/api/reports?q=قذائف"):
        body = as_("badr").get(path).content.decode()
        assert row.id not in body, path
        assert str(row.sha256) not in body, path
    assert as_("badr").get(f"/ar/report/original/{row.id}/").status_code == 404
    assert as_("badr").get(f"/api/reports/{row.id}").status_code == 404
    assert row.id in as_("rima").get("/ar/queue/?show=all").content.decode()


def test_11_the_list_of_sites_is_matched_whole(as_: Client, policy_set: Any) -> None:
    from rasid.desk.inbox.models import Job
    from rasid.desk.inbox.worker import work_off

    policy_set(fetch_hosts="youtube.com")
    as_("karim").post("/ar/inbox/address/", {"url": "https://evilyoutube.com/x"})
    work_off()
    job = Job.objects.get(kind="url")
    assert job.state == "failed"
    assert "not on the desk's list" in job.says


def test_12_changes_to_people_and_policy_ask_for_the_password_again(as_: Client) -> None:
    c = as_("amal")
    session = c.session
    session["fresh"] = 0
    session.save()
    for path in (
        "/ar/settings/",
        "/ar/people/invite/",
        "/ar/account/second/off/",
        "/ar/account/tokens/",
        f"/ar/report/expunge/{report_of_shelling().id}/",
    ):
        answer = c.post(path, {"role": "administrator"})
        assert answer.status_code == 302
        assert "/login/again/" in answer["Location"], path
    assert c.post("/ar/login/again/", {"password": "wrong"}).status_code == 401
    assert c.post("/ar/login/again/?next=/ar/settings/", {"password": PASSWORD}).status_code == 302
    assert c.get("/ar/settings/").status_code == 200


def test_13_the_desk_never_updates_itself_and_ships_what_was_checked() -> None:
    """No updater to attack; files that others wrote are exactly those whose hashes we keep."""
    import hashlib
    import tomllib

    import rasid.desk

    root = Path(rasid.desk.__file__).parent
    kept = tomllib.loads((root / "vendored.toml").read_text(encoding="utf-8"))["file"]
    foreign = {
        p.relative_to(root).as_posix()
        for p in root.rglob("*")
        if p.is_file() and (p.suffix in (".woff2", ".woff") or "leaflet" in p.parts)
    }
    assert foreign == {f["path"] for f in kept}
    for f in kept:
        assert hashlib.sha256((root / f["path"]).read_bytes()).hexdigest() == f["sha256"], f["path"]
    for path in root.rglob("*.py"):
        assert not re.search(r"pip install|self.?update|urlretrieve", path.read_text(encoding="utf-8")), path


def test_14_the_log_says_only_what_changed(as_: Client) -> None:
    from rasid.desk.core.models import User
    from rasid.desk.shelf import book

    nour = User.objects.get(username="nour")
    as_("amal").post(f"/ar/people/{nour.pk}/", {"role": "contributor", "is_active": "on"})
    entry = [e for e in book().log() if e.action == "account.changed"][-1]
    assert entry.detail["changed"] == {"role": ["reader", "contributor"]}
    before = len(book().log())
    as_("amal").post(f"/ar/people/{nour.pk}/", {"role": "contributor", "is_active": "on"})
    assert len(book().log()) == before, "a form sent unchanged is no change"


def test_15_waiting_uploads_have_names_nobody_can_guess(as_: Client) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    from rasid.desk.inbox.models import Job

    for _ in range(2):
        as_("karim").post("/ar/inbox/files/", {"files": SimpleUploadedFile("a.txt", b"x y z")})
    names = [j.payload["stored"] for j in Job.objects.filter(kind="file")]
    assert len(set(names)) == 2
    assert all(len(n) >= 32 and "a.txt" not in n for n in names)


def test_16_colleagues_are_not_shown_to_those_without_need(as_: Client) -> None:
    rid = shelling().id
    grade(as_, rid, "rima")
    assert "ريما" in as_("badr").get(f"/ar/i/{rid}/").content.decode()
    for path in (f"/ar/i/{rid}/", f"/api/incidents/{rid}", "/ar/incidents.json"):
        for who in ("nour", "karim"):
            body = as_(who).get(path).content.decode()
            assert "ريما" not in body, (who, path)


def test_17_what_waits_for_its_second_reader_is_frozen_for_all(as_: Client) -> None:
    from rasid.desk.shelf import book

    rid = shelling().id
    claim = book().claims(rid)[0]
    path = claim.id.replace("#", "%23")
    assert as_("rima").post(f"/ar/i/{rid}/propose/", {"note": "جاهز"}).status_code == 302
    for who in ("rima", "badr", "amal"):
        assert as_(who).post(f"/ar/claim/accept/{path}/").status_code == 400
        assert as_(who).post(f"/ar/i/{rid}/grade/", {"grade": "verified", "reason": "x"}).status_code == 400
    assert book().claim(claim.id).state == "machine"


def test_18_bombs_are_stopped_before_they_unfold(as_: Client) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    from rasid.desk.inbox.models import Job
    from rasid.desk.inbox.worker import work_off

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("big.txt", b"\0" * (120 << 20))
    assert len(packed.getvalue()) < 1 << 20
    as_("karim").post("/ar/inbox/files/", {"files": SimpleUploadedFile("bomb.zip", packed.getvalue())})
    work_off()
    job = Job.objects.get(kind="file")
    assert job.state == "failed"
    assert "MB" in job.says or "larger" in job.says or "ratio" in job.says or "unpack" in job.says, job.says


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_19_no_cell_of_an_export_is_a_formula(as_: Client, policy_set: Any, form: str) -> None:
    policy_set(export_needs_approval=False)
    add(
        "قصف مدفعي استهدف مدينة نوى يوم 4 آب 2021، ما أسفر عن إصابة مدني واحد.",
        publisher='=HYPERLINK("http://evil.test","x")',
    )
    answer = as_("rima").get(f"/ar/incidents.{form}")
    assert answer.status_code == 200
    body = b"".join(answer.streaming_content)
    if form == "csv":
        cells = [c for row in csv.reader(io.StringIO(body.decode("utf-8-sig"))) for c in row]
    else:
        openpyxl = pytest.importorskip("openpyxl")
        sheets = openpyxl.load_workbook(io.BytesIO(body))
        found = [c for s in sheets for row in s.iter_rows() for c in row if c.value is not None]
        assert not [c for c in found if c.data_type == "f"]
        cells = [str(c.value) for c in found if form == "csv"]
    assert not [c for c in cells if re.match(r"[=+\-@\t\r]", c) and not re.fullmatch(r"-?\d+(\.\d+)?", c)]
    assert b"HYPERLINK" in body or form == "xlsx"


def test_20_a_bulletin_asks_for_nothing_from_outside(as_: Client) -> None:
    from rasid.desk.bulletins.models import Bulletin

    answer = as_("badr").post("/ar/bulletins/build/", {"title": "نشرة", "start": "2021-08-01", "end": "2021-08-07"})
    assert answer.status_code == 302
    held = Bulletin.objects.get()
    for html in (held.html_ar, held.html_en):
        assert "<script" not in html
        assert not re.search(r"""(src|href|data)\s*=\s*["'](https?:)?//""", re.sub(r"<a\b[^>]*>", "", html))
        assert not re.search(r"@import|url\((?!['\"]?data:)", html)
    served = as_("rima").get(f"/ar/bulletins/{held.slug}/page/")
    assert "default-src 'none'" in served["Content-Security-Policy"]


def test_21_old_formats_and_wrong_kinds_are_refused(as_: Client) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    from rasid.desk.inbox.models import Job
    from rasid.desk.inbox.worker import work_off

    as_("karim").post(
        "/ar/inbox/files/",
        {"files": SimpleUploadedFile("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)},
    )
    work_off()
    job = Job.objects.get(kind="file")
    assert job.state == "failed"
    assert "DOCX" in job.says
    door = {"Authorization": f"Bearer {token('karim', 'write:reports')}"}
    for body in (
        {"text": True},
        {"text": 5},
        {"text": ["x"]},
        {"text": "قصف", "title": 1},
        {"text": "x", "published": True},
        {"text": "x", "more": 1},
        [],
        "x",
        None,
    ):
        assert (
            as_("public")
            .post("/api/reports", json.dumps(body), content_type="application/json", headers=door)
            .status_code
            == 422
        ), body


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::ffff:127.0.0.1]/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://[::1]/",
        "http://10.0.0.1/",
    ],
)
def test_22_an_address_cannot_reach_inside(as_: Client, url: str) -> None:
    """Redirects, rebinding and mapped addresses are in tests/desk/inbox/test_fetching.py; this goes through the page."""
    from rasid.desk.inbox.models import Job
    from rasid.desk.inbox.worker import work_off

    as_("karim").post("/ar/inbox/address/", {"url": url})
    work_off()
    job = Job.objects.filter(kind="url").first()
    assert job is None or (job.state == "failed" and ("private" in job.says or "not known" in job.says)), (
        job and job.says
    )


def test_23_secrets_are_random_and_kept_as_hashes(as_: Client, south: Path) -> None:
    from rasid.desk.core import services
    from rasid.desk.core.models import User

    rima = User.objects.get(username="rima")
    made = services.make_token(rima, "x", ["read:incidents"], 7)
    link = services.reset_link(rima, None)
    codes = services.fresh_recovery_codes(rima)
    assert len(set(codes)) == 10
    assert len(made) > 40
    assert len(link) > 40
    assert services.use_recovery_code(rima, codes[0])
    assert not services.use_recovery_code(rima, codes[0]), "each works once"
    from tests.desk.cast import close_all

    close_all()
    held = b"".join(p.read_bytes() for p in south.glob("book.sqlite*"))
    for secret in (made, link, *codes):
        assert secret.encode() not in held


def test_24_originals_are_never_public_and_never_shown_in_place(as_: Client, south: Path) -> None:
    row = report_of_shelling()
    assert as_("public").get(f"/ar/report/original/{row.id}/").status_code == 302
    assert as_("nour").get(f"/ar/report/original/{row.id}/").status_code == 404
    answer = as_("rima").get(f"/ar/report/original/{row.id}/")
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    (south / "home" / "waiting").mkdir(exist_ok=True)
    (south / "home" / "waiting" / "secret").write_text("x")
    for path in (
        "/static/waiting/secret",
        "/waiting/secret",
        "/static/../waiting/secret",
        "/static/desk/../../../home/waiting/secret",
    ):
        assert as_("public").get(path).status_code in (404, 302), path


PAGES = [
    "/ar/login/",
    "/en/public/",
    "/ar/desk/",
    "/ar/inbox/",
    "/ar/queue/",
    "/ar/incidents/",
    "/ar/map/",
    "/ar/ledger/",
    "/ar/bulletins/",
    "/ar/account/",
    "/ar/people/",
    "/ar/log/",
    "/ar/nothing/",
    "/api/docs",
    "/api/incidents",
    "/static/desk/desk.css",
]


@pytest.mark.parametrize("path", PAGES)
def test_25_every_answer_has_the_strict_policy(as_: Client, path: str) -> None:
    answer = as_("amal").get(path)
    rule = answer["Content-Security-Policy"]
    assert "unsafe" not in rule
    assert "default-src 'none'" in rule
    assert "script-src 'self'" in rule
    assert "frame-ancestors 'none'" in rule
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_26_the_api_asks_cookie_callers_for_the_forgery_token(south: Path) -> None:
    from django.test import Client as Browser
    from tests.desk.cast import log_in

    from rasid.desk.shelf import book

    plain = log_in("rima")
    c = Browser(enforce_csrf_checks=True)
    c.cookies = plain.cookies
    rid = shelling().id
    body = json.dumps({"grade": "verified", "reason": "x"})
    assert c.post(f"/api/incidents/{rid}/grade", body, content_type="application/json").status_code == 403
    assert book().incident(rid).graded_by is None
    assert c.post("/ar/i/" + rid + "/grade/", {"grade": "verified", "reason": "x"}).status_code == 403
    c.get("/ar/login/")
    secret = c.cookies["csrftoken"].value
    assert (
        c.post(
            f"/api/incidents/{rid}/grade",
            body,
            content_type="application/json",
            headers={"X-CSRFToken": secret},
        ).status_code
        == 200
    )


def bare(answer: Any, path: str) -> str:
    """A page without what differs from one asking to the next."""
    page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())
    return page.replace(path.removeprefix("/ar"), "")


def test_27_forbidden_and_missing_look_alike(as_: Client) -> None:
    rid, row = shelling().id, report_of_shelling()
    restrict("incident", rid, "rima")
    restrict("report", row.id, "rima")
    pairs = [
        (f"/ar/i/{rid}/", "/ar/i/RSD-222222/"),
        (f"/api/incidents/{rid}", "/api/incidents/RSD-222222"),
        (f"/ar/report/{row.id}/", "/ar/report/paste-none/"),
        (f"/api/reports/{row.id}", "/api/reports/paste-none"),
    ]
    for there, nowhere in pairs:
        a, b = as_("badr").get(there), as_("badr").get(nowhere)
        assert (a.status_code, b.status_code) == (404, 404), there
        assert bare(a, there) == bare(b, nowhere)
    assert rid not in as_("badr").get("/ar/incidents/").content.decode()
    assert as_("badr").get("/ar/incidents.json").json()["rows"] == [
        r for r in as_("badr").get("/ar/incidents.json").json()["rows"] if r["id"] != rid
    ]
