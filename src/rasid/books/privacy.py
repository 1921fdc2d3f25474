"""Unnamed sources: what could tell who they are is masked before anything is kept in clear.

Masking keeps every offset: each hidden letter becomes one block, so quotes still are slices of the kept text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from rasid.lexicon import files
from rasid.lexicon.actors import registry
from rasid.model.reading import Reading
from rasid.text.keys import INVISIBLE, bare, fold, phrase, splits

BLOCK = "█"
_WORD = re.compile(rf"[\w{INVISIBLE}]+")


@dataclass(frozen=True, slots=True)
class Masked:
    """A reading fit to be kept in clear; ``hidden`` is True when something had to be masked."""

    text: str
    title: str | None
    reading: Reading
    hidden: bool


@cache
def _entries() -> dict[str, dict[str, Any]]:
    return {e["id"]: e for e in files.toml("books/anonymous.toml")["entry"]}


@cache
def _generic() -> frozenset[str]:
    return frozenset(bare(fold(w)) for w in _entries()["anonymous.generic"]["words"])


def kind_label(kind: str) -> str:
    """What stands in place of an unnamed source's own wording."""
    return str(_entries()["anonymous.kinds"]["kinds"].get(kind, "مصدر لم يسمَّ"))


def identifying(wording: str, areas: frozenset[str] = frozenset()) -> list[tuple[int, int]]:
    """Spans of the words of an unnamed source's wording that are not generic (runs joined).

    areas: words (folded, bare) of towns and larger places: that a source is *in Daraa* tells nobody who it
    is.
    """
    spans: list[tuple[int, int]] = []
    for m in _WORD.finditer(wording):
        if any(bare(rest) in _generic() or bare(rest) in areas for _, rest in splits(fold(m[0]))):
            continue
        if spans and not _WORD.search(wording, spans[-1][1], m.start()):
            spans[-1] = (spans[-1][0], m.end())
        else:
            spans.append((m.start(), m.end()))
    return spans


def _areas(reading: Reading) -> frozenset[str]:
    """Words of the towns and larger places that the report tells."""
    places = [p for i in reading.incidents for p in i.places] + [p for c in reading.commitments for p in c.places]
    wide = [p for p in places if p.precision in ("settlement", "district", "governorate", "country")]
    return frozenset(bare(fold(w)) for p in wide for w in _WORD.findall(p.text))


def mask(text: str, reading: Reading) -> Masked:
    """The report's text and reading with unnamed sources masked. ``text`` is the report's, as it was read."""
    unnamed = [s for s in reading.sources if s.anonymous]
    hidden = _hidden_runs(text, [s.text for s in unnamed], reading)
    if not unnamed:
        return Masked(text, reading.report.title, reading, False)
    kept = _cover(text, hidden)
    body = reading.model_dump(mode="json")
    body["report"]["text"] = kept
    if body["report"].get("title"):
        body["report"]["title"] = _cover_known(body["report"]["title"], {text[a:b] for a, b in hidden})
    _requote(body, kept, {text[a:b] for a, b in hidden})
    _relabel(body, {s.id for s in unnamed})
    return Masked(kept, body["report"].get("title"), Reading.model_validate(body), bool(hidden))


def _hidden_runs(text: str, wordings: Iterable[str], reading: Reading) -> list[tuple[int, int]]:
    """Where identifying words stand in the text: in the wordings themselves, and again on their own.

    A word that the report also tells as a place, party or target (a source *in Daraa*) is hidden only
    beside its source.
    """
    areas = _areas(reading)
    told = {bare(rest) for w in _told(reading) for _, rest in splits(fold(w))}
    spans: set[tuple[int, int]] = set()
    words: set[str] = set()
    for wording in set(wordings):
        for a, b in identifying(wording, areas):
            spans.update((m.start() + a, m.start() + b) for m in re.finditer(re.escape(wording), text))
            words |= {bare(fold(w)) for w in _WORD.findall(wording[a:b])}
    words = {w for w in words if len(w) >= 3} - told - _public()
    for m in _WORD.finditer(text):
        if any(bare(rest) in words for _, rest in splits(fold(m[0]))):
            spans.add((m.start(), m.end()))
    return sorted(spans)


@cache
def _public() -> frozenset[str]:
    """Words of parties' public names: they tell of a side, not of a person, and reports are full of them."""
    names = [n for e in registry().values() for n in (e.label_ar, *e.names, *e.partisan, *e.called, *e.adjectives)]
    return frozenset(bare(k) for n in names for k in phrase(n))


def _told(reading: Reading) -> Iterable[str]:
    """Words of the places, parties and targets that the report tells."""
    parts: list[str] = []
    for i in reading.incidents:
        parts += [x.text for x in i.places] + [x.text for x in i.actors] + [x.text for x in i.targets]
    for c in reading.commitments:
        parts += [x.text for x in c.places]
        parts += [x.text for x in (*c.by, *c.to, *c.bound, *c.mediators, *c.guarantors)]
    return (w for part in parts for w in _WORD.findall(part))


def _cover(text: str, spans: Iterable[tuple[int, int]]) -> str:
    letters = list(text)
    for a, b in spans:
        letters[a:b] = [c if c.isspace() else BLOCK for c in letters[a:b]]
    return "".join(letters)


def _cover_known(text: str, runs: set[str]) -> str:
    for run in runs:
        text = text.replace(run, _cover(run, [(0, len(run))]))
    return text


def _relabel(body: dict[str, Any], ids: set[str]) -> None:
    for source in body["sources"]:
        if source["id"] in ids:
            source["text"] = kind_label(source["kind"])


def _requote(body: dict[str, Any], text: str, runs: set[str]) -> None:
    """Quotes and slot phrases again as slices of the masked text; phrases without offsets by the hidden
    runs.
    """
    for part in _parts(body):
        start, end = part.get("start"), part.get("end")
        if isinstance(start, int) and isinstance(end, int) and "text" in part:
            part["text"] = text[start:end]
        elif isinstance(part.get("text"), str):
            part["text"] = _cover_known(part["text"], runs)


def _parts(value: Any) -> Iterable[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for key, inner in value.items():
            if key != "report":
                yield from _parts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _parts(inner)
