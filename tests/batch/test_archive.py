"""Archives into Parquet: one row a report, failures apart, gone on with where a run stopped, on either engine."""

import json
import os
import sys
from functools import partial

import pyarrow.parquet as pq
import pytest
from tests.batch.conftest import line, write_lines, write_warc

import rasid.batch.part as part_module
from rasid.batch import processes, repeats
from rasid.batch.archive import run
from rasid.batch.part import Part, do
from rasid.batch.pieces import documents, pieces
from rasid.errors import InputError, StoreError
from rasid.intake import Failure, open_path
from rasid.intake.carrier import Options
from rasid.model.reading import Reading

HERE = processes.engine(1)
BOTH = processes.engine(2)
SMALL = 2_000


def rows(out, table="reports"):
    """Rows of all parts, in order of what they are."""
    found = [r for p in (out / table).glob("*.parquet") for r in pq.read_table(p).to_pylist()]
    return sorted(found, key=lambda r: json.dumps(r, default=str, ensure_ascii=False))


def ids(out):
    return sorted(r["id"] for r in rows(out))


@pytest.mark.parametrize("name", ["a.jsonl", "b.jsonl.gz", "c.warc", "c.warc.gz"])
def test_stretches_of_a_file_give_what_the_whole_file_gives(tmp_path, name):
    path = tmp_path / name
    if "warc" in name:
        write_warc(path, 30)
    else:
        # some without an id: theirs is made of the number of the line
        write_lines(path, ["" if n % 9 == 4 else line(n, id="" if n % 5 else f"r{n}") for n in range(60)] + ["{x"])
    cut = list(pieces(path, stretch=SMALL))
    assert len(cut) > 3
    told = [d for p in cut for d in documents(p, Options())]
    assert told == list(open_path(path))


def test_a_file_without_a_page_is_told_once_though_it_is_large(tmp_path):
    path = write_warc(tmp_path / "a.warc", 20)
    path.write_bytes(path.read_bytes().replace(b"WARC-Type: response", b"WARC-Type: request "))
    out = tmp_path / "out"
    assert run([path], out, HERE, stretch=SMALL).reports == 0
    assert [r["reason"] for r in rows(out, "failures")] == ["no page in the archive"]


def test_one_row_a_report_and_failures_apart(archive, tmp_path):
    total = run([archive], tmp_path / "out", HERE, stretch=SMALL)
    wanted = [f"r{n}" for n in (*range(41), *range(100, 130))]
    found = ids(tmp_path / "out")
    assert [i for i in found if i.startswith("r")] == sorted(wanted)
    assert len(found) == len(set(found)) == total.reports == 71 + 12 + 1
    bad = {r["name"]: r["reason"] for r in rows(tmp_path / "out", "failures")}
    assert set(bad) == {"a.jsonl:41", str(archive / "notes" / "e.png")}
    assert total.failures == 2


def test_a_row_holds_the_reading_and_what_to_select_by(archive, tmp_path):
    run([archive / "a.jsonl"], tmp_path / "out", HERE)
    row = next(r for r in rows(tmp_path / "out") if r["id"] == "r1")
    reading = Reading.model_validate_json(row["reading"])
    assert row["types"] == sorted({i.type for i in reading.incidents}) == ["shelling"]
    assert (row["input"], row["incidents"], str(row["published"])) == ("a.jsonl", 1, "2021-08-07")


def test_a_report_that_comes_twice_has_one_row_and_the_other_is_named(archive, tmp_path):
    out = tmp_path / "out"
    assert run([archive], out, HERE, stretch=SMALL).repeats == 1
    (again,) = repeats.load(out)
    assert (again["id"], again["input"], again["first_input"]) == ("r3", "b.jsonl.gz", "a.jsonl")
    assert run([archive], out, HERE, stretch=SMALL).repeats == 1


def test_one_id_with_another_text_is_another_report(tmp_path):
    path = write_lines(tmp_path / "a.jsonl", [line(1), line(2, id="r1"), line(1)])
    total = run([path], tmp_path / "out", HERE)
    assert (total.reports, total.repeats) == (2, 1)


def test_processes_give_the_same_rows_as_one(archive, tmp_path):
    run([archive], tmp_path / "one", HERE, stretch=SMALL)
    run([archive], tmp_path / "two", BOTH, stretch=SMALL)
    for table in ("reports", "failures"):
        assert rows(tmp_path / "one", table) == rows(tmp_path / "two", table)


def test_a_run_goes_on_where_it_stopped(archive, tmp_path):
    out = tmp_path / "out"

    def stops(parts, job):
        yield from HERE(parts[:2], job)
        (job.out / "reports" / ".half.parquet.1").write_bytes(b"x")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run([archive], out, stops, stretch=SMALL)
    begun = len(list((out / "failures").glob("*.parquet")))
    total = run([archive], out, HERE, stretch=SMALL)
    assert (begun, total.read) == (2, total.parts - 2)
    assert len(ids(out)) == len(set(ids(out))) == 84
    assert not list((out / "reports").glob(".*"))
    assert run([archive], out, HERE, stretch=SMALL).read == 0


def test_a_part_whose_sign_is_missing_is_read_again_into_the_same_rows(archive, tmp_path):
    out = tmp_path / "out"
    run([archive], out, HERE, stretch=SMALL)
    before = rows(out)
    next(p for p in (out / "failures").glob("*.parquet") if p.stem != "inputs").unlink()
    assert run([archive], out, HERE, stretch=SMALL).read == 1
    assert rows(out) == before


def test_files_that_come_later_are_added_and_files_that_changed_are_read_again(archive, tmp_path):
    out = tmp_path / "out"
    run([archive / "a.jsonl", archive / "b.jsonl.gz"], out, HERE)
    write_lines(archive / "f.jsonl", [line(500)])
    # the first of two copies goes: the second, set apart before, must come back
    write_lines(archive / "a.jsonl", [line(n) for n in range(41) if n != 3])
    run([archive / name for name in ("a.jsonl", "b.jsonl.gz", "f.jsonl")], out, HERE)
    assert ids(out) == sorted(f"r{n}" for n in (*range(41), *range(100, 130), 500))
    assert repeats.load(out) == []


def test_a_path_that_is_not_there_is_a_failure_until_it_is(tmp_path):
    out, path = tmp_path / "out", tmp_path / "a.jsonl"
    assert run([path], out, HERE).failures == 1
    assert rows(out, "failures")[0]["reason"] == "not found"
    write_lines(path, [line(1)])
    total = run([path], out, HERE)
    assert (total.failures, total.reports) == (0, 1)


def test_a_folder_of_other_things_or_of_another_reading_is_refused(archive, tmp_path):
    with pytest.raises(StoreError, match="holds other things"):
        run([archive], archive / "notes", HERE)
    with pytest.raises(InputError, match="inside the input"):
        run([archive], archive / "out", HERE)
    run([archive / "a.jsonl"], tmp_path / "out", HERE)
    manifest = tmp_path / "out" / "manifest.json"
    body = manifest.read_text(encoding="utf-8")
    manifest.write_text(body.replace('"reader": "', '"reader": "other '), encoding="utf-8")
    with pytest.raises(StoreError, match="readings of one kind"):
        run([archive / "a.jsonl"], tmp_path / "out", HERE)
    manifest.write_text("{", encoding="utf-8")
    with pytest.raises(StoreError, match="manifest is broken"):
        run([archive / "a.jsonl"], tmp_path / "out", HERE)


@pytest.mark.skipif(sys.platform != "linux", reason="only forked workers know the patched reader")
def test_what_kills_its_process_is_found_and_all_else_is_read(monkeypatch, archive, tmp_path):
    import rasid.reading.read as module

    real, opened = module.read, part_module.documents

    def read(document):
        if document.id == "r7":
            os._exit(9)
        return real(document)

    def deadly(piece, options):
        if piece.name == "c.warc.gz":
            os._exit(9)
        return opened(piece, options)

    monkeypatch.setattr(module, "read", read)
    monkeypatch.setattr(part_module, "documents", deadly)
    total = run([archive], tmp_path / "out", BOTH)
    reasons = {r["name"]: r["reason"] for r in rows(tmp_path / "out", "failures")}
    assert "process died" in reasons["r7"]
    assert "kills the process" in reasons["c.warc.gz"]
    assert total.reports == 84 - 12 - 1


def test_a_file_that_is_given_alone_and_in_its_folder_is_read_once(archive, tmp_path):
    run([archive / "a.jsonl"], tmp_path / "out", HERE)
    run([archive], tmp_path / "out", HERE)
    assert [r["name"] for r in rows(tmp_path / "out", "failures")].count("a.jsonl:41") == 1


def test_spark_gives_the_same_rows_and_goes_on_where_processes_stopped(spark, archive, tmp_path):
    from rasid.batch.spark import engine

    size = 6_000
    run([archive], tmp_path / "here", HERE, stretch=size)

    def stops(parts, job):
        yield from HERE(parts[:-2], job)

    run([archive], tmp_path / "there", stops, stretch=size)
    total = run([archive], tmp_path / "there", engine(spark), stretch=size)
    assert (total.read, total.parts > 2) == (2, True)
    for table in ("reports", "failures"):
        assert rows(tmp_path / "here", table) == rows(tmp_path / "there", table)
    found = spark.read.parquet(str(tmp_path / "there" / "reports"))
    assert found.select("id").distinct().count() == found.count() == total.reports


def test_spark_reads_with_care_what_killed_its_worker_before(spark, archive, tmp_path):
    from rasid.batch.spark import engine

    def once_killed(parts, job):
        (tmp_path / "kill").touch()
        yield from engine(spark, work=partial(killed_once, tmp_path / "kill"))(parts, job)

    total = run([archive / "a.jsonl"], tmp_path / "out", once_killed)
    assert (total.reports, (tmp_path / "kill").exists()) == (41, False)


def killed_once(sign, part, job):
    """What a worker does when it dies of its first part."""
    if sign.exists():
        sign.unlink()
        os._exit(9)
    return do(part, job)


def test_a_part_written_by_two_workers_at_once_lies_there_once(archive, tmp_path):
    (piece, *_) = pieces(archive / "a.jsonl")
    part, job = Part.of((piece,)), part_module.Job(tmp_path / "out")
    assert do(part, job) == do(part, job)
    assert len(list((tmp_path / "out" / "reports").iterdir())) == 1


def test_failures_of_the_plan_are_failures(tmp_path):
    assert [type(p) for p in pieces(tmp_path / "nothing")] == [Failure]
