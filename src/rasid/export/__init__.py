"""What leaves a book: files (`to`, one module per format), bulletins (`bulletin`), and files read back
(`incoming`).

    from rasid.export import Policy, formats
    coarse = Policy(finest_place="settlement")
    formats()["geojson"].write(book.every_incident(), Path("out.geojson"), policy=coarse)

Formats are found by presence; what may leave is decided in one place, `policy.apply`. The same records and
policy give the same bytes.
"""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module

from rasid.export.format import Format
from rasid.export.policy import Policy

__all__ = ["Format", "Policy", "formats"]


@cache
def formats() -> dict[str, Format]:
    """All formats by name. Their libraries load only when one is written."""
    from rasid.export import to

    modules = (import_module(f"{to.__name__}.{m.name}") for m in pkgutil.iter_modules(to.__path__))
    found = (getattr(m, "FORMAT", None) for m in modules)
    return {f.name: f for f in found if isinstance(f, Format)}
