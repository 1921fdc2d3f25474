"""The worker: takes jobs from the table one by one, in this process (a thread) or in one of its own."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import close_old_connections, transaction
from django.db.models import F
from django.utils import timezone

from rasid.desk.inbox.models import Feed, Job
from rasid.errors import RasidError

log = logging.getLogger("rasid.desk.worker")
Task = Callable[[Job], dict[str, Any]]
TASKS: dict[str, Task] = {}
STALE = timedelta(minutes=10)
TRIES = 3


def task(kind: str) -> Callable[[Task], Task]:
    """Make a function the one that does jobs of a kind. It returns the job's result; RasidError fails it
    with words.
    """

    def keep(function: Task) -> Task:
        TASKS[kind] = function
        return function

    return keep


def progress(job: Job, done: int, total: int | None = None, says: str = "") -> None:
    Job.objects.filter(pk=job.pk).update(done=done, total=total, says=says[:500], beat=timezone.now())


def load_tasks() -> None:
    from rasid.desk.inbox import tasks  # noqa: F401 - importing registers
    from rasid.desk.incidents import export_task  # noqa: F401


def take() -> Job | None:
    """The next job, marked as ours by one statement that only one worker can win."""
    now = timezone.now()
    Job.objects.filter(state=Job.RUNNING, beat__lt=now - STALE, attempts__lt=TRIES).update(state=Job.WAITING)
    for pk in (
        Job.objects.filter(state=Job.WAITING, not_before__lte=now).order_by("pk").values_list("pk", flat=True)[:5]
    ):
        if Job.objects.filter(pk=pk, state=Job.WAITING).update(state=Job.RUNNING, beat=now, attempts=F("attempts") + 1):
            return Job.objects.select_related("made_by").get(pk=pk)
    return None


def run(job: Job) -> None:
    """Do one job; whatever breaks is kept with the job in words that name no source, and in the log by type
    only.
    """
    state, result, says = Job.DONE, {}, None
    try:
        result = TASKS[job.kind](job)
    except RasidError as e:
        state, says = Job.FAILED, str(e)
    except Exception as e:  # noqa: BLE001 - one broken job must not end the worker; its type goes to the log
        log.error("job %s (%s) broke: %s", job.pk, job.kind, type(e).__name__)
        state, says = Job.FAILED, f"broke: {type(e).__name__}"
    change: dict[str, Any] = {"state": state, "result": result, "finished": timezone.now()}
    if says is not None:
        change["says"] = says[:500]
    Job.objects.filter(pk=job.pk).update(**change)


def due_feeds() -> None:
    """Queue a poll for each feed whose time has come."""
    now = timezone.now()
    for feed in Feed.objects.filter(active=True, next_poll__lte=now):
        with transaction.atomic():
            won = Feed.objects.filter(pk=feed.pk, next_poll=feed.next_poll).update(
                next_poll=now + timedelta(minutes=feed.minutes)
            )
            if won:
                Job.objects.create(kind="feed", payload={"feed": feed.pk}, made_by=feed.made_by)


def work_off(most: int = 1000) -> int:
    """Do what is waiting, then come back; returns how many. For tests, commands and `--once`."""
    load_tasks()
    n = 0
    while n < most and (job := take()):
        run(job)
        n += 1
    return n


class Worker(threading.Thread):
    """The worker inside `rasid desk`."""

    def __init__(self, pause: float = 1.0) -> None:
        super().__init__(name="rasid-worker", daemon=True)
        self.pause, self.halt = pause, threading.Event()

    def run(self) -> None:
        from rasid.desk.shelf import close

        load_tasks()
        while not self.halt.is_set():
            close_old_connections()
            try:
                due_feeds()
                job = take()
            except Exception as e:  # noqa: BLE001 - a locked or restarting database: wait and go on
                log.warning("worker waits: %s", type(e).__name__)
                job = None
            if job:
                run(job)
            else:
                self.halt.wait(self.pause)
        close()
