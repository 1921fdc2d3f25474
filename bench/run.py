"""`make bench`: how fast, how much memory, how soon, and how it grows. Prints a table, writes out/bench.json.

    python bench/run.py [--reports N] [--corpus FILE.jsonl]

The reports are invented (bench/texts.py) unless a corpus is given. Figures are of this machine, now.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

from texts import reports

DAY = date(2021, 8, 7)
OUT = Path(__file__).resolve().parents[1] / "out" / "bench.json"


def main() -> None:
    """Run all parts in order."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--reports", type=int, default=400, help="reports read for the rates (default 400)")
    parser.add_argument("--corpus", type=Path, help="JSON lines of real reports, in place of invented ones")
    parser.add_argument("--peak", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.peak:
        _peak(args.reports)
        return
    found: dict[str, Any] = {
        "machine": {
            "cores": os.cpu_count(),
            "python": platform.python_version(),
            "system": platform.platform(),
        },
        "start_up_s": start_up(),
        "peak_memory_mb": peak_memory(args.reports),
    }
    documents = _documents(args)
    found["rate"] = rates(documents)
    found["length"] = growth_with_length()
    found["gazetteer"] = growth_with_gazetteer()
    found["dates"] = dates([d.text for d in documents[:40]])
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(found, ensure_ascii=False, indent=1), encoding="utf-8")
    table(found)
    print(f"\nwritten to {OUT.relative_to(Path.cwd()) if OUT.is_relative_to(Path.cwd()) else OUT}")


def _documents(args: argparse.Namespace) -> list[Any]:
    from rasid.intake import Failure, of_text, open_path

    if args.corpus:
        found = (d for d in open_path(args.corpus) if not isinstance(d, Failure))
        return [d for d, _ in zip(found, range(args.reports), strict=False)]
    return [of_text(t, id=str(n), published=DAY) for n, t in enumerate(reports(args.reports))]


def start_up() -> dict[str, float]:
    """Seconds from nothing to: the package, the help text, the first reading. Median of five."""
    rasid = [sys.executable, "-c", "from rasid.cli import main; main()"]
    first = "import rasid; rasid.read('قصفت قوات النظام بلدة سرمين أمس.', published='2021-08-07')"
    return {
        "import rasid": _median(5, lambda: _run([sys.executable, "-c", "import rasid"])),
        "rasid --help": _median(5, lambda: _run([*rasid, "--help"])),
        "first reading": _median(5, lambda: _run([sys.executable, "-c", first])),
    }


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def _median(times: int, work: Callable[[], object]) -> float:
    return round(statistics.median(_seconds(work) for _ in range(times)), 3)


def _seconds(work: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    """Seconds by the clock on the wall, or by another (`time.process_time`: of this process alone)."""
    begun = clock()
    work()
    return clock() - begun


def peak_memory(count: int) -> float:
    """Resident megabytes at the highest, of a process that reads so many reports."""
    done = subprocess.run(
        [sys.executable, __file__, "--peak", "--reports", str(count)],
        check=True,
        capture_output=True,
        text=True,
    )
    return float(done.stdout)


def _peak(count: int) -> None:
    import rasid

    for text in reports(count):
        rasid.read(text, published=DAY)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(round(peak / (1024 if sys.platform == "linux" else 1 << 20), 1))


def rates(documents: list[Any]) -> dict[str, Any]:
    """Reports a second, on one core and on all, with the knowledge loaded."""
    from rasid.batch.local import read_all

    list(read_all(documents[:20]))
    words = statistics.mean(len(d.text.split()) for d in documents)
    one = _seconds(lambda: _drain(read_all(documents)))
    alone = _seconds(lambda: _drain(read_all(documents)), time.process_time)
    cores = os.cpu_count() or 1
    many = documents * max(1, 1200 // len(documents))
    all_cores = _seconds(lambda: _drain(read_all(many, jobs=cores)))
    return {
        "words per report": round(words),
        "one core": round(len(documents) / one, 1),
        "a second of one core's time": round(len(documents) / alone, 1),
        f"{cores} cores": round(len(many) / all_cores, 1),
    }


def _drain(items: Iterable[object]) -> None:
    for _ in items:
        pass


def growth_with_length() -> dict[str, float]:
    """Milliseconds per 1,000 words for texts from 100 to 25,600 words: flat where time is linear."""
    import rasid

    out = {}
    for words in (100, 400, 1600, 6400, 25_600):
        (text,) = reports(1, words)
        rasid.read(text, published=DAY)
        taken = _seconds(lambda text=text: rasid.read(text, published=DAY), time.process_time)
        out[f"{words:,} words"] = round(1_000_000 * taken / words, 2)
    return out


def growth_with_gazetteer() -> dict[str, dict[str, float]]:
    """The place resolver with more and more places: milliseconds a report, seconds to build."""
    from dataclasses import replace

    from rasid.lexicon.gazetteer import Gazetteer, supplement
    from rasid.model.context import Context
    from rasid.resolve import where
    from rasid.text.tokens import tokenize

    base = list(supplement())
    settlements = [p for p in base if p.kind in {"city", "town", "village"}]
    tokens = [tokenize(t) for t in reports(60)]
    out = {}
    for size in (0, 10_000, 100_000, 500_000):
        more = (
            replace(p, id=f"bench.{n}", name=f"{p.name} {_letters(n)}", aliases=())
            for n, p in zip(range(size), settlements * (size // len(settlements) + 1), strict=False)
        )
        made: list[Gazetteer] = []
        build = _seconds(lambda made=made, more=more: made.append(Gazetteer([*base, *more])))
        find = lambda g=made[0]: [where.find(t, Context(DAY), g) for t in tokens]  # noqa: E731
        find()
        out[f"{len(base) + size:,} places"] = {
            "build s": round(build, 2),
            "ms per report": round(1000 * _seconds(find, time.process_time) / len(tokens), 3),
        }
    return out


def _letters(n: int) -> str:
    """A made-up Arabic word for a number."""
    out = ""
    while True:
        n, digit = divmod(n, 22)
        out += "بتثجحخدذرزسشصضطظعغفقكل"[digit]
        if not n:
            return out


def dates(texts: list[str]) -> dict[str, Any]:
    """The time part against dateparser's search on the same texts: texts a second, expressions found."""
    from datetime import datetime

    from rasid.model.context import Context
    from rasid.resolve import when
    from rasid.text.tokens import tokenize

    context = Context(DAY, "metadata")
    tokens = [tokenize(t) for t in texts]
    ours: list[Any] = []
    when.find(tokens[0], context)
    taken = _seconds(lambda: ours.extend(when.find(t, context) for t in tokens))
    out: dict[str, Any] = {
        "rasid": {
            "texts/s": round(len(texts) / taken, 1),
            "with a day": sum(bool(h.start) for hs in ours for h in hs),
        }
    }
    try:
        from dateparser.search import search_dates
    except ImportError:
        return out
    settings = {"RELATIVE_BASE": datetime(DAY.year, DAY.month, DAY.day), "PREFER_DATES_FROM": "past"}
    theirs: list[Any] = []
    search_dates(texts[0], languages=["ar"], settings=settings)
    few = texts[:10]
    taken = _seconds(lambda: theirs.extend(search_dates(t, languages=["ar"], settings=settings) or [] for t in few))
    out["dateparser"] = {
        "texts/s": round(len(few) / taken, 1),
        "with a day": round(len(texts) / len(few) * sum(len(x) for x in theirs)),
    }
    return out


def table(found: dict[str, Any]) -> None:
    """The figures, a line each."""
    for part, figures in found.items():
        print(f"\n{part.replace('_', ' ')}")
        if not isinstance(figures, dict):
            print(f"  {figures}")
            continue
        for name, value in figures.items():
            shown = "   ".join(f"{k} {v}" for k, v in value.items()) if isinstance(value, dict) else value
            print(f"  {name:28} {shown}")


if __name__ == "__main__":
    main()
