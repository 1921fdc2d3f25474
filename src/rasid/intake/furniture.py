"""What frames a report and is no part of it: share bars, related posts, comment forms, tags, links, channel
lines, emoji.

The stretches stay in the text, so that it remains what the source published, and are listed as
``Document.masked``. The words are in knowledge/intake/furniture.toml; only what has no words (links, emoji,
rows of hashtags) is here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from rasid.intake.wording import any_of, core, entries, fold
from rasid.model.document import Masked

_EMOJI = (
    "\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\u2190-\u21ff\u2300-\u23ff"
    "\u25a0-\u25ff\u3030\u303d\ufe0e\ufe0f\u200d\u20e3"
)
# one class under one quantifier, and no start inside a run: time stays linear whatever is sent
_EDGE_EMOJI = re.compile(
    rf"^(?:[0-9]?[{_EMOJI}])[{_EMOJI} \t|]*+|(?<![{_EMOJI} \t])[ \t]*+[{_EMOJI}][{_EMOJI} \t]*+$",
    re.MULTILINE,
)
_ANY_EMOJI = re.compile(f"[{_EMOJI}]")
_URL = re.compile(
    r"(?:https?://|www\.)[^\s<>«»\"]+"
    r"|(?<![\w./])(?:t\.me|telegram\.me|bit\.ly|youtu\.be|fb\.me|wa\.me|goo\.gl|cutt\.ly)/[^\s<>«»\"]+"
    r"|[\w.+-]+@[\w-]+\.[\w.-]+"
    r"|(?<![\w.])@[A-Za-z_][A-Za-z0-9_]{2,}"
)
_HASHTAG = r"[#＃][\w\u0640]+"
_HASHTAG_LINE = re.compile(rf"(?:\A|\n)[ \t]*((?:{_HASHTAG}[ \t\n،,|]*)+)\Z")
_HASHTAG_RUN = re.compile(rf"(?:{_HASHTAG}[ \t،,|]*){{2,}}\Z")
_ENDED = re.compile('[.!؟?…»”"):][ \t]*$')
_LINE = re.compile(r"[^\n]+")
_LEAD = rf"[{_EMOJI}\s\u00a0•●▪■◼♦*|>←»«#\-–—_=~]{{0,12}}+"
#: A title below "related posts" is short and, unlike a sentence of the report, has no stop at its end.
_TITLE_WORDS = 22
#: Code points on either side of an address that tell whether it stands alone; and what may stand between.
_BESIDE, _SEPARATORS = 40, " \t|:-–—•\u200e\u200f"
#: A longer line is a paragraph of the report, whatever word it opens with.
_LONGEST_LINE = 250
#: Code points at the end of a text where a row of hashtags is looked for.
_ROW = 2000


@dataclass(frozen=True, slots=True)
class _Words:
    end: re.Pattern[str]
    tail: re.Pattern[str]
    tags: re.Pattern[str]
    head: re.Pattern[str]
    whole: re.Pattern[str]
    inside: re.Pattern[str]
    hints: tuple[tuple[str, ...], tuple[str, ...]]


@cache
def _words() -> _Words:
    forms: dict[str, list[str]] = {}
    lines: dict[str, list[str]] = {}
    for entry in entries("intake/furniture.toml"):
        forms.setdefault(entry["scope"], []).extend(entry["forms"])
        if entry["scope"] == "line":
            lines.setdefault(entry["why"], []).extend(entry["forms"])
    by = {scope: any_of(forms.get(scope, ())) for scope in ("end", "tail", "tags", "block", "line", "whole", "inside")}
    by_why = "|".join(f"(?P<{why}>{any_of(words)})" for why, words in lines.items())
    opens = r"(?:\A|\n|(?<=[.!؟?»”\"…)])[ \t\u00a0])"
    return _Words(
        end=re.compile(by["end"]),
        tail=re.compile(rf"{opens}{_LEAD}({by['tail']})(?!\w)"),
        tags=re.compile(rf"(?:\A|[\s\u00a0])({by['tags']})(?:[ \t\u00a0:]+[^\s:.،؛!؟]+){{1,14}}[\s\u00a0]*\Z"),
        head=re.compile(rf"{_LEAD}(?:(?P<related>{by['block']})|{by_why})(?!\w)"),
        whole=re.compile(rf"{_LEAD}(?:{by['whole']}(?:[\s\u00a0|/•·,،:\-–+()0-9]+|\Z))+", re.IGNORECASE),
        inside=re.compile(rf"[(\[](?:[^()\[\]\n]{{0,30}}\s)?{by['inside']}(?:[\s:][^()\[\]\n]{{0,40}})?[)\]]"),
        hints=(_hints(forms["end"]), _hints(forms["tail"])),
    )


def _hints(forms: list[str]) -> tuple[str, ...]:
    return tuple(sorted({core(f) for f in forms}))


def furniture(text: str, body: int = 0) -> list[Masked]:
    """The furniture of ``text`` from offset ``body`` (end of the title), sorted and without overlap."""
    text = fold(text)
    stop, found = _tail(text, body)
    found += _lines(text, body, stop)
    found += [Masked(*m.span(), "credit") for m in _words().inside.finditer(text, body, stop)]
    found += _links(text, body, stop)
    found += _edges(text, stop)
    found += _hashtags(text, body, stop)
    return merged(found)


def opens_related(heading: str) -> bool:
    """Is this the heading of related posts?"""
    m = _words().head.match(fold(heading.strip()))
    return bool(m and m.lastgroup == "related" and len(heading.split()) <= 6)


def merged(found: list[Masked]) -> list[Masked]:
    """Spans in order; those that overlap or touch become one, under the reason of the longest."""
    out: list[Masked] = []
    for span in sorted((m for m in found if m.end > m.start), key=lambda m: (m.start, -m.end)):
        last = out[-1] if out else None
        if last is None or span.start >= last.end:
            out.append(span)
        elif span.end > last.end:
            longer = span if span.end - span.start > last.end - last.start else last
            out[-1] = Masked(last.start, span.end, longer.why)
    return out


def _tail(text: str, body: int) -> tuple[int, list[Masked]]:
    """Where the report stops, and the span behind it."""
    words = _words()
    stop, why = len(text), ""
    for regex, hints, reason in (
        (words.end, words.hints[0], "share"),
        (words.tail, words.hints[1], "comments"),
    ):
        # most texts hold none of the words: settled without trying the patterns everywhere
        m = regex.search(text, body) if any(h in text for h in hints) else None
        if m and m.start(m.lastindex or 0) < stop:
            stop, why = m.start(m.lastindex or 0), reason
    m = words.tags.search(text, max(body, stop - 400), stop)
    if m:
        stop, why = m.start(1), why or "tags"
    return stop, [Masked(stop, len(text), why)] if why else []


def _lines(text: str, body: int, stop: int) -> list[Masked]:
    words = _words()
    found: list[Masked] = []
    block = False
    for m in _LINE.finditer(text, body, stop):
        line = m.group()
        head = words.head.match(line) if len(line) <= _LONGEST_LINE else None
        if head:
            found.append(Masked(*m.span(), head.lastgroup or "channel"))
            # titles follow on lines of their own only where the words stand alone
            block = head.lastgroup == "related" and not line[head.end() :].strip(" :：-–\t")
        elif len(line) < 120 and words.whole.fullmatch(line.rstrip()):
            found.append(Masked(*m.span(), "share"))
        elif block and _is_title(line):
            found.append(Masked(*m.span(), "related"))
        elif line.strip():
            block = False
    return found


def _is_title(line: str) -> bool:
    bare = line.strip()
    return bool(bare) and bare[-1] not in '.؟!:»"' and len(bare.split()) <= _TITLE_WORDS


def _links(text: str, body: int, stop: int) -> list[Masked]:
    if "@" not in text and "/" not in text and "www." not in text:
        return []
    return [Masked(*m.span(), "link") for m in _URL.finditer(text, body, stop) if _apart(text, m)]


def _apart(text: str, m: re.Match[str]) -> bool:
    """A mention or mail address inside a sentence is left, for a mask would break the sentence."""
    if "/" in m.group() or m.group().startswith("www."):
        return True
    before = text[max(0, m.start() - _BESIDE) : m.start()].rpartition("\n")[2].strip(_SEPARATORS)
    after = text[m.end() : m.end() + _BESIDE].partition("\n")[0].strip(_SEPARATORS)
    return not before or not after


def _edges(text: str, stop: int) -> list[Masked]:
    """Emoji that open or close a line; inside a sentence they are left, for a mask would break it."""
    if not _ANY_EMOJI.search(text):
        return []
    return [Masked(*m.span(), "emoji") for m in _EDGE_EMOJI.finditer(text, 0, stop)]


def _hashtags(text: str, body: int, stop: int) -> list[Masked]:
    """Rows of hashtags that close the report. One that stands as a word of the last sentence is no row."""
    if "#" not in text and "＃" not in text:
        return []
    end = len(text[:stop].rstrip())
    near = max(body, end - _ROW)
    m = _HASHTAG_LINE.search(text, near, end)
    if m:
        return [Masked(*m.span(1), "tags")]
    m = _HASHTAG_RUN.search(text, near, end)
    if not m:
        return []
    if _ENDED.search(text, max(0, m.start() - 40), m.start()):
        return [Masked(*m.span(), "tags")]
    # the sentence may run into its first hashtag ("على #بلدة #وسم #وسم"): only what follows that one is a row
    first = re.match(rf"{_HASHTAG}[ \t،,|]*", m.group())
    rest = m.start() + first.end() if first else m.end()
    if m.group().count("#") >= 3 and first:
        return [Masked(rest, m.end(), "tags")]
    return []
