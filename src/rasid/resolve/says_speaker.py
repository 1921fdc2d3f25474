"""The noun phrase of a source: where it ends, of what kind it is, and whether it hides a name."""

from __future__ import annotations

from dataclasses import dataclass, field

from rasid.lexicon.actors import registry
from rasid.lexicon.speech import SourceHead, speech
from rasid.model.claims import Mentions
from rasid.model.mentions import ActorHit, PlaceHit
from rasid.resolve.says_words import Word, words
from rasid.text.keys import bare
from rasid.text.tokens import Tokens

MEDIA = frozenset({"outlet", "agency"})
KIND = {
    "state": "official", "official": "official", "forces": "military", "coalition": "military",
    "armed_group": "armed_group", "party": "official", "un": "un", "ngo": "ngo", "outlet": "outlet",
    "agency": "agency", "monitor": "monitor", "institution": "official", "tribe": "local", "people": "local",
    "person": "official",
}  # fmt: skip
_COMMAS = frozenset({"،", ","})
_CLOSING = {"«": "»", "“": "”", "(": ")", "[": "]", "‹": "›", "„": "“", "‘": "’"}
#: Tokens of one source's name at most.
_LONGEST = 20


@dataclass(slots=True)
class Speaker:
    """A source as one noun phrase. ``named``: a person's name stands in it; ``names`` are the keys that tell it apart."""

    lo: int
    hi: int
    kind: str
    anonymous: bool
    rule: str
    head: SourceHead | None
    actor: ActorHit | None
    definite: bool
    named: bool
    names: frozenset[str]
    gender: str


@dataclass(slots=True)
class Scene:
    """The text with what the other resolvers found, by token."""

    t: Tokens
    keys: list[str]
    words: list[Word]
    actor: dict[int, ActorHit] = field(default_factory=dict)
    place: dict[int, PlaceHit] = field(default_factory=dict)
    time: dict[int, int] = field(default_factory=dict)
    """Each token of a time expression to the end of that expression."""

    @classmethod
    def of(cls, m: Mentions) -> Scene:
        """What the source resolver needs of the mentions."""
        t = m.tokens
        return cls(
            t, t.key, list(map(words.__getitem__, t.key)),
            {j: a for a in m.actors for j in range(a.lo, a.hi)},
            {p.lo: p for p in m.places},
            {j: h.hi for h in m.times for j in range(h.lo, h.hi)},
        )  # fmt: skip

    def pair(self, j: int, hi: int) -> tuple[int, SourceHead] | None:
        """A head of two words at ``j`` (شهود عيان has one, الدفاع المدني is one)."""
        w = self.words[j]
        if not w.pair:
            return None
        key = self.keys[j][len(w.head_clitics) :]
        got = speech().pairs.at(self.keys, j, hi, key) or speech().pairs.at(self.keys, j, hi, bare(key))
        return (got[0], got[1][0]) if got else None


def speaker_at(s: Scene, j: int, hi: int, *, deep: bool = False, free: bool = False) -> Speaker | None:
    """The source whose name begins at ``j``.

    deep: it stands after a preposition, so that ل or a bracket may open it; free: any word may be its name.
    """
    while j < hi and s.t.kind[j] == "q":
        j += 1
    if j >= hi or j in s.time:
        return None
    a = s.actor.get(j)
    if a is not None and a.lo == j:
        return _of_actor(s, a, hi) if _may_speak(s, a, deep) else None
    if a is not None:
        return None
    head = _head_at(s, j, hi, deep)
    if head is not None:
        return _of_head(s, j, head[0], hi, head[1])
    w = s.words[j]
    if "some" in w.roles and s.t.kind[j] == "w":
        return _of_some(s, j, hi)
    if s.t.kind[j] == "w" and (w.title or w.name or (free and _free(s, j))) and _nominal(w):
        return _made(s, j, _extend(s, j, j + 1, hi, True), None, None)
    return None


def _nominal(w: Word) -> bool:
    return not (w.ends or w.event or w.turn or (w.tense and not w.name) or (w.finite and not w.name))


def _free(s: Scene, j: int) -> bool:
    """May a word that nobody knows be a name here? Not behind a preposition, nor an adverb."""
    key = s.keys[j]
    return len(key) > 2 and not key.startswith(("بال", "لل", "وال", "فال")) and not (key.endswith(("يا", "ين")) and len(key) > 5)


def _may_speak(s: Scene, a: ActorHit, deep: bool) -> bool:
    if a.clitics and not (deep and a.clitics in ("ل", "ب")):
        return False
    pronoun = a.hi - a.lo == 1 and a.rule.endswith("pronoun")
    return not pronoun


def _head_at(s: Scene, j: int, hi: int, deep: bool) -> tuple[int, SourceHead] | None:
    w = s.words[j]
    if w.head_clitics and not (deep and w.head_clitics in ("ل", "ب")):
        return None
    pair = s.pair(j, hi)
    if pair:
        return pair
    return (j + 1, w.head) if w.head is not None and not w.tense else None


def _of_actor(s: Scene, a: ActorHit, hi: int) -> Speaker:
    human = a.kind in ("official", "person", "people")
    end = a.hi if a.kind == "person" and a.id else _extend(s, a.lo, a.hi, hi, human)
    if end == a.hi and human and end < hi and s.t.kind[end] == "w":
        end = _offices(s, a.lo, end, hi)
    pair = s.pair(a.lo, end)
    return _made(s, a.lo, end, pair[1] if pair else s.words[a.lo].head, a)


def _offices(s: Scene, j: int, k: int, hi: int) -> int:
    """An office behind a name: سالم العلي رئيس البلدية."""
    b, w = s.actor.get(k), s.words[k]
    if b is not None and b.lo == k and b.kind in ("official", "person") and not b.clitics:
        return _extend(s, j, b.hi, hi, True)
    return _extend(s, j, k, hi, True) if w.head is not None and w.head.human and not w.head_clitics and not w.tense else k


def _of_head(s: Scene, j: int, k: int, hi: int, head: SourceHead) -> Speaker:
    return _made(s, j, _extend(s, j, k, hi, head.human), head, None)


def _of_some(s: Scene, j: int, hi: int) -> Speaker | None:
    """A number of sources: عدد من المشايخ, أحد السكان."""
    k = j + 1
    while k < hi and ("inside" in s.words[k].roles or "some" in s.words[k].roles):
        k += 1
    inner = speaker_at(s, k, hi, deep=True)
    if inner is None or k - j > 3:
        return None
    inner.lo, inner.anonymous = j, not inner.named
    inner.definite = False
    return inner


def _extend(s: Scene, j: int, k: int, hi: int, human: bool) -> int:
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
        return _apposition(s, j, k, hi) if human and s.keys[k] in _COMMAS else None
    if kind == "q":
        return _quoted(s, j, k, hi, human)
    a = s.actor.get(k)
    if a is not None and a.lo == k:
        return a.hi if _belongs(s, j, k, a, human) else None
    if "named" in w.roles or ("who_is" in w.roles and s.keys[k][:1] == "و" and human and k + 1 < hi and s.words[k + 1].head):
        return k + 1
    if (w.ends or w.turn or "apart" in w.roles) and "inside" not in w.roles:
        return None
    if w.head is not None and w.head_clitics.endswith("ل") and w.head.kind in ("outlet", "agency", "correspondent"):
        return None
    if "inside" in w.roles:
        return _inside(s, j, k, hi, human)
    p = s.place.get(k)
    if p is not None and p.clitics in ("", "ب"):
        return p.hi
    if (w.finite and not w.name) or w.tense or "carriers" in w.roles or (w.event and not _owned(s, j, k, human)):
        return None
    return _word(s, j, k, human)


def _owned(s: Scene, j: int, k: int, human: bool) -> bool:
    """An event inside a name: قائد معركة تحرير, اللجنة الوطنية لمكافحة الإرهاب."""
    if human:
        head = s.words[j].head is not None and not s.keys[j].startswith("ال")
        return head and (k == j + 1 or s.words[k - 1].event)
    return (k == j + 1 and not s.keys[j].startswith("ال")) or (s.keys[k].startswith("ل") and s.keys[k - 1].startswith("ال"))


def _belongs(s: Scene, j: int, k: int, a: ActorHit, human: bool) -> bool:
    """Is the party at ``k`` part of the name that began at ``j``, and not the verb's object or addressee?"""
    if a.clitics[:1] in ("و", "ك", "ف") or ("ل" in a.clitics and a.kind in MEDIA):
        return False
    if a.clitics or (human and a.kind in PERSONS):
        return True
    before = s.actor.get(k - 1)
    if before is not None and before.lo == j and before.kind not in PERSONS:
        return False
    return before is None and not s.keys[k - 1].startswith("ال")


def _word(s: Scene, j: int, k: int, human: bool) -> int | None:
    """A word that no resolver knows: part of the name unless what happened begins with it."""
    key, before = s.keys[k], s.keys[k - 1]
    if key.startswith("لل") or (key.startswith("بال") and s.words[k].head is None) or (key.endswith("هم") and len(key) > 5):
        return None
    a = s.actor.get(k - 1)
    if a is not None and a.kind in ("person", "people") and key.startswith("ال") and not s.words[k].title:
        return None
    if key[:1] == "و" and len(key) > 3 and not key.startswith("وال") and s.words[k].head is not None:
        return k + 1 if s.words[j].head is not None and s.words[j].head.human else None
    if not human and not key.startswith("ال") and (before.startswith("ال") or k - 1 in s.actor) and not key.startswith("لل"):
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
    if s.keys[k] in _ADVERBIAL and base is not None and base.kind != "official" and k == base.hi:
        return None
    a, p = s.actor.get(n), s.place.get(n)
    if a is not None and a.lo <= n:
        return a.hi if a.kind not in MEDIA or not human else None
    if p is not None:
        return p.hi
    if s.keys[k] in _ADVERBIAL and s.words[j].head is None and not s.words[j].title:
        return None
    return n + 1


_ADVERBIAL = frozenset({"في", "من"})


def _quoted(s: Scene, j: int, k: int, hi: int, human: bool) -> int | None:
    """A short bracket or quotation that belongs to the name: صحيفة «الفجر», (34 عاما)."""
    mark = s.keys[k]
    close = _CLOSING.get(mark, mark)
    for n in range(k + 1, min(hi, k + 8)):
        if s.keys[n] == close or (s.t.kind[n] == "q" and n > k + 1):
            break
        if s.words[n].that or (s.words[n].tense and not s.words[n].name):
            return None
    else:
        return None
    a = s.actor.get(k + 1)
    media = a is not None and a.kind in MEDIA
    if human:
        after = n + 1 < hi and (s.words[n + 1].that or s.t.kind[n + 1] == "p" or s.words[n + 1].ends)
        return n + 1 if (mark == "(" and not media) or (after and not media and n - k <= 6) else None
    return n + 1


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
    closed = m >= hi or s.words[m].that or s.t.kind[m] in "pq"
    if known:
        return m if closed and m - n <= 10 else None
    unnamed = not any(u.name for u in s.words[j:k])
    strange = all(u.head is None and not (u.event or u.roles or u.common) for u in s.words[n:m])
    return m if closed and m - n <= 4 and unnamed and strange and m < hi and not s.keys[n].startswith(("ال", "و", "ب", "ل")) else None


def _made(s: Scene, lo: int, hi: int, head: SourceHead | None, a: ActorHit | None) -> Speaker:
    named = _is_named(s, lo, hi, head, a)
    definite = s.keys[lo].startswith("ال") or s.words[lo].definite or (a is not None and a.kind != "people")
    hidden = head is not None and (head.hidden or (head.anonymous and not definite and a is None))
    if head is not None and a is not None and head.human and head.anonymous and not s.keys[lo].startswith("ال"):
        hidden = hidden or _indefinite(s, a)
    anonymous = hidden and not named
    return Speaker(
        lo, hi, _kind(s, lo, hi, head, a), anonymous or shy(s, hi), head.id.replace("source", "says") if head else
        f"says.{a.kind}" if a else "says.name", head, a, definite, named, _names(s, lo, hi), _gender(s, lo, head, a),
    )  # fmt: skip


def _indefinite(s: Scene, a: ActorHit) -> bool:
    """مسؤول عسكري, مسؤولون أتراك: an office without article, owner or name."""
    return not any(k.startswith("ال") for k in s.keys[a.lo : a.hi])


def _is_named(s: Scene, lo: int, hi: int, head: SourceHead | None, a: ActorHit | None) -> bool:
    if a is not None and a.kind == "person":
        return True
    if any(w.name or "named" in w.roles for w in s.words[lo:hi]):
        return True
    return any(b.kind == "person" for k in range(lo, hi) if (b := s.actor.get(k)) is not None)


def shy(s: Scene, j: int) -> bool:
    """Does what follows say that the source would not be named?"""
    keys = s.keys[j : j + 12]
    return any(p == tuple(keys[n : n + len(p)]) for p in speech().shy if p[0] in keys for n in range(len(keys)))


def _gender(s: Scene, lo: int, head: SourceHead | None, a: ActorHit | None) -> str:
    if a is not None and a.feminine:
        return "f"
    key = s.keys[lo]
    if key.endswith("ه") or key.endswith("ات") or (head is not None and head.lemma != bare(key) and not head.human):
        return "f"
    return "m"


_GROUPS = frozenset({"armed_group", "un", "monitor", "ngo", "tribe"})
_FORCES = frozenset({"forces", "coalition"})
PERSONS = frozenset({"official", "person", "people"})


def _kind(s: Scene, lo: int, hi: int, head: SourceHead | None, a: ActorHit | None) -> str:
    base = head.kind if head is not None else KIND.get(a.kind, "official") if a is not None else "official"
    if a is not None and a.kind not in PERSONS:
        if "civil" in s.words[a.lo].roles:
            return "official"
        return base if base == "military" and a.kind not in _GROUPS else KIND[a.kind]
    if a is not None and a.kind == "people" and (head is None or head.kind == "unnamed"):
        return "local"
    human = head.human if head is not None else a is not None or any(w.title for w in s.words[lo:hi])
    return _refined(s, lo, hi, base, a) if human else base


def _refined(s: Scene, lo: int, hi: int, base: str, a: ActorHit | None) -> str:
    """A person or an unnamed source speaks for the body named beside the office."""
    if base in ("medical", "analyst", "correspondent", "activist"):
        return base
    bodies = [b.kind for k in range(lo, hi) if (b := s.actor.get(k)) is not None and b.lo == k and b is not a]
    if a is not None and a.id and (e := registry().get(a.id)) is not None:
        bodies.insert(0, e.kind)
    group = next((b for b in bodies if b in _GROUPS), None)
    if group:
        return KIND[group]
    words_ = s.words[lo:hi]
    quality = next((w.qualifier for w in words_ if w.qualifier and (base == "unnamed" or _fits(s, lo, w.qualifier))), "")
    if quality:
        return quality
    civil = any("civil" in w.roles for w in words_)
    rank = any(w.rank for w in words_)
    if civil and base != "local" and not (rank and _DEFENCE & set(s.keys[lo:hi])):
        return "official"
    if base in ("official", "unnamed", "military") and (rank or _FORCES & set(bodies)):
        return "military"
    return base


_TRIBAL = frozenset({"قبلي", "قبيله", "عشاءري", "عشايري", "عشيره", "قبايل", "عشاير"})
_DEFENCE = frozenset({"الدفاع", "دفاع"})


def _fits(s: Scene, lo: int, qualifier: str) -> bool:
    """A security official is an official, a military one is military."""
    if qualifier == "military":
        return any(w.qualifier == "military" and not bare(k).startswith("امن") for w, k in
                   zip(s.words[lo : lo + 4], s.keys[lo : lo + 4], strict=False))  # fmt: skip
    if qualifier == "local":
        return any(k in _TRIBAL for k in s.keys[lo : lo + 5])
    return qualifier in ("medical", "armed_group", "un")


def _names(s: Scene, lo: int, hi: int) -> frozenset[str]:
    """The words by which a later short mention is known again: no articles, brackets or prepositions."""
    return frozenset(
        bare(k) for k, w, kind in zip(s.keys[lo:hi], s.words[lo:hi], s.t.kind[lo:hi], strict=True)
        if kind in "wl" and len(k) > 2 and "inside" not in w.roles
    )  # fmt: skip
