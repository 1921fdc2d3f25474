"""What people do to a book: review of claims and records, limits, corrections; the half of `Book` that acts."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection

from rasid.books import evidence, ledger_view, lists, notes, review
from rasid.books.records import Page
from rasid.books.records_log import AccessLimit, Action, Correction
from rasid.books.seal import KeyRing
from rasid.books.store import Store
from rasid.model.reading import Reading


class Acts:
    """People's actions on an open book; see `Book`."""

    def __init__(self, store: Store, keys: KeyRing) -> None:
        self.store = store
        self.keys = keys

    # -- people's actions ----------------------------------------------------------------------------------
    # Each returns the Action, is logged, and can be taken back by `undo`, which restores exactly what was.

    def _act(self, what: Callable[[Connection], int]) -> Action:
        with self.store.write() as c:
            return lists.one_action(c, what(c))

    def add_claim(
        self, report_id: str, part: dict[str, Any], *, who: str, reason: str | None = None
    ) -> tuple[Action, str]:
        """A claim that the reader missed, in the contract's JSON shape (its id is given); the act and the
        claim's id.

        What has `type` is an incident, what has `terms` a commitment, else a meeting. Quotes must be
        verbatim.
        """
        with self.store.write() as c:
            n, claim_id = review.add_claim(c, report_id, part, who=who, reason=reason)
            return lists.one_action(c, n), claim_id

    def claim_part(self, claim_id: str, *, as_read: bool = False) -> dict[str, Any]:
        """A claim as it stands (or as it was read) in the contract's JSON shape, offsets of its slots
        included.
        """
        with self.store.read() as c:
            row = review.claim_row(c, claim_id)
            return dict(json.loads(row.body if as_read else row.corrected or row.body))

    def reviewed_reading(self, report_id: str) -> Reading:
        """What people accepted, corrected or added in a report: gold for `rasid evaluate`."""
        with self.store.read() as c:
            return lists.reviewed(c, report_id)

    def unmasked_text(self, report_id: str, *, who: str, reason: str) -> str:
        """A report's text with what identifies unnamed sources, for need-to-know eyes; the look is logged."""
        with self.store.write() as c:
            return evidence.unmasked(c, self.keys, report_id, who=who, reason=reason)

    def accept_claim(self, claim_id: str, *, who: str, reason: str | None = None) -> Action:
        """A person confirms that the report says this."""
        return self._act(lambda c: review.judge_claim(c, "claim.accept", claim_id, {}, who=who, reason=reason))

    def reject_claim(self, claim_id: str, *, who: str, reason: str) -> Action:
        """A person says that the report does not say this; the claim is kept and counts for nothing."""
        return self._act(lambda c: review.judge_claim(c, "claim.reject", claim_id, {}, who=who, reason=reason))

    def correct_claim(self, claim_id: str, changes: dict[str, Any], *, who: str, reason: str | None = None) -> Action:
        """Replace parts of a claim by what the report says; the machine's version is kept.

        changes: keys of the contract's incident or commitment (`type`, `time`, `places`, …), values of its
        JSON shape. Raises InputError when the outcome is not a valid claim.
        """
        return self._act(lambda c: review.judge_claim(c, "claim.correct", claim_id, changes, who=who, reason=reason))

    def merge(self, a: str, b: str, *, who: str, reason: str | None = None) -> Action:
        """Two incident (or commitment) records are one; the older id survives, the other redirects."""
        return self._act(lambda c: review.merge(c, a, b, who=who, reason=reason))

    def split(self, rid: str, claim_ids: Sequence[str], *, who: str, reason: str | None = None) -> Action:
        """These claims of a record are another incident. `Action.detail["new"]` is the id of the part split
        off.
        """
        return self._act(lambda c: review.split(c, rid, claim_ids, who=who, reason=reason))

    def set_grade(self, rid: str, grade: str | None, *, who: str, reason: str) -> Action:
        """Verified, contested, discounted by a person; None gives the grade back to the machine."""
        return self._act(lambda c: review.decide(c, "grade", rid, grade, who=who, reason=reason))

    def publish(self, record_id: str, *, who: str, reason: str | None = None) -> Action:
        """Mark an incident or commitment as fit for public outputs."""
        return self._act(lambda c: review.decide(c, "publish", record_id, "yes", who=who, reason=reason))

    def unpublish(self, record_id: str, *, who: str, reason: str) -> Action:
        """Take it back from public outputs."""
        return self._act(lambda c: review.decide(c, "publish", record_id, None, who=who, reason=reason))

    def judge_finding(self, finding_id: str, judgement: str, *, who: str, reason: str) -> Action:
        """A person verifies or rejects a finding (`apparent` takes the judgement back)."""
        return self._act(lambda c: review.judge_finding(c, finding_id, judgement, who=who, reason=reason))

    def undo(self, action_id: int, *, who: str, reason: str | None = None) -> Action:
        """Take an action back; undoing an undo does it again."""
        return self._act(lambda c: review.undo(c, action_id, who=who, reason=reason))

    def action(self, action_id: int) -> Action:
        """One of people's actions. InputError when there is none."""
        with self.store.read() as c:
            return lists.one_action(c, action_id)

    def actions(
        self,
        *,
        subject: str | None = None,
        kind: str | None = None,
        size: int = 100,
        after: str | None = None,
    ) -> Page[Action]:
        """People's actions, newest first."""
        with self.store.read() as c:
            return lists.actions_page(c, subject, kind, size, after)

    def expunge(self, report_id: str, *, who: str, reason: str) -> None:
        """Remove a report for safety of life: bytes, text and claims go, a tombstone with the hashes stays.
        Final.
        """
        with self.store.write() as c:
            evidence.expunge(c, report_id, who=who, reason=reason)
        self.store.scrub()

    # -- access limits and corrections ---------------------------------------------------------------------

    def add_limit(self, place: str, start: date, end: date | None, *, why: str, who: str) -> AccessLimit:
        """Record where and when nobody could look."""
        with self.store.write() as c:
            return notes.add_limit(c, place, start, end, why, who)

    def limits(self, *, start: date | None = None, end: date | None = None) -> tuple[AccessLimit, ...]:
        """Access limits that touch a period."""
        with self.store.read() as c:
            return ledger_view.limit_records(c, start, end)

    def remove_limit(self, limit_id: int, *, who: str, reason: str) -> None:
        """Withdraw a limit (the log keeps it)."""
        with self.store.write() as c:
            notes.remove_limit(c, limit_id, who, reason)

    def add_correction(self, subject: str, message: str, *, who: str = "reader") -> Correction:
        """A reader's correction of a record or bulletin, to be decided by the desk."""
        with self.store.write() as c:
            return notes.add_correction(c, subject, message, who)

    def decide_correction(
        self,
        correction_id: int,
        state: str,
        *,
        who: str,
        public: str | None = None,
        action: int | None = None,
    ) -> Correction:
        """Accept or refuse it; ``public`` is the note for the public list, ``action`` what was done about
        it.
        """
        with self.store.write() as c:
            return notes.decide(c, correction_id, state, who, public, action)

    def corrections(self, *, state: str | None = None, public: bool = False) -> tuple[Correction, ...]:
        """Corrections, newest first; ``public``: only decided ones with a public note."""
        with self.store.read() as c:
            return notes.listed(c, state, public=public)
