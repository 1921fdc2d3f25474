"""Who calls the API: a bearer token with scopes, or a person's session (then with the forgery check)."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest
from ninja.security import APIKeyCookie, HttpBearer

from rasid.desk.core import services, throttle
from rasid.desk.core.roles import May, may


class Bearer(HttpBearer):
    def authenticate(self, request: HttpRequest, token: str) -> Any:
        where = throttle.address(request)
        if throttle.blocked("token", where):
            return None
        found = services.find_token(token)
        if found is None:
            throttle.note("token", where)
            return None
        request.user = found.user
        request.token = found  # type: ignore[attr-defined]
        return found.user


class Session(APIKeyCookie):
    """ninja checks the forgery token itself for cookie callers; tests hold it to that."""

    param_name = settings.SESSION_COOKIE_NAME

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        return request.user if request.user.is_authenticated else None


DOORS = [Bearer(), Session()]


def scope(name: str, right: May) -> Callable[[Any], Any]:
    """The call needs this right, and a token needs this scope; whoever lacks either finds nothing here."""

    def wrap(view: Any) -> Any:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            token = getattr(request, "token", None)
            if not may(request.user, right) or (token is not None and name not in token.scope_list()):
                raise Http404
            return view(request, *args, **kwargs)

        # ninja reads annotations in the module of the wrapper; they are the view's, and strings
        guarded.__signature__ = inspect.signature(view, eval_str=True)  # type: ignore[attr-defined]
        return guarded

    return wrap
