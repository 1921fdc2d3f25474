"""Headers of every answer, who is asking, and errors that say nothing they should not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from rasid.desk.core.models import User
from rasid.errors import InputError


class Nobody:
    """Whoever has not signed in."""

    pk = None
    is_authenticated = False
    is_active = False
    role = ""

    def may(self, what: object) -> bool:
        return False


Answer = Callable[[HttpRequest], HttpResponse]


def content_security_policy(tile_origin: str = "") -> str:
    images = f"'self' {tile_origin}".strip()
    return (
        f"default-src 'none'; script-src 'self'; style-src 'self'; img-src {images}; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-src 'self'; "
        "frame-ancestors 'none'; manifest-src 'self'"
    )


class SecurityHeaders:
    """The same strict headers on pages, files and errors; a view may only narrow them."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault(
            "Content-Security-Policy", content_security_policy(getattr(request, "tile_origin", ""))
        )
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), microphone=(), geolocation=(), interest-cohort=()"
        )
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if getattr(request, "desk_user_seen", False):
            response.headers.setdefault("Cache-Control", "no-store")
        return response


class WhoIsThere:
    """``request.user`` from the session; a raised epoch (new password, account closed) ends it."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.user = SimpleLazyObject(lambda: self._user(request))  # type: ignore[assignment]
        return self.get_response(request)

    @staticmethod
    def _user(request: HttpRequest) -> Any:
        held = request.session.get(SESSION_KEY)
        user = User.objects.filter(pk=held, is_active=True).first() if held else None
        if user is None or request.session.get("epoch") != user.epoch:
            return Nobody()
        request.desk_user_seen = True  # type: ignore[attr-defined]
        return user


class PlainErrors:
    """A user's bad input, wherever it is noticed, becomes a plain 400 page."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, InputError):
            from rasid.desk.core.errors import page

            return page(request, 400, str(error))
        return None
