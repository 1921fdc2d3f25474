from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from rasid.books import Book
from rasid.books.privacy import identifying, kind_label, mask
from rasid.errors import StoreError
from rasid.lexicon import files

from .build import a_document, a_reading, an_incident

#: A name that stands nowhere else in the project.
CANARY = "زهرلينة"
TEXT = f"قال الطبيب {CANARY} من عنبر إن القصف قتل ثلاثة، وأضاف {CANARY} أن عنبر بلا ماء."
QUOTE = TEXT.index("القصف")


def told() -> tuple[object, object]:
    wording = f"الطبيب {CANARY} من عنبر"
    start = TEXT.index(wording)
    reading = a_reading(
        an_incident(sources=["s1"], evidence=[{"start": 0, "end": QUOTE + 14, "text": TEXT[: QUOTE + 14]}]),
        text=TEXT,
        title=f"{CANARY} يروي",
        sources=[
            {
                "id": "s1",
                "text": wording,
                "kind": "medical",
                "anonymous": True,
                "evidence": [{"start": start, "end": start + len(wording), "text": wording}],
            }
        ],
    )
    return a_document(reading, original=f"<p>{TEXT}</p>".encode()), reading


def entries(kind: str) -> list[dict[str, object]]:
    return [y for e in files.toml("books/anonymous.toml")["entry"] for y in e.get(kind, ())]


@pytest.mark.parametrize("example", entries("yes"), ids=lambda e: e["text"])
def test_only_what_is_not_generic_is_masked(example: dict[str, dict[str, str] | str]) -> None:
    wording = str(example["text"])
    hidden = " ".join(wording[a:b] for a, b in identifying(wording))
    assert hidden == example["gives"]["masked"]  # type: ignore[index, call-overload]


def test_masking_keeps_every_quote_a_slice_of_the_text() -> None:
    _, reading = told()
    masked = mask(TEXT, reading)  # type: ignore[arg-type]
    assert CANARY not in masked.text
    assert len(masked.text) == len(TEXT)
    for item in (*masked.reading.sources, *masked.reading.incidents):
        for e in item.evidence:
            assert masked.text[e.start : e.end] == e.text
    assert masked.reading.sources[0].text == kind_label("medical")
    assert "عنبر بلا ماء" in masked.text


def test_an_unnamed_source_is_in_clear_nowhere(tmp_path: Path) -> None:
    place = tmp_path / "south.rasid"
    with Book.open(place) as book:
        document, reading = told()
        book.add_reading(document, reading)  # type: ignore[arg-type]
        assert not book.search(CANARY).rows
        assert CANARY not in str([e.as_dict() for e in book.log()])
        assert CANARY not in str(book.report("r1").as_dict())
        assert CANARY not in str([i.as_dict() for i in book.incidents()])
        (row,) = book.reports()
        assert row.sealed
        assert CANARY in book.original(row.sha256 or "").decode()
        assert book.unmasked_text("r1", who="s", reason="مراجعة") == TEXT
        assert book.log()[-1].action == "report.unmask"
        saved = book.backup(tmp_path / "copy.zip")
    with zipfile.ZipFile(saved) as z:
        assert CANARY.encode() not in z.read("book.sqlite")
    for path in tmp_path.iterdir():
        assert CANARY.encode() not in path.read_bytes(), path
    assert (tmp_path / "south.rasid.key").stat().st_mode & 0o077 == 0


def test_without_the_key_nothing_opens(tmp_path: Path) -> None:
    place = tmp_path / "south.rasid"
    with Book.open(place) as book:
        document, reading = told()
        book.add_reading(document, reading)  # type: ignore[arg-type]
    (tmp_path / "south.rasid.key").rename(tmp_path / "away.key")
    with Book.open(place) as book:
        assert book.verify().ok
        (row,) = book.reports()
        with pytest.raises(StoreError, match="key"):
            book.original(row.sha256 or "")
    with Book.open(place, key_file=tmp_path / "away.key") as book:
        assert CANARY.encode() in book.original(row.sha256 or "")


def test_expunging_leaves_a_tombstone_and_no_bytes(tmp_path: Path) -> None:
    place = tmp_path / "b.rasid"
    word = "زنبقفريد"
    with Book.open(place) as book:
        reading = a_reading(an_incident(), text=f"خبر فيه {word} وحده")
        book.add_reading(a_document(reading), reading)
        book.expunge("r1", who="s", reason="خطر على الحياة")
        assert book.count() == 0
        assert not book.search(word).rows
        assert book.verify().ok
        assert book.log()[-1].action == "report.expunge"
    for path in tmp_path.iterdir():
        assert word.encode() not in path.read_bytes(), path
