"""Rows of the tables as the plain records that the book hands out."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from rasid.books import parties
from rasid.books.canon import instant
from rasid.books.features import harm_of
from rasid.books.records import (
    CaptureRecord,
    ClaimView,
    CommitmentClaimView,
    HarmStep,
    HarmView,
    IncidentRecord,
    KindView,
    MeetingView,
    PartyView,
    PlaceView,
    Quote,
    SourceView,
)
from rasid.books.records_log import Action
from rasid.books.store import AnyRow
from rasid.model.reading import Casualty


def day(text: str | None) -> date | None:
    """An ISO day."""
    return date.fromisoformat(text) if text else None


def place(p: dict[str, Any]) -> PlaceView:
    """A place as records show it."""
    return PlaceView(
        p["text"],
        p.get("name"),
        p.get("id"),
        p.get("kind"),
        p.get("lat"),
        p.get("lon"),
        p.get("precision"),
        p.get("part", "in"),
        tuple(p.get("parents", ())),
    )


def places(listed: Iterable[dict[str, Any]]) -> tuple[PlaceView, ...]:
    """Places in order."""
    return tuple(map(place, listed))


def party(a: dict[str, Any]) -> PartyView:
    """A party with the registry's neutral names."""
    ar, en = parties.labels(a.get("id"))
    return PartyView(a["text"], a.get("id"), a.get("role"), ar, en, a.get("claims", 1))


def listed_parties(listed: Iterable[dict[str, Any]]) -> tuple[PartyView, ...]:
    """Parties in order."""
    return tuple(map(party, listed))


def kinds(listed: Iterable[dict[str, Any]]) -> tuple[KindView, ...]:
    """Targets or weapons in order."""
    return tuple(KindView(k["kind"], k.get("text", ""), k.get("claims", 1)) for k in listed)


def quote(q: dict[str, Any] | None) -> Quote | None:
    """A quote, where there is one."""
    return Quote(q["report"], q["start"], q["end"], q["text"]) if q else None


def source(s: dict[str, Any]) -> SourceView:
    """A source; of an unnamed one the kept wording is only its kind."""
    return SourceView(s["text"], s["kind"], bool(s.get("anonymous")), s.get("via"))


def incident(
    row: AnyRow,
    aliases: tuple[str, ...] = (),
    redirected_from: str | None = None,
    toll_checks: tuple[str, ...] = (),
) -> IncidentRecord:
    """A row of `incidents`."""
    b = json.loads(row.body)
    return IncidentRecord(
        id=row.id,
        kind=row.kind,
        type=row.type,
        types=b["types"],
        modality=row.modality,
        start=row.start,
        end=row.end,
        date_precision=row.date_precision,
        day_part=b["day_part"],
        places=places(b["places"]),
        lat=row.lat,
        lon=row.lon,
        precision=row.precision,
        country=row.country,
        parties=listed_parties(b["parties"]),
        targets=kinds(b["targets"]),
        weapons=kinds(b["weapons"]),
        services=tuple(b["services"]),
        harm=tuple(HarmView(**h) for h in b["harm"]),
        toll_checks=toll_checks,
        grade=row.grade,
        grade_reason=b["grade_reason"],
        graded_by=b["graded_by"],
        sources=b["sources"],
        reports=b["reports"],
        claims=b["claims"],
        publishers=tuple(b["publishers"]),
        quote=quote(b["quote"]),
        dissent=tuple(b["dissent"]),
        claim_ids=tuple(b["claim_ids"]),
        first_reported=day(b["first_reported"]),
        last_reported=day(b["last_reported"]),
        published=row.published,
        version=row.version,
        updated=instant(row.updated),
        aliases=aliases,
        redirected_from=redirected_from,
    )


def claim(row: AnyRow, origin: str, record: str | None, score: float | None, reasons: dict[str, float]) -> ClaimView:
    """A row of `claims` (kind incident) with its report's columns."""
    b = json.loads(row.corrected or row.body)
    time = b.get("time") or {}
    sources = tuple(source(s) for s in json.loads(row.sources))
    return ClaimView(
        id=row.id,
        report=row.report_id,
        publisher=row.publisher,
        published=row.published,
        type=b["type"],
        modality=b["modality"],
        start=day(time.get("start")),
        end=day(time.get("end")),
        day_part=time.get("day_part"),
        places=places(b["places"]),
        parties=listed_parties(b["actors"]),
        targets=kinds(b["targets"]),
        weapons=kinds(b["weapons"]),
        harm=harm(row, b, sources),
        services=tuple(b["services"]),
        sources=sources,
        quotes=quotes(row.report_id, b),
        confidence=b["confidence"],
        rule=b.get("rule"),
        by=row.by,
        state=row.state,
        incident=record,
        origin=origin,
        score=score,
        reasons=reasons,
        title=row.title,
        url=row.url,
    )


def harm(row: AnyRow, b: dict[str, Any], sources: tuple[SourceView, ...]) -> tuple[HarmStep, ...]:
    """What a claim says of harm, as lines of a toll's history."""
    who: dict[str, str] = {}
    for c in b["casualties"]:
        who.setdefault(c["status"], c.get("who") or "unknown")
    said = "، ".join(s.text for s in sources) or row.publisher or row.report_id
    told = harm_of(Casualty.model_validate(c) for c in b["casualties"])
    return tuple(
        HarmStep(row.published, said, status, low, high, row.id, who[status])
        for status, counts in told.items()
        for low, high in counts
    )


def quotes(report: str, b: dict[str, Any]) -> tuple[Quote, ...]:
    """The evidence of a claim."""
    return tuple(Quote(report, e["start"], e["end"], e["text"]) for e in b.get("evidence", ()))


def commitment_claim(row: AnyRow, record: str | None) -> CommitmentClaimView:
    """A row of `claims` (kind commitment) with its report's columns."""
    b = json.loads(row.corrected or row.body)
    time, period = b.get("time") or {}, b.get("period") or {}
    return CommitmentClaimView(
        id=row.id,
        report=row.report_id,
        publisher=row.publisher,
        published=row.published,
        kind=b["kind"],
        by=listed_parties(b["by"]),
        to=listed_parties(b["to"]),
        bound=listed_parties(b["bound"]),
        mediators=listed_parties(b["mediators"]),
        guarantors=listed_parties(b["guarantors"]),
        terms=tuple((t["act"], t["text"]) for t in b["terms"]),
        made=day(time.get("start")),
        start=day(period.get("start")),
        until=day(period.get("end")),
        places=places(b["places"]),
        sources=tuple(source(s) for s in json.loads(row.sources)),
        quotes=quotes(row.report_id, b),
        confidence=b["confidence"],
        rule=b.get("rule"),
        by_reader=row.by,
        state=row.state,
        commitment=record,
        title=row.title,
        url=row.url,
    )


def meeting(row: AnyRow) -> MeetingView:
    """A row of `claims` (kind meeting) with its report's columns."""
    b = json.loads(row.corrected or row.body)
    time = b.get("time") or {}
    return MeetingView(
        row.id,
        row.report_id,
        b["modality"],
        day(time.get("start")),
        day(time.get("end")),
        listed_parties(b["parties"]),
        listed_parties(b["absent"]),
        places(b["places"]),
        quotes(row.report_id, b),
    )


def capture(report: str, body: str) -> CaptureRecord:
    """A row of `captures`."""
    b = json.loads(body)
    return CaptureRecord(
        report,
        b["sha256"],
        b["size"],
        _instant(b["captured_at"]),
        b["collector"],
        b["tool"],
        b["url"],
        b["carrier"],
        b["media_type"],
        b["details"],
    )


def _instant(text: str) -> datetime:
    """An instant as a carrier wrote it; without a zone it is UTC."""
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def action(row: AnyRow) -> Action:
    """A row of `actions`."""
    return Action(
        row.n,
        row.kind,
        row.subject,
        row.who,
        instant(row.at),
        row.reason,
        json.loads(row.detail),
        row.undone_by,
    )
