"""Who may do what: five roles, each holding all that the one before it may; asked in one place."""

from __future__ import annotations

from enum import StrEnum
from typing import Any


class Role(StrEnum):
    READER = "reader"
    CONTRIBUTOR = "contributor"
    ANALYST = "analyst"
    EDITOR = "editor"
    ADMINISTRATOR = "administrator"


RANK = {role: i for i, role in enumerate(Role)}


class May(StrEnum):
    SEE = "see"
    CONTRIBUTE = "contribute"
    SEE_ORIGINALS = "see_originals"
    REVIEW = "review"
    EXPORT = "export"
    SEE_PEOPLE = "see_people"
    PUBLISH = "publish"
    APPROVE_EXPORT = "approve_export"
    SEE_LOG = "see_log"
    RESTRICT = "restrict"
    ADMINISTER = "administer"
    EXPUNGE = "expunge"
    SEE_SOURCES = "see_sources"


FROM = {
    May.SEE: Role.READER,
    May.CONTRIBUTE: Role.CONTRIBUTOR,
    May.SEE_ORIGINALS: Role.CONTRIBUTOR,
    May.REVIEW: Role.ANALYST,
    May.EXPORT: Role.ANALYST,
    May.SEE_PEOPLE: Role.ANALYST,
    May.PUBLISH: Role.EDITOR,
    May.APPROVE_EXPORT: Role.EDITOR,
    May.SEE_LOG: Role.EDITOR,
    May.RESTRICT: Role.EDITOR,
    May.ADMINISTER: Role.ADMINISTRATOR,
    May.EXPUNGE: Role.ADMINISTRATOR,
    May.SEE_SOURCES: Role.ANALYST,
}


def may(user: Any, what: May | str) -> bool:
    """Whether the role allows it. Sources need besides the role a grant by name (need to know)."""
    if user is None or not user.is_authenticated or not user.is_active:
        return False
    what = May(what)
    if what is May.SEE_SOURCES and not user.needs_sources:
        return False
    return RANK[Role(user.role)] >= RANK[FROM[what]]
