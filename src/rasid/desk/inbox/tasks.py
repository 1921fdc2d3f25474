"""What the worker does for the inbox: files, addresses, feeds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from rasid.desk.core.policy import policy
from rasid.desk.inbox import services
from rasid.desk.inbox.fetching import fetch
from rasid.desk.inbox.models import Feed, Job
from rasid.desk.inbox.worker import progress, task
from rasid.desk.shelf import book
from rasid.errors import InputError
from rasid.intake.carrier import Failure, Options, Raw
from rasid.intake.opening import open_raw
from rasid.model.document import Document


def _keep_all(job: Job, found: Iterable[Document | Failure]) -> dict[str, Any]:
    """Put each report in; tell as we go; remember what was new, known, copied and refused."""
    new: list[str] = []
    known, copies, failed, n = 0, 0, [], 0
    for item in found:
        n += 1
        if isinstance(item, Failure):
            failed.append(str(item)[:300])
            continue
        if book().holds(item):
            known += 1
        else:
            kept = services.keep(item, job.made_by)
            new.append(kept.added.report)
            copies += bool(kept.added.copy_of)
        if n % 5 == 0 or n < 5:
            progress(job, n)
    progress(job, n, n)
    return {
        "new": new[:200],
        "new_count": len(new),
        "known": known,
        "copies": copies,
        "failed": failed[:50],
        "failed_count": len(failed),
    }


@task("file")
def read_file(job: Job) -> dict[str, Any]:
    path = services.upload_folder() / job.payload["stored"]
    if not path.is_file():
        raise InputError("the upload is gone", where=job.payload["name"], mend="upload it again")
    given = job.payload.get("published")
    try:
        raw = Raw(job.payload["name"], lambda: path.open("rb"), path, inside=job.payload["name"])
        result = _keep_all(
            job, open_raw(raw, Options(date.fromisoformat(given) if given else None, True, services.UPLOAD))
        )
    finally:
        path.unlink(missing_ok=True)
    if not result["new_count"] and not result["known"] and result["failed"]:
        raise InputError(result["failed"][0])
    return result


@task("url")
def read_url(job: Job) -> dict[str, Any]:
    fetched = fetch(job.payload["url"], hosts=policy().fetch_hosts)
    found = services.documents_of(fetched)
    result = _keep_all(job, found)
    if not result["new_count"] and not result["known"]:
        raise InputError(
            result["failed"][0] if result["failed"] else "no report found on this page",
            where=job.payload["url"],
        )
    return result


@task("feed")
def poll_feed(job: Job) -> dict[str, Any]:
    """One poll. Entries come as the feed gives them; one that fails again and again is asked less often."""
    feed = Feed.objects.get(pk=job.payload["feed"])
    headers = {k: v for k, v in (("If-None-Match", feed.etag), ("If-Modified-Since", feed.modified)) if v}
    try:
        fetched = fetch(feed.url, hosts=policy().fetch_hosts, headers=headers)
        result = (
            {"new_count": 0, "known": 0} if fetched.status == 304 else _keep_all(job, services.documents_of(fetched))
        )
    except InputError as e:
        again = timezone.now() + timedelta(minutes=min(1440, feed.minutes * 2 ** min(feed.failures + 1, 6)))
        Feed.objects.filter(pk=feed.pk).update(
            last_poll=timezone.now(), last_says=str(e)[:300], failures=feed.failures + 1, next_poll=again
        )
        raise
    Feed.objects.filter(pk=feed.pk).update(
        last_poll=timezone.now(),
        last_says="",
        failures=0,
        etag=fetched.headers.get("etag", "")[:300],
        modified=fetched.headers.get("last-modified", "")[:100],
    )
    return result
