"""Which records a person may see. Whoever is not named on a restricted record sees no trace of it: not in
pages, counts, files or history.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.http import Http404

from rasid.books.records import ClaimView, Filter, IncidentRecord
from rasid.books.records_ledger import CommitmentRecord
from rasid.desk.core.models import Restriction
from rasid.desk.core.roles import Role
from rasid.desk.shelf import book
from rasid.errors import InputError


@dataclass(frozen=True, slots=True)
class Hidden:
    """Ids that do not exist for one person."""

    reports: frozenset[str] = frozenset()
    records: frozenset[str] = frozenset()

    def within(self, where: Filter) -> Filter:
        """The filter, without what is hidden."""
        if not self.reports and not self.records:
            return where
        return replace(where, without=tuple(sorted(self.records)), without_reports=tuple(sorted(self.reports)))

    def report(self, report: str) -> bool:
        return report in self.reports

    def record(self, record: IncidentRecord | CommitmentRecord) -> bool:
        """Hidden by name, or told by hidden reports alone."""
        if record.id in self.records:
            return True
        told = {report_of(c) for c in record.claim_ids}
        return bool(told) and told <= self.reports

    def claims(self, claims: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(c for c in claims if c.report not in self.reports)


NOTHING = Hidden()


def report_of(claim_id: str) -> str:
    return claim_id.rsplit("#", 1)[0]


def hidden_from(user: Any) -> Hidden:
    """Administrators see all: they keep the keys anyway; everybody else only what is open or names them."""
    if getattr(user, "is_authenticated", False) and user.role == Role.ADMINISTRATOR.value:
        return NOTHING
    rows = (
        Restriction.objects.exclude(people__pk=getattr(user, "pk", None) or 0)
        if getattr(user, "pk", None)
        else Restriction.objects.all()
    )
    held = list(rows.values_list("kind", "record"))
    return Hidden(frozenset(r for k, r in held if k == "report"), frozenset(r for k, r in held if k != "report"))


def incident_or_404(rid: str, user: Any) -> IncidentRecord:
    """The record, if it exists for this person."""
    try:
        record = book().incident(rid)
    except InputError as e:
        raise Http404 from e
    if hidden_from(user).record(record):
        raise Http404
    return record


def commitment_or_404(pid: str, user: Any) -> Any:
    try:
        view = book().commitment(pid)
    except InputError as e:
        raise Http404 from e
    if hidden_from(user).record(view.commitment):
        raise Http404
    return view


def report_or_404(report: str, user: Any) -> Any:
    if hidden_from(user).report(report):
        raise Http404
    try:
        return book().report(report)
    except InputError as e:
        raise Http404 from e


def claim_or_404(claim_id: str, user: Any) -> ClaimView:
    if hidden_from(user).report(report_of(claim_id)):
        raise Http404
    try:
        return book().claim(claim_id)
    except InputError as e:
        raise Http404 from e
