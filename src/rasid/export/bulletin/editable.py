"""The bulletin as DOCX: right-to-left paragraphs and tables that a word processor can edit."""

from __future__ import annotations

import io
import re
import tempfile
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from rasid.export.bulletin.content import Content
from rasid.export.bulletin.drawing import Drawing
from rasid.export.bulletin.ledger import Pledge
from rasid.export.bulletin.sheets import picture

_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f]")
_LETTER = re.compile("[A-Za-z\u0600-\u06ff]")
_SOFT, _ACCENT, _RED = "56636a", "0d5f5a", "9c2f26"
_FONT = "Arial"
#: ZIP knows no time before this; one hour for all files keeps equal content equal bytes.
_MADE = (1980, 1, 1, 0, 0, 0)


def render(content: Content) -> bytes:
    """The file."""
    return _timeless(_Draft(content).build())


def _timeless(made: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, _MADE), old.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


class _Draft:
    """A document being written."""

    def __init__(self, content: Content) -> None:
        self.c, self.say = content, content.say
        self.rtl = content.lang == "ar"
        self.doc = Document()
        about = self.doc.core_properties
        about.title, about.author, about.language = (
            f"{content.title} · {content.period}",
            "rasid",
            content.lang,
        )
        about.created = about.modified = content.taken.replace(tzinfo=None)
        about.last_modified_by, about.comments = "rasid", content.colophon[0][1]
        part = self.doc.sections[0]
        part.page_width, part.page_height = Cm(21), Cm(29.7)
        part.left_margin = part.right_margin = part.top_margin = part.bottom_margin = Cm(1.8)
        if self.rtl:
            _add(part._sectPr, "w:bidi")

    def text(
        self,
        words: str,
        *,
        size: float = 10.5,
        bold: bool = False,
        colour: str | None = None,
        style: str | None = None,
    ) -> None:
        """A paragraph in the direction of its letters; none for no words."""
        if words:
            self._fill(self.doc.add_paragraph(style=style), words, size, bold, colour)

    def _fill(self, paragraph: Any, words: str, size: float, bold: bool, colour: str | None) -> None:
        first = _LETTER.search(words)
        rtl = self.rtl or bool(first and _ARABIC.match(first.group()))
        paragraph.paragraph_format.space_after = Pt(3)
        if rtl:
            _add(paragraph._p.get_or_add_pPr(), "w:bidi")
        run = paragraph.add_run(words)
        run.font.size, run.font.bold, run.font.name = Pt(size), bold, _FONT
        if colour:
            run.font.color.rgb = RGBColor.from_string(colour.upper())
        marks = run._r.get_or_add_rPr()
        marks.rFonts.set(qn("w:cs"), _FONT)
        _add(marks, "w:szCs", str(int(size * 2)))
        if bold:
            _add(marks, "w:bCs")
        if rtl:
            _add(marks, "w:rtl")

    def heading(self, words: str, level: int = 1) -> None:
        """A title that a word processor lists as one."""
        self.text(words, size=15 if level == 1 else 12, bold=True, colour=_ACCENT, style=f"Heading {level}")

    def table(self, head: Sequence[str], rows: Iterable[Sequence[str]], size: float = 9) -> None:
        """A table; its first column is where reading begins."""
        table = self.doc.add_table(rows=0, cols=len(head), style="Light Grid")
        if self.rtl:
            _add(table._tbl.tblPr, "w:bidiVisual")
        for n, row in enumerate((head, *rows)):
            for cell, words in zip(table.add_row().cells, row, strict=True):
                self._fill(cell.paragraphs[0], words, size, n == 0, None)
        self.doc.add_paragraph()

    def drawing(self, drawing: Drawing) -> None:
        """A drawing as a picture, with its words for those who cannot see it."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "drawing.png"
            path.write_bytes(picture(self.c, drawing))
            shape = self.doc.add_picture(str(path), width=Cm(17.2))
        shape._inline.docPr.set("descr", drawing.title)

    def build(self) -> bytes:
        """All sections in order."""
        c, say = self.c, self.say
        self.text(say("head", "name"), size=11, bold=True, colour=_ACCENT)
        self.text(c.title, size=20, bold=True)
        self.text(f"{say('head', 'period')}: {c.period}", colour=_SOFT)
        self.text(f"{say('head', 'area')}: {c.area}", colour=_SOFT)
        for line in c.note.splitlines():
            self.text(line)
        self._glance()
        self._pledges()
        self._drawings()
        self._tables()
        self._ends()
        out = io.BytesIO()
        self.doc.save(out)
        return out.getvalue()

    def _glance(self) -> None:
        c, say = self.c, self.say
        self.heading(say("glance", "title"))
        for line in c.lead:
            self.text(line)
        before = [say("glance", "before", t.before) if t.before is not None else "" for t in c.tiles]
        self.table([t.name for t in c.tiles], [[t.value for t in c.tiles], before], 11)

    def _pledges(self) -> None:
        c, say = self.c, self.say
        self.heading(say("pledges", "title"))
        if not c.pledges:
            self.text(say("pledges", "none"), colour=_SOFT)
        for p in c.pledges:
            self._pledge(p)
        if c.others:
            self.heading(say("pledges", "others"), 2)
        for p in c.others:
            self._pledge(p)

    def _pledge(self, p: Pledge) -> None:
        say = self.say
        who = f" · {p.parties[0][1]}" if p.parties else ""
        self.heading(f"{p.kind}{who}: {p.state_name}", 2)
        self.text(p.quote)
        for name, parties in p.parties[1:]:
            self.text(f"{name}: {parties}", size=9.5)
        self.text(" · ".join(x for x in (p.made, p.sources, p.publishers, p.id) if x), size=9, colour=_SOFT)
        rows = [(t.name, t.state_name, " · ".join(x for x in (t.reason, t.watched) if x)) for t in p.terms]
        if rows:
            self.table((say("pledges", "term"), say("pledges", "state"), say("pledges", "reason")), rows)
        for f in p.held:
            line = " · ".join(x for x in (f.kind_name, f.term, f.day, f.what, f.grade, f.ref) if x)
            self.text(line, bold=True, colour=_RED if f.kind == "apparent_breach" else None)
            self.text(f.quote)
            self.text(f.notes, size=9, colour=_SOFT)

    def _drawings(self) -> None:
        c, say = self.c, self.say
        self.heading(say("map", "title"))
        if c.map:
            self.drawing(c.map)
        self.text(" · ".join(c.map_notes), size=9, colour=_SOFT)
        self.heading(say("time", "title"))
        self.drawing(c.timeline)
        self.text(" · ".join(c.time_notes), size=9, colour=_SOFT)

    def _tables(self) -> None:
        c, say = self.c, self.say
        if c.counts:
            self.heading(say("counts", "title"))
            head = [say("counts", n) for n in ("type", "now", "before")]
            self.table(head, [(x.name, f"{x.now:,}", f"{x.before:,}") for x in c.counts])
        if c.areas:
            self.heading(say("table", "title"))
        columns = ("date", "time", "place", "event", "number", "weapon", "who", "seen")
        for area in c.areas:
            self.heading(f"{area.name} ({len(area.rows)})", 2)
            rows = [
                (f"{r.date} {r.id}", r.time, r.place, r.event_and_doubt, r.number,
                 r.weapon, r.who, f"{r.seen} · {r.grade_name}")
                for r in area.rows
            ]  # fmt: skip
            self.table([say("table", n) for n in columns], rows, 8)

    def _ends(self) -> None:
        c, say = self.c, self.say
        self.heading(say("unseen", "title"))
        for line in c.unseen:
            self.text(line)
        self.heading(say("corrections", "title"))
        for day, line in c.corrections:
            self.text(f"{day[:10]} · {line}")
        if not c.corrections:
            self.text(say("corrections", "none"), colour=_SOFT)
        self.heading(say("sources", "title"))
        if c.sources:
            rows = [(who, f"{n:,}") for who, n in c.sources]
            self.table((say("sources", "outlet"), say("sources", "tells")), rows)
        for line in c.method:
            self.text(line)
        for name, value in c.colophon:
            self.text(f"{name}: {value}", size=9, colour=_SOFT)
        self.text(say("sources", "rebuild", c.colophon[0][1]), size=9, colour=_SOFT)


#: What may stand behind each element that we add: word processors refuse another order.
_BEHIND = {
    "w:bidi": ("adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing", "jc", "outlineLvl",
               "rPr", "rtlGutter", "docGrid"),
    "w:bidiVisual": ("tblStyleRowBandSize", "tblStyleColBandSize", "tblW", "jc", "tblCellSpacing", "tblInd",
                     "tblBorders", "shd", "tblLayout", "tblCellMar", "tblLook"),
    "w:bCs": ("i", "iCs", "color", "spacing", "kern", "sz", "szCs", "u", "rtl", "cs", "lang"),
    "w:szCs": ("highlight", "u", "rtl", "cs", "lang"),
    "w:rtl": ("cs", "em", "lang"),
}  # fmt: skip


def _add(parent: Any, name: str, value: str | None = None) -> None:
    """An element in the place where the standard wants it."""
    element = OxmlElement(name)
    if value is not None:
        element.set(qn("w:val"), value)
    behind = {qn(f"w:{n}") for n in _BEHIND[name]}
    follower = next((child for child in parent if child.tag in behind), None)
    if follower is None:
        parent.append(element)
    else:
        follower.addprevious(element)
