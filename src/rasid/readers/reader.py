"""What a reader is: a document in, a reading and what of it was refused out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from rasid.errors import RasidError
from rasid.model.document import Document
from rasid.model.reading import Reading


class ReaderError(RasidError):
    """Another reader cannot be reached, or is of no use. ``permanent``: asking again will not help."""

    def __init__(self, what: str, *, where: str = "", mend: str = "", permanent: bool = False) -> None:
        super().__init__(what, where=where, mend=mend)
        self.permanent = permanent


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something that a reader said and the text does not bear out.

    part: where in its answer (``incidents[0].places[1]``); said: its words, shortened.
    """

    part: str
    why: str
    said: str

    def __str__(self) -> str:
        return f"{self.part}: {self.why}: {self.said}"


@dataclass(frozen=True, slots=True)
class Grounded:
    """A reading whose every value quotes the text, and what was refused."""

    reading: Reading
    refusals: tuple[Refusal, ...] = ()


class Reader(Protocol):
    """Any reader: Rasid's own, a model at an endpoint, a person."""

    @property
    def name(self) -> str:
        """As readings name it."""
        ...

    def read(self, document: Document) -> Grounded:
        """Read one document. Raises RasidError when it cannot be read."""
        ...


class Own:
    """Rasid's own reader, behind the same door."""

    name = "rasid"

    def read(self, document: Document) -> Grounded:
        """Read by grammar: whatever it says has its offsets from the text."""
        from rasid.reading.read import read

        return Grounded(read(document))
