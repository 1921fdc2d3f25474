"""Bulletins: frozen, rebuilt byte for byte, let out by a second person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests.desk.cast import add

Client = Callable[[str], Any]
pytestmark = pytest.mark.usefixtures("south")
FORM = {
    "title": "نشرة الأسبوع",
    "start": "2021-08-01",
    "end": "2021-08-07",
    "area": "",
    "note": "كلمة المحرر",
}


def built(as_: Client, who: str = "badr") -> Any:
    from rasid.desk.bulletins.models import Bulletin

    assert as_(who).post("/ar/bulletins/build/", FORM).status_code == 302
    return Bulletin.objects.get()


def test_it_is_built_in_both_languages_and_stays_as_it_was(as_: Client) -> None:
    from rasid.desk.bulletins import services

    b = built(as_)
    assert "نشرة الأسبوع" in b.html_ar
    assert 'dir="rtl"' in b.html_ar
    assert 'lang="en"' in b.html_en
    add("قصفت الفرقة الرابعة مدينة إنخل بريف درعا بالمدفعية يوم 3 آب 2021، ما أسفر عن إصابة مدني.")
    assert services.rebuild(b) == (b.html_ar, b.html_en), "what comes later does not change what was frozen"
    page = as_("nour").get(f"/ar/bulletins/{b.slug}/verify/", follow=True).content.decode()
    assert "بايتًا ببايت" in page


def test_a_second_person_lets_it_out(as_: Client) -> None:
    b = built(as_)
    for path in (f"/ar/public/bulletins/{b.slug}/", f"/ar/public/bulletins/{b.slug}.pdf"):
        assert as_("public").get(path).status_code == 404
    as_("badr").post(f"/ar/bulletins/{b.slug}/publish/")
    assert as_("public").get(f"/ar/public/bulletins/{b.slug}/").status_code == 404
    assert as_("rima").post(f"/ar/bulletins/{b.slug}/publish/").status_code == 404
    as_("iman").post(f"/ar/bulletins/{b.slug}/publish/")
    answer = as_("public").get(f"/en/public/bulletins/{b.slug}/")
    assert answer.content.decode() == b.html_en
    assert b.slug in as_("public").get("/ar/public/feeds/bulletins.rss").content.decode()
    assert b.slug in as_("public").get("/ar/public/feeds/bulletins.atom").content.decode()
    assert b.slug in as_("public").get("/ar/public/bulletins/").content.decode()


@pytest.mark.parametrize(("form", "first"), [("pdf", b"%PDF"), ("docx", b"PK")])
def test_it_can_be_printed_and_edited(as_: Client, form: str, first: bytes) -> None:
    b = built(as_)
    answer = as_("nour").get(f"/ar/bulletins/{b.slug}.{form}")
    assert answer.content.startswith(first)
    assert answer["Content-Disposition"].startswith("attachment")
    assert as_("nour").get(f"/ar/bulletins/{b.slug}.exe").status_code == 404
    assert as_("public").get(f"/ar/public/bulletins/{b.slug}.{form}").status_code == 404


@pytest.mark.parametrize("wrong", [{"end": "2021-07-01"}, {"start": ""}, {"title": ""}, {"end": "2029-01-01"}])
def test_a_senseless_period_is_refused(as_: Client, wrong: dict[str, str]) -> None:
    from rasid.desk.bulletins.models import Bulletin

    assert as_("badr").post("/ar/bulletins/build/", FORM | wrong).status_code == 400
    assert not Bulletin.objects.exists()


def test_its_style_is_its_own_and_the_policy_knows_it_by_hash(as_: Client) -> None:
    b = built(as_)
    rule = as_("rima").get(f"/ar/bulletins/{b.slug}/page/")["Content-Security-Policy"]
    assert "'sha256-" in rule
    assert "unsafe" not in rule
    assert "script" not in rule
