"""Posts as JSON, in a list or under a key: what export tools of social networks and newsrooms give."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from rasid.errors import InputError
from rasid.intake.building import clean, document
from rasid.intake.carrier import Carrier, Failure, Options, Raw
from rasid.intake.encoding import decode
from rasid.intake.fields import of_record
from rasid.intake.jsonstream import JsonStream
from rasid.intake.repeated import channel_lines, repeated_lines
from rasid.model.document import Document

_LIST = re.compile(r"\[")
#: Keys under which exports keep their list of posts.
_LISTS = (
    "posts",
    "data",
    "items",
    "messages",
    "results",
    "articles",
    "entries",
    "tweets",
    "reports",
    "documents",
    "statuses",
)
#: Posts from which the repeated lines of a channel are learned.
_SAMPLE = 500

Record = tuple[Any, bytes, str]


def _claims(raw: Raw) -> int:
    head = raw.head_text.lstrip()
    if not head.startswith(("{", "[")):
        return 0
    return 2 if raw.suffix == ".json" or head.startswith("[") else 1


def _read(raw: Raw, options: Options) -> Iterator[Document | Failure]:
    if raw.head_text.lstrip().startswith("["):
        yield from documents(lambda: _elements(raw, options), options, "json")
        return
    value = _loaded(raw, options)
    yield from documents(lambda: _of_object(value, raw), options, "json")


def _elements(raw: Raw, options: Options) -> Iterator[Record]:
    name = raw.short
    with raw.open() as fh:
        stream = JsonStream(fh, raw.head, options.limits.line, name)
        stream.until(_LIST)
        for number, (value, data) in enumerate(stream.elements(), 1):
            yield value, data, f"{name}:{number}"


def _loaded(raw: Raw, options: Options) -> dict[str, Any]:
    try:
        value = json.loads(decode(raw.read(options.limits)).text, strict=False)
    except RecursionError as e:
        raise InputError("nested too deep", where=raw.name, mend="export it again") from e
    except ValueError as e:
        raise InputError(f"no JSON: {e}", where=raw.name, mend="export it again") from e
    if not isinstance(value, dict):
        raise InputError("no JSON object or list", where=raw.name, mend="export it again")
    return value


def _of_object(value: dict[str, Any], raw: Raw) -> Iterator[Record]:
    """The posts under a well-known key, else the object itself as one report."""
    name = raw.short
    posts = next((v for k in _LISTS if isinstance(v := value.get(k), list) and v), None)
    if posts is None or isinstance(value.get("report"), dict):
        yield value, json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"), raw.short
        return
    for number, post in enumerate(posts, 1):
        yield post, json.dumps(post, ensure_ascii=False).encode("utf-8", "replace"), f"{name}:{number}"


def documents(records: Callable[[], Iterator[Record]], options: Options, carrier: str) -> Iterator[Document | Failure]:
    """Records as documents; ``records`` gives them anew each time, first to learn what every post repeats."""
    edges = repeated_lines(_sample(records()))
    for value, data, where in records():
        yield _one(value, data, where, edges, options, carrier)


def _sample(records: Iterator[Record]) -> Iterator[str]:
    try:
        for _, (value, data, where) in zip(range(_SAMPLE), records, strict=False):
            if isinstance(value, dict) and "report" not in value:
                try:
                    yield clean(of_record(value, data, where=where).body)
                except InputError:
                    continue
    except InputError:
        return


def _one(
    value: Any, data: bytes, where: str, edges: frozenset[str], options: Options, carrier: str
) -> Document | Failure:
    if not isinstance(value, dict):
        return Failure(where, "no record", "give one object per post")
    try:
        found = of_record(value, data, where=where)
    except InputError as e:
        return Failure(where, e.what, e.mend)
    if not found.whole:
        found.body = clean(found.body)
        found.masked = channel_lines(found.body, edges)
    return document(found, carrier, options)


CARRIER = Carrier("json", "posts as JSON", (".json",), _claims, _read)
