"""The bundled invented reports, brought into the book as a person would bring them."""

from __future__ import annotations

from importlib.resources import as_file, files

from rasid.errors import InputError


def load() -> int:
    """Read the reports of ``rasid/examples`` into the book; those it holds already are left alone."""
    from rasid.desk.inbox import services
    from rasid.desk.shelf import book
    from rasid.intake import open_path
    from rasid.model.document import Document

    folder = files("rasid") / "examples"
    if not folder.is_dir():
        raise InputError("no bundled reports in this installation", where="rasid/examples")
    n = 0
    with as_file(folder) as path:
        for found in open_path(path, keep_original=True):
            if isinstance(found, Document) and not book().holds(found):
                services.keep(found, None)
                n += 1
    return n
