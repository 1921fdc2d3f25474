"""Fetching reaches the open internet and nothing else."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from rasid.desk.inbox.fetching import check, fetch, host_allowed, is_public
from rasid.errors import InputError

PRIVATE = [
    "127.0.0.1", "127.8.9.1", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254", "100.64.0.1",
    "192.0.0.8", "198.18.0.1", "224.0.0.1", "255.255.255.255", "240.0.0.1", "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
    "fe80::1", "fc00::1", "fd12:3456::1", "ff02::1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:53aa:64c::", "fec0::1", "not an address",
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "8.8.8.8", "2606:4700:4700::1111", "::ffff:8.8.8.8"])
def test_public_addresses_are(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "ftp://example.org/", "gopher://example.org/", "javascript:alert(1)", "http://", "http:///x", "//example.org", "http://user:pw@example.org/",
     "http://example.org:22/", "http://example.org:99999/", "http://[::1]/", "http://[bad/"],
)  # fmt: skip
def test_addresses_that_are_never_visited(url: str) -> None:
    with pytest.raises(InputError):
        fetch(url, resolver=lambda h, p: ["127.0.0.1"])


def test_one_private_answer_of_several_is_enough_to_refuse() -> None:
    with pytest.raises(InputError, match="private"):
        check("http://example.org/", "", lambda h, p: ["93.184.216.34", "10.0.0.1"], is_public, (80,))


def test_hosts_are_compared_whole() -> None:
    assert host_allowed("example.org", "example.org")
    assert not host_allowed("evilexample.org", "example.org")
    assert not host_allowed("example.org.evil.net", "example.org")
    assert not host_allowed("www.example.org", "example.org")
    assert host_allowed("www.example.org", ".example.org")
    assert not host_allowed("evilexample.org", ".example.org")
    assert host_allowed("EXAMPLE.org.", "example.ORG")
    assert host_allowed("anything.net", "")


class _Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/away":
            self.send_response(302)
            self.send_header("Location", "http://inner.test/secret")
            self.end_headers()
        elif self.path == "/big":
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"x" * 300_000)
        elif self.path == "/loop":
            self.send_response(302)
            self.send_header("Location", "/loop")
            self.end_headers()
        else:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(f"host {self.headers['Host']}".encode())

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[int]:
    server = HTTPServer(("127.0.0.1", 0), _Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


def _open(host: str, port: int) -> list[str]:
    """Only the outer name leads to the test's site; the inner one to a private address."""
    return ["127.0.0.1"] if host == "outer.test" else ["10.0.0.7"]


def test_the_connection_goes_to_the_address_that_was_checked(site: int) -> None:
    asked: list[str] = []

    def resolver(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"]

    got = fetch(f"http://outer.test:{site}/", resolver=resolver, allowed=lambda a: True, ports=(site,))
    assert got.body == f"host outer.test:{site}".encode()
    assert asked == ["outer.test"], "the name is resolved once: a second answer could lie"


def test_a_redirect_into_a_private_network_is_refused(site: int) -> None:
    with pytest.raises(InputError, match="private"):
        fetch(
            f"http://outer.test:{site}/away",
            resolver=_open,
            allowed=lambda a: a == "127.0.0.1",
            ports=(site, 80),
        )


def test_size_and_redirects_are_bounded(site: int) -> None:
    with pytest.raises(InputError, match="larger"):
        fetch(
            f"http://outer.test:{site}/big",
            resolver=_open,
            allowed=lambda a: True,
            ports=(site,),
            most_bytes=100_000,
        )
    with pytest.raises(InputError, match="redirects"):
        fetch(f"http://outer.test:{site}/loop", resolver=_open, allowed=lambda a: True, ports=(site,))


def test_an_offline_desk_fetches_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RASID_OFFLINE", "1")
    with pytest.raises(InputError, match="offline"):
        fetch("http://example.org/", resolver=lambda h, p: pytest.fail("not even asked"))
