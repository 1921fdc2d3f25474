"""Shapes of what the API takes and gives. Bodies are strict: ``true`` is no number and "5" is none either."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from ninja import Field, Schema
from pydantic import ConfigDict, StringConstraints

Text = Annotated[str, StringConstraints(strict=True, max_length=1_000_000, pattern=r"^[^\x00]*$")]
Line = Annotated[str, StringConstraints(strict=True, max_length=500, pattern=r"^[^\x00]*$")]


class Body(Schema):
    model_config = ConfigDict(extra="forbid")


class Rows(Schema):
    ok: bool = True
    rows: list[dict[str, Any]]
    next: str | None = None
    next_url: str | None = None
    facets: dict[str, list[dict[str, Any]]] | None = None


class Row(Schema):
    ok: bool = True
    row: dict[str, Any]


class Failure(Schema):
    ok: bool = False
    error: str
    errors: list[str]
    status: int


class NewReport(Body):
    text: Annotated[str, StringConstraints(strict=True, min_length=1, max_length=1_000_000, pattern=r"^[^\x00]*$")]
    title: Line = ""
    published: date | None = None
    publisher: Line = ""
    url: Annotated[str, StringConstraints(strict=True, max_length=500, pattern=r"^(https?://[^\s\x00]*)?$")] = ""


class WithReason(Body):
    reason: Line = ""


class NeedsReason(Body):
    reason: Annotated[str, StringConstraints(strict=True, min_length=1, max_length=500, pattern=r"^[^\x00]*$")]


class Correction(Body):
    changes: dict[str, Any] = Field(description="Keys of the contract's incident or commitment, in its JSON shape")
    reason: Line = ""


class NewGrade(NeedsReason):
    grade: Annotated[str | None, StringConstraints(strict=True, pattern="^(verified|contested|discounted)$")] = None


class NewJudgement(NeedsReason):
    judgement: Annotated[str, StringConstraints(strict=True, pattern="^(verified|rejected|apparent)$")]


class MergeWith(WithReason):
    other: Annotated[str, StringConstraints(strict=True, min_length=5, max_length=20, pattern=r"^[A-Z0-9-]+$")]


FAILS = {400: Failure, 401: Failure, 404: Failure, 409: Failure, 422: Failure, 429: Failure}
