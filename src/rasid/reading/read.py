"""One report in, one Reading out."""

from __future__ import annotations

from datetime import date
from typing import Any

from rasid.grammar import commitments, incidents, meetings
from rasid.model.claims import CommitmentClaim, IncidentClaim, MeetingClaim, Mentions
from rasid.model.context import Context
from rasid.model.document import Document
from rasid.model.mentions import ActorHit
from rasid.model.reading import Reading, Report
from rasid.reading import confidence, places
from rasid.reading.assemble import Assembler
from rasid.reading.attribute import attribute
from rasid.reading.days import background, carry
from rasid.reading.merge import counted, merge
from rasid.resolve import how_many, nouns, says, when, where, who
from rasid.resolve.who_words import SKIPPED, analyses
from rasid.text.tokens import Tokens, tokenize

VERSION = "rasid 0.1.0"


def mentions(t: Tokens, context: Context) -> tuple[Mentions, Context]:
    """Everything the resolvers find, and the context with the reference day fixed."""
    context = when.reference(t, context)
    times = when.find(t, context) if context.use_numbers else []
    m = Mentions(
        t, times, where.find(t, context), _with_clitics(t, who.find(t, context)), nouns.find(t), how_many.find(t)
    )
    _untangle(m)
    m.sources = says.find(m)
    return m, context


def _with_clitics(t: Tokens, actors: list[ActorHit]) -> list[ActorHit]:
    """The proclitics of each actor's first word, as the registry's analysis of that word takes them off."""
    for a in actors:
        w = analyses[t.key[a.lo]]
        if w is not None and w is not SKIPPED:
            a.clitics = w.clitics
    return actors


def _untangle(m: Mentions) -> None:
    """A place inside an actor's name is no place; a place noun phrase outranks an actor that lies wholly within it."""
    owner: dict[int, int] = {}
    for n, a in enumerate(m.actors):
        for j in range(a.lo, a.hi):
            owner[j] = n
    days = {j for h in m.times for j in range(h.lo, h.hi)}
    m.places = [p for p in m.places if p.lo not in days or p.hi - 1 not in days]
    for p in m.places:
        if p.role == "inside" and p.rule == "where.inside.name" and p.head and p.lo not in owner:
            p.role = "place"  # "دخلت القوات مدينة X": a noun phrase of its own behind the actor
        if p.role in ("place", "parent") and p.lo in owner and p.hi - 1 in owner and owner[p.lo] == owner[p.hi - 1]:
            p.role = "inside"


def tokens_of(document: Document) -> Tokens:
    """Tokens of a document: the title marked, masked stretches left out."""
    title_end = len(document.title) if document.title and document.text.startswith(document.title) else 0
    return tokenize(document.text, title_end=title_end, masked=document.masked)


def read(document: Document | str, *, published: date | str | None = None, region: str | None = None) -> Reading:
    """Read one report.

    document: a Document, or a plain text whose first line is its title when a blank line follows it.
    published: the day of publication, when the document does not say (ISO date or `datetime.date`).
    region: ISO 3166 code of the country that the report is about, when known.
    """
    if isinstance(document, str):
        document = plain(document)
    day = document.published
    basis = document.published_basis or ("metadata" if day else None)
    if published is not None:
        day = date.fromisoformat(published) if isinstance(published, str) else published
        basis = "given"
    context = Context(day, basis, region, not document.unreliable_numbers)
    t = tokens_of(document)
    m, context = mentions(t, context)
    found = events(t, m, context)
    promises, met = commitments.find(m), meetings.find(m)
    attribute(m.sources, [*promises, *met])
    found = sure(t, found)
    places.nearest(t, found, m.places)  # after the floor: a place that the clause lacks makes a claim no surer
    return _reading(document, t, context, m, found, promises, met)


def events(t: Tokens, m: Mentions, context: Context) -> list[IncidentClaim]:
    """Incident claims of one text, background marked, retellings merged, days carried."""
    found = incidents.find(m)
    attribute(m.sources, found)  # by each telling's own predicate: merging joins what they say
    background(t, found, context.published)
    found = merge(t, found)
    carry(t, found, m.times, context.published)
    places.carry(t, found)
    for c in found:
        c.places = places.finest(c.places)
        c.harm = counted(c.harm)
    return found


def sure(t: Tokens, found: list[IncidentClaim]) -> list[IncidentClaim]:
    """Claims with their confidence; those below the floor are left out."""
    kept = []
    floor = confidence.floor(len(t))
    for c in found:
        c.features["confidence"] = confidence.confidence(confidence.features(t, c, len(found)))
        if c.features["confidence"] >= floor:
            kept.append(c)
    return kept


def claims_of(document: Document) -> list[tuple[dict[str, Any], dict[str, float]]]:
    """Every incident claim of a report with the features of its confidence, before the floor: for calibration."""
    context = Context(document.published, document.published_basis, None, not document.unreliable_numbers)
    t = tokens_of(document)
    m, context = mentions(t, context)
    found = events(t, m, context)
    a = Assembler(t)
    return [
        (a.incident(c, n).model_dump(mode="json", warnings=False), confidence.features(t, c, len(found)))
        for n, c in enumerate(found, 1)
    ]


def plain(text: str) -> Document:
    """A Document of a plain text; a first line that a blank line follows is its title."""
    head, gap, _ = text.partition("\n\n")
    title = head if gap and "\n" not in head and len(head) <= 250 else None
    return Document(text=text, title=title)


def _reading(
    d: Document, t: Tokens, context: Context, m: Mentions, found: list[IncidentClaim], promises: list[CommitmentClaim],
    met: list[MeetingClaim],
) -> Reading:  # fmt: skip
    a = Assembler(t)
    claims: list[IncidentClaim | CommitmentClaim | MeetingClaim] = [*found, *promises, *met]
    used = {n for c in claims for n in c.sources}
    used |= {via for n in used if (via := m.sources[n].via) is not None}
    report = Report.model_construct(
        id=d.key, sha256=d.sha256, url=d.url, title=d.title, publisher=d.publisher, language=d.language, text=d.text,
        published=context.published, published_basis=context.published_basis, reader=VERSION, warnings=list(d.warnings),
    )  # fmt: skip
    return Reading.model_construct(
        report=report,
        sources=[a.source(h, n + 1) for n, h in enumerate(m.sources) if n in used],
        incidents=[a.incident(c, n) for n, c in enumerate(found, 1)],
        commitments=[a.commitment(c, n) for n, c in enumerate(promises, 1)],
        meetings=[a.meeting(c, n) for n, c in enumerate(met, 1)],
    )
