"""Telegram Desktop exports (``result.json``): one chat, or a whole account with its channels and groups.

Read as a stream, so that years of a channel fit in memory. Contacts and names of group members are left
behind. In an export of a whole account, private conversations are passed over: nobody meant them as reports.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from rasid.errors import InputError
from rasid.intake.building import Found, clean, document
from rasid.intake.carrier import Carrier, Failure, Options, Raw
from rasid.intake.jsonstream import JsonStream
from rasid.intake.repeated import channel_lines, repeated_lines
from rasid.model.document import Document

_MESSAGES = re.compile(r'"messages"\s*:\s*\[')
_FIELD = re.compile(r'"(name|type|id)"\s*:\s*("(?:[^"\\]|\\.)*"|-?\d+|null)')
_PRIVATE = {"personal_chat", "bot_chat", "replies", "verify_codes"}
_UNREAD = {"link": "link", "mention": "link", "email": "link", "phone": "link", "bot_command": "link"}


@dataclass(frozen=True, slots=True)
class _Chat:
    name: str
    kind: str
    id: str
    whole_account: bool

    @property
    def skipped(self) -> bool:
        return self.whole_account and self.kind in _PRIVATE


def _claims(raw: Raw) -> int:
    head = raw.head_text.lstrip()
    if not head.startswith("{") or ('"messages"' not in head and '"chats"' not in head):
        return 0
    single = '"type"' in head and (
        '"from_id"' in head or '"date_unixtime"' in head or '"text_entities"' in head or '"from"' in head
    )
    if raw.suffix in {".json", ""} and (single or ('"chats"' in head and '"list"' in head)):
        return 3
    return 2 if single else (1 if raw.short == "result.json" else 0)


def _chats(raw: Raw, options: Options) -> Iterator[tuple[_Chat, Iterator[tuple[Any, bytes]]]]:
    """The chats of the export with their messages, to be taken before the next chat is asked for."""
    with raw.open() as fh:
        stream = JsonStream(fh, raw.head, options.limits.line, raw.short)
        whole = False
        while (before := stream.until(_MESSAGES)) is not None:
            whole = whole or '"chats"' in before
            fields = {k: json.loads(v) for k, v in _FIELD.findall(before)}
            name = fields.get("name") or ("Saved Messages" if fields.get("type") == "saved_messages" else "")
            chat = _Chat(name, str(fields.get("type") or ""), str(fields.get("id") or ""), whole)
            yield chat, stream.elements()


def _read(raw: Raw, options: Options) -> Iterator[Document | Failure]:
    edges = _learn(raw, options)
    given = 0
    for chat, messages in _chats(raw, options):
        for group in _albums(m for m in messages if not chat.skipped):
            found = _found(group, chat, edges.get(chat.id, frozenset()))
            if found is not None:
                given += 1
                yield document(found, "telegram", options)
    if not given:
        raise InputError("no message with text", where=raw.name, mend="export the channel with its messages as JSON")


def _learn(raw: Raw, options: Options) -> dict[str, frozenset[str]]:
    """The repeated header and footer lines of each chat. A broken export is reported when it is read, not
    here.
    """
    out: dict[str, frozenset[str]] = {}
    try:
        for chat, messages in _chats(raw, options):
            texts = (flat(m["text"]) for m, _ in messages if isinstance(m, dict) and m.get("text"))
            out[chat.id] = repeated_lines(texts)
            for _ in texts:
                pass
    except InputError:
        return out
    return out


def flat(text: object) -> str:
    """The text of a message, which is a string or a list of strings and of parts with a type."""
    if isinstance(text, str):
        return text
    if isinstance(text, list):
        return "".join(p if isinstance(p, str) else str(p.get("text", "")) for p in text if isinstance(p, (str, dict)))
    return ""


def _albums(messages: Iterator[tuple[Any, bytes]]) -> Iterator[list[tuple[dict[str, Any], bytes]]]:
    """Messages, those of one album together: sent in the same second by the same hand, each with a medium,
    one caption.
    """
    group: list[tuple[dict[str, Any], bytes]] = []
    for message, raw in messages:
        if not isinstance(message, dict) or message.get("type", "message") != "message":
            continue
        if group and _same_album(group, message):
            group.append((message, raw))
            continue
        if group:
            yield group
        group = [(message, raw)]
    if group:
        yield group


def _same_album(group: list[tuple[dict[str, Any], bytes]], message: dict[str, Any]) -> bool:
    first = group[0][0]
    if any(first.get(k) != message.get(k) for k in ("date", "from_id", "forwarded_from")):
        return False
    members = [m for m, _ in group] + [message]
    return all(_has_medium(m) for m in members) and sum(bool(flat(m.get("text")).strip()) for m in members) <= 1


def _has_medium(message: dict[str, Any]) -> bool:
    return any(k in message for k in ("photo", "file", "media_type"))


def _found(group: list[tuple[dict[str, Any], bytes]], chat: _Chat, edges: frozenset[str]) -> Found | None:
    message, raw = next(((m, r) for m, r in group if flat(m.get("text")).strip()), group[0])
    text = clean(flat(message.get("text")))
    if not any(c.isalpha() for c in text) or "contact_information" in message:
        return None
    number = str(message.get("id") or "")
    return Found(
        body=text,
        id=f"{chat.id}/{number}" if chat.id else number,
        url=f"https://t.me/c/{chat.id}/{number}" if chat.id and "channel" in chat.kind else None,
        publisher=chat.name or None,
        published=message.get("date") or message.get("date_unixtime"),
        original=raw,
        masked=_unread(message) + channel_lines(text, edges),
        capture=_capture(message, len(group)),
    )


def _unread(message: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    parts = message.get("text")
    if not isinstance(parts, list):
        return ()
    return tuple(
        (str(p["text"]), _UNREAD[p["type"]])
        for p in parts
        if isinstance(p, dict) and p.get("type") in _UNREAD and p.get("text")
    )


def _capture(message: dict[str, Any], members: int) -> dict[str, str]:
    out = {"time": str(message.get("date") or ""), "tool": "Telegram Desktop"}
    for key in ("edited", "forwarded_from", "date_unixtime"):
        if isinstance(message.get(key), (str, int)):
            out[key] = str(message[key])
    if "reply_to_message_id" in message:
        out["reply_to"] = str(message["reply_to_message_id"])
    if members > 1:
        out["album"] = str(members)
    return out


CARRIER = Carrier("telegram", "a Telegram Desktop export (result.json)", (".json",), _claims, _read)
