"""Sealing everything anew under a new key."""

from __future__ import annotations

from rasid.desk.core import audit
from rasid.desk.core.keys import add_key, seal, unseal
from rasid.desk.core.models import Identity, User
from rasid.desk.public.models import Letter


def rotate() -> int:
    """Add a key and renew all sealed values, one by one; returns how many. A value whose key is lost stops
    it.
    """
    add_key()
    n = 0
    for held in Identity.objects.all():
        name = f"identity:{held.code}"
        Identity.objects.filter(pk=held.pk).update(sealed=seal(unseal(held.sealed, name), name))
        n += 1
    for letter in Letter.objects.all():
        name = f"letter:{letter.correction}"
        Letter.objects.filter(pk=letter.pk).update(sealed=seal(unseal(letter.sealed, name), name))
        n += 1
    for user in User.objects.exclude(totp_sealed=""):
        name = f"totp:{user.pk}"
        User.objects.filter(pk=user.pk).update(totp_sealed=seal(unseal(user.totp_sealed, name), name))
        n += 1
    audit.note("keys.rotated", record="keys", count=n)
    return n
