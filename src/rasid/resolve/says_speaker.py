"""The noun phrase of a source at a token."""

from __future__ import annotations

from rasid.lexicon.speech import SourceHead, speech
from rasid.model.mentions import ActorHit
from rasid.resolve.says_kind import made
from rasid.resolve.says_name import extend, media_addressed
from rasid.resolve.says_scene import Scene, Speaker
from rasid.resolve.says_words import Word, words
from rasid.text.keys import bare

#: Proclitics that a source may carry behind a preposition, and at the head of a clause.
GOVERNED = ("ل", "ب")
LEADING = ("و", "ف")


def speaker_at(s: Scene, j: int, hi: int, *, clitics: tuple[str, ...] = (), free: bool = False) -> Speaker | None:
    """The source whose name begins at ``j``.

    clitics: proclitics that its first word may carry; free: any word may be its name.
    """
    while j < hi and (s.t.kind[j] == "q" or "these" in s.words[j].roles):
        j += 1
    if j >= hi or j in s.time:
        return None
    a = s.actor.get(j)
    if a is not None and a.lo == j:
        return _of_actor(s, a, hi) if _may_speak(s, a, clitics) else None
    if a is not None:
        return None
    head = _head_at(s, j, hi, clitics)
    if head is not None:
        return _of_head(s, j, head[0], hi, head[1])
    w = s.words[j]
    if "some" in w.roles and s.t.kind[j] == "w":
        return _of_some(s, j, hi)
    if (
        s.t.kind[j] == "w"
        and (w.title or w.name or bare(s.keys[j]) in s.spoken or (free and _free(s, j)))
        and _nominal(w)
    ):
        return made(s, j, extend(s, j, j + 1, hi, True), None, None)
    return None


def _nominal(w: Word) -> bool:
    return not (w.ends or w.event or w.turn or (w.tense and not w.name) or (w.finite and not w.name))


def _free(s: Scene, j: int) -> bool:
    """May a word that nobody knows be a name here? Not behind a preposition, nor an adverb."""
    key = s.keys[j]
    if key.startswith("ال") and j + 1 < len(s.keys) and s.keys[j + 1].startswith("ال"):
        return False  # a noun with its adjective, no surname
    if key.endswith(("ته", "تها", "هم", "ها")) or (key.startswith("ل") and words[key[1:]].name):
        return False  # a noun with a pronoun, or somebody spoken to
    return (
        len(key) > 2
        and not key.startswith(("بال", "لل", "وال", "فال"))
        and not (key.endswith(("يا", "ين")) and len(key) > 5)
    )


def _may_speak(s: Scene, a: ActorHit, clitics: tuple[str, ...]) -> bool:
    if a.clitics and a.clitics not in clitics:
        return False
    return not (a.id is None and bare(s.keys[a.lo]) in speech().lists["members"])


def _head_at(s: Scene, j: int, hi: int, clitics: tuple[str, ...]) -> tuple[int, SourceHead] | None:
    w = s.words[j]
    if w.head_clitics and w.head_clitics not in clitics:
        return None
    pair = s.pair(j, hi)
    if pair:
        return pair
    return (j + 1, w.head) if w.head is not None and not w.tense else None


def _of_actor(s: Scene, a: ActorHit, hi: int) -> Speaker:
    human = a.kind in ("official", "person", "people")
    end = a.hi if a.kind == "person" and a.id else extend(s, a.lo, a.hi, hi, human)
    if end == a.hi and human and end < hi and s.t.kind[end] == "w":
        end = _offices(s, a.lo, end, hi)
    end = next((k for k in range(a.lo + 1, end) if media_addressed(s.words[k])), end)
    pair = s.pair(a.lo, end)
    return made(s, a.lo, end, pair[1] if pair else s.words[a.lo].head, a)


def _offices(s: Scene, j: int, k: int, hi: int) -> int:
    """An office behind a name: سالم العلي رئيس البلدية."""
    b, w = s.actor.get(k), s.words[k]
    if b is not None and b.lo == k and b.kind in ("official", "person") and not b.clitics:
        return extend(s, j, b.hi, hi, True)
    return (
        extend(s, j, k, hi, True) if w.head is not None and w.head.human and not w.head_clitics and not w.tense else k
    )


def _of_head(s: Scene, j: int, k: int, hi: int, head: SourceHead) -> Speaker:
    return made(s, j, extend(s, j, k, hi, head.human), head, None)


def _of_some(s: Scene, j: int, hi: int) -> Speaker | None:
    """A number of sources: عدد من المشايخ, أحد السكان."""
    k = j + 1
    while k < hi and ("inside" in s.words[k].roles or "some" in s.words[k].roles):
        k += 1
    inner = speaker_at(s, k, hi, clitics=GOVERNED)
    if inner is None or k - j > 3:
        return None
    inner.lo, inner.anonymous = j, not inner.named
    inner.definite = False
    return inner
