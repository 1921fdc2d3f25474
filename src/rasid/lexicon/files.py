"""Knowledge files as plain data. Files are found by presence: adding one edits no list.

TOML for what people argue about (``[[entry]]`` tables with an ``id``), CSV for flat tables. Loading does no checks
beyond syntax: `rasid lexicon check` and the tests check, so that starting up stays fast.
"""

from __future__ import annotations

import csv
import tomllib
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from rasid.errors import KnowledgeError

ROOT = Path(str(files("rasid"))) / "knowledge"


@cache
def toml(name: str) -> dict[str, Any]:
    """One TOML file of the knowledge folder, by its path inside it ("nouns/weapons.toml")."""
    try:
        return tomllib.loads((ROOT / name).read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as e:
        raise KnowledgeError(str(e), where=f"knowledge/{name}", mend="correct the file") from e


def names(folder: str, suffix: str = ".toml") -> list[str]:
    """Paths inside the knowledge folder of the files of one folder, sorted."""
    return sorted(f"{folder}/{p.name}" for p in (ROOT / folder).glob(f"*{suffix}"))


def entries(folder: str) -> list[dict[str, Any]]:
    """All ``[[entry]]`` tables of the TOML files of one folder, in file order."""
    return [e for n in names(folder) for e in toml(n).get("entry", [])]


def rows(name: str) -> list[dict[str, str]]:
    """Rows of one CSV file of the knowledge folder (header row, UTF-8, comma)."""
    try:
        with (ROOT / name).open(encoding="utf-8", newline="") as fh:
            return list(csv.DictReader(fh))
    except OSError as e:
        raise KnowledgeError(str(e), where=f"knowledge/{name}", mend="correct the file") from e
