"""The page of the contract says what the code says."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_page_lists_every_value_of_the_code():
    done = subprocess.run([sys.executable, ROOT / "tools/contract_page.py", "--check"], check=False)
    assert done.returncode == 0, "run: python tools/contract_page.py"
