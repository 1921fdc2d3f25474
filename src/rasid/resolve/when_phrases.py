"""Phrases of time without a preposition: months, years, feasts, counted units."""

from __future__ import annotations

from datetime import date

from rasid.resolve import when_days as days
from rasid.resolve import when_values as values
from rasid.resolve.when_frames import Date, Frames
from rasid.resolve.when_values import Clock, Value
from rasid.resolve.when_words import Item, lexicon
from rasid.text.tokens import Tokens

#: How many tokens "the next day" may stand from the day that it follows.
_TOLD_WITHIN = 80
#: How many tokens before an expression may hold the verb that looks forward.
_LOOK_BACK = 12
#: Which readers may find a time that begins with a word of this category.
_READERS = {
    "digits": ("_moment", "_period", "_year"),
    "number": ("_feast", "_moment", "_period"),
    "day_part": ("_feast", "_moment"),
    "relative": ("_feast", "_moment"),
    "weekday": ("_moment",),
    "anaphora": ("_moment",),
    "named_day": ("_named_day",),
    "unit": ("_feast", "_moment", "_period", "_month", "_year"),
    "edge": ("_feast", "_moment", "_period", "_month", "_year"),
    "month": ("_moment", "_month"),
    "season": ("_year",),
    "modifier": ("_period",),
    "feast": ("_feast",),
}


class Phrases(Frames):
    """Readers of phrases of time over one text. ``clock`` moves on as days are told."""

    def __init__(self, t: Tokens, at: dict[int, Item], ref: date | None, *, numbers: bool = True) -> None:
        super().__init__(t, at, numbers=numbers)
        self.clock = Clock(ref)
        self.open_end = ref
        self.sentence_lo = 0
        self.forward = False

    # -- what the clause looks to

    def ahead(self, i: int) -> bool:
        """Does a word shortly before look forward (سيعقد "will hold", من المقرر "is due")?"""
        words = lexicon()
        if self.forward:
            return True
        for k in range(i - 1, max(self.sentence_lo, i - _LOOK_BACK) - 1, -1):
            key = self.key[k]
            body = key[1:] if key[:1] in {"و", "ف"} else key
            if body in words.ahead or (key == "قد" and self.word(k + 1)[:1] in {"ي", "ت"}):
                return True
            if len(body) > 4 and body[:2] in {"سي", "ست"} and body not in words.not_future:
                return True
        return False

    # -- values without preposition

    def value(self, i: int) -> Value | None:
        """The longest time that begins at ``i``."""
        best: Value | None = None
        it = self.at.get(i)
        if it is None and (i >= self.limit or self.kind[i] != "n"):
            return None
        for name in _READERS.get(it.cat if it is not None else "digits", ()):
            found: Value | None = getattr(self, name)(i)
            if found is not None and (best is None or found.hi > best.hi):
                best = found
        return best

    def _moment(self, i: int) -> Value | None:
        found = self.moment(i)
        if found is None:
            return None
        frame, hi = found
        if frame.told is not None and i - self.clock.told_at > _TOLD_WITHIN:
            return None
        bare = frame.weekday is not None and frame.rel is None and frame.date is None and frame.weekday_mod is None
        return values.of_frame(frame, hi, self.clock, ahead=bare and self.ahead(i))

    def _named_day(self, i: int) -> Value | None:
        if self.cat(i) != "named_day" or not self.word(i + 1).startswith("ال") or len(self.word(i + 1)) < 5:
            return None
        it = self.at[i]
        if self.clock.ref is None or i == 0 or self.key[i - 1] not in it.word.sure:
            return None
        day = days.weekday_before(self.clock.ref, it.word.value, today=True)
        return Value(i + 2, day, day, "day", "when.weekday.named")

    def _edge(self, i: int) -> tuple[str, int]:
        """A word such as "middle of": (edge, next token); ("", i) where there is none."""
        if self.cat(i) != "edge":
            return "", i
        it = self.at[i]
        j = it.hi
        return it.word.name, j + (self.word(j) == "من")

    def _month(self, i: int) -> Value | None:
        edge, j = self._edge(i)
        if self.cat(j) != "month" and self.word(j) not in {"شهر", "لشهر", "بشهر", "وشهر"}:
            return None
        j += self.word(j) in {"شهر", "لشهر", "بشهر", "وشهر"}
        named = self.month_name(j, sure=bool(edge) or j > i or (i > 0 and self._prepositioned(i)))
        if named is None:
            return None
        stated, hi = self._with_year(None, None, named[0], named[1])
        return values.of_month(stated, edge, hi, self.clock, ahead=self.ahead(i))

    def _year(self, i: int) -> Value | None:
        edge, j = self._edge(i)
        season = self.at[j].word.value if self.cat(j) == "season" else 0
        k = self.at[j].hi if season else j
        found = self._which_year(k, bare=bool(edge or season) or self._year_after(i))
        if found is None:
            return None
        first, last, hijri, hi = found
        if hijri:
            return values.of_hijri_year(first, edge, hi, self.clock)
        return values.of_year(first, last, edge, season, hi, self.clock)

    def _year_after(self, i: int) -> bool:
        return i > 0 and self.key[i - 1] in {"في", "منذ", "حتي", "بين", "وفي", "ومنذ", "خلال", "وحتي"}

    def _which_year(self, k: int, *, bare: bool) -> tuple[int, int | None, bool, int] | None:
        """The year at ``k``: (first, last or None, Hijri, end)."""
        if self.cat(k) == "unit" and self.at[k].word.value == 365 and not self.at[k].word.flag:
            found = self._unit_year(k)
            if found is not None:
                return found
        if self.cat(k) == "modifier" and self.clock.ref and self.cat(k - 1) == "season":
            return self._season_year(k)
        n = self.digits(k)
        if n is None or not bare or not 1900 <= n <= 2100:
            return None
        end = k + 1 + (self.word(k + 1) == "م")
        return n, None, False, end

    def _unit_year(self, k: int) -> tuple[int, int | None, bool, int] | None:
        it = self.at[k]
        j = it.hi
        if self.cat(j) == "modifier" and it.definite and it.word.count == 1 and self.clock.ref:
            year = self.clock.ref.year + self.at[j].word.value
            return year, None, False, self.at[j].hi
        n = self.digits(j)
        if n is None or not (1300 <= n <= 1500 or 1900 <= n <= 2100):
            return None
        era = self.word(j + 1) if self.word(j + 1) in {"م", "ه", "هـ"} else ""
        hi, last = j + 1 + bool(era), None
        if self.word(hi) in {"و", "-", "–"}:
            last = self.digits(hi + 1)
            hi, last = (hi + 2, last) if last and n < last <= 2100 else (hi, None)
        return n, last, n <= 1500, hi

    def _season_year(self, k: int) -> tuple[int, int | None, bool, int] | None:
        mod, first = self.at[k].word.value, self.at[k - 1].word.value
        ref = self.clock.ref
        if ref is None:
            return None
        year = ref.year
        if mod < 0:
            while days.month_of(year, first + 2)[1] >= ref:
                year -= 1
        elif mod > 0:
            while days.month_of(year, first)[0] <= ref:
                year += 1
        return year, None, False, self.at[k].hi

    def _feast(self, i: int) -> Value | None:
        j, nth, whole, part = i, 0, False, None
        eve = self.word(j) in {"عشيه", "ليله"}
        if self.cat(j) == "day_part":
            part, j = self.at[j].word.name, self.at[j].hi
        if self.cat(j) == "number" and self.at[j].word.flag:
            nth, j = self.at[j].word.value, self.at[j].hi
        elif self.cat(j) == "edge" and self.at[j].word.name == "start":
            nth, j = 1, self.at[j].hi
        if self.word(j) in {"ايام", "يوم", "يومي", "ليله", "اليوم"}:
            whole = self.word(j) in {"ايام", "يومي"}
            j += 1
            if not nth and self.cat(j) == "number" and self.at[j].word.flag:
                nth, j = self.at[j].word.value, self.at[j].hi
        j += self.word(j) == "من"
        if self.cat(j) != "feast":
            return None
        found = self._feast_days(j, nth, generic=j > i, whole=whole)
        if found is not None:
            found.part = part
            if eve and found.start is not None and found.start == found.end:
                found.start = found.end = days.shift(found.start, -1)
        return found

    def _feast_days(self, j: int, nth: int, *, generic: bool, whole: bool) -> Value | None:
        it, ref = self.at[j], self.clock.ref
        options = [it.word] if it.word.month else [w for w in lexicon().feasts if w.hijri and w.days > 1]
        if ref is None or (not it.word.month and not generic):
            return None
        starts = []
        for word in options:
            around = Date(None, word.month, None, word.hijri)
            starts += [(d, word) for d in values.candidates(around, ref, word.value)]
        start, word = min(starts, key=lambda s: abs((s[0] - ref).days))
        first = days.shift(start, max(nth, 1) - 1)
        last = days.shift(start, word.days - 1) if whole and not nth else first
        return Value(it.hi, first, last, "day" if first == last else "range", "when.feast")

    # -- counted units

    def _count(self, i: int) -> tuple[int, int, int, str, bool] | None:
        """Units with their count at ``i``: (days in the unit, count or 0, end, bound, plural)."""
        bound, j = self._measure(i)
        n = self.number(j)
        k = n[1] if n else j
        if self.cat(k) != "unit":
            return None
        unit = self.at[k]
        if (unit.clitic and k > i) or (unit.word.value == 365 and self._unit_year(k)):
            return None
        if unit.word.value == 30 and self.cat(unit.hi) == "month":
            return None
        if unit.word.value == 1 and n is None and self.moment(k):
            return None  # "the day of ..."
        count = n[0] if n else unit.word.count
        hi = unit.hi
        after = self.number(hi) if not n and not self.at[k].definite else None
        if after and self.cat(hi) == "number" and not self.at[hi].word.flag and not self.at[hi].clitic:
            count, hi = after
        if self.cat(hi) == "measure" and self.at[hi].word.name == "few":
            bound, hi = bound or "several", self.at[hi].hi
        plural = bool(n) or unit.word.count != 1
        return unit.word.value, 0 if bound == "several" else count, hi, bound, plural

    def _measure(self, i: int) -> tuple[str, int]:
        bound, j = "", i
        while self.cat(j) == "measure" and self.at[j].word.name != "few":
            bound, j = self.at[j].word.name, self.at[j].hi
        return bound, j

    def _period(self, i: int) -> Value | None:
        """Units told from the reference day ("the last week", "the coming 24 hours", "this month")."""
        if self.word(i) in {"هذا", "هذه"} and self.cat(i + 1) == "unit":
            unit = self.at[i + 1]
            if unit.definite and unit.word.count == 1 and unit.word.value >= 7:
                return self._of_units(unit.word, 1, 0, unit.hi, plural=False)
            return None
        edge, j = self._edge(i)
        if edge == "end" and j > i and self.word(i) == "اخر":
            return self._last_units(j)
        found = self._told_units(j) or (self._this_unit(j) if edge else None)
        return self._with_edge(found, edge) if found else None

    def _with_edge(self, found: Value, edge: str) -> Value:
        if edge and found.start and found.end and found.rule == "when.units":
            start, end = found.start, found.end
            if found.scale in {"month", "year"} and end == self.clock.ref:
                end = days.month_of(start.year, start.month if found.scale == "month" else 12)[1]
            found.start, found.end = days.edge_of((start, end), edge)
        return found

    def _this_unit(self, j: int) -> Value | None:
        """The bare unit after an edge: "the beginning of the month"."""
        if self.cat(j) != "unit" or not self.at[j].definite or self.at[j].word.value < 7:
            return None
        return self._of_units(self.at[j].word, 1, 0, self.at[j].hi, plural=False)

    def _last_units(self, j: int) -> Value | None:
        found = self._count(j)
        if found is None or not found[1]:
            return None
        return values.of_units(found[0], found[1], -1, found[2], self.clock, plural=True)

    def _told_units(self, j: int) -> Value | None:
        n = self.number(j)
        k = n[1] if n else j
        if self.cat(k) != "unit" or (self.at[k].word.count and not (self.at[k].definite or n)):
            return None
        unit = self.at[k]
        count, hi = (n[0] if n else unit.word.count), unit.hi
        if not n and not unit.definite:
            return None
        hi, count = self._number_after(hi, count, taken=bool(n))
        if self.cat(hi) != "modifier" or self.word(hi) == "هذا":
            return None
        mod = self.at[hi].word.value
        plural = bool(n) or unit.word.count != 1
        if unit.word.flag:  # a stretch of unknown length
            count, plural = 0, True
        return self._of_units(unit.word, count, mod, self.at[hi].hi, plural=plural)

    def _number_after(self, hi: int, count: int, *, taken: bool) -> tuple[int, int]:
        """What may stand between a unit and its modifier: "few", a number, ال before digits."""
        while hi < self.limit:
            if self.cat(hi) == "measure" and self.at[hi].word.name == "few":
                hi, count = self.at[hi].hi, 0
            elif not taken and self.word(hi) == "ال" and self.digits(hi + 1):
                hi, count, taken = hi + 2, self.digits(hi + 1) or 0, True
            elif not taken and not self._ordinal(hi) and (n := self.number(hi)) is not None:
                count, hi, taken = n[0], n[1], True
                more = self.at.get(hi)
                if more and more.cat == "number" and more.clitic == "و":
                    count, hi = count + more.word.value, more.hi
            else:
                break
        return hi, count

    def _ordinal(self, i: int) -> bool:
        it = self.at.get(i)
        return it is not None and it.cat == "number" and it.word.flag

    def _of_units(self, word: object, count: int, mod: int, hi: int, *, plural: bool) -> Value:
        size = getattr(word, "value", 0)
        return values.of_units(size, count, mod, hi, self.clock, plural=plural)
