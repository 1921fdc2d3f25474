"""From what a person brings to a report in the book. Every way in ends in `keep`."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from rasid.books.records import Added
from rasid.desk.core import audit
from rasid.desk.core.keys import seal, unseal
from rasid.desk.core.models import Identity
from rasid.desk.core.places_of_work import home_folder
from rasid.desk.inbox.fetching import Fetched
from rasid.desk.inbox.models import Job
from rasid.desk.shelf import book
from rasid.errors import InputError
from rasid.intake.carrier import Failure, Limits
from rasid.intake.opening import open_bytes
from rasid.model.document import Document

#: What one upload may be; checked before anything is unpacked.
UPLOAD = Limits(file=32 << 20, total=512 << 20, members=20_000, depth=2)
_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of one report: added, or held already, or a copy of another."""

    added: Added
    title: str


def keep(document: Document, user: Any) -> Kept:
    """Read a document and put it into the book with its capture record."""
    from rasid import read  # the reader is loaded on first use

    capture = {
        "collector": audit.actor_of(user),
        "captured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "tool": "rasid desk",
        **document.capture,
    }
    document = replace(document, capture=capture)
    added = book().add_reading(document, read(document), who=audit.actor_of(user))
    return Kept(added, document.title or document.text[:80])


def pasted(text: str, *, title: str, published: date | None, publisher: str, url: str) -> Document:
    """A document of pasted text; what the person says of it outranks what the text says."""
    body = f"{title}\n\n{text}" if title else text
    data = body.encode("utf-8", "surrogatepass")
    found = list(open_bytes(data, "pasted.txt", published=published))
    document = next((d for d in found if isinstance(d, Document)), None)
    if document is None:
        why = next((f for f in found if isinstance(f, Failure)), None)
        raise InputError(why.reason if why else "no text", where="paste", mend=why.mend if why else "")
    changes: dict[str, Any] = {
        "title": title or document.title,
        "url": url or None,
        "publisher": publisher or document.publisher,
    }
    import hashlib

    # the carrier names a pasted text by its file name, which all pasted texts share
    changes["id"] = "paste-" + hashlib.sha256(data).hexdigest()[:16]
    changes["capture"] = {**document.capture, "means": "pasted"}
    return replace(document, **changes)


def upload_folder() -> Path:
    folder = home_folder() / "waiting"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def set_down(chunks: Iterator[bytes]) -> str:
    """Lay an upload down under a name nobody can guess, outside whatever is served; returns that name."""
    name = secrets.token_urlsafe(24)
    size = 0
    fd = os.open(upload_folder() / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(fd, "wb") as f:
        for chunk in chunks:
            size += len(chunk)
            if size > UPLOAD.file * 4:
                f.close()
                (upload_folder() / name).unlink()
                raise InputError(f"larger than {UPLOAD.file * 4 >> 20} MB", where="upload")
            f.write(chunk)
    return name


def clean_name(name: str) -> str:
    """The last part of an uploaded file's name, without anything that could walk elsewhere."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(c for c in last if c.isprintable() and c not in '<>:"|?*').strip(" .")
    return kept[-120:] or "upload"


def enqueue(kind: str, user: Any, **payload: Any) -> Job:
    job = Job.objects.create(kind=kind, payload=payload, made_by=user)
    audit.note("job.queued", by=user, record=f"job:{job.pk}", kind=kind)
    return job


def documents_of(fetched: Fetched) -> list[Document | Failure]:
    """The reports in fetched bytes, with the capture record of the fetch."""
    name = fetched.url.rstrip("/").rsplit("/", 1)[-1].split("?")[0] or "page"
    if "." not in name:
        name += {
            "application/pdf": ".pdf",
            "application/rss+xml": ".xml",
            "application/atom+xml": ".xml",
        }.get(fetched.media_type, ".html")
    details = {
        "means": "fetched",
        "url": fetched.url,
        "media_type": fetched.media_type,
        "captured_at": fetched.at.isoformat(timespec="seconds"),
        "http_status": str(fetched.status),
        "redirects": " → ".join(fetched.chain[:-1]),
    }
    out: list[Document | Failure] = []
    for d in open_bytes(fetched.body, name, limits=UPLOAD):
        if isinstance(d, Document):
            d = replace(d, url=d.url or fetched.url, capture={**d.capture, **{k: v for k, v in details.items() if v}})
        out.append(d)
    return out


# ——— protected sources


def protect(report: str, who: str, user: Any) -> str:
    """Seal who gave a report; from now on the source has only a code. Returns the code."""
    code = "S-" + "".join(secrets.choice(_LETTERS) for _ in range(6))
    Identity.objects.create(report=report, code=code, sealed=seal(who, f"identity:{code}"), made_by=user)
    audit.note("source.protected", by=user, record=report, code=code)
    return code


def identity(code: str, user: Any, reason: str) -> str:
    """Who a protected source is, for one who needs to know and says why; the asking is logged, the answer
    is not.
    """
    if not user.may("see_sources"):
        raise PermissionError
    held = Identity.objects.get(code=code)
    audit.note("source.opened", by=user, record=held.report, code=code, reason=reason)
    return unseal(held.sealed, f"identity:{code}")
