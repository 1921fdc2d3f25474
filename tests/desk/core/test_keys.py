"""Sealed values open only with their key and only for their record."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from rasid.desk.core import keys
from rasid.errors import StoreError


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("RASID_HOME", str(tmp_path))
    return tmp_path


def test_what_is_sealed_opens_again() -> None:
    assert keys.unseal(keys.seal("أبو سالم، ٠٩٩", "identity:S-1"), "identity:S-1") == "أبو سالم، ٠٩٩"


def test_a_value_moved_to_another_record_does_not_open() -> None:
    sealed = keys.seal("x", "identity:S-1")
    with pytest.raises(StoreError, match="moved"):
        keys.unseal(sealed, "identity:S-2")


def test_a_flipped_letter_is_noticed() -> None:
    sealed = keys.seal("x", "a")
    last = "A" if sealed[-3] != "A" else "B"
    with pytest.raises(StoreError):
        keys.unseal(sealed[:-3] + last + sealed[-2:], "a")


def test_old_keys_still_open_and_the_newest_seals() -> None:
    old = keys.seal("x", "a")
    name = keys.add_key()
    assert keys.unseal(old, "a") == "x"
    assert keys.seal("y", "a").startswith(name)


def test_a_lost_key_is_said(home: Path) -> None:
    sealed = keys.seal("x", "a")
    keys.ring_path().unlink()
    with pytest.raises(StoreError, match="not in the ring"):
        keys.unseal(sealed, "a")


def test_key_files_are_for_their_owner_alone(home: Path) -> None:
    keys.seal("x", "a")
    keys.load_or_make_secret(home, "session.key")
    for path in home.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path


def test_equal_values_do_not_look_equal() -> None:
    assert keys.seal("x", "a") != keys.seal("x", "a")
