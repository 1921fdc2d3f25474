"""When: the days of a report's times, and the day that the report counts from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from rasid.model.context import Context
from rasid.model.mentions import TimeHit
from rasid.resolve import when_days as days
from rasid.resolve import when_values as values
from rasid.resolve.when_frames import Frame
from rasid.resolve.when_prepositions import Times
from rasid.resolve.when_values import Clock
from rasid.resolve.when_words import items
from rasid.text.tokens import Tokens

#: Days by which the page may have been fetched after the paper that it holds ("yesterday, Saturday" decides).
_LATE = 6
#: Tokens at the head of a report in which a full date is its dateline.
_HEAD = 60
#: Tokens that may stand before the date in a dateline ("درعا، وكالة، 7 آب").
_DATELINE = 5
_PUBLISHED_WORDS = frozenset({"نشر", "النشر", "تاريخ", "حرر", "تحديث"})


def find(t: Tokens, context: Context) -> list[TimeHit]:
    """All times of a text in order, not overlapping. Days count from ``context.published``.

    Where the text itself shows that it counts from an earlier day (it says "yesterday, Saturday" and the page
    is Monday's), relative words count from that day. Without a reference day relative words give open ranges.
    """
    at = items(t)
    ref = context.published
    reader = Times(t, at, ref, numbers=context.use_numbers)
    if ref is not None:
        reader.clock = Clock(days.shift(ref, _lag(reader, ref)))
    return reader.all()


def reference(t: Tokens, context: Context) -> Context:
    """The context with its reference day: as given, from the dateline, or from a weekday that fits one year.

    Left as it is where the text does not tell the day of publication.
    """
    if context.published is not None:
        return context if context.published_basis else replace(context, published_basis="given")
    reader = Times(t, items(t), None, numbers=context.use_numbers)
    found = _dateline(reader) or _counted(reader)
    return replace(context, published=found[0], published_basis=found[1]) if found else context


def _lag(reader: Times, ref: date) -> int:
    """Days by which the text's own today lies before the reference, as "yesterday, Saturday" shows."""
    votes: Counter[int] = Counter()
    for i, it in reader.at.items():
        if it.cat != "relative" or not (found := reader.moment(i)):
            continue
        frame = found[0]
        if frame.rel is None or frame.weekday is None or frame.date is not None:
            continue
        for back in range(_LATE + 1):
            if days.shift(ref, frame.rel - back).weekday() == frame.weekday:
                votes[-back] += 1
    best = votes.most_common(2)
    if not best or (len(best) == 2 and best[0][1] == best[1][1]):
        return 0
    return best[0][0]


def _frames(reader: Times) -> Iterator[tuple[Frame, int]]:
    """The day expressions of the text with the token where each begins."""
    done = 0
    for sentence in reader.t.sentences:
        reader.limit, reader.sentence_lo = sentence.hi, sentence.lo
        for i in range(max(done, sentence.lo), sentence.hi):
            if i < done or not (i in reader.at or reader.kind[i] == "n"):
                continue
            if reader.cat(i) in {"trap", "trap_head"}:
                done = reader.at[i].hi
                continue
            found = reader.moment(i)
            if found is not None and found[0].has_day:
                yield found[0], i
                done = found[1]


def _dateline(reader: Times) -> tuple[date, str] | None:
    """A full date at the head of the text, or beside a word of publication."""
    for frame, i in _frames(reader):
        if frame.date is None or frame.date.year is None or frame.date.last_day is not None:
            continue
        if frame.rel is None and not (i < _HEAD and _opens(reader, i)) and not _labelled(reader, i):
            continue
        found, _ = values.day_in(frame.date, frame.date.day or 1, None, None)
        if found is not None:
            return days.shift(found, -(frame.rel or 0)), "dateline"
    return None


def _opens(reader: Times, i: int) -> bool:
    """Does the date open its line, stand apart after a place or an agency, or fill the line?"""
    sentence = next((s for s in reader.t.sentences if s.lo <= i < s.hi), None)
    if sentence is None or not sentence.opens or i - sentence.lo > _DATELINE:
        return False
    return i == sentence.lo or reader.kind[i - 1] in {"p", "q"}


def _labelled(reader: Times, i: int) -> bool:
    return any(reader.word(k) in _PUBLISHED_WORDS for k in range(max(0, i - 3), i))


def _counted(reader: Times) -> tuple[date, str] | None:
    """The reference from a relative word with weekday, day and month: the weekday fits only some years."""
    for frame, _ in _frames(reader):
        if frame.rel is None or frame.weekday is None or frame.date is None:
            continue
        found, differs = values.day_in(frame.date, frame.date.day or 1, frame.weekday, None)
        if found is not None and not differs:
            return days.shift(found, -frame.rel), "weekday"
    return None
