"""Groups of people in the tokens: "ثلاثة جنود", "عنصرين من …", "عدد من المدنيين", "12 جريحا", "أحد المارة".

Quotation marks and brackets are left out of sight (`Scene`), since reports put them around numbers and names.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field, replace

from rasid.lexicon.harm import Noun, Seen, Word, words
from rasid.lexicon.numbers import numerals
from rasid.text.numerals import Number, bounds
from rasid.text.tokens import Tokens

#: How far behind its head a group may say who its people are.
_WHO_WINDOW = 6
_LIST_WINDOW = 8
_BOUND_WINDOW = 4
_TELLING = frozenset({"act", "state", "beneath", "losses", "choking"})
#: "عدد آخر", "عدد كبير" need no noun.
_ENOUGH = frozenset({"اخر", "كبير", "كبيرا", "كبيره"})
_OVERRIDING = ("killed", "injured", "missing")


@dataclass(frozen=True, slots=True)
class Group:
    """People told together. Bounds as in the contract; ``states``: harm that the noun itself states.

    ``counted``: a number stands there; ``sure``: the noun is known to name people; ``bare``: a number
    alone; ``share``: "most of them"; ``own``: harm that the noun states where nothing else is told (نازح).
    """

    lo: int
    hi: int
    head: int
    min: int | None
    max: int | None
    who: str
    number: str
    case: str = ""
    clitics: str = ""
    states: tuple[str, ...] = ()
    alone: str = ""
    counted: bool = False
    sure: bool = True
    bare: bool = False
    definite: bool = False
    loose: bool = False
    nation: bool = False
    feminine: bool = False
    other: bool = False
    share: bool = False
    own: str = ""
    unit: bool = False

    @property
    def governed(self) -> bool:
        """Does a preposition written onto the group govern it?"""
        return self.clitics[-1:] in ("ب", "ل", "ك")


@dataclass(slots=True)
class Scene:
    """The tokens without quotation marks, each with its senses, and the numbers among them."""

    keys: list[str]
    kinds: list[str]
    words: list[Word | None]
    numbers: dict[int, Number]
    back: list[int] | None
    sentences: list[tuple[int, int]]
    flagged: list[int]
    light: list[str]
    memo: dict[int, Group | None] = field(default_factory=dict)
    marks: dict[str, list[int]] = field(default_factory=dict)

    def enter(self, lo: int, hi: int) -> bool:
        """Turn to the sentence lo..hi, its numbers and marked words; False where nothing can tell of harm."""
        marks: dict[str, list[int]] = {}
        for i in self.flagged[bisect_left(self.flagged, lo) : bisect_left(self.flagged, hi)]:
            w = self.words[i]
            for m in w.marks if w else ():
                marks.setdefault(m, []).append(i)
        self.marks = marks
        if not marks.keys() & _TELLING:
            return False
        self.numbers = numerals().scan(self.keys, self.kinds, lo, hi)
        self.memo = {}
        return True

    def token(self, i: int) -> int:
        """The token of the text that position ``i`` stands for."""
        return i if self.back is None else self.back[i]

    def light_of(self, i: int) -> str:
        """The word at ``i`` with its hamzas and ة."""
        return self.light[self.token(i)]

    def role(self, i: int, name: str) -> bool:
        """Has the word at ``i`` this role?"""
        w = self.words[i]
        return w is not None and name in w.role


def scene(t: Tokens) -> Scene:
    """Look every token up once."""
    keys, kinds, back = t.key, t.kind, None
    sentences = [(s.lo, s.hi) for s in t.sentences]
    if "q" in kinds:
        back = [i for i, k in enumerate(kinds) if k != "q"]
        keys, kinds = [keys[i] for i in back], [kinds[i] for i in back]
        sentences = [(bisect_left(back, lo), bisect_left(back, hi)) for lo, hi in sentences]
    found = list(map(words().__getitem__, keys))
    flagged = [i for i, w in enumerate(found) if w is not None and w.marks]
    return Scene(keys, kinds, found, {}, back, sentences, flagged, t.light)


def group_at(s: Scene, i: int, hi: int) -> Group | None:
    """The group that starts at ``i``, or None."""
    if i not in s.memo:
        s.memo[i] = _read(s, i, hi)
    return s.memo[i]


def _read(s: Scene, i: int, hi: int) -> Group | None:
    n = s.numbers.get(i)
    if n is not None:
        g = _counted(s, n, hi)
    elif s.keys[i] in ("الاخر", "الاخري"):
        g = Group(i, i + 1, i, 1, 1, "unknown", "s", loose=True, definite=True, other=True)
    else:
        w = s.words[i]
        if w is None:
            return None
        if "one_alone" in w.role:
            g = Group(i, i + 1, i, 1, 1, "unknown", "s", clitics=w.role["one_alone"])
        elif "one_of" in w.role:
            g = _one_of(s, w, i, hi)
        elif "other" in w.role:
            g = _others(s, w.role["other"], i, i + 1, hi)
        elif w.people or w.state:
            g = _uncounted(s, w, i, hi)
        else:
            g = None
    return g and _joint(s, _bounded(s, g, hi), hi)


# -- with a number


def _counted(s: Scene, n: Number, hi: int) -> Group | None:
    if n.lo and (s.role(n.lo - 1, "label") or (n.definite and s.keys[n.lo - 1].startswith("ال"))):
        return None  # "اللواء 42", "الشهور التسعة"
    j = n.hi
    of = s.keys[j - 1] == "من"
    if j < hi and s.keys[j] == "من":
        j, of = j + 1, True
    if j + 1 < hi and s.role(j, "eminent"):
        j += 1
    w = s.words[j] if j < hi else None
    base = Group(n.lo, n.hi, n.at, n.min, n.max, "unknown", _number_of(n), clitics=n.clitics, counted=True)
    base = replace(base, definite=n.definite, share=n.kind == "share")
    again = s.numbers.get(j)
    if again and not of and (again.min, again.max) == (n.min, n.max) and not again.clitics:
        twice = _counted(s, again, hi)  # "(6) ستة إرهابيين"
        return twice and replace(twice, lo=n.lo, clitics=n.clitics)
    if w is not None:
        if "case" in w.role and (status := _case(s, j + 1, hi)):
            return replace(base, hi=j + 2, head=j + 1, states=(status,), alone="counted")
        if _counts_thing(s, w, j, of):
            return None
        apart = n.definite and not of and n.min is None  # "شيع الآلاف جثمان …" counts no bodies
        if (seen := _head_noun(w)) and not seen.clitics and (seen.definite or not apart):
            return _with_noun(s, base, seen, j, hi, of)
        if "other" in w.role and not w.role["other"]:
            return replace(base, hi=j + 1, other=True)
        if w.sign and of:
            return replace(base, hi=j + 1, who=w.sign)
    return _without_noun(s, n, base, w, of, j, hi)


def _case(s: Scene, j: int, hi: int) -> str:
    """What befell the people of "12 حالة اختناق", "خمس حالات وفاة"."""
    w = s.words[j] if j < hi else None
    if w is None:
        return ""
    if "choking" in w.role:
        return "injured"
    ill = any(s.role(k, "illness") for k in range(j + 1, min(hi, j + 3)))
    return w.acts[0].deed.status if w.acts and not ill else ""


def _counts_thing(s: Scene, w: Word, j: int, of: bool) -> bool:
    """Is a thing counted? "ثلاثة من اللجان" are people, and "16 اليوم" counts no days."""
    if "thing" not in w.role:
        return False
    if of:
        return w.people is None and not w.sign
    return not w.role["thing"] and not s.keys[j].startswith("ال") and "time" not in w.role


def group_around(s: Scene, j: int, lo: int, hi: int) -> Group | None:
    """The group whose head noun stands at ``j``, with the number before it."""
    for k in range(max(lo, j - 4), j):
        if k in s.numbers and (g := group_at(s, k, hi)) and g.lo <= j < g.hi:
            return g
    return group_at(s, j, hi)


def _number_of(n: Number) -> str:
    return {1: "s", 2: "d"}.get(n.min, "p") if n.min is not None and n.min == n.max else "p"


def _head_noun(w: Word) -> Seen | None:
    """The noun sense that counts: a state that harm leaves, unless it is mere custody, before any other."""
    if w.state and w.state.noun.alone != "held" and (w.people is None or w.state.noun.status in _OVERRIDING):
        return w.state
    return w.people or w.state


def _with_noun(s: Scene, base: Group, seen: Seen, j: int, hi: int, of: bool) -> Group:
    noun = seen.noun
    low, high, end = base.min, base.max, j + 1
    if noun.unit and not of:
        low = high = None  # "أربع عائلات" are families; "ثلاثة من العائلة" are persons
    elif low is None and seen.definite and (n := _number_behind(s, True, j, hi)):
        low, high, end = n.min, n.max, n.hi  # جميع الجنود الأربعة "all four soldiers"
    while end < hi and s.role(end, "other"):
        end += 1
    return replace(
        base, hi=end, head=j, min=low, max=high, who=who_of(s, noun, j, hi), case=noun.case,
        states=(noun.status,) if noun.status else (), alone=noun.alone, feminine=noun.feminine,
        own=_own(s.words[j]), unit=bool(noun.unit), other=s.role(end - 1, "other"),
    )  # fmt: skip


def _own(w: Word | None) -> str:
    """The harm that a noun for people also states when nothing else is told of them (نازح, عالق)."""
    return w.state.noun.status if w and w.state and w.state.noun.alone != "held" else ""


def _without_noun(s: Scene, n: Number, base: Group, w: Word | None, of: bool, j: int, hi: int) -> Group | None:
    if n.at and s.keys[n.at - 1] == "ال":
        return None  # "في الـ8 من آب"
    if n.digits and n.min is not None and 1900 <= n.min <= 2100 and n.kind == "exact":
        return None
    unknown = j < hi and s.kinds[j] == "w" and w is None and s.keys[j][0] not in "بلوفك"
    if n.kind in ("vague", "share"):
        alone = n.definite or s.keys[n.hi - 1] in _ENOUGH
        return base if alone and n.kind == "vague" and s.keys[j - 1] != "من" and not unknown else None
    who = who_after(s, n.hi - 1, hi) if of else "unknown"
    return replace(base, sure=not unknown or of, bare=not of, who=who)


# -- without a number


def _uncounted(s: Scene, w: Word, i: int, hi: int) -> Group | None:
    seen = _head_noun(w)
    if seen is None:
        return None
    noun = seen.noun
    if noun.counted_only and not seen.definite:
        return None
    low, high, number, end = _bounds_of(s, noun, seen.definite or bool(seen.enclitic), i, hi)
    while end < hi and s.role(end, "other"):
        end += 1
    return Group(
        i, end, i, low, high, who_of(s, noun, i, hi), number, noun.case, seen.clitics,
        (noun.status,) if noun.status else (), noun.alone, number != noun.number, True, False,
        seen.definite or bool(seen.enclitic), noun.loose or "thing" in w.role, noun.nation, noun.feminine,
        unit=bool(noun.unit),
    )  # fmt: skip


def _bounds_of(s: Scene, noun: Noun, definite: bool, i: int, hi: int) -> tuple[int | None, int | None, str, int]:
    """What the form alone says: one, two, or nothing; "الجنود الثلاثة" has its number behind it."""
    if noun.number != "s" and not noun.unit and (n := _number_behind(s, definite, i, hi)):
        return n.min, n.max, "d" if n.min == 2 else "p", n.hi
    if noun.unit:
        return None, None, noun.number, i + 1
    return *{"s": (1, 1, "s"), "d": (2, 2, "d")}.get(noun.number, (None, None, noun.number)), i + 1


def _number_behind(s: Scene, definite: bool, i: int, hi: int) -> Number | None:
    """As in "الدبلوماسيين التونسيين العشرة", "شخصين اثنين": a number that agrees with the noun before it."""
    for j in range(i + 1, min(hi, i + 3)):
        n = s.numbers.get(j)
        if n:
            two = n.min == 2 and not n.digits
            agrees = n.kind == "exact" and not n.clitics and (n.definite == definite) and (definite or two)
            return n if agrees else None
        w = s.words[j]
        article = s.keys[j].startswith("ال")
        if article != definite or not (definite or (w and w.people and w.people.noun.nation)):
            return None  # only an adjective may stand between: "عسكريين تركيين اثنين"
    return None


def _one_of(s: Scene, w: Word, i: int, hi: int) -> Group | None:
    """أحد عناصر "one of the members"; without people behind it أحد is "anybody" or a Sunday."""
    nxt = s.words[i + 1] if i + 1 < hi else None
    seen = nxt and (nxt.people or nxt.state)
    if not seen or seen.clitics or seen.noun.number == "s":
        return None
    who = who_of(s, seen.noun, i + 1, hi)
    return Group(i, i + 2, i + 1, 1, 1, who, "s", clitics=w.role["one_of"])


def _attached(s: Scene, i: int, w: Word | None) -> bool:
    """Is the word at ``i`` no bare noun, but joined by a particle, a particle itself, or an act?"""
    if w is None:
        return s.keys[i][0] in "بلوف"
    return bool(w.clitics or w.acts or w.role.keys() & {"prep", "time", "opener", "partial"})


def _others(s: Scene, clitics: str, i: int, end: int, hi: int) -> Group | None:
    """آخر, آخران, آخرون and ثالث "a third" stand for people told before."""
    nxt = s.words[end] if end < hi else None
    if s.kinds[min(end, hi - 1)] == "w" and end < hi and not _attached(s, end, nxt):
        return None  # آخر معاقلهم "the last of their strongholds"
    key = s.keys[i]
    count = 2 if key.endswith("خران") else None if key.endswith(("خرون", "خرين", "خري", "خريات")) else 1
    number = {1: "s", 2: "d"}.get(count or 0, "p")
    return Group(i, end, i, count, count, "unknown", number, clitics=clitics, other=True)


# -- what stands around


def who_of(s: Scene, noun: Noun, head: int, hi: int) -> str:
    """Who they are: by the noun, or by what follows a noun that leaves it open."""
    return noun.who if noun.who != "unknown" or noun.plain else who_after(s, head, hi)


def who_after(s: Scene, head: int, hi: int) -> str:
    """Who the words behind ``head`` say the people are ("قتلى من الشرطة", "شخصا من المدنيين")."""
    for j in range(head + 1, min(hi, head + 1 + _WHO_WINDOW)):
        w = s.words[j]
        if s.kinds[j] != "w" or s.keys[j] == "و" or j in s.numbers:
            return "unknown"
        if w is None:
            continue
        if j == head + 1 and w.state and w.clitics == "و" and (h := s.words[head]) and h.state:
            continue  # "قتلى وجرحى من …"
        if w.acts or w.role.keys() & {"opener", "partial", "one_alone"}:
            return "unknown"
        if "prep" in w.role and s.keys[j] not in ("من", "بين"):
            if not (j + 1 < hi and s.role(j + 1, "ranks")):
                return "unknown"
            continue
        if w.clitics[:1] in ("و", "ف") and (w.people or w.state):
            return "unknown"
        if w.people and w.people.noun.who != "unknown" and not w.people.noun.unit:
            return w.people.noun.who
        if w.sign:
            return w.sign
    return "unknown"


def _bounded(s: Scene, g: Group, hi: int) -> Group:
    """Take in a bound behind the noun ("32 قتيلا على الأقل") when nothing else begins before it."""
    if g.min is None and g.max is None:
        return g
    for j in range(g.hi, min(hi, g.hi + _BOUND_WINDOW)):
        found = numerals().bound_after(s.keys, j, hi)
        if found and not (found[0] < hi and s.keys[found[0]] == "من"):
            if g.min != g.max or g.min is None:
                return g
            low, high = bounds(g.min, found[1])
            return replace(g, hi=found[0], min=low, max=high)
        w = s.words[j]
        if s.kinds[j] != "w" or j in s.numbers or (w and (w.acts or w.clitics[:1] in ("و", "ف"))):
            break
    return g


def _joint(s: Scene, g: Group, hi: int) -> Group:
    """As in "90 قتيلا وجريحا", "20 مدنيا بين قتيل وجريح": one number over two states leaves both open."""
    if g.states and g.counted and g.head + 1 < hi:
        nxt = s.words[g.head + 1]
        if _and_state(nxt, g.states[0]) and g.head + 1 not in s.numbers and _same_shape(s, g, nxt):
            return _both(g, g.head + 2, g.states[0], nxt)
    for j in range(g.hi, min(hi, g.hi + _LIST_WINDOW)):
        w = s.words[j]
        if s.keys[j] in ("بين", "مابين") and j + 2 < hi:
            first, second = s.words[j + 1], s.words[j + 2]
            if first and first.state and _and_state(second, first.state.noun.status):
                return _both(g, j + 3, first.state.noun.status, second)
            break
        if s.kinds[j] != "w" or (w and (w.acts or j in s.numbers)):
            break
    return g


def _same_shape(s: Scene, g: Group, w: Word | None) -> bool:
    """قتيلا وجريحا, قتلى وجرحى share the number; "12 قتيلا وجرحى" counts only the dead."""
    mine = s.words[g.head]
    return bool(mine and mine.state and w and w.state and mine.state.noun.number == w.state.noun.number)


def _and_state(w: Word | None, first: str) -> bool:
    return bool(
        w and w.state and w.state.clitics == "و" and w.state.noun.status in ("killed", "injured", "missing")
        and w.state.noun.status != first and w.state.noun.number != "d"
    )  # fmt: skip


def _both(g: Group, hi: int, first: str, second: Word | None) -> Group:
    other = second.state.noun.status if second and second.state else ""
    return replace(g, hi=hi, min=None, max=None, states=(first, other), alone="counted", counted=True)


def chain(s: Scene, g: Group, hi: int) -> list[Group]:
    """The group and those coordinated with it: "جنديين وثلاثة مدنيين", "عنصرين من … وثلاثة من …"."""
    out = [g]
    while nxt := _next(s, out[-1], hi):
        if _under_one_number(s, out[-1], nxt):
            who = g.who if out[-1].who == nxt.who else "unknown"
            out[-1] = replace(out[-1], hi=nxt.hi, who=who)
        else:
            out.append(nxt)
    return out


def _under_one_number(s: Scene, g: Group, nxt: Group) -> bool:
    """As in "17 جنديا وضابطا": above ten the counted noun is singular, and a second one shares the number."""
    if not g.counted or g.states or nxt.counted or nxt.number != "s" or nxt.definite or nxt.other:
        return False
    noun = s.words[g.head]
    if noun is None or noun.people is None or noun.people.noun.number != "s" or g.min == 1:
        return False
    return nxt.case == "a" or nxt.feminine


def _next(s: Scene, g: Group, hi: int) -> Group | None:
    plain = True
    for j in range(g.hi, min(hi, g.hi + _LIST_WINDOW)):
        if s.keys[j] in ("،", ",") and j == g.hi and j + 1 < hi:
            continue  # "12 طفلا و5 نساء، و3 مسعفين"
        if s.kinds[j] != "w":
            return None
        if s.keys[j] == "مع":
            return _with_companions(s, j + 1, hi)
        apart = s.keys[j] == "و" and j + 1 < hi
        if apart or _begins(s, j):
            found = group_at(s, j + apart, hi)
            joined = found and (apart or found.clitics == "و")
            far = j > g.hi and s.kinds[j - 1] == "p"
            return found if found and joined and _joins(found, plain and not far) else None
        w = s.words[j]
        if w and (w.acts or w.role.keys() & {"partial", "opener"}):
            return None
        if s.keys[j] != "من" and not (w and (w.people or w.state or w.sign or "other" in w.role)):
            plain = plain and j - g.hi < 3 and not (w and "prep" in w.role)
    return None


def _with_companions(s: Scene, j: int, hi: int) -> Group | None:
    """As in "مقتل قيادي مع ثلاثة من مرافقيه": behind مع only those who are his."""
    g = group_at(s, j, hi) if j < hi else None
    w = s.words[g.head] if g else None
    return g if g and g.counted and w and w.people and w.people.enclitic else None


def _begins(s: Scene, j: int) -> bool:
    """May a member of a list begin here: a number, or people behind و?"""
    w = s.words[j]
    if j in s.numbers or w is None:
        return j in s.numbers
    return w.clitics[:1] == "و" and bool(w.people or w.state or w.role.keys() & {"other", "one_of"})


def _joins(g: Group, plain: bool) -> bool:
    """May this group join the list? Far from the group before it, only with a number and people."""
    if g.loose or (g.bare and not plain):
        return False
    return g.sure and (plain or (g.counted and not g.bare))
