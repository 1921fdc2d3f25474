"""Searches that people keep, and exports that wait, are ready, or have ended."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from rasid.desk.core.models import User


class SavedSearch(models.Model):
    """The query string is the search; ``seen`` is how many there were when the person last looked."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="searches")
    name = models.CharField(max_length=120)
    query = models.TextField()
    shared = models.BooleanField(default=False)
    seen = models.IntegerField(default=0)
    made = models.DateTimeField(default=timezone.now)


class Export(models.Model):
    """A file asked for. It is made by the worker with the rights that its owner has then, and ends."""

    ASKED, APPROVED, READY, REFUSED, FAILED, ENDED = (
        "asked",
        "approved",
        "ready",
        "refused",
        "failed",
        "ended",
    )

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="exports")
    what = models.CharField(max_length=20, default="incidents")
    format = models.CharField(max_length=20)
    query = models.TextField(blank=True, default="")
    reason = models.TextField(blank=True, default="")
    state = models.CharField(max_length=10, default=ASKED, db_index=True)
    decided_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    stored = models.CharField(max_length=80, blank=True, default="")
    rows = models.IntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True, default="")
    made = models.DateTimeField(default=timezone.now)
    expires = models.DateTimeField(null=True)
