"""Sources that stand behind a preposition or close a sentence: according to X, as X said, (agency)."""

from __future__ import annotations

from rasid.resolve.says_after import after, namelike
from rasid.resolve.says_formula import Formula
from rasid.resolve.says_owner import owner
from rasid.resolve.says_scene import MEDIA, Scene
from rasid.resolve.says_speaker import GOVERNED, speaker_at
from rasid.resolve.says_told import joined
from rasid.text.keys import fold
from rasid.text.tokens import Sentence


def according(s: Scene, i: int, sentence: Sentence) -> Formula | None:
    """The formula of a preposition: بحسب المرصد, وفقا لإحصاءات الوزارة, على حد قوله."""
    k, hi = i + 1, sentence.hi
    while k < hi and ("of" in s.words[k].roles or s.t.kind[k] == "q") and k - i < 6:
        k += 1
    if k >= hi:
        return None
    w = s.words[k]
    if "own_word" in w.roles:
        return Formula("according", i, i, k + 1)
    if w.verb is not None and w.tense in ("perf", "impf"):
        return quoted_by(s, i, k, hi)
    who = speaker_at(s, k, hi, clitics=GOVERNED, free=_ends_soon(s, k, hi))
    if who is not None and who.head is not None and who.head.document:
        who = owner(s, who, hi)
    if who is None:
        return None
    return Formula("according", i, i, who.hi, None, "says", [who, *joined(s, who.hi, hi)])


def _ends_soon(s: Scene, k: int, hi: int) -> bool:
    """A bare name before the clause ends: وفق لابورد."""
    for n in range(k, min(hi, k + 4)):
        if s.t.kind[n] == "p":
            return n > k
        if s.t.kind[n] != "w" or s.keys[n].startswith("ال") or s.words[n].ends:
            return False
    return False


def quoted_by(s: Scene, i: int, k: int, hi: int) -> Formula | None:
    """According to what X said: بحسب ما أعلن المرصد, وفقا لما كشفه لـ«الفجر» مسؤول."""
    x = after(s, k, hi)
    if x.speaker is None and namelike(s, k + 1, hi):
        x.speaker = speaker_at(s, k + 1, hi, free=True)
    if x.speaker is None:
        return Formula("according", i, i, k + 1, s.words[k])
    return Formula("according", i, i, x.speaker.hi, None, "says", [x.speaker, *joined(s, x.speaker.hi, hi)], x.via)


def as_said(s: Scene, i: int, sentence: Sentence) -> Formula | None:
    """The formula of "as X said": حسبما أفاد مصدر, كما أعلن الوزير behind what was told."""
    k = i + 1
    if k >= sentence.hi or s.words[k].verb is None or s.words[k].tense == "part":
        return None
    also = s.keys[i].endswith(fold("كما"))
    if also and (i == sentence.lo or s.words[i - 1].that):
        return None
    got = quoted_by(s, i, k, sentence.hi)
    if got is None or not got.speakers:
        return None if also else got
    if also:
        rest = [n for n in range(got.hi, min(got.hi + 4, sentence.hi)) if n not in s.time]
        if rest and s.t.kind[rest[0]] not in "pq":
            return None
    return got


def tagged(s: Scene, sentence: Sentence, end: int) -> Formula | None:
    """An agency in brackets that closes the sentence: (رويترز)."""
    k = sentence.hi - 1
    while k > sentence.lo and s.t.kind[k] in "pq":
        k -= 1
    a = s.actor.get(k)
    if a is None or a.kind not in MEDIA or a.lo <= max(end, sentence.lo + 3) or s.keys[a.lo - 1] not in ("(", "["):
        return None
    who = speaker_at(s, a.lo, sentence.hi)
    return Formula("according", a.lo - 1, a.lo - 1, a.hi, None, "says", [who]) if who else None
