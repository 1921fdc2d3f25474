"""The local engine: parts on all cores of this machine."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import as_completed
from concurrent.futures.process import BrokenProcessPool

from rasid.batch.archive import Engine
from rasid.batch.local import pool
from rasid.batch.part import Done, Job, Part, carefully, do


def engine(jobs: int | None = None) -> Engine:
    """Parts read in so many processes; by default as many as there are cores, 1 in this process."""
    workers = jobs or os.cpu_count() or 1

    def work(parts: Sequence[Part], job: Job) -> Iterator[Done]:
        if workers == 1 or (len(parts) == 1 and jobs is None):
            yield from (do(p, job) for p in parts)
            return
        yield from _spread(parts, job, workers)

    return work


def _spread(parts: Sequence[Part], job: Job, workers: int) -> Iterator[Done]:
    """Parts in worker processes; when one dies, what was under way is read again with care."""
    left = list(parts)
    with pool(workers) as processes:
        futures = {processes.submit(do, p, job): p for p in parts}
        try:
            for future in as_completed(futures):
                yield future.result()
                left.remove(futures[future])
        except BrokenProcessPool:
            pass  # told by what is left
        except BaseException:
            processes.shutdown(wait=False, cancel_futures=True)
            raise
    for part in left:
        # a part may have been written just before its worker's pool broke; reading it again does no harm
        yield carefully(part, job)
