"""A language model at any endpoint that speaks the OpenAI chat protocol, as a second reader.

The whole report is sent to the endpoint: choose one that may see it. What the model says must quote the
report verbatim; the rest is refused and listed (`grounding`). Nothing but the standard library is needed.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, ProxyHandler, Request, build_opener

from rasid.errors import InputError
from rasid.lexicon import files
from rasid.model import vocabulary as v
from rasid.model.document import Document
from rasid.readers.grounding import ground
from rasid.readers.reader import Grounded, ReaderError

_LOOPBACK = {"localhost", "127.0.0.1", "::1"}
_LARGEST = 4 << 20
#: What may pass by itself: too many requests, and a server's own trouble.
_PASSING = {408, 425, 429, 500, 502, 503, 504}
_FENCED = re.compile(r"^\s*```(?:json)?\s*\n(.*)\n```\s*$", re.DOTALL)
_VALUES: dict[str, type[StrEnum]] = {
    "SOURCE": v.SourceKind,
    "TYPE": v.IncidentType,
    "MODALITY": v.Modality,
    "ROLE": v.ActorRole,
    "TARGET": v.TargetKind,
    "WEAPON": v.WeaponKind,
    "STATUS": v.HarmStatus,
    "WHO": v.HarmWho,
    "KIND": v.CommitmentKind,
    "ACT": v.TermAct,
}


@dataclass(frozen=True)
class Endpoint:
    """A model behind an address such as ``http://127.0.0.1:8000/v1``.

    Plain http only to this machine. key: sent as bearer token, never printed. longest: code points of a
    report that the model may take. timeout: seconds. tries: with growing pauses, where trouble may pass.
    """

    url: str
    model: str
    key: str | None = field(default=None, repr=False)
    timeout: float = 120.0
    tries: int = 3
    longest: int = 60_000
    pause: Callable[[float], None] = field(default=time.sleep, repr=False)

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if parts.scheme == "http" and parts.hostname not in _LOOPBACK:
            raise InputError("plain http would send reports in the open", where=self.url, mend="use https")
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise InputError("no address of an endpoint", where=self.url, mend="give http(s)://host/v1")

    @property
    def name(self) -> str:
        """The model, as readings name it."""
        return f"endpoint {self.model}"

    def read(self, document: Document) -> Grounded:
        """What the model says of a report, held against its text.

        Raises InputError for a report that is too long, ReaderError when no usable answer comes.
        """
        if len(document.text) > self.longest:
            raise InputError(
                f"longer than the {self.longest} letters that the model may take",
                where=document.key,
                mend="raise `longest` or read it with Rasid's own reader",
            )
        return ground(self._said(self._asked(document)), document, self.name)

    def _asked(self, document: Document) -> bytes:
        day = document.published.isoformat() if document.published else "unknown"
        asked = {
            "model": self.model,
            "temperature": 0,
            "response_format": {"type": "json_object"},
            "messages": [
                {"role": "system", "content": instructions()},
                {"role": "user", "content": f"Day of publication: {day}\nReport:\n{document.text}"},
            ],
        }
        return json.dumps(asked, ensure_ascii=False).encode("utf-8", "replace")

    def _said(self, asked: bytes) -> Any:
        for left in range(self.tries - 1, -1, -1):
            try:
                return _content(self._answer(asked), self.url)
            except ReaderError as e:
                if e.permanent or not left:
                    raise
                self.pause(2.0 ** (self.tries - 1 - left))
        raise ReaderError("was never asked", where=self.url, mend="allow at least one try")

    def _answer(self, asked: bytes) -> bytes:
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        request = Request(self.url.rstrip("/") + "/chat/completions", asked, headers)
        try:
            with _opener(self.url).open(request, timeout=self.timeout) as response:
                body: bytes = response.read(_LARGEST + 1)
        except HTTPError as e:
            with e:
                told = e.read(300).decode("utf-8", "replace").strip()
            raise ReaderError(
                f"answered {e.code}: {told}",
                where=self.url,
                mend="check address, model and key",
                permanent=e.code not in _PASSING,
            ) from e
        except (URLError, TimeoutError, ConnectionError, HTTPException) as e:
            raise ReaderError(f"cannot be reached: {e}", where=self.url, mend="is it running?") from e
        if len(body) > _LARGEST:
            raise ReaderError(f"answered more than {_LARGEST >> 20} MB", where=self.url, permanent=True)
        return body


class _NoRedirect(HTTPRedirectHandler):
    """A report goes where the user sent it, nowhere else."""

    def redirect_request(self, *_: Any) -> None:
        return None


def _opener(url: str) -> OpenerDirector:
    """No redirects; no proxy to this machine."""
    if urlsplit(url).hostname in _LOOPBACK:
        return build_opener(_NoRedirect, ProxyHandler({}))
    return build_opener(_NoRedirect)


def _content(body: bytes, where: str) -> Any:
    """The JSON that the model wrote."""
    try:
        (choice, *_) = json.loads(body)["choices"]
        said = choice["message"]["content"]
        fenced = _FENCED.match(said)
        if choice.get("finish_reason") == "length":
            raise ReaderError("stopped in the middle of its answer", where=where, mend="allow more", permanent=True)
        return json.loads(fenced.group(1) if fenced else said)
    except (ValueError, KeyError, TypeError, RecursionError) as e:
        raise ReaderError(f"answered no JSON: {str(e)[:120]}", where=where, mend="try another model") from e


@cache
def instructions() -> str:
    """What the model is told: rules and shape from `knowledge/readers`, values from the contract."""
    texts = {e["id"]: e["text"] for e in files.toml("readers/endpoint.toml")["entry"]}
    values = "\n".join(f"{name}: {', '.join(kind)}" for name, kind in _VALUES.items())
    return f"{texts['endpoint.rules']}\nShape:\n{texts['endpoint.shape']}\nValues:\n{values}\n"
