"""A bulletin: a snapshot of the book, given out. What it prints is data of the snapshot, not of the live
book.
"""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from rasid.desk.core.models import User


class Bulletin(models.Model):
    slug = models.SlugField(max_length=40, unique=True)
    title = models.CharField(max_length=200)
    note = models.TextField(blank=True, default="")
    snapshot = models.CharField(max_length=80)
    start = models.DateField()
    end = models.DateField()
    area = models.CharField(max_length=300, blank=True, default="")
    html_ar = models.TextField(default="")
    html_en = models.TextField(default="")
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    made = models.DateTimeField(default=timezone.now)
    published = models.DateTimeField(null=True)
    published_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
