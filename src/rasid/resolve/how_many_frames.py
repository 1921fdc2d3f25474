"""Deeds and the people they befall: "قتل ثلاثة جنود", "مقتل جنديين وإصابة …", "لقي … مصرعهم", "أفرجت … عن …".

Each frame answers one question: which group of people does this word of harm say was harmed? Arabic writes
active and passive alike (قتل), so word order, number and case decide who was the victim.
"""

from __future__ import annotations

from rasid.lexicon.harm import Act, Word
from rasid.lexicon.inflect import Form
from rasid.resolve.how_many_groups import Group, Scene, chain, group_at
from rasid.text.keys import bare

_RIGHT = 9
_WAVE = 9
_LEFT = 14
_BLOCK = 3
_OBJECT = 6
_PARTICLE = 7
_NO_OBJECT = frozenset({"time", "prep", "opener", "partial"})
_COMMAS = {"،", ","}
_CIVIL = frozenset({"civilian", "child", "woman"})
_LIVING = frozenset({"detained", "abducted", "displaced"})
#: Acts whose masdar names the deed of somebody, so that ل before it tells a purpose (لقتل، لاعتقال).
_PURPOSE = frozenset({"object", "prep"})


def blocked(s: Scene, i: int, act: Act, lo: int) -> bool:
    """Does a word of purpose, demand, threat, negation or hypothesis govern the act?"""
    masdar = act.form.tense == "masdar"
    if act.clitics.endswith("س"):
        return True
    after_result = i > lo and s.role(i - 1, "result")
    if act.clitics.endswith("ل") and not after_result and (not masdar or act.deed.frame in _PURPOSE):
        return True
    if i > lo and s.keys[i - 1] in ("قد", "وقد") and act.form.tense == "impf":
        return True
    anew = act.deed.happens if masdar else act.form.tense == "perf"
    if anew and act.clitics[:1] in ("و", "ف"):
        return False  # "إحباط محاولة تسلل ومقتل أربعة": و begins what came of it
    return _governed(s, i, lo)


def _governed(s: Scene, i: int, lo: int, depth: int = 3) -> bool:
    for j in range(i - 1, max(lo, i - _BLOCK) - 1, -1):
        if s.kinds[j] == "p":
            return False
        w = s.words[j]
        if w is None:
            continue
        if "result" in w.role:
            return False
        if "block" in w.role:
            return True
        if w.acts and j == i - 1 and w.acts[0].form.tense == "masdar":
            return depth > 0 and _governed(s, j, lo, depth - 1)
    return False


def victims(s: Scene, i: int, act: Act, lo: int, hi: int, *, listed: bool = False) -> list[Group]:
    """The groups harmed by the act at ``i`` in the sentence lo..hi; empty when nobody is told.

    ``listed``: harm was told just before, so that a bare number counts people ("قتل 12 مسلحا وأسر ثلاثة").
    """
    deed = act.deed
    if deed.frame == "wave":
        g = _in_wave(s, i, act, lo, hi)
    elif deed.frame == "prep":
        g = _behind_particle(s, i, act, hi)
    elif deed.needs:
        g = _with_needed(s, i, act, lo, hi)
    elif act.form.tense == "masdar":
        g = _of_masdar(s, i, act, hi)
    else:
        g = _of_verb(s, i, act, lo, hi)
    if g is None or (deed.weak and not _plainly(s, g, act) and not (listed and g.bare and g.sure)):
        return []
    if "killed" in g.states and deed.status in _LIVING:
        return []
    return chain(s, g, hi)


def _plainly(s: Scene, g: Group, act: Act) -> bool:
    """Is the group people beyond doubt, as words that say much else need ("أسر" is also "families")?"""
    if g.bare or not g.sure or g.loose or (g.other and not g.counted):
        return False
    if act.deed.counted and not g.counted:
        return False
    if act.deed.civil and g.who not in _CIVIL:
        return False
    if act.deed.held:
        w = s.words[g.head]
        return g.min is not None and bool(w and w.state and w.state.noun.alone == "held")
    if g.definite and not g.counted:
        return g.min is not None and (act.form.tense != "masdar" or act.deed.frame == "subject")
    return True


# -- masdars


def _of_masdar(s: Scene, i: int, act: Act, hi: int) -> Group | None:
    if act.definite:
        return None
    g = right(s, i + 1, hi, near=act.deed.frame == "subject" or act.deed.weak)
    if g and ((act.enclitic and not (g.counted or g.case == "a")) or (act.deed.weak and g.lo > i + 1)):
        return None
    if g is None:
        return None if act.deed.weak else _named(s, i + 1, hi) or _behind_lam(s, i, act, hi)
    if act.deed.frame == "object" and (obj := _object_behind(s, g, hi)):
        return obj
    if act.deed.topic and g.definite and not g.counted and g.min is None:
        return None  # قتل المدنيين "the killing of civilians" is spoken of, not told
    return g


def _behind_lam(s: Scene, i: int, act: Act, hi: int) -> Group | None:
    """As in "إعدام ميداني لخمسة شبان": ل leads from an event noun to its object."""
    for j in range(i + 1, min(hi, i + 4)) if act.deed.frame == "object" else ():
        g = group_at(s, j, hi)
        if g and g.clitics == "ل" and (g.counted or g.min is not None):
            return g
        w = s.words[j]
        if s.kinds[j] == "p" or (w and (w.acts or "prep" in w.role)):
            return None
    return None


def _named(s: Scene, i: int, hi: int) -> Group | None:
    """A person by name right behind the word of harm."""
    w = s.words[i] if i < hi else None
    if w is None or not w.given_name or w.role or w.clitics:
        return None
    return Group(i, i + 1, i, 1, 1, "unknown", "s")


# -- verbs


def _of_verb(s: Scene, i: int, act: Act, lo: int, hi: int) -> Group | None:
    form, deed = act.form, act.deed
    if act.enclitic and deed.frame == "object":
        return None  # قتله مسلحون "gunmen killed him": what follows did it
    g = right(s, i + 1, hi, near=deed.weak)
    if deed.weak:
        return _of_weak_verb(s, i, act, g, hi)
    acts_on = deed.frame == "object" and _has_object(s, i + 1, hi)
    if g is None:
        return None if acts_on else _before_verb(s, i, act, lo) or _named(s, i + 1, hi)
    if form.number in ("d", "p") and g.lo > i + 1 and not acts_on:
        return left(s, i, lo, form) or _harmed(s, act, g, hi)
    return _harmed(s, act, g, hi)


def _of_weak_verb(s: Scene, i: int, act: Act, g: Group | None, hi: int) -> Group | None:
    """A verb that says much else is believed only with its people right behind, or behind its subject."""
    if g is None or (g.lo > i + 1 and (act.deed.frame == "subject" or act.form.number == "p")):
        return None
    return None if act.deed.frame == "subject" and _loses(s, g, hi) else _harmed(s, act, g, hi)


def _harmed(s: Scene, act: Act, g: Group, hi: int) -> Group | None:
    """Of the group behind the verb and the one behind that: who was harmed?"""
    form = act.form
    if act.deed.frame == "object" and form.voice != "p":
        if obj := _object_behind(s, g, hi) or _object_behind_description(s, g, hi):
            return obj
        if form.voice == "a" and g.case == "n":
            return None
    if form.tense == "impf" and g.definite and g.min is None and not g.counted:
        return None  # يموت السوريون "Syrians are dying": no news of a death
    return g


def _loses(s: Scene, g: Group, hi: int) -> bool:
    """As in "فقد 350 صحفيا وظائفهم": it is not the people who are lost."""
    return any(s.role(j, "possession") for j in range(g.hi, min(hi, g.hi + _RIGHT)))


def _has_object(s: Scene, i: int, hi: int) -> bool:
    """Does something other than an adverb or preposition stand behind the verb, so that it is no passive?"""
    if i >= hi or s.kinds[i] != "w":
        return False
    w = s.words[i]
    if w is None:
        return s.keys[i][0] not in "بلوف" and not s.numbers.get(i)
    return not (w.acts or w.clitics or w.role.keys() & _NO_OBJECT)


def _before_verb(s: Scene, i: int, act: Act, lo: int) -> Group | None:
    if act.deed.frame == "object" and act.form.voice == "a":
        return None
    if i == lo or not s.role(i - 1, "relative"):
        return left(s, i, lo, act.form)
    for j in range(i - 2, max(lo, i - 8) - 1, -1):
        g = group_at(s, j, i - 1)
        if g and not g.counted and (g.number == "s") == (act.form.number == "s"):
            return g if g.min is not None or not g.definite else None
    if act.form.number == "s" and s.keys[i - 1] == "الذي":
        return Group(i, i, i, 1, 1, "unknown", "s")
    return None


def left(s: Scene, i: int, lo: int, form: Form) -> Group | None:
    """The subject before its verb ("إن عنصرين من … قتلا"): it begins the clause and agrees with it."""
    last: Group | None = None
    j, end = i - 1, max(lo, i - _LEFT)
    while j >= end:
        if s.kinds[j] == "p":
            j = _before_aside(s, j, lo)
        if j < lo or s.role(j, "opener"):
            break
        g = group_at(s, j, i)
        j -= 1
        if not (g and g.hi <= i and not g.governed and _opens(s, g, lo)):
            continue
        if last is not None:
            if any(m.head == last.head for m in chain(s, g, i)):
                return g  # "اثنين من المسلحين وطفلين قتلوا"
        elif _agrees(g, form):
            if g.clitics != "و" or form.number == "s":
                return g
            last = g
    return last


def _before_aside(s: Scene, j: int, lo: int) -> int:
    """The token before an aside that the comma ``j`` ends ("7 مدنيين، بينهم 3 أطفال، قتلوا"), or -1."""
    if s.keys[j] not in _COMMAS:
        return -1
    if any(s.role(m, "partial") for m in (j + 1, j + 2) if m < len(s.keys)):
        return j - 1
    for k in range(j - 1, max(lo, j - _LEFT) - 1, -1):
        if s.keys[k] in _COMMAS:
            aside = any(s.role(m, "partial") or s.role(m, "opener") for m in (k + 1, k + 2) if m < j)
            return k - 1 if aside else -1
        if s.kinds[k] == "p":
            return -1
    return -1


def _opens(s: Scene, g: Group, lo: int) -> bool:
    j = g.lo - 1
    return j < lo or g.clitics == "و" or s.kinds[j] == "p" or s.role(j, "opener") or s.keys[j] == "و"


def _agrees(g: Group, form: Form) -> bool:
    if form.number == "s" and form.gender == "f" and g.unit:
        return g.counted or g.number == "p"  # "ألفا عائلة نزحت"
    if form.number == "s":
        return g.number == "s" and not g.nation
    if form.number == "d":
        return g.number in ("d", "x")
    return g.number != "s"


# -- words that need another word


def _behind_particle(s: Scene, i: int, act: Act, hi: int) -> Group | None:
    """As in "أفرجت السلطات عن …", "راح ضحيتها …": the harmed stand behind the particle."""
    for j in range(i + 1, min(hi, i + _PARTICLE)):
        if s.keys[j] in act.deed.prep:
            g = right(s, j + 1, hi, near=True)
            return g or (None if act.deed.weak else _named(s, j + 1, hi))
        if s.kinds[j] == "p" or (s.role(j, "opener") and s.keys[j] != "قبل"):
            return None
    return None


def _with_needed(s: Scene, i: int, act: Act, lo: int, hi: int) -> Group | None:
    """As in "لقي أربعة أشخاص مصرعهم", "ثمانية فقدوا حياتهم"."""
    for j in range(i + 1, min(hi, i + 16)):
        if s.kinds[j] == "p":
            return None
        if s.keys[j] in act.deed.needs:
            g = right(s, i + 1, j) if j > i + 1 else None
            return g or left(s, i, lo, act.form) or right(s, j + 1, hi)
        w = s.words[j]
        if w and w.acts and w.clitics:
            return None
    return None


def _in_wave(s: Scene, i: int, act: Act, lo: int, hi: int) -> Group | None:
    """As in "حملة اعتقالات طالت 18 شابا"."""
    near = range(max(lo, i - _WAVE), min(hi, i + 4))
    return right(s, i + 1, hi) if any(s.keys[j] in act.deed.needs for j in near) else None


# -- search


def right(s: Scene, i: int, hi: int, *, near: bool = False) -> Group | None:
    """The next group behind ``i`` that no preposition governs; ``near`` allows two words between."""
    end = min(hi, i + (3 if near else _RIGHT))
    j, commas, inside, far, things = i, 0, False, False, 0
    while j < end:
        if s.kinds[j] == "p":
            if s.keys[j] not in _COMMAS or j == i:
                return None
            commas, inside, j = commas + 1, False, j + 1
            continue
        w = s.words[j]
        if (w and j > i and _breaks(w)) or s.keys[j] == "و":
            return None
        g = group_at(s, j, hi)
        if g and g.clitics[:1] in ("و", "ف"):
            return None
        if g and not inside and _fits(g, j == i, commas) and not _is_adjective(s, g, i, far):
            return g
        prep = bool(w and "prep" in w.role)
        things += bool(w and g is None and not far and _is_thing(w))
        if things > 1:
            return None  # "أصابت قذيفة منزل ثلاثة مدنيين": a thing was hit
        far = far or prep
        inside = prep or (inside and s.words[j] is None and j > i)
        j = g.hi if g and g.hi > j else j + 1
    return None


def _is_adjective(s: Scene, g: Group, i: int, far: bool) -> bool:
    """Does the noun qualify the word before it ("هجوم انتحاري"), as words for people often do?"""
    if g.counted or g.lo == i:
        return False
    if far and g.definite:
        return True
    before, key = s.words[g.lo - 1], bare(s.keys[g.lo])
    if not (key[-1] in "يه" or key[0] == "م"):
        return False  # سائق and طفل qualify nothing
    if before is not None and (before.role.keys() & {"prep", "time"} or before.acts):
        return False
    if before is not None and before.people and before.people.noun.nation:
        return False
    return s.keys[g.lo - 1].startswith("ال") == s.keys[g.lo].startswith("ال") and g.case != "a" and g.number == "s"


def _is_thing(w: Word) -> bool:
    return "thing" in w.role and not w.clitics and not w.role.keys() & {"time", "toll_period"}


def _breaks(w: Word) -> bool:
    return bool(w.acts or "opener" in w.role or "partial" in w.role or "negate" in w.role)


def _fits(g: Group, adjacent: bool, commas: int) -> bool:
    """A group at some distance must say more for itself than one right beside the word of harm."""
    if g.governed:
        return False
    if adjacent:
        return True
    if g.loose or ((g.nation or g.other) and not g.counted):
        return False
    if commas:
        return g.counted and not g.bare and g.sure
    return (g.counted and g.sure and not g.bare) or (not g.counted and (g.min is not None or not g.definite))


def _object_behind(s: Scene, g: Group, hi: int) -> Group | None:
    """The second of two groups side by side: who was harmed by the first ("قتل مسلحون جنديا")."""
    if g.case == "a" or g.states or (g.counted and g.min is None and g.definite):
        return None
    j = g.hi
    while j < min(hi, g.hi + _OBJECT):
        w = s.words[j]
        if s.keys[j] in _COMMAS and g.case == "n" and j + 1 in s.numbers:
            j += 1
            continue
        if s.kinds[j] == "p" or (w and (_breaks(w) or w.clitics[:1] in ("و", "ف") or "other" in w.role)):
            return None
        obj = group_at(s, j, hi)
        if obj and obj.clitics[:1] in ("و", "ف"):
            return None
        if obj and not obj.governed and not obj.states:
            return obj if _is_object(g, obj, j == g.hi) else None
        if w and "prep" in w.role and obj is None:
            return None
        j += 1
    return None


def _object_behind_description(s: Scene, g: Group, hi: int) -> Group | None:
    """As in "قتل انتحاري يشتبه بأنه من التنظيم 32 شخصا": a described attacker, then a number of people."""
    if g.case == "a" or g.counted or not any(s.role(j, "describes") for j in range(g.hi, min(hi, g.hi + 2))):
        return None
    for j in range(g.hi + 1, min(hi, g.hi + _LEFT)):
        w = s.words[j]
        if (s.kinds[j] == "p" and s.keys[j] not in _COMMAS) or (w and (w.acts or "partial" in w.role)):
            return None
        n = group_at(s, j, hi) if j in s.numbers else None
        if n and n.counted and n.sure and not n.bare and not n.clitics and not s.role(j - 1, "prep"):
            return n
    return None


def _is_object(subject: Group, obj: Group, touching: bool) -> bool:
    if obj.loose:
        return False
    if obj.counted:
        return obj.sure and not (obj.bare and touching) and not obj.definite
    if obj.nation and touching and obj.case != "a":
        return False
    if obj.number == "s":
        return obj.case == "a"
    return obj.case == "a" and (subject.case == "n" or (not touching and not obj.nation))
