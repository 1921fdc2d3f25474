"""XLSX: right-to-left sheets with Arabic headings and labels; text stays text, whatever it begins with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from rasid.books.records import IncidentRecord
from rasid.books.records_ledger import CommitmentRecord
from rasid.errors import InputError, MissingExtra
from rasid.export.cells import safe
from rasid.export.format import Format, Record
from rasid.export.words import Lang, label

#: Rows that one sheet can hold, the heading included.
_MOST = 1_048_576
#: A file says when it was made; a fixed day keeps equal content equal bytes.
_MADE = datetime(2000, 1, 1)
_LONGEST = 32_000
_AR: Lang = "ar"


def _write(records: Iterable[Record], path: Path) -> None:
    try:
        import xlsxwriter
    except ImportError as e:
        raise MissingExtra("xlsxwriter", "export") from e
    kept = list(records)
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(str(path), {**options, "in_memory": True})
    book.set_properties({"title": "راصد", "comments": "rasid export", "created": _MADE})
    style = _Style(book)
    incidents = [r for r in kept if isinstance(r, IncidentRecord)]
    commitments = [r for r in kept if isinstance(r, CommitmentRecord)]
    if incidents or not commitments:
        _sheet(book, style, "الحوادث", _INCIDENTS, map(_incident, incidents), len(incidents))
    if commitments:
        _sheet(book, style, "التعهدات", _COMMITMENTS, map(_commitment, commitments), len(commitments))
        terms = [row for c in commitments for row in _terms(c)]
        _sheet(book, style, "البنود", _TERMS, terms, len(terms))
    book.close()


class _Style:
    def __init__(self, book: Any) -> None:
        face = {"font_name": "Arial", "font_size": 11, "valign": "top", "reading_order": 2}
        self.head = book.add_format({**face, "bold": True, "bg_color": "#dcebe7", "bottom": 1, "text_wrap": True})
        self.text = book.add_format({**face, "text_wrap": True})
        self.day = book.add_format({**face, "num_format": "yyyy-mm-dd", "align": "right"})
        self.number = book.add_format({**face, "align": "right"})


def _sheet(
    book: Any,
    style: _Style,
    name: str,
    columns: Sequence[tuple[str, int]],
    rows: Iterable[Sequence[Any]],
    n: int,
) -> None:
    if n + 1 > _MOST:
        raise InputError(f"{n} rows do not fit a sheet", where=name, mend="narrow the filter, or take csv or parquet")
    sheet = book.add_worksheet(name)
    sheet.right_to_left()
    sheet.freeze_panes(1, 1)
    for c, (title, width) in enumerate(columns):
        sheet.set_column(c, c, width)
        sheet.write_string(0, c, title, style.head)
    for r, row in enumerate(rows, 1):
        for c, value in enumerate(row):
            _cell(sheet, style, r, c, value)
    sheet.autofilter(0, 0, max(1, n), len(columns) - 1)


def _cell(sheet: Any, style: _Style, r: int, c: int, value: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, (int, float)):
        sheet.write_number(r, c, value, style.number)
    elif hasattr(value, "isoformat"):
        sheet.write_datetime(r, c, datetime(value.year, value.month, value.day), style.day)
    else:
        sheet.write_string(r, c, safe(str(value))[:_LONGEST], style.text)


_INCIDENTS = (
    ("المعرّف", 13), ("النوع", 16), ("من", 12), ("إلى", 12), ("جزء اليوم", 11), ("الأماكن", 28), ("البلد", 7),
    ("خط العرض", 10), ("خط الطول", 10), ("دقة الموضع", 11), ("الفاعل", 24), ("أطراف أخرى", 24),
    ("المتضررون", 22),
    ("الأهداف", 18), ("السلاح", 16), ("قتلى (أدنى)", 9), ("قتلى (أعلى)", 9), ("جرحى (أدنى)", 9),
    ("جرحى (أعلى)", 9),
    ("ضرر آخر", 20), ("الدرجة", 14), ("مصادر مستقلة", 9), ("تقارير", 8), ("الناشرون", 28), ("خلاف", 16),
    ("الاقتباس", 60),
)  # fmt: skip
_COMMITMENTS = (
    ("المعرّف", 13), ("النوع", 12), ("اليوم", 12), ("من", 12), ("إلى", 12), ("قاله", 26), ("الملزَمون", 26),
    ("الضامنون", 22), ("الأماكن", 26), ("الحال", 18), ("خروق ظاهرة", 9), ("مصادر مستقلة", 9), ("تقارير", 8),
    ("الناشرون", 28), ("الاقتباس", 60),
)  # fmt: skip
_TERMS = (
    ("التعهد", 13), ("البند", 20), ("نصه", 40), ("الحال", 18), ("خروق ظاهرة", 9), ("أول خرق", 12),
    ("تنفيذ ظاهر", 9),
    ("من", 12), ("إلى", 12), ("أيام فيها تقارير", 9), ("أيام المدة", 9),
)  # fmt: skip


def _incident(r: IncidentRecord) -> tuple[Any, ...]:
    harm = {h.status: h for h in r.harm}
    killed, injured = harm.get("killed"), harm.get("injured")
    rest = [h for h in r.harm if h.status not in ("killed", "injured")]
    return (
        r.id, label("incident_type", r.type, _AR), r.start, r.end,
        label("day_part", r.day_part, _AR) if r.day_part else None, _join(p.text for p in r.places),
        r.country,
        r.lat, r.lon, label("precision", r.precision, _AR) if r.precision else None,
        _who(r, "perpetrator"), _who(r, "party", "ally", None), _who(r, "victim"),
        _join(label("target_kind", t.kind, _AR) for t in r.targets),
        _join(label("weapon_kind", w.kind, _AR) for w in r.weapons),
        killed and killed.low, killed and killed.high, injured and injured.low, injured and injured.high,
        _join(f"{label('harm_status', h.status, _AR)}: {_range(h.low, h.high)}" for h in rest),
        label("grade", r.grade, _AR), r.sources, r.reports, _join(r.publishers),
        _join(label("dissent", d, _AR) for d in r.dissent), r.quote.text if r.quote else None,
    )  # fmt: skip


def _commitment(r: CommitmentRecord) -> tuple[Any, ...]:
    return (
        r.id, label("commitment_kind", r.kind, _AR), r.made, r.start, r.until, _join(_name(p) for p in r.by),
        _join(_name(p) for p in r.bound), _join(_name(p) for p in r.guarantors),
        _join(p.text for p in r.places),
        label("state", r.state, _AR), r.breaches, r.sources, r.reports, _join(r.publishers),
        r.quote.text if r.quote else None,
    )  # fmt: skip


def _terms(r: CommitmentRecord) -> Iterable[tuple[Any, ...]]:
    for t in r.terms:
        yield (
            r.id, label("term_act", t.act, _AR), t.text, label("state", t.state, _AR), t.breaches,
            t.first_breach,
            t.fulfilments, t.test.start, t.test.until, t.days_watched, t.days_open,
        )  # fmt: skip


def _who(r: IncidentRecord, *roles: str | None) -> str:
    return _join(_name(p) for p in r.parties if p.role in roles)


def _name(party: Any) -> str:
    return str(party.label_ar or party.text)


def _join(parts: Iterable[str]) -> str:
    return "؛ ".join(dict.fromkeys(parts))


def _range(low: int | None, high: int | None) -> str:
    if low is None and high is None:
        return "غير محدّد"
    return str(low) if low == high else f"{'?' if low is None else low}–{'?' if high is None else high}"


FORMAT = Format(
    "xlsx",
    ".xlsx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    _write,
    "Excel (XLSX)",
)
