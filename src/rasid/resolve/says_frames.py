"""Formulas of attribution in one sentence: "X said that", "according to X", "X relayed from Y", "X: …"."""

from __future__ import annotations

from rasid.lexicon.speech import speech
from rasid.resolve.says_according import according, as_said, quoted_by, tagged
from rasid.resolve.says_after import addressee
from rasid.resolve.says_formula import Formula
from rasid.resolve.says_owner import owner
from rasid.resolve.says_scene import COMMAS, MEDIA, Scene, Speaker
from rasid.resolve.says_speaker import GOVERNED, speaker_at
from rasid.resolve.says_told import participle, told
from rasid.text.keys import fold
from rasid.text.tokens import Sentence

_FROM = fold("عن")
_WHAT = fold("ما")


def formulas(s: Scene, sentence: Sentence, triggers: list[int]) -> list[Formula]:
    """All formulas of the sentence in order; ``triggers`` are its words that may bring one in."""
    found: list[Formula] = []
    if not (triggers or sentence.title or sentence.opens):
        return found
    opening = _titled(s, sentence)
    if opening:
        found.append(opening)
    end = opening.hi if opening else sentence.lo
    for i in triggers:
        if i < end or (i in s.actor and s.actor[i].lo < i):
            continue
        got = _at(s, i, sentence, found)
        if got is not None:
            found.append(got)
            end = max(got.at + 1, got.hi)
    tag = tagged(s, sentence, end)
    return [*found, tag] if tag else found


def _at(s: Scene, i: int, sentence: Sentence, found: list[Formula]) -> Formula | None:
    w = s.words[i]
    if "according" in w.roles:
        return according(s, i, sentence)
    if w.turn and (turn := _turn(s, i, sentence)):
        return turn
    if "as_said" in w.roles:
        return as_said(s, i, sentence)
    if "beside" in w.roles:
        return _beside(s, i, sentence)
    if w.verb is None or i in s.time:
        return None
    if i > sentence.lo + 1 and s.keys[i - 1] == _WHAT and "onto" in s.words[i - 2].roles:
        return quoted_by(s, i - 2, i, sentence.hi)
    return participle(s, i, sentence, found) if w.tense == "part" else told(s, i, sentence, found)


def _turn(s: Scene, i: int, sentence: Sentence) -> Formula | None:
    if i > sentence.lo and s.t.kind[i - 1] not in "pq" and s.words[i].clitics != "و" and not s.keys[i].startswith("و"):
        return None
    for got in speech().turns.find(s.keys, i, min(i + 5, sentence.hi)):
        return Formula("turn", i, i, got[1]) if got[0] == i else None
    return None


def _beside(s: Scene, i: int, sentence: Sentence) -> Formula | None:
    if i == sentence.lo or s.keys[i - 1] not in COMMAS:
        return None
    ahead = range(i + 1, min(i + 4, sentence.hi))
    return Formula("beside", i, i, i + 1) if any(s.words[k].finite for k in ahead) else None


def _titled(s: Scene, sentence: Sentence) -> Formula | None:
    """A headline's or a post's speaker before a colon: "X:", "X to outlet:", "outlet from X:"."""
    if not (sentence.title or sentence.opens):
        return None
    lo = sentence.lo
    while lo < sentence.hi and (s.t.kind[lo] in "pq" or "flash" in s.words[lo].roles):
        lo += 1
    stop = next((k for k in range(lo, min(lo + 14, sentence.hi)) if s.keys[k] == ":"), None)
    if stop is None or stop == lo:
        return None
    who = _voice(s, lo, stop, sentence.title)
    if who is None:
        return None
    via = addressee(s, who.hi, stop)
    inner = _behind(s, who, stop)
    if inner is not None:
        who, via = inner, who
    if max(who.hi, via.hi if via else 0) < stop - 1 or not _named_here(s, who, via):
        return None
    return Formula("title", stop, lo, stop + 1, None, "says", [who], via, True)


def _voice(s: Scene, lo: int, stop: int, title: bool) -> Speaker | None:
    """Who speaks before the colon; a country or a people there is what the news is about."""
    who = speaker_at(s, lo, stop, free=title)
    if who is not None and who.head is not None and who.head.document:
        return owner(s, who, stop)
    if who is None or (who.actor is not None and who.actor.kind in ("state", "people") and who.head is None):
        return None
    return who


def _behind(s: Scene, outlet: Speaker, stop: int) -> Speaker | None:
    """From whom the outlet has it: "agency from an official:"."""
    k = outlet.hi
    while k < stop and "according" in s.words[k].roles:
        k += 1
    if k >= stop or s.keys[k] != _FROM or outlet.kind not in MEDIA:
        return None
    return speaker_at(s, k + 1, stop, clitics=GOVERNED)


def _named_here(s: Scene, who: Speaker, via: Speaker | None) -> bool:
    """A word that nobody knows is a name where it speaks to an outlet or the text names that person again."""
    return who.rule != "says.name" or who.named or via is not None or s.keys[who.lo] in s.persons
