"""The worker's side of exports: the file is made with the rights its owner has now, not those of the day it
was asked for.
"""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from rasid.desk.core import audit
from rasid.desk.core.roles import May
from rasid.desk.inbox.models import Job
from rasid.desk.inbox.worker import task
from rasid.desk.incidents import files
from rasid.desk.incidents.models import Export
from rasid.errors import InputError, RasidError


@task("export")
def make(job: Job) -> dict[str, Any]:
    held = Export.objects.select_related("user").get(pk=job.payload["export"])
    if held.state != Export.APPROVED:
        raise InputError("not approved", where=f"export {held.pk}")
    if not held.user.may(May.EXPORT):
        Export.objects.filter(pk=held.pk).update(state=Export.REFUSED)
        raise InputError("its owner may no longer export", where=f"export {held.pk}")
    try:
        path, rows, sha = files.write(held.what, held.format, held.query, held.user)
    except RasidError:
        Export.objects.filter(pk=held.pk).update(state=Export.FAILED)
        raise
    Export.objects.filter(pk=held.pk).update(state=Export.READY, stored=path.name, rows=rows, sha256=sha)
    audit.note("export.made", by=held.user, record=f"export:{held.pk}", rows=rows, sha256=sha)
    sweep()
    return {"rows": rows}


def sweep() -> int:
    """Take away files whose time is over."""
    over = list(Export.objects.filter(state=Export.READY, expires__lt=timezone.now()))
    for e in over:
        (files.folder() / e.stored).unlink(missing_ok=True)
    return Export.objects.filter(pk__in=[e.pk for e in over]).update(state=Export.ENDED, stored="")
