"""Where the name of a source ends: adjectives, bodies, places, quotations and appositions belong to it."""

from __future__ import annotations

from rasid.model.mentions import ActorHit
from rasid.resolve.says_kind import withheld_at
from rasid.resolve.says_scene import COMMAS, MEDIA, PERSONS, Scene
from rasid.resolve.says_words import Word

_CLOSING = {"«": "»", "“": "”", "(": ")", "[": "]", "‹": "›", "„": "“", "‘": "’"}
#: Tokens of one source's name at most.
_LONGEST = 20


def extend(s: Scene, j: int, k: int, hi: int, human: bool) -> int:
    """The end of the name that begins at ``j`` and is known to reach to ``k``."""
    limit = min(hi, j + _LONGEST)
    while k < limit:
        nxt = _step(s, j, k, limit, human)
        if nxt is None:
            break
        k = nxt
    while k - 1 > j and (s.t.kind[k - 1] == "p" or "inside" in s.words[k - 1].roles):
        k -= 1
    return k


def _step(s: Scene, j: int, k: int, hi: int, human: bool) -> int | None:
    """One step further inside the name, or None where it ends."""
    kind, w = s.t.kind[k], s.words[k]
    if k in s.time or kind == "n":
        return None
    if kind == "p":
        return _apposition(s, j, k, hi) if human and s.keys[k] in COMMAS else None
    if kind == "q":
        return _quoted(s, j, k, hi, human)
    a = s.actor.get(k)
    if a is not None and a.lo == k:
        return a.hi if _belongs(s, j, k, a, human) else None
    if "named" in w.roles or (
        "who_is" in w.roles and s.keys[k][:1] == "و" and human and k + 1 < hi and s.words[k + 1].head
    ):
        return k + 1
    if withheld_at(s.keys, k):
        return None
    if (w.ends or w.turn or "apart" in w.roles) and "inside" not in w.roles:
        return None
    if media_addressed(w):
        return None
    if "inside" in w.roles:
        return _inside(s, j, k, hi, human)
    p = s.place.get(k)
    if p is not None and p.clitics in ("", "ب"):
        return p.hi if p.clitics or (k - 1 not in s.actor and k - 1 not in s.placed) else None
    if w.deed and (k - 1 in s.actor or s.keys[k - 1].startswith("ال")):
        return None
    if "carriers" in w.roles and not (k == j + 1 and _outlet(s, j)):
        return None
    if (w.finite and not w.name) or w.tense or (w.event and not _owned(s, j, k, human)):
        return None
    return _word(s, j, k, human)


def media_addressed(w: Word) -> bool:
    """An outlet or reporter to whom something is told: لصحيفة, لمراسل, للصحفيين."""
    return w.head is not None and w.head_clitics.endswith("ل") and w.head.kind in ("outlet", "agency", "correspondent")


def _owned(s: Scene, j: int, k: int, human: bool) -> bool:
    """An event inside a name: قائد معركة تحرير, اللجنة الوطنية لمكافحة الإرهاب."""
    if human:
        head = s.words[j].head is not None and not s.keys[j].startswith("ال")
        return head and (k == j + 1 or s.words[k - 1].event)
    return (k == j + 1 and not s.keys[j].startswith("ال")) or (
        s.keys[k].startswith("ل") and s.keys[k - 1].startswith("ال")
    )


def _absolute(s: Scene, j: int, k: int) -> bool:
    """A plural that governs nothing: after معارضون the president is the object."""
    return k == j + 1 and s.keys[j].endswith("ون") and not s.keys[j].startswith("ال")


def _belongs(s: Scene, j: int, k: int, a: ActorHit, human: bool) -> bool:
    """Is the party at ``k`` part of the name that began at ``j``, and not the verb's object or addressee?"""
    if a.clitics[:1] in ("و", "ك", "ف") or ("ل" in a.clitics and (a.kind in MEDIA or a.kind == "people")):
        return False
    if a.clitics or (human and a.kind in PERSONS):
        return True
    if s.words[j].head is None and j not in s.actor:
        return False  # a name alone governs no party
    if _absolute(s, j, k):
        return False
    before = s.actor.get(k - 1)
    if before is not None and before.lo == j and before.kind not in PERSONS:
        return False
    return before is None and not s.keys[k - 1].startswith("ال")


def _word(s: Scene, j: int, k: int, human: bool) -> int | None:
    """A word that no resolver knows: part of the name unless what happened begins with it."""
    key, before = s.keys[k], s.keys[k - 1]
    base = s.actor.get(k - 1)
    if base is not None and base.lo == j and base.id and base.kind not in PERSONS and not key.startswith("ل"):
        return None  # a registered name is complete
    if (
        (key.startswith("لل") and (human or s.words[j].head is None))
        or (key.startswith("بال") and s.words[k].head is None)
        or (key.endswith(("هم", "ها")) and len(key) > 5)
    ):
        return None
    a = s.actor.get(k - 1)
    if (
        k == j + 1
        and key.startswith("ال")
        and s.keys[j].startswith("ال")
        and s.keys[j].endswith(("ه", "ات"))
        and not key.endswith("ه")
    ):
        return None  # الحكومة الفصائل: no adjective of a feminine noun, so the object
    if (
        key.startswith("ال")
        and not s.words[k].title
        and (_absolute(s, j, k) or (a is not None and (a.lo > j or a.kind in ("person", "people"))))
    ):
        return None
    if key[:1] == "و" and len(key) > 3 and not key.startswith("وال") and s.words[k].head is not None:
        before_it = s.words[j].head
        return k + 1 if before_it is not None and before_it.human else None
    if key.startswith("ب") and len(key) > 3 and (k - 1 in s.actor or before.startswith("ال")) and not s.words[k].name:
        return None
    purpose = key.startswith("ل") and before.startswith("ال") and s.words[j].head is not None
    if not human and not purpose and not key.startswith("ال") and (before.startswith("ال") or k - 1 in s.actor):
        return None  # what follows a name that is complete is the object: أعلنت وزارة الدفاع انتهاء
    if k - j > 3 and not human and s.words[j].head is None:
        return None
    return k + 1


def _inside(s: Scene, j: int, k: int, hi: int, human: bool) -> int | None:
    """A preposition inside the name: مصدر في الجيش, المتحدث باسم الوزارة, مسؤول من قبيلة."""
    n = k + 1
    while n < hi and s.t.kind[n] == "q":
        n += 1
    if n >= hi or n in s.time or s.t.kind[n] != "w" or s.words[n].ends or "carriers" in s.words[n].roles:
        return None
    if (h := s.words[n].head) is not None and h.document:
        return None
    base = s.actor.get(j)
    if s.keys[k] in ("في", "من") and base is not None and base.kind != "official" and k == base.hi:
        return None
    a, p = s.actor.get(n), s.place.get(n)
    if s.keys[k] == "من" and (_outlet(s, j) or (base is not None and base.kind in MEDIA)):
        return None
    if a is not None and a.lo <= n:
        return a.hi if a.kind not in MEDIA or not human else None
    if p is not None:
        return p.hi
    if s.keys[k] in ("في", "من") and s.words[j].head is None and not s.words[j].title:
        return None
    return n + 1


def _quoted(s: Scene, j: int, k: int, hi: int, human: bool) -> int | None:
    """A short bracket or quotation that belongs to the name: صحيفة «الفجر», (34 عاما)."""
    mark = s.keys[k]
    if mark in _CLOSING.values() and mark not in _CLOSING:
        return None
    close = _CLOSING.get(mark, mark)
    for n in range(k + 1, min(hi, k + 8)):
        if s.keys[n] == close or (s.t.kind[n] == "q" and n > k + 1):
            break
        if (s.words[n].that or (s.words[n].tense and not s.words[n].name)) and not _outlet(s, j):
            return None
    else:
        return None
    a = s.actor.get(k + 1)
    media = a is not None and a.kind in MEDIA
    if human:
        after = n + 1 < hi and (s.words[n + 1].that or s.t.kind[n + 1] == "p" or s.words[n + 1].ends)
        return n + 1 if (mark == "(" and not media) or (after and not media and n - k <= 6) else None
    return n + 1


def _outlet(s: Scene, j: int) -> bool:
    head = s.words[j].head
    return head is not None and head.kind in MEDIA


def _apposition(s: Scene, j: int, k: int, hi: int) -> int | None:
    """A name or office between commas, right behind the one before: رئيس البلدية، سالم العلي، إن."""
    n = k + 1
    if n >= hi or s.t.kind[n] != "w" or n in s.time:
        return None
    w, a = s.words[n], s.actor.get(n)
    person = a is not None and a.lo == n and not a.clitics and a.kind in ("person", "official")
    known = person or w.name or w.title or (w.head is not None and w.head.human and not w.head_clitics)
    if w.ends or w.tense or (w.finite and not w.name) or (a is not None and not person):
        return None
    m = a.hi if person and a is not None else n + 1
    while m < hi and s.t.kind[m] == "w" and not (s.words[m].ends or s.words[m].finite or m in s.time):
        m += 1
    closed = m >= hi or s.words[m].that or s.t.kind[m] in "pq" or m in s.time
    if known:
        return m if closed and m - n <= 10 else None
    unnamed = not any(u.name for u in s.words[j:k])
    strange = all(u.head is None and not (u.event or u.roles or u.common) for u in s.words[n:m])
    return (
        m
        if closed and m - n <= 4 and unnamed and strange and m < hi and not s.keys[n].startswith(("ال", "و", "ب", "ل"))
        else None
    )
