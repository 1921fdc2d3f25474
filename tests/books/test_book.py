from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from rasid.books import Book, Filter
from rasid.errors import InputError, StoreError

from .build import DAY, EVERYTHING, a_document, a_promise, a_reading, an_incident, tell

VARIANTS = [
    ("قصفت", "قُصِفَت"),
    ("المدرسة", "المدرسه"),
    ("اطلاق", "إطلاق"),
    ("إطلاق", "إِطلاق"),
    ("هدنة", "الهدنة"),
    ("هدنة", "وبالهدنة"),
    ("فك", "بفكّ"),
    ("2021", "٢٠٢١"),
    ("على", "علی"),
]


def test_adding_twice_changes_nothing(book: Book) -> None:
    first = tell(book, an_incident())
    again = tell(book, an_incident())
    assert first.new
    assert not again.new
    assert again.incidents == first.incidents
    assert book.count() == 1
    assert len(book.log()) == 1


def test_two_outlets_corroborate_and_two_copies_do_not(book: Book) -> None:
    tell(
        book,
        an_incident(killed=3),
        id="r1",
        publisher="أ",
        text="سقطت قذائف على عنبر فجرا وقتلت ثلاثة من سكانها",
    )
    (one,) = book.incidents()
    assert one.grade == "reported"
    copied = "سقطت قذائف على عنبر فجرا وقتلت ثلاثة من سكانها"
    tell(book, an_incident(killed=3), id="r2", publisher="ب", text=copied + " ")
    (one,) = book.incidents()
    assert (one.grade, one.sources, one.reports) == ("reported", 1, 2)
    tell(
        book,
        an_incident(killed=4),
        id="r3",
        publisher="ج",
        text="أربعة قتلى في قصف مدفعي على البلدة كما روى مراسلنا",
    )
    (one,) = book.incidents()
    assert (one.grade, one.sources) == ("corroborated", 2)
    assert (one.harm[0].low, one.harm[0].high) == (3, 4)
    assert [s.low for s in book.harm_history(one.id).steps] == [3, 3, 4]


def test_a_record_is_updated_in_place_under_its_id(book: Book) -> None:
    first = tell(book, an_incident(killed=3), id="r1")
    later = tell(book, an_incident(killed=5), id="r2", publisher="ب", published=DAY + timedelta(days=1))
    assert later.incidents == first.incidents
    assert book.incident(first.incidents[0]).version == 2


def test_filters_take_places_with_all_below_and_actors_with_their_units(book: Book) -> None:
    tell(book, an_incident(at=("mill",), by=("sy.4th_division",)), id="r1")
    tell(book, an_incident(at=("cedar",), by=("sy.opposition",), type="air_strike"), id="r2")
    assert book.count(Filter(places=("zz.n",))) == 1
    assert book.count(Filter(places=("zz",))) == 2
    assert book.count(Filter(places=("عنبر",))) == 0
    assert book.count(Filter(places=("حي الطاحونة",))) == 1
    assert book.count(Filter(actors=("sy.government",))) == 1
    assert book.count(Filter(types=("fire",))) == 2
    assert book.count(Filter(types=("air_strike",), since=DAY, until=DAY)) == 1
    assert book.count(Filter(since=DAY + timedelta(days=1))) == 0
    with pytest.raises(InputError, match="no incident type"):
        book.count(Filter(types=("earthquake",)))


def test_pages_hold_every_record_once(book: Book) -> None:
    for n in range(7):
        when = {"day": DAY - timedelta(days=3 * n)} if n else {"day": None, "at": ("cedar",)}
        tell(book, an_incident(**when), id=f"r{n}")
    for sort in ("day", "-day", "updated", "-updated", "sources", "id"):
        seen: list[str] = []
        after = None
        while True:
            page = book.incidents(EVERYTHING, sort=sort, size=3, after=after)
            seen += [i.id for i in page]
            after = page.next
            if after is None:
                break
        assert len(seen) == len(set(seen)) == 7
    with pytest.raises(InputError, match="page token"):
        book.incidents(after="nonsense")
    with pytest.raises(InputError, match="cannot sort"):
        book.incidents(sort="colour")


def test_facets_and_grid_count_what_the_filter_takes(book: Book) -> None:
    for n, (lat, lon) in enumerate([(32.61, 36.10), (32.62, 36.11), (36.2, 37.1)]):
        where = {
            "text": f"موضع {n}",
            "name": f"موضع {n}",
            "id": f"p{n}",
            "lat": lat,
            "lon": lon,
            "parents": ["zz"],
        }
        tell(book, {**an_incident(), "places": [where]}, id=f"r{n}", text=f"تقرير {n}")
    facets = book.facets(("type", "country", "month", "actor"), Filter(types=("shelling",)))
    assert [(f.value, f.count) for f in facets["type"]] == [("shelling", 3)]
    assert [(f.value, f.count) for f in facets["month"]] == [("2021-08", 3)]
    assert {f.value for f in facets["actor"]} >= {"sy.government"}
    cells = book.grid(cell=1.0)
    assert sorted(c.count for c in cells) == [1, 2]
    assert next(c.one for c in cells if c.count == 1)
    assert book.grid(cell=1.0, box=(30, 30, 36.5, 33))[0].count == 2
    assert not book.grid(Filter(without=tuple(i.id for i in book.incidents())), cell=1.0)


@pytest.mark.parametrize(("asked", "written"), VARIANTS)
def test_search_finds_a_word_in_any_spelling(book: Book, asked: str, written: str) -> None:
    tell(book, an_incident(), id="r1", text=f"خبر مختلق فيه {written} بين كلمات أخرى")
    tell(book, an_incident(), id="r2", text="خبر مختلق ليس فيه شيء من ذلك")
    assert [h.report for h in book.search(asked)] == ["r1"]


def test_search_wants_all_words_and_quoted_words_in_a_row(book: Book) -> None:
    tell(book, an_incident(), id="r1", text="خرقت القوات وقف إطلاق النار")
    tell(book, an_incident(), id="r2", text="النار بعد وقف ثم إطلاق")
    assert {h.report for h in book.search("وقف النار")} == {"r1", "r2"}
    assert [h.report for h in book.search("«وقف إطلاق النار»")] == ["r1"]
    assert book.search("وقف").rows[0].incidents
    with pytest.raises(InputError, match="nothing to search"):
        book.search("!!")


def test_a_second_text_under_one_id_is_a_report_of_its_own(book: Book) -> None:
    tell(book, an_incident(), id="r1", text="نص أول")
    other = tell(book, an_incident(), id="r1", text="نص ثان")
    assert other.new
    assert other.report != "r1"
    assert not tell(book, an_incident(), id="r1", text="نص ثان").new


def test_a_new_reading_takes_the_place_of_the_old_and_ids_stay(book: Book) -> None:
    text = "قصفت القوات عنبر وقتل ثلاثة"
    quote = {"start": 0, "end": 17, "text": text[:17]}
    first = tell(book, an_incident(evidence=[quote]), text=text, reader="rasid 1")
    again = tell(book, an_incident(evidence=[quote], killed=3), text=text, reader="rasid 2")
    assert again.new
    assert again.incidents == first.incidents
    (one,) = book.incidents()
    assert one.claims == 1
    assert one.harm[0].low == 3


def test_what_a_person_corrected_outlives_a_new_reading(book: Book) -> None:
    text = "قصفت القوات عنبر وقتل ثلاثة"
    quote = {"start": 0, "end": 17, "text": text[:17]}
    tell(book, an_incident(evidence=[quote]), text=text, reader="rasid 1")
    book.correct_claim("r1#i1", {"type": "air_strike"}, who="s", reason="طائرة")
    tell(book, an_incident(evidence=[quote], type="explosion"), text=text, reader="rasid 2")
    (one,) = book.incidents()
    assert (one.type, one.claims) == ("air_strike", 1)


def test_originals_and_captures_are_kept(book: Book) -> None:
    reading = a_reading(an_incident())
    book.add_reading(a_document(reading, original=b"<html>1</html>", capture={"tool": "test"}), reading)
    (row,) = book.reports()
    assert book.original(row.sha256 or "") == b"<html>1</html>"
    (capture,) = book.captures("r1")
    assert (capture.tool, capture.size, capture.collector) == ("test", 14, "rasid")
    book.add_reading(a_document(reading, original=b"<html>2</html>"), reading)
    assert len(book.captures("r1")) == 2
    assert book.verify().ok


def test_near_identical_reports_are_told(book: Book) -> None:
    text = " ".join(f"كلمة{n} تقول{n}" for n in range(60))
    tell(book, an_incident(), id="r1", text=text)
    later = tell(book, an_incident(), id="r2", text=text + " انتهى", published=DAY + timedelta(days=1))
    assert later.copy_of == "r1"
    assert [r.copy_of for r in book.reports()] == ["r1", None]


def test_a_promise_and_its_breach(book: Book) -> None:
    tell(book, commitments=[a_promise()], id="r1")
    tell(
        book,
        an_incident(day=DAY + timedelta(days=2), at=("mill",)),
        id="r2",
        published=DAY + timedelta(days=3),
    )
    (promise,) = book.commitments()
    view = book.commitment(promise.id)
    assert promise.state == "breached"
    assert [(f.kind, f.days_after, f.km) for f in view.findings] == [("apparent_breach", 2, 0.0)]
    (page,) = [book.findings(Filter(types=("shelling",)))]
    assert [f.id for f in page] == [view.findings[0].id]
    assert not book.findings(Filter(types=("arrest",))).rows
    assert book.commitments(Filter(states=("kept_so_far",))).rows == ()


def test_what_is_no_book_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no such book"):
        Book.open(tmp_path / "absent.rasid", create=False)
    (tmp_path / "text.rasid").write_text("not a database")
    with pytest.raises(StoreError, match="no book"):
        Book.open(tmp_path / "text.rasid")
    with pytest.raises(StoreError, match="SQLite and PostgreSQL"):
        Book.open("mysql://nowhere/book")


def test_unknown_ids_are_said_to_be_unknown(sqlite_book: Book) -> None:
    for ask in (
        lambda: sqlite_book.incident("RSD-000000"),
        lambda: sqlite_book.commitment("PLG-000000"),
        lambda: sqlite_book.report("r9"),
        lambda: sqlite_book.claim("r9#i1"),
        lambda: sqlite_book.original("00"),
        lambda: sqlite_book.undo(7, who="s"),
        lambda: sqlite_book.snapshot_by_id("SNP-0"),
    ):
        with pytest.raises(InputError, match="no "):
            ask()
