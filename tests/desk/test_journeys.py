"""The main journeys in a real browser, in both languages: paste and read, review by keyboard, decide by two, publish, correct."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from tests.desk.cast import PASSWORD
from tests.desk.live import Tab, start, stop

REPORT = """قصف على نوى وإصابة مدنيين

درعا - شبكة السهل (خبر مختلق)، السبت 7 آب 2021

قصفت الفرقة الرابعة مساء اليوم السبت مدينة نوى بالمدفعية الثقيلة، ما أسفر عن إصابة 4 مدنيين. وتعهّد وجهاء المدينة بالتهدئة.
"""


def test_from_nothing_to_the_first_page(chromium: Any, tmp_path: Path) -> None:
    """`rasid desk` with nothing else: a one-time link, an account, the first page, the first report."""
    (tmp_path / "home").mkdir()
    running = start(tmp_path, tmp_path / "book.sqlite")
    try:
        link = re.search(r"First account.*?(http://\S+)", running.printed)
        assert link, running.printed
        window = Tab(chromium, running)
        window.page.goto(link[1])
        window.page.fill("#id_username", "sami")
        window.page.fill("#id_name", "سامي")
        window.page.fill("#id_password", PASSWORD)
        window.page.fill("#id_again", PASSWORD)
        window.page.click("main form button.go")
        window.page.wait_for_url("**/account/")
        window.go("/ar/inbox/")
        window.page.fill("#id_text", REPORT)
        window.page.fill("#id_published", "2021-08-07")
        window.page.click("form[action$='/paste/'] button.go")
        window.page.wait_for_url("**/report/**")
        assert window.page.locator(".claim").count() >= 1
        window.close()
    finally:
        stop(running)


def test_a_report_is_pasted_read_and_reviewed_by_keyboard_alone(tab: Any) -> None:
    """Keys by their place: an Arabic layout sends other letters with the same codes."""
    t = tab("rima")
    page = t.go("/ar/inbox/")
    page.fill("#id_text", REPORT)
    page.click("form[action$='/paste/'] button.go")
    page.wait_for_url("**/report/**")
    text = page.locator("[data-original]")
    assert text.inner_text().startswith("قصف على نوى")
    claims = page.locator("[data-claims] > .claim")
    total = claims.count()
    assert total >= 1
    assert page.locator("[data-original] .s-place").count() >= 1
    for _ in range(total):
        before = page.locator(".claim.accepted").count()
        if before:
            page.keyboard.press("KeyA")
        else:  # as an Arabic layout sends it
            page.evaluate(
                "document.body.dispatchEvent("
                "new KeyboardEvent('keydown', {code: 'KeyA', key: 'ش', bubbles: true, cancelable: true}))"
            )
        page.locator(".claim.accepted").nth(before).wait_for()
    assert page.locator(".claim.accepted").count() == total
    page.keyboard.press("KeyU")
    page.wait_for_load_state()
    page.wait_for_selector(".note")
    assert page.locator(".claim.accepted").count() == total - 1
    page.keyboard.press("Shift+Slash")
    page.wait_for_selector("dialog[open]")
    page.keyboard.press("Escape")
    here = page.url
    page.keyboard.press("Control+Enter")
    page.wait_for_url(lambda url: url != here)


def test_a_claim_is_corrected_with_its_controls(tab: Any) -> None:
    t = tab("rima")
    page = t.go("/ar/queue/?show=all")
    page.locator(".item a", has_text="قذائف على طفس").click()
    page.wait_for_selector(".claim")
    page.keyboard.press("KeyE")
    page.wait_for_url("**/edit/**")
    page.select_option("#id_main-modality", "alleged")
    page.fill("#id_reason", "النص يقول بحسب شهود")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/report/**")
    assert page.locator(".claim.corrected").count() == 1


def test_the_picker_finds_places_in_any_spelling(tab: Any) -> None:
    t = tab("rima")
    page = t.go("/ar/queue/?show=all")
    found = page.evaluate("fetch('/ar/pick/places.json?q=' + encodeURIComponent('طفَس')).then(r => r.json())")
    assert any(r["text"] == "طفس" for r in found["rows"])
    found = page.evaluate("fetch('/ar/pick/actors.json?q=' + encodeURIComponent('الفرقه الرابعه')).then(r => r.json())")
    assert any(r["id"] == "sy.4th_division" for r in found["rows"])


def test_words_that_the_reader_missed_become_a_claim(tab: Any) -> None:
    t = tab("rima")
    page = t.go("/ar/queue/?show=all")
    page.locator(".item a", has_text="تعهّد روسي").click()
    page.wait_for_selector("[data-original]")
    before = page.locator(".claim").count()
    page.evaluate(
        """() => { const t = document.querySelector('[data-original]'); const w = document.createTreeWalker(t, NodeFilter.SHOW_TEXT); let n; let best = null;
        while ((n = w.nextNode())) if (n.data.includes('اجتماع')) best = n; const r = document.createRange(); const i = best.data.indexOf('اجتماع'); r.setStart(best, i); r.setEnd(best, i + 6);
        const s = getSelection(); s.removeAllRanges(); s.addRange(r); }"""
    )
    page.wait_for_selector("[data-selected]:not([hidden])")
    page.click("[data-add-incident]")
    page.wait_for_url("**/report/add/**")
    assert "اجتماع" in page.locator("blockquote").first.inner_text()
    page.select_option("#id_main-type", "deployment")
    page.click("form[data-claim-form] button.go")
    page.wait_for_url("**/report/paste-**")
    assert page.locator(".claim").count() == before + 1


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_two_people_publish_and_the_public_reads(tab: Any, lang: str) -> None:
    """Proposed by one, approved by another, then on the public site, in the feed, and in the API; a letter comes back."""
    t = tab("rima", lang=lang)
    page = t.go(f"/{lang}/incidents/?type=shelling")
    page.locator(".item h3 a").nth(0 if lang == "ar" else 1).click()
    page.wait_for_selector("form[action*='/propose/'], form[action*='/proposal/']")
    rid = page.url.rstrip("/").rsplit("/", 1)[-1]
    page.fill("#pnote", "متحقق")
    page.click("form[action*='/propose/'] button")
    page.wait_for_selector("button[name=withdraw]")
    assert page.locator("button[name=approve]").count() == 0, "an analyst does not decide"
    second = tab("badr", lang=lang)
    other = second.go(f"/{lang}/i/{rid}/")
    other.click("button[name=approve]")
    other.wait_for_selector(".chip.published")
    public = tab()
    seen = public.go(f"/{lang}/public/incidents/{rid}/")
    assert rid in seen.inner_text("main")
    assert seen.get_attribute("html", "dir") == ("rtl" if lang == "ar" else "ltr")
    assert seen.locator(f"link[hreflang={'en' if lang == 'ar' else 'ar'}]").count() == 1
    assert (
        "الفرقة الرابعة" in seen.inner_text("main")
        if lang == "ar"
        else "4th Armoured Division" in seen.inner_text("main")
    )
    feed = seen.request.get(public.desk.root + f"/{lang}/public/feeds/incidents.atom")
    assert feed.ok
    assert rid in feed.text()
    api = seen.request.get(public.desk.root + f"/api/public/incidents/{rid}")
    assert api.json()["row"]["id"] == rid
    seen.click("a[href*='/correct/']")
    seen.fill("#id_message", "عدد الجرحى في الخبر أربعة لا ثلاثة")
    seen.fill("#id_name", "قارئة")
    seen.fill("#id_mail", "reader@example.org")
    seen.click("main form button.go")
    seen.wait_for_url("**/corrections/")
    letters = second.go(f"/{lang}/letters/")
    letters.locator(".item", has_text=rid).locator("textarea").fill("نشكرك؛ صُحّح العدد")
    letters.locator(".item", has_text=rid).locator("button[name=accept]").click()
    letters.wait_for_load_state()
    log = public.go(f"/{lang}/public/corrections/")
    assert "نشكرك؛ صُحّح العدد" in log.inner_text("main")
    assert "reader@example.org" not in log.content()
    assert "قارئة" not in log.inner_text("main")


def test_records_are_merged_and_taken_apart_again(tab: Any) -> None:
    t = tab("rima")
    page = t.go("/ar/incidents/")
    ids = [i.inner_text() for i in page.locator(".item .id").all()]
    assert len(ids) >= 2
    page = t.go(f"/ar/i/{ids[0]}/alike/")
    page.fill("#other", ids[1])
    page.fill("#mreason", "حادثة واحدة")
    page.click("form:has(#other) button")
    page.wait_for_selector("main .note")
    survivor = page.url.rstrip("/").rsplit("/", 1)[-1]
    gone = next(i for i in ids[:2] if i != survivor)
    assert t.go(f"/ar/i/{gone}/").url.rstrip("/").endswith(survivor), "the old id leads on"
    with page.expect_navigation():
        page.locator(".timeline button.link").first.click()
    assert t.go(f"/ar/i/{gone}/").url.rstrip("/").endswith(gone), "undone: both are back"


def test_the_ledger_holds_the_act_against_the_word(tab: Any) -> None:
    t = tab("rima")
    page = t.go("/ar/ledger/")
    page.locator(".board .item", has_text="وقف القصف").locator("h3 a").first.click()
    page.wait_for_selector("h1")
    assert page.locator("svg.chart").count() >= 1
    assert "وقف القصف" in page.inner_text("main")


def test_the_map_draws_without_any_server_of_tiles(tab: Any) -> None:
    t = tab("rima")
    page = t.go("/ar/map/")
    page.wait_for_selector("path.land", state="attached")
    page.wait_for_selector("path.dot")
    page.locator("path.dot").first.dispatch_event("click")
    page.wait_for_selector("[data-inside-list] .item")


def test_reading_needs_no_script(tab: Any) -> None:
    t = tab("rima", scripts=False)
    page = t.go("/ar/queue/?show=all")
    page.locator(".item a", has_text="مقتل مدنيين في طفس").click()
    assert page.locator(".claim").count() >= 1
    page.locator(".claim form[action*='/accept/'] button").first.click()
    assert page.locator(".claim.accepted").count() >= 1
    assert page.locator("[data-original]").inner_text().startswith("مقتل مدنيين في طفس")


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("lang", ["ar", "en"])
def test_no_page_is_wider_than_its_screen(tab: Any, lang: str, width: int) -> None:
    t = tab("amal", lang=lang, width=width)
    first = t.go(f"/{lang}/incidents/").locator(".item .id").first.inner_text()
    paths = [
        "desk",
        "inbox",
        "queue",
        "incidents",
        f"i/{first}",
        f"i/{first}/alike",
        "map",
        "ledger",
        "bulletins",
        "exports",
        "letters",
        "people",
        "settings",
        "log",
        "account",
        "public",
        "public/pledges",
    ]
    for path in paths:
        page = t.go(f"/{lang}/{path}/")
        wide = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        assert wide[0] <= wide[1] + 1, (path, wide)
        assert page.locator("h1").count() == 1, path
