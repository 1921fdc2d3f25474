"""Whatever is given, intake says what is wrong with it and goes on."""

import gzip
import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rasid.intake import Failure, Limits, open_bytes, open_path

from .build import LEAD, article, lines, message, page, telegram, zipped

SMALL = Limits(file=200_000, line=50_000, total=8_000_000)


def failure(data, name, limits=None):
    (found,) = open_bytes(data, name, limits=limits)
    assert isinstance(found, Failure)
    assert found.reason
    return found


BAD = {
    "empty": (b"", "a.txt", "empty"),
    "blank": (b"  \n\n ", "a.txt", "no words"),
    "nulls": (b"\x00" * 5000, "a.txt", ""),
    "noise": (bytes(range(256)) * 20, "a.bin", ""),
    "image": (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "a.png", "image"),
    "image with a wrong name": (b"\xff\xd8\xff\xe0" + b"\x00" * 50, "a.txt", "image"),
    "old Word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "a.doc", "old Office"),
    "broken ZIP": (b"PK\x03\x04" + b"junk" * 50, "a.zip", "broken"),
    "empty ZIP": (zipped({}), "a.zip", "no file"),
    "ZIP that is no DOCX": (zipped({"a.txt": b"x"}), "a.docx", ""),
    "broken PDF": (b"%PDF-1.4\njunk", "a.pdf", ""),
    "cut gzip": (gzip.compress(lines({"text": LEAD}) * 300)[:40], "a.jsonl.gz", "broken"),
    "JSON cut off": (b'[{"text": "' + LEAD.encode(), "a.json", ""),
    "JSON nested": (b"[" * 100_000, "a.json", ""),
    "JSON number": (b'{"a": 1}', "a.json", "no text"),
    "CSV without text": (b"a,b\n1,2\n", "a.csv", "no column"),
    "feed with entities": (
        b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaa">]><rss><channel/></rss>',
        "a.xml",
        "entities",
    ),
    "feed without entries": (b"<rss><channel><title>x</title></channel></rss>", "a.xml", "no entry"),
    "WARC cut off": (b"WARC/1.0\r\nWARC-Type: response\r\nContent-Le", "a.warc", ""),
    "telegram without text": (telegram(message(1, "", photo="a.jpg")), "result.json", "no message"),
    "telegram cut off": (telegram(message(1, LEAD))[:-40], "result.json", ""),
    "style sheet": (b"body { color: red }", "a.css", "no format"),
}


@pytest.mark.parametrize(("data", "name", "reason"), BAD.values(), ids=BAD)
def test_bad_input_is_named_with_its_reason(data, name, reason):
    found = list(open_bytes(data, name))
    failures = [f for f in found if isinstance(f, Failure)]
    assert len(failures) == 1
    assert name.removesuffix(".gz") in failures[0].name
    assert reason in failures[0].reason


def _encrypted_pdf():
    from pypdf import PdfWriter

    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(200, 200)
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(out)
    return out.getvalue()


def test_an_encrypted_pdf_says_so():
    assert failure(_encrypted_pdf(), "a.pdf").reason == "encrypted"


def test_a_scanned_pdf_asks_for_ocr():
    from pypdf import PdfWriter

    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(200, 200)
    writer.write(out)
    assert "OCR" in failure(out.getvalue(), "a.pdf").mend


def test_zip_bombs_are_measured_before_they_are_unpacked():
    data = zipped({"a.txt": b"0" * 3_000_000})
    assert "would unpack" in failure(data, "a.zip", SMALL).reason


def test_gzip_bombs_stop_in_time():
    data = gzip.compress(b"0" * 3_000_000)
    assert "out of proportion" in list(open_bytes(data, "a.jsonl.gz", limits=SMALL))[-1].reason


def test_archives_do_not_nest_for_ever():
    data = zipped({"a.txt": LEAD.encode()})
    for _ in range(6):
        data = zipped({"inner.zip": data})
    assert "deep" in failure(data, "a.zip").reason


def test_a_docx_bomb_is_measured_too():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<a>" + b"0" * 3_000_000)
    assert "would unpack" in failure(out.getvalue(), "a.docx", SMALL).reason


def test_a_file_over_the_limit_is_refused():
    assert "larger than" in failure(page(article()) + b" " * 300_000, "a.html", SMALL).reason


def test_a_line_over_the_limit_is_skipped_and_the_next_read():
    data = b'{"text": "' + b"a" * 200_000 + b'"}\n' + lines({"id": "b", "text": LEAD})
    bad, good = open_bytes(data, "a.jsonl", limits=SMALL)
    assert (bad.name, good.id) == ("a.jsonl:1", "b")


def test_missing_paths_and_unreadable_files(tmp_path):
    (gone,) = open_path(tmp_path / "none.txt")
    assert gone.reason == "not found"


def test_a_link_that_leads_back_up_does_not_trap(tmp_path):
    (tmp_path / "a.txt").write_text(LEAD)
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    assert [d.id for d in open_path(tmp_path)] == ["a"]


def test_lone_surrogates_and_controls_do_not_reach_the_text():
    (doc,) = open_bytes(b'{"id": "a", "text": "\\ud800 ' + LEAD.encode() + b' \\u0000"}', "a.jsonl")
    doc.text.encode()
    assert "\x00" not in doc.text


def test_deep_markup_does_not_crash():
    data = b"<html><body>" + b"<div>" * 20_000 + LEAD.encode() * 3 + b"</body></html>"
    assert len(list(open_bytes(data, "deep.html"))) == 1


NAMES = st.sampled_from(
    [
        "a",
        "a.txt",
        "a.html",
        "a.json",
        "a.jsonl",
        "a.csv",
        "a.xml",
        "a.pdf",
        "a.docx",
        "a.zip",
        "a.warc",
        "result.json",
    ]
)
STARTS = [
    b"",
    b"%PDF-1.4 ",
    b"PK\x03\x04",
    b"WARC/1.0\r\n",
    b"<html>",
    b"[{",
    b'{"messages": [',
    b"<rss>",
    b"\x1f\x8b\x08",
    b"\xff\xfe",
]


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(STARTS), st.binary(max_size=300), NAMES)
def test_no_bytes_crash_intake(start, rest, name):
    for found in open_bytes(start + rest, name):
        assert isinstance(found, Failure) or all(0 <= m.start < m.end <= len(found.text) for m in found.masked)


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_no_broken_export_crashes_intake(data):
    good = data.draw(
        st.sampled_from(
            [
                page(article()),
                telegram(message(1, LEAD)),
                lines({"text": LEAD}),
                zipped({"a.txt": LEAD.encode()}),
            ]
        )
    )
    cut = data.draw(st.integers(0, len(good)))
    junk = data.draw(st.binary(max_size=20))
    list(open_bytes(good[:cut] + junk + good[cut + len(junk) :], "a"))
