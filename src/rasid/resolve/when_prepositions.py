"""What prepositions make of times, and the walk over a text that finds them all."""

from __future__ import annotations

from datetime import date

from rasid.model.mentions import TimeHit
from rasid.resolve import when_days as days
from rasid.resolve import when_values as values
from rasid.resolve.when_phrases import Phrases
from rasid.resolve.when_values import Clock, Value

_FROM_NOW = frozenset({"الان", "اليوم", "امس"})
_RANGE_DASH = frozenset({"-", "–", "—"})
#: Words that begin no time by themselves.
_IDLE = frozenset({"measure", "trap_head"})
_JOINABLE = frozenset({"day", "range"})


class Times(Phrases):
    """Readers of whole time expressions over one text, prepositions included."""

    def all(self) -> list[TimeHit]:
        """All times in order, not overlapping."""
        out: list[TimeHit] = []
        spots = sorted({*self.at, *(i for i, k in enumerate(self.kind) if k == "n")})
        ends = iter(self.t.sentences)
        sentence = next(ends, None)
        done = 0
        for i in spots:
            if i < done or (i in self.at and self.at[i].cat in _IDLE):
                continue
            while sentence is not None and i >= sentence.hi:
                sentence = next(ends, None)
            if sentence is None:
                break
            self.limit, self.sentence_lo = sentence.hi, sentence.lo
            hit, done = self._at(i, max(done, sentence.lo))
            if hit is not None:
                out.append(hit)
                self._move_clock(hit)
        return out

    def _move_clock(self, hit: TimeHit) -> None:
        if hit.grain == "day" and hit.end is not None and hit.rule != "when.before":
            self.clock = Clock(self.clock.ref, hit.end, hit.hi)

    def _at(self, i: int, floor: int) -> tuple[TimeHit | None, int]:
        cat = self.cat(i)
        if cat == "trap":
            return None, self.at[i].hi
        lo = i
        if cat == "vague":
            found: Value | None = self._vague(i)
        elif cat == "preposition":
            found = self._prepositional(i, self.at[i].word.name) if self._time_after(i) else None
        else:
            found = self._joined(i)
            if found is not None and i > floor and self.word(i - 1) in {"ال", "يوم"}:
                lo = i - 1
        if found is None:
            return None, self.at[i].hi if cat == "anaphora" else i + 1
        if self._named(i, found):
            return None, found.hi
        hit = TimeHit(lo, found.hi, found.start, found.end, found.part, found.grain, found.rule, found.conflict)
        return hit, found.hi

    def _time_after(self, i: int) -> bool:
        """May a time follow the preposition? "Since" also governs events; the others need a word of time."""
        j = self.at[i].hi
        if self.at[i].word.name == "since":
            return True
        return j in self.at or (j < self.limit and (self.kind[j] == "n" or self.key[j] in {"ال", "تاريخ"}))

    def _named(self, i: int, found: Value) -> bool:
        """Is the time part of a name (ثورة 25 يناير "the revolution of", سوق الجمعة "the Friday market")?"""
        head = self.at.get(i - 1)
        if head is None or head.cat != "trap_head" or head.hi != i or found.part:
            return False
        if head.word.name == "memory":
            return found.rule == "when.date.year_inferred"
        return found.rule in {"when.date.year_inferred", "when.month", "when.weekday", "when.weekday.named"}

    def _vague(self, i: int) -> Value | None:
        it = self.at[i]
        if self.cat(it.hi + (self.word(it.hi) == "من")) == "relative":
            return None  # "earlier today": the day says more
        end = self.open_end if it.word.name == "now" else None
        grain = "since" if it.word.name == "long_ago" and it.hi > i + 1 else "vague"
        return Value(it.hi, None, None if grain == "vague" else end, grain, "when.vague." + it.word.name)

    # -- prepositions

    def _prepositional(self, i: int, name: str) -> Value | None:
        j = self.at[i].hi
        if name == "since":
            return self._since(i, j)
        if name == "from_on":
            self.forward = True  # what starts from Monday starts from the next one
            found = self.value(j)
            self.forward = False
            return self._opened(found, "when.from_on") if found else None
        if name == "until":
            return self._until(j)
        if name in {"between", "from"}:
            return self._between(j, name)
        if name == "before":
            return self._before(i, j)
        if name == "after":
            return self._after(j)
        if name in {"during", "for"}:
            return self._during(i, j, name)
        return None

    def _opened(self, found: Value, rule: str) -> Value:
        found.end, found.grain, found.rule = None, "since", rule
        return found

    def _since(self, i: int, j: int) -> Value | None:
        now = self.open_end
        counted = self._since_count(j)
        if counted is not None:
            return counted
        found = self.value(j)
        if found is not None:
            start = self.clock.ref if found.grain == "part" else found.start
            return self._ended(
                Value(found.hi, start, now, "since", "when.since", found.part, found.conflict, found.scale)
            )
        if j >= self.limit or self.kind[j] != "w" or self.cat(j) == "trap":
            return None
        return Value(self._noun_end(j), None, now, "since", "when.since.event")

    def _ended(self, since: Value) -> Value:
        """A stretch with its end, where "until" follows ("منذ الخميس وحتى السبت")."""
        k = since.hi
        if self.cat(k) != "preposition" or self.at[k].word.name != "until":
            return since
        last = self.value(self.at[k].hi)
        if last is None or last.end is None or (since.start is not None and since.start > last.end):
            return since
        return Value(last.hi, since.start, last.end, "range", "when.span", since.part, since.conflict)

    def _noun_end(self, j: int) -> int:
        """The end of a noun with its definite genitive ("بداية الحملة")."""
        k = j + 1
        return k + 1 if self.word(k).startswith("ال") and self.cat(k) == "" else k

    def _since_count(self, j: int) -> Value | None:
        found = self._count(j)
        if found is None:
            return None
        size, count, hi, bound, _ = found
        if self.at.get(hi) and self.cat(hi) == "modifier":
            return None
        if size <= 7 and self.word(hi) == "من" and self.word(hi + 1) not in _FROM_NOW and self.cat(hi + 1) == "":
            return None
        now, ref = self.open_end, self.clock.ref
        if size >= 30 or not count or size == 0 or ref is None or bound in {"more", "less"}:
            rule = "when.since.long" if size >= 30 else "when.since.vague"
            return Value(hi, None, now, "since", rule)
        return Value(hi, days.shift(ref, -size * count), now, "since", "when.since.counted")

    def _until(self, j: int) -> Value | None:
        found = self.value(j)
        if found is None:
            return None
        if found.grain == "part":
            return found
        return Value(found.hi, None, found.end, "range", "when.until", found.part, found.conflict, found.scale)

    def _before(self, i: int, j: int) -> Value | None:
        counted = self._ago(i, j)
        if counted is not None:
            return counted
        found = self.value(j)
        if found is None or found.grain in {"part", "vague"}:
            return None
        if found.part:  # "shortly before dawn yesterday" is yesterday
            return found
        edge = self.at.get(j)
        if edge is not None and edge.cat == "edge" and edge.word.name in {"end", "late"}:
            end = found.end
        else:
            end = days.shift(found.start, -1) if found.start is not None else None
        return Value(found.hi, None, end, "range", "when.before", None, found.conflict, found.scale)

    def _ago(self, i: int, j: int) -> Value | None:
        """So long ago ("قبل يومين"); nothing where it is told from an event ("two days before the raid")."""
        found = self._count(j)
        if found is None:
            return None
        size, count, hi, bound, _ = found
        unit_at = hi - 1
        if self.cat(hi) == "modifier" or (self.word(hi) == "من" and self.word(hi + 1) not in _FROM_NOW):
            return None
        if self.at.get(j) and self.at[j].definite and self.at[j].cat == "unit":
            return None
        hi += 2 if self.word(hi) == "من" and self.word(hi + 1) in _FROM_NOW else 0
        ref = self.clock.ref
        if size >= 30:
            return Value(hi, None, None, "past", "when.ago.long")
        if not count or size == 0 or ref is None or bound == "several" or unit_at < 0:
            return Value(hi, None, None, "vague", "when.ago.vague")
        day = days.shift(ref, -size * count)
        if bound == "more":
            return Value(hi, None, day, "vague", "when.ago.more")
        if bound == "less":
            return Value(hi, day, ref, "range", "when.ago.less")
        return Value(hi, day, day, "day", "when.ago")

    def _after(self, j: int) -> Value | None:
        if self._count(j) is not None and not (self.at.get(j) and self.at[j].definite):
            return None
        found = self.value(j)
        if found is None or found.grain in {"part", "vague"} or found.start is None:
            return None
        if found.part:  # "after dawn today" is today
            return found
        return Value(found.hi, found.end, None, "range", "when.after", found.part, found.conflict, found.scale)

    def _during(self, i: int, j: int, name: str) -> Value | None:
        if self.word(j) == "ال" and self.digits(j + 1) is not None:
            j += 1
        found = self._joined(j)
        counted = self._count(j)
        if found is not None and (counted is None or found.hi > counted[2] or found.grain != "part"):
            return found
        if counted is None:
            return None
        size, count, hi, bound, _ = counted
        if self.at[hi - 1].word.flag if hi - 1 in self.at else False:
            return None  # "during the period" says nothing
        if name == "for" or not count or bound in {"several", "more", "less"} or size >= 30:
            return Value(hi, None, None, "vague", "when.duration")
        mod = 1 if self.ahead(i) else -1
        found = self.value_of_units(size, count, mod, hi)
        found.rule = "when.within"
        return found

    def value_of_units(self, size: int, count: int, mod: int, hi: int) -> Value:
        """Counted units before or after the reference, its own day included."""
        return values.of_units(size, count, mod, hi, self.clock, plural=True)

    # -- spans and lists

    def _between(self, j: int, name: str) -> Value | None:
        first = self._span_start(j + (self.word(j) == "تاريخ"))
        if first is None:
            return None
        k = first.hi
        if name == "between":
            joined = self.word(k) == "و" or self._clitic(k) == "و"
            comma = self.word(k) in {"،", ","} and self._clitic(k + 1) == "و"
            if not (joined or comma):
                return first if first.grain == "range" and first.rule.startswith("when.date") else None
            k += 1 if self.word(k) in {"و", "،", ","} else 0
        elif not self._is_to(k):
            return first if first.grain == "range" and first.rule.startswith("when.date") else None
        else:
            k += 1 if self.cat(k) == "preposition" else 0
        return self._span(first, self._span_end(k + (self.word(k) == "تاريخ")))

    def _span_start(self, j: int) -> Value | None:
        found = self.value(j)
        if found is not None and found.grain != "part":
            return found
        return None

    def _span_end(self, k: int) -> Value | None:
        found = self.value(k)
        if found is None and self.digits(k) is not None and 1900 <= (self.digits(k) or 0) <= 2100:
            return values.of_year(self.digits(k) or 0, None, "", 0, k + 1, self.clock)
        return found

    def _clitic(self, k: int) -> str:
        it = self.at.get(k) if k < self.limit else None
        return it.clitic if it else ""

    def _is_to(self, k: int) -> bool:
        return self.word(k) in {"الي", "حتي", "وحتي", "لغايه", "والي"} or self._clitic(k) == "ل"

    def _span(self, first: Value, last: Value | None) -> Value | None:
        if last is None or last.grain == "part":
            return None
        start, end = first.start, last.end
        if start is not None and end is not None and start > end:
            start = self._earlier(first, end)
        if start is None and first.start is not None:
            return None
        grain = "past" if first.grain == last.grain == "past" else "range"
        conflict = first.conflict or last.conflict
        return Value(last.hi, start, end, grain, "when.span", None, conflict, first.scale)

    def _earlier(self, first: Value, end: date) -> date | None:
        """The start of a span that crosses a year or a week, so that it lies before its end."""
        start = first.start
        if start is None:
            return None
        if first.rule == "when.weekday":
            return days.weekday_before(end, start.weekday(), today=False)
        if first.rule in {"when.month", "when.date.year_inferred"} and start.month != 2:
            return days.day_of(start.year - 1, start.month, start.day)
        return None

    def _joined(self, i: int) -> Value | None:
        """A value, or a list or span of values of one kind ("الخميس والجمعة والسبت")."""
        found = self.value(i)
        while found is not None:
            more = self._join_next(found)
            if more is found:
                break
            found = more
        return found

    def _join_next(self, first: Value) -> Value:
        if first.grain not in _JOINABLE or first.part:
            return first
        k = first.hi
        spans = self.word(k) in _RANGE_DASH or self.word(k) == "الي"
        lists = self.word(k) == "و" or self._clitic(k) == "و"
        if not (spans or lists) or first.scale not in {"day", "month"}:
            return first
        last = self.value(k + 1 if spans or self.word(k) == "و" else k)
        if last is None or last.scale != first.scale or last.part:
            return first
        if last.rule != first.rule and first.rule != "when.span":
            return first
        return self._span(first, last) or first
