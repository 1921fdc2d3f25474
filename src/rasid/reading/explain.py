"""What each stage saw in one report, as data: for `rasid explain`, and for whoever wants to show it
elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from rasid.grammar.clauses import clauses
from rasid.grammar.scan import Scan, scan
from rasid.model.claims import Mentions
from rasid.model.context import Context
from rasid.model.document import Document
from rasid.model.reading import Reading
from rasid.reading.read import mentions, read, tokens_of


@dataclass(frozen=True, slots=True)
class Seen:
    """One thing that a stage saw: code points of the text, what it is taken for, and the rule that took it.

    ``slot``: time, place, actor, harm, weapon, target, service, source, predicate, masked, evidence.
    """

    start: int
    end: int
    slot: str
    label: str
    rule: str


@dataclass(frozen=True, slots=True)
class SentenceSeen:
    """A sentence: its code points and those of its clauses, each with its kind."""

    start: int
    end: int
    title: bool
    clauses: tuple[tuple[int, int, str], ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """A report, stage by stage."""

    document: Document
    context: Context
    sentences: tuple[SentenceSeen, ...]
    seen: tuple[Seen, ...]
    """Masked stretches, mentions and predicates, in the order of the text."""
    reading: Reading


def explain(document: Document) -> Explanation:
    """Read a report and keep what each stage saw."""
    t = tokens_of(document)
    given = Context(document.published, document.published_basis, None, not document.unreliable_numbers)
    m, context = mentions(t, given)
    s = scan(m)
    seen = sorted(chain(_masked(document), _mentions(m), _predicates(s)), key=lambda x: (x.start, -x.end))
    return Explanation(document, context, tuple(_sentences(s)), tuple(seen), read(document))


def _sentences(s: Scan) -> Iterator[SentenceSeen]:
    t = s.m.tokens
    for n, sentence in enumerate(t.sentences):
        parts = tuple((*t.slice_of(c.lo, c.hi), c.kind) for c in clauses(s, n) if c.hi > c.lo)
        yield SentenceSeen(*t.slice_of(sentence.lo, sentence.hi), sentence.title, parts)


def _masked(document: Document) -> Iterator[Seen]:
    for m in document.masked:
        yield Seen(m.start, m.end, "masked", m.why, "intake")


def _mentions(m: Mentions) -> Iterator[Seen]:
    def at(lo: int, hi: int, slot: str, label: str, rule: str) -> Seen:
        return Seen(*m.tokens.slice_of(lo, hi), slot, label, rule)

    for x in m.times:
        days = f"{x.start or '?'}" + ("" if x.start == x.end else f" – {x.end or '?'}")
        yield at(x.lo, x.hi, "time", " ".join(filter(None, (days, x.day_part, x.grain, x.conflict))), x.rule)
    for p in m.places:
        label = " ".join(filter(None, (p.id or "unknown", p.kind, p.part if p.part != "in" else "", p.role)))
        yield at(p.lo, p.hi, "place", label, p.rule)
    for a in m.actors:
        yield at(a.lo, a.hi, "actor", f"{a.id or 'unregistered'} {a.kind}", a.rule)
    for h in m.harm:
        bounds = f"{'?' if h.min is None else h.min}..{'?' if h.max is None else h.max}"
        marks = " ".join(k for k, on in (("part", h.partial), ("toll", h.toll)) if on)
        yield at(h.lo, h.hi, "harm", f"{h.status} {h.who} {bounds} {marks}".strip(), h.rule)
    for n in m.nouns:
        yield at(n.lo, n.hi, n.slot, n.value, n.rule)
    for i, src in enumerate(m.sources):
        via = "" if src.via is None else f" via s{src.via + 1}"
        name = f"s{i + 1} {src.kind}{' anonymous' if src.anonymous else ''} {src.stance}{via}"
        yield at(src.lo, src.hi, "source", name, src.rule)


def _predicates(s: Scan) -> Iterator[Seen]:
    for trigger in s.trigger.values():
        p = trigger.predicate
        form = trigger.tense if trigger.voice == "a" else f"{trigger.tense} {trigger.voice}"
        start, end = s.m.tokens.slice_of(trigger.lo, trigger.hi)
        yield Seen(start, end, "predicate", f"{p.yields} {form}", p.id)
