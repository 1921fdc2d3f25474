"""A coder's file as a reader, and the commands around other readers."""

import json

import pytest
from click.testing import CliRunner

from rasid.cli import cli
from rasid.errors import InputError
from rasid.intake import of_text
from rasid.readers.human import Human

TEXT = "قصفت قوات النظام بلدة سرمين أمس بقذائف الهاون. خبر مختلق."
CODED = {"type": "shelling", "evidence": ["قصفت قوات النظام بلدة سرمين"], "places": [{"text": "بلدة سرمين"}]}


def coded(path, *incidents, id="r1", **more):
    report = {"id": id, **more}
    path.write_text(json.dumps({"report": report, "incidents": list(incidents)}, ensure_ascii=False), encoding="utf-8")
    return path


def test_a_coding_becomes_a_reading_in_the_coders_name(tmp_path):
    human = Human(coded(tmp_path / "a.jsonl", CODED), "R2")
    found = human.read(of_text(TEXT, id="r1"))
    assert ("r1" in human, found.refusals) == (True, ())
    assert (found.reading.report.reader, found.reading.incidents[0].evidence[0].start) == ("human R2", 0)


@pytest.mark.parametrize(
    ("lines", "id", "what"),
    [
        ('{"report": {"id": "r1"}}', "r2", "is not coded"),
        ('{"report": {"id": "r1", "text": "نص آخر"}}', "r1", "another text"),
        ('{"report": {"id": "r1"}}\n{"report": {"id": "r1"}}', "r1", "coded twice"),
        ('{"report": {}}', "r1", "no reading"),
        ('{"report": {"id": 7}}', "r1", "no text"),
        ("{", "r1", r"a\.jsonl:1"),
    ],
)
def test_a_coding_that_does_not_fit_is_an_error(tmp_path, lines, id, what):
    path = tmp_path / "a.jsonl"
    path.write_text(lines, encoding="utf-8")
    with pytest.raises(InputError, match=what):
        Human(path, "R2").read(of_text(TEXT, id=id))


@pytest.fixture
def reports(tmp_path):
    path = tmp_path / "reports.jsonl"
    path.write_text(
        json.dumps({"id": "r1", "text": TEXT, "published": "2021-08-07"}, ensure_ascii=False),
        encoding="utf-8",
    )
    return path


def run(*args):
    return CliRunner().invoke(cli, [str(a) for a in args])


def test_a_coding_is_compared_with_the_reader(tmp_path, reports):
    codes = coded(tmp_path / "codes.jsonl", CODED, {"type": "arrest", "evidence": ["اعتقال"]})
    mine, theirs, refused = tmp_path / "a.jsonl", tmp_path / "b.jsonl", tmp_path / "refused.jsonl"
    done = run("read-with", "human", reports, "--codes", codes, "--coder", "R2", "-o", mine, "--refusals", refused)
    assert (done.exit_code, "1 read, 2 values refused, 0 skipped" in done.output) == (0, True)
    assert json.loads(refused.read_text(encoding="utf-8").splitlines()[0])["why"] == "not in the text"
    assert run("read", reports, "--format", "jsonl", "-o", theirs).exit_code == 0
    figures = json.loads(run("compare", mine, theirs, "--json").stdout)
    assert (figures["reports"]["both"], figures["f1"]["incidents"]) == (1, 1)
    printed = run("compare", mine, theirs).stdout
    assert "kappa" in printed
    assert "incident.type" in printed


def test_what_is_missing_is_said(reports, tmp_path):
    for args, what in (
        (("endpoint",), "give --url and --model"),
        (("human",), "give --codes FILE"),
        (("human", "--codes", tmp_path / "none.jsonl"), "not found"),
    ):
        done = run("read-with", args[0], reports, *args[1:])
        assert (done.exit_code, what in done.output) == (1, True)
