"""Many reports on this machine: documents in, readings out in the same order, on one core or on several."""

from __future__ import annotations

import multiprocessing
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice

from rasid.errors import RasidError
from rasid.intake.carrier import Failure
from rasid.model.document import Document
from rasid.model.reading import Reading

#: Documents that go to a worker at once, and such batches under way per worker: enough to hide the passing,
#: and memory
#: stays bounded however long the input is.
_BATCH, _AHEAD = 24, 3


def read_all(documents: Iterable[Document | Failure], *, jobs: int = 1) -> Iterator[Reading | Failure]:
    """Read documents one after the other; failures of intake pass through. Order is that of the input.

    jobs: worker processes; 1 reads in this process.
    """
    if jobs <= 1:
        yield from map(read_one, documents)
        return
    yield from _parallel(iter(documents), jobs)


def read_one(document: Document | Failure) -> Reading | Failure:
    """One document read; whatever goes wrong with it becomes a Failure, so that a batch goes on."""
    if isinstance(document, Failure):
        return document
    try:
        from rasid.reading.read import read

        return read(document)
    except RasidError as e:
        return Failure(document.key, e.what, e.mend)
    except Exception as e:  # noqa: BLE001 - a bug met on one report must not lose the other ten thousand; it is named
        return Failure(
            document.key,
            f"the reader failed: {type(e).__name__}: {str(e)[:200]}",
            "please report it with this input",
        )


def _read_batch(batch: list[Document | Failure]) -> list[Reading | Failure]:
    return [read_one(d) for d in batch]


def _parallel(documents: Iterator[Document | Failure], jobs: int) -> Iterator[Reading | Failure]:
    workers = pool(jobs)
    waiting: deque[tuple[list[Document | Failure], Future[list[Reading | Failure]]]] = deque()
    try:
        while True:
            while len(waiting) < jobs * _AHEAD and (batch := list(islice(documents, _BATCH))):
                waiting.append((batch, workers.submit(_read_batch, batch)))
            if not waiting:
                return
            batch, future = waiting.popleft()
            try:
                yield from future.result()
            except BrokenProcessPool:
                # one report killed its worker, and with it all that was under way: read those again, apart
                workers = pool(jobs)
                lost = [batch, *(b for b, _ in waiting)]
                waiting.clear()
                for b in lost:
                    yield from _apart(b)
    finally:
        workers.shutdown(cancel_futures=True)


def _apart(batch: list[Document | Failure]) -> Iterator[Reading | Failure]:
    """Each document of a batch in a process of its own, to find the one that kills it."""
    for document in batch:
        with pool(1) as one:
            try:
                yield from one.submit(_read_batch, [document]).result()
            except BrokenProcessPool:
                name = document.name if isinstance(document, Failure) else document.key
                yield Failure(name, "the reading process died, most likely for want of memory", "read it alone")


def pool(jobs: int) -> ProcessPoolExecutor:
    """Processes that read."""
    # forked workers share the compiled knowledge; elsewhere each compiles its own
    method = "fork" if sys.platform == "linux" else "spawn"
    return ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context(method))
