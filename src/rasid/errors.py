"""One tree of errors: each says where, what and how to mend it."""

from __future__ import annotations


class RasidError(Exception):
    """Root of every error that Rasid raises on purpose."""

    def __init__(self, what: str, *, where: str = "", mend: str = "") -> None:
        self.what = what
        self.where = where
        self.mend = mend
        super().__init__(": ".join(p for p in (where, what) if p) + (f" ({mend})" if mend else ""))


class InputError(RasidError, ValueError):
    """A user's input cannot be used; the rest of the batch goes on."""


class KnowledgeError(RasidError, ValueError):
    """A knowledge file is wrong; names file, entry and mend."""


class StoreError(RasidError):
    """The book cannot be opened, written or trusted."""


class MissingExtra(RasidError, ImportError):
    """An optional part of the distribution is not installed."""

    def __init__(self, package: str, extra: str) -> None:
        super().__init__(f"{package} is not installed", mend=f"pip install 'rasid[{extra}]'")
