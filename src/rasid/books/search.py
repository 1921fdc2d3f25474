"""Full-text search that knows Arabic spelling: the same words, folded and stripped of prefixes, on both
databases.

The index holds a shadow of each report: `exact`, its folded words in a row, and `stems`, the same without
the article and the letters written onto a word. A query is put through the same function, so both databases
give the same hits.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, text

from rasid.text.keys import INVISIBLE, fold

_WORD = re.compile(rf"[^\W_][\w{INVISIBLE}]*")
_QUOTED = re.compile(r'["“”«»„](.+?)["“”«»„]')
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_ARTICLES = ("ال", "لل")
_CONJUNCTIONS, _PREPOSITIONS = ("و", "ف"), ("ب", "ك", "ل", "س")
_PREFIXES = frozenset((*_CONJUNCTIONS, *_PREPOSITIONS))
_ENDINGS = ("ات", "ون", "ين", "ان", "ها", "هم", "ه", "ي", "ا")


def words(of: str) -> list[str]:
    """The words of a text as the index holds them: folded, nothing but letters and ASCII digits."""
    folded = (re.sub(r"[\W_]", "", fold(w)).translate(_DIGITS) for w in _WORD.findall(of))
    return [w for w in folded if w]


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The word without article, what stands before the article, and one ending; never shorter than two
    letters.

    Only a key: it need not be the root, only the same for spellings of one word.

    >>> stem("والهدنه") == stem("هدنه") == stem("بالهدنه")
    True
    """
    for article in _ARTICLES:
        at = word.find(article, 0, 4)
        if at >= 0 and all(c in _PREFIXES for c in word[:at]) and len(word) - at - len(article) >= 2:
            return _short(word[at + len(article) :])
    return _short(word)


def _short(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


@lru_cache(maxsize=200_000)
def stems(word: str) -> tuple[str, ...]:
    """Under which keys a word is found: its stem, and that without letters that may be written onto it.

    >>> "فك" in stems("بفك") and "قصف" in stems("وقصف")
    True
    """
    out = {stem(word): None}
    rest = word
    for letters in (_CONJUNCTIONS, _PREPOSITIONS):
        if rest[:1] in letters and len(rest) >= 3:
            rest = rest[1:]
            out[stem(rest)] = None
    return tuple(out)


@dataclass(frozen=True, slots=True)
class Query:
    """What a user asked for: stems that must all be there, and runs of exact words."""

    stems: tuple[str, ...]
    runs: tuple[str, ...]


def parse(asked: str) -> Query:
    """A query as typed; words in quotation marks must stand in a row."""
    runs = [" ".join(words(m)) for m in _QUOTED.findall(asked)]
    return Query(tuple(dict.fromkeys(stem(w) for w in words(asked))), tuple(r for r in runs if r))


def index(connection: Connection, reports: Sequence[tuple[int, str]]) -> None:
    """Put reports (number, what is searched: title and text) into the index."""
    rows: list[dict[str, Any]] = []
    for number, of in reports:
        exact = words(of)
        rows.append({"n": number, "exact": " ".join(exact), "stems": [s for w in exact for s in stems(w)]})
    if connection.dialect.name == "sqlite":
        statement = text("INSERT INTO words (rowid, exact, stems) VALUES (:n, :exact, :stems)")
        rows = [r | {"stems": " ".join(r["stems"])} for r in rows]
    else:
        statement = text(
            "INSERT INTO words (report, exact, stems) VALUES (:n, :exact, array_to_tsvector(CAST(:stems AS text[])))"
        )
        rows = [r | {"stems": sorted(set(r["stems"]))} for r in rows]
    if rows:
        connection.execute(statement, rows)


def forget(connection: Connection, report: int) -> None:
    """Take a report out of the index."""
    column = "rowid" if connection.dialect.name == "sqlite" else "report"
    connection.execute(text(f"DELETE FROM words WHERE {column} = :n"), {"n": report})


def condition(connection: Connection, query: Query) -> tuple[str, dict[str, Any]]:
    """SQL that selects the numbers of the reports found, and its parameters."""
    if connection.dialect.name == "sqlite":
        match = " ".join(f'stems:"{s}"' for s in query.stems) + "".join(f' exact:"{r}"' for r in query.runs)
        return "SELECT rowid FROM words WHERE words MATCH :match", {"match": match}
    terms = " & ".join("'" + s + "'" for s in query.stems)
    sql = "SELECT report FROM words WHERE stems @@ CAST(:terms AS tsquery)"
    found = {"terms": terms}
    for i, run in enumerate(query.runs):
        sql += f" AND ' ' || exact || ' ' LIKE :run{i}"
        found[f"run{i}"] = f"% {run} %"
    return sql, found


def snippet(of: str, query: Query, *, width: int = 160) -> str:
    """The stretch of a text around the first word found."""
    wanted = set(query.stems)
    for m in _WORD.finditer(of):
        if any(s in wanted for w in words(m[0]) for s in stems(w)):
            lo = max(0, m.start() - width // 3)
            return ("…" if lo else "") + of[lo : lo + width].strip() + ("…" if lo + width < len(of) else "")
    return of[:width]
