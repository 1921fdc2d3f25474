"""A filter is the query string, nothing else: every state of a list has an address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from rasid.books.records import Filter
from rasid.desk import gazetteer
from rasid.desk.core.numbers import day
from rasid.desk.words import T, label

#: parameter → field of Filter, kind of label
MANY = {
    "type": ("types", "incident_type"),
    "grade": ("grades", "grade"),
    "country": ("countries", ""),
    "place": ("places", ""),
    "actor": ("actors", ""),
    "weapon": ("weapons", "weapon_kind"),
    "target": ("targets", "target_kind"),
    "modality": ("modalities", "modality"),
    "publisher": ("publishers", ""),
}
NAMES = {
    "type": T("النوع", "Type"),
    "grade": T("الدرجة", "Grade"),
    "country": T("البلد", "Country"),
    "place": T("المكان", "Place"),
    "actor": T("الطرف", "Party"),
    "weapon": T("السلاح", "Weapon"),
    "target": T("الهدف", "Target"),
    "modality": T("الصيغة", "Modality"),
    "publisher": T("الناشر", "Publisher"),
    "month": T("الشهر", "Month"),
}
SORTS = {
    "-day": T("الأحدث", "Newest"),
    "day": T("الأقدم", "Oldest"),
    "-updated": T("آخر تحديث", "Last updated"),
    "-sources": T("الأكثر مصادر", "Most sources"),
}
FACETS = ("type", "grade", "country", "place", "actor", "weapon", "target", "modality")


def shown(parameter: str, value: str) -> str:
    """A facet's value in words."""
    if parameter == "place":
        return gazetteer.shown_place(value)
    if parameter == "actor":
        return gazetteer.shown_actor(value)
    if parameter == "country":
        return gazetteer.shown_country(value)
    kind = MANY.get(parameter, ("", ""))[1]
    return label(kind, value) if kind else value


def _clean(values: Iterable[str]) -> tuple[str, ...]:
    """At most twenty values, none long, none with a zero byte (PostgreSQL refuses it)."""
    return tuple(dict.fromkeys(v.strip()[:120] for v in list(values)[:20] if v.strip() and "\0" not in v))


def read(q: QueryDict) -> Filter:
    """The filter of a query string; what is not understood is left out."""
    given: dict[str, Any] = {}
    for parameter, (name, _) in MANY.items():
        values = _clean(q.getlist(parameter))
        if values:
            given[name] = values
    text = q.get("q", "").replace("\0", " ").strip()[:300]
    return Filter(
        since=day(q.get("since") or q.get("day__gte")),
        until=day(q.get("until") or q.get("day__lte")),
        text=text or None,
        with_harm=True if q.get("harm") == "1" else None,
        tolls=True if q.get("tolls") == "1" else None,
        published=True if q.get("published") == "1" else None,
        **given,
    )


def sort_of(q: QueryDict) -> str:
    return q.get("sort", "-day") if q.get("sort", "-day") in SORTS else "-day"


@dataclass(frozen=True, slots=True)
class Chosen:
    """One value that the filter has, with the address of the list without it."""

    name: str
    value: str
    without: str


def chosen(q: QueryDict) -> list[Chosen]:
    out = []
    for parameter in MANY:
        for value in _clean(q.getlist(parameter)):
            out.append(Chosen(str(NAMES[parameter]), shown(parameter, value), without(q, parameter, value)))
    simple = {
        "q": T("النص", "Text"),
        "since": T("من", "Since"),
        "until": T("إلى", "Until"),
        "harm": T("فيها ضحايا", "With harm"),
        "tolls": T("حصائل", "Tolls"),
        "published": T("منشورة", "Published"),
    }
    for parameter, name in simple.items():
        if q.get(parameter):
            out.append(
                Chosen(
                    str(name),
                    "" if q[parameter] == "1" else q[parameter],
                    without(q, parameter, q[parameter]),
                )
            )
    return out


def without(q: QueryDict, parameter: str, value: str) -> str:
    copy = q.copy()
    copy.setlist(parameter, [v for v in copy.getlist(parameter) if v != value])
    copy.pop("after", None)
    copy.pop("panel", None)
    return "?" + copy.urlencode()


def with_value(q: QueryDict, parameter: str, value: str) -> str:
    copy = q.copy()
    copy.appendlist(parameter, value)
    copy.pop("after", None)
    copy.pop("panel", None)
    return "?" + copy.urlencode()


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    shown: str
    count: int
    on: bool
    url: str


@dataclass(frozen=True, slots=True)
class Facet:
    name: str
    title: str
    choices: tuple[Choice, ...]
    any_on: bool


def facets(counts: Mapping[str, Iterable[Any]], q: QueryDict, most: int = 10) -> list[Facet]:
    """Facets as the page shows them; chosen values first, each a link that adds or takes away."""
    out = []
    for name, rows in counts.items():
        on = set(_clean(q.getlist(name)))
        choices = [
            Choice(
                r.value,
                shown(name, r.value),
                r.count,
                r.value in on,
                without(q, name, r.value) if r.value in on else with_value(q, name, r.value),
            )
            for r in rows
            if r.value
        ]
        choices.sort(key=lambda c: (not c.on, -c.count))
        if choices:
            out.append(
                Facet(
                    name,
                    str(NAMES.get(name, T(name, name))),
                    tuple(choices[:most]),
                    any(c.on for c in choices),
                )
            )
    return out


@dataclass(frozen=True, slots=True)
class Panel:
    """A facet as a panel of the page: its choices, or empty until it is asked for."""

    name: str
    title: str
    open: bool
    choices: tuple[Choice, ...]


def panels(q: QueryDict, counts: Mapping[str, Iterable[Any]]) -> list[Panel]:
    """All facets in order; the first three, and those that the filter uses, stand open."""
    found = {f.name: f.choices for f in facets(counts, q)}
    return [
        Panel(name, str(NAMES[name]), i < 3 or bool(_clean(q.getlist(name))), found.get(name, ()))
        for i, name in enumerate(FACETS)
    ]
