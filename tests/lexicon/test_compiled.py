"""Snapshots of compiled knowledge: taken when they fit, never trusted when they do not."""

import os
import pickle
import stat

import pytest

from rasid.lexicon import compiled as module
from rasid.lexicon.compiled import compiled


@pytest.fixture
def builds(tmp_path, monkeypatch):
    """A builder that counts how often it is called, as a fresh process would see it each time."""
    monkeypatch.setenv("RASID_CACHE", str(tmp_path / "cache"))
    calls = []

    def words():
        calls.append(1)
        return {"قصف": [1, 2]}

    words.__module__, words.__qualname__ = "tests", "words"
    return calls, lambda: compiled(words)()


def snapshot(tmp_path):
    (path,) = (tmp_path / "cache").rglob("tests.words")
    return path


def test_a_second_process_takes_the_snapshot(builds):
    calls, load = builds
    assert load() == load() == {"قصف": [1, 2]}
    assert len(calls) == 1


def test_a_snapshot_is_this_users_alone(builds, tmp_path):
    builds[1]()
    assert stat.S_IMODE(snapshot(tmp_path).stat().st_mode) & 0o077 == 0


@pytest.mark.parametrize("data", [b"", b"junk", pickle.dumps([1])[:-2], b"cnowhere\nnothing\n."])
def test_a_broken_snapshot_is_made_anew(builds, tmp_path, data):
    calls, load = builds
    load()
    snapshot(tmp_path).write_bytes(data)
    assert load() == {"قصف": [1, 2]}
    assert len(calls) == 2
    load()
    assert len(calls) == 2


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="permissions of POSIX")
def test_a_snapshot_that_others_can_write_is_not_read(builds, tmp_path):
    calls, load = builds
    load()
    snapshot(tmp_path).write_bytes(pickle.dumps("forged"))
    snapshot(tmp_path).chmod(0o666)
    assert load() == {"قصف": [1, 2]}
    assert len(calls) == 2


def test_other_knowledge_has_another_key(tmp_path, monkeypatch):
    from rasid.lexicon import files

    knowledge = tmp_path / "rasid" / "knowledge"
    for folder in ("knowledge", *module._CODE):
        (tmp_path / "rasid" / folder).mkdir(parents=True)
    (knowledge / "a.toml").write_text("x = 1")
    monkeypatch.setattr(files, "ROOT", knowledge)
    before = module._state.__wrapped__()
    assert module._state.__wrapped__() == before
    (knowledge / "a.toml").write_text("x = 22")
    assert module._state.__wrapped__() != before


def test_without_a_cache_folder_everything_is_built(builds, monkeypatch):
    calls, load = builds
    monkeypatch.setenv("RASID_CACHE", "off")
    assert load() == load() == {"قصف": [1, 2]}
    assert len(calls) == 2


def test_a_folder_that_cannot_be_written_costs_only_time(builds, monkeypatch, tmp_path):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("RASID_CACHE", str(tmp_path / "file"))
    assert builds[1]() == {"قصف": [1, 2]}


def test_what_does_not_pickle_is_built_every_time(monkeypatch, tmp_path):
    monkeypatch.setenv("RASID_CACHE", str(tmp_path))

    def pattern():
        return lambda: 1

    assert compiled(pattern)()() == 1
