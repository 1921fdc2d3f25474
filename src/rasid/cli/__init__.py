"""The command line. One module per command exposes ``command``; presence registers it, and only the one asked
for loads.
"""

from __future__ import annotations

import pkgutil
import sys
from importlib import import_module

import click

from rasid.errors import RasidError

#: Commands whose names no module can bear, for they are words of the language.
_MODULES = {"import": "imports"}
_COMMANDS = {module: name for name, module in _MODULES.items()}


class Commands(click.Group):
    """Commands found as modules of this package, imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All commands by name."""
        names = (m.name for m in pkgutil.iter_modules(__path__))
        return sorted(_COMMANDS.get(n, n).replace("_", "-") for n in names if self._load(n) is not None)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, or None."""
        module = _MODULES.get(cmd_name, cmd_name.replace("-", "_"))
        if not any(m.name == module for m in pkgutil.iter_modules(__path__)):
            return None
        return self._load(module)

    @staticmethod
    def _load(module: str) -> click.Command | None:
        found = getattr(import_module(f"{__name__}.{module}"), "command", None)
        return found if isinstance(found, click.Command) else None

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; an error of Rasid ends it with one line that says where, what and how to mend."""
        try:
            return super().invoke(ctx)
        except RasidError as e:
            raise click.ClickException(str(e)) from e


@click.command(cls=Commands)
@click.version_option(package_name="rasid")
def cli() -> None:
    """Rasid reads Arabic conflict reports: what was promised, what happened after, who says so, how sure are
    we.
    """


def main() -> None:
    """Entry point of the console script."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # Arabic must come out whole where the locale knows no Arabic
            stream.reconfigure(encoding="utf-8", errors="replace")
    cli()
