"""The bulletin as PDF: Arabic shaped by HarfBuzz, lines in both directions, the same bytes each time."""

from __future__ import annotations

import io
import re
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from rasid.errors import MissingExtra
from rasid.export.bulletin.content import Content
from rasid.export.bulletin.drawing import Area, Dot, Drawing, Line, Words
from rasid.export.bulletin.faces import WEIGHTS, face
from rasid.export.bulletin.ledger import Held, Pledge
from rasid.export.bulletin.phrases import Phrases

_INK, _SOFT, _ACCENT, _RULE, _WASH = "#1c272b", "#56636a", "#0d5f5a", "#e2dccf", "#f3f0e8"
_STATE = {"breached": "#9c2f26", "refused": "#9c2f26", "fulfilled": "#2b6638", "kept_so_far": "#2b6638",
          "met": "#2b6638", "not_observable": "#7d5200", "ignored": "#7d5200", "open": "#7d5200"}  # fmt: skip
_HELD = {"apparent_breach": "#9c2f26", "apparent_fulfilment": "#2b6638"}
_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f]")
_LETTER = re.compile("[A-Za-z\u0600-\u06ff]")
_MASKED = re.compile("\u2588[\u2588\\s]*\u2588|\u2588")
_MARGIN, _LINE = 16.0, 1.55
_A4 = (210.0, 297.0)
_POINT = 0.3528


def render(content: Content) -> bytes:
    """The PDF."""
    # fpdf2 reads fonts from files until the last page is set
    with tempfile.TemporaryDirectory() as folder:
        return Sheets(content, Path(folder)).build()


def masked(words: str, withheld: str) -> str:
    """Words with runs of covering blocks told as words: no font of ours has that block."""
    return _MASKED.sub(withheld, words)


def picture(content: Content, drawing: Drawing) -> bytes:
    """One drawing as PNG, by way of a page of its size: so that its Arabic is shaped as in the PDF."""
    import pypdfium2

    with tempfile.TemporaryDirectory() as folder:
        page = Sheets(content, Path(folder), (drawing.width * _POINT, drawing.height * _POINT), 0)
        page.pdf.set_auto_page_break(False)
        page.pdf.footer = lambda: None
        page.drawing(drawing)
        made = bytes(page.pdf.output())
    document = pypdfium2.PdfDocument(made)
    out = io.BytesIO()
    document[0].render(scale=2).to_pil().save(out, "PNG")
    document.close()
    return out.getvalue()


class Sheets:
    """Pages being filled, from top to bottom."""

    def __init__(
        self, content: Content, folder: Path, size: tuple[float, float] = _A4, margin: float = _MARGIN
    ) -> None:
        self.c, self.say = content, content.say
        self.rtl = content.lang == "ar"
        self.margin = margin
        self.pdf = self._open(folder, size)
        self.pdf.add_page()

    def _open(self, folder: Path, size: tuple[float, float]) -> Any:
        try:
            import uharfbuzz  # noqa: F401  # fpdf2 asks for it only when the first text is set
            from fpdf import FPDF
        except ImportError as e:
            raise MissingExtra("fpdf2 with uharfbuzz", "export") from e
        pdf: Any = FPDF(format=size)
        pdf.set_creation_date(self.c.taken)
        pdf.set_producer("rasid")
        pdf.set_title(f"{self.c.title} · {self.c.period}")
        pdf.set_lang(self.c.lang)
        pdf.set_margins(self.margin, self.margin)
        pdf.set_auto_page_break(True, self.margin + 4)
        pdf.c_margin = 0
        pdf.footer = self._foot
        for style, weight in WEIGHTS.items():
            path = folder / f"rasid-{weight}.ttf"
            path.write_bytes(face(weight))
            pdf.add_font("rasid", style, path)
        pdf.set_font("rasid", size=10)
        return pdf

    def _foot(self) -> None:
        """Under every page: which snapshot, which page."""
        pdf = self.pdf
        pdf.set_y(-14)
        pdf.set_text_shaping(True, direction="ltr")
        pdf.set_font("rasid", "", 7.5)
        pdf.set_text_color(_SOFT)
        pdf.cell(pdf.epw, 4, f"{self.c.colophon[0][1]}  ·  {pdf.page_no()}", align="C")

    # -- parts

    def text(
        self, words: str, *, size: float = 10, bold: bool = False, colour: str = _INK, after: float = 1.0,
        indent: float = 0.0,
    ) -> None:  # fmt: skip
        """A paragraph, set in the direction of its own letters."""
        if not words:
            return
        pdf = self.pdf
        words = self.clean(words)
        rtl = self._turned(words)
        pdf.set_text_shaping(True, direction="rtl" if rtl else "ltr")
        pdf.set_font("rasid", "B" if bold else "", size)
        pdf.set_text_color(colour)
        pdf.set_x(self.margin + (0 if self.rtl else indent))
        pdf.multi_cell(
            pdf.epw - indent,
            size * _POINT * _LINE,
            words,
            align="R" if rtl else "L",
            new_x="LMARGIN",
            new_y="NEXT",
        )
        pdf.ln(after)

    def clean(self, words: str) -> str:
        """Covered letters as a word: no font of ours has the block that covers them."""
        say = Phrases("ar") if _ARABIC.search(words) else self.say
        return masked(words, say("sources", "withheld"))

    def _turned(self, words: str) -> bool:
        """Arabic in an Arabic bulletin always; elsewhere when the first letter is Arabic."""
        first = _LETTER.search(words)
        return self.rtl or bool(first and _ARABIC.match(first.group()))

    def heading(self, words: str, under: Drawing | None = None) -> None:
        """A section's title, never alone at the foot of a page; ``under``: the drawing that follows."""
        pdf = self.pdf
        tall = under.height * pdf.epw / under.width if under else 15
        if pdf.will_page_break(19 + tall):
            pdf.add_page()
        pdf.ln(5)
        self.text(words, size=14, bold=True, after=0.5)
        pdf.set_draw_color(_RULE)
        pdf.line(self.margin, pdf.get_y(), pdf.w - self.margin, pdf.get_y())
        pdf.ln(2.5)

    def table(self, head: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[int], size: float) -> None:
        """A table whose first column stands where reading begins."""
        pdf = self.pdf
        pdf.set_text_shaping(True, direction="rtl" if self.rtl else "ltr")
        pdf.set_font("rasid", "", size)
        pdf.set_text_color(_INK)
        pdf.set_draw_color(_RULE)
        pdf.set_fill_color("#ffffff")
        turn = -1 if self.rtl else 1
        from fpdf.fonts import FontFace

        with pdf.table(
            col_widths=tuple(widths[::turn]), text_align="RIGHT" if self.rtl else "LEFT", padding=1.2,
            v_align="TOP", borders_layout="HORIZONTAL_LINES", line_height=size * _POINT * 1.45,
            headings_style=FontFace(emphasis="", color=_SOFT, fill_color=_WASH),
        ) as table:  # fmt: skip
            for row in (head, *rows):
                table.row([self.clean(cell) for cell in row[::turn]])
        pdf.ln(2)

    def drawing(self, drawing: Drawing) -> None:
        """A drawing over the width of the page."""
        pdf = self.pdf
        scale = pdf.epw / drawing.width
        tall = drawing.height * scale
        if pdf.will_page_break(tall):
            pdf.add_page()
        left, top = self.margin, pdf.get_y()
        with pdf.rect_clip(left, top, pdf.epw, tall):
            if drawing.background:
                pdf.set_fill_color(drawing.background)
                pdf.rect(left, top, pdf.epw, tall, style="F")
            for shape in drawing.shapes:
                self._shape(shape, left, top, scale)
        pdf.set_draw_color(_RULE)
        pdf.set_line_width(0.2)
        pdf.rect(left, top, pdf.epw, tall)
        pdf.set_y(top + tall + 1.5)

    def _shape(self, s: Area | Line | Dot | Words, left: float, top: float, scale: float) -> None:
        pdf = self.pdf
        if isinstance(s, Words):
            self._label(s, left + s.x * scale, top + s.y * scale, scale)
        elif isinstance(s, Dot):
            with pdf.local_context(fill_opacity=s.opacity):
                pdf.set_fill_color(s.fill)
                pdf.set_draw_color(s.stroke or s.fill)
                pdf.set_line_width(0.3)
                pdf.circle(left + s.x * scale, top + s.y * scale, s.r * scale, style="DF" if s.opacity else "D")
        else:
            points = [(left + x * scale, top + y * scale) for x, y in s.points]
            pdf.set_line_width(s.width * scale)
            if isinstance(s, Line):
                pdf.set_draw_color(s.stroke)
                pdf.polyline(points)
                return
            pdf.set_draw_color(s.stroke or s.fill)
            pdf.set_fill_color(s.fill or "#ffffff")
            style = "F" if s.fill and not s.stroke else "DF" if s.fill else "D"
            pdf.polygon(points, style=style)

    def _label(self, s: Words, x: float, y: float, scale: float) -> None:
        pdf = self.pdf
        rtl = bool(_ARABIC.search(s.text))
        pdf.set_text_shaping(True, direction="rtl" if rtl else "ltr")
        pdf.set_font("rasid", "B" if s.bold else "", s.size * scale / _POINT)
        pdf.set_text_color(s.fill)
        wide = pdf.get_string_width(s.text)
        begins = self.rtl == (s.anchor == "start")
        at = x - wide / 2 if s.anchor == "middle" else x - wide if begins else x
        # of fpdf2's ways to set text at a point, only cells order letters of both directions
        pdf.set_xy(at, y - 0.8 * pdf.font_size)
        pdf.cell(wide, pdf.font_size, s.text, align="L")

    # -- the bulletin

    def build(self) -> bytes:
        """All sections in order."""
        c, say = self.c, self.say
        self._head()
        self.heading(say("glance", "title"))
        for n, line in enumerate(c.lead):
            self.text(line, size=11, colour=_SOFT if n == len(c.lead) - 1 else _INK)
        self._tiles()
        self._pledges()
        self.heading(say("map", "title"), c.map)
        if c.map:
            self.drawing(c.map)
        self.text(" · ".join(c.map_notes), size=8.5, colour=_SOFT)
        self.heading(say("time", "title"), c.timeline)
        self.drawing(c.timeline)
        self.text(" · ".join(c.time_notes), size=8.5, colour=_SOFT)
        self._tables()
        self._ends()
        return bytes(self.pdf.output())

    def _head(self) -> None:
        c, say, pdf = self.c, self.say, self.pdf
        pdf.set_fill_color(_ACCENT)
        pdf.rect(self.margin, self.margin - 4, pdf.epw, 1, style="F")
        self.text(say("head", "name"), size=11, bold=True, colour=_ACCENT, after=0)
        self.text(c.title, size=20, bold=True)
        self.text(f"{say('head', 'period')}: {c.period}", colour=_SOFT, after=0)
        self.text(f"{say('head', 'area')}: {c.area}", colour=_SOFT)
        for line in c.note.splitlines():
            self.text(line, after=0.5)

    def _tiles(self) -> None:
        say, tiles = self.say, self.c.tiles
        before = [say("glance", "before", t.before) if t.before is not None else "" for t in tiles]
        self.pdf.ln(1)
        self.table([t.name for t in tiles], [[t.value for t in tiles], before], [1] * len(tiles), 10.5)

    def _pledges(self) -> None:
        c, say = self.c, self.say
        self.heading(say("pledges", "title"))
        if not c.pledges:
            self.text(say("pledges", "none"), colour=_SOFT)
        for p in c.pledges:
            self._pledge(p)
        if c.others:
            self.text(say("pledges", "others"), size=11, bold=True)
        for p in c.others:
            self._pledge(p)

    def _pledge(self, p: Pledge) -> None:
        if self.pdf.will_page_break(36):
            self.pdf.add_page()
        who = f" · {p.parties[0][1]}" if p.parties else ""
        self.text(f"{p.kind}{who}", size=11, bold=True, after=0)
        self.text(p.state_name, size=9.5, bold=True, colour=_STATE.get(p.state, _SOFT), after=0.3)
        self.text(p.quote, size=10.5, after=0.3)
        for name, parties in p.parties[1:]:
            self.text(f"{name}: {parties}", size=9, after=0)
        self.text(" · ".join(x for x in (p.made, p.sources, p.publishers, p.id) if x), size=8.5, colour=_SOFT)
        rows = [(t.name, t.state_name, " · ".join(x for x in (t.reason, t.watched) if x)) for t in p.terms]
        if rows:
            say = self.say
            self.table(
                (say("pledges", "term"), say("pledges", "state"), say("pledges", "reason")),
                rows,
                (3, 2, 6),
                9,
            )
        for held in p.held:
            self._held(held)
        self.pdf.ln(3)

    def _held(self, f: Held) -> None:
        line = " · ".join(x for x in (f.kind_name, f.term, f.day, f.what, f.grade, f.ref) if x)
        self.text(line, size=9.5, bold=True, colour=_HELD.get(f.kind, "#7d5200"), after=0, indent=4)
        self.text(f.quote, size=9.5, after=0, indent=4)
        self.text(f.notes, size=8.5, colour=_SOFT, indent=4)

    def _tables(self) -> None:
        c, say = self.c, self.say
        if c.counts:
            self.heading(say("counts", "title"))
            head = [say("counts", n) for n in ("type", "now", "before")]
            self.table(head, [(x.name, f"{x.now:,}", f"{x.before:,}") for x in c.counts], (4, 1, 1), 9.5)
        if c.areas:
            self.heading(say("table", "title"))
        columns = ("date", "time", "place", "event", "number", "weapon", "who", "seen")
        for area in c.areas:
            self.text(f"{area.name} ({len(area.rows)})", size=11, bold=True)
            rows = [
                (f"{r.date}\n{r.id}", r.time, r.place, r.event_and_doubt, r.number,
                 r.weapon, r.who, f"{r.seen}\n{r.grade_name}")
                for r in area.rows
            ]  # fmt: skip
            self.table([say("table", n) for n in columns], rows, (22, 13, 28, 20, 24, 19, 24, 28), 7.5)

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
            self.table((say("sources", "outlet"), say("sources", "tells")), rows, (4, 1), 9.5)
        for line in c.method:
            self.text(line, after=2)
        self.pdf.ln(3)
        for name, value in c.colophon:
            self.text(f"{name}: {value}", size=8.5, colour=_SOFT, after=0)
        self.text(say("sources", "rebuild", c.colophon[0][1]), size=8.5, colour=_SOFT)
