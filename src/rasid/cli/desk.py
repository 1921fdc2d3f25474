"""`rasid desk`: review, map, ledger and publication in the browser."""

from __future__ import annotations

import os
import webbrowser
from pathlib import Path

import click


@click.group("desk", invoke_without_command=True)
@click.option("--book", help="Book file, or postgresql:// address; RASID_BOOK.")
@click.option("--home", type=click.Path(file_okay=False), help="Folder of keys, outside the book; RASID_HOME.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8765, show_default=True, type=click.IntRange(0, 65535))
@click.option("--worker/--no-worker", default=True, help="Run the worker inside this process.")
@click.option("--open/--no-open", "show", default=True, help="Open the browser.")
@click.option("--demo", is_flag=True, help="Load the bundled invented reports first.")
@click.pass_context
def command(
    ctx: click.Context,
    book: str | None,
    home: str | None,
    host: str,
    port: int,
    worker: bool,
    show: bool,
    demo: bool,
) -> None:
    """Bring the desk up; without a subcommand, serve it.

    The first time it prints a link that works once and makes the first account: there is no default password.
    """
    from rasid.desk import serve

    if host not in ("127.0.0.1", "localhost", "::1"):
        os.environ.setdefault("RASID_HOSTS", f"{host},127.0.0.1,localhost")
    serve.setup(book, home)
    serve.prepare()
    if ctx.invoked_subcommand:
        return
    if demo:
        _load_demo()

    def ready(root: str) -> None:
        address = serve.first_address(root) or f"{root}/ar/"
        click.echo(f"Rasid desk: {root}/")
        if address != f"{root}/ar/":
            click.echo(f"First account (works once, for a day): {address}")
        if show:
            webbrowser.open(address)

    serve.serve(host, port, worker=worker, ready=ready)


def _load_demo() -> None:
    """The bundled reports into the book, as a person would bring them."""
    from rasid.desk.demo import load

    click.echo(f"{load()} invented reports are in the book")


@command.command("demo")
def demo_command() -> None:
    """Load the bundled invented reports into the book."""
    _load_demo()


@command.command("worker")
@click.option("--once", is_flag=True, help="Do what is waiting, then end.")
def worker_command(once: bool) -> None:
    """Do the waiting work in a process of its own."""
    from rasid.desk.inbox.worker import Worker, work_off

    if once:
        click.echo(f"{work_off()} jobs done")
        return
    hand = Worker()
    try:
        hand.run()
    except KeyboardInterrupt:
        hand.halt.set()


@command.command("first-link")
@click.option("--root", default="http://127.0.0.1:8765", show_default=True, help="How the desk is reached.")
def first_link(root: str) -> None:
    """Print a fresh one-time link for the first account."""
    from rasid.desk.serve import first_address

    address = first_address(root)
    if address is None:
        raise click.ClickException("somebody has an account already; use reset-link")
    click.echo(address)


@command.command("reset-link")
@click.argument("username")
@click.option("--root", default="http://127.0.0.1:8765", show_default=True, help="How the desk is reached.")
@click.option("--second-off", is_flag=True, help="Also turn the second factor off (phone and codes lost).")
def reset(username: str, root: str, second_off: bool) -> None:
    """Print a one-time link by which USERNAME sets a new password."""
    from rasid.desk.core import services
    from rasid.desk.core.models import User

    user = User.objects.filter(username=username.casefold()).first()
    if user is None:
        raise click.ClickException("nobody has that name")
    if second_off:
        services.disable_totp(user, by=None)
    click.echo(f"{root}/ar/first/{services.reset_link(user, None)}/")


@command.command("token")
@click.argument("username")
@click.option("--scope", "scopes", multiple=True, required=True, help="May be given again.")
@click.option("--days", default=30, show_default=True, type=click.IntRange(1, 365))
@click.option("--name", default="command line", show_default=True)
def token(username: str, scopes: tuple[str, ...], days: int, name: str) -> None:
    """Print an API token for USERNAME; it is shown this once."""
    from rasid.desk.core import services
    from rasid.desk.core.models import User

    unknown = [s for s in scopes if s not in services.SCOPES]
    user = User.objects.filter(username=username.casefold(), is_active=True).first()
    if unknown or user is None:
        raise click.ClickException(f"unknown scope {unknown[0]}" if unknown else "nobody has that name")
    click.echo(services.make_token(user, name, list(scopes), days))


@command.command("gold")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def gold(file: Path) -> None:
    """Write the readings of finished reports, as reviewers left them, for `rasid evaluate`."""
    from rasid.desk.review import measure

    lines = [r.model_dump_json(exclude_none=True) for r in measure.gold(measure.done(frozenset()))]
    file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    click.echo(f"{len(lines)} readings in {file}")


@command.command("rotate-keys")
def rotate_keys() -> None:
    """Add a new key for source identities and seal everything anew under it; old keys stay in the ring."""
    from rasid.desk.core.rotation import rotate

    click.echo(f"{rotate()} sealed values renewed")


@command.command("site")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def site(folder: Path) -> None:
    """Write the public site into FOLDER as plain files that any web server can show."""
    from rasid.desk.public.static_site import write

    click.echo(f"{write(folder)} files in {folder}")
