"""The bulletin: what it says, that nothing runs or leaks in it, and that it is the same each time."""

import io
import json
import re
import sys
import zipfile
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from tests.export.golden import expect, snapshot

from rasid.errors import MissingExtra
from rasid.export import bulletin
from rasid.export.bulletin.content import content
from rasid.export.bulletin.drawing import Dot, Words, svg
from rasid.export.policy import OPEN, PUBLIC, Policy

LANGS = ("ar", "en")


def page(lang, **more):
    return bulletin.html(snapshot(), lang, **more)


def body(html):
    """The page without its style, whose fonts are long."""
    return re.sub(r"<style>.*?</style>", "", html, flags=re.S)


def empty():
    whole = snapshot()
    none = {k: [] for k in ("incidents", "tolls", "commitments", "limits", "corrections")}
    return replace(whole, body=whole.body | none | {"effort": {}, "sources": {}, "previous_effort": 0})


@pytest.mark.parametrize("lang", LANGS)
def test_the_page_is_the_one_that_somebody_looked_at(lang):
    expect(f"bulletin-{lang}.html", body(page(lang)).encode())


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("form", sorted(bulletin.FORMATS))
def test_the_same_snapshot_gives_the_same_bytes(lang, form):
    one, two = (bulletin.FORMATS[form](snapshot(), lang, title="عنوان", note="كلمة") for _ in range(2))
    assert one == two


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("form", sorted(bulletin.FORMATS))
def test_a_period_without_anything_is_told_as_such(lang, form):
    assert bulletin.FORMATS[form](empty(), lang)
    told = content(empty(), lang)
    assert told.map is None
    assert told.say("glance", "nothing") in told.lead


class Tags(HTMLParser):
    """Elements, attributes and text of a page."""

    def __init__(self, html):
        super().__init__()
        self.open, self.attributes, self.words = [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.open.append(tag)
        self.attributes += attributes

    def handle_data(self, data):
        self.words.append(data)


@pytest.mark.parametrize("lang", LANGS)
def test_a_page_runs_nothing_and_fetches_nothing(lang):
    tags = Tags(page(lang, title="<img src=x onerror=alert(1)>", note="<script>alert(2)</script>"))
    assert not {"script", "img", "iframe", "object", "link", "form", "base"} & set(tags.open)
    names = {name for name, _ in tags.attributes}
    assert not [n for n in names if n.startswith("on") or n in ("style", "href", "src", "srcset", "action")]
    outside = [
        v
        for n, v in tags.attributes
        if v and re.search("https?:|//", v) and (n, v) != ("xmlns", "http://www.w3.org/2000/svg")
    ]
    assert outside == []
    assert not re.search(r"url\((?!data:)|@import", page(lang))


@pytest.mark.parametrize(("lang", "direction"), [("ar", "rtl"), ("en", "ltr")])
def test_a_page_says_its_language_and_direction(lang, direction):
    assert f'<html lang="{lang}" dir="{direction}">' in page(lang)
    # logical properties only: one sheet of style serves both directions
    assert not re.search(r"(margin|padding|border)-(left|right)|text-align:\s*(left|right)", page(lang))


def test_counts_leave_out_what_was_discounted_and_say_so():
    told = content(snapshot(), "en")
    tiles = {t.name: (t.value, t.before) for t in told.tiles}
    assert tiles["Incidents"] == ("5", "3")
    assert sum(x.now for x in told.counts) == 5
    assert "Incidents that reviewers discounted, not in the counts: 1." in told.unseen


def test_an_area_is_named_in_the_language_whatever_it_was_asked_by():
    for asked in ("sy.daraa", "درعا", "Daraa Governorate"):
        named = [content(replace(snapshot(), area=(asked,)), lang).area for lang in LANGS]
        assert named == ["درعا", "Daraa Governorate"]


def test_a_breach_is_told_with_clause_quote_and_incident():
    (pledge,) = content(snapshot(), "en").pledges
    (held,) = pledge.held
    assert (pledge.state_name, held.kind_name, held.ref) == (
        "Apparently breached",
        "Apparent breach",
        "RSD-DV7GE8",
    )
    assert held.what == "Shelling · Tafas, Tal al-Jumu"
    assert "ضباط روس" in pledge.quote
    assert pledge.terms[0].state_name == "Apparently breached"


def test_tables_are_by_area_with_means_of_observation():
    areas = content(snapshot(), "en").areas
    assert {a.name for a in areas} == {"Daraa Governorate", "Idlib Governorate"}
    row = next(r for a in areas for r in a.rows if "Unnamed" in r.seen)
    assert row.seen == "1 independent source: Medical, Unnamed source"
    assert row.doubt == "tellings differ on: harm"


def test_sentences_of_the_ledger_are_in_arabic_in_the_arabic_bulletin():
    (pledge,) = content(snapshot(), "ar").pledges
    assert pledge.terms[0].reason == "خروق ظاهرة: 1، أولها في 12 آذار/مارس 2023"


def test_limits_and_silent_days_are_told():
    told = " ".join(content(snapshot(), "en").unseen)
    assert "Tafas, 14 March 2023 to 15 March 2023" in told
    assert re.search(r"no report on the area was published: \d+ of 10", told)


def test_corrections_give_the_public_note_and_not_the_reader():
    html = page("ar")
    assert "صُحّح عدد الجرحى في طفس" in html
    assert "العدد سبعة لا أربعة" not in html


def test_every_phrase_has_both_languages():
    from rasid.export.bulletin.phrases import _table

    for section, phrases in _table().items():
        for name, pair in phrases.items():
            assert len(pair) == (7 if section == "nouns" else 2), (section, name)
            assert all(pair), (section, name)
            if section not in ("nouns", "months"):
                assert pair[0].count("{}") == pair[1].count("{}"), (section, name)


@pytest.mark.parametrize("lang", LANGS)
def test_names_on_the_map_do_not_overlap_and_circles_lie_inside(lang):
    drawn = content(snapshot(), lang).map
    for dot in (s for s in drawn.shapes if isinstance(s, Dot)):
        assert 0 < dot.x < drawn.width
        assert 0 < dot.y < drawn.height
    names = [(s.x, s.y, len(s.text)) for s in drawn.shapes if isinstance(s, Words) and s.halo]
    for n, (x, y, long) in enumerate(names):
        for other_x, other_y, other_long in names[:n]:
            assert abs(x - other_x) > 3 * (long + other_long) or abs(y - other_y) >= 14


def test_time_runs_as_the_text_does():
    marks = {lang: [s.x for s in content(snapshot(), lang).timeline.shapes if isinstance(s, Dot)] for lang in LANGS}
    width = content(snapshot(), "en").timeline.width
    assert marks["ar"] == pytest.approx([width - x for x in marks["en"]])


def test_drawings_are_well_formed():
    from xml.etree import ElementTree

    for lang in LANGS:
        told = content(snapshot(), lang)
        for drawing in (told.map, told.timeline):
            root = ElementTree.fromstring(svg(drawing, rtl=lang == "ar"))
            assert root.get("aria-label")


# -- PDF and DOCX


def test_pdf_letters_are_shaped_in_an_embedded_font():
    pypdf = pytest.importorskip("pypdf")
    reader = pypdf.PdfReader(io.BytesIO(bulletin.pdf(snapshot(), "ar")))
    fonts = {f.get_object()["/BaseFont"] for p in reader.pages for f in p["/Resources"]["/Font"].get_object().values()}
    assert fonts
    assert all("IBMPlexSansArabic" in f for f in fonts)
    assert reader.trailer["/Root"]["/Lang"] == "ar"
    assert reader.metadata.title.startswith("ما وُعد به")
    text = "".join(p.extract_text() for p in reader.pages)
    for number in ("SNP-", "RSD-DV7GE8", "2023-03-12"):
        assert number in text


def test_pdf_has_every_glyph_it_needs(caplog):
    for lang in LANGS:
        bulletin.pdf(snapshot(), lang)
    assert [r.message for r in caplog.records if "missing" in r.message] == []


def test_pdf_tells_covered_words_in_words():
    from rasid.export.bulletin.sheets import masked

    assert masked("مصدر في ██████ ██████، قصف", "[محجوب]") == "مصدر في [محجوب]، قصف"


@pytest.mark.parametrize("library", ["fpdf", "uharfbuzz", "brotli"])
def test_pdf_without_its_libraries_says_what_to_install(library, monkeypatch):
    from rasid.export.bulletin import faces

    faces.face.cache_clear()
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(MissingExtra, match=r"pip install 'rasid\[export\]'"):
        bulletin.pdf(snapshot(), "ar")


def test_docx_reads_from_the_right_and_tells_pictures_in_words():
    with zipfile.ZipFile(io.BytesIO(bulletin.docx(snapshot(), "ar"))) as z:
        text = z.read("word/document.xml").decode()
        assert {i.date_time for i in z.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert len([n for n in z.namelist() if n.startswith("word/media/")]) == 2
    assert text.count("<w:tbl>") == text.count("<w:bidiVisual/>") > 4
    assert "<w:rtl/>" in text
    assert 'descr="خريطة' in text
    assert "صُحّح عدد الجرحى في طفس" in text


def test_docx_elements_stand_in_the_order_of_the_standard():
    with zipfile.ZipFile(io.BytesIO(bulletin.docx(snapshot(), "ar"))) as z:
        text = z.read("word/document.xml").decode()
    orders = {
        "pPr": ("pStyle", "bidi", "spacing"),
        "rPr": ("rFonts", "b", "bCs", "color", "sz", "szCs", "rtl"),
        "tblPr": ("tblStyle", "bidiVisual", "tblW", "tblLook"),
        "sectPr": ("pgSz", "pgMar", "cols", "bidi", "docGrid"),
    }
    for name, order in orders.items():
        for inside in set(re.findall(rf"<w:{name}[ >].*?</w:{name}>", text, re.S)):
            found = [t for t in re.findall(r"<w:(\w+)", inside) if t in order]
            assert found == sorted(found, key=order.index), inside


def test_docx_opens():
    docx = pytest.importorskip("docx")
    document = docx.Document(io.BytesIO(bulletin.docx(snapshot(), "en")))
    assert "What could not be observed" in [p.text for p in document.paragraphs]
    assert len(document.inline_shapes) == 2


@pytest.mark.parametrize("lang", LANGS)
def test_no_bulletin_names_what_the_snapshot_covers(lang):
    whole = json.dumps(snapshot().body, ensure_ascii=False)
    assert "██████" in whole
    assert "██████" in page(lang)


# -- under a policy


def public(lang="en", **changes):
    whole = snapshot()
    told = [r | {"published": True} for r in whole.body["incidents"]]
    promised = [c | {"published": True} for c in whole.body["commitments"]]
    whole = replace(whole, body=whole.body | {"incidents": told, "commitments": promised})
    return content(whole, lang, policy=replace(PUBLIC, **changes))


def test_nothing_unpublished_is_in_a_public_bulletin():
    told = content(snapshot(), "en", policy=PUBLIC)
    assert (told.areas, told.pledges, told.map) == ((), (), None)
    assert told.say("sources", "policy") in told.method


def test_a_coarse_bulletin_has_neither_fine_places_nor_quotes():
    told = public(finest_place="governorate")
    assert {r.place for a in told.areas for r in a.rows} == {"Daraa Governorate", "Idlib Governorate"}
    (pledge,) = told.pledges
    assert pledge.quote == ""
    assert [(f.what, f.quote) for f in pledge.held] == [("Shelling · Daraa Governorate", "")]
    assert all(t.text == "" for t in pledge.terms)
    page = bulletin.html(snapshot(), "ar", policy=Policy(finest_place="governorate", sources=False))
    assert not [name for name in ("الفطيرة", "سفوهن", "درعا البلد", "تل الجموع") if name in page]


def test_a_bulletin_without_sources_names_no_outlet():
    told = public(sources=False)
    assert told.sources == ()
    assert [p.publishers for p in told.pledges] == [""]


def test_a_delay_holds_findings_back_with_their_incidents():
    later = replace(OPEN, delay_days=7, today=snapshot().start)
    assert content(snapshot(), "en", policy=later).tiles[0].value == "0"
