"""Few tries, then a wait: logins, second factors, links, corrections, bad tokens. Counted in the database,
so all processes agree.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from rasid.desk.core.models import Attempt


@dataclass(frozen=True, slots=True)
class Limit:
    tries: int
    seconds: int


LIMITS = {
    "login": Limit(5, 900),
    "login_from": Limit(30, 900),
    "second": Limit(5, 900),
    "link": Limit(20, 3600),
    "reauth": Limit(5, 900),
    "correction": Limit(5, 3600),
    "token": Limit(20, 900),
    "fetch": Limit(60, 3600),
}


def _key(what: str, whom: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), f"{what}\0{whom}".encode(), hashlib.sha256).hexdigest()


def address(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))


def blocked(what: str, whom: str) -> bool:
    limit = LIMITS[what]
    since = timezone.now() - timedelta(seconds=limit.seconds)
    return Attempt.objects.filter(what=what, key=_key(what, whom), at__gt=since).count() >= limit.tries


def note(what: str, whom: str) -> None:
    Attempt.objects.create(what=what, key=_key(what, whom))
    Attempt.objects.filter(at__lt=timezone.now() - timedelta(days=1)).delete()


def forget(what: str, whom: str) -> None:
    Attempt.objects.filter(what=what, key=_key(what, whom)).delete()
