"""The gazetteer: the shipped supplement keeps its own rules; look-up, layers and imports work on
invented files.
"""

from __future__ import annotations

import json
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

from rasid.cli.gazetteer import command
from rasid.errors import InputError, KnowledgeError
from rasid.lexicon import files, gazetteer, gazetteer_import, geonames
from rasid.lexicon.gazetteer import Gazetteer, Place, from_row
from rasid.lexicon.gazetteer_check import check, km
from rasid.lexicon.gazetteer_import import convert, read, write
from rasid.model.vocabulary import PlaceKind, Precision
from rasid.text.keys import phrase

SUPPLEMENT = list(gazetteer.supplement())
FLAGS = {"word", "head", "exact", "solo", "capital", "main", "small"}
SEVEN = {"SY": 14, "YE": 22, "IQ": 19, "LY": 22, "SD": 18, "PS": 16, "LB": 9}


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RASID_DATA", str(tmp_path / "data"))
    gazetteer.default.cache_clear()
    yield
    gazetteer.default.cache_clear()


# -- the shipped supplement
# ----------------------------------------------------------------------------------------


def test_supplement_is_large_and_covers_the_countries() -> None:
    assert len(SUPPLEMENT) >= 4000
    seven = Counter(p.country for p in SUPPLEMENT)
    assert sum(seven[c] for c in SEVEN) >= 3000


@pytest.mark.parametrize(("country", "number"), SEVEN.items())
def test_every_governorate_is_there(country: str, number: int) -> None:
    found = [p for p in SUPPLEMENT if p.country == country and p.kind == "governorate"]
    assert len(found) == number, [p.name for p in found]


def test_ids_are_unique_ascii_and_under_their_country() -> None:
    ids = Counter(p.id for p in SUPPLEMENT)
    assert [i for i, n in ids.items() if n > 1] == []
    for p in SUPPLEMENT:
        assert p.id.isascii()
        assert p.id.split(".")[0] == p.country.lower()


def test_kinds_precisions_flags_and_parents_are_known() -> None:
    ids = {p.id for p in SUPPLEMENT}
    for p in SUPPLEMENT:
        assert p.kind in set(PlaceKind)
        assert p.precision in {*Precision, ""}
        assert p.parent in ids or p.kind == "country", p.id
        assert all(f in FLAGS or f.startswith("adm1=") for f in p.flags), p
        assert p.name
        assert p.en
        assert p.source


def test_a_place_without_a_sure_point_takes_its_parents_and_says_so() -> None:
    g = Gazetteer(gazetteer.supplement())
    for p in SUPPLEMENT:
        if p.source == "parent":
            assert p.lat is None
            got, up = g.get(p.id), g.get(p.parent)
            assert got is not None
            assert up is not None
            assert (got.lat, got.lon, got.precision) == (up.lat, up.lon, up.precision)


def test_points_lie_near_their_governorate() -> None:
    g = Gazetteer(gazetteer.supplement())
    for p in g:
        region = next((g.get(i) for i in p.parents if g.get(i).kind == "governorate"), None)  # type: ignore[union-attr]
        if region is not None and region.source == "centre" and p.lat is not None:
            assert km(p.lat, p.lon, region.lat, region.lon) < 650, p.id  # type: ignore[arg-type]


def test_names_are_clean_arabic() -> None:
    for p in SUPPLEMENT:
        for name in (p.name, *p.aliases):
            assert name == " ".join(name.split())
            assert not set(name) & set("\u0640\u200e\u200f\u202a\u202b\u202c\ufeff"), name
            assert not any(w.startswith(("ة", "ى")) for w in name.split()), name
            assert phrase(name), p.id


def test_no_name_is_a_function_word() -> None:
    stop = {" ".join(phrase(w)) for w in files.toml("places/nouns.toml")["unknown"]["stop"]}
    for p in SUPPLEMENT:
        for name in (p.name, *p.aliases):
            key = " ".join(phrase(name))
            assert key not in stop or {"head", "word"} & p.flags, (p.id, name)


def test_supplement_agrees_with_geonames_but_for_namesakes() -> None:
    report = check(SUPPLEMENT)
    assert report.compared > 900
    assert len(report.disagree) <= 10, [(d.place.id, round(d.km)) for d in report.disagree]


# -- look-up ---------------------------------------------------------------------------------------
# ----------------


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("كفرنبل", "sy.idlib.kafr_nabl"),
        ("كفر نبل", "sy.idlib.kafr_nabl"),
        ("ديرالزور", "sy.deirezzor.deirezzor"),
        ("أبي الضهور", "sy.idlib.abu_al_duhur"),
        ("سورية", "sy"),
        ("كوباني", "sy.aleppo.kobani"),
        ("إجدابيا", "ly.wahat.ajdabiya"),
        ("الفاشر", "sd.north_darfur.fasher"),
    ],
)
def test_lookup_knows_spellings(name: str, id: str) -> None:
    assert id in [p.id for p in gazetteer.default().lookup(name)]


def test_lookup_of_nothing() -> None:
    assert gazetteer.default().lookup("قرية لا وجود لها") == []


def test_alike_finds_a_typing_error() -> None:
    assert "sy.daraa.tafas" in [p.id for p in gazetteer.default().alike("طفسس")]


def test_geonames_adds_places_that_the_supplement_lacks_and_repeats_none() -> None:
    g = gazetteer.default()
    added = [p for p in g if p.id.startswith("gn.")]
    assert len(added) > 500
    by_name: dict[tuple[str, ...], list[Place]] = {}
    for p in SUPPLEMENT:
        if p.lat is not None and p.kind in ("city", "town", "village"):
            by_name.setdefault(phrase(p.name), []).append(p)
    for q in added:
        for p in by_name.get(phrase(q.name), ()):
            assert km(p.lat, p.lon, q.lat, q.lon) > 20, (p.id, q.id)  # type: ignore[arg-type]


def test_geonames_cache_is_used_and_a_broken_one_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RASID_CACHE", str(tmp_path))
    first = list(geonames.cities())
    kept = next((tmp_path / "rasid").glob("geonames-*.json"))
    assert list(geonames.cities()) == first
    kept.write_text("[1, 2", encoding="utf-8")
    assert list(geonames.cities()) == first


def test_a_cache_folder_that_cannot_be_made_does_no_harm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "rasid").write_text("a file where the folder should be", encoding="utf-8")
    monkeypatch.setenv("RASID_CACHE", str(tmp_path))
    assert next(geonames.cities()).names


@pytest.mark.parametrize(
    "change",
    [{"kind": "hamlet"}, {"lat": "north"}, {"id": None}, {"aliases": None}],
    ids=lambda c: next(iter(c)),
)
def test_bad_rows_are_refused_with_their_file(change: dict) -> None:
    row = {
        "id": "xx.a",
        "name": "ألف",
        "aliases": "",
        "kind": "town",
        "parent": "xx",
        "lat": "",
        "lon": "",
        "precision": "",
        "source": "test",
        "en": "A",
        "flags": "",
    }
    with pytest.raises(KnowledgeError, match=r"places\.csv"):
        from_row({**row, **change}, "places.csv")


# -- imports ---------------------------------------------------------------------------------------
# ----------------


def geonames_row(id: str, name: str, names: str, lat: str, lon: str, kind: str, adm1: str, people: str) -> str:
    return "\t".join(
        [
            id,
            name,
            name,
            names,
            lat,
            lon,
            kind[0],
            kind[2:],
            "SY",
            "",
            adm1,
            "",
            "",
            "",
            people,
            "",
            "",
            "",
            "",
        ]
    )


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    path = tmp_path / "SY.txt"
    path.write_text(
        "\n".join(
            [
                geonames_row("1", "Tall Waraq", "تل ورق,Tall Waraq", "35.9", "36.6", "P.PPL", "12", "300"),
                geonames_row("2", "Nameless", "", "35.8", "36.7", "P.PPL", "12", "300"),
                geonames_row("3", "Qasr", "قصر الورد", "35.7", "36.7", "S.HTL", "12", "0"),
                geonames_row("4", "Big", "مدينة كبرى", "35.6", "36.7", "P.PPLA2", "12", "90000"),
            ]
        )
        + "\n",
        encoding="utf-8",
    )
    return path


def test_import_of_a_geonames_dump(dump: Path) -> None:
    sort, places = convert(dump)
    found = {p.id: p for p in places}
    assert sort == "geonames"
    assert set(found) == {"gn.1", "gn.4"}
    assert found["gn.1"].kind == "village"
    assert found["gn.1"].parent == "sy.idlib"
    assert found["gn.4"].kind == "city"


def test_import_of_a_zipped_dump_with_alternate_names(dump: Path, tmp_path: Path) -> None:
    zipped = tmp_path / "SY.zip"
    with zipfile.ZipFile(zipped, "w") as z:
        z.write(dump, "SY.txt")
    names = tmp_path / "alternateNames.txt"
    names.write_text("10\t2\tar\tالقرية الخفية\t1\n11\t2\ten\tHidden\n12\t2\tar\tاسم قديم\t\t\t\t1\n", encoding="utf-8")
    found = {p.id: p for p in convert(zipped, alternate=names)[1]}
    assert found["gn.2"].name == "القرية الخفية"


def test_imported_places_are_used_afterwards(dump: Path) -> None:
    assert gazetteer.default().lookup("تل ورق") == []
    write(convert(dump)[1], gazetteer_import.folder() / "sy.csv")
    gazetteer.default.cache_clear()
    assert [p.id for p in gazetteer.default().lookup("تل ورق")] == ["gn.1"]


def test_an_import_gives_a_point_to_what_has_none_and_is_not_repeated(tmp_path: Path) -> None:
    mine = next(p for p in SUPPLEMENT if p.source == "parent" and p.kind == "town" and p.parent == "sy.idlib")
    path = tmp_path / "SY.txt"
    path.write_text(
        geonames_row("9", mine.en, mine.name, "35.75", "36.55", "P.PPL", "12", "10") + "\n", encoding="utf-8"
    )
    write(convert(path)[1], gazetteer_import.folder() / "sy.csv")
    gazetteer.default.cache_clear()
    found = [p for p in gazetteer.default().lookup(mine.name) if p.parents[:1] == ("sy.idlib",)]
    assert [(p.id, p.lat, p.precision) for p in found] == [(mine.id, 35.75, "settlement")]


OCHA = (
    "ADM1_AR,ADM1_EN,ADM1_PCODE,ADM2_AR,ADM2_EN,ADM2_PCODE,Latitude,Longitude\n"
    "إقليم خيالي,Imagined,XX01,ناحية أولى,First,XX0101,15.5,44.5\n"
    "إقليم خيالي,Imagined,XX01,ناحية ثانية,Second,XX0102,15.6,44.6\n"
)


def test_import_of_an_ocha_table(tmp_path: Path) -> None:
    path = tmp_path / "adm.csv"
    path.write_text(OCHA, encoding="utf-8-sig")
    sort, places = convert(path)
    found = {p.id: p for p in places}
    assert sort == "ocha"
    assert [p.kind for p in found.values()] == ["governorate", "district", "district"]
    assert found["ocha.XX0102"].parent == "ocha.XX01"
    assert (found["ocha.XX0102"].lat, found["ocha.XX0102"].precision) == (15.6, "district")


def test_import_of_an_ocha_workbook(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for line in OCHA.splitlines():
        book.active.append(line.split(","))
    path = tmp_path / "adm.xlsx"
    book.save(path)
    assert {p.id for p in convert(path)[1]} == {"ocha.XX01", "ocha.XX0101", "ocha.XX0102"}


def test_import_of_geojson(tmp_path: Path) -> None:
    path = tmp_path / "osm.geojson"
    point = {"type": "Point", "coordinates": [44.1, 15.2]}
    square = {"type": "Polygon", "coordinates": [[[44, 15], [45, 15], [45, 16], [44, 16], [44, 15]]]}
    features = [
        {"id": "node/7", "properties": {"name:ar": "قرية مرسومة", "place": "village"}, "geometry": point},
        {"properties": {"name_ar": "مطار مرسوم", "aeroway": "aerodrome"}, "geometry": square},
        {"properties": {"name": "Latin only", "place": "town"}, "geometry": point},
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    found = list(convert(path, country="YE")[1])
    assert [(p.id, p.kind, p.precision) for p in found] == [
        ("geojson.node.7", "village", "settlement"),
        ("geojson.osm.1", "facility", "district"),
    ]
    assert (found[1].lat, found[1].lon) == (15.5, 44.5)


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("a.txt", "1\tonly\tthree\n", "columns"),
        ("a.csv", "name,kind\nx,y\n", "p-codes"),
        ("a.csv", "ADM1_AR,ADM1_PCODE,Latitude,Longitude\nاسم,XX01,100,44\n", "no such point"),
        ("a.xlsx", "this is no workbook", "workbook"),
        ("a.geojson", '{"type": "Feature"}', "FeatureCollection"),
        (
            "a.geojson",
            '{"features": [{"properties": {"name": "اسم"}, "geometry": {"coordinates": []}}]}',
            "country",
        ),
        ("a.doc", "x", "not a kind"),
    ],
)
def test_bad_files_are_refused_by_name(tmp_path: Path, name: str, content: str, what: str) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=what) as e:
        list(convert(path)[1])
    assert name in str(e.value)


def test_a_file_without_arabic_names_leaves_nothing_behind(tmp_path: Path) -> None:
    path = tmp_path / "SY.txt"
    path.write_text(geonames_row("2", "Nameless", "", "35.8", "36.7", "P.PPL", "12", "300") + "\n", encoding="utf-8")
    with pytest.raises(InputError, match="no place"):
        write(convert(path)[1], gazetteer_import.folder() / "sy.csv")
    assert gazetteer_import.installed() == ()


def test_written_and_read_again_a_place_is_the_same(dump: Path, tmp_path: Path) -> None:
    first = list(convert(dump)[1])
    write(first, tmp_path / "out.csv")
    again = list(read(tmp_path / "out.csv"))
    assert [(p.id, p.name, p.aliases, p.kind, p.lat, p.lon, p.country, p.flags) for p in again] == [
        (p.id, p.name, p.aliases, p.kind, p.lat, p.lon, p.country, p.flags) for p in first
    ]


# -- the command -----------------------------------------------------------------------------------
# ----------------


def test_command_imports_and_states_the_licence(dump: Path, tmp_path: Path) -> None:
    run = CliRunner().invoke(command, ["import", str(dump), "--file", str(tmp_path / "mine.csv")])
    assert run.exit_code == 0, run.output
    assert "2 places" in run.output
    assert "CC BY 4.0" in run.output
    found = CliRunner().invoke(command, ["find", "تل ورق", "--file", str(tmp_path / "mine.csv")])
    assert "gn.1" in found.output


def test_command_names_what_it_could_not_import_and_goes_on(dump: Path, tmp_path: Path) -> None:
    run = CliRunner().invoke(command, ["import", str(tmp_path / "none.txt"), str(dump)])
    assert run.exit_code == 1
    assert "none.txt" in run.output
    assert "2 places" in run.output


def test_command_finds_by_name_and_by_likeness() -> None:
    assert "sy.daraa.tafas" in CliRunner().invoke(command, ["find", "طفس"]).output
    missing = CliRunner().invoke(command, ["find", "ثثثثثث"])
    assert missing.exit_code == 1
    assert "no place" in missing.output


def test_command_checks_and_counts() -> None:
    checked = CliRunner().invoke(command, ["check"])
    assert checked.exit_code == 0
    assert "disagree by more than 5 km" in checked.output
    counted = CliRunner().invoke(command, ["stats"])
    assert "SY" in counted.output
    assert "CC BY 4.0" in counted.output
