"""Formulas of attribution in one sentence: "X said that", "according to X", "X relayed from Y", "X: …"."""

from __future__ import annotations

from dataclasses import dataclass, field

from rasid.resolve.says_owner import owner
from rasid.resolve.says_speaker import MEDIA, Scene, Speaker, shy, speaker_at
from rasid.resolve.says_words import Word
from rasid.text.keys import fold
from rasid.text.tokens import Sentence

_COMMAS = frozenset({"،", ","})
_OPENING = frozenset("«“\"„‹‘'”")
_NOT = frozenset(fold(w) for w in ("لم", "لا", "لن", "ولم", "ولا", "فلم", "دون", "عدم", "بعدم", "ولن"))
_BETWEEN = frozenset({fold("بين"), fold("وبين")})
_RECORDERS = frozenset({"monitor", "ngo", "un", "outlet", "agency", "correspondent", "civil_defence", "activist", "medical"})
_CARRIED = (fold("نقل"), fold("ونقل"), fold("تنقل"), fold("ينقل"))
_CLEAR = frozenset({fold("تبين"), fold("وتبين")})
_FROM = fold("عن")
_OUT_OF = fold("من")
_TO = frozenset({fold("لـ"), "ل", "لل"})
_WHO = frozenset(fold(w) for w in ("الذي", "التي", "الذين"))
_AS_FOR = frozenset({fold("أما"), fold("وأما")})
_DID = frozenset(fold(w) for w in ("قد", "فقد", "وقد", "كان", "كانت"))
_WAS = frozenset(fold(w) for w in ("كان", "كانت", "وكان", "وكانت"))
_LED = frozenset(fold(w) for w in ("لكن", "ولكن", "فيما", "بينما", "حيث", "إلا", "حين", "وقت"))


@dataclass(slots=True)
class Formula:
    """One formula: ``at`` the word that brings it in, ``lo`` where its words begin, ``hi`` where they end.

    form: ``verb``, ``part`` (a participle that carries on), ``according``, ``title`` (a name and a colon), ``turn``
    (opens another matter), ``beside`` (a clause beside what was told). ``implied``: its speaker is the one before.
    ``that``: what it tells is opened by أن, a colon or a quotation. ``carried``: "in a statement" stands with it.
    ``trailing``: what it governs stands before it. ``nested``: it stands inside what another speaker tells.
    """

    form: str
    at: int
    lo: int
    hi: int
    word: Word | None = None
    stance: str = "says"
    speakers: list[Speaker] = field(default_factory=list)
    via: Speaker | None = None
    that: bool = False
    carried: bool = False
    trailing: bool = False
    nested: bool = False

    @property
    def asks(self) -> bool:
        """A demand, promise or verdict without a statement: it makes its speaker known and governs nothing."""
        return self.stance == "asks" and not self.carried


@dataclass(slots=True)
class _After:
    """What stands between a verb of saying and what it tells."""

    end: int
    speaker: Speaker | None = None
    via: Speaker | None = None
    that: bool = False
    carried: bool = False
    about: bool = False


def formulas(s: Scene, sentence: Sentence, triggers: list[int]) -> list[Formula]:
    """All formulas of the sentence in order; ``triggers`` are its words that may bring one in."""
    found: list[Formula] = []
    opening = _titled(s, sentence)
    if opening:
        found.append(opening)
    end = opening.hi if opening else sentence.lo
    for i in triggers:
        if i < end or i in s.actor and s.actor[i].lo < i:
            continue
        got = _at(s, i, sentence, found)
        if got is not None:
            found.append(got)
            end = max(got.at + 1, got.hi)
    return found


def _at(s: Scene, i: int, sentence: Sentence, found: list[Formula]) -> Formula | None:
    w = s.words[i]
    if "according" in w.roles:
        return _according(s, i, sentence)
    if w.turn and (turn := _turn(s, i, sentence)):
        return turn
    if "as_said" in w.roles:
        return _as_said(s, i, sentence)
    if "beside" in w.roles:
        return _beside(s, i, sentence)
    if w.verb is None or i in s.time:
        return None
    return _participle(s, i, sentence) if w.tense == "part" else _told(s, i, sentence, found)


def _turn(s: Scene, i: int, sentence: Sentence) -> Formula | None:
    from rasid.lexicon.speech import speech

    for got in speech().turns.find(s.keys, i, min(i + 5, sentence.hi)):
        return Formula("turn", i, i, got[1]) if got[0] == i else None
    return None


def _beside(s: Scene, i: int, sentence: Sentence) -> Formula | None:
    if i == sentence.lo or s.keys[i - 1] not in _COMMAS:
        return None
    ahead = range(i + 1, min(i + 4, sentence.hi))
    return Formula("beside", i, i, i + 1) if any(s.words[k].finite for k in ahead) else None


def _titled(s: Scene, sentence: Sentence) -> Formula | None:
    """A headline's or a paragraph's speaker before a colon."""
    if not (sentence.title or sentence.opens):
        return None
    lo = sentence.lo
    stop = next((k for k in range(lo, min(lo + 14, sentence.hi)) if s.keys[k] == ":"), None)
    if stop is None or stop == lo:
        return None
    who = speaker_at(s, lo, stop, free=sentence.title)
    if who is None or (who.actor is not None and who.actor.kind in ("state", "people")):
        return None
    via = _addressee(s, who.hi, stop)
    if (via.hi if via else who.hi) < stop - 1:
        return None
    if who.rule == "says.name" and not (who.named or via):
        return None
    return Formula("title", stop, lo, stop + 1, None, "says", [who], via, True)


def _addressee(s: Scene, k: int, hi: int) -> Speaker | None:
    """The outlet spoken to: لـ«الفجر», لوكالة أنباء, لمراسل القناة."""
    if k >= hi:
        return None
    w, a = s.words[k], s.actor.get(k)
    if s.keys[k] in _TO:
        got = speaker_at(s, k + 1, hi, deep=True)
    elif a is not None and a.lo == k and a.clitics.endswith("ل") or w.head_clitics.endswith("ل"):
        got = speaker_at(s, k, hi, deep=True)
    elif s.t.kind[k] == "q" and a is None:
        inner = s.actor.get(k + 1)
        got = speaker_at(s, k + 1, hi) if inner is not None and inner.kind in MEDIA else None
    else:
        return None
    return got if got is not None and got.kind in ("outlet", "agency", "correspondent") else None


def _told(s: Scene, i: int, sentence: Sentence, found: list[Formula]) -> Formula | None:
    w = s.words[i]
    if w.verb is None or not _finite_here(s, i, sentence):
        return None
    x = _in_paper(s, i, sentence.hi) if w.verb.needs == "paper" else after(s, i, sentence.hi)
    lo = i
    before = None if w.verb.needs == "paper" else _subject_before(s, i, sentence, near=x.speaker is not None)
    if before is not None:
        x.speaker, lo = before, before.lo
    if not _holds(s, w, x, i) or (x.speaker is None and not _resumes(s, i, sentence)):
        return None
    f = Formula("verb", i, lo, x.end, w, w.verb.stance, [], x.via, x.that, x.carried)
    if x.speaker is not None:
        _relayed(s, f, x, sentence.hi)
    elif w.verb.needs == "news":
        inner = _from(s, i + 1, sentence.hi)
        if inner is None:
            return None
        f.speakers, f.hi, f.that = [inner], inner.hi, True
    f.nested = _nested(s, f, sentence, found)
    f.trailing = _closes(s, f, sentence)
    return None if f.nested and f.asks else f


def _passive(s: Scene, i: int) -> bool:
    """An accusation of nobody in particular: اتهم بـ, نسب إلى."""
    nxt = s.keys[i + 1] if i + 1 < len(s.keys) else ""
    return s.words[i].verb is not None and (nxt.startswith("ب") or nxt == fold("إلى") or s.words[i].verb.needs == "blame")


def _in_paper(s: Scene, i: int, hi: int) -> _After:
    """جاء في بيان للوزارة أن: the owner of the paper tells."""
    x = _After(i + 1)
    if i and "of" in s.words[i - 1].roles:
        return x
    for k in range(i + 1, min(hi, i + 5)):
        head = s.words[k].head
        if head is not None and head.document:
            x.speaker = _subject(s, k, hi)
            if x.speaker is not None:
                x.end = x.speaker.hi
                _seek(s, x.end, hi, x)
            break
        if "inside" not in s.words[k].roles and k not in s.time:
            break
    return x


def _finite_here(s: Scene, i: int, sentence: Sentence) -> bool:
    """Is the word a verb of something said, and not a noun, a denial or a wish?"""
    w = s.words[i]
    if w.clitics.endswith("س") or i in s.place:
        return False
    if i == sentence.lo:
        return not w.enclitic
    before = s.words[i - 1]
    if s.keys[i - 1] in _NOT or "before_nouns" in before.roles or _wished(s, i):
        return False
    news = w.verb is not None and w.verb.needs == "news"
    return not w.enclitic or news or s.keys[i - 1] in _WHO or "of" in before.roles


def _resumes(s: Scene, i: int, sentence: Sentence) -> bool:
    """May the verb go without a subject of its own here?"""
    if i == sentence.lo or s.words[i].clitics in ("و", "ف"):
        return True
    return s.t.kind[i - 1] in "pq" or bool({"resumes", "turn"} & s.words[i - 1].roles) or s.words[i - 1].turn or i - 1 in s.time


def _wished(s: Scene, i: int) -> bool:
    """أن before the imperfect: said by nobody yet."""
    return s.words[i].tense == "impf" and s.t.light[i - 1] in ("أن", "بأن", "كي", "ان")


def _holds(s: Scene, w: Word, x: _After, i: int) -> bool:
    """Does the verb tell something here, by what its class needs?"""
    needs = w.verb.needs if w.verb else ""
    kind = x.speaker.kind if x.speaker else ""
    if s.keys[i] in _BETWEEN:
        return x.that
    if x.speaker is None and (s.keys[i] in _CLEAR or (w.verb is not None and w.verb.stance == "accuses" and _passive(s, i))):
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
        return not w.enclitic and x.speaker is not None and x.speaker.kind in ("armed_group", "military")
    if needs == "news":
        told = kind in _RECORDERS and s.words[i].verb is not None and not s.keys[i].startswith(_CARRIED)
        return kind in MEDIA or told or (x.about and x.that) or x.carried or x.speaker is None
    return needs != "paper" or x.speaker is not None


def after(s: Scene, i: int, hi: int) -> _After:
    """The subject behind the verb, whom it was told to, and whether أن, a colon or a quotation follows."""
    x = _After(i + 1)
    k, limit = i + 1, min(hi, i + 40)
    while k < limit:
        if s.words[k].that or s.keys[k] == ":":
            x.that, x.end = True, k
            return x
        nxt = _pass(s, k, limit, x, i)
        if nxt is None:
            return x
        k = nxt
        if x.speaker is not None and x.end < x.speaker.hi:
            x.end = x.speaker.hi
    return x


def _pass(s: Scene, k: int, hi: int, x: _After, i: int) -> int | None:
    """One step from the verb towards what it tells; None where it begins."""
    kind, w = s.t.kind[k], s.words[k]
    if k in s.time:
        return s.time[k]
    via = _addressee(s, k, hi)
    if via is not None:
        x.via = via
        return via.hi
    if kind == "q":
        return _quote(s, k, hi, x)
    if kind == "p":
        return k + 1 if s.keys[k] in _COMMAS or s.keys[k] in "-–" else None
    if "carriers" in w.roles or ("inside" in w.roles and k + 1 < hi and "carriers" in s.words[k + 1].roles):
        x.carried = True
        return _past_carrier(s, k, hi, x)
    if s.keys[k] == _FROM:
        x.about = True
        return None if x.speaker is None else _seek(s, k, hi, x)
    if "apart" in w.roles:
        return k + 1
    if x.speaker is None and k - i <= 9 and s.words[i].number != "p":
        x.speaker = _agreeing(s, i, _subject(s, k, hi) or _capital(s, k, i))
        if x.speaker is not None:
            return x.speaker.hi
        return None if not w.turn else k + 2
    return _seek(s, k, hi, x) if x.speaker is not None else None


def _subject(s: Scene, k: int, hi: int) -> Speaker | None:
    got = speaker_at(s, k, hi)
    if got is None:
        return speaker_at(s, k, hi, free=True) if _soon_told(s, k, hi) else None
    if got.head is not None and got.head.document:
        return owner(s, got, hi)
    return got


def _agreeing(s: Scene, i: int, who: Speaker | None) -> Speaker | None:
    """A masculine verb has no feminine subject right behind it: واتهم أوكرانيا is "he accused Ukraine"."""
    w = s.words[i]
    if who is None or w.gender != "m" or w.number != "s" or who.actor is None or who.actor.kind != "state":
        return who
    return None if who.actor.feminine and not s.keys[who.lo].startswith("ال") else who


def _capital(s: Scene, k: int, i: int) -> Speaker | None:
    """A state by its name or capital right behind the verb: أعلنت دمشق."""
    p = s.place.get(k)
    if p is None or p.clitics or p.head or p.kind not in ("country", "city") or s.words[i].gender != "f" or k - i > 2:
        return None
    names = frozenset(s.keys[k : p.hi])
    return Speaker(k, p.hi, "official", False, "says.capital", None, None, True, False, names, "f")


def _soon_told(s: Scene, k: int, hi: int) -> bool:
    """Is all that stands before أن or a colon a name?"""
    for n in range(k, min(hi, k + 9)):
        if s.words[n].that or s.keys[n] == ":" or (s.keys[n] in _OPENING and not _short(s, n, hi)):
            return n > k
        if "who_is" in s.words[n].roles and n > k:
            continue
        if s.words[n].ends or s.words[n].finite or s.words[n].event or s.t.kind[n] == "p":
            return n > k and s.t.kind[n] == "p" and s.keys[n] in _COMMAS and _soon_told(s, n + 1, min(hi, n + 7))
    return False


def _seek(s: Scene, k: int, hi: int, x: _After) -> int | None:
    """Behind the subject: look for أن, a colon or a quotation, past whom it was told to and where."""
    relative = shy(s, k)
    for n in range(k, min(hi, k + 22)):
        w = s.words[n]
        relative = relative or s.keys[n] in _WHO
        if n in s.actor:
            continue
        if w.that or s.keys[n] == ":":
            x.that, x.end = True, n
            return None
        if "carriers" in w.roles:
            x.carried = True
        if x.via is None and n not in s.time and (via := _addressee(s, n, hi)) is not None:
            x.via = via
        if s.t.kind[n] == "q" and s.keys[n] in _OPENING and n + 2 < hi and not _short(s, n, hi):
            x.that, x.end = True, n
            return None
        if (s.t.kind[n] == "p" and s.keys[n] not in "،,-–") or ((w.finite or w.event or w.tense) and not relative):
            return None
    return None


def _short(s: Scene, k: int, hi: int) -> bool:
    return any(s.t.kind[n] == "q" for n in range(k + 1, min(hi, k + 5)))


def _quote(s: Scene, k: int, hi: int, x: _After) -> int | None:
    """A quotation mark after the verb: a name in quotation marks, or what is told."""
    if x.speaker is None and _short(s, k, hi):
        got = speaker_at(s, k + 1, hi)
        if got is not None:
            x.speaker = got
            return got.hi + 1 if got.hi < hi and s.t.kind[got.hi] == "q" else got.hi
    if s.keys[k] in _OPENING:
        x.that = x.that or not _short(s, k, hi) or x.speaker is None
        return None if x.that else k + 1
    return k + 1


def _past_carrier(s: Scene, k: int, hi: int, x: _After) -> int:
    """Behind "in a statement that the agency carried": the outlet that carried it is remembered."""
    n = k + 1 if "carriers" in s.words[k].roles else k + 2
    while n < hi and n < k + 14:
        w = s.words[n]
        if "press" in w.roles:
            n += 1
            continue
        if w.that or s.t.kind[n] in "pq" or s.words[n].finite and w.verb is None:
            break
        if w.verb is not None and w.verb.needs == "news":
            got = speaker_at(s, n + 1, hi) or (speaker_at(s, s.time[n + 1], hi) if n + 1 in s.time else None)
            if got is not None and got.kind in MEDIA:
                x.via, n = got, got.hi
                continue
        if (via := _addressee(s, n, hi)) is not None:
            x.via, n = via, via.hi
            continue
        if x.speaker is None and n > k + 1 and n not in s.time and "inside" not in w.roles:
            got = speaker_at(s, n, hi)
            if got is not None and not got.actor and got.head and got.head.human:
                break
        n += 1
    return n


def _relayed(s: Scene, f: Formula, x: _After, hi: int) -> None:
    """Parts what relays from whom it relays: نقلت القناة عن مصدر, علمت الصحيفة من مصادرها."""
    who = x.speaker
    if who is None or f.word is None or f.word.verb is None:
        return
    single = who.head is not None and who.head.human or who.actor is not None and who.actor.kind in ("person", "official")
    f.speakers = [who] if single else [who, *_joined(s, who.hi, hi)]
    needs = f.word.verb.needs
    if needs == "news" or (needs == "outlet" and who.kind in MEDIA):
        inner = _from(s, who.hi, hi)
        if inner is not None:
            f.speakers, f.via, f.hi, f.that = [inner], who, max(f.hi, inner.hi), True
    elif who.kind in MEDIA and who.head is None and f.via is None:
        second = speaker_at(s, who.hi + (1 if who.hi < hi and s.t.kind[who.hi] == "q" else 0), hi)
        if second is not None and second.kind not in MEDIA:
            f.speakers, f.via, f.hi = [second], who, second.hi


def _from(s: Scene, k: int, hi: int) -> Speaker | None:
    """Whom it comes from: عن مصدر, من مصادرها."""
    for n in range(k, min(hi, k + 9)):
        if s.keys[n] in (_FROM, _OUT_OF):
            got = speaker_at(s, n + 1, hi, deep=True)
            if got is not None and got.head is not None and got.head.document:
                got = owner(s, got, hi)
            return got
        if s.words[n].that or s.words[n].finite:
            return None
    return None


def _joined(s: Scene, k: int, hi: int) -> list[Speaker]:
    """A second source joined by و: المرصد والفرقة."""
    a = s.actor.get(k)
    if k >= hi or a is None or a.lo != k or a.clitics != "و" or a.kind in ("people", "person", "official"):
        return []
    a.clitics = ""
    got = speaker_at(s, k, hi)
    a.clitics = "و"
    return [got] if got is not None else []


def _subject_before(s: Scene, i: int, sentence: Sentence, *, near: bool) -> Speaker | None:
    """The subject of a verb that follows it: "X قال إن", "X الذي قال إن"; ``near``: only right before it."""
    lo, p = sentence.lo, i - 1
    while p > lo and (s.t.kind[p] == "q" or s.keys[p] in _DID or s.keys[p] in _COMMAS):
        p -= 1
    if p < lo:
        return None
    if s.keys[p] in _WHO:
        return None if near else _ending(s, p, lo)
    w = s.words[i]
    floor = max(lo, i - 26)
    for q in range(p, floor - 1, -1):
        led = s.words[q].that or s.keys[q] in _LED or s.keys[q] in _AS_FOR or (s.keys[q] in _WAS and q < p)
        if (led or q == lo) and (not w.clitics or s.keys[q] in _AS_FOR):
            got = _leading(s, q + 1 if led else q, i)
            return got if got is None or not near or got.hi >= p else None
        if s.t.kind[q] == "p" and s.keys[q] not in _COMMAS:
            return None
    return None


def _leading(s: Scene, q: int, i: int) -> Speaker | None:
    """The noun phrase at ``q`` when no other verb stands between it and the verb at ``i``."""
    a = s.actor.get(q)
    clitics = a.clitics if a is not None and a.lo == q else ""
    if a is not None and clitics in ("و", "ف"):
        a.clitics = ""
    got = speaker_at(s, q, i)
    if a is not None:
        a.clitics = clitics if a.lo == q else a.clitics
    if got is None:
        return None
    relative = any(k in _WHO for k in s.keys[got.hi : i])
    between = any(s.words[k].finite for k in range(got.hi, i))
    return got if (not between or relative) and i - got.hi <= 18 else None


def _ending(s: Scene, p: int, lo: int) -> Speaker | None:
    """The noun phrase that ends at ``p``, before a relative pronoun."""
    for q in range(p - 1, max(lo, p - 12) - 1, -1):
        a = s.actor.get(q)
        if a is not None and a.lo != q:
            continue
        if s.t.kind[q] == "p":
            continue
        if a is None and s.words[q].head is None and not s.words[q].title:
            continue
        got = speaker_at(s, q, p, deep=True)
        if got is not None and got.hi >= p - 1:
            return got
    return None


def _nested(s: Scene, f: Formula, sentence: Sentence, found: list[Formula]) -> bool:
    """Does the formula stand inside what another speaker of this sentence tells?"""
    if not any(g.form in ("verb", "title") and g.that for g in found):
        return False
    before = f.lo - 1
    while before > sentence.lo and s.t.kind[before] == "q":
        before -= 1
    return s.words[before].that or s.keys[before] in _WHO or s.keys[before] == ":"


def _closes(s: Scene, f: Formula, sentence: Sentence) -> bool:
    """Nothing follows the formula: it belongs to what stands before it."""
    if f.that or not f.speakers or f.lo - sentence.lo < 5 or f.asks:
        return False
    rest = [k for k in range(f.hi, sentence.hi) if s.t.kind[k] not in "pq" and k not in s.time]
    return not rest


def _participle(s: Scene, i: int, sentence: Sentence) -> Formula | None:
    """A participle that carries on what the speaker of the sentence tells."""
    w = s.words[i]
    if w.verb is None:
        return None
    told = any(s.words[k].that or s.keys[k] in (":", "«", "“") for k in range(i + 1, min(i + 4, sentence.hi)))
    carries = i == sentence.lo or s.keys[i - 1] in _COMMAS or s.t.kind[i - 1] == "p" or w.clitics == "و"
    if not told and not (carries and w.verb.needs == "any"):
        return None
    return Formula("part", i, i, i + 1, w, w.verb.stance, that=True)


def _according(s: Scene, i: int, sentence: Sentence) -> Formula | None:
    k, hi = i + 1, sentence.hi
    while k < hi and ("of" in s.words[k].roles or s.t.kind[k] == "q") and k - i < 6:
        k += 1
    if k >= hi:
        return None
    w = s.words[k]
    if "own_word" in w.roles:
        return Formula("according", i, i, k + 1)
    if w.verb is not None and w.tense in ("perf", "impf"):
        return _quoted_by(s, i, k, hi)
    who = speaker_at(s, k, hi, deep=True, free=_ends_soon(s, k, hi))
    if who is not None and who.head is not None and who.head.document:
        who = owner(s, who, hi)
    if who is None:
        return None
    return Formula("according", i, i, who.hi, None, "says", [who, *_joined(s, who.hi, hi)])


def _ends_soon(s: Scene, k: int, hi: int) -> bool:
    """A bare name before the clause ends: وفق لابورد."""
    for n in range(k, min(hi, k + 4)):
        if s.t.kind[n] == "p":
            return n > k
        if s.t.kind[n] != "w" or s.keys[n].startswith("ال") or s.words[n].ends:
            return False
    return False


def _quoted_by(s: Scene, i: int, k: int, hi: int) -> Formula | None:
    """According to what X said: بحسب ما أعلن المرصد, وفقا لما كشفه لـ«الفجر» مسؤول."""
    x = after(s, k, hi)
    if x.speaker is None:
        return Formula("according", i, i, k + 1, s.words[k])
    return Formula("according", i, i, x.speaker.hi, None, "says", [x.speaker, *_joined(s, x.speaker.hi, hi)], x.via)


def _as_said(s: Scene, i: int, sentence: Sentence) -> Formula | None:
    k = i + 1
    if k >= sentence.hi or s.words[k].verb is None or s.words[k].tense == "part":
        return None
    also = s.keys[i].endswith(fold("كما"))
    if also and (i == sentence.lo or s.words[i - 1].that):
        return None
    got = _quoted_by(s, i, k, sentence.hi)
    if got is None or not got.speakers:
        return None if also else got
    if also:
        rest = [n for n in range(got.hi, min(got.hi + 4, sentence.hi)) if n not in s.time]
        if rest and s.t.kind[rest[0]] not in "pq":
            return None
    return got
