"""The API: documented, typed, with the grammar that users know (`_size`, `_next`, `_facet`, `field__gte`)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from rasid import __version__
from rasid.desk.api import docs, incidents, ledger, public, reports
from rasid.desk.api.doors import DOORS
from rasid.desk.review.services import Changed, Frozen
from rasid.errors import InputError, StoreError

api = NinjaAPI(
    title="Rasid",
    version=__version__,
    description="Incidents, pledges and reports. Bearer tokens are made on the account page. "
    "Forbidden and missing look alike (404).",
    docs_url=None,
    openapi_url="openapi.json",
    auth=DOORS,
    urls_namespace="api",
)
api.add_router("", incidents.router)
api.add_router("", ledger.router)
api.add_router("", reports.router)
api.add_router("public", public.router)


def _fails(
    request: HttpRequest, status: int, error: str, errors: list[str] | None = None, **headers: str
) -> HttpResponse:
    answer = api.create_response(
        request, {"ok": False, "error": error, "errors": errors or [], "status": status}, status=status
    )
    for k, v in headers.items():
        answer[k.replace("_", "-")] = v
    return answer


@api.exception_handler(AuthenticationError)
def no_door(request: HttpRequest, e: AuthenticationError) -> HttpResponse:
    return _fails(request, 401, "sign in, or give a token", WWW_Authenticate='Bearer realm="rasid"')


@api.exception_handler(Http404)
def missing(request: HttpRequest, e: Http404) -> HttpResponse:
    return _fails(request, 404, "nothing here")


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, e: ValidationError) -> HttpResponse:
    said = [f"{'.'.join(str(x) for x in err.get('loc', ()))}: {err.get('msg', '')}" for err in e.errors]
    return _fails(request, 422, "the request is not valid", said[:20])


@api.exception_handler(HttpError)
def refused(request: HttpRequest, e: HttpError) -> HttpResponse:
    return _fails(request, e.status_code, str(e))


@api.exception_handler(InputError)
def bad_input(request: HttpRequest, e: InputError) -> HttpResponse:
    return _fails(request, 409 if isinstance(e, (Changed, Frozen)) else 400, e.what, [e.mend] if e.mend else [])


@api.exception_handler(StoreError)
def store(request: HttpRequest, e: StoreError) -> HttpResponse:
    return _fails(request, 409, "the book refused this")


urlpatterns = [path("docs", docs.page, name="api_docs"), path("", api.urls)]
