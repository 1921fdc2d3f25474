"""What one written word can be in a formula of attribution; each form is analysed once and remembered."""

from __future__ import annotations

from dataclasses import dataclass

from rasid.lexicon.forms import Match
from rasid.lexicon.predicates import operators, predicates
from rasid.lexicon.speech import SourceHead, SpeechVerb, speech
from rasid.resolve.who_words import SKIPPED, analyses
from rasid.text.keys import bare, splits

_LIMIT = 200_000
_FINITE = ("perf", "impf")
#: Lists of frames.toml whose words may carry و or ف.
_JOINING = ("according", "as_said", "ends", "that", "beside", "apart", "inside", "some", "named")
_PLAIN = (
    "not_said", "who", "as_for", "did", "was", "background", "led", "within", "onto", "also", "tribal",
    "defence", "issued", "toward", "of", "own_word", "carriers", "same", "other", "press", "blame", "civil",
    "before_nouns", "resumes", "who_is", "clausal", "no_verbs", "flash", "these",
)  # fmt: skip


@dataclass(slots=True, eq=False)
class Word:
    """One analysis. ``roles`` are names of the lists of frames.toml that hold the word.

    ``finite``: a finite verb of any lexicon; ``event``: a noun of something that happens, no part of a name;
    ``name``: known as a person's; ``rank``: a military title; ``trigger``: may bring in a source or end one.
    """

    roles: frozenset[str] = frozenset()
    verb: SpeechVerb | None = None
    tense: str = ""
    clitics: str = ""
    twin: bool = False
    """The verb's noun is written alike: رفض is "refused" and "refusal"."""
    number: str = ""
    gender: str = ""
    enclitic: str = ""
    head: SourceHead | None = None
    head_clitics: str = ""
    pair: bool = False
    definite: bool = False
    qualifier: str = ""
    finite: bool = False
    event: bool = False
    deed: bool = False
    """An event with the article: what was done, where a name before it is complete."""
    name: bool = False
    title: bool = False
    rank: bool = False
    that: bool = False
    ends: bool = False
    common: bool = False
    turn: bool = False
    trigger: bool = False
    sure: bool = False
    """A trigger wherever it stands; others only where a clause begins."""


class _Words(dict[str, Word]):
    """Words by key, so that `map` looks them up without a Python call each."""

    def __missing__(self, key: str) -> Word:
        if len(self) > _LIMIT:
            self.clear()
        found = self[key] = _analyse(key)
        return found


words = _Words()


def _analyse(key: str) -> Word:
    s = speech()
    w = Word(roles=_roles(key), qualifier=s.qualifiers.get(key) or s.qualifiers.get(bare(key)) or "")
    _heads(w, key)
    a = analyses[key]
    if a is not None and a is not SKIPPED:
        w.common = a.stop
        w.name = a.given and not a.clitics and not a.nation and not a.adjective
        w.title, w.rank = bool(a.title) and a.title != "names" and not a.clitics, a.title == "military"
    if not w.roles & {"according", "as_said", "carriers", "ends", "inside", "that", "named", "no_verbs"}:
        _verb(w, key)
    noun = w.name or w.title or (w.head is not None and not w.tense)
    w.finite = w.tense in _FINITE or (not noun and _finite(key, bool(a and a.verb)))
    w.event = _event(key) or (not noun and not w.roles and any(_shaped(rest) for _, rest in splits(key)))
    w.deed = not w.head and any(m.form.tense == "masdar" and m.article for m in predicates().words.lookup(key))
    w.that, w.ends = "that" in w.roles, "ends" in w.roles or "that" in w.roles
    w.turn = any(rest in _turn_firsts() for _, rest in splits(key))
    w.sure = bool(w.verb) or bool(w.roles & {"according", "as_said", "beside"}) or (w.turn and key[:1] == "و")
    w.trigger = w.sure or w.turn
    return w


def _turn_firsts() -> set[str]:
    return speech().turns.firsts()


def _roles(key: str) -> frozenset[str]:
    lists = speech().lists
    rests = [rest for clitics, rest in splits(key) if clitics in ("", "و", "ف")]
    found = {name for name in _JOINING if any(r in lists[name] for r in rests)}
    found |= {name for name in _PLAIN if key in lists[name]}
    if key.endswith("ا") and key[:-1] in lists["carriers"]:
        found.add("carriers")
    return frozenset(found)


def _heads(w: Word, key: str) -> None:
    s = speech()
    firsts = s.pairs.firsts()
    for clitics, rest in splits(key):
        head = s.heads.get(rest) or s.heads.get(bare(rest))
        if rest in firsts or bare(rest) in firsts:
            w.pair, w.head_clitics = True, clitics
        if head is not None:
            w.head, w.head_clitics, w.definite = head, clitics, rest != bare(rest)
            return


def _verb(w: Word, key: str) -> None:
    for m in speech().verbs.lookup(key):
        if m.enclitic and w.head is not None:
            continue  # إذاعة is a broadcaster before it is "broadcast it"
        if (m.form.tense in _FINITE and m.form.person != 1) or _accusative(m, key):
            w.verb, w.tense = m.value, m.form.tense
            w.clitics, w.enclitic = m.proclitics, m.enclitic
            w.twin = m.form.key in speech().twins
            w.number, w.gender = m.form.number, m.form.gender
            return


def _accusative(m: Match[SpeechVerb], key: str) -> bool:
    """A participle that carries a clause on: مشيرا, مضيفة, مؤكدين."""
    if m.form.tense != "part" or m.article or m.enclitic or m.proclitics not in ("", "و"):
        return False
    if m.value.stance == "asks":
        return False
    return key.endswith("ا") if m.form.gender == "m" and m.form.number == "s" else key.endswith(("ه", "ين"))


def _finite(key: str, known: bool) -> bool:
    if known:
        return True
    for index in (predicates().words, operators().verbs, predicates().carriers):
        matches = index.lookup(key)
        if matches and all(m.form.tense in _FINITE for m in matches):
            return True
    return False


def _shaped(key: str) -> bool:
    """Has the word the letters of a verbal noun of a derived form: انتهاء, استئناف, تشكيل?"""
    return (len(key) >= 5 and key[0] == "ا" and key[1] != "ل" and key[-2] == "ا") or (
        len(key) == 5 and key[0] == "ت" and key[-2] == "ي"
    )


def _event(key: str) -> bool:
    """A noun of something that happens, without the article: مقتل, وصول, باندلاع."""
    objects = speech().lists["objects"]
    if any(rest in objects for _, rest in splits(key)):
        return True
    return any(m.form.tense == "masdar" and not m.article for m in predicates().words.lookup(key))
