"""What stands behind a verb of saying: its subject, whom it was told to, and where what is told begins."""

from __future__ import annotations

from rasid.lexicon.speech import speech
from rasid.resolve.says_formula import After
from rasid.resolve.says_kind import shy
from rasid.resolve.says_owner import owner
from rasid.resolve.says_scene import COMMAS, MEDIA, Scene, Speaker
from rasid.resolve.says_speaker import GOVERNED, speaker_at
from rasid.text.keys import fold

_OPENING = frozenset("«“\"„‹‘'”")
_FROM = fold("عن")


def after(s: Scene, i: int, hi: int) -> After:
    """The subject behind the verb, whom it was told to, and whether أن, a colon or a quotation follows."""
    x = After(i + 1)
    k, limit = i + 1, min(hi, i + 40)
    while k < limit:
        if _opens(s, k):
            x.that, x.end = True, k
            return x
        nxt = _pass(s, k, limit, x, i)
        if nxt is None:
            return x
        k = nxt
        if x.speaker is not None and x.end < x.speaker.hi:
            x.end = x.speaker.hi
    return x


def in_paper(s: Scene, i: int, hi: int) -> After:
    """جاء في بيان للوزارة أن: the owner of the paper tells."""
    x = After(i + 1)
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
        if not s.words[k].roles & {"inside", "apart"} and k not in s.time:
            break
    return x


def _opens(s: Scene, k: int) -> bool:
    """Does what is told begin at ``k``?"""
    return s.keys[k] == ":" or (s.words[k].that and not (k and "clausal" in s.words[k - 1].roles))


def _pass(s: Scene, k: int, hi: int, x: After, i: int) -> int | None:
    """One step from the verb towards what it tells; None where it begins."""
    kind, w = s.t.kind[k], s.words[k]
    if k in s.time:
        return s.time[k]
    via = addressee(s, k, hi) if kind != "q" or x.speaker is not None else None
    if via is not None:
        if via.kind in MEDIA:
            x.via = via
        return via.hi
    if kind == "q":
        return _quote(s, k, hi, x)
    if kind == "p":
        return k + 1 if s.keys[k] in COMMAS or s.keys[k] in "-–" else None
    if ("inside" in w.roles or "ends" in w.roles) and k + 1 < hi and "carriers" in s.words[k + 1].roles and not w.that:
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
        turn = next(speech().turns.find(s.keys, k, min(k + 5, hi)), None) if w.turn else None
        return turn[1] if turn is not None and turn[0] == k else None
    return _seek(s, k, hi, x) if x.speaker is not None else None


def _subject(s: Scene, k: int, hi: int) -> Speaker | None:
    got = speaker_at(s, k, hi)
    if got is None:
        return speaker_at(s, k, hi, free=True) if soon_told(s, k, hi) or namelike(s, k, hi) else None
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


def _leads(s: Scene, n: int) -> bool:
    """في بيان, إلى أن, على أن: words that follow whoever speaks."""
    if "inside" in s.words[n].roles and "carriers" in s.words[n + 1].roles:
        return True
    return "onto" in s.words[n].roles and s.words[n + 1].that


def soon_told(s: Scene, k: int, hi: int) -> bool:
    """Is all that stands before أن or a colon a name?"""
    for n in range(k, min(hi, k + 12)):
        if s.words[n].that or s.keys[n] == ":" or (s.keys[n] in _OPENING and not _short(s, n, hi)):
            return n > k
        if "who_is" in s.words[n].roles and n > k:
            continue
        if n + 1 < hi and _leads(s, n):
            return n > k
        if s.words[n].ends or s.words[n].finite or s.words[n].event or s.t.kind[n] == "p":
            return n > k and s.t.kind[n] == "p" and s.keys[n] in COMMAS and soon_told(s, n + 1, min(hi, n + 7))
    return False


def namelike(s: Scene, k: int, hi: int) -> bool:
    """A name that nobody knows, with a known one or an office right behind: جول محمد بيدار نائب حاكم."""
    for n in range(k, min(hi, k + 5)):
        w = s.words[n]
        if n > k and s.keys[n] in COMMAS and n + 1 < hi:
            nxt = s.words[n + 1]
            return "who_is" in nxt.roles or (nxt.head is not None and nxt.head.human and not nxt.head_clitics)
        if n > k and "who_is" in w.roles:
            return True
        if s.t.kind[n] != "w" or w.ends or w.event or (w.finite and not w.name):
            return False
        if n > k and (w.name or w.title or (w.head is not None and w.head.human)):
            return True
    return False


def _seek(s: Scene, k: int, hi: int, x: After) -> int | None:
    """Behind the subject: look for أن, a colon or a quotation, past whom it was told to and where."""
    relative = shy(s, k)
    for n in range(k, min(hi, k + 22)):
        w = s.words[n]
        relative = relative or "who" in w.roles
        if n in s.actor:
            continue
        if _opens(s, n):
            x.that, x.end = True, n
            return None
        if "carriers" in w.roles:
            x.carried = True
        if x.via is None and n not in s.time and (via := addressee(s, n, hi)) is not None and via.kind in MEDIA:
            x.via = via
        if s.t.kind[n] == "q" and s.keys[n] in _OPENING and n + 2 < hi and not _short(s, n, hi):
            x.that, x.end = True, n
            return None
        if s.t.kind[n] == "p" and s.keys[n] not in "،,-–":
            return None
        if (w.finite or w.tense or (w.event and not s.words[n - 1].roles & {"ends", "inside"})) and not relative:
            return None
    return None


def _short(s: Scene, k: int, hi: int) -> bool:
    return any(s.t.kind[n] == "q" for n in range(k + 1, min(hi, k + 5)))


def _quote(s: Scene, k: int, hi: int, x: After) -> int | None:
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


def _past_carrier(s: Scene, k: int, hi: int, x: After) -> int:
    """Behind "in a statement that the agency carried": the outlet that carried it is remembered."""
    n = k + 2
    while n < hi and n < k + 14:
        w = s.words[n]
        if "press" in w.roles:
            n += 1
            continue
        if w.that or s.t.kind[n] in "pq" or (s.words[n].finite and w.verb is None):
            break
        if w.verb is not None and w.verb.needs == "news":
            got = speaker_at(s, n + 1, hi) or (speaker_at(s, s.time[n + 1], hi) if n + 1 in s.time else None)
            if got is not None and got.kind in MEDIA:
                x.via, n = got, got.hi
                continue
        if (via := addressee(s, n, hi)) is not None:
            x.via, n = via if via.kind in MEDIA else x.via, via.hi
            continue
        if x.speaker is None and n > k + 1 and n not in s.time and "inside" not in w.roles:
            got = speaker_at(s, n, hi)
            if got is not None and not got.actor and got.head and got.head.human:
                break
        n += 1
    return n


def addressee(s: Scene, k: int, hi: int) -> Speaker | None:
    """The outlet spoken to: لـ«الفجر», لوكالة أنباء, لمراسل القناة."""
    if k >= hi:
        return None
    w, a = s.words[k], s.actor.get(k)
    if "toward" in w.roles:
        got = speaker_at(s, k + 1, hi, clitics=GOVERNED)
    elif (a is not None and a.lo == k and a.clitics.endswith("ل")) or w.head_clitics.endswith("ل"):
        got = speaker_at(s, k, hi, clitics=GOVERNED)
    elif s.t.kind[k] == "q" and a is None:
        inner = s.actor.get(k + 1)
        got = speaker_at(s, k + 1, hi) if inner is not None and inner.kind in MEDIA else None
    else:
        return None
    if got is None or got.kind not in ("outlet", "agency", "correspondent"):
        return None
    return _outlet_of(s, got) if got.kind == "correspondent" else got


def _outlet_of(s: Scene, who: Speaker) -> Speaker:
    """The outlet of a reporter spoken to, who relays nothing in his own name."""
    for k in range(who.lo + 1, who.hi):
        a = s.actor.get(k)
        if a is not None and a.lo == k and a.kind in MEDIA:
            return speaker_at(s, k, who.hi, clitics=GOVERNED) or who
    return who
