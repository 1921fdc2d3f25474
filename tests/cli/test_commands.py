"""The commands as a user calls them: what they print, what they skip, how they end."""

import csv
import io
import json
from importlib.resources import files

import pytest
from click.testing import CliRunner

from rasid.cli import cli
from rasid.model.reading import Reading

TEXT = "قصف على بلدة سرمين\n\nقصفت قوات النظام بلدة سرمين بريف إدلب بقذائف المدفعية أمس الجمعة، ما أدى إلى إصابة ثلاثة مدنيين."


@pytest.fixture
def run():
    def call(*args, **more):
        return CliRunner().invoke(cli, [str(a) for a in args], **more)

    return call


@pytest.fixture
def report(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_commands_are_found_by_presence(run):
    text = run("--help").output
    for name in ("read", "explain", "schema", "evaluate", "lexicon", "demo"):
        assert f"  {name} " in text


def test_read_gives_one_valid_reading_a_line(run, report):
    done = run("read", report, "--published", "2021-08-07", "--format", "jsonl")
    reading = Reading.model_validate_json(done.stdout)
    assert done.exit_code == 0
    assert (reading.report.text, str(reading.report.published), reading.report.published_basis) == (
        TEXT,
        "2021-08-07",
        "given",
    )
    assert reading.incidents
    assert all(TEXT[e.start : e.end] == e.text for x in reading.incidents for e in x.evidence)


def test_bad_input_is_named_skipped_counted_and_told_by_the_exit_status(run, report, tmp_path):
    bad = tmp_path / "picture.txt"
    bad.write_bytes(b"\x89PNG\r\n\x1a\n")
    done = run("read", report, bad, tmp_path / "none.txt", "--format", "jsonl")
    assert done.exit_code == 1
    assert len(done.stdout.splitlines()) == 1
    assert "picture.txt: an image" in done.stderr
    assert "none.txt: not found" in done.stderr
    assert "1 read, 2 skipped" in done.stderr


def test_read_from_standard_input(run):
    done = run("read", "-", "--format", "jsonl", input=TEXT.encode())
    assert json.loads(done.stdout)["report"]["text"] == TEXT


def test_several_processes_read_the_same_in_the_same_order(run, tmp_path):
    path = tmp_path / "many.jsonl"
    path.write_text(
        "\n".join(json.dumps({"id": f"r{n}", "text": f"{TEXT} {n}"}) for n in range(60)) + "\n{broken",
        encoding="utf-8",
    )
    one, two = (run("read", path, "--format", "jsonl", "--jobs", n) for n in (1, 2))
    assert one.stdout == two.stdout
    assert (one.exit_code, two.exit_code) == (1, 1)
    assert [json.loads(line)["report"]["id"] for line in two.stdout.splitlines()] == [f"r{n}" for n in range(60)]


def test_csv_opens_in_a_spreadsheet_and_runs_no_formula(run, tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"id": "=cmd()", "title": "قصف على سرمين", "text": TEXT}), encoding="utf-8")
    done = run("read", path, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.stdout.removeprefix("\ufeff"))))
    assert rows
    assert rows[0]["report"] == "'=cmd()"
    assert rows[0]["kind"] == "shelling"


def test_geojson_is_one_collection(run, report):
    found = json.loads(run("read", report, "--format", "geojson").stdout)
    assert found["type"] == "FeatureCollection"
    assert {f["type"] for f in found["features"]} == {"Feature"}


def test_output_goes_to_a_file(run, report, tmp_path):
    out = tmp_path / "out.jsonl"
    assert run("read", report, "--format", "jsonl", "-o", out).stdout == ""
    assert len(out.read_text(encoding="utf-8").splitlines()) == 1


def test_the_table_shows_what_was_read(run, report):
    text = run("read", report, "--published", "2021-08-07").stdout
    assert "shelling" in text
    assert "3 injured" in text


def test_ordered_arabic_is_shaped_and_reversed(run, report):
    text = run("read", report, "--bidi", "on").stdout
    assert "سرمين" not in text
    assert "ﻦﻴﻣﺮﺳ" in text


def test_schema_is_that_of_the_contract(run):
    assert json.loads(run("schema").stdout) == Reading.model_json_schema()


def test_explain_names_every_stage(run, report):
    text = run("explain", report).stdout
    for stage in ("1 intake", "2 sentences and clauses", "3 mentions and predicates", "4 reading"):
        assert stage in text
    assert "shelling" in text


def test_explain_writes_a_page_that_runs_no_script(run, tmp_path):
    path, page = tmp_path / "a.txt", tmp_path / "a.html"
    path.write_text(TEXT + " <script>alert(1)</script>", encoding="utf-8")
    assert run("explain", path, "--html", page).exit_code == 0
    html = page.read_text(encoding="utf-8")
    assert 'dir="rtl"' in html
    assert "<script" not in html
    assert 'class="m ' in html


def test_explain_says_when_there_is_no_such_report(run, report):
    done = run("explain", report, "--id", "x")
    assert (done.exit_code, "no report of that id" in done.output) == (1, True)


def test_evaluate_scores_readings_against_gold(run, report, tmp_path):
    gold = tmp_path / "gold.jsonl"
    gold.write_text(run("read", report, "--published", "2021-08-07", "--format", "jsonl").stdout, encoding="utf-8")
    figures = json.loads(run("evaluate", gold, "--json").stdout)
    assert figures["incidents"]["f1"] == 1.0
    assert figures["confusion"] == []
    assert "incidents" in run("evaluate", gold, "--readings", gold).stdout


def test_evaluate_names_the_line_that_is_no_gold(run, tmp_path):
    gold = tmp_path / "gold.jsonl"
    gold.write_text('{"a": 1}', encoding="utf-8")
    assert "gold.jsonl:1" in run("evaluate", gold).output


def test_demo_reads_all_bundled_reports_and_says_that_they_are_invented(run):
    done = run("demo")
    assert done.exit_code == 0
    assert "INVENTED" in done.stdout
    assert "24 reports" in done.stdout


def test_every_bundled_text_is_marked_as_invented():
    for path in (files("rasid") / "examples").iterdir():
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            assert "مختلق" in text, path.name
