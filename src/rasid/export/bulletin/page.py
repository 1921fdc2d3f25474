"""The bulletin as one HTML page that stands alone: style and fonts inside, no script, nothing outside."""

from __future__ import annotations

import base64
from functools import cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from rasid.export.bulletin.content import Content
from rasid.export.bulletin.drawing import svg
from rasid.export.words import desk_file

_ARABIC = "U+0600-06FF,U+0750-077F,U+0870-08FF,U+200C-200F,U+FB50-FDFF,U+FE70-FEFF"
_LATIN = "U+0000-00FF,U+2000-206F,U+20A0-20CF,U+2190-21FF,U+2212"


def render(content: Content) -> str:
    """The page."""
    rtl = content.lang == "ar"
    return _template().render(
        c=content,
        say=content.say,
        dir="rtl" if rtl else "ltr",
        style=Markup(_style()),
        map=Markup(svg(content.map, rtl=rtl)) if content.map else None,
        timeline=Markup(svg(content.timeline, rtl=rtl)),
    )


@cache
def _template() -> Template:
    env = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return env.from_string(_asset("bulletin.html.j2"))


def _asset(name: str) -> str:
    return files("rasid.export").joinpath("assets", name).read_text(encoding="utf-8")


@cache
def _style() -> str:
    faces = [
        f'@font-face{{font-family:"Rasid";font-weight:{weight};unicode-range:{span};'
        f'src:url(data:font/woff2;base64,{_font(script, weight)}) format("woff2")}}'
        for script, span in (("arabic", _ARABIC), ("latin", _LATIN))
        for weight in (400, 700)
    ]
    return "\n".join(faces) + "\n" + _asset("bulletin.css")


def _font(script: str, weight: int) -> str:
    path = desk_file("core", "static", "desk", "fonts", f"ibm-plex-sans-arabic-{script}-{weight}-normal.woff2")
    return base64.b64encode(path.read_bytes()).decode()
