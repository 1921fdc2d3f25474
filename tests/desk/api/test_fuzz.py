"""schemathesis over the whole API against a real port: no server error, and every answer as described."""

from __future__ import annotations

from typing import Any

import pytest

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed")


@pytest.fixture(scope="module")
def bearer(desk: Any) -> str:
    """A token of an editor, made by the command that operators use."""
    import os
    import subprocess
    import sys

    env = {
        **os.environ,
        "RASID_HOME": str(desk.folder / "home"),
        "RASID_BOOK": str(desk.folder / "book.sqlite"),
        "RASID_KEY_FILE": str(desk.folder / "home" / "rasid-test-book.key"),
    }
    scopes = [
        x
        for s in ("read:incidents", "read:ledger", "read:reports", "write:reports", "write:review")
        for x in ("--scope", s)
    ]
    made = subprocess.run(
        [sys.executable, "-c", "from rasid.cli import main; main()", "desk", "token", "badr", *scopes],
        env=env,
        capture_output=True,
        text=True,
        check=True,
    )
    return made.stdout.strip().splitlines()[-1]


def test_no_server_error_anywhere(desk: Any, bearer: str) -> None:
    import subprocess
    import sys

    run = subprocess.run(
        [
            sys.executable, "-m", "schemathesis.cli", "run", f"{desk.root}/api/openapi.json", "--header", f"Authorization: Bearer {bearer}", "--checks", "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance",
            "--max-examples", "12", "--phases", "examples,coverage,fuzzing", "--seed", "20210806", "--request-timeout", "20", "--suppress-health-check", "all", "--generation-database", "none",
        ],
        capture_output=True, text=True, cwd=desk.folder,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout[-6000:] + run.stderr[-2000:]
