"""Accounts: one-time links, passwords, second factor, recovery codes, tokens. Views and commands call
these.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

import pyotp
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils import timezone

from rasid.desk.core import audit
from rasid.desk.core.keys import seal, unseal
from rasid.desk.core.models import Invite, RecoveryCode, Token, User
from rasid.desk.core.roles import Role

TOKEN_PREFIX = "rsd_"
SCOPES = ("read:incidents", "read:ledger", "read:reports", "write:reports", "write:review", "export")


def hashed(secret: str) -> str:
    """Secrets that we make have 256 bits, so one SHA-256 is enough to keep them."""
    return hashlib.sha256(secret.encode()).hexdigest()


def nobody_yet() -> bool:
    return not User.objects.exists()


def first_link() -> str:
    """A fresh one-time secret for the first account; earlier ones stop to work."""
    Invite.objects.filter(user=None, made_by=None, used=None).update(used=timezone.now())
    return _invite(Role.ADMINISTRATOR, made_by=None, hours=24)


def invite(role: Role, made_by: User) -> str:
    secret = _invite(role, made_by=made_by, hours=72)
    audit.note("account.invited", by=made_by, role=role.value)
    return secret


def reset_link(user: User, made_by: User | None) -> str:
    secret = _invite(Role(user.role), made_by=made_by, hours=24, user=user)
    audit.note("account.reset_link", by=made_by, record=f"user:{user.pk}")
    return secret


def _invite(role: Role, made_by: User | None, hours: int, user: User | None = None) -> str:
    secret = secrets.token_urlsafe(32)
    Invite.objects.create(
        hash=hashed(secret),
        role=role.value,
        made_by=made_by,
        user=user,
        expires=timezone.now() + timedelta(hours=hours),
    )
    return secret


def open_invite(secret: str) -> Invite | None:
    """The invitation that this secret opens, if it still works; the first one only while there is nobody."""
    found = Invite.objects.filter(hash=hashed(secret), used=None, expires__gt=timezone.now()).first()
    if found and found.made_by is None and found.user is None and not nobody_yet():
        return None
    return found


def accept_invite(found: Invite, username: str, name: str, password: str) -> User:
    """Use the link up and make (or re-key) the account, together or not at all."""
    with transaction.atomic():
        if not Invite.objects.filter(pk=found.pk, used=None).update(used=timezone.now()):
            raise ValueError("used")
        if found.user:
            user = found.user
            set_password(user, password)
        else:
            user = User.objects.create_user(username, password, role=found.role, name=name)
    audit.note(
        "account.created" if not found.user else "account.password",
        by=user,
        record=f"user:{user.pk}",
        role=user.role,
    )
    return user


def set_password(user: User, password: str) -> None:
    """Check, set, and end every session that the old password opened."""
    validate_password(password, user)
    user.set_password(password)
    user.epoch += 1
    user.save(update_fields=["password", "epoch"])


def new_totp() -> str:
    return pyotp.random_base32()


def totp_address(user: User, secret: str) -> str:
    return pyotp.TOTP(secret).provisioning_uri(user.username, issuer_name="Rasid")


def _step_of(secret: str, code: str, now: datetime) -> int | None:
    totp = pyotp.TOTP(secret)
    at = int(now.timestamp()) // 30
    return next((s for s in (at, at - 1, at + 1) if secrets.compare_digest(totp.at(s * 30), code)), None)


def check_totp(user: User, code: str) -> bool:
    """True once per code: a step that was used does not work again."""
    if not user.has_totp:
        return False
    step = _step_of(unseal(user.totp_sealed, f"totp:{user.pk}"), code.strip(), timezone.now())
    if step is None:
        return False
    return bool(User.objects.filter(pk=user.pk, totp_last__lt=step).update(totp_last=step))


def enable_totp(user: User, secret: str, code: str) -> list[str] | None:
    """Turn the second factor on if the code proves it; returns fresh recovery codes, shown this once."""
    step = _step_of(secret, code.strip(), timezone.now())
    if step is None:
        return None
    user.totp_sealed, user.totp_last = seal(secret, f"totp:{user.pk}"), step
    user.save(update_fields=["totp_sealed", "totp_last"])
    audit.note("account.totp_on", by=user, record=f"user:{user.pk}")
    return fresh_recovery_codes(user)


def disable_totp(user: User, by: User | None) -> None:
    user.totp_sealed = ""
    user.save(update_fields=["totp_sealed"])
    user.recovery_codes.all().delete()
    audit.note("account.totp_off", by=by, record=f"user:{user.pk}")


def fresh_recovery_codes(user: User) -> list[str]:
    codes = [f"{secrets.token_hex(4)}-{secrets.token_hex(4)}" for _ in range(10)]
    with transaction.atomic():
        user.recovery_codes.all().delete()
        RecoveryCode.objects.bulk_create(RecoveryCode(user=user, hash=hashed(c)) for c in codes)
    return codes


def use_recovery_code(user: User, code: str) -> bool:
    used = user.recovery_codes.filter(hash=hashed(code.strip().lower()), used=None).update(used=timezone.now())
    if used:
        audit.note("account.recovery_code", by=user, record=f"user:{user.pk}")
    return bool(used)


def make_token(user: User, name: str, scopes: list[str], days: int) -> str:
    secret = TOKEN_PREFIX + secrets.token_urlsafe(32)
    made = Token.objects.create(
        user=user,
        name=name,
        hash=hashed(secret),
        scopes=" ".join(s for s in SCOPES if s in scopes),
        expires=timezone.now() + timedelta(days=days),
    )
    audit.note("token.made", by=user, record=f"token:{made.pk}", scopes=made.scopes, days=days)
    return secret


def find_token(secret: str) -> Token | None:
    found = Token.objects.select_related("user").filter(hash=hashed(secret)).first()
    now = timezone.now()
    if found is None or not found.works(now):
        return None
    if found.last_used is None or (now - found.last_used).total_seconds() > 60:
        Token.objects.filter(pk=found.pk).update(last_used=now)
    return found
