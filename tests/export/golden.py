"""Inputs and expected files of `tests/golden`; RASID_UPDATE_GOLDEN=1 writes the expected ones anew, to be read
before they are committed.
"""

from __future__ import annotations

import json
import os
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from rasid.books.records import IncidentRecord
from rasid.books.records_ledger import CommitmentRecord
from rasid.books.records_log import Snapshot

FOLDER = Path(__file__).resolve().parents[1] / "golden"
UPDATE = bool(os.environ.get("RASID_UPDATE_GOLDEN"))
_KINDS = {"incident": TypeAdapter(IncidentRecord), "commitment": TypeAdapter(CommitmentRecord)}


def records(kind: str) -> list[Any]:
    """Invented records with what goes wrong in files: formulas, line ends, missing days, ranges, three places."""
    lines = map(json.loads, (FOLDER / "records.jsonl").read_text(encoding="utf-8").splitlines())
    return [_KINDS[kind].validate_python(r) for r in lines if r.pop("record") == kind]


def snapshot() -> Snapshot:
    """An invented, frozen snapshot: a breach, a correction, a limit, a discounted incident, a masked source."""
    body = json.loads((FOLDER / "snapshot.json").read_text(encoding="utf-8"))
    digest = sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
    start, end = date.fromisoformat(body["start"]), date.fromisoformat(body["end"])
    taken = datetime.fromisoformat(body["taken"])
    return Snapshot(
        "SNP-" + digest[:12],
        start,
        end,
        tuple(body["area"]),
        taken,
        body["cutoff"],
        body["head"],
        digest,
        body,
    )


def expect(name: str, found: bytes) -> None:
    """The file is what it was when somebody last looked at it."""
    path = FOLDER / name
    if UPDATE:
        path.write_bytes(found)
    assert found == path.read_bytes()
