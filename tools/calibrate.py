"""Fit the confidence of incident claims on coded reports, and print how well it is calibrated.

    python tools/calibrate.py GOLD.jsonl [--write]

A claim is right when the scorer's matching (family of type, shared words of evidence or a shared place) pairs it with
a coded incident; claims paired with optional incidents are left out. Weights are fitted by penalised logistic
regression (statsmodels), checked by leaving whole reports out ten ways.
"""

from __future__ import annotations

import argparse
import json
import random
from datetime import date
from pathlib import Path

import numpy as np

from rasid.model.document import Document
from rasid.reading import evaluate
from rasid.reading.read import claims_of

KNOWLEDGE = Path(__file__).parent.parent / "src/rasid/knowledge/confidence.toml"


def rows(path: str) -> list[tuple[str, dict[str, float], int]]:
    """(report, features, right) for every happened claim that the grammar makes, before any floor."""
    out = []
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        gold = json.loads(line)
        r = gold["report"]
        day = date.fromisoformat(r["published"]) if r.get("published") else None
        found = claims_of(Document(text=r["text"], id=r["id"], title=r["title"], published=day))
        golds = [g for g in gold["incidents"] if g["type"] != "toll" and g.get("modality") == "happened"]
        pairs = {j: golds[i] for i, j in evaluate.match(golds, [i for i, _ in found], evaluate.incident_likeness)}
        for j, (incident, f) in enumerate(found):
            if incident["type"] == "toll" or incident["modality"] != "happened":
                continue
            g = pairs.get(j)
            if g is not None and g.get("optional"):
                continue
            out.append((r["id"], f, int(g is not None)))
    return out


def fit(x: np.ndarray, y: np.ndarray, penalty: float) -> np.ndarray:
    """Ridge-penalised logistic regression by Newton's method; the first column is the bias and is not penalised."""
    w = np.zeros(x.shape[1])
    ridge = np.diag([0.0] + [penalty] * (x.shape[1] - 1))
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ w))
        gradient = x.T @ (y - p) - ridge @ w
        hessian = (x * (p * (1 - p))[:, None]).T @ x + ridge
        step = np.linalg.solve(hessian, gradient)
        w += step
        if np.abs(step).max() < 1e-8:
            break
    return w


def main() -> None:
    """Fit, report, and write when asked."""
    ap = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ap.add_argument("gold")
    ap.add_argument("--write", action="store_true")
    ap.add_argument("--penalty", type=float, default=3.0)
    a = ap.parse_args()
    data = rows(a.gold)
    names = sorted({k for _, f, _ in data for k in f})
    x = np.array([[1.0] + [f.get(k, 0.0) for k in names] for _, f, _ in data])
    y = np.array([r for _, _, r in data], float)
    docs = sorted({d for d, _, _ in data})
    random.Random(7).shuffle(docs)
    held = np.zeros(len(y))
    for k in range(10):
        out = set(docs[k::10])
        test = np.array([d in out for d, _, _ in data])
        held[test] = 1 / (1 + np.exp(-x[test] @ fit(x[~test], y[~test], a.penalty)))
    print(f"claims {len(y)}, right {int(y.sum())} ({y.mean():.2f}); held-out Brier {np.mean((held - y) ** 2):.3f}")
    for lo in np.arange(0, 1, 0.2):
        inside = (held >= lo) & (held < lo + 0.2)
        if inside.any():
            print(f"  said {lo:.1f}-{lo + 0.2:.1f}: {inside.sum():4} claims, right {y[inside].mean():.2f}")
    best = max(np.arange(0.1, 0.7, 0.02), key=lambda z: _f1(held, y, z))
    print(f"floor {best:.2f}: kept {int((held >= best).sum())}, F1 among claims {_f1(held, y, best):.3f}")
    w = fit(x, y, a.penalty)
    for n, v in sorted(zip(names, w[1:], strict=True), key=lambda p: -abs(p[1])):
        print(f"  {n:28} {v:+.2f}")
    if a.write:
        lines = [
            "# Fitted by tools/calibrate.py; do not edit by hand.",
            f"bias = {w[0]:.4f}",
            f"floor = {best:.2f}",
            "",
            "[weights]",
        ]
        lines += [f"{n} = {v:.4f}" for n, v in zip(names, w[1:], strict=True)]
        KNOWLEDGE.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _f1(p: np.ndarray, y: np.ndarray, floor: float) -> float:
    kept = p >= floor
    tp = float(y[kept].sum())
    return 2 * tp / (kept.sum() + y.sum()) if kept.any() else 0.0


if __name__ == "__main__":
    main()
