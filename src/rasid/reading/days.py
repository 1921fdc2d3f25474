"""Days that a sentence does not repeat: a story goes on under the day that the sentence before it named."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from rasid.lexicon.predicates import operators
from rasid.model.claims import IncidentClaim
from rasid.model.mentions import TimeHit
from rasid.text.keys import fold, phrase
from rasid.text.tokens import Tokens

_OTHER_STORY = tuple(
    phrase(p)
    for p in ("من جهة أخرى", "على صعيد آخر", "من ناحية أخرى", "في سياق آخر", "وفي سياق آخر",
              "على صعيد متصل", "وعلى صعيد آخر", "ومن جهة أخرى", "يذكر أن", "يشار إلى")
)  # fmt: skip
_BACKGROUND = {fold("وكان"), fold("وكانت"), fold("كان"), fold("كانت"), fold("يذكر"), fold("يشار")}
#: Older than this before publication is background.
BACKGROUND = timedelta(days=31)
#: A report that names courts, judges and the accused this often is of a trial: its events lie back.
_COURT = 4
#: A post of no more sentences than this, with no word of time, is a flash: its day is that of the post.
FLASH = 3
#: So is a bulletin of many lines, if it is no longer than this many tokens.
BULLETIN = 250


def carry(t: Tokens, claims: list[IncidentClaim], times: list[TimeHit], published: date | None) -> None:
    """Give undated claims the day of the story that they stand in; a flash without any day takes that of the post.

    contract.md: arguments carried over from the sentence before count as stated.
    """
    undated = all(h.grain == "part" and h.start is None for h in times)
    if published is not None and undated and (len(t.sentences) <= FLASH or len(t) <= BULLETIN):
        for c in claims:
            if c.modality == "happened" and (c.time is None or c.time.start is None):
                part = c.time.day_part if c.time else None
                at = (c.time.lo, c.time.hi) if c.time else (c.anchor, c.anchor + 1)
                c.time = TimeHit(*at, published, published, part, "day", "when.flash")
        return
    aside = [s for s in t.sentences if any(t.key[j] in _BACKGROUND for j in range(s.lo, min(s.lo + 2, s.hi)))]
    days = [
        h for h in times
        if h.grain == "day" and h.start is not None and (published is None or h.start <= published)
        and not any(s.lo <= h.lo < s.hi for s in aside)
    ]  # fmt: skip
    for c in claims:
        if c.time is None or (c.time.start is None and c.time.end is None and c.time.grain == "part"):
            found = _day_before(t, c, days)
            if found is not None:
                c.time = replace(found, day_part=c.time.day_part if c.time else None)
                c.features["day_carried"] = 1.0


def _day_before(t: Tokens, c: IncidentClaim, days: list[TimeHit]) -> TimeHit | None:
    """The last day named before the claim in its story."""
    sent = t.sentences[c.sentence]
    if any(t.key[j] in _BACKGROUND for j in range(sent.lo, min(sent.lo + 2, sent.hi))):
        return None
    floor = _story(t, c.sentence)
    before = [h for h in days if floor <= h.lo < sent.hi]
    earlier = [h for h in before if h.lo < c.anchor]
    if earlier:
        return earlier[-1]
    if sent.title or c.sentence == 0:
        lead = [h for h in days if h.lo < t.sentences[min(2, len(t.sentences) - 1)].hi]
        return lead[0] if lead else None
    return None


def background(t: Tokens, claims: list[IncidentClaim], published: date | None) -> None:
    """Mark as past what lies over about a month before publication, or is told as history (contract.md, rule 9)."""
    in_court = sum(k in operators().court for k in t.key) >= _COURT
    for c in claims:
        if c.modality != "happened":
            continue
        tried = in_court or (c.features.get("court", 0.0) and not c.features.get("own_day", 0.0))
        if (c.time is not None and _old(c.time, published)) or _annal(t, c.sentence, published) or tried:
            c.modality = "past"


def _annal(t: Tokens, sentence: int, published: date | None) -> bool:
    """A line of annals: it opens with the year of its event ("1990- ...")."""
    sent = t.sentences[sentence]
    if sent.hi - sent.lo < 3 or t.kind[sent.lo] != "n" or t.kind[sent.lo + 1] != "p":
        return False
    year = t.key[sent.lo]
    return len(year) == 4 and year.isdigit() and 1000 < int(year) < (published.year if published else 2100)


def _old(time: TimeHit, published: date | None) -> bool:
    if time.grain == "past":
        return True
    end = time.end or time.start
    return bool(published and end and time.grain != "since" and end < published - BACKGROUND)


#: Sentences that one story of a bulletin takes at most.
_LONGEST_STORY = 120


def _story(t: Tokens, sentence: int) -> int:
    """First token of the story that a sentence belongs to."""
    for n in range(sentence, max(-1, sentence - _LONGEST_STORY), -1):
        lo = t.sentences[n].lo
        if any(tuple(t.key[lo : lo + len(p)]) == p for p in _OTHER_STORY):
            return lo
    return t.sentences[max(0, sentence - _LONGEST_STORY)].lo if sentence >= _LONGEST_STORY else 0
