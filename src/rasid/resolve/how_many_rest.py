"""Harm told without a deed: nouns of state ("12 جريحا"), "عدد القتلى", denials, parts of totals, people under rubble.

Also the mark of a running or summed count (`tolls`).
"""

from __future__ import annotations

from dataclasses import replace

from rasid.lexicon.harm import Word
from rasid.model.mentions import HarmHit
from rasid.resolve.how_many_found import Found
from rasid.resolve.how_many_groups import Group, Scene, chain, group_around, group_at

_DEAD_OR_HURT = ("killed", "injured")
_ZERO = 9
_WILD = 3
_PART = 25
_COUNT = 20
_NEGATION = 8
_FALL = 4
_NO_VERB = {"عن", "الي", "في", "من", "ان", "يكن", "تكن", "هناك"}
_ENDS = {".", ":", "؛", ";", "!", "؟"}


# -- stated absence


def zeros(f: Found, hi: int) -> None:
    """"دون وقوع إصابات", "لم يسفر الهجوم عن ضحايا", "لم يصب أحد": 0 to 0."""
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
    if "losses" in w.role and j + 1 < hi and (s.role(j + 1, "human") or s.role(min(j + 2, hi - 1), "human")):
        return "killed"
    for act in w.acts:
        if act.deed.needs or act.deed.frame == "prep":
            continue
        if act.deed.status in (*_DEAD_OR_HURT, "missing", "abducted", "detained") and not act.enclitic:
            alone = act.form.tense == "masdar" and j and s.words[j - 1] and "nobody" in s.words[j - 1].role  # type: ignore[union-attr]
            if alone or _nobody_behind(s, j, hi):
                return act.deed.status
    return ""


def _nobody_behind(s: Scene, j: int, hi: int) -> bool:
    """"لم يصب أحد", "لم يقتل أي شخص"; "أي طائر" is nobody's harm."""
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
        if s.keys[k] in ("او", "ولا", "أو") or (w and "zero_filler" in w.role) or "human" in (w.role if w else ()):
            continue
        if status := _denied(s, k, w, hi):
            f.spent.add(k)
            if all(h.status != status or h.lo != lo for h in f.hits):
                f.add_zero(status, k, lo)
            continue
        return


# -- nouns of state


def states(f: Found, lo: int, hi: int) -> None:
    """Groups whose noun says what became of them, not yet taken by a deed."""
    s = f.scene
    if "state" not in s.marks:
        return
    places = set(s.marks["state"])
    places.update(i for i in s.numbers if lo <= i < hi)
    end = lo
    for i in sorted(places):
        g = group_at(s, i, hi) if i >= end else None
        end = g.hi if g else end
        if g and not g.states and g.own and g.counted and g.min is not None and f.free(g):
            if any(s.role(k, "return") for k in range(max(lo, g.lo - _FALL), min(hi, g.hi + 3))):
                continue
            f.add(g.own, g, g.head, f"state.{g.own}")
        elif g and _between(f, g, lo, hi):
            continue
        elif g and g.states and g.alone == "counted" and f.free(g) and g.head not in f.spent:
            whole = _fallen(f, g, lo) or (g if _tells(f, g, lo, hi) else None)
            for each in chain(s, whole, hi) if whole else ():
                if each.states:
                    f.add("", each, each.head, f"state.{each.states[0]}")


def _between(f: Found, g: Group, lo: int, hi: int) -> bool:
    """"سقط المسلحون بين قتيل وجريح": each open, whatever number the nouns have."""
    s = f.scene
    if g.counted or not g.states or g.lo == lo or s.keys[g.lo - 1] != "بين" or g.hi >= hi or not f.free(g):
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
    before = s.words[first - 1] if first > lo else None
    if g.share or (before is not None and "kin" in before.role):
        return False
    if g.min is None and _negated(s, first, lo):
        return False
    if g.counted or (g.number == "d" and not g.definite):
        return not (g.counted and g.min is None and g.definite and g.number != "p")
    if g.definite or g.governed or (before is not None and before.people and not _falls(s, first, lo)):
        return False
    if g.number == "s":
        return _falls(s, first, lo) or ((first == lo or s.kinds[first - 1] == "p") and _headline(s, g, hi)) or _after_state(f, g, lo)
    return _falls(s, first, lo) or _after_state(f, g, lo) or (first == lo and _opens(s, g, hi))


def _negated(s: Scene, i: int, lo: int) -> bool:
    for j in range(i - 1, max(lo, i - _NEGATION) - 1, -1):
        if s.kinds[j] == "p":
            return False
        if s.role(j, "negate") or (i - j <= _FALL and s.role(j, "block")):
            return True
    return False


def _opens(s: Scene, g: Group, hi: int) -> bool:
    """"جرحى مدنيون جراء …" opens a headline; "ضحايا الحرب" is a name for a matter."""
    return g.hi < hi and not s.keys[g.hi].startswith("ال")


def _headline(s: Scene, g: Group, hi: int) -> bool:
    """"قتيل وجريحان في …": a singular that opens a headline or a post."""
    nxt = g.hi
    if nxt >= hi:
        return False
    w = s.words[nxt]
    return nxt in s.numbers or s.keys[nxt] == "و" or bool(w and ("prep" in w.role or w.state or w.clitics[:1] == "و")) or s.keys[nxt][0] == "ب"


def _falls(s: Scene, i: int, lo: int) -> bool:
    """Does a verb or noun that brings harm as news stand close before ``i``?"""
    for j in range(i - 1, max(lo, i - _FALL) - 1, -1):
        if s.kinds[j] == "p":
            return False
        w = s.words[j]
        if w and ("fall" in w.role or "result" in w.role):
            return True
        if w and (w.people or "kin" in w.role) and j == i - 1:
            return False
    return False


def _after_state(f: Found, g: Group, lo: int) -> bool:
    """"وجرحى" right behind a group that was told."""
    return g.clitics == "و" and any(h.hi == g.lo and h.hi > lo for h in f.hits)


def _fallen(f: Found, g: Group, lo: int) -> Group | None:
    """"سقط ثلاثة جنود قتلى": the number stands with other people before the state."""
    if g.counted or g.definite or g.governed or g.clitics or (g.number == "s" and g.case != "a"):
        return None
    s = f.scene
    for j in range(g.lo - 1, max(lo, g.lo - 8) - 1, -1):
        if s.role(j, "opener"):
            return None
        other = group_around(s, j, lo, g.lo)
        if other and other.hi <= g.lo and f.free(other) and not other.governed and _felled(s, j, lo, other, g):
            f.taken.add(g.head)
            return replace(other, states=g.states, alone=g.alone)
    return None


def _felled(s: Scene, j: int, lo: int, other: Group, g: Group) -> bool:
    fell = any(s.role(k, "fell") for k in range(max(lo, j - 3), g.lo))
    return fell and (g.number == "s") == (other.number == "s") and not other.loose


# -- "عدد القتلى إلى 12"


def counts_of(f: Found, lo: int, hi: int) -> None:
    """A definite plural whose number the clause gives elsewhere: "بلغ عدد القتلى 12", "حصيلة القتلى … ألف"."""
    s = f.scene
    for i in s.marks.get("state", ()):
        w = s.words[i]
        if not (w and w.state and w.state.definite and w.state.noun.number in ("p", "x")) or i in f.spent:
            continue
        if not _counts(s, i, lo):
            continue
        second = s.words[i + 1] if i + 1 < hi else None
        both = bool(second and second.state and second.state.clitics == "و" and second.state.noun.number == "p")
        g = _count_behind(f, i + 1 + both, hi)
        if g is None or not f.free(g):
            continue
        if both and second and second.state:
            f.spent.add(i + 1)
            f.add_open((w.state.noun.status, second.state.noun.status), g, i, "count_of.both")
        else:
            f.add(w.state.noun.status, replace(g, states=()), i, "count_of")


def _counts(s: Scene, i: int, lo: int) -> bool:
    w = s.words[i]
    for j in range(i - 1, max(lo, i - 3) - 1, -1):
        if s.role(j, "number_of"):
            return True
    return bool(w and w.state and w.state.clitics == "و" and i > lo + 1 and (i - 1) in _number_ends(s, i))


def _number_ends(s: Scene, i: int) -> set[int]:
    return {n.hi - 1 for j in range(max(0, i - 4), i) if (n := s.numbers.get(j))}


def _exceeding(s: Scene, g: Group, i: int) -> Group:
    """"تجاوز عدد القتلى 300": the verb on either side of عدد makes the count a lower bound."""
    if g.min != g.max or g.min is None:
        return g
    over = any(s.role(k, "exceed") for k in range(max(0, i - 5), g.lo))
    return replace(g, min=g.min + 1, max=None) if over else g


def _count_behind(f: Found, i: int, hi: int) -> Group | None:
    s, led = f.scene, False
    for j in range(i, min(hi, i + _COUNT)):
        w = s.words[j]
        if s.keys[j] in _ENDS:
            led = led or s.keys[j] == ":"
            if s.keys[j] != ":":
                return None
            continue
        if w and w.acts:
            return None
        n = s.numbers.get(j)
        if n is not None and n.kind == "between" and s.keys[n.lo - 1] == "من":
            # "ارتفع من 12 إلى 15": only the last is the count
            return Group(n.lo, n.hi, n.at, n.max, n.max, "unknown", "p", counted=True)
        if n is not None and (led or n.lo == i or n.clitics or s.role(j - 1, "reach")):
            g = group_at(s, j, hi)
            if g:
                return _exceeding(s, g, i)
        led = led or bool(w and "reach" in w.role)
    return None


# -- parts


def parts(f: Found, lo: int, hi: int) -> None:
    """"بينهم طفلان وثلاث نساء", "37 منهم أجانب": parts of the total told last, never added to it."""
    s = f.scene
    for i in s.marks.get("partial", ()):
        whole = _whole(f, i, lo)
        if whole is None:
            continue
        g = _part_before(f, i, lo, hi) or _part_behind(f, i, hi)
        if g is None:
            continue
        for each in chain(s, g, hi):
            if f.free(each) and not (each.bare and each.lo > i + 3):
                f.add(whole.status, each, each.head, "part", partial=True)


def _whole(f: Found, i: int, lo: int) -> HarmHit | None:
    before = [h for h in f.hits if lo <= h.lo and h.hi <= i and i - h.hi <= _PART and not h.partial and h.max != 0]
    return max(before, key=lambda h: h.hi, default=None)


def _part_behind(f: Found, i: int, hi: int) -> Group | None:
    for j in range(i + 1, min(hi, i + 4)):
        if g := group_at(f.scene, j, hi):
            return None if g.governed else g
        if f.scene.keys[j] not in ("علي", "الاقل", "ايضا"):
            return None
    return None


def s_key(f: Found, j: int) -> str:
    return f.scene.keys[j] if j >= 0 else ""


def _part_before(f: Found, i: int, lo: int, hi: int) -> Group | None:
    for j in range(max(lo, i - 3), i):
        n = f.scene.numbers.get(j)
        if n and n.hi == i and not n.clitics and s_key(f, j - 1) != "ب" and (g := group_at(f.scene, j, hi)) and f.free(g):
            return g
    return None


# -- under the rubble


def trapped(f: Found, lo: int) -> None:
    """"خمسة أشخاص تحت الأنقاض": people told to be there, unless something else befell them."""
    s = f.scene
    for i in s.marks.get("beneath", ()):
        if i == lo or s.keys[i - 1] not in ("تحت", "بين"):
            continue
        for j in range(i - 2, max(lo, i - 9) - 1, -1):
            g = group_around(s, j, lo, i)
            if s.kinds[j] == "p" or (s.words[j] and s.words[j].acts):  # type: ignore[union-attr]
                break
            if g:
                if f.free(g) and not g.governed and not g.loose and "killed" not in g.states:
                    f.add("trapped", replace(g, states=()), i, "trapped.rubble")
                break


# -- tolls


def tolls(f: Found, lo: int, hi: int) -> None:
    """Mark running and summed counts: "حصيلة", "عدد القتلى إلى", "منذ بداية", "خلال الشهر"."""
    s = f.scene
    hits = [h for h in f.hits if lo <= h.lo and h.hi <= hi]
    if not hits:
        return
    counted = [i for i in s.marks.get("number_of", ()) if any(_is_state(s, k) for k in (i + 1, i + 2) if k < hi)]
    rising = [i for i in s.marks.get("rise", ()) if i + 1 < hi and _is_state(s, i + 1)]
    start = min([*s.marks.get("toll_count", ()), *counted, *rising], default=None)
    for h in hits:
        if h.max != 0 and (start is not None and start <= h.anchor) or h.rule.startswith("count_of"):
            h.toll = True
    for i in s.marks.get("through", ()):
        if _period(s, i, hi):
            a, b = _clause(s, i, lo, hi)
            for h in hits:
                if a <= h.lo and h.hi <= b:
                    h.toll = True


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


def _clause(s: Scene, i: int, lo: int, hi: int) -> tuple[int, int]:
    a, b = i, i
    while a > lo and s.kinds[a - 1] != "p":
        a -= 1
    while b < hi and s.kinds[b] != "p":
        b += 1
    return a, b
