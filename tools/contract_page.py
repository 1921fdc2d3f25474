"""Write docs/contract.md: the values of a reading from the code, between the words that say what counts.

python tools/contract_page.py [--check]
"""

from __future__ import annotations

import argparse
import inspect
import sys
from enum import StrEnum
from pathlib import Path

from rasid.model import vocabulary

PAGE = Path(__file__).parent.parent / "docs/contract.md"
HEAD = """# The reading as data

One report gives one reading: `report`, `sources`, `incidents`, `commitments`, `meetings`. `rasid schema` prints the JSON
Schema. This page is written by `tools/contract_page.py` from the code and checked by the tests.

- Whatever is said is quoted: `evidence` and the `text` of every slot stand in the report letter for letter, with their
  offsets, and `rule` names the rule that read the value.
- Silence is null, a stated absence is 0, a vague word ("dozens") is null with its words. "More than 20" is 21 and open,
  "about 30" is 30 to 30, "at least 5" is 5 and open. A part of a total is never added to it.
- One predicate is one incident, with all the places that its clause lists; what title, lead and body tell of one act is one
  incident with several quotes. A running or summed count is a `toll`.
- Speech is no incident. A pledge, agreement, offer, demand, threat or refusal is a commitment with its terms; condemnation,
  prayer and opinion are neither.
- What was denied, only alleged, planned, threatened or lies in the past says so in `modality`.

## Values
"""


def page() -> str:
    """The page as it should be."""
    parts = [HEAD]
    for name, kind in inspect.getmembers(vocabulary, inspect.isclass):
        if issubclass(kind, StrEnum) and kind is not StrEnum:
            about = (kind.__doc__ or "").split("\n")[0]
            parts.append(f"### {name}\n{about}\n\n" + ", ".join(f"`{v.value}`" for v in kind) + "\n")
    return "\n".join(parts)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--check", action="store_true")
    if parser.parse_args().check:
        sys.exit(PAGE.read_text(encoding="utf-8") != page())
    PAGE.write_text(page(), encoding="utf-8")
