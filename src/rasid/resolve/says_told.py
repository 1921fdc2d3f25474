"""Verbs of saying: do they tell something here, who speaks, and from whom he has it?"""

from __future__ import annotations

from rasid.resolve.says_after import after, in_paper, soon_told
from rasid.resolve.says_before import subject_before, topic
from rasid.resolve.says_formula import After, Formula
from rasid.resolve.says_owner import owner
from rasid.resolve.says_scene import COMMAS, MEDIA, PERSONS, Scene, Speaker
from rasid.resolve.says_speaker import GOVERNED, LEADING, speaker_at
from rasid.resolve.says_words import Word
from rasid.text.keys import fold
from rasid.text.tokens import Sentence

_RECORDERS = frozenset(
    {"monitor", "ngo", "un", "outlet", "agency", "correspondent", "civil_defence", "activist", "medical"}
)
_SPOKEN = frozenset({"verb", "title", "part"})
_CARRIERS = frozenset({"speech.carry", "speech.issue"})
_FROM = fold("عن")
_OUT_OF = fold("من")


def told(s: Scene, i: int, sentence: Sentence, found: list[Formula]) -> Formula | None:
    """The formula of the verb of saying at ``i``, or None where it tells nothing here."""
    w = s.words[i]
    if w.verb is None or not _finite_here(s, i, sentence):
        return None
    x = in_paper(s, i, sentence.hi) if w.verb.needs == "paper" else after(s, i, sentence.hi)
    lo = i if w.verb.needs == "paper" else _with_subject(s, i, sentence, x)
    if lo is None or not _holds(s, w, x, i) or (x.speaker is None and not _resumes(s, i, sentence)):
        return None
    f = Formula("verb", i, lo, x.end, w, w.verb.stance, [], x.via, x.that, x.carried)
    if x.speaker is None and not any(g.form in _SPOKEN for g in found):
        x.speaker = topic(s, sentence, i)
    if not _speakers(s, f, x, sentence.hi):
        return None
    f.nested = _nested(s, f, sentence, found)
    f.trailing = _closes(s, f, sentence)
    inside = f.asks and x.speaker is None and any(g.that and g.form == "verb" for g in found)
    return None if inside or (f.nested and f.asks) else f


def _with_subject(s: Scene, i: int, sentence: Sentence, x: After) -> int | None:
    """Where the formula begins, with a subject before the verb; None where a headline's is not understood."""
    second = sentence.title and _follows_noun(s, i, sentence)
    before = subject_before(s, i, sentence, near=x.speaker is not None and not second, free=second)
    if before is None:
        return None if second else i
    x.speaker = before
    return before.lo


def _speakers(s: Scene, f: Formula, x: After, hi: int) -> bool:
    """Name who speaks and through whom; False for news that nobody is said to have told."""
    if x.speaker is not None:
        _relayed(s, f, x, hi)
    elif f.word is not None and f.word.verb is not None and f.word.verb.needs == "news":
        inner = _from(s, f.at + 1, hi)
        if inner is None:
            return False
        f.speakers, f.hi, f.that = [inner], inner.hi, True
    return True


def _passive(s: Scene, i: int) -> bool:
    """An accusation of nobody in particular: اتهم بـ, نسب إلى."""
    nxt = s.keys[i + 1] if i + 1 < len(s.keys) else ""
    verb = s.words[i].verb
    return verb is not None and (nxt.startswith("ب") or nxt == fold("إلى") or verb.needs == "blame")


def _follows_noun(s: Scene, i: int, sentence: Sentence) -> bool:
    """In a headline the subject stands first: behind a noun the verb does not begin the clause."""
    if i == sentence.lo or s.words[i].clitics or s.t.kind[i - 1] == "p" or i - 1 in s.time:
        return False
    w = s.words[i - 1]
    return not (w.that or w.finite or w.roles & {"resumes", "beside", "ends"})


def _finite_here(s: Scene, i: int, sentence: Sentence) -> bool:
    """Is the word a verb of something said, and not a noun, a denial or a wish?"""
    w = s.words[i]
    if w.clitics.endswith("س") or i in s.placed or w.verb is None:
        return False
    if w.verb.adds and w.tense == "impf" and not w.clitics:
        return False  # يتابع is "follows"; ويتابع is "and goes on to say"
    if i == sentence.lo:
        return not w.enclitic
    before = s.words[i - 1]
    if "not_said" in before.roles or "before_nouns" in before.roles or _wished(s, i):
        return False
    if w.twin and not w.clitics and _plain(s, i - 1):
        return False
    news = w.verb is not None and w.verb.needs == "news"
    return not w.enclitic or news or "who" in before.roles or "of" in before.roles


def _plain(s: Scene, k: int) -> bool:
    """A noun that opens no clause: what follows it is a noun too (إعلان رفض)."""
    w = s.words[k]
    return s.t.kind[k] == "w" and not (w.roles or w.finite or w.that or k in s.time or k in s.actor or k in s.placed)


def _resumes(s: Scene, i: int, sentence: Sentence) -> bool:
    """May the verb go without a subject of its own here?"""
    if i == sentence.lo or s.words[i].clitics in ("و", "ف"):
        return True
    return (
        s.t.kind[i - 1] in "pq"
        or bool({"resumes", "turn"} & s.words[i - 1].roles)
        or s.words[i - 1].turn
        or i - 1 in s.time
    )


def _deed(s: Scene, i: int) -> bool:
    """Is what is claimed something done?"""
    return any(u.event or u.deed or "blame" in u.roles for u in s.words[i + 1 : i + 9])


def _wished(s: Scene, i: int) -> bool:
    """أن before the imperfect: said by nobody yet."""
    return s.words[i].tense == "impf" and s.t.light[i - 1] in ("أن", "بأن", "كي", "ان")


def _holds(s: Scene, w: Word, x: After, i: int) -> bool:
    """Does the verb tell something here, by what its class needs?"""
    needs = w.verb.needs if w.verb else ""
    kind = x.speaker.kind if x.speaker else ""
    if x.speaker is None and w.tense == "impf" and not w.clitics and not (i and s.words[i - 1].verb):
        return False
    accused = w.verb is not None and w.verb.stance == "accuses" and (x.speaker is None or x.speaker.lo < i)
    if accused and _passive(s, i):
        return False
    if needs == "that":
        return x.that or (x.speaker is not None and x.carried)
    if needs == "about":
        return x.about or x.that
    if needs == "record":
        return kind in _RECORDERS or x.that
    if needs == "outlet":
        return kind in MEDIA
    if needs == "blame":
        return any("blame" in u.roles for u in s.words[i + 1 : i + 14])
    if needs == "claim":
        return (
            not w.enclitic and _deed(s, i) and x.speaker is not None and x.speaker.kind in ("armed_group", "military")
        )
    if needs == "news":
        told = (kind in _RECORDERS or x.that) and w.verb is not None and w.verb.id not in _CARRIERS
        return kind in MEDIA or told or (x.about and x.that) or x.carried or x.speaker is None
    return needs != "paper" or x.speaker is not None


def _relayed(s: Scene, f: Formula, x: After, hi: int) -> None:
    """Parts what relays from whom it relays: نقلت القناة عن مصدر, علمت الصحيفة من مصادرها."""
    who = x.speaker
    if who is None or f.word is None or f.word.verb is None:
        return
    single = (who.head is not None and who.head.human) or (
        who.actor is not None and who.actor.kind in ("person", "official")
    )
    f.speakers = [who] if single else [who, *joined(s, who.hi, hi)]
    needs = f.word.verb.needs
    if needs == "news" or (needs == "outlet" and who.kind in MEDIA):
        inner = _from(s, who.hi, hi, learnt=needs == "outlet")
        if inner is not None:
            f.speakers, f.via, f.hi, f.that = [inner], who, max(f.hi, inner.hi), True
    elif who.kind in MEDIA and who.head is None and f.via is None:
        second = speaker_at(s, who.hi + (1 if who.hi < hi and s.t.kind[who.hi] == "q" else 0), hi)
        if second is not None and second.kind not in MEDIA:
            f.speakers, f.via, f.hi = [second], who, second.hi


def _from(s: Scene, k: int, hi: int, *, learnt: bool = False) -> Speaker | None:
    """Whom it comes from: عن مصدر, من مصادرها."""
    for n in range(k, min(hi, k + 9)):
        if s.keys[n] == _FROM or (s.keys[n] == _OUT_OF and learnt):
            got = speaker_at(s, n + 1, hi, clitics=GOVERNED, free=soon_told(s, n + 1, hi))
            if got is not None and got.head is not None and got.head.document:
                got = owner(s, got, hi)
            return got
        if s.words[n].that or s.words[n].finite:
            return None
    return None


def joined(s: Scene, k: int, hi: int) -> list[Speaker]:
    """A second source joined by و: المرصد والفرقة."""
    if k >= hi:
        return []
    a, w = s.actor.get(k), s.words[k]
    party = a is not None and a.lo == k and a.clitics == "و" and a.kind not in PERSONS
    body = a is None and w.head is not None and w.head_clitics == "و" and not w.head.human and w.definite
    if not (party or body):
        return []
    got = speaker_at(s, k, hi, clitics=LEADING)
    return [got] if got is not None else []


def _nested(s: Scene, f: Formula, sentence: Sentence, found: list[Formula]) -> bool:
    """Does the formula stand inside what another speaker of this sentence tells?"""
    if not any(g.form in ("verb", "title") and g.that for g in found):
        return False
    before = f.lo - 1
    while before > sentence.lo and s.t.kind[before] == "q":
        before -= 1
    return s.words[before].that or "within" in s.words[before].roles or s.keys[before] == ":"


def _closes(s: Scene, f: Formula, sentence: Sentence) -> bool:
    """Nothing follows the formula: it belongs to what stands before it."""
    if f.that or not f.speakers or f.lo - sentence.lo < 5 or f.asks:
        return False
    rest = [k for k in range(f.hi, sentence.hi) if s.t.kind[k] not in "pq" and k not in s.time]
    return not rest


def participle(s: Scene, i: int, sentence: Sentence, found: list[Formula]) -> Formula | None:
    """A participle that carries on what the speaker of the sentence tells."""
    w = s.words[i]
    if w.verb is None:
        return None
    told = any(s.words[k].that or s.keys[k] in (":", "«", "“") for k in range(i + 1, min(i + 4, sentence.hi)))
    carries = i == sentence.lo or s.keys[i - 1] in COMMAS or s.t.kind[i - 1] == "p" or w.clitics == "و"
    if not told and not (carries and w.verb.needs == "any"):
        return None
    f = Formula("part", i, i, i + 1, w, w.verb.stance, that=True)
    if not any(g.form in _SPOKEN for g in found) and (about := topic(s, sentence, i)) is not None:
        f.speakers = [about]
    return f
