"""Feeds of bulletins, published incidents and corrections, as RSS and Atom."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed

from rasid.desk.bulletins.models import Bulletin
from rasid.desk.core.policy import policy
from rasid.desk.public import services
from rasid.desk.public.say import sentence
from rasid.desk.shelf import book
from rasid.desk.words import T


class _Of(Feed):
    feed_type = Rss201rev2Feed

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not policy().public_site:
            raise Http404
        return super().__call__(request, *args, **kwargs)

    def link(self) -> str:
        return reverse("public:front")


class Bulletins(_Of):
    def title(self) -> str:
        return str(T("نشرات راصد", "Rasid bulletins"))

    def items(self) -> Any:
        return Bulletin.objects.filter(published__isnull=False).order_by("-end")[:30]

    def item_title(self, item: Bulletin) -> str:
        return f"{item.title} ({item.start} – {item.end})"

    def item_description(self, item: Bulletin) -> str:
        return item.note

    def item_link(self, item: Bulletin) -> str:
        return reverse("public:bulletin", args=[item.slug])

    def item_pubdate(self, item: Bulletin) -> datetime | None:
        return item.published


class Incidents(_Of):
    def title(self) -> str:
        return str(T("حوادث منشورة", "Published incidents"))

    def items(self) -> Any:
        return services.visible("incident").order_by("-updated")[:50]

    def item_title(self, item: Any) -> str:
        return sentence(item.payload)

    def item_description(self, item: Any) -> str:
        return f"{item.record} · {sentence(item.payload)}"

    def item_link(self, item: Any) -> str:
        return reverse("public:incident", args=[item.record])

    def item_pubdate(self, item: Any) -> datetime:
        return item.updated


class Corrections(_Of):
    def title(self) -> str:
        return str(T("تصحيحات راصد", "Rasid corrections"))

    def items(self) -> Any:
        return book().corrections(public=True)[:50]

    def item_title(self, item: Any) -> str:
        said = T("قُبل", "accepted") if item.state == "accepted" else T("لم يُقبل", "not accepted")
        return f"{item.subject}: {said}"

    def item_description(self, item: Any) -> str:
        return item.public or ""

    def item_link(self, item: Any) -> str:
        return reverse("public:corrections") + f"#c{item.id}"

    def item_pubdate(self, item: Any) -> datetime:
        return item.decided_at or datetime.combine(item.at, time(), UTC)


def atom(feed: type[_Of]) -> type[_Of]:
    return type(f"Atom{feed.__name__}", (feed,), {"feed_type": Atom1Feed, "subtitle": feed.title})
