"""Numbers in tokens: digits of every script, number words, mixtures of both, and the words that bound them.

The words themselves are knowledge (`knowledge/numbers`), given to `Numerals` by `lexicon.numbers`; here is
only how they compose: units before tens, scales that multiply, joining و, ranges, qualifiers on either side.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from rasid.text.keys import splits
from rasid.text.phrases import Phrases


@dataclass(frozen=True, slots=True)
class Number:
    """A number over the tokens ``lo`` to ``hi``, its qualifiers included; the number itself begins ``at``.

    Bounds are inclusive; None is open. kind: ``exact``, ``about``, ``more``, ``least``, ``less``, ``most``,
    ``between``, ``vague`` or ``share`` ("most of": both bounds open). ``clitics``: those of the first token.
    ``digits``: written in digits alone.
    """

    lo: int
    at: int
    hi: int
    min: int | None
    max: int | None
    kind: str
    clitics: str = ""
    definite: bool = False
    digits: bool = False


@dataclass(frozen=True, slots=True)
class NumberWord:
    """What one written word can do in a number; ``role`` as `knowledge/numbers/words.toml` explains them."""

    role: str
    value: float
    clitics: str = ""
    definite: bool = False
    head: str = ""


@dataclass(slots=True)
class _Sum:
    """A number while it is being read: ``total`` holds finished scales, ``cur`` the group below the next one.

    ``fraction`` of a decimal waits for its scale (1.7 مليون), ``open_one`` is set by أحد until its ten comes.
    """

    total: int = 0
    cur: int = 0
    scale: int = 0
    digits: bool = False
    fraction: float = 0.0
    open_one: bool = False


_GROUPED = re.compile(r"\d{1,3}(?:[.,\u066b\u066c]\d{3})+")
_DECIMAL = re.compile(r"(\d+)[.,\u066b](\d{1,2})")
_DASHES = {"-", "–", "—", "‑", "−"}
_TO = {"الي", "او"}  # إلى "to", أو "or"
_NOT_COUNTS = {"%", "٪", "$", "€", "£", "°"}
_PERCENT = {"الميه", "المايه", "بالميه", "بالمايه", "المءه"}


def digits(token: str) -> float | None:
    """The value of a digit token, thousands marks undone; None where the marks make no number.

    >>> digits("١٬٢٠٠"), digits("3.000"), digits("1.7"), digits("٤٢")
    (1200, 3000, 1.7, 42)
    """
    if token.isdecimal():
        return int(token) if len(token) <= 12 else None
    if _GROUPED.fullmatch(token):
        return int(re.sub(r"\D", "", token))
    m = _DECIMAL.fullmatch(token)
    return float(f"{int(m[1])}.{m[2].translate(_ASCII)}") if m else None


_ASCII = {base + d: str(d) for base in (0x660, 0x6F0) for d in range(10)}


class _Cache(dict[str, "tuple[NumberWord, ...]"]):
    """Word analyses by key; forgets all when it has grown large, since digit strings have no end.

    A word that may begin a vague quantity (one of ``heads``) has the role ``vague``.
    """

    def __init__(self, words: dict[str, NumberWord], heads: set[str]) -> None:
        super().__init__()
        self.words = words
        self.heads = heads

    def __missing__(self, key: str) -> tuple[NumberWord, ...]:
        if len(self) > 100_000:
            self.clear()
        got = self[key] = self._analyse(key)
        return got

    def _analyse(self, key: str) -> tuple[NumberWord, ...]:
        if key[0].isdecimal():
            value = digits(key)
            return (NumberWord("digits", value),) if value is not None else ()
        out = []
        for clitics, rest in splits(key):
            if w := self.words.get(rest):
                out.append(replace(w, clitics=clitics))
            elif rest.startswith("ال") and (w := self.words.get(rest[2:])):
                out.append(replace(w, clitics=clitics, definite=True))
            if rest in self.heads:
                out.append(NumberWord("vague", 0, clitics, rest.startswith("ال"), rest))
        return tuple(out)


class Numerals:
    """Finds numbers. Built once from the knowledge; holds only caches that do not change results."""

    def __init__(
        self,
        words: dict[str, NumberWord],
        before: Iterable[tuple[tuple[str, ...], str]],
        after: Iterable[tuple[tuple[str, ...], str]],
        vague: Iterable[tuple[tuple[str, ...], bool]],
    ) -> None:
        self._before: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for phrase, bound in before:
            self._before.setdefault(phrase[-1], []).append((phrase, bound))
        for options in self._before.values():
            options.sort(key=lambda o: -len(o[0]))
        self._after: Phrases[str] = Phrases()
        for phrase, bound in after:
            self._after.add(phrase, bound)
        self._vague: Phrases[bool] = Phrases()
        heads: set[str] = set()
        for phrase, share in vague:
            self._vague.add(phrase, share)
            heads.add(phrase[0])
        self._words = _Cache(words, heads)

    def word(self, key: str) -> NumberWord | None:
        """The number word or digits that a key is, whatever its proclitics."""
        return next((w for w in self._words[key] if w.role != "vague"), None)

    def scan(self, keys: list[str], kinds: list[str], lo: int = 0, hi: int | None = None) -> dict[int, Number]:
        """Numbers that begin in lo..hi, by their first token (the qualifier's where there is one). Linear."""
        out: dict[int, Number] = {}
        end, lookup = lo, self._words.__getitem__
        part = keys[lo:hi]
        for i in [j for j, hit in enumerate(map(lookup, part), lo) if hit]:
            if i < end:
                continue
            found = self._number(keys, kinds, i) or self._vague_at(keys, i)
            if found:
                out[found.lo] = found
                end = found.hi
        return out

    def bound_after(self, keys: list[str], i: int, hi: int) -> tuple[int, str] | None:
        """A bounding phrase that starts at token ``i`` ("على الأقل"): its end and bound."""
        found = self._after.at(keys, i, hi) if i < hi else None
        return (found[0], found[1][0]) if found else None

    # -- one number

    def _number(self, keys: list[str], kinds: list[str], i: int) -> Number | None:
        read = self._value(keys, kinds, i)
        if read is None or _spoiled(keys, kinds, i, read[1]) or (keys[i] in _PERCENT and read[1] == i + 1):
            return None
        value, hi, numeric = read
        first = self._words[keys[i]][0]
        span = self._range(keys, kinds, i, hi)
        if span is not None:
            return self._between(keys, i, value, span, numeric)
        article = i > 0 and keys[i - 1] == "ال"  # الـ12: the article as a token of its own
        lo, bound, clitics = self._qualifier(keys, i - article)
        low, high = bounds(value, bound)
        clitics = clitics if lo < i else first.clitics
        definite = first.definite or article
        return Number(lo, i, hi, low, high, bound or "exact", clitics, definite, numeric)

    def _between(self, keys: list[str], i: int, value: int, span: tuple[int, int], numeric: bool) -> Number | None:
        hi, upper = span
        if upper <= value:
            return None  # a score or a date
        lo, clitics = i, self._words[keys[i]][0].clitics
        for word in ("بين", "ما"):
            before = _clitics_of(keys[lo - 1], word) if lo else None
            if before is None:
                break
            lo, clitics = lo - 1, before
        return Number(lo, i, hi, value, upper, "between", clitics, digits=numeric)

    def _value(self, keys: list[str], kinds: list[str], i: int) -> tuple[int, int, bool] | None:
        s, n, j = _Sum(), len(keys), i
        while j < n:
            step = self._step(s, keys, kinds, j, j == i)
            if step is None:
                break
            j = step
        value = s.total + s.cur
        if j == i or s.fraction or s.open_one or value < 0:
            return None
        return value, j, s.digits

    def _step(self, s: _Sum, keys: list[str], kinds: list[str], j: int, first: bool) -> int | None:
        """Take the number word at ``j`` into the sum; the next token, or None where it does not belong."""
        apart = not first and keys[j] == "و" and j + 1 < len(keys) and kinds[j + 1] == "n"
        if apart:
            if not s.scale or s.cur:
                return None
            j += 1
        for w in self._words[keys[j]]:
            joined = apart or (not first and w.clitics == "و")
            if not first and not joined and w.clitics:
                continue
            if w.definite and not first and w.role not in ("scale", "many", "half"):
                continue
            if _take(s, w, first, joined):
                return j + 1
            if (end := self._half(s, keys, j, w)) is not None:
                return end
        return None

    def _half(self, s: _Sum, keys: list[str], j: int, w: NumberWord) -> int | None:
        """Half a million (نصف مليون); a million and a half (مليون ونصف)."""
        if w.role != "half":
            return None
        follows = self._words[keys[j + 1]] if j + 1 < len(keys) else ()
        scale = follows[0] if follows and follows[0].role == "scale" and not follows[0].clitics else None
        if s.scale and not s.cur and w.clitics == "و":
            s.total += int(w.value * s.scale)
            return j + 2 if scale and scale.definite else j + 1
        if scale and not (s.total or s.cur):
            s.total, s.scale = int(w.value * scale.value), int(scale.value)
            return j + 2
        return None

    # -- what stands around it

    def _range(self, keys: list[str], kinds: list[str], i: int, hi: int) -> tuple[int, int] | None:
        """(end, upper value) of a range that begins with the number i..hi: "5-7", "5 إلى 7", "بين 5 و7"."""
        if hi >= len(keys):
            return None
        nxt: int | None = None
        if keys[hi] in _DASHES or keys[hi] in _TO:
            nxt = hi + 1
        elif i and _clitics_of(keys[i - 1], "بين") is not None:
            nxt = hi + 1 if keys[hi] == "و" else hi
        if nxt is None or nxt >= len(keys):
            return None
        entry = self._words[keys[nxt]]
        if not entry or entry[0].clitics != ("و" if nxt == hi else ""):
            return None
        read = self._value(keys, kinds, nxt)
        return (read[1], read[0]) if read else None

    def _qualifier(self, keys: list[str], i: int) -> tuple[int, str, str]:
        """(first token, bound, proclitics) of what qualifies the number at ``i`` from before it."""
        lo, bound, clitics = i, "", self._words[keys[i]][0].clitics if self._words[keys[i]] else ""
        for _ in range(2):
            if clitics[:1] in ("و", "ف"):
                break  # "5 قتلى على الأقل ونحو مئة جريح": the bound belongs to what stands before و
            found = self._one_qualifier(keys, lo)
            if found is None:
                break
            lo, outer, clitics = found
            bound = outer if not bound or bound == "about" else bound
        return lo, bound, clitics

    def _one_qualifier(self, keys: list[str], i: int) -> tuple[int, str, str] | None:
        if not i:
            return None
        for clitics, rest in splits(keys[i - 1]):
            for phrase, bound in self._before.get(rest, ()):
                k = len(phrase)
                if k == 1:
                    return i - 1, bound, clitics
                if clitics or k > i or tuple(keys[i - k + 1 : i]) != phrase[1:]:
                    continue
                for c, head in splits(keys[i - k]):
                    if head == phrase[0]:
                        return i - k, bound, c
        return None

    def _vague_at(self, keys: list[str], i: int) -> Number | None:
        first = next((w for w in self._words[keys[i]] if w.role == "vague"), None)
        found = self._vague.at(keys, i, len(keys), first.head) if first else None
        if first is None or found is None:
            return None
        lo, _, outer = self._qualifier(keys, i)
        clitics = outer if lo < i else first.clitics
        kind = "share" if found[1][0] else "vague"
        return Number(lo, i, found[0], None, None, kind, clitics, first.definite)


def _clitics_of(key: str, word: str) -> str | None:
    """The proclitics with which ``key`` writes ``word``; None where it is another word."""
    return next((c for c, rest in splits(key) if rest == word), None)


def bounds(value: int, bound: str) -> tuple[int | None, int | None]:
    """Least and greatest count that a bounded number allows.

    >>> bounds(20, "more"), bounds(5, "least"), bounds(100, "less"), bounds(30, "about")
    ((21, None), (5, None), (None, 99), (30, 30))
    """
    if bound == "more":
        return value + 1, None
    if bound == "least":
        return value, None
    if bound == "less":
        return None, value - 1
    if bound == "most":
        return None, value
    return value, value


def _spoiled(keys: list[str], kinds: list[str], lo: int, hi: int) -> bool:
    """Is this a percentage, a date, a clock time, a score or part of a code, and no count?"""
    if hi < len(keys):
        nxt = keys[hi]
        after = keys[hi + 1] if hi + 1 < len(keys) else ""
        if nxt in _NOT_COUNTS or nxt in _PERCENT or (nxt == "في" and after in _PERCENT):
            return True
        if nxt in ("/", ":", ".") and hi + 1 < len(keys) and kinds[hi + 1] == "n":
            return True
    if lo and kinds[lo] == "n":
        prev = keys[lo - 1]
        if prev in ("/", "$", "€", "£", "#", "٪", "%") or kinds[lo - 1] == "l":
            return True
        return prev in (":", *_DASHES) and lo > 1 and kinds[lo - 2] in ("n", "l")
    return False


def _take(s: _Sum, w: NumberWord, first: bool, joined: bool) -> bool:
    """Add one word to the sum if Arabic lets it stand there. ``joined``: it came with و."""
    if w.role == "digits":
        return _take_digits(s, w.value, first, joined)
    value = int(w.value)
    if w.role in ("unit", "ten", "tens", "hundred", "hundreds"):
        return _take_small(s, w.role, value, first, joined)
    if w.role == "one_of":
        return _take_one_of(s, first, joined)
    if w.role in ("scale", "scales", "many"):
        return _take_scale(s, w.role, value, first, joined)
    return False


def _take_digits(s: _Sum, value: float, first: bool, joined: bool) -> bool:
    if not (first or (joined and s.scale and not s.cur and value < s.scale)):
        return False
    s.cur, s.fraction, s.digits = int(value), value - int(value), True
    return True


def _take_one_of(s: _Sum, first: bool, joined: bool) -> bool:
    """أحد counts only before a ten (أحد عشر، أحد وعشرون): `_value` refuses a sum in which it stays alone."""
    if not (first or joined) or s.cur % 100:
        return False
    s.cur, s.open_one = s.cur + 1, True
    return True


def _take_small(s: _Sum, role: str, value: int, first: bool, joined: bool) -> bool:
    cur = s.cur
    if role == "ten" and not joined and 0 < cur % 100 < 10 and not s.digits:
        s.cur, s.open_one = cur + 10, False
        return True
    if role == "tens" and joined and s.open_one:
        s.cur, s.open_one = cur + value, False
        return True
    if s.fraction or s.open_one:
        return False
    if role == "hundred" and not joined and 3 <= cur <= 9 and not s.digits:
        s.cur = cur * 100
        return True
    if not (first or (joined and not s.digits)) or not _room(role, cur):
        return False
    s.cur = cur + value
    return True


def _room(role: str, cur: int) -> bool:
    """May a word of this role be joined to a group that already says ``cur``? Units stand before tens."""
    if role == "tens":
        return cur % 100 < 10
    return cur % 100 == 0 if role in ("unit", "ten") else cur == 0


def _take_scale(s: _Sum, role: str, value: int, first: bool, joined: bool) -> bool:
    unit = value // 2 if role == "scales" else value
    if s.open_one or (s.scale and unit >= s.scale):
        return False
    if s.cur or s.fraction:
        if joined or role == "scales":
            return False
        s.total += round((s.cur + s.fraction) * value)
    elif role == "many" or not (first or joined):
        return False
    else:
        s.total += value
    s.cur, s.fraction, s.scale, s.digits = 0, 0.0, unit, False
    return True
