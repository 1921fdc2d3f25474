"""Every carrier gives the report: text, title, day, publisher, and nothing of what frames it."""

import io
import json
from datetime import date
from pathlib import Path

import pytest

from rasid.intake import Failure, all_carriers, of_text, open_bytes, open_path

from .build import (
    BODY,
    COMMENT,
    LEAD,
    RELATED,
    SECOND,
    THIRD,
    TITLE,
    article,
    lines,
    message,
    packed,
    page,
    telegram,
    zipped,
)


def the(data, name):
    """The only document in some bytes."""
    (doc,) = open_bytes(data, name)
    assert not isinstance(doc, Failure), str(doc)
    return doc


def read_text(doc):
    """What of a document is read."""
    out, at = [], 0
    for m in doc.masked:
        out.append(doc.text[at : m.start])
        at = m.end
    return "".join([*out, doc.text[at:]])


def test_every_carrier_is_found_by_presence():
    names = {c.name for c in all_carriers()}
    assert names == {
        "telegram page",
        "text",
        "page",
        "jsonl",
        "telegram",
        "feed",
        "docx",
        "pdf",
        "warc",
        "json",
        "csv",
        "zip",
    }


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1256", "iso8859_6", "mac_arabic"],
)
def test_plain_text_in_any_encoding(encoding):
    text = "\n\n".join((TITLE, *BODY))
    doc = the(text.encode(encoding), "report.txt")
    assert (doc.text, doc.title, doc.id) == (text, TITLE, "report")


def test_text_that_was_encoded_twice_is_repaired_and_says_so():
    doc = the("\n\n".join(BODY).encode().decode("latin-1").encode(), "r.txt")
    assert doc.text == "\n\n".join(BODY)
    assert doc.warnings


def test_a_text_without_title_has_none():
    doc = the("\n".join((LEAD, SECOND)).encode(), "r.txt")
    assert doc.title is None


PAGES = {
    "article": article(),
    "paragraphs in a div": f"<div id='content'><h1>{TITLE}</h1>" + "".join(f"<p>{p}</p>" for p in BODY) + "</div>",
    "line breaks": f"<div class='news-body'><h1>{TITLE}</h1>{'<br><br>'.join(BODY)}</div>",
    "table layout": f"<table><tr><td class='leftcol'>قوائم</td><td><h1>{TITLE}</h1><div>{'<br>'.join(BODY)}</div></td></tr></table>",
    "divs": f"<div class='wrap has-sidebar'><div><h1>{TITLE}</h1>"
    + "".join(f"<div>{p}</div>" for p in BODY)
    + "</div></div>",
    "share bar and tags": f"<main><h1>{TITLE}</h1><div class='share-buttons'>شارك فيسبوك تويتر</div>"
    + "".join(f"<p>{p}</p>" for p in BODY)
    + "<div class='tags'>الوسوم: النورية</div></main>",
    "one paragraph": f"<div class='post-content'><h1>{TITLE}</h1><p>{LEAD}</p></div>",
}


@pytest.mark.parametrize("body", PAGES.values(), ids=PAGES)
def test_a_page_gives_its_article_and_nothing_else(body):
    doc = the(page(body), "page.html")
    read = read_text(doc)
    assert doc.title == TITLE
    assert read.count(LEAD) == 1
    assert COMMENT not in read
    assert not any(t in read for t in RELATED)
    assert "أخبار محلية" not in read
    assert "محفوظة" not in read
    assert body.count(THIRD) == read.count(THIRD)


HEADS = {
    "<meta property='article:published_time' content='2021-08-07T23:50:00+03:00'>": date(2021, 8, 7),
    "<meta name='pubdate' content='07/08/2021'>": date(2021, 8, 7),
    '<script type=\'application/ld+json\'>{"@type": "NewsArticle", "datePublished": "2021-08-07", "dateModified": "2022-01-01"}</script>': date(
        2021, 8, 7
    ),
    "<link rel='canonical' href='https://fanar.example/2021/08/07/news'>": date(2021, 8, 7),
    "": None,
}


@pytest.mark.parametrize(("head", "day"), HEADS.items())
def test_a_page_tells_its_day(head, day):
    doc = the(page(article(), head=head), "page.html")
    assert doc.published == day
    assert doc.published_basis == ("metadata" if day else None)


@pytest.mark.parametrize(
    "visible",
    [
        "<time datetime='2021-08-07'>أمس</time>",
        "<span class='post-date'>السبت 7 آب 2021</span>",
        "<div class='entry-meta'>نشر في 7 أغسطس 2021</div>",
    ],
)
def test_a_page_tells_its_day_in_its_marks(visible):
    doc = the(page(article().replace("</h1>", f"</h1>{visible}")), "page.html")
    assert doc.published == date(2021, 8, 7)


def test_a_page_in_windows_1256_names_its_publisher():
    head = "<meta property='og:site_name' content='شبكة الفنار'>"
    doc = the(page(article(), head=head, charset="windows-1256"), "page.htm")
    assert (doc.publisher, doc.title) == ("شبكة الفنار", TITLE)
    assert LEAD in doc.text


def test_a_page_saved_as_mhtml_gives_its_address():
    from email.mime.multipart import MIMEMultipart
    from email.mime.text import MIMEText

    message = MIMEMultipart("related")
    part = MIMEText(page(article()).decode(), "html", "utf-8")
    part["Content-Location"] = "https://fanar.example/news/1"
    message.attach(part)
    doc = the(message.as_bytes(), "page.mhtml")
    assert doc.url == "https://fanar.example/news/1"
    assert LEAD in doc.text


def test_a_page_without_an_article_is_a_failure():
    (found,) = open_bytes(b"<!DOCTYPE html><html><body><nav>x</nav><script>render()</script></body></html>", "app.html")
    assert isinstance(found, Failure)
    assert found.mend


def test_jsonl_records_put_the_title_first():
    record = {
        "id": "r1",
        "title": TITLE,
        "text": LEAD,
        "published": "2021-08-07",
        "url": "https://x.example/1",
        "publisher": "الفنار",
    }
    doc = the(lines(record), "reports.jsonl")
    assert doc.text == f"{TITLE}\n\n{LEAD}"
    assert (doc.id, doc.title, doc.published, doc.published_basis) == (
        "r1",
        TITLE,
        date(2021, 8, 7),
        "metadata",
    )
    assert (doc.url, doc.publisher) == ("https://x.example/1", "الفنار")


def test_a_title_that_the_text_repeats_is_not_doubled():
    doc = the(lines({"id": "r", "title": TITLE, "text": f"{TITLE}\n{LEAD}"}), "r.jsonl")
    assert doc.text == f"{TITLE}\n{LEAD}"


def test_a_line_with_a_report_is_read_from_that_object_untouched():
    text = f"{TITLE}\n\n{LEAD}  \n\n\n{SECOND} "
    report = {
        "id": "g7",
        "text": text,
        "title": TITLE,
        "published": None,
        "published_basis": None,
        "sha256": "ab" * 32,
    }
    doc = the(lines({"report": report, "text": "ignored", "incidents": []}), "gold.jsonl")
    assert (doc.text, doc.id, doc.published, doc.sha256) == (text, "g7", None, "ab" * 32)


def test_packed_jsonl_and_a_bad_line_among_good_ones():
    data = packed(
        lines({"id": "a", "text": LEAD}) + b'\n{broken\n[1]\n{"id": 4}\n\n' + lines({"id": "b", "text": SECOND})
    )
    found = list(open_bytes(data, "x.jsonl.gz"))
    assert [f.name if isinstance(f, Failure) else f.id for f in found] == [
        "a",
        "x.jsonl:2",
        "x.jsonl:3",
        "x.jsonl:4",
        "b",
    ]


def test_jsonl_in_utf16():
    assert the(lines({"id": "a", "text": LEAD}).decode().encode("utf-16"), "x.jsonl").text == LEAD


def test_telegram_string_and_mixed_text():
    mixed = [
        "قصف على ",
        {"type": "hashtag", "text": "#النورية"},
        " الآن\n",
        {"type": "link", "text": "https://t.me/fanar"},
    ]
    a, b = open_bytes(telegram(message(1, LEAD), message(2, mixed, edited="2021-08-07T02:00:00")), "result.json")
    assert (a.text, a.id, a.publisher, a.published) == (LEAD, "1200/1", "شبكة الفنار", date(2021, 8, 7))
    assert read_text(b).strip() == "قصف على #النورية الآن"
    assert b.capture["edited"] == "2021-08-07T02:00:00"


def test_telegram_albums_forwards_services_and_contacts():
    album = [message(n, LEAD if n == 2 else "", photo=f"photos/{n}.jpg") for n in (1, 2, 3)]
    messages = [
        *album,
        message(4, SECOND, forwarded_from="قناة أخرى", date="2021-08-07T03:00:00"),
        {"id": 5, "type": "service", "action": "pin_message", "text": ""},
        message(6, "اتصل به", contact_information={"first_name": "س", "phone_number": "000"}),
    ]
    first, second = open_bytes(telegram(*messages), "result.json")
    assert (first.id, first.capture["album"]) == ("1200/2", "3")
    assert second.capture["forwarded_from"] == "قناة أخرى"


def test_telegram_learns_what_a_channel_repeats():
    texts = (
        "قصف على أطراف البلدة",
        "هدوء حذر يسود المدينة",
        "وصول قافلة إلى المعبر",
        "اشتباكات غرب القرية",
        "نزوح من الحي",
    )
    posts = [
        message(n, f"🔴 الفنار الآن\n{t}\nلا تنسوا تفعيل الجرس", date=f"2021-08-07T0{n}:00:00")
        for n, t in enumerate(texts)
    ]
    for doc, text in zip(open_bytes(telegram(*posts), "result.json"), texts, strict=True):
        assert read_text(doc).strip() == text


def test_a_whole_account_leaves_private_conversations_unread():
    chats = [
        {"name": "صديق", "type": "personal_chat", "id": 1, "messages": [message(1, LEAD)]},
        {"name": "قناة", "type": "private_channel", "id": 2, "messages": [message(9, SECOND)]},
    ]
    data = json.dumps({"about": "x", "chats": {"about": "y", "list": chats}}, ensure_ascii=False).encode()
    (doc,) = open_bytes(data, "result.json")
    assert (doc.id, doc.publisher) == ("2/9", "قناة")


def test_a_telegram_folder_gives_its_messages_and_no_failures_for_its_media(tmp_path):
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "1.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    (tmp_path / "result.json").write_bytes(telegram(message(1, LEAD)))
    assert [d.text for d in open_path(tmp_path)] == [LEAD]


RSS = f"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>شبكة الفنار</title>
<item><title>{TITLE}</title><link>https://fanar.example/1</link><guid>fanar-1</guid><pubDate>Sat, 07 Aug 2021 23:30:00 +0300</pubDate>
<description><![CDATA[<p>{LEAD}</p><p>{SECOND}</p><img src=x onerror=1>]]></description></item></channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>شبكة الفنار</title><entry><title>{TITLE}</title><id>fanar-1</id>
<link href="https://fanar.example/1"/><published>2021-08-07T23:30:00+03:00</published><content type="html">&lt;p&gt;{LEAD}&lt;/p&gt;&lt;p&gt;{SECOND}&lt;/p&gt;</content></entry></feed>"""


@pytest.mark.parametrize("feed", [RSS, ATOM], ids=["rss", "atom"])
def test_feeds(feed):
    doc = the(feed.encode(), "feed.xml")
    assert doc.text == f"{TITLE}\n\n{LEAD}\n{SECOND}"
    assert (doc.id, doc.url, doc.publisher, doc.published) == (
        "fanar-1",
        "https://fanar.example/1",
        "شبكة الفنار",
        date(2021, 8, 7),
    )


def test_docx_with_a_table():
    import docx

    word = docx.Document()
    word.add_heading(TITLE, 0)
    word.add_paragraph(LEAD)
    table = word.add_table(1, 2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "النورية", "٣ جرحى"
    word.add_paragraph(SECOND)
    out = io.BytesIO()
    word.save(out)
    doc = the(out.getvalue(), "report.docx")
    assert doc.text == f"{TITLE}\n\n{LEAD}\nالنورية | ٣ جرحى\n{SECOND}"
    # the template's day of creation is not the day of publication
    assert doc.published is None


def _warc(*pages):
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    for url, data, status, kind in pages:
        headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.0")
        writer.write_record(writer.create_warc_record(url, "response", payload=io.BytesIO(data), http_headers=headers))
    return out.getvalue()


def test_warc_gives_the_pages_that_were_fetched_well():
    data = _warc(
        ("https://fanar.example/1", page(article()), "200 OK", "text/html; charset=utf-8"),
        ("https://fanar.example/2", page(article()), "404 Not Found", "text/html"),
        ("https://fanar.example/a.jpg", b"\xff\xd8", "200 OK", "image/jpeg"),
        ("https://fanar.example/3", b"<html><body></body></html>", "200 OK", "text/html"),
    )
    good, bad = open_bytes(data, "crawl.warc.gz")
    assert (good.url, good.id, good.title) == ("https://fanar.example/1",) * 2 + (TITLE,)
    assert good.capture["captured"]
    assert bad.name == "https://fanar.example/3"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1256", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_of_posts(encoding, delimiter):
    rows = [
        ("post_id", "created_at", "message", "channel"),
        ("5", "2021-08-07 10:00", f'"{LEAD}\n{SECOND}"', "الفنار"),
    ]
    data = "\r\n".join(delimiter.join(r) for r in rows).encode(encoding)
    doc = the(data, "posts.csv")
    assert doc.text == f"{LEAD}\n{SECOND}"
    assert (doc.id, doc.publisher, doc.published) == ("5", "الفنار", date(2021, 8, 7))


@pytest.mark.parametrize("wrap", [lambda p: p, lambda p: {"data": p, "meta": {}}], ids=["list", "under a key"])
def test_json_posts(wrap):
    posts = [
        {
            "id_str": "1",
            "full_text": LEAD,
            "created_at": "Sat Aug 07 10:00:00 +0000 2021",
            "user": {"name": "الفنار", "screen_name": "f"},
        },
        {"id_str": "2", "full_text": SECOND, "created_at": 1628330400},
        "junk",
    ]
    a, b, bad = open_bytes(json.dumps(wrap(posts), ensure_ascii=False).encode(), "posts.json")
    assert (a.text, a.id, a.publisher, a.published, b.published) == (
        LEAD,
        "1",
        "الفنار",
        date(2021, 8, 7),
        date(2021, 8, 7),
    )
    assert isinstance(bad, Failure)


CHAT = """<!DOCTYPE html><html><head><meta charset="utf-8"/><title>Exported Data</title></head><body><div class="page_wrap">
<div class="page_header"><div class="content"><div class="text bold">شبكة الفنار</div></div></div>
<div class="page_body chat_page"><div class="history">
<div class="message service" id="message-1"><div class="body details">7 August 2021</div></div>
<div class="message default clearfix" id="message5"><div class="body"><div class="pull_right date details" title="07.08.2021 01:20:00 UTC+03:00">01:20</div>
<div class="from_name">شبكة الفنار</div><div class="text">قصف على أطراف البلدة<br>من جهة الشرق</div></div></div>
<div class="message default clearfix joined" id="message6"><div class="body"><div class="pull_right date details" title="07.08.2021 02:00:00 UTC+03:00">02:00</div>
<div class="forwarded body"><div class="from_name">قناة أخرى <span class="date details" title="06.08.2021 10:00:00">x</span></div><div class="text">هدوء حذر</div></div></div></div>
<div class="message default clearfix" id="message7"><div class="body"><div class="media_wrap"><div class="media_photo"></div></div></div></div>
</div></div></div></body></html>"""


@pytest.mark.parametrize(
    ("name", "data"), [("result.json", telegram(message(1, LEAD))), ("messages.html", CHAT.encode())]
)
def test_a_zip_of_a_telegram_export_reads_its_messages_only(name, data):
    packed_up = zipped(
        {f"Export/{name}": data, "Export/photos/1.jpg": b"\xff\xd8\xff", "Export/css/style.css": b"a {}"}
    )
    found = list(open_bytes(packed_up, "export.zip"))
    assert found
    assert not [f for f in found if isinstance(f, Failure)]


def test_a_zip_of_a_folder_reads_each_member_and_names_the_bad_one():
    data = zipped(
        {
            "reports/a.txt": LEAD.encode(),
            "reports/b.html": page(article()),
            "reports/c.png": b"\x89PNG\r\n",
            "__MACOSX/a.txt": b"x",
        }
    )
    found = list(open_bytes(data, "reports.zip"))
    assert [f.id for f in found if not isinstance(f, Failure)] == ["reports/a", "reports/b"]
    assert [f.name for f in found if isinstance(f, Failure)] == ["reports.zip!reports/c.png"]


def test_telegram_pages(tmp_path):
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "1.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    (tmp_path / "messages.html").write_text(CHAT, encoding="utf-8")
    first, second = open_path(tmp_path)
    assert (first.text, first.publisher, first.published) == (
        "قصف على أطراف البلدة\nمن جهة الشرق",
        "شبكة الفنار",
        date(2021, 8, 7),
    )
    assert (second.text, second.capture["forwarded_from"]) == ("هدوء حذر", "قناة أخرى")


def test_the_day_of_a_comment_is_not_that_of_the_article():
    comment = "<div id='comments'><time datetime='2021-08-09'>أمس</time><p>تعليق</p></div>"
    stamped = article().replace("</h1>", "</h1><div class='post-meta'>7 أغسطس 2021</div>")
    assert the(page(comment + stamped), "page.html").published == date(2021, 8, 7)


def test_the_name_of_the_site_stands_in_the_title_of_the_page():
    assert the(page(article()), "page.html").publisher == "شبكة الفنار"


def test_cards_of_other_news_below_a_short_post_are_left_out():
    cards = "".join(
        f"<div class='item'><h3><a href='/{n}'>خبر آخر {n}</a></h3><p>{SECOND} {n}</p></div>" for n in range(6)
    )
    body = f"<div class='content'><h1>{TITLE}</h1><p>{LEAD}</p></div><div class='more'><h2>المزيد من الأخبار</h2>{cards}</div>"
    assert the(page(body), "page.html").text == f"{TITLE}\n\n{LEAD}"


def test_a_folder_passes_over_the_parts_of_saved_pages(tmp_path):
    (tmp_path / "page.html").write_bytes(page(article()))
    (tmp_path / "page_files").mkdir()
    (tmp_path / "page_files" / "frame.html").write_bytes(page(article()))
    (tmp_path / ".hidden.txt").write_text(LEAD)
    assert [Path(d.id).name for d in open_path(tmp_path)] == ["page"]


def test_a_given_day_outranks_the_carrier():
    (doc,) = open_bytes(lines({"text": LEAD, "published": "2021-08-07"}), "a.jsonl", published=date(2020, 1, 1))
    assert (doc.published, doc.published_basis) == (date(2020, 1, 1), "given")


def test_original_bytes_and_their_hash():
    import hashlib

    data = LEAD.encode("cp1256")
    doc = the(data, "a.txt")
    assert (doc.original, doc.sha256) == (data, hashlib.sha256(data).hexdigest())


def test_text_at_hand():
    doc = of_text(f"{TITLE}\n\nرويترز - عدن\n{LEAD}")
    assert (doc.title, doc.capture["agency"]) == (TITLE, "رويترز")
    assert "رويترز" not in read_text(doc)
