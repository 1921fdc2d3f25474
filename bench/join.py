"""Joining claims of an invented world with known truth: pairwise precision and recall, time, memory.

python bench/join.py 10000 100000 1000000
"""

from __future__ import annotations

import gc
import json
import random
import resource
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable

from join_world import DAYS, claims

from rasid.books import features, keys
from rasid.books.cluster import IncidentRules, Joiner
from rasid.books.features import Features
from rasid.books.memory import MemoryShelf


def load(count: int, days: int) -> tuple[list[Features], dict[int, int]]:
    """Features of shuffled claims, and the event of each."""
    out, truth = [], {}
    order = list(range(1, count + 1))
    random.Random(2).shuffle(order)
    for n, told in zip(order, claims(count, days=days), strict=False):
        f = features.of_incident(told.claim, told.published, "", f"{n:08x}", n)
        f.n, f.words = n, tuple(sorted(told.words))
        truth[n] = told.event
        out.append(f)
    out.sort(key=lambda f: f.n)
    return out, truth


def pairs(sizes: Iterable[int]) -> int:
    return sum(s * (s - 1) // 2 for s in sizes)


def scored(records: list[list[int]], truth: dict[int, int]) -> dict[str, float]:
    """Pairwise precision, recall and F1."""
    both = pairs(c for ns in records for c in Counter(truth[n] for n in ns).values())
    said, true = pairs(len(ns) for ns in records), pairs(Counter(truth.values()).values())
    p, r = both / said if said else 1.0, both / true if true else 1.0
    return {"precision": round(p, 4), "recall": round(r, 4), "f1": round(2 * p * r / (p + r), 4)}


def run(count: int, days: int) -> dict[str, float]:
    told, truth = load(count, days)
    gc.collect()
    gc.freeze()
    begun = time.perf_counter()
    shelf: MemoryShelf[Features] = MemoryShelf(keys.kept)
    for f in told:
        shelf.put(f)
    change = Joiner(shelf, IncidentRules()).update(told, all_at_once=True)
    seconds = time.perf_counter() - begun
    records = [c.numbers for c in change.clusters]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    return {
        "claims": count,
        "events": len(set(truth.values())),
        "records": len(records),
        **scored(records, truth),
        "seconds": round(seconds, 1),
        "per_claim_us": round(1e6 * seconds / count, 1),
        "peak_gb": round(peak, 2),
    }


def mistakes(count: int, days: int, show: int = 12) -> None:
    """Events whose claims came apart, for a person to look at."""
    told, truth = load(count, days)
    shelf: MemoryShelf[Features] = MemoryShelf(keys.kept)
    for f in told:
        shelf.put(f)
    change = Joiner(shelf, IncidentRules()).update(told, all_at_once=True)
    apart: dict[int, list[list[Features]]] = defaultdict(list)
    for c in change.clusters:
        for e in {truth[n] for n in c.numbers}:
            apart[e].append([shelf.all[n] for n in c.numbers if truth[n] == e])
    for e, parts in [(e, ps) for e, ps in apart.items() if len(ps) > 1][:show]:
        print("event", e)
        for part in parts:
            print("   ", [(f.tier, f.lo, f.type, [s.id or s.name for s in f.spots], f.harm) for f in part])


if __name__ == "__main__":
    for size in map(int, sys.argv[1:] or ["10000", "100000"]):
        # the same density of events whatever the size
        print(json.dumps(run(size, max(30, DAYS * size // 1_000_000))), flush=True)
