"""What the public may see: projections made at publication, and letters of readers."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from rasid.desk.core.models import User


class Publication(models.Model):
    """A record as it went out. Public pages, feeds, API and files read only ``payload``: nothing else can
    leak.

    ``show_from`` holds the policy's delay; ``withdrawn`` takes it back.
    """

    kind = models.CharField(max_length=20)
    record = models.CharField(max_length=40, unique=True)
    payload = models.JSONField()
    day = models.DateField(null=True, db_index=True)
    version = models.IntegerField(default=1)
    published_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    proposed_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    published = models.DateTimeField(default=timezone.now)
    updated = models.DateTimeField(default=timezone.now)
    show_from = models.DateTimeField(default=timezone.now, db_index=True)
    withdrawn = models.DateTimeField(null=True)


class Letter(models.Model):
    """Who sent a correction: name and mail are sealed and never leave; the correction itself lies in the
    book.
    """

    correction = models.BigIntegerField(unique=True)
    subject = models.CharField(max_length=40)
    sealed = models.TextField()
    at = models.DateTimeField(default=timezone.now)
