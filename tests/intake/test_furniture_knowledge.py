"""Every example in knowledge/intake holds: `yes` masks its quote (and tells agency and day), `no` masks nothing."""

import pytest

from rasid.intake.building import frame
from rasid.intake.wording import entries

FILES = ("intake/furniture.toml", "intake/bylines.toml")


def _examples(kind):
    for name in FILES:
        for entry in entries(name):
            for number, example in enumerate(entry.get(kind, [])):
                yield pytest.param(entry, example, id=f"{entry['id']}:{kind}:{number}")


@pytest.mark.parametrize(("entry", "example"), list(_examples("yes")))
def test_yes(entry, example):
    masked, agency, day = frame(example["text"], 0, None)
    gives = example["gives"]
    assert gives["quote"] in [example["text"][m.start : m.end] for m in masked]
    assert agency == gives.get("agency", agency)
    assert day == gives.get("day", day)


@pytest.mark.parametrize(("entry", "example"), list(_examples("no")))
def test_no(entry, example):
    masked, _, _ = frame(example["text"], 0, None)
    assert masked == (), example["why"]


def test_every_entry_has_an_example():
    assert [e["id"] for name in FILES for e in entries(name) if not e.get("yes")] == []
