"""Publishing, taking back, and readers' corrections."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from django.db.models import F, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from rasid.books.records_log import Correction
from rasid.desk.core import audit
from rasid.desk.core.access import commitment_or_404, incident_or_404
from rasid.desk.core.keys import seal, unseal
from rasid.desk.core.models import Restriction
from rasid.desk.core.policy import policy
from rasid.desk.core.roles import May
from rasid.desk.public import projection
from rasid.desk.public.models import Letter, Publication
from rasid.desk.shelf import book
from rasid.errors import InputError


def visible(kind: str | None = None) -> QuerySet[Publication]:
    """What is public at this moment."""
    found = Publication.objects.filter(withdrawn=None, show_from__lte=timezone.now())
    return found.filter(kind=kind) if kind else found


def publication_of(record: str) -> Publication | None:
    return Publication.objects.filter(record=record, withdrawn=None).first()


def by_id(kind: str, record: str) -> Publication | None:
    """A publication by its id or by one that was merged into it."""
    found = visible(kind).filter(record=record).first()
    return found or next((p for p in visible(kind) if record in p.payload.get("aliases", [])), None)


def record_or_404(kind: str, record: str, user: Any) -> Any:
    if kind == "incident":
        return incident_or_404(record, user)
    if kind == "commitment":
        return commitment_or_404(record, user)
    raise Http404


def project(kind: str, record: str) -> tuple[dict[str, Any], Any]:
    """The public form of a record as it stands, and its day."""
    held = policy()
    if kind == "incident":
        r = book().incident(record)
        restricted = set(Restriction.objects.filter(kind="report").values_list("record", flat=True))
        claims = tuple(c for c in book().claims(r.id) if c.report not in restricted)
        return projection.incident(r, claims, held), r.start
    v = book().commitment(record)
    return projection.commitment(
        v, held, frozenset(visible("incident").values_list("record", flat=True))
    ), v.commitment.made


def publish(kind: str, record: str, user: Any, proposed_by: Any = None) -> Publication:
    """Let a record out, as it stands now, after the policy's delay. A restricted record cannot go out."""
    if not user.may(May.PUBLISH):
        raise PermissionError
    if Restriction.objects.filter(record=record).exists():
        raise InputError("a restricted record cannot be published", where=record, mend="lift the restriction first")
    payload, day = project(kind, record)
    now = timezone.now()
    held, made = Publication.objects.get_or_create(
        record=record,
        defaults={
            "kind": kind,
            "payload": payload,
            "day": day,
            "published_by": user,
            "proposed_by": proposed_by,
            "show_from": now + timedelta(days=policy().delay_days),
        },
    )
    if not made:
        back = held.withdrawn is not None
        Publication.objects.filter(pk=held.pk).update(
            payload=payload,
            day=day,
            withdrawn=None,
            updated=now,
            version=F("version") + 1,
            published_by=user,
            proposed_by=proposed_by,
            **({"show_from": now + timedelta(days=policy().delay_days)} if back else {}),
        )
    book().publish(record, who=audit.actor_of(user))
    return held


def unpublish(kind: str, record: str, user: Any, reason: str) -> None:
    Publication.objects.filter(kind=kind, record=record, withdrawn=None).update(withdrawn=timezone.now())
    book().unpublish(record, who=audit.actor_of(user), reason=reason)


def withdraw_reports_trace(records: list[str], user: Any) -> None:
    """After an expunging: what was published of it is made anew from what is left, or goes."""
    for record in records:
        held = Publication.objects.filter(record=record).first()
        if held is None:
            continue
        try:
            payload, day = project(held.kind, record)
            Publication.objects.filter(pk=held.pk).update(payload=payload, day=day, updated=timezone.now())
        except InputError:
            held.delete()
            audit.note("publication.gone", by=user, record=record)


def search(
    kind: str, *, q: str = "", type_: str = "", country: str = "", since: Any = None, until: Any = None
) -> QuerySet[Publication]:
    found = visible(kind)
    if since:
        found = found.filter(day__gte=since)
    if until:
        found = found.filter(day__lte=until)
    if type_:
        found = found.filter(Q(payload__type=type_) | Q(payload__kind=type_))
    if country:
        found = found.filter(payload__country=country)
    return found.order_by(F("day").desc(nulls_last=True), "-pk")


# ——— corrections


def take_correction(subject: str, message: str, name: str, mail: str) -> Correction:
    """Keep a reader's correction; name and mail are sealed apart from it."""
    made = book().add_correction(subject, message)
    Letter.objects.create(
        correction=made.id,
        subject=subject,
        sealed=seal(json.dumps({"name": name, "mail": mail}, ensure_ascii=False), f"letter:{made.id}"),
    )
    return made


def sender(correction: int, user: Any) -> dict[str, str]:
    """Name and mail of a reader, for the editor who answers; the asking is logged."""
    if not user.may(May.PUBLISH):
        raise PermissionError
    held = Letter.objects.filter(correction=correction).first()
    if held is None:
        return {}
    audit.note("correction.sender_opened", by=user, record=f"correction:{correction}")
    return dict(json.loads(unseal(held.sealed, f"letter:{correction}")))


def answer(correction: int, state: str, user: Any, public: str) -> Correction:
    if not user.may(May.PUBLISH):
        raise PermissionError
    return book().decide_correction(correction, state, who=audit.actor_of(user), public=public or None)
