"""Spark against this machine's own processes on one archive: the same rows, and how long each takes.

    python bench/spark.py [--reports N] [--corpus FILE.jsonl] [--master local-cluster[2,1,1024]]

The default master starts two executors with one core each, as JVMs of their own that speak with the driver
over the loopback. Reports are invented (bench/texts.py) unless a corpus is given. Writes out/spark.json.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from texts import reports

OUT = Path(__file__).resolve().parents[1] / "out" / "spark.json"


def main() -> None:
    """Run each engine on the same archive, compare what they wrote, print and keep the figures."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--reports", type=int, default=1000, help="reports of the archive (default 1000)")
    parser.add_argument("--corpus", type=Path, help="an archive of real reports, in place of invented ones")
    parser.add_argument("--master", default="local-cluster[2,1,1024]", help="Spark's master")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = _measure(args, Path(folder))
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(found, ensure_ascii=False, indent=1), encoding="utf-8")
    _table(found)
    if not found["same rows"]:
        raise SystemExit("the engines wrote different rows")


def _measure(args: argparse.Namespace, folder: Path) -> dict[str, Any]:
    from rasid.batch import processes, spark

    archive = args.corpus or _invented(folder / "archive.jsonl", args.reports)
    stretch = max(100_000, archive.stat().st_size // 8)
    begun = time.perf_counter()
    session = spark.session(args.master, **_executors(args.master))
    started = time.perf_counter() - begun
    executors = _executors_up(session)
    cores = os.cpu_count() or 1
    engines: dict[str, Callable[[], Any]] = {
        "local, 1 process": lambda: processes.engine(1),
        f"local, {cores} processes": lambda: processes.engine(cores),
        f"spark, {executors} executors": lambda: spark.engine(session),
    }
    runs = {name: _run(archive, folder / str(n), make(), stretch) for n, (name, make) in enumerate(engines.items())}
    session.stop()
    return {
        "machine": {"cores": cores, "python": platform.python_version(), "system": platform.platform()},
        "master": args.master,
        "executors": executors,
        "archive": {"reports": args.reports if not args.corpus else None, "bytes": archive.stat().st_size},
        "spark start s": round(started, 1),
        "runs": {name: {k: v for k, v in r.items() if k != "rows"} for name, r in runs.items()},
        "same rows": len({r["rows"] for r in runs.values()}) == 1,
    }


def _executors(master: str) -> dict[str, str]:
    """Executors of a local cluster are processes of their own that need the memory they are given."""
    return {"spark_executor_memory": "1g", "spark_executor_cores": "1"} if "cluster" in master else {}


def _executors_up(session: Any) -> int:
    """How many executors have come up, the driver not counted; waits for two at most half a minute."""
    tracker = session.sparkContext._jsc.sc().statusTracker()
    for _ in range(60):
        count = len(tracker.getExecutorInfos()) - 1
        if count >= 2:
            return count
        time.sleep(0.5)
    return max(1, len(tracker.getExecutorInfos()) - 1)


def _invented(path: Path, count: int) -> Path:
    lines = (
        json.dumps({"id": f"r{n}", "text": text, "published": "2021-08-07"}, ensure_ascii=False)
        for n, text in enumerate(reports(count))
    )
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def _run(archive: Path, out: Path, engine: Any, stretch: int) -> dict[str, Any]:
    from rasid.batch.archive import run

    begun = time.perf_counter()
    total = run([archive], out, engine, stretch=stretch)
    taken = time.perf_counter() - begun
    return {
        "reports": total.reports,
        "failures": total.failures,
        "parts": total.parts,
        "seconds": round(taken, 1),
        "reports/s": round(total.reports / taken, 1),
        "rows": _fingerprint(out),
    }


def _fingerprint(out: Path) -> str:
    """A hash of all rows, in whatever files and order they lie."""
    import pyarrow.parquet as pq

    rows = [
        json.dumps(r, default=str, sort_keys=True)
        for p in (out / "reports").glob("*.parquet")
        for r in pq.read_table(p).to_pylist()
    ]
    return hashlib.sha256("\n".join(sorted(rows)).encode()).hexdigest()


def _table(found: dict[str, Any]) -> None:
    print(f"master {found['master']}, {found['executors']} executors, started in {found['spark start s']} s")
    print(f"{'engine':24}{'reports':>9}{'parts':>7}{'seconds':>9}{'reports/s':>11}")
    for name, r in found["runs"].items():
        print(f"{name:24}{r['reports']:>9}{r['parts']:>7}{r['seconds']:>9}{r['reports/s']:>11}")
    print(f"the same rows: {'yes' if found['same rows'] else 'NO'}\nwritten to {OUT.name}")


if __name__ == "__main__":
    main()
