"""`rasid export`, `rasid import`, `rasid bulletin` as a user calls them."""

import json
from datetime import date

import pytest
from click.testing import CliRunner
from tests.export.test_incoming import acled_file, exported

from rasid.books import Book
from rasid.cli import cli
from rasid.export.incoming.claims import pairs


@pytest.fixture
def run():
    def call(*args):
        return CliRunner().invoke(cli, [str(a) for a in args])

    return call


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "b.rasid"
    with Book.open(path) as b:
        for kind in ("incident", "commitment"):
            list(b.add_many((p for _, p in pairs(exported(tmp_path, kind), "native")), by="import"))
    return path


def test_export_writes_a_file_or_standard_output(run, book, tmp_path):
    path = tmp_path / "out.geojson"
    assert run("export", "--book", book, "--format", "geojson", "-o", path).exit_code == 0
    done = run("export", "--book", book, "--format", "geojson")
    assert done.stdout_bytes == path.read_bytes()
    assert len(json.loads(done.stdout)["features"]) == 6


def test_export_filters_and_coarsens(run, book):
    done = run(
        "export",
        "-b",
        book,
        "--format",
        "jsonl",
        "--place",
        "درعا",
        "--finest-place",
        "governorate",
        "--no-sources",
    )
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert told
    assert all(p["precision"] in ("governorate", "country") for r in told for p in r["places"])
    assert all(r["publishers"] == [] for r in told)
    assert run("export", "-b", book, "--format", "jsonl", "--public").stdout == ""
    held = run("export", "-b", book, "--format", "jsonl", "--delay-days", 5, "--as-of", "2023-01-01").stdout
    assert held == ""


def test_export_says_what_it_cannot(run, book, tmp_path):
    done = run("export", "-b", book, "--format", "acled", "--what", "commitments")
    assert (done.exit_code, "acled holds incidents only" in done.stderr) == (2, True)
    assert run("export", "-b", tmp_path / "none", "--format", "csv").exit_code == 1


def test_import_dry_run_and_compare_write_nothing(run, book, tmp_path):
    before = book.read_bytes()
    path = acled_file(tmp_path, {}, {"event_date": "soon"})
    dry = run("import", path, "--book", book, "--dry-run")
    assert "row 3, column event_date: is no day: 'soon' (write it as 2023-03-12)" in dry.stderr
    assert "would add 1, knows 0; nothing was written" in dry.stderr
    assert dry.exit_code == 1
    compared = run("import", path, "--book", book, "--compare")
    assert "row 2\tacled/SYR1\tnot in the book" in compared.stdout
    with Book.open(book) as b:
        assert b.count() == 6
    assert book.read_bytes() == before


def test_import_adds_once(run, book, tmp_path):
    path = acled_file(tmp_path, {})
    assert "1 added, 0 known; 7 incidents" in run("import", path, "--book", book).stderr
    again = run("import", path, "--book", book)
    assert ("0 added, 1 known; 7 incidents" in again.stderr, again.exit_code) == (True, 0)


def test_import_is_listed_under_its_name(run):
    text = run("--help").output
    assert "  import " in text
    assert "  imports " not in text


def test_bulletin_is_made_again_from_its_snapshot(run, book, tmp_path):
    path = tmp_path / "b.html"
    done = run("bulletin", "--book", book, "--from", "2023-03-01", "--to", "2023-03-31", "--area", "درعا", "-o", path)
    assert done.exit_code == 0
    taken = done.stderr.split()[-1]
    again = run("bulletin", "--book", book, "--snapshot", taken)
    assert again.stdout_bytes == path.read_bytes()
    with Book.open(book) as b:
        assert (b.snapshots()[0].id, b.snapshots()[0].start) == (taken, date(2023, 3, 1))


@pytest.mark.parametrize(("form", "first"), [("pdf", b"%PDF"), ("docx", b"PK")])
def test_bulletin_in_other_forms(form, first, run, book):
    done = run("bulletin", "-b", book, "--from", "2023-03-01", "--to", "2023-03-31", "--lang", "en", "--format", form)
    assert done.stdout_bytes.startswith(first)


def test_bulletin_needs_a_period_or_a_snapshot(run, book):
    assert "give --from and --to" in run("bulletin", "-b", book).stderr
    both = run("bulletin", "-b", book, "--snapshot", "SNP-x", "--area", "درعا")
    assert "--snapshot has its period and area" in both.stderr
    assert "no snapshot 'SNP-x'" in run("bulletin", "-b", book, "--snapshot", "SNP-x").stderr
