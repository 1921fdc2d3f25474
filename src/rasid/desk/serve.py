"""Bringing the desk up: database ready, first link, worker, server. Used by `rasid desk` and by tests."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from rasid.errors import MissingExtra, StoreError


def setup(book: str | None = None, home: str | None = None) -> None:
    """Point Django at a book and start it; nothing is read from the network."""
    if book:
        os.environ["RASID_BOOK"] = book if book.startswith("postgres") else str(Path(book).expanduser().absolute())
    if home:
        os.environ["RASID_HOME"] = home
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rasid.desk.settings")
    try:
        import django
    except ImportError as e:
        raise MissingExtra("django", "desk") from e
    django.setup()


def prepare() -> None:
    """Lay both halves of the schema in the one database: the book's, then the desk's."""
    from django.core.management import call_command
    from django.db import connection

    from rasid.desk.shelf import book

    book()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("clearsessions", verbosity=0)
    connection.close()


def first_address(root: str) -> str | None:
    """The one-time link for the first account; None when somebody has an account already."""
    from rasid.desk.core.services import first_link, nobody_yet

    return f"{root}/ar/first/{first_link()}/" if nobody_yet() else None


def serve(
    host: str, port: int, *, worker: bool = True, threads: int = 6, ready: Callable[[str], None] | None = None
) -> None:
    """Serve until stopped."""
    import waitress

    from rasid.desk.inbox.worker import Worker
    from rasid.desk.wsgi import application

    try:
        server = waitress.create_server(
            application,
            host=host,
            port=port,
            threads=threads,
            ident=None,
            max_request_body_size=256 << 20,
            clear_untrusted_proxy_headers=True,
        )
    except OSError as e:
        raise StoreError(f"port {port} is taken", where=host, mend="choose another with --port") from e
    hand = Worker() if worker else None
    if hand:
        hand.start()
    if ready:
        ready(f"http://{'127.0.0.1' if host in ('0.0.0.0', '::') else host}:{server.effective_port}")
    try:
        server.run()
    finally:
        if hand:
            hand.halt.set()
            hand.join(timeout=5)
        server.close()
