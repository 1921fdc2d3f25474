"""How much of a gold file's places the place resolver finds: `tools/places_coverage.py GOLD.jsonl
[--skip N M] [--time]`.

Prints coverage by role and kind, and the places that no hit covers. Matching is that of the scorer:
half the words of
the shorter name, generic nouns left out.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from pathlib import Path

from rasid.model.context import Context
from rasid.resolve.where import find
from rasid.text.tokens import tokenize

GENERIC = {
    "بلده",
    "قريه",
    "مدينه",
    "حي",
    "احياء",
    "محافظه",
    "ريف",
    "منطقه",
    "محيط",
    "ضاحيه",
    "مخيم",
    "طريق",
    "شارع",
    "ناحيه",
    "قضاء",
    "ولايه",
    "اطراف",
    "جنوب",
    "شمال",
    "شرق",
    "غرب",
    "وسط",
    "قرب",
    "بلدتي",
    "قريتي",
    "مدينتي",
    "بلدات",
    "قري",
    "مدن",
    "مناطق",
    "قطاع",
    "جبل",
    "تل",
    "معبر",
    "جبهه",
    "محور",
}


def words(text: str) -> set[str]:
    out = set()
    t = tokenize(text)
    for k, kind in zip(t.key, t.kind, strict=True):
        if kind in "wn":
            out.add(
                next(
                    (k[len(p) :] for p in ("وال", "بال", "لل", "ال") if k.startswith(p) and len(k) > len(p) + 1),
                    k,
                )
            )
    return (out - GENERIC) or out


def same(a: str, b: str) -> bool:
    wa, wb = words(a), words(b)
    return bool(wa and wb) and len(wa & wb) / min(len(wa), len(wb)) >= 0.5


def main() -> int:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("gold", type=Path)
    ap.add_argument("--only", type=int, nargs="*", default=[0, 1], help="index modulo 3 of the documents to read")
    ap.add_argument("--all", action="store_true", help="print every hit")
    args = ap.parse_args()
    docs = [json.loads(line) for line in args.gold.open(encoding="utf-8")]
    kept = [(i, d) for i, d in enumerate(docs) if i % 3 in args.only]
    found: Counter[str] = Counter()
    spent = 0.0
    for i, d in kept:
        t = tokenize(d["report"]["text"])
        began = time.perf_counter()
        hits = find(t, Context())
        spent += time.perf_counter() - began
        quotes = [(t.quote(h.lo, h.hi)[len(h.clitics) :], h) for h in hits]
        if args.all:
            for q, h in quotes:
                print(i, "|", q, "|", h.name, h.id, h.kind, h.part, h.role, h.rule, h.group)
        for item in d["incidents"] + d["commitments"]:
            for p in item["places"]:
                roles = [h for q, h in quotes if same(p["text"], q)]
                role = "place" if any(h.role == "place" for h in roles) else roles[0].role if roles else "MISSED"
                found[role] += 1
                if role == "MISSED" or role != "place":
                    print(i, role, "|", p["text"], "|", p.get("kind"))
                best = next((h for h in roles if h.role == "place"), None)
                if best and p.get("lat") and best.lat and abs(best.lat - p["lat"]) > 0.15:
                    print(i, "FAR", p["text"], p["lat"], best.id, best.lat)
    print(dict(found), f"{1000 * spent / len(kept):.2f} ms a document")
    return 0


if __name__ == "__main__":
    sys.exit(main())
