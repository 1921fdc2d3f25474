"""All addresses: pages in two languages under /ar/ and /en/, the API and files without one."""

from django.conf.urls.i18n import i18n_patterns
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import include, path

from rasid.desk.core import views as core
from rasid.desk.public import views as public

handler400 = "rasid.desk.core.errors.bad_request"
handler403 = "rasid.desk.core.errors.forbidden"
handler404 = "rasid.desk.core.errors.not_found"
handler500 = "rasid.desk.core.errors.server_error"


def root(request: HttpRequest) -> HttpResponse:
    return redirect("home")


urlpatterns = [
    path("", root),
    path("api/", include("rasid.desk.api.urls")),
    *i18n_patterns(
        path("", core.home, name="home"),
        path("", include("rasid.desk.core.urls")),
        path("", include("rasid.desk.inbox.urls")),
        path("", include("rasid.desk.review.urls")),
        path("", include("rasid.desk.incidents.urls")),
        path("", include("rasid.desk.ledger.urls")),
        path("", include("rasid.desk.map.urls")),
        path("", include("rasid.desk.bulletins.urls")),
        path("letters/", public.letters, name="letters"),
        path("letters/<int:pk>/", public.letter_answer, name="letter_answer"),
        path("public/", include("rasid.desk.public.urls")),
    ),
]
