"""Guards of views: who may come in. Whoever may not is told that there is no such page."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from rasid.desk.core.roles import May, may

View = Callable[..., HttpResponse]
FRESH_SECONDS = 600


def needs(what: May) -> Callable[[View], View]:
    """The view is for people who may do this; strangers go to the login page, others see a missing page."""

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect(f"{reverse('login')}?{urlencode({'next': request.get_full_path()})}")
            if not may(request.user, what):
                raise Http404
            return view(request, *args, **kwargs)

        guarded.needs = what  # type: ignore[attr-defined]
        return guarded

    return wrap


def fresh(view: View) -> View:
    """Before anything that changes people, policy or evidence: the password again, if it was not given just
    now.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if time.time() - request.session.get("fresh", 0) > FRESH_SECONDS:
            back = request.get_full_path() if request.method == "GET" else request.META.get("HTTP_REFERER", "/")
            return redirect(f"{reverse('reauth')}?{urlencode({'next': back})}")
        return view(request, *args, **kwargs)

    return guarded


def safe_next(request: HttpRequest) -> str:
    """Only a path of this desk; anything else would send people away with a login in hand."""
    from django.utils.http import url_has_allowed_host_and_scheme

    to = request.POST.get("next") or request.GET.get("next") or ""
    host = request.get_host()
    if url_has_allowed_host_and_scheme(to, {host}, require_https=request.is_secure()):
        from urllib.parse import urlsplit

        parts = urlsplit(to)
        return parts.path + (f"?{parts.query}" if parts.query else "")
    return reverse("home")
