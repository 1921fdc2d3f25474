"""Drawings of a few shapes, so that page, sheets and document show the same map and timeline."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Area:
    """A filled ring."""

    points: tuple[Point, ...]
    fill: str | None = None
    stroke: str | None = None
    width: float = 0.6


@dataclass(frozen=True, slots=True)
class Line:
    """An open line."""

    points: tuple[Point, ...]
    stroke: str
    width: float = 1.0
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Dot:
    """A circle; ``title`` is what a pointer shows."""

    x: float
    y: float
    r: float
    fill: str
    title: str = ""
    opacity: float = 1.0
    stroke: str | None = "#ffffff"


@dataclass(frozen=True, slots=True)
class Words:
    """Text: ``anchor`` is start, middle or end in the direction of the page (start is right for Arabic)."""

    x: float
    y: float
    text: str
    size: float = 11
    anchor: str = "start"
    fill: str = "#56636a"
    bold: bool = False
    halo: bool = False


Shape = Area | Line | Dot | Words


@dataclass(frozen=True, slots=True)
class Drawing:
    """Shapes on a sheet of a size, and what they show in words."""

    width: int
    height: int
    shapes: tuple[Shape, ...]
    title: str
    background: str | None = None


def svg(drawing: Drawing, *, rtl: bool) -> str:
    """The drawing as SVG, with attributes only: it obeys a strict content policy."""
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {drawing.width} {drawing.height}" role="img" '
        f"aria-label={quoteattr(drawing.title)}>"
    ]
    if drawing.background:
        out.append(f'<rect width="{drawing.width}" height="{drawing.height}" fill="{drawing.background}"/>')
    out += [_shape(s, rtl) for s in drawing.shapes]
    return "".join(out) + "</svg>"


def _shape(s: Shape, rtl: bool) -> str:
    if isinstance(s, Area):
        return (
            f'<path d="M{_path(s.points)}Z" fill="{s.fill or "none"}"'
            + (f' stroke="{s.stroke}" stroke-width="{s.width}"' if s.stroke else "")
            + "/>"
        )
    if isinstance(s, Line):
        dash = ' stroke-dasharray="4 3"' if s.dashed else ""
        return f'<path d="M{_path(s.points)}" fill="none" stroke="{s.stroke}" stroke-width="{s.width}"{dash}/>'
    if isinstance(s, Dot):
        edge = f' stroke="{s.stroke}" stroke-width="1.2"' if s.stroke else ""
        seen = f' fill-opacity="{s.opacity}"' if s.opacity < 1 else ""
        title = f"<title>{escape(s.title)}</title>" if s.title else ""
        at = f'cx="{_n(s.x)}" cy="{_n(s.y)}" r="{_n(s.r)}"'
        return f'<circle {at} fill="{s.fill}"{seen}{edge}>{title}</circle>'
    return _words(s, rtl)


def _words(s: Words, rtl: bool) -> str:
    weight = ' font-weight="700"' if s.bold else ""
    halo = ' stroke="#fffefb" stroke-width="3" paint-order="stroke" stroke-linejoin="round"' if s.halo else ""
    direction = ' direction="rtl"' if rtl else ""
    return (
        f'<text x="{_n(s.x)}" y="{_n(s.y)}" font-size="{_n(s.size)}" text-anchor="{s.anchor}" fill="{s.fill}"'
        f"{weight}{halo}{direction}>{escape(s.text)}</text>"
    )


def _path(points: Iterable[Point]) -> str:
    return "L".join(f"{_n(x)} {_n(y)}" for x, y in points)


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
