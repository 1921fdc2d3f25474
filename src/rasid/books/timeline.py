"""A commitment's timeline: what was said, what was done, in order of day; as text and as a drawing (SVG)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from xml.sax.saxutils import escape

from rasid.books.records import CommitmentClaimView
from rasid.books.records_ledger import (
    CommitmentRecord,
    Finding,
    FindingKind,
    LedgerView,
    TermState,
    TermStatus,
    TimelineEntry,
)
from rasid.books.records_log import AccessLimit

_WORDS = {
    FindingKind.APPARENT_BREACH: "apparent breach",
    FindingKind.APPARENT_FULFILMENT: "apparent fulfilment",
    FindingKind.ACT_BY_PARTY_NOT_BOUND: "act by a party not bound",
    FindingKind.UNATTRIBUTED_ACT: "act by unnamed hands",
    FindingKind.CONTRARY_ACT: "act against what was asked",
    FindingKind.ANSWER: "answer",
}
_ORDER = ("made", "begins", "announced", "answer", "breach", "ends", "limit")


def entries(
    record: CommitmentRecord,
    findings: Sequence[Finding],
    claims: Sequence[CommitmentClaimView],
    answers: Sequence[CommitmentRecord],
    limits: Sequence[AccessLimit],
) -> tuple[TimelineEntry, ...]:
    """All lines, in order of day; undated ones last."""
    out = [TimelineEntry(record.made, "made", f"{record.kind} made ({record.made_basis})", record.id, record.quote)]
    out += list(_bounds(record))
    out += [
        TimelineEntry(c.published, "announced", c.publisher or c.report, c.id, c.quotes[0] if c.quotes else None)
        for c in claims
    ]
    out += [_of_finding(f) for f in findings if f.judgement != "rejected" and f.kind != FindingKind.ANSWER]
    out += [TimelineEntry(a.made, "answer", f"{a.kind}: {a.state}", a.id, a.quote) for a in answers]
    out += [TimelineEntry(x.start, "limit", f"{x.place}: {x.why}", f"limit {x.id}") for x in limits]
    return tuple(sorted(out, key=_order))


def _order(e: TimelineEntry) -> tuple[date, int, str]:
    kind = e.what if e.what in _ORDER else "breach"
    return e.day or date.max, _ORDER.index(kind), e.ref or ""


def _bounds(record: CommitmentRecord) -> Iterable[TimelineEntry]:
    for t in record.terms:
        if t.test.start is not None and t.test.start_basis == "told":
            yield TimelineEntry(t.test.start, "begins", f"{t.act} begins", t.id)
        if t.test.until is not None and t.test.until_basis == "told":
            yield TimelineEntry(t.test.until, "ends", f"{t.act} ends", t.id)


def _of_finding(f: Finding) -> TimelineEntry:
    where = "، ".join(f.places) or "-"
    who = "، ".join(f.parties) or "-"
    words = f"{_WORDS[FindingKind(f.kind)]} of {f.act}: {f.incident_type}, {where}, {who} [{f.strength:.2f}]"
    return TimelineEntry(f.day, f.kind, words, f.incident, f.quotes[0] if f.quotes else None)


# -- as text


def as_text(view: LedgerView) -> str:
    """The ledger of one commitment for a terminal: head, terms, timeline."""
    r = view.commitment
    lines = [f"{r.id}  {r.kind}: {r.state.replace('_', ' ')}" + (f"  (as of {view.today})" if view.today else "")]
    lines.append("  by " + _names(r.by) + (" · bound: " + _names(r.bound) if r.bound else ""))
    if r.guarantors:
        lines.append("  guarantors: " + _names(r.guarantors))
    lines.append(f"  made {r.made or 'day not told'} · {r.sources} source(s), {r.reports} report(s)")
    if r.quote:
        lines.append(f"  «{r.quote.text}»")
    for t in r.terms:
        until = f" until {t.test.until} ({t.test.until_basis})" if t.test.until else ""
        lines.append(f"\n  {t.act}: {t.state.replace('_', ' ').upper()} - {t.reason}")
        lines.append(f"    «{t.text}» from {t.test.start}{until}; reports on {t.days_watched} of {t.days_open} day(s)")
    lines.append("\n  Timeline")
    for e in view.timeline:
        lines.append(
            f"  {e.day or '   no day  '}  {e.what.replace('_', ' '):<24} {e.text}" + (f"  {e.ref}" if e.ref else "")
        )
        if e.quote is not None and e.what not in ("made", "announced"):
            lines.append(f"              «{e.quote.text}»")
    return "\n".join(lines)


def _names(parties: Iterable[object]) -> str:
    return "، ".join(str(getattr(p, "label_ar", None) or getattr(p, "text", "")) for p in parties) or "-"


# -- as a drawing

_COLOURS = {
    FindingKind.APPARENT_BREACH: "#b3261e",
    FindingKind.APPARENT_FULFILMENT: "#1b6e3c",
    FindingKind.ACT_BY_PARTY_NOT_BOUND: "#8a6d00",
    FindingKind.UNATTRIBUTED_ACT: "#8a6d00",
    FindingKind.CONTRARY_ACT: "#8a6d00",
    FindingKind.ANSWER: "#1f4e8c",
}
_LEFT, _RIGHT, _ROW, _TOP = 190, 30, 46, 40


def as_svg(view: LedgerView, *, width: int = 900) -> str:
    """The ledger as a drawing: one lane per term, its period as a bar, findings as marks. Same input, same
    bytes.
    """
    first, last = _span(view)
    lanes = view.commitment.terms
    height = _TOP + _ROW * max(1, len(lanes)) + 50
    scale = (width - _LEFT - _RIGHT) / max(1, (last - first).days)

    def x(day: date) -> float:
        return round(_LEFT + max(0, min((last - first).days, (day - first).days)) * scale, 1)

    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" role="img" font-family="sans-serif" font-size="12">',
        f"<title>{escape(view.commitment.id)}</title>",
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
    ]
    out += _axis(first, last, x, height)
    for i, term in enumerate(lanes):
        out += _lane(term, _TOP + i * _ROW + 24, x, (first, last))
        out += _marks(view, term.id, x, _TOP + i * _ROW + 24)
    out += _limits(view, x, height)
    out.append("</svg>")
    return "\n".join(out) + "\n"


def _lane(term: TermStatus, y: int, x: Callable[[date], float], span: tuple[date, date]) -> Iterable[str]:
    """A term's name, its state, its period as a bar."""
    start, until = term.test.start or span[0], min(term.test.until or span[1], span[1])
    fill = "#f3d9d7" if term.state == TermState.BREACHED else "#dfe6ee"
    across = max(2.0, round(x(until) - x(start), 1))
    yield f'<text x="8" y="{y + 4}">{escape(term.act)}</text>'
    yield f'<text x="8" y="{y + 18}" fill="#555555" font-size="10">{escape(term.state)}</text>'
    yield f'<rect x="{x(start)}" y="{y - 8}" width="{across}" height="16" fill="{fill}"/>'


def _span(view: LedgerView) -> tuple[date, date]:
    days = [e.day for e in view.timeline if e.day is not None]
    first, last = min(days, default=date(2000, 1, 1)), max(days, default=date(2000, 1, 2))
    return first - timedelta(days=1), max(last, first + timedelta(days=6)) + timedelta(days=1)


def _axis(first: date, last: date, x: Callable[[date], float], height: int) -> Iterable[str]:
    step = max(1, (last - first).days // 8)
    for n in range(0, (last - first).days + 1, step):
        day = first + timedelta(days=n)
        at = x(day)
        yield f'<line x1="{at}" y1="{_TOP - 8}" x2="{at}" y2="{height - 30}" stroke="#e3e3e3"/>'
        yield f'<text x="{at}" y="{height - 14}" text-anchor="middle" fill="#555555">{day:%m-%d}</text>'


def _marks(view: LedgerView, term: str, x: Callable[[date], float], y: int) -> Iterable[str]:
    """Findings on a term; a mark's size is its strength, its title the words."""
    for f in view.findings:
        if f.term == term and f.day is not None and f.judgement != "rejected":
            radius = round(3 + 4 * f.strength, 1)
            words = escape(f"{f.day} {_of_finding(f).text}")
            mark = f'<circle cx="{x(f.day)}" cy="{y}" r="{radius}" fill="{_COLOURS[FindingKind(f.kind)]}">'
            yield f"{mark}<title>{words}</title></circle>"


def _limits(view: LedgerView, x: Callable[[date], float], height: int) -> Iterable[str]:
    """Days on which nobody could look, hatched grey over all lanes."""
    for limit in view.limits:
        end = limit.end or view.today or limit.start
        across = max(2.0, round(x(end) - x(limit.start), 1))
        box = f'<rect x="{x(limit.start)}" y="{_TOP - 8}" width="{across}" height="{height - _TOP - 22}" '
        words = escape(f"{limit.place}: {limit.why}")
        yield f'{box}fill="#000000" fill-opacity="0.08"><title>{words}</title></rect>'
