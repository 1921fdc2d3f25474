"""Every format against a file that somebody looked at, and against itself."""

import csv
import io
import json
import re
import sys
import zipfile

import pytest
from tests.export.golden import expect, records

from rasid.errors import InputError, MissingExtra
from rasid.export import formats
from rasid.export.to.hxl import TAGS

TEXT = ("acled", "csv", "ftm", "geojson", "hxl", "jsonl")
BINARY = ("parquet", "xlsx")


def written(name, kind, folder):
    path = folder / f"{kind}s{formats()[name].suffix}"
    formats()[name].write(records(kind), path)
    return path.read_bytes()


def rows(data):
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


CASES = [
    (name, kind)
    for name in sorted(formats())
    for kind in ("incident", "commitment")
    if f"{kind}s" in formats()[name].holds
]


def test_formats_are_found_by_presence():
    assert sorted(formats()) == sorted(TEXT + BINARY)
    assert len({f.suffix for f in formats().values()}) == len(formats())


@pytest.mark.parametrize(("name", "kind"), [c for c in CASES if c[0] in TEXT])
def test_text_formats_give_the_expected_file(name, kind, tmp_path):
    expect(f"{kind}s{formats()[name].suffix}", written(name, kind, tmp_path))


@pytest.mark.parametrize(("name", "kind"), CASES)
def test_the_same_records_give_the_same_bytes(name, kind, tmp_path):
    assert written(name, kind, tmp_path) == written(name, kind, tmp_path)


@pytest.mark.parametrize("name", sorted(formats()))
def test_no_records_are_still_a_file(name, tmp_path):
    formats()[name].write([], tmp_path / "empty")
    assert (tmp_path / "empty").exists()


@pytest.mark.parametrize("name", ["csv", "hxl", "parquet"])
def test_one_table_holds_one_kind_of_record(name, tmp_path):
    with pytest.raises(InputError, match="one kind of record"):
        formats()[name].write([*records("incident"), *records("commitment")], tmp_path / "x")


@pytest.mark.parametrize("name", ["acled", "csv", "hxl"])
def test_no_cell_begins_a_formula(name, tmp_path):
    for row in csv.reader(io.StringIO(written(name, "incident", tmp_path).decode("utf-8-sig"), newline="")):
        # HXL tags begin with #, which no spreadsheet runs; numbers may be negative
        assert not [c for c in row if re.match(r"\s*[=+@]|\s*-\D", c)]


def test_sheets_read_from_the_right_and_hold_no_formula_and_no_link(tmp_path):
    path = tmp_path / "x.xlsx"
    formats()["xlsx"].write([*records("incident"), *records("commitment")], path)
    with zipfile.ZipFile(path) as z:
        sheets = [z.read(n).decode() for n in z.namelist() if n.startswith("xl/worksheets/sheet")]
        strings = z.read("xl/sharedStrings.xml").decode()
    assert len(sheets) == 3
    assert all('rightToLeft="1"' in s and "<f>" not in s and "<hyperlink" not in s for s in sheets)
    assert "&apos;=HYPERLINK" in strings or "'=HYPERLINK" in strings


def test_sheets_give_back_what_was_told(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    path = tmp_path / "x.xlsx"
    formats()["xlsx"].write(records("incident"), path)
    sheet = openpyxl.load_workbook(path).worksheets[0]
    head, *body = [[c.value for c in row] for row in sheet.iter_rows()]
    assert (sheet.title, head[0], head[1]) == ("الحوادث", "المعرّف", "النوع")
    first = records("incident")[0]
    told = dict(zip(head, body[0], strict=True))
    assert (told["المعرّف"], told["النوع"], told["قتلى (أدنى)"]) == (first.id, "قصف", 1)
    assert told["من"].date() == first.start


def test_parquet_gives_back_every_field(tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    for kind in ("incident", "commitment"):
        path = tmp_path / kind
        formats()["parquet"].write(records(kind), path)
        read = parquet.read_table(path).to_pylist()
        for told, record in zip(read, records(kind), strict=True):
            assert told["id"] == record.id
            assert [p["text"] for p in told["places"]] == [p.text for p in record.places]
            assert told["first_reported"] == record.first_reported
            assert told["quote"]["text"] == record.quote.text
        assert set(read[0]) == set(records(kind)[0].as_dict())


def test_geojson_is_of_rfc_7946(tmp_path):
    told = json.loads(written("geojson", "incident", tmp_path))
    assert (told["type"], "crs" in told) == ("FeatureCollection", False)
    for feature, record in zip(told["features"], records("incident"), strict=True):
        assert (feature["type"], feature["id"]) == ("Feature", record.id)
        shape = feature["geometry"]
        if not any(p.lat is not None for p in record.places):
            assert shape is None
            continue
        points = shape["coordinates"] if shape["type"] == "MultiPoint" else [shape["coordinates"]]
        assert all(-180 <= lon <= 180 and -90 <= lat <= 90 for lon, lat in points)
        assert [points[0][0], points[0][1]] == [
            next((round(p.lon, 6), round(p.lat, 6)) for p in record.places if p.lat is not None)[n] for n in (0, 1)
        ]


def test_hxl_tags_are_well_formed_and_under_every_header(tmp_path):
    tag = re.compile(r"#[a-z][a-z0-9_]*(\+[a-z][a-z0-9_]*)*\Z")
    assert all(tag.match(t) for tags in TAGS.values() for t in tags.values())
    assert rows(written("hxl", "incident", tmp_path))[0] == TAGS["incident"]


def test_followthemoney_knows_every_schema_and_property(tmp_path):
    model = pytest.importorskip("followthemoney").model
    for kind in ("incident", "commitment"):
        entities = [json.loads(line) for line in written("ftm", kind, tmp_path).decode().splitlines()]
        ids = {e["id"] for e in entities}
        for e in entities:
            proxy = model.get_proxy(e)
            proxy.schema.validate(e)
            # what the model cannot use it drops: nothing may be dropped
            assert {k: sorted(proxy.get(k)) for k in e["properties"]} == {
                k: sorted(set(v)) for k, v in e["properties"].items()
            }
            assert set(e["properties"].get("involved", ())) <= ids


def test_a_missing_library_is_named_with_its_mend(tmp_path, monkeypatch):
    for name, library in (("xlsx", "xlsxwriter"), ("parquet", "pyarrow")):
        monkeypatch.setitem(sys.modules, library, None)
        with pytest.raises(MissingExtra, match=r"pip install 'rasid\[export\]'"):
            formats()[name].write(records("incident"), tmp_path / "x")


# -- ACLED's conventions


def acled(tmp_path, incident):
    return [r for r in rows(written("acled", "incident", tmp_path)) if r["event_id_cnty"].startswith(incident.id)]


def test_acled_splits_days_and_places_and_divides_the_dead(tmp_path):
    clash = next(r for r in records("incident") if r.type == "clash")
    told = acled(tmp_path, clash)
    assert [r["event_date"] for r in told] == ["2023-08-12", "2023-08-13", "2023-08-14", "2023-08-15"]
    assert [r["fatalities"] for r in told] == ["2", "1", "1", "1"]
    assert {r["time_precision"] for r in told} == {"2"}
    assert all("lowest number told is given (5; up to 9)" in r["notes"] for r in told)
    assert (told[0]["event_type"], told[0]["sub_event_type"]) == ("Battles", "Armed clash")


def test_acled_tells_vague_deaths_by_its_convention_and_says_so(tmp_path):
    vague = next(r for r in records("incident") if len(r.places) == 3 and r.type == "shelling")
    told = acled(tmp_path, vague)
    assert [r["location"] for r in told] == ["Al-Fatirah", "Kansafra", "Safuhin"]
    assert sum(int(r["fatalities"]) for r in told) == 3
    assert all("by ACLED's convention" in r["notes"] for r in told)
    assert told[0]["admin1"] == "Idlib Governorate"
    assert {(r["iso"], r["country"], r["geo_precision"]) for r in told} <= {("760", "Syria", n) for n in "123"}


def test_acled_gives_an_unstated_day_the_coarsest_precision(tmp_path):
    (told,) = acled(tmp_path, next(r for r in records("incident") if r.date_precision == "open"))
    assert told["time_precision"] == "3"
    assert "No report states the day" in told["notes"]
