"""Reading many on several cores: same order, failures passed through, a dying worker costs one report."""

import os
import sys

import pytest

from rasid.batch.local import read_all
from rasid.errors import InputError
from rasid.intake import Failure, of_text


def documents(count):
    return [of_text("قصف على بلدة سرمين", id=f"r{n}") for n in range(count)]


def names(results):
    return [r.name if isinstance(r, Failure) else r.report.id for r in results]


@pytest.mark.parametrize("jobs", [1, 2])
def test_order_is_kept_and_failures_pass_through(jobs):
    given = documents(70)
    given[30] = Failure("bad.pdf", "broken")
    wanted = [d.name if isinstance(d, Failure) else d.id for d in given]
    assert names(read_all(iter(given), jobs=jobs)) == wanted


@pytest.mark.parametrize(
    ("error", "reason"), [(InputError("too odd"), "too odd"), (ZeroDivisionError("x"), "the reader failed")]
)
def test_what_goes_wrong_with_one_report_is_told_and_the_rest_read(monkeypatch, error, reason):
    import rasid.reading.read as module

    real = module.read

    def read(document):
        if document.id == "r1":
            raise error
        return real(document)

    monkeypatch.setattr(module, "read", read)
    first, failed, last = read_all(documents(3))
    assert (failed.name, reason in failed.reason) == ("r1", True)
    assert (first.report.id, last.report.id) == ("r0", "r2")


@pytest.mark.skipif(sys.platform != "linux", reason="only forked workers know the patched reader")
def test_a_report_that_kills_its_process_is_found_and_named(monkeypatch):
    import rasid.reading.read as module

    real = module.read

    def read(document):
        if document.id == "r40":
            os._exit(9)
        return real(document)

    monkeypatch.setattr(module, "read", read)
    results = list(read_all(iter(documents(60)), jobs=2))
    assert names(results) == [f"r{n}" for n in range(60)]
    assert [r.name for r in results if isinstance(r, Failure)] == ["r40"]


def test_input_is_taken_as_it_is_needed():
    taken = []

    def endless():
        n = 0
        while True:
            taken.append(n)
            yield of_text("هدوء", id=str(n))
            n += 1

    results = read_all(endless(), jobs=2)
    for _ in range(5):
        next(results)
    results.close()
    assert len(taken) < 400
