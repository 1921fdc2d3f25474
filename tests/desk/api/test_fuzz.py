"""schemathesis over the whole API against a real port: no server error, and every answer as described."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("schemathesis", reason="schemathesis is not installed")
CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"
SCOPES = ("read:incidents", "read:ledger", "read:reports", "write:reports", "write:review")


@pytest.fixture(scope="module")
def bearer(desk: Any) -> str:
    """A token of an editor, made by the command that operators use."""
    home = desk.folder / "home"
    env = {
        **os.environ,
        "RASID_HOME": str(home),
        "RASID_BOOK": str(desk.folder / "book.sqlite"),
        "RASID_KEY_FILE": str(home / "rasid-test-book.key"),
    }
    scopes = [x for s in SCOPES for x in ("--scope", s)]
    code = [sys.executable, "-c", "from rasid.cli import main; main()", "desk", "token", "badr", *scopes]
    made = subprocess.run(code, env=env, capture_output=True, text=True, check=True)
    return made.stdout.strip().splitlines()[-1]


def ask(desk: Any, path: str, bearer: str) -> Any:
    request = urllib.request.Request(desk.root + path, headers={"Authorization": f"Bearer {bearer}"})
    with urllib.request.urlopen(request, timeout=20) as answer:
        return json.load(answer)


@pytest.fixture
def described(desk: Any, bearer: str) -> Path:
    """The API's own description, with ids of the book as examples, so that calls reach what is behind a 404."""
    schema = ask(desk, "/api/openapi.json", bearer)
    incident = ask(desk, "/api/incidents", bearer)["rows"][0]
    pledge = ask(desk, "/api/commitments", bearer)["rows"][0]
    view = ask(desk, f"/api/commitments/{pledge['id']}", bearer)["row"]
    known = {
        "rid": incident["id"],
        "pid": pledge["id"],
        "record": incident["id"],
        "cid": incident["claim_ids"][0],
        "fid": view["findings"][0]["id"] if view["findings"] else "FND-222222",
    }
    for path, calls in schema["paths"].items():
        for call in calls.values():
            for p in call.get("parameters", []):
                if p["in"] == "path":
                    p["example"] = incident["claim_ids"][0].split("#")[0] if "/reports/" in path else known[p["name"]]
    file = desk.folder / "openapi.json"
    file.write_text(json.dumps(schema), encoding="utf-8")
    return Path(file)


def test_no_server_error_and_every_answer_as_described(desk: Any, bearer: str, described: Path) -> None:
    run = subprocess.run(
        [
            *(
                sys.executable,
                "-m",
                "schemathesis.cli",
                "run",
                str(described),
                "--url",
                desk.root,
                "--checks",
                CHECKS,
            ),
            *("--header", f"Authorization: Bearer {bearer}", "--max-examples", "10", "--seed", "20210806"),
            *("--phases", "examples,coverage,fuzzing", "--request-timeout", "20"),
            *("--suppress-health-check", "all", "--generation-database", "none", "--no-color"),
        ],
        capture_output=True,
        text=True,
        cwd=desk.folder,
    )
    assert run.returncode == 0, run.stdout[-6000:] + run.stderr[-2000:]
    assert "generated" in run.stdout, run.stdout[-2000:]
    (desk.folder / "fuzz.txt").write_text(run.stdout, encoding="utf-8")


def test_described_ids_reach_what_they_name(desk: Any, bearer: str, described: Path) -> None:
    """The examples put into the description are real: each plain path answers 200."""
    schema = json.loads(described.read_text(encoding="utf-8"))
    reached = 0
    for path, calls in schema["paths"].items():
        if "get" not in calls or path.startswith("/api/public/"):
            continue
        for p in calls["get"].get("parameters", []):
            if p["in"] == "path":
                path = path.replace("{" + p["name"] + "}", p["example"].replace("#", "%23"))
        assert ask(desk, path, bearer)["ok"], path
        reached += 1
    assert reached >= 9
