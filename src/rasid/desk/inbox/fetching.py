"""Fetching an address that a person gave, without letting it reach what only this machine can reach (SSRF).

The name is resolved once, every address it has is checked, and the connection goes to exactly the address
checked, so that a
second answer of the name server (rebinding) changes nothing. Each redirect is a new fetch through the same
checks.
"""

from __future__ import annotations

import http.client
import ipaddress
import os
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import urljoin, urlsplit

from rasid.errors import InputError

MOST_BYTES = 20 << 20
MOST_SECONDS = 30.0
MOST_REDIRECTS = 5
AGENT = "Rasid/0.1 (report archive)"

Resolver = Callable[[str, int], list[str]]
Allowed = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came back, and how (for the capture record)."""

    url: str
    body: bytes
    status: int
    media_type: str
    headers: dict[str, str]
    at: datetime
    chain: tuple[str, ...] = field(default_factory=tuple)


def resolve(host: str, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as e:
        raise InputError("the name of the site is not known", where=host, mend="check the address") from e
    return list(dict.fromkeys(str(f[4][0]) for f in found))


_INNER = tuple(
    ipaddress.ip_network(n)
    for n in (
        "64:ff9b::/96",
        "64:ff9b:1::/48",
        "2002::/16",
        "2001::/32",
        "100.64.0.0/10",
        "192.0.0.0/24",
        "198.18.0.0/15",
        "fec0::/10",
    )
)


def is_public(address: str) -> bool:
    """Is it an address of the open internet? Mapped, translated and tunnelled forms of IPv4 count as what
    they carry.
    """
    try:
        ip = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    if any(ip.version == n.version and ip in n for n in _INNER):
        return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved and not ip.is_unspecified


def host_allowed(host: str, allowed: str) -> bool:
    """Is the host one of the listed ones? ``example.org`` is itself alone, ``.example.org`` also what lies
    under it.

    Compared by whole labels: "evil-example.org" ends with the same letters and is another site.
    """
    host = host.rstrip(".").casefold()
    for entry in allowed.replace(",", " ").split():
        name = entry.strip().rstrip(".").casefold()
        if name.startswith(".") and (host == name[1:] or host.endswith(name)):
            return True
        if host == name:
            return True
    return not allowed.strip()


class _Pinned(http.client.HTTPConnection):
    """A connection to an address checked before; the name goes only into Host and the certificate check."""

    def __init__(self, host: str, port: int, address: str, secure: bool, timeout: float) -> None:
        super().__init__(host, port, timeout=timeout)
        self._address, self._secure = address, secure

    def connect(self) -> None:
        raw = socket.create_connection((self._address, self.port), self.timeout)
        self.sock = ssl.create_default_context().wrap_socket(raw, server_hostname=self.host) if self._secure else raw


def fetch(
    url: str,
    *,
    hosts: str = "",
    headers: dict[str, str] | None = None,
    resolver: Resolver = resolve,
    allowed: Allowed = is_public,
    ports: tuple[int, ...] = (80, 443),
    most_bytes: int = MOST_BYTES,
) -> Fetched:
    """The bytes behind an address. Raises InputError for whatever is not to be fetched, and when the site
    fails.
    """
    if os.environ.get("RASID_OFFLINE") == "1":
        raise InputError("this desk works offline", where=url, mend="paste the text, or save the page and upload it")
    deadline, chain = time.monotonic() + MOST_SECONDS, []
    for _ in range(MOST_REDIRECTS + 1):
        chain.append(url)
        answer = _once(url, hosts, headers or {}, resolver, allowed, ports, most_bytes, deadline)
        if isinstance(answer, Fetched):
            return Fetched(
                answer.url,
                answer.body,
                answer.status,
                answer.media_type,
                answer.headers,
                answer.at,
                tuple(chain),
            )
        url = urljoin(url, answer)
    raise InputError("too many redirects", where=chain[0])


def check(
    url: str, hosts: str, resolver: Resolver, allowed: Allowed, ports: tuple[int, ...]
) -> tuple[str, int, bool, str, str]:
    """Host, port, secure, path and the address to connect to; InputError when it is not to be visited."""
    try:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError as e:
        raise InputError("not an address of a page", where=url[:200]) from e
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise InputError("only http and https addresses can be fetched", where=url[:200])
    if parts.username or parts.password:
        raise InputError("an address must not carry a name or password", where=parts.hostname)
    if port not in ports:
        raise InputError("this port is not fetched", where=f"{parts.hostname}:{port}")
    try:
        host = parts.hostname.encode("idna").decode("ascii")
    except UnicodeError as e:
        raise InputError("not a name of a site", where=parts.hostname[:100]) from e
    if not host_allowed(host, hosts):
        raise InputError(
            "this site is not on the desk's list",
            where=host,
            mend="an administrator can add it in the policy",
        )
    found = resolver(host, port)
    if not found or not all(allowed(a) for a in found):
        raise InputError("this address leads into a private network", where=host)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return host, port, parts.scheme == "https", path, found[0]


def _once(
    url: str,
    hosts: str,
    headers: dict[str, str],
    resolver: Resolver,
    allowed: Allowed,
    ports: tuple[int, ...],
    most: int,
    deadline: float,
) -> Fetched | str:
    host, port, secure, path, address = check(url, hosts, resolver, allowed, ports)
    connection = _Pinned(host, port, address, secure, timeout=10)
    try:
        connection.request(
            "GET",
            _ascii(path),
            headers={"User-Agent": AGENT, "Accept": "*/*", "Accept-Encoding": "identity", **headers},
        )
        answer = connection.getresponse()
        to = answer.headers.get("Location")
        if answer.status in (301, 302, 303, 307, 308) and to:
            return to
        if answer.status not in (200, 304):
            raise InputError(f"the site answered {answer.status}", where=host)
        body = _bounded(answer, most, deadline, host)
        kept = {k.lower(): v for k, v in answer.headers.items()}
        return Fetched(
            url,
            body,
            answer.status,
            kept.get("content-type", "").split(";")[0].strip(),
            kept,
            datetime.now(UTC),
        )
    except (OSError, http.client.HTTPException) as e:
        raise InputError("the site could not be reached", where=host, mend=type(e).__name__) from e
    finally:
        connection.close()


def _ascii(path: str) -> str:
    from urllib.parse import quote

    return quote(path, safe="/%?&=:;,+$@!*'()~#[]-._")


def _bounded(answer: http.client.HTTPResponse, most: int, deadline: float, host: str) -> bytes:
    body = bytearray()
    while chunk := answer.read(65536):
        body += chunk
        if len(body) > most:
            raise InputError(f"larger than {most >> 20} MB", where=host)
        if time.monotonic() > deadline:
            raise InputError("the site is too slow", where=host)
    return bytes(body)
