"""The registry of parties: who they are, what they are called by friend and foe, and for whom they act.

Entries come from ``knowledge/actors/*.toml``; the government and the forces of each country from the table of
countries, so that a nationality always has an owner; public officials from ``words/officials.csv``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from rasid.lexicon import files
from rasid.lexicon.compiled import compiled

FOLDER = "actors"
#: Kinds whose members can commit violence as such.
ACTING = frozenset({"state", "forces", "armed_group", "coalition", "tribe"})
KINDS = ACTING | {"party", "un", "ngo", "outlet", "agency", "monitor", "institution", "people"}
_LISTS = ("names", "generic", "partisan", "weak", "called", "adjectives", "shared_adjectives")


@dataclass(frozen=True, slots=True)
class Entry:
    """One party. ``partisan`` names are its opponents'; ``called``: definite nouns that may point to it.

    ``generic`` names are borne by units of other countries too: this one unless the text is elsewhere.
    ``weak`` names are also common words or other people's names: they need support from the text.
    ``shared_adjectives`` belong to other parties too (كردي): they name this one only in its own regions.
    ``backed_by``: the country whose proxies in general are meant (الميليشيات الموالية لإيران).
    ``regions``: countries in which ``called`` means this party with nothing said before.
    """

    id: str
    kind: str
    country: str | None
    acts: bool
    label_ar: str
    label_en: str
    names: tuple[str, ...] = ()
    generic: tuple[str, ...] = ()
    partisan: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    called: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    shared_adjectives: tuple[str, ...] = ()
    parent: str | None = None
    side: str | None = None
    acts_for: str | None = None
    backed_by: str | None = None
    regions: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    file: str = ""


@dataclass(frozen=True, slots=True)
class Country:
    """A country as a party: the ids that its nationality gives to a government, its forces, its militias."""

    code: str
    names: tuple[str, ...]
    capitals: tuple[str, ...]
    adjectives: tuple[str, ...]
    plurals: tuple[str, ...]
    government: str
    forces: str
    militia: str | None
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Official:
    """A public official, by the party for which he or she speaks; ``weak``: short names that need support."""

    name: str
    id: str
    aliases: tuple[str, ...]
    weak: tuple[str, ...]
    acts: bool


def _entry(raw: dict[str, Any], file: str) -> Entry:
    label = raw.get("label", {})
    country = raw.get("country")
    regions = raw.get("regions", [country] if country else [])
    return Entry(
        id=raw["id"],
        kind=raw["kind"],
        country=country,
        acts=raw.get("acts", raw["kind"] in ACTING),
        label_ar=label.get("ar", raw["id"]),
        label_en=label.get("en", raw["id"]),
        parent=raw.get("parent"),
        side=raw.get("side"),
        acts_for=raw.get("acts_for"),
        backed_by=raw.get("backed_by"),
        regions=tuple(regions),
        since=raw.get("from"),
        until=raw.get("until"),
        file=file,
        **{k: tuple(raw.get(k, ())) for k in _LISTS},
    )


def _bars(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())


@cache
def countries() -> dict[str, Country]:
    """Countries by ISO 3166 code."""
    return {
        r["code"]: Country(
            r["code"],
            _bars(r["names"]),
            _bars(r["capitals"]),
            _bars(r["adjective"]),
            _bars(r["plurals"]),
            r["government"],
            r["forces"],
            r["militia"] or None,
            _bars(r["marks"]),
        )
        for r in files.rows(f"{FOLDER}/words/countries.csv")
    }


@cache
def officials() -> tuple[Official, ...]:
    """Public officials in file order."""
    return tuple(
        Official(r["name"], r["id"], _bars(r["aliases"]), _bars(r["weak"]), r["acts"] == "yes")
        for r in files.rows(f"{FOLDER}/words/officials.csv")
    )


def _of_country(c: Country) -> list[Entry]:
    name = c.names[0] if c.names else c.code
    return [
        Entry(
            c.government,
            "state",
            c.code,
            True,
            f"حكومة {name}",
            f"government of {c.code}",
            side=c.government,
            regions=(c.code,),
        ),
        Entry(
            c.forces,
            "forces",
            c.code,
            True,
            f"قوات {name}",
            f"forces of {c.code}",
            parent=c.government,
            side=c.government,
            regions=(c.code,),
        ),
    ]


@compiled
def registry() -> dict[str, Entry]:
    """All parties by id: the files' entries first, then what only the table of countries knows."""
    out: dict[str, Entry] = {}
    for name in files.names(FOLDER):
        for raw in files.toml(name).get("entry", ()):
            out[raw["id"]] = _entry(raw, name)
    for c in countries().values():
        for e in _of_country(c):
            out.setdefault(e.id, e)
    return out


def words(name: str) -> dict[str, dict[str, Any]]:
    """Entries of one file of word classes (heads, adjectives, titles, stops, given_names), by id."""
    return {e["id"]: e for e in files.toml(f"{FOLDER}/words/{name}.toml").get("entry", ())}


def page() -> str:
    """The registry as a page of documentation (docs/actors.md)."""
    lines = [
        "# Actors",
        "",
        "Generated by `python -m rasid.lexicon.actors > docs/actors.md`; a test compares the two.",
        "Partisan names are mapped to the neutral label in output and kept verbatim in quotes.",
        "Besides these, every country of `words/countries.csv` has `cc.government` and `cc.forces`.",
    ]
    for name in files.names(FOLDER):
        entries = files.toml(name).get("entry", ())
        lines += ["", f"## {name.rpartition('/')[2]} ({len(entries)})", ""]
        lines += ["| id | kind | label | English | aliases | partisan | for |", f"|{'---|' * 7}"]
        lines += [_row(registry()[raw["id"]]) for raw in entries]
    return "\n".join(lines) + "\n"


def _row(e: Entry) -> str:
    aliases = [n for n in e.names + e.generic + e.weak if n != e.label_ar]
    cells = (
        f"`{e.id}`",
        e.kind,
        e.label_ar,
        e.label_en,
        "، ".join(aliases),
        "، ".join(e.partisan),
        e.acts_for or e.parent or "",
    )
    return "| " + " | ".join(cells) + " |"


if __name__ == "__main__":
    print(page(), end="")
