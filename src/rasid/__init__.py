"""Rasid (راصد): reads Arabic conflict reports into an incident book and a pledge ledger."""

__version__ = "0.1.0"

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rasid.model.context import Context as Context
    from rasid.model.document import Document as Document
    from rasid.model.reading import Reading as Reading
    from rasid.reading.read import read as read

__all__ = ["Context", "Document", "Reading", "__version__", "read"]

_DOORS = {
    "read": "rasid.reading.read",
    "Document": "rasid.model.document",
    "Reading": "rasid.model.reading",
    "Context": "rasid.model.context",
}


def __getattr__(name: str) -> Any:
    """The public door, opened at first use so that importing the package costs nothing."""
    if name not in _DOORS:
        raise AttributeError(f"module 'rasid' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_DOORS[name]), name)
