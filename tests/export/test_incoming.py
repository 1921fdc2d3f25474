"""Files read back: nothing lost, every bad cell named, nothing written by a dry run."""

import csv
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.export.golden import records

from rasid.books import Book, Filter
from rasid.books.records import HarmView, KindView, PartyView, PlaceView
from rasid.errors import InputError
from rasid.export import formats
from rasid.export.incoming import acled, native
from rasid.export.incoming.claims import format_of, pairs
from rasid.export.incoming.compare import matches
from rasid.export.incoming.table import RowError, rows

ACLED_HEAD = "event_id_cnty,event_date,time_precision,event_type,sub_event_type,actor1,actor2,country,location,latitude,longitude,geo_precision,source,notes,fatalities,timestamp"
ROW = {
    "event_id_cnty": "SYR1",
    "event_date": "12 March 2023",
    "time_precision": "1",
    "event_type": "Explosions/Remote violence",
    "sub_event_type": "Shelling/artillery/missile attack",
    "actor1": "Syrian government",
    "actor2": "Civilians (Syria)",
    "country": "Syria",
    "location": "Tafas",
    "latitude": "32.737",
    "longitude": "36.066",
    "geo_precision": "1",
    "source": "Lantern Network; South News",
    "notes": "An invented row: shells fell on a town.",
    "fatalities": "2",
    "timestamp": "1679000000",
}


def exported(folder, kind, some=None):
    path = folder / f"{kind}.csv"
    formats()["csv"].write(records(kind) if some is None else some, path)
    return path


def acled_file(folder, *changes):
    path = folder / "acled.csv"
    with path.open("w", newline="", encoding="utf-8") as f:
        out = csv.DictWriter(f, ACLED_HEAD.split(","))
        out.writeheader()
        out.writerows([ROW | change for change in changes])
    return path


def edit(path, old, new):
    text = path.read_text(encoding="utf-8-sig")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="")


@pytest.mark.parametrize("kind", ["incident", "commitment"])
def test_the_native_csv_comes_back_whole(kind, tmp_path):
    assert [record for _, record in native.read(exported(tmp_path, kind))] == records(kind)


words = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=12)
days = st.dates(date(2011, 1, 1), date(2026, 1, 1))
places = st.builds(
    PlaceView,
    words,
    st.none() | words,
    st.none() | words,
    st.just("town"),
    st.none() | st.floats(-90, 90),
    st.floats(-180, 180),
)
parties = st.builds(PartyView, words, st.none() | words, st.sampled_from(["perpetrator", "party", "victim", None]))


@settings(max_examples=40, deadline=None)
@given(
    words,
    st.none() | days,
    st.lists(places, max_size=2),
    st.lists(parties, max_size=2),
    st.integers(0, 10**9),
    st.booleans(),
)
def test_any_record_comes_back_whole(tmp_path_factory, text, day, where, who, n, published):
    base = records("incident")[0]
    record = replace(
        base,
        grade_reason=text,
        start=day,
        places=tuple(where),
        parties=tuple(who),
        harm=(HarmView("killed", None, n, "child"),),
        weapons=(KindView("mortar", text),),
        publishers=(text, "=1+1"),
        quote=replace(base.quote, text=text),
        published=published,
    )
    path = exported(tmp_path_factory.mktemp("any"), "incident", [record])
    assert [r for _, r in native.read(path)] == [record]


def test_an_edit_of_a_column_that_is_made_of_another_is_named(tmp_path):
    path = exported(tmp_path, "incident", records("incident")[1:2])
    edit(path, ",5,9,", ",50,9,")
    (error,) = native.read(path)
    assert str(error) == ("row 2, column killed_low: differs from column harm (edit harm; this one is made of it)")


@pytest.mark.parametrize(
    ("old", "new", "column", "what"),
    [
        ("2023-08-12,2023-08-15", "12.8.2023,2023-08-15", "start", "valid date"),
        ('""low"": 5', '""low"": ""five""', "harm", "0.low: Input should be a valid integer"),
        ('"{""clash"": 1}"', '"{""clash"": 1"', "types", "is not JSON"),
        ("incident,RSD", "event,RSD", "record", "no such kind of record: 'event'"),
    ],
)
def test_a_bad_cell_is_named_by_row_and_column(old, new, column, what, tmp_path):
    path = exported(tmp_path, "incident", records("incident")[1:2])
    edit(path, old, new)
    (found,) = native.read(path)
    assert (found.row, found.column, what in found.what) == (2, column, True)


def test_files_of_spreadsheets_are_read(tmp_path):
    path = tmp_path / "x.csv"
    path.write_bytes("\ufeffa;b\r\n1;'=2\r\n\r\n3\r\n".encode())
    first, second = rows(path)
    assert (first.number, first.cells) == (2, {"a": "1", "b": "=2"})
    assert (second.row, second.what) == (4, "1 cells under 2 columns")


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "has no header"),
        (b"\xff\xfe\x00a", "is not UTF-8"),
        (b"a,a\n1,2", "a column comes twice: a"),
        (b"a,b\n1,2", "neither"),
    ],
)
def test_a_file_that_cannot_be_used_is_named(data, what, tmp_path):
    path = tmp_path / "x.csv"
    path.write_bytes(data)
    with pytest.raises(InputError, match=what):
        format_of(path)
    with pytest.raises(InputError, match="not found"):
        format_of(tmp_path / "none.csv")


# -- ACLED


def test_an_acled_row_is_a_claim_with_its_words_day_place_and_sources(tmp_path):
    ((_, (document, reading)),) = pairs(acled_file(tmp_path, {}), "acled")
    told = reading.incidents[0]
    assert (told.type, told.time.start, told.time.end) == ("shelling", date(2023, 3, 12), date(2023, 3, 12))
    assert (told.places[0].id, told.places[0].parents) == ("sy.daraa.tafas", ["sy.daraa", "sy"])
    assert [(a.id, a.role) for a in told.actors] == [("sy.government", "perpetrator")]
    assert [(c.status, c.min, c.max) for c in told.casualties] == [("killed", 2, 2)]
    assert [s.text for s in reading.sources] == ["Lantern Network", "South News"]
    assert (document.publisher, document.published, document.text) == (
        "ACLED",
        date(2023, 3, 16),
        ROW["notes"],
    )
    assert b"Lantern Network" in document.original


@pytest.mark.parametrize(("precision", "start", "end"), [("1", 12, 12), ("2", 9, 15), ("3", 1, 31), ("", 12, 12)])
def test_acled_precision_of_time_is_a_range_of_days(precision, start, end, tmp_path):
    ((_, (_, reading)),) = pairs(acled_file(tmp_path, {"time_precision": precision}), "acled")
    time = reading.incidents[0].time
    assert (time.start.day, time.end.day) == (start, end)


def test_acled_nought_is_no_stated_absence_of_dead(tmp_path):
    ((_, (_, reading)),) = pairs(acled_file(tmp_path, {"fatalities": "0"}), "acled")
    assert reading.incidents[0].casualties == []


def test_an_acled_agreement_is_a_commitment(tmp_path):
    path = acled_file(tmp_path, {"event_type": "Strategic developments", "sub_event_type": "Agreement"})
    ((_, (_, reading)),) = pairs(path, "acled")
    assert [(c.kind, c.by[0].id) for c in reading.commitments] == [("agreement", "sy.government")]


def test_every_type_told_to_acled_is_understood_back():
    from rasid.export.acled import codes

    for name, (_, sub_event) in codes()["types"].items():
        assert sub_event == "Other" or codes()["back"][sub_event] in codes()["types"], name
    assert set(codes()["disorder"]) == {event for event, _ in codes()["types"].values()}


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"event_date": "soon"}, "event_date"),
        ({"latitude": "32,7"}, "latitude"),
        ({"longitude": "400"}, "longitude"),
        ({"fatalities": "-1"}, "fatalities"),
        ({"fatalities": "many"}, "fatalities"),
        ({"geo_precision": "9"}, "geo_precision"),
        ({"time_precision": "x"}, "time_precision"),
        ({"sub_event_type": "Party"}, "sub_event_type"),
        ({"event_id_cnty": ""}, "event_id_cnty"),
    ],
)
def test_a_bad_acled_cell_is_named_and_the_others_go_on(change, column, tmp_path):
    error, good = acled.read(acled_file(tmp_path, change, {}))
    assert isinstance(error, RowError)
    assert (error.row, error.column) == (2, column)
    assert isinstance(good, tuple)


# -- into a book, and beside it


@pytest.fixture
def book(tmp_path):
    with Book.open(tmp_path / "b.rasid") as b:
        yield b


def test_a_file_fills_a_book_and_again_changes_nothing(book, tmp_path):
    for kind, n in (("incident", 6), ("commitment", 2)):
        path = exported(tmp_path, kind)
        good = [pair for _, pair in pairs(path, "native")]
        assert sum(a.new for a in book.add_many(good, by="import")) == n
        assert sum(a.new for a in book.add_many(good, by="import")) == 0
    everything = Filter(modalities=())
    told = {
        (r.type, r.start, h.low, h.high)
        for r in book.every_incident(everything)
        for h in r.harm
        if h.status == "killed"
    }
    assert ("clash", date(2023, 8, 12), 5, 9) in told
    kept = book.original(book.report("import/incident/RSD-XMNQXZ").row.sha256)
    assert "الأعداد تتضارب" in kept.decode()


def test_a_file_is_held_beside_a_book(book, tmp_path):
    list(book.add_many(pair for _, pair in pairs(acled_file(tmp_path, {}), "acled")))
    other = acled_file(
        tmp_path,
        {"event_id_cnty": "SYR2", "event_date": "2023-03-13", "latitude": "32.8"},
        {"event_id_cnty": "SYR3", "event_date": "2023-04-13"},
        {"event_id_cnty": "SYR4", "sub_event_type": "Arrests"},
    )
    found = list(matches(book, ((row, reading) for row, (_, reading) in pairs(other, "acled"))))
    ours = next(iter(book.incidents())).id
    assert [(m.row, m.incident, m.days) for m in found] == [(2, ours, 1), (3, None, None), (4, None, None)]
