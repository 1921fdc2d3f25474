"""People of the desk, their ways in, the desk's policy, restrictions on records, and sealed identities of
sources.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone

from rasid.desk.core.roles import May, Role, may


class UserManager(BaseUserManager["User"]):
    def create_user(self, username: str, password: str, role: str = Role.READER, **more: Any) -> User:
        user = self.model(username=self.model.normalize_username(username).casefold(), role=Role(role).value, **more)
        user.set_password(password)
        user.save()
        return user


class User(AbstractBaseUser):
    """One person. ``epoch`` ends all sessions when it is raised; the TOTP secret is sealed."""

    username = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=120, blank=True)
    role = models.CharField(max_length=20, default=Role.READER.value)
    needs_sources = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    totp_sealed = models.TextField(blank=True, default="")
    totp_last = models.BigIntegerField(default=0)
    epoch = models.IntegerField(default=0)
    created = models.DateTimeField(default=timezone.now)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: list[str] = []
    objects = UserManager()

    def may(self, what: May | str) -> bool:
        return may(self, what)

    @property
    def shown(self) -> str:
        return self.name or self.username

    @property
    def has_totp(self) -> bool:
        return bool(self.totp_sealed)


class Invite(models.Model):
    """A link that works once: the first editor, a new colleague, or a password to be set anew. Only its
    hash is kept.
    """

    hash = models.CharField(max_length=64, unique=True)
    role = models.CharField(max_length=20)
    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="resets")
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    made = models.DateTimeField(default=timezone.now)
    expires = models.DateTimeField()
    used = models.DateTimeField(null=True)


class RecoveryCode(models.Model):
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="recovery_codes")
    hash = models.CharField(max_length=64)
    used = models.DateTimeField(null=True)


class Attempt(models.Model):
    """One try at something that is throttled; ``key`` is a keyed hash, never a name or an address."""

    what = models.CharField(max_length=20)
    key = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["what", "key", "at"])]


class Token(models.Model):
    """An API token: shown once, kept as a hash, limited to scopes, and always with an end."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=80)
    hash = models.CharField(max_length=64, unique=True)
    scopes = models.CharField(max_length=200)
    made = models.DateTimeField(default=timezone.now)
    expires = models.DateTimeField()
    last_used = models.DateTimeField(null=True)
    revoked = models.DateTimeField(null=True)

    def works(self, now: datetime) -> bool:
        return self.revoked is None and self.expires > now and self.user.is_active

    def scope_list(self) -> list[str]:
        return self.scopes.split()


class Setting(models.Model):
    """One value of the desk's policy (see policy.py)."""

    name = models.CharField(max_length=60, primary_key=True)
    value = models.JSONField()


class Restriction(models.Model):
    """A record that only the people named (and administrators) may see; for all others it does not exist."""

    kind = models.CharField(max_length=20)
    record = models.CharField(max_length=64)
    people = models.ManyToManyField(User)
    reason = models.TextField(blank=True)
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    made = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "record"], name="one_restriction_per_record")]


class Identity(models.Model):
    """Who a protected source of a report is: sealed under a key outside the database. ``code`` is its name
    at the desk.
    """

    report = models.CharField(max_length=64, db_index=True)
    code = models.CharField(max_length=20, unique=True)
    sealed = models.TextField()
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    made = models.DateTimeField(default=timezone.now)
