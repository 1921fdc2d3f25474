"""Who works on which report, and what waits for a second person."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from rasid.desk.core.models import User


class ReportTask(models.Model):
    """A report as a piece of work. A report without a row is open and nobody's."""

    OPEN, DONE, SKIPPED = "open", "done", "skipped"

    report = models.CharField(max_length=200, unique=True)
    state = models.CharField(max_length=10, default=OPEN, db_index=True)
    assigned = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="report_tasks")
    done_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    done_at = models.DateTimeField(null=True)
    made = models.DateTimeField(default=timezone.now)


class Proposal(models.Model):
    """A publication that one person proposes and another decides. While it is open, the record is frozen."""

    OPEN, APPROVED, REFUSED, WITHDRAWN = "open", "approved", "refused", "withdrawn"

    kind = models.CharField(max_length=20)
    record = models.CharField(max_length=40, db_index=True)
    state = models.CharField(max_length=10, default=OPEN, db_index=True)
    note = models.TextField(blank=True, default="")
    version = models.IntegerField(default=0)
    proposed_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision_note = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["record"], condition=models.Q(state="open"), name="one_open_proposal_per_record"
            )
        ]
