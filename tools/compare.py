"""What a change did: readings gained, lost and changed between two files of readings, by rule.

    python tools/compare.py BEFORE.jsonl AFTER.jsonl [--show N]

An item is the same when its report, kind and first quote are; it is changed when anything else of it differs.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import Any

PARTS = ("incidents", "commitments", "meetings")
#: Serial numbers within a report, and what moves with every refit: no change of meaning.
_INCIDENTAL = {"id", "confidence", "sources"}


def items(path: Path) -> dict[tuple[str, str, str, str], dict[str, Any]]:
    """Every item of a file of readings, by report, part, kind and first quote."""
    out = {}
    with path.open(encoding="utf-8") as fh:
        for line in fh:
            if not line.strip():
                continue
            reading = json.loads(line)
            for part in PARTS:
                for item in reading.get(part, []):
                    quote = item["evidence"][0]["text"] if item.get("evidence") else ""
                    kind = str(item.get("type") or item.get("kind") or part)
                    out[reading["report"]["id"], part, kind, quote] = item
    return out


def changes(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """Names of the fields that differ."""
    return sorted(k for k in {*before, *after} - _INCIDENTAL if before.get(k) != after.get(k))


def main() -> None:
    """Compare and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("before", type=Path)
    parser.add_argument("after", type=Path)
    parser.add_argument("--show", type=int, default=10, metavar="N", help="examples of each sort (default 10)")
    args = parser.parse_args()
    before, after = items(args.before), items(args.after)
    gained, lost = sorted(after.keys() - before.keys()), sorted(before.keys() - after.keys())
    changed = {k: c for k in sorted(before.keys() & after.keys()) if (c := changes(before[k], after[k]))}
    totals = f"{len(gained)} gained, {len(lost)} lost, {len(changed)} changed"
    print(f"{totals}, of {len(before)} before, {len(after)} after")
    by_rule = Counter()
    for sort, keys, source in (
        ("gained", gained, after),
        ("lost", lost, before),
        ("changed", changed, after),
    ):
        by_rule.update((source[k].get("rule") or "", sort) for k in keys)
    rules = sorted(
        {rule for rule, _ in by_rule},
        key=lambda r: -sum(by_rule[r, s] for s in ("gained", "lost", "changed")),
    )
    if rules:
        print(f"{'rule':40}{'gained':>8}{'lost':>8}{'changed':>9}")
    for rule in rules:
        print(f"{rule:40}{by_rule[rule, 'gained']:8}{by_rule[rule, 'lost']:8}{by_rule[rule, 'changed']:9}")
    for sort, keys in (("gained", gained), ("lost", lost)):
        for report, _, kind, quote in keys[: args.show]:
            print(f"{sort} {report} {kind}: {quote}")
    for (report, _, kind, quote), fields in list(changed.items())[: args.show]:
        print(f"changed {report} {kind} ({', '.join(fields)}): {quote}")


if __name__ == "__main__":
    main()
