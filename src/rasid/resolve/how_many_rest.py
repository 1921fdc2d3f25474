"""Harm told without a deed: nouns of state ("12 جريحا"), "عدد القتلى", denials, parts of totals, rubble.

Also the mark of a running or summed count (`tolls`).
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace

from rasid.lexicon.harm import Word
from rasid.model.mentions import HarmHit
from rasid.resolve.how_many_found import Found
from rasid.resolve.how_many_groups import Group, Scene, chain, group_around, group_at, who_after

_DEAD_OR_HURT = ("killed", "injured")
_ZERO = 9
_WILD = 3
_PART = 25
_COUNT = 20
_NEGATION = 8
_FALL = 4
_NEAR = 12
_CLAUSE = 40
_ALONE = frozenset({"counted", "body"})
_NO_VERB = {"عن", "الي", "في", "من", "ان", "يكن", "تكن", "هناك"}
#: "وفي جرحى": in dialect "there are".
_THERE_ARE = {"في", "وفي", "فيه", "وفيه"}
_ENDS = {".", ":", "؛", ";", "!", "؟"}


# -- stated absence


def losses(f: Found, lo: int, hi: int) -> None:
    """As in "أوقعت المعارك خسائر بشرية": dead are told, their number is not."""
    s = f.scene
    for i in s.marks.get("losses", ()):
        if i in f.spent or not _human(s, i, hi) or not _falls(s, i, lo) or _negated(s, i, lo):
            continue
        f.add("killed", Group(i, i + 1, i, None, None, who_after(s, i, hi), "p"), i, "losses")


def _human(s: Scene, j: int, hi: int) -> bool:
    return any(s.role(k, "human") for k in (j + 1, j + 2) if k < hi)


def zeros(f: Found, hi: int) -> None:
    """As in "دون وقوع إصابات", "لم يسفر الهجوم عن ضحايا", "لم يصب أحد": 0 to 0."""
    for i in f.scene.marks.get("negate", ()):
        _zero_from(f, i, hi)


def _zero_from(f: Found, i: int, hi: int) -> None:
    s, wild, verb = f.scene, 0, False
    for j in range(i + 1, min(hi, i + _ZERO)):
        w = s.words[j]
        if s.kinds[j] != "w" or (w and "unknown_harm" in w.role):
            return
        if status := _denied(s, j, w, hi):
            f.spent.add(j)
            f.add_zero(status, j, i)
            _denied_too(f, j + 1, i, hi)
            return
        if w and "zero_filler" in w.role:
            verb = verb or s.keys[j] not in _NO_VERB
            continue
        wild += 1
        if wild > _WILD or not verb or (w and (w.acts or "opener" in w.role)):
            return


def _denied(s: Scene, j: int, w: Word | None, hi: int) -> str:
    """The harm whose absence the word at ``j`` states behind a negation, or ""."""
    if w is None:
        return ""
    told = w.state and not (w.state.enclitic or w.state.definite) and w.state.noun.number == "p"
    if told and w.state and w.state.noun.status in _DEAD_OR_HURT:
        return w.state.noun.status
    if "losses" in w.role and _human(s, j, hi):
        return "killed"
    for act in w.acts:
        if act.deed.needs or act.deed.frame == "prep":
            continue
        if act.deed.status in (*_DEAD_OR_HURT, "missing", "abducted", "detained") and not act.enclitic:
            alone = act.form.tense == "masdar" and j > 0 and s.role(j - 1, "nobody")
            if alone or _nobody_behind(s, j, hi):
                return act.deed.status
    return ""


def _nobody_behind(s: Scene, j: int, hi: int) -> bool:
    """As in "لم يصب أحد", "لم يقتل أي شخص"; "أي طائر" is nobody's harm."""
    for k in range(j + 1, min(hi, j + 4)):
        if s.role(k, "nobody"):
            nxt = s.words[k + 1] if k + 1 < hi else None
            return s.keys[k].startswith("احد") or bool(nxt and (nxt.people or "prep" in nxt.role))
    return False


def _denied_too(f: Found, j: int, lo: int, hi: int) -> None:
    """More harm under the same negation: "أو جرحى", "ولا أضرار"."""
    s = f.scene
    for k in range(j, min(hi, j + 4)):
        w = s.words[k]
        if s.keys[k] in ("او", "ولا") or s.role(k, "zero_filler") or s.role(k, "human"):
            continue
        status = _denied(s, k, w, hi)
        if not status:
            return
        f.spent.add(k)
        f.add_zero(status, k, lo)


# -- nouns of state


def states(f: Found, lo: int, hi: int) -> None:
    """Groups whose noun says what became of them, not yet taken by a deed."""
    s = f.scene
    if not s.marks.keys() & {"state", "case"}:
        return
    end = lo
    for i in sorted({*s.marks.get("state", ()), *s.numbers}):
        g = group_at(s, i, hi) if i >= end else None
        if g is None:
            continue
        end = g.hi
        if not f.free(g) or g.head in f.spent or _between(f, g, hi):
            continue
        if g.states and g.alone in _ALONE:
            _told_states(f, g, lo, hi)
        elif g.own and g.counted and g.min is not None and not _goes_home(s, g, lo, hi):
            f.add(g.own, g, g.head, f"state.{g.own}")


def _told_states(f: Found, g: Group, lo: int, hi: int) -> None:
    s = f.scene
    if g.alone == "body" and not g.counted and _bodies_of(f, g, lo, hi):
        return
    whole = _fallen(f, g, lo) or (g if _tells(f, g, lo, hi) else None)
    for each in chain(s, whole, hi) if whole else ():
        if each.states:
            part = each.min is not None and each.counted and s.keys[each.head].startswith("ال")
            f.add("", each, each.head, f"state.{each.states[0]}", partial=part)  # "ثلاثة من الجرحى"


def _bodies_of(f: Found, g: Group, lo: int, hi: int) -> bool:
    """As in "جثامين أربعة عمال", "جثة امرأة وطفلها": the bodies are those of the people behind."""
    s = f.scene
    of = group_at(s, g.hi, hi) if g.hi < hi and g.number != "d" else None
    if of is None or of.clitics or of.share or of.loose or not f.free(of):
        return False
    if of.counted or (not of.definite and _tells(f, g, lo, hi)):
        for each in chain(s, of, hi):
            hurt = each.states if "injured" in each.states else ("killed",)
            f.add("killed", replace(each, states=hurt), g.head, "state.killed")
        f.taken.add(g.head)
    return True


def _goes_home(s: Scene, g: Group, lo: int, hi: int) -> bool:
    return any(s.role(k, "return") for k in range(max(lo, g.lo - _FALL), min(hi, g.hi + 3)))


def _between(f: Found, g: Group, hi: int) -> bool:
    """As in "سقط المسلحون بين قتيل وجريح": each open, whatever number the nouns have."""
    s = f.scene
    if g.counted or not g.states or g.lo == 0 or s.keys[g.lo - 1] != "بين" or g.hi >= hi:
        return False
    second = s.words[g.hi]
    if not (second and second.state and second.clitics == "و"):
        return False
    f.add_open((g.states[0], second.state.noun.status), g, g.head, "state.between")
    f.taken.add(g.hi)
    return True


def _tells(f: Found, g: Group, lo: int, hi: int) -> bool:
    """Is the group news of harm, and not a mention of the dead ("عائلات الشهداء")?"""
    s, first = f.scene, g.lo
    if not g.counted and (g.loose or (first > lo and s.role(first - 1, "number_of"))):
        return False
    if g.share or (first > lo and s.role(first - 1, "kin")) or (g.min is None and _negated(s, first, lo)):
        return False
    if g.counted or (g.number == "d" and not g.definite):
        return True
    if g.definite or g.governed:
        return False
    if _falls(s, first, lo) or _after_state(f, g):
        return True
    if g.number == "s":
        return (first == lo or s.kinds[first - 1] == "p") and _headline(s, g, hi)
    return first == lo and _opens(s, g, hi)


def _negated(s: Scene, i: int, lo: int) -> bool:
    for j in range(i - 1, max(lo, i - _NEGATION) - 1, -1):
        if s.kinds[j] == "p":
            return False
        if j == i - 1 and s.role(j, "fall") and s.role(j, "block"):
            return False  # توقع قتلى "leaves dead", though توقع is also "he expected"
        if s.role(j, "negate") or (i - j <= _FALL and s.role(j, "block")):
            return True
    return False


def _opens(s: Scene, g: Group, hi: int) -> bool:
    """As in "جرحى مدنيون جراء …" opens a headline; "ضحايا الحرب" is a name for a matter."""
    return g.hi < hi and not s.keys[g.hi].startswith("ال")


def _headline(s: Scene, g: Group, hi: int) -> bool:
    """As in "قتيل وجريحان في …": a singular that opens a headline or a post."""
    nxt = g.hi
    if nxt >= hi:
        return False
    w = s.words[nxt]
    if nxt in s.numbers or s.keys[nxt][0] == "ب":
        return True
    return s.keys[nxt] == "و" or bool(w and ("prep" in w.role or w.state or w.clitics[:1] == "و"))


def _falls(s: Scene, i: int, lo: int) -> bool:
    """Does a verb or noun that brings harm as news stand close before ``i``?"""
    for j in range(i - 1, max(lo, i - _FALL) - 1, -1):
        if s.kinds[j] == "p":
            return False
        w = s.words[j]
        if w and ("fall" in w.role or "result" in w.role):
            return True
        if j == i - 1 and s.keys[j] in _THERE_ARE:
            return True
        if w and j == i - 1 and ("kin" in w.role or (w.people and not s.keys[j].startswith("ال"))):
            return False
    return False


def _after_state(f: Found, g: Group) -> bool:
    """As in "وجرحى" right behind a group that was told."""
    return g.clitics == "و" and any(h.hi == g.lo for h in f.here()[-_NEAR:])


def _fallen(f: Found, g: Group, lo: int) -> Group | None:
    """As in "سقط ثلاثة جنود قتلى": the number stands with other people before the state."""
    if g.counted or g.definite or g.governed or g.clitics or (g.number == "s" and g.case != "a"):
        return None
    s = f.scene
    for j in range(g.lo - 1, max(lo, g.lo - 8) - 1, -1):
        if s.role(j, "opener"):
            return None
        other = group_around(s, j, lo, g.lo)
        if other and f.free(other) and _felled(s, j, lo, other, g):
            f.taken.add(g.head)
            return replace(other, states=g.states, alone=g.alone)
    return None


def _felled(s: Scene, j: int, lo: int, other: Group, g: Group) -> bool:
    if other.hi > g.lo or other.governed:
        return False
    fell = any(s.role(k, "fell") for k in range(max(lo, j - 3), g.lo))
    return fell and (g.number == "s") == (other.number == "s") and not other.loose


# -- "عدد القتلى إلى 12"


def counts_of(f: Found, lo: int, hi: int) -> None:
    """A definite plural whose number the clause gives elsewhere: "بلغ عدد القتلى 12"."""
    s = f.scene
    for i in s.marks.get("state", ()):
        status = _plural_state(s, i)
        if not status or i in f.spent or not _counts(f, i, lo):
            continue
        second = _plural_state(s, i + 1, "و") if i + 1 < hi else ""
        g = _count_behind(f, i + 1 + bool(second), hi)
        if g is None or not f.free(g):
            continue
        if second:
            f.spent.add(i + 1)
            f.add_open((status, second), g, i, "count_of.both")
        else:
            who = g.who if g.who != "unknown" else who_after(s, i, hi)
            f.add(status, replace(g, states=(), who=who), i, "count_of")


def _plural_state(s: Scene, i: int, clitics: str | None = None) -> str:
    w = s.words[i]
    seen = w.state if w else None
    if seen is None or not seen.definite or seen.noun.number not in ("p", "x"):
        return ""
    return seen.noun.status if clitics is None or seen.clitics == clitics else ""


def _counts(f: Found, i: int, lo: int) -> bool:
    s = f.scene
    w = s.words[i]
    for j in range(i - 1, max(lo, i - 3) - 1, -1):
        if s.role(j, "number_of"):
            return True
    if not (w and w.state and w.state.clitics == "و"):
        return False
    return (i - 1) in _number_ends(s, i) or any(h.hi == i and h.rule == "count_of" for h in f.here()[-3:])


def _number_ends(s: Scene, i: int) -> set[int]:
    return {n.hi - 1 for j in range(max(0, i - 4), i) if (n := s.numbers.get(j))}


def _exceeding(s: Scene, g: Group, i: int) -> Group:
    """As in "تجاوز عدد القتلى 300": the verb on either side of عدد makes the count a lower bound."""
    if g.min != g.max or g.min is None:
        return g
    over = any(s.role(k, "exceed") for k in range(max(0, i - 5), g.lo))
    return replace(g, min=g.min + 1, max=None) if over else g


def _count_behind(f: Found, i: int, hi: int) -> Group | None:
    s = f.scene
    led = any(s.role(k, "reach") and not s.role(k, "prep") for k in range(max(0, i - 4), i))
    for j in range(i, min(hi, i + _COUNT)):
        w = s.words[j]
        if s.keys[j] in _ENDS and s.keys[j] != ":":
            return None
        if w and w.acts:
            return None
        n = s.numbers.get(j)
        if n is not None and n.kind == "between" and s.keys[n.lo - 1] == "من":
            # "ارتفع من 12 إلى 15": only the last is the count
            return Group(n.lo, n.hi, n.at, n.max, n.max, "unknown", "p", counted=True)
        if n is not None and n.hi < hi and s.role(n.hi, "month"):
            continue
        if n is not None and (led or n.lo == i or n.clitics or s.role(j - 1, "reach")):
            g = group_at(s, j, hi)
            return _exceeding(s, g, i) if g else None
        led = led or s.keys[j] == ":" or bool(w and "reach" in w.role)
    return None


# -- parts


def parts(f: Found, lo: int, hi: int) -> None:
    """As in "بينهم طفلان وثلاث نساء", "37 منهم أجانب": parts of the total told last, never added to it."""
    s = f.scene
    marks = s.marks.get("partial", ())
    totals = sorted((h for h in f.here() if h.max != 0), key=_end_of) if marks else []
    ends = [_end_of(h) for h in totals]
    for i in marks:
        k = bisect_right(ends, i) - 1
        if k < 0 or i - ends[k] > _PART:
            continue
        g = _part_before(f, i, lo, hi) or _part_behind(f, i, hi)
        for each in chain(s, g, hi) if g else ():
            if f.free(each) and not (each.bare and each.lo > i + 3):
                f.add(totals[k].status, each, each.head, "part", partial=True)
    for h in totals:
        # "بينهم 150 إصاباتهم خطيرة": a state that was told of a part
        h.partial = h.partial or any(h.lo - 1 == i and any(e <= i and i - e <= _PART for e in ends) for i in marks)


def _end_of(h: HarmHit) -> int:
    return h.who_hi if h.who_hi > h.who_lo else h.hi


def _part_behind(f: Found, i: int, hi: int) -> Group | None:
    for j in range(i + 1, min(hi, i + 4)):
        if g := group_at(f.scene, j, hi):
            return None if g.governed else g
        if f.scene.keys[j] not in ("علي", "الاقل", "ايضا"):
            return None
    return None


def _part_before(f: Found, i: int, lo: int, hi: int) -> Group | None:
    for j in range(max(lo, i - 3), i):
        n = f.scene.numbers.get(j)
        if n and n.hi == i and not n.clitics and not (j and f.scene.keys[j - 1] == "ب"):
            g = group_at(f.scene, j, hi)
            return g if g and f.free(g) else None
    return None


# -- under the rubble, among the missing


def trapped(f: Found, lo: int) -> None:
    """As in "خمسة أشخاص تحت الأنقاض": people told to be there, unless something else befell them."""
    s = f.scene
    for i in s.marks.get("among", ()):
        status = _plural_state(s, i + 1) if i + 1 < len(s.keys) else ""
        g = _above(s, i, lo) if status else None
        if g and f.free(g) and not g.governed and not g.loose:
            f.add(status, replace(g, states=()), i + 1, f"state.{status}")
    for i in s.marks.get("beneath", ()):
        g = _above(s, i, lo) if i > lo and s.keys[i - 1] in ("تحت", "بين") else None
        if g and f.free(g) and not g.governed and not g.loose and "killed" not in g.states:
            f.add("trapped", replace(g, states=()), i, "trapped.rubble")


def _above(s: Scene, i: int, lo: int) -> Group | None:
    for j in range(i - 2, max(lo, i - 9) - 1, -1):
        w = s.words[j]
        if s.kinds[j] == "p" or (w and w.acts):
            return None
        if g := group_around(s, j, lo, i):
            return g
    return None


# -- tolls


#: So many dead or injured are the count of a war and of no single event.
_OF_A_WAR = 1000


def tolls(f: Found, lo: int, hi: int) -> None:
    """Mark running and summed counts: "حصيلة", "عدد القتلى إلى", "منذ بداية", "خلال الشهر"."""
    s, hits = f.scene, f.here()
    if not hits:
        return
    start = _running_from(s, hi)
    summed: set[int] = set()
    for i in s.marks.get("through", ()):
        if _period(s, i, hi):
            summed.update(_clause(s, i, lo, hi))
    for h in hits:
        if h.min is not None and h.min >= _OF_A_WAR and h.status in ("killed", "injured"):
            h.toll = True
            continue
        running = h.max != 0 and start is not None and start <= h.anchor
        h.toll = running or h.rule.startswith("count_of") or (h.lo in summed and h.hi - 1 in summed)


def _running_from(s: Scene, hi: int) -> int | None:
    """Where the sentence begins to speak of a count of counts ("ارتفعت الحصيلة", "عدد الضحايا")."""
    spoken = [i for i in s.marks.get("number_of", ()) if i + 1 < hi and s.keys[i + 1] != "من"]
    counts = [i for i in spoken if any(_is_state(s, k) for k in (i + 1, i + 2) if k < hi)]
    rising = [i for i in s.marks.get("rise", ()) if i + 1 < hi and _is_state(s, i + 1)]
    return min([*s.marks.get("toll_count", ()), *counts, *rising], default=None)


def _is_state(s: Scene, i: int) -> bool:
    w = s.words[i]
    return w is not None and w.state is not None


def _period(s: Scene, i: int, hi: int) -> bool:
    for j in range(i + 1, min(hi, i + 4)):
        if s.kinds[j] == "p":
            return False
        if s.role(j, "toll_period") or (s.role(j, "toll_since") and s.keys[i].endswith("منذ")):
            return True
    return False


def _clause(s: Scene, i: int, lo: int, hi: int) -> range:
    a, b = i, i
    while a > max(lo, i - _CLAUSE) and s.kinds[a - 1] != "p":
        a -= 1
    while b < min(hi, i + _CLAUSE) and s.kinds[b] != "p":
        b += 1
    return range(a, b)
