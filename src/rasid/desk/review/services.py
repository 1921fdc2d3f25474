"""What reviewers do. Each act is one of the book's actions: logged, with its reason, and to be undone."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from rasid.books.records import ClaimView
from rasid.books.records_log import Action
from rasid.desk.core import audit
from rasid.desk.core.policy import policy
from rasid.desk.core.roles import May
from rasid.desk.review.models import Proposal, ReportTask
from rasid.desk.review.parts import Part, seen
from rasid.desk.shelf import book
from rasid.errors import InputError


class Frozen(InputError):
    """The record waits for a second person; nobody may change what that person is looking at."""

    def __init__(self, record: str) -> None:
        super().__init__(
            "the record waits for its second reader",
            where=record,
            mend="decide or withdraw the proposal first",
        )


class Changed(InputError):
    """Somebody else was faster."""


def who(user: Any) -> str:
    return audit.actor_of(user)


def frozen(record: str | None) -> bool:
    return bool(record) and Proposal.objects.filter(record=record, state=Proposal.OPEN).exists()


def _thaw(*records: str | None) -> None:
    for r in records:
        if frozen(r):
            raise Frozen(str(r))


def _holder(claim: Any) -> str | None:
    return getattr(claim, "incident", None) or getattr(claim, "commitment", None)


def accept(claim: ClaimView, user: Any) -> Action:
    _thaw(_holder(claim))
    return book().accept_claim(claim.id, who=who(user))


def reject(claim: ClaimView, user: Any, reason: str) -> Action:
    _thaw(_holder(claim))
    return book().reject_claim(claim.id, who=who(user), reason=reason)


def correct(claim: ClaimView, changes: Part, user: Any, reason: str, was_seen: str) -> Action:
    _thaw(_holder(claim))
    if was_seen and was_seen != seen(part_of(claim.id)):
        raise Changed("the claim was changed meanwhile", where=claim.id)
    return book().correct_claim(claim.id, changes, who=who(user), reason=reason or None)


def add(report: str, part: Part, user: Any, reason: str) -> Action:
    return book().add_claim(report, part, who=who(user), reason=reason or None)


def part_of(claim_id: str) -> Part:
    return book().claim_part(claim_id)


def merge(a: str, b: str, user: Any, reason: str) -> Action:
    _thaw(a, b)
    return book().merge(a, b, who=who(user), reason=reason or None)


def split(record: str, claims: list[str], user: Any, reason: str) -> Action:
    _thaw(record)
    return book().split(record, claims, who=who(user), reason=reason or None)


def undo(action: Action, user: Any, reason: str = "") -> Action:
    """Take an action back. Publishing is not taken back here: that is a decision of its own."""
    if action.kind in ("publish", "unpublish"):
        raise InputError("publication is changed on the record's page", where=str(action.id))
    _thaw(action.subject, action.detail.get("incident"), action.detail.get("into"))
    return book().undo(action.id, who=who(user), reason=reason or None)


def grade(record: str, grade: str | None, user: Any, reason: str) -> Action:
    _thaw(record)
    return book().set_grade(record, grade, who=who(user), reason=reason)


# ——— the queue


def tasks_of(reports: list[str]) -> dict[str, ReportTask]:
    return {t.report: t for t in ReportTask.objects.select_related("assigned", "done_by").filter(report__in=reports)}


def assign(report: str, to: Any, by: Any) -> None:
    ReportTask.objects.update_or_create(report=report, defaults={"assigned": to, "state": ReportTask.OPEN})
    audit.note("review.assigned", by=by, record=report, to=audit.actor_of(to) if to else "nobody")


def finish(report: str, user: Any, state: str = ReportTask.DONE) -> None:
    ReportTask.objects.update_or_create(
        report=report, defaults={"state": state, "done_by": user, "done_at": timezone.now()}
    )
    audit.note(f"review.{state}", by=user, record=report)


# ——— publication takes two people


def propose(kind: str, record: str, user: Any, note: str, version: int = 0) -> Proposal:
    if not user.may(May.REVIEW):
        raise PermissionError
    try:
        with transaction.atomic():
            made = Proposal.objects.create(kind=kind, record=record, note=note, proposed_by=user, version=version)
    except IntegrityError as e:
        raise InputError("it is proposed already", where=record) from e
    audit.note("publication.proposed", by=user, record=record, note=note)
    return made


def decide(proposal: Proposal, user: Any, approve: bool, note: str) -> None:
    """The second person's word. The one who proposed cannot give it, unless the desk has switched the rule
    off.
    """
    if not user.may(May.PUBLISH):
        raise PermissionError
    if approve and policy().two_person and proposal.proposed_by_id == user.pk:
        raise InputError("publication takes two people", where=proposal.record, mend="ask another editor to decide")
    state = Proposal.APPROVED if approve else Proposal.REFUSED
    won = Proposal.objects.filter(pk=proposal.pk, state=Proposal.OPEN).update(
        state=state, decided_by=user, decided_at=timezone.now(), decision_note=note
    )
    if not won:
        raise Changed("it was decided meanwhile", where=proposal.record)
    audit.note(
        f"publication.{state}",
        by=user,
        record=proposal.record,
        note=note,
        proposed_by=audit.actor_of(proposal.proposed_by),
    )


def withdraw(proposal: Proposal, user: Any) -> None:
    if proposal.proposed_by_id != user.pk and not user.may(May.PUBLISH):
        raise PermissionError
    Proposal.objects.filter(pk=proposal.pk, state=Proposal.OPEN).update(
        state=Proposal.WITHDRAWN, decided_by=user, decided_at=timezone.now()
    )
    audit.note("publication.withdrawn", by=user, record=proposal.record)
