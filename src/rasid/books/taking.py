"""Taking reports in: masked, sealed where needed, kept with their capture record, broken into claims."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from rasid import __version__
from rasid.books import chain, copies, features, privacy, promises, rereading, search
from rasid.books.canon import canonical, now, sha256, stamp
from rasid.books.schema import bands, captures, claims, originals, readings, reports, watch
from rasid.books.seal import KeyRing
from rasid.model.document import Document
from rasid.model.reading import Reading

#: Prefix of a report's own id from which a second text under the same id is told apart.
_AGAIN = "~"
_UPSERTS: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


@dataclass(slots=True)
class Taken:
    """A report that now stands in the book: features of its fresh claims, numbers of the claims they
    replace.
    """

    n: int
    id: str
    new: bool
    incidents: list[features.Features] = field(default_factory=list)
    commitments: list[promises.Promise] = field(default_factory=list)
    replaced: list[int] = field(default_factory=list)
    skip: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Kept:
    """A report that the book already holds."""

    n: int
    id: str


def content_of(document: Document, reading: Reading | None = None) -> str:
    """What makes two reports under one id the same: the text as it was read."""
    return sha256(reading.report.text if reading is not None else document.text)


def find(connection: Connection, key: str, content: str) -> tuple[Kept | None, str]:
    """The report if it is in the book, and the id that it has or would get."""
    query = select(reports.c.n, reports.c.id, reports.c.content)
    for id in (key, f"{key}{_AGAIN}{content[:6]}"):
        row = connection.execute(query.where(reports.c.id == id)).first()
        if row is None:
            return None, id
        if row.content == content:
            return Kept(row.n, row.id), id
    return None, f"{key}{_AGAIN}{content[:12]}"


def take(
    connection: Connection, pairs: Iterable[tuple[Document, Reading]], keys: KeyRing, *, by: str, who: str
) -> list[Taken]:
    """Keep each report and its claims; nothing is joined yet."""
    out = []
    for document, reading in pairs:
        masked = privacy.mask(reading.report.text, reading)
        content = content_of(document, reading)
        kept, id = find(connection, document.key, content)
        if kept is None:
            out.append(
                _new(
                    connection,
                    document,
                    masked,
                    keys,
                    reading.report.text,
                    id=id,
                    content=content,
                    by=by,
                    who=who,
                )
            )
        else:
            out.append(_again(connection, document, masked, keys, kept, content=content, by=by, who=who))
    return out


def _new(
    connection: Connection,
    document: Document,
    masked: privacy.Masked,
    keys: KeyRing,
    plain: str,
    *,
    id: str,
    content: str,
    by: str,
    who: str,
) -> Taken:
    digest, size, kept_digest = _original(connection, document, masked, keys)
    at, row = stamp(now()), _report(document, masked)
    sealed = keys.seal(plain.encode("utf-8", "surrogatepass"), f"text:{id}") if masked.hidden else None
    row |= {"id": id, "sha256": digest, "content": content, "sealed_text": sealed, "added": at}
    n = connection.execute(insert(reports).returning(reports.c.n), row).scalar_one()
    connection.execute(insert(bands), [{"band": b, "report": n} for b in sorted(set(copies.bands(row["sketch"])))])
    search.index(connection, [(n, f"{masked.title or ''}\n{masked.text}")])
    capture = _capture(connection, document, n, digest, size, who, at)
    taken = Taken(n, id, True)
    body = _claims(connection, masked.reading, taken, key=document.key, content=content, by=by, at=at)
    _watch(connection, taken, row["published"])
    detail = {"sha256": digest, "kept_sha256": kept_digest, "text": sha256(masked.text), "capture": capture}
    detail |= {"reading": sha256(body), "by": by, "reader": row["reader"]}
    detail["about"] = about(row["title"], row["url"], row["publisher"], row["published"])
    chain.append(connection, [("report.add", id, detail)], who=who)
    return taken


def _report(document: Document, masked: privacy.Masked) -> dict[str, Any]:
    """Columns of a report that its carrier and its reading give."""
    report = masked.reading.report
    return {
        "title": masked.title,
        "url": document.url or report.url,
        "publisher": document.publisher or report.publisher,
        "language": report.language,
        "published": report.published or document.published,
        "published_basis": report.published_basis or document.published_basis,
        "carrier": document.carrier,
        "text": masked.text,
        "warnings": canonical(list(dict.fromkeys([*document.warnings, *report.warnings]))),
        "sketch": copies.sketch(masked.text),
        "reader": report.reader,
    }


def about(title: str | None, url: str | None, publisher: str | None, day: date | None) -> str:
    """Hash of what a report's carrier said of it."""
    return sha256(canonical([title, url, publisher, day.isoformat() if day else None]))


def _original(
    connection: Connection, document: Document, masked: privacy.Masked, keys: KeyRing
) -> tuple[str, int, str]:
    """Keep the original bytes once, by their hash; sealed when they tell who an unnamed source is."""
    plain = document.original
    if plain is None:
        plain = document.text.encode("utf-8", "surrogatepass")
    digest = sha256(plain)
    row = connection.execute(
        select(originals.c.sealed, originals.c.kept_sha256).where(originals.c.sha256 == digest)
    ).first()
    if row is not None and (row.sealed or not masked.hidden):
        return digest, len(plain), row.kept_sha256
    stored = keys.seal(plain, f"original:{digest}") if masked.hidden else plain
    values = {"sealed": masked.hidden, "kept_sha256": sha256(stored), "bytes": stored}
    if row is not None:
        connection.execute(update(originals).where(originals.c.sha256 == digest).values(values))
    else:
        connection.execute(insert(originals), {"sha256": digest, "size": len(plain)} | values)
    return digest, len(plain), values["kept_sha256"]  # type: ignore[return-value]


def _capture(connection: Connection, document: Document, report: int, digest: str, size: int, who: str, at: str) -> str:
    """Who took what, when, from where and with what; returns the record's hash."""
    details = dict(sorted(document.capture.items()))
    if document.sha256 and document.sha256 != digest:
        details["stated_sha256"] = document.sha256
    body = canonical(
        {
            "sha256": digest, "size": size, "captured_at": details.pop("captured_at", at), "collector": who,
            "tool": details.pop("tool", f"rasid {__version__}"), "url": document.url, "carrier":
            document.carrier, "media_type": details.pop("media_type", None), "original_kept":
            document.original is not None, "details": details,
        }
    )  # fmt: skip
    connection.execute(insert(captures), {"report": report, "body": body})
    return sha256(body)


def _again(
    connection: Connection, document: Document, masked: privacy.Masked, keys: KeyRing, kept: Kept, *,
    content: str, by: str, who: str,
) -> Taken:  # fmt: skip
    """A report that is in the book: a new capture when its bytes differ, new claims when its reading does."""
    taken, at = Taken(kept.n, kept.id, False), stamp(now())
    digest = sha256(document.original) if document.original is not None else None
    known = select(captures.c.body).where(captures.c.report == kept.n)
    if digest and all(json.loads(b)["sha256"] != digest for b in connection.execute(known).scalars()):
        _, size, kept_digest = _original(connection, document, masked, keys)
        capture = _capture(connection, document, kept.n, digest, size, who, at)
        detail = {"sha256": digest, "kept_sha256": kept_digest, "capture": capture}
        chain.append(connection, [("report.capture", kept.id, detail)], who=who)
        taken.new = True
    now_read = connection.execute(
        select(readings.c.body, readings.c.by).where(readings.c.report == kept.n, readings.c.current)
    ).first()
    if now_read is None or (now_read.by == "human" and by != "human") or now_read.body == _body(masked.reading):
        return taken
    todo = rereading.plan(connection, kept.n, masked.reading)
    rereading.retire(connection, todo)
    taken.new, taken.replaced, taken.skip = True, list(todo.retire), todo.skip
    body = _claims(connection, masked.reading, taken, key=document.key, content=content, by=by, at=at)
    rereading.bequeath(connection, todo, kept.id)
    connection.execute(
        update(reports).where(reports.c.n == kept.n).values(reader=masked.reading.report.reader)
    )  # fmt: skip
    detail = {"reading": sha256(body), "by": by, "reader": masked.reading.report.reader}
    chain.append(connection, [("report.read", kept.id, detail)], who=who)
    return taken


def _body(reading: Reading) -> str:
    return canonical(reading.model_dump(mode="json"))


def _claims(connection: Connection, reading: Reading, taken: Taken, *, key: str, content: str, by: str, at: str) -> str:
    """Keep the reading and each of its claims; returns the reading as kept."""
    body = _body(reading)
    connection.execute(update(readings).where(readings.c.report == taken.n).values(current=False))
    connection.execute(
        insert(readings),
        {
            "report": taken.n,
            "by": by,
            "reader": reading.report.reader,
            "body": body,
            "current": True,
            "at": at,
        },
    )
    rows: list[dict[str, Any]] = []
    sources = sources_of(reading)
    for kind, items in (
        ("incident", reading.incidents), ("commitment", reading.commitments), ("meeting", reading.meetings),
    ):  # fmt: skip
        for item in items:
            if item.id in taken.skip:
                continue
            dumped = item.model_dump(mode="json")
            canon = sha256(canonical([key, content, kind, dumped]))
            rows.append(
                {
                    "id": f"{taken.id}#{item.id}", "report": taken.n, "kind": kind, "canon": canon, "by": by,
                    "state": "machine" if by != "human" else "accepted", "body": canonical(dumped),
                    "sources": canonical([sources[s] for s in item.sources if s in sources]),
                    "features": "[]", "tier": "", "item": item,
                }
            )  # fmt: skip
    keep(connection, rows, reading.report.published, reading.report.text, taken)
    return body


def keep(connection: Connection, rows: list[dict[str, Any]], published: date | None, text: str, taken: Taken) -> None:
    """Write claims; their features go into `taken`, numbered."""
    made = []
    for row in rows:
        item = row.pop("item")
        f: Any = None
        if row["kind"] == "incident":
            f = features.of_incident(item, published, text, row["canon"], taken.n)
            row["features"], row["tier"] = json.dumps(features.dump(f), ensure_ascii=False), f.tier
        elif row["kind"] == "commitment":
            f = promises.of_commitment(item, published, text, row["canon"], taken.n)
            row["features"], row["tier"] = json.dumps(promises.dump(f), ensure_ascii=False), "C"
        made.append(f)
    numbers: Sequence[int] = ()
    if rows:
        numbers = list(
            connection.execute(insert(claims).returning(claims.c.n, sort_by_parameter_order=True), rows).scalars()
        )
        connection.execute(
            update(claims).where(claims.c.report == taken.n, claims.c.component.is_(None)).values(component=claims.c.n)
        )
    for n, f in zip(numbers, made, strict=True):
        if f is not None:
            f.n = n
            (taken.incidents if isinstance(f, features.Features) else taken.commitments).append(f)


def _watch(connection: Connection, taken: Taken, day: date | None) -> None:
    """Count the report for the places of its incidents, on the day of publication: somebody looked there."""
    if day is None:
        return
    spots = [s for f in taken.incidents for s in f.spots]
    places = {c for s in spots for c in s.chain} | {"n:" + s.name for s in spots}
    places |= {f.country for f in taken.incidents}
    insert_or_add = _UPSERTS[connection.dialect.name](watch).values(
        place=bindparam("at"), day=bindparam("on"), reports=1
    )
    insert_or_add = insert_or_add.on_conflict_do_update(
        index_elements=[watch.c.place, watch.c.day], set_={"reports": watch.c.reports + 1}
    )
    rows = [{"at": p, "on": day} for p in sorted(places) if p]
    if rows:
        connection.execute(insert_or_add, rows)


def sources_of(reading: Reading) -> dict[str, dict[str, Any]]:
    """Sources by their id in the reading, with the wording of whoever relays them."""
    by_id = {s.id: s for s in reading.sources}
    return {
        s.id: {
            "text": s.text,
            "kind": s.kind,
            "anonymous": s.anonymous,
            "via": by_id[s.via].text if s.via in by_id else None,
        }
        for s in reading.sources
    }
