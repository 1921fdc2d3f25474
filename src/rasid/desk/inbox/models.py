"""Work waiting to be done, and feeds that are watched."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from rasid.desk.core.models import User


class Job(models.Model):
    """One piece of work for the worker. ``payload`` never holds texts of reports: uploads wait in files of
    the desk's folder.
    """

    WAITING, RUNNING, DONE, FAILED = "waiting", "running", "done", "failed"

    kind = models.CharField(max_length=30)
    payload = models.JSONField(default=dict)
    state = models.CharField(max_length=10, default=WAITING, db_index=True)
    done = models.IntegerField(default=0)
    total = models.IntegerField(null=True)
    says = models.TextField(blank=True, default="")
    result = models.JSONField(default=dict)
    attempts = models.IntegerField(default=0)
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    made = models.DateTimeField(default=timezone.now)
    not_before = models.DateTimeField(default=timezone.now)
    beat = models.DateTimeField(null=True)
    finished = models.DateTimeField(null=True)

    @property
    def is_over(self) -> bool:
        return self.state in (self.DONE, self.FAILED)


class Feed(models.Model):
    url = models.URLField(max_length=500, unique=True)
    title = models.CharField(max_length=200, blank=True)
    active = models.BooleanField(default=True)
    minutes = models.IntegerField(default=30)
    etag = models.CharField(max_length=300, blank=True)
    modified = models.CharField(max_length=100, blank=True)
    next_poll = models.DateTimeField(default=timezone.now)
    last_poll = models.DateTimeField(null=True)
    last_says = models.TextField(blank=True, default="")
    failures = models.IntegerField(default=0)
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    made = models.DateTimeField(default=timezone.now)
