"""What another reader says, held against the text: each value must quote it verbatim, or is refused by name.

A reader gives words, kinds, days and counts. Places and parties get their ids and coordinates from Rasid's
own gazetteer and registry, where the words are known there; a reader's own are refused, for they cannot be
quoted.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pydantic import ValidationError

from rasid.lexicon import files
from rasid.model.context import Context
from rasid.model.document import Document
from rasid.model.reading import (
    Actor,
    Casualty,
    Commitment,
    Evidence,
    Incident,
    Meeting,
    Part,
    Place,
    Reading,
    Report,
    Source,
    Target,
    Term,
    Time,
    Weapon,
)
from rasid.readers.quoting import LONGEST_EVIDENCE, LONGEST_SLOT, Span, Text
from rasid.readers.reader import Grounded, Refusal

Raw = dict[str, Any]
_SLOTS: dict[str, type[Part]] = {
    **dict.fromkeys(("actors", "by", "to", "bound", "mediators", "guarantors"), Actor),
    **dict.fromkeys(("parties", "absent", "requested_by"), Actor),
    "places": Place,
    "targets": Target,
    "weapons": Weapon,
    "casualties": Casualty,
    "terms": Term,
}
_ITEMS: dict[str, tuple[type[Part], str]] = {
    "incidents": (Incident, "i"),
    "commitments": (Commitment, "c"),
    "meetings": (Meeting, "m"),
}
#: What the text cannot bear out: it comes from the gazetteer and the registry, or from Rasid itself.
_OURS = ("id", "name", "lat", "lon", "precision", "parents", "rule", "conflict", "start", "end")
_SHOWN = 80


def ground(raw: Any, document: Document, reader: str) -> Grounded:
    """The reading in a reader's answer, and what of it was refused.

    raw: JSON in the shape of the contract; quotes may lack their offsets. reader: its name, for
    the report.
    """
    work = _Grounding(document, reader)
    if not isinstance(raw, dict):
        work.refuse("answer", "no JSON object", raw)
        raw = {}
    return Grounded(work.reading(raw), tuple(work.refusals))


class _Grounding:
    def __init__(self, document: Document, reader: str) -> None:
        self.document, self.reader = document, reader
        self.text = Text(document)
        self.refusals: list[Refusal] = []
        self.known = _Known(document)

    def refuse(self, part: str, why: str, said: Any) -> None:
        words = said if isinstance(said, str) else repr(said)
        self.refusals.append(Refusal(part, why, words[:_SHOWN]))

    def reading(self, raw: Raw) -> Reading:
        d = self.document
        for key in raw.keys() - {"report", "sources", *_ITEMS}:
            self.refuse(key, "no part of a reading", raw[key])
        sources, ids = self._sources(raw.get("sources"))
        items = {name: self._items(name, raw.get(name), model, letter, ids) for name, (model, letter) in _ITEMS.items()}
        report = Report(
            id=d.key, sha256=d.sha256, url=d.url, title=d.title, publisher=d.publisher, language=d.language,
            text=d.text, published=d.published, published_basis=_basis(d), reader=self.reader,
            warnings=list(d.warnings),
        )  # fmt: skip
        return Reading(report=report, sources=sources, **items)

    def _listed(self, said: Any, where: str) -> list[Any]:
        if said is None or isinstance(said, list):
            return said or []
        self.refuse(where, "no list", said)
        return []

    def _items(self, name: str, said: Any, model: type[Part], letter: str, ids: dict[str, str]) -> list[Any]:
        out: list[Part] = []
        for n, item in enumerate(self._listed(said, name)):
            made = self._item(f"{name}[{n}]", item, model, f"{letter}{len(out) + 1}", ids)
            if made is not None:
                out.append(made)
        return out

    def _item(self, where: str, said: Any, model: type[Part], id: str, ids: dict[str, str]) -> Part | None:
        """One incident, commitment or meeting; None when no quote bears it out or its kind is unknown."""
        if not isinstance(said, dict):
            self.refuse(where, "no JSON object", said)
            return None
        evidence = self._evidence(where, said.get("evidence"))
        if not evidence:
            self.refuse(where, "no quote of the text bears it out", said.get("type") or said.get("kind"))
            return None
        near = tuple(Span(e["start"], e["end"]) for e in evidence)
        out: Raw = {"id": id, "evidence": evidence, "rule": self.reader}
        for key, value in said.items():
            at = f"{where}.{key}"
            if key in _SLOTS:
                out[key] = self._parts(at, value, _SLOTS[key], near)
            elif key in ("time", "period") and value is not None:
                out[key] = self._part(at, value, Time, near)
            elif key == "sources":
                out[key] = [ids[s] for s in self._listed(value, at) if isinstance(s, str) and s in ids]
            elif key == "services":
                out[key] = self._services(at, value)
            elif key not in model.model_fields and key != "optional":
                self.refuse(at, "no part of the contract", value)
            elif key not in ("id", "evidence", "rule", "optional") and value is not None:
                out[key] = value
        return self._valid(where, model, out)

    def _services(self, where: str, said: Any) -> list[str]:
        """Services are named by kind, not quoted: only those that Rasid knows."""
        known = {e["value"] for e in files.toml("nouns/services.toml")["entry"]}
        for n, service in enumerate(self._listed(said, where)):
            if service not in known:
                self.refuse(f"{where}[{n}]", "no service of the contract", service)
        return sorted(known.intersection(s for s in self._listed(said, where) if isinstance(s, str)))

    def _evidence(self, where: str, said: Any) -> list[Raw]:
        out = []
        for n, quote in enumerate(self._listed(said, f"{where}.evidence")):
            found = self.text.find(quote, longest=LONGEST_EVIDENCE)
            if isinstance(found, str):
                self.refuse(f"{where}.evidence[{n}]", found, quote)
            else:
                out.append(self._quote(found))
        return out

    def _quote(self, s: Span) -> Raw:
        return {"start": s.start, "end": s.end, "text": self.document.text[s.start : s.end]}

    def _parts(self, where: str, said: Any, model: type[Part], near: tuple[Span, ...]) -> list[Part]:
        parts = (self._part(f"{where}[{n}]", p, model, near) for n, p in enumerate(self._listed(said, where)))
        return [p for p in parts if p is not None]

    def _part(self, where: str, said: Any, model: type[Part], near: tuple[Span, ...]) -> Part | None:
        """A place, party, count, day …, whose words stand in the text."""
        if not isinstance(said, dict):
            self.refuse(where, "no JSON object", said)
            return None
        found = self.text.find(said, longest=LONGEST_SLOT, near=near)
        if isinstance(found, str):
            self.refuse(where, found, said.get("text") or said)
            return None
        mine = _OURS if model is not Time else ("rule", "conflict")
        for key in said.keys() - model.model_fields.keys():
            self.refuse(f"{where}.{key}", "no part of the contract", said[key])
        kept = {k: v for k, v in said.items() if k in model.model_fields and k not in mine and v is not None}
        for key in mine:
            if said.get(key) is not None and key not in ("start", "end", "rule"):
                self.refuse(f"{where}.{key}", "cannot be quoted", said[key])
        kept |= {"text": self.document.text[found.start : found.end], "rule": self.reader}
        if model not in (Time, Term):
            kept |= {"start": found.start, "end": found.end}
        if model is Term:
            kept["places"] = self._parts(f"{where}.places", said.get("places"), Place, near)
        return self._valid(where, model, kept | self.known.of(model, found))

    def _valid(self, where: str, model: type[Part], values: Raw) -> Part | None:
        try:
            made = model.model_validate(values)
        except ValidationError as e:
            first = e.errors(include_url=False)[0]
            at = ".".join(str(p) for p in first["loc"])
            self.refuse(f"{where}.{at}" if at else where, first["msg"], first.get("input"))
            return None
        if isinstance(made, Casualty) and made.min is not None and made.max is not None and made.min > made.max:
            self.refuse(where, "its lower bound lies above the upper", f"{made.min}..{made.max}")
            return None
        if isinstance(made, Time) and made.start and made.end and made.start > made.end:
            self.refuse(where, "it ends before it begins", f"{made.start}..{made.end}")
            return None
        return made

    def _sources(self, said: Any) -> tuple[list[Source], dict[str, str]]:
        """Sources whose words stand in the text, and their new ids by those of the reader."""
        kept: list[tuple[Raw, Span]] = []
        ids: dict[str, str] = {}
        for n, source in enumerate(self._listed(said, "sources")):
            where = f"sources[{n}]"
            found = self.text.find(source, longest=LONGEST_SLOT) if isinstance(source, dict) else "no JSON object"
            if isinstance(found, str):
                self.refuse(where, found, source.get("text") if isinstance(source, dict) else source)
                continue
            values = {
                "id": "s",
                "text": self.document.text[found.start : found.end],
                "kind": source.get("kind"),
            }
            if self._valid(where, Source, values | {"anonymous": source.get("anonymous", False)}) is not None:
                ids[str(source.get("id", f"s{n + 1}"))] = f"s{len(kept) + 1}"
                kept.append((source, found))
        return [self._source(n, s, found, ids) for n, (s, found) in enumerate(kept, 1)], ids

    def _source(self, number: int, said: Raw, found: Span, ids: dict[str, str]) -> Source:
        quote = self._quote(found)
        via = ids.get(str(said.get("via")))
        return Source(
            id=f"s{number}", text=quote["text"], kind=said["kind"], anonymous=said.get("anonymous", False),
            via=via if via != f"s{number}" else None, evidence=[Evidence(**quote)], rule=self.reader,
        )  # fmt: skip


def _basis(d: Document) -> Any:
    return d.published_basis or ("metadata" if d.published else None)


class _Known:
    """Ids, names and coordinates of the places and parties that Rasid's own resolvers see in the text."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._parts: dict[type[Part], list[Part]] | None = None

    def of(self, model: type[Part], at: Span) -> Raw:
        """What is known of a place or party whose words stand there."""
        if model not in (Place, Actor):
            return {}
        if self._parts is None:
            self._parts = self._seen()
        best = max(self._parts[model], key=lambda p: _shared(p, at), default=None)
        if best is None or _shared(best, at) < 0.5:
            return {}
        keys = ("id",) if model is Actor else ("id", "name", "lat", "lon", "precision", "parents")
        return {k: getattr(best, k) for k in keys}

    def _seen(self) -> dict[type[Part], list[Part]]:
        from rasid.reading.assemble import Assembler
        from rasid.reading.read import mentions, tokens_of

        d = self._document
        t = tokens_of(d)
        m, _ = mentions(t, Context(d.published, d.published_basis, None, not d.unreliable_numbers))
        a = Assembler(t)
        place: Callable[[Any], Part] = a.place
        return {Place: [place(p) for p in m.places], Actor: [a.actor(x) for x in m.actors]}


def _shared(part: Part, at: Span) -> float:
    """How much of the two spans together they share, 0..1."""
    start, end = getattr(part, "start", 0), getattr(part, "end", 0)
    common = min(end, at.end) - max(start, at.start)
    return common / (max(end, at.end) - min(start, at.start)) if common > 0 else 0.0
