"""Web archives (WARC, plain or gzip): each page that was fetched well is a report."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rasid.errors import InputError
from rasid.intake.building import Found, clean, document, split_title
from rasid.intake.carrier import Carrier, Failure, Options, Raw
from rasid.intake.carriers.page import found_page
from rasid.intake.encoding import decode
from rasid.model.document import Document

_PAGES = ("text/html", "application/xhtml+xml")


def _claims(raw: Raw) -> int:
    if raw.head.startswith(b"WARC/"):
        return 3
    return 1 if raw.suffix == ".warc" else 0


def _read(raw: Raw, options: Options) -> Iterator[Document | Failure]:
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    name, pages = raw.short, 0
    with raw.open() as fh:
        try:
            for number, record in enumerate(ArchiveIterator(fh), 1 + (raw.before or 0)):
                for result in _of_record(record, f"{name}:{number}", options):
                    pages += 1
                    yield result
        except (ArchiveLoadFailed, EOFError) as e:
            raise InputError(f"broken after {pages} pages: {e}", where=raw.name, mend="fetch it again") from e
    if not pages and raw.before is None:
        raise InputError("no page in the archive", where=raw.name, mend="crawl pages, not only their parts")


def _of_record(record: Any, where: str, options: Options) -> Iterator[Document | Failure]:
    if record.rec_type not in {"response", "resource", "conversion"}:
        return
    kind, charset = _content_type(record)
    if kind not in _PAGES and kind != "text/plain":
        return
    status = record.http_headers.get_statuscode() if record.http_headers else "200"
    if record.rec_type == "response" and status != "200":
        return
    url = record.rec_headers.get_header("WARC-Target-URI")
    data = record.content_stream().read(options.limits.file + 1)
    if len(data) > options.limits.file:
        yield Failure(url or where, f"page larger than {options.limits.file >> 20} MB")
        return
    try:
        found = _page(data, url or where, charset) if kind in _PAGES else _plain(data, url or where)
    except InputError as e:
        yield Failure(url or where, e.what, e.mend)
        return
    except Exception as e:  # noqa: BLE001 - one page that breaks a parser must not end the archive
        yield Failure(url or where, f"broken page: {type(e).__name__}: {str(e)[:200]}")
        return
    found.capture.update(_capture(record))
    yield document(found, "warc", options)


def _content_type(record: Any) -> tuple[str, str | None]:
    headers = record.http_headers if record.http_headers else record.rec_headers
    kind, _, rest = (headers.get_header("Content-Type") or "").partition(";")
    charset = rest.partition("charset=")[2].strip(" \"'") or None
    return kind.strip().lower(), charset


def _page(data: bytes, url: str, charset: str | None) -> Found:
    found = found_page(data, name=url, url=url, charset=charset)
    found.id = url
    return found


def _plain(data: bytes, url: str) -> Found:
    text = clean(decode(data).text)
    if not any(c.isalpha() for c in text):
        raise InputError("no words in it", where=url)
    title, body = split_title(text)
    return Found(body, title, id=url, url=url, original=data)


def _capture(record: Any) -> dict[str, str]:
    names = {
        "captured": "WARC-Date",
        "record": "WARC-Record-ID",
        "digest": "WARC-Payload-Digest",
        "ip": "WARC-IP-Address",
    }
    found = {k: record.rec_headers.get_header(h) for k, h in names.items()}
    return {k: v for k, v in found.items() if v}


CARRIER = Carrier("warc", "a WARC archive", (".warc",), _claims, _read)
