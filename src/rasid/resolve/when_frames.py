"""Expressions of one day read into frames: what the words state, before any reference day is known.

``Frames`` reads over one sentence of tokens; every reader takes the token where it starts and gives None or
what it read with where that ends.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rasid.resolve.when_words import Item
from rasid.text.tokens import Tokens

#: Glue between the parts of one expression of a day (يوم "day of", من "of", الموافق "corresponding to").
_GLUE = frozenset(
    {
        "يوم",
        "يومي",
        "نهار",
        "من",
        "في",
        "(",
        ")",
        "[",
        "]",
        "،",
        ",",
        "-",
        "–",
        "—",
        "/",
        "الموافق",
        "المصادف",
        "الواقع",
        "فيه",
        "علي",
        "الي",
        "اي",
        "و",
        "بتاريخ",
    }
)
_OPEN, _CLOSE = frozenset("(["), frozenset(")]")
_DASH = frozenset({"/", "-", "–", "—", "(", "\\", "|"})
_ERA = frozenset({"م", "ه", "هـ", "ميلادي", "ميلاديه", "هجري", "هجريه", "للهجره", "ق"})
_DAY_WORDS = frozenset({"يوم", "يومي", "نهار", "بيوم", "ليوم", "ويوم"})
_MONTH_WORDS = frozenset({"شهر", "لشهر", "بشهر", "وشهر"})
_YEAR_WORDS = frozenset({"عام", "العام", "سنه", "السنه", "لعام", "للعام"})
#: Words before which a weak month name is surely a month: في "in", منذ "since" ...
_MONTH_BEFORE = frozenset(
    {
        "في",
        "منذ",
        "خلال",
        "حتي",
        "شهر",
        "لشهر",
        "بشهر",
        "وفي",
        "ومنذ",
        "مطلع",
        "نهايه",
        "منتصف",
        "اوايل",
        "اواخر",
        "بدايه",
        "لغايه",
    }
)
#: "On" and "to" join only the two days of a night (ليلة الاثنين على الثلاثاء).
_TO = frozenset({"علي", "الي"})
#: Words that say the same day again (الموافق "corresponding to").
_EQUAL = frozenset({"الموافق", "المصادف", "الواقع"})
#: Words after which الغد is tomorrow and no name.
_TOMORROW_AFTER = (["من"], ["حتي"], ["الي"], ["منذ"], ["وحتي"], ["لغايه"])
#: Words that make a part of the day of what may be another word: في "in", منذ "since", مع "with" ...
_PART_BEFORE = frozenset({"في", "منذ", "خلال", "مع", "عند", "حتي", "طوال", "حلول", "وفي", "هذا", "الي", "قبل", "طيله"})
_DOTTED = re.compile(r"(\d{1,4})[.٫](\d{1,2})[.٫](\d{1,4})")


@dataclass(frozen=True, slots=True)
class Date:
    """Day, month and year as stated; ``last_day`` ends a list or span of days ("3 to 5 July")."""

    day: int | None
    month: int | None
    year: int | None
    hijri: bool = False
    last_day: int | None = None
    mod: int | None = None
    """Last (-1), running (0), next (1): of the month, or, ten added, of its year."""


@dataclass(slots=True)
class Frame:
    """What the words of one expression of a day state."""

    rel: int | None = None
    rel_part: str | None = None
    weekday: int | None = None
    weekday_mod: int | None = None
    night_to: int | None = None
    """The second weekday of a night between two days."""
    date: Date | None = None
    part: str | None = None
    alone: bool = False
    """The part of the day may stand without a day."""
    told: int | None = None
    """Days from the day told before ("the next day")."""
    named: bool = False

    @property
    def has_day(self) -> bool:
        """Does it state a day?"""
        return not (self.rel is None and self.weekday is None and self.date is None and self.told is None)

    @property
    def empty(self) -> bool:
        """Was nothing read?"""
        return self.part is None and not self.has_day


class Frames:
    """Readers of day expressions over one text; ``limit`` is the end of the sentence being read."""

    def __init__(self, t: Tokens, at: dict[int, Item], *, numbers: bool = True) -> None:
        self.t, self.at, self.key, self.kind = t, at, t.key, t.kind
        self.numbers = numbers
        self.limit = len(t)

    # -- numbers and names

    def digits(self, i: int) -> int | None:
        """A whole number in digits at ``i``; None where the carrier scrambles them."""
        if i >= self.limit or self.kind[i] != "n" or not self.numbers:
            return None
        raw = self.key[i]
        return int(raw) if raw.isdigit() and len(raw) <= 4 else None

    def number(self, i: int) -> tuple[int, int] | None:
        """A number in digits or words: (value, end)."""
        n = self.digits(i)
        if n is not None:
            return n, i + 1
        it = self.at.get(i)
        if it is None or i >= self.limit:
            return None
        if it.cat == "number" or (it.cat == "edge" and self.key[i] == "اول"):  # أول "first of" is also an edge
            return max(it.word.value, 1), it.hi
        return None

    def cat(self, i: int) -> str:
        """The category of the word of time at ``i``, or ""."""
        it = self.at.get(i)
        return it.cat if it is not None and i < self.limit else ""

    def word(self, i: int) -> str:
        """The key at ``i``, or "" past the sentence."""
        return self.key[i] if i < self.limit else ""

    def month_name(self, i: int, *, sure: bool) -> tuple[Item, int] | None:
        """A month's name with a second name beside it ("تموز/يوليو"). ``sure``: the context makes it one."""
        if self.cat(i) != "month":
            return None
        it = self.at[i]
        if it.word.never and self.t.light[i].endswith(tuple(it.word.never)):
            return None
        j = self._second_name(i, it)
        spelled = bool(it.word.sure) and self.t.light[i] in it.word.sure
        if it.word.flag and not (sure or spelled) and j == it.hi and not self._month_follows(j):
            return None
        return it, j

    def _second_name(self, i: int, it: Item) -> int:
        j = it.hi
        dash = self.word(j) in _DASH
        k = j + dash
        if self.cat(k) != "month":
            return j
        other = self.at[k]
        if other.word.value != it.word.value or other.word.hijri != it.word.hijri or other.clitic:
            return j
        closes = dash and self.word(j) == "(" and self.word(other.hi) in _CLOSE
        return other.hi + closes

    def _month_follows(self, j: int) -> bool:
        """Is what follows a year or a modifier such as "last"?"""
        return self.year(j) is not None or self.cat(j) == "modifier"

    def year(self, j: int) -> tuple[int, bool, int] | None:
        """A year with its words ("من عام 2013م", "(2013)"): (value, Hijri, end)."""
        k = j
        if self.word(k) in {"من", "،", ",", "ل"}:
            k += 1
        named = self.word(k) in _YEAR_WORDS
        k += named
        bracket = self.word(k) in _OPEN
        n = self.digits(k + bracket)
        if n is None or (k > j and not named and not bracket and self.word(j) == "من"):
            return None
        end = k + bracket + 1
        era = self.word(end) if self.word(end) in _ERA else ""
        hijri = era.startswith("ه") or era == "للهجره" or 1300 <= n <= 1500
        if not (1900 <= n <= 2100 or (hijri and 1300 <= n <= 1500)):
            return None
        end += bool(era)
        return n, hijri, end + (bracket and self.word(end) in _CLOSE)

    # -- explicit dates

    def date(self, i: int) -> tuple[Date, int] | None:
        """An explicit date with at least a day and a month."""
        if not self.numbers and self.kind[i] == "n":
            return None
        return self._numeric(i) or self._day_month(i) or self._month_day(i)

    def _numeric(self, i: int) -> tuple[Date, int] | None:
        dotted = _DOTTED.fullmatch(self.key[i]) if self.kind[i] == "n" else None
        if dotted:
            return self._ordered([int(g) for g in dotted.groups()], i + 1)
        found, j = [self.digits(i)], i + 1
        while len(found) < 3 and self.word(j) in {"/", "-", "–", "\\", "."} and found[-1] is not None:
            n = self.digits(j + 1)
            if n is None and self.cat(j + 1) == "month":
                n, j = self.at[j + 1].word.value, self.at[j + 1].hi
            else:
                j += 2
            found.append(n)
        if len(found) == 3 and all(n is not None for n in found) and self.word(j) not in {"/", "-"}:
            return self._ordered([n for n in found if n is not None], j)
        if len(found) == 2 and self.word(i + 1) == "/" and all(found) and self._dated(i):
            return self._ordered([n for n in found if n is not None], j)
        return None

    def _dated(self, i: int) -> bool:
        """Does the word before say that day/month follows (7/8 may also be a fraction or a score)?"""
        before = self.key[i - 1] if i else ""
        return before in _DAY_WORDS or before in {"بتاريخ", "تاريخ", "الموافق"} or self.cat(i - 1) == "weekday"

    def _ordered(self, n: list[int], j: int) -> tuple[Date, int] | None:
        if n[0] > 31:
            n = n[::-1]
        day, month, year = n[0], n[1], n[2] if len(n) > 2 else None
        if month > 12 >= day:  # month first, as software of English make writes it
            day, month = month, day
        if year is not None and year < 100:
            year += 2000
        era = self.word(j) if self.word(j) in _ERA else ""
        hijri = year is not None and (1300 <= year <= 1500 or era.startswith("ه"))
        if not (1 <= day <= 31 and 1 <= month <= 12) or not (year is None or hijri or 1900 <= year <= 2100):
            return None
        return Date(day, month, year, hijri), j + bool(era)

    def _days(self, i: int) -> tuple[int, int | None, int] | None:
        """A day number or a list or span of them: (first, last or None, end)."""
        first = self.number(i)
        if first is None or not 1 <= first[0] <= 31:
            return None
        j, last = first[1], None
        while True:
            k = j
            if self.word(k) in {"و", "-", "–", "—", "ـ", "الي", "حتي"}:
                k += 1
            elif not (self.cat(k) == "number" and self.at[k].clitic == "و"):
                break
            more = self.number(k)
            if more is None or not first[0] < more[0] <= 31:
                break
            last, j = more
        return first[0], last, j

    def _day_month(self, i: int) -> tuple[Date, int] | None:
        days = self._days(i)
        if days is None:
            return None
        day, last, j = days
        if self.word(j) in {"الجاري", "الحالي"} and self.digits(i) is not None:
            return Date(day, None, None, last_day=last, mod=0), j + 1
        j += self.word(j) == "ايام"
        if self.word(j) in {"من", "/", "-"}:
            j += 1
        k = j + 1 if self.word(j) in _MONTH_WORDS else j
        if k == j and self._running_month(j):
            return self._of_running_month(day, last, j)
        named = self.month_name(k, sure=True)
        if named is None or named[0].clitic not in {"", "ل", "ب"}:
            return None
        return self._with_year(day, last, named[0], named[1])

    def _running_month(self, j: int) -> bool:
        return self.word(j) in {"الشهر", "هذا"} and (self.cat(j + 1) == "modifier" or self.word(j + 1) == "الشهر")

    def _of_running_month(self, day: int, last: int | None, j: int) -> tuple[Date, int]:
        mod = 0 if self.word(j) == "هذا" else self.at[j + 1].word.value
        end = j + 2 if self.word(j) == "هذا" else self.at[j + 1].hi
        return Date(day, None, None, last_day=last, mod=mod), end

    def _with_year(self, day: int | None, last: int | None, name: Item, j: int) -> tuple[Date, int]:
        year = self.year(j + (self.word(j) in {"/", "-"}))
        if year:
            hijri = name.word.hijri
            return Date(day, name.word.value, year[0], hijri, last_day=last), year[2]
        if self.cat(j) == "modifier":
            it = self.at[j]
            return Date(day, name.word.value, None, name.word.hijri, last, it.word.value), it.hi
        k = j + 1
        if self.word(j) == "من" and self.word(k) in _YEAR_WORDS and self.cat(k + 1) == "modifier":
            return Date(day, name.word.value, None, name.word.hijri, last, self._year_mod(k + 1)), self.at[k + 1].hi
        return Date(day, name.word.value, None, name.word.hijri, last_day=last), j

    def _year_mod(self, i: int) -> int:
        """A modifier of the year: ten apart from those of the month, so that both keep their meaning."""
        return 10 + self.at[i].word.value

    def _month_day(self, i: int) -> tuple[Date, int] | None:
        """The English order, month first: only with a year ("يوليو 21, 2015")."""
        named = self.month_name(i, sure=False) if self.cat(i) == "month" else None
        day = self.digits(named[1]) if named else None
        if named is None or day is None or not 1 <= day <= 31:
            return None
        year = self.year(named[1] + 1)
        return (Date(day, named[0].word.value, year[0], named[0].word.hijri), year[2]) if year else None

    def month(self, i: int) -> tuple[Date, int] | None:
        """A month without a day ("شهر مايو الماضي")."""
        j = i + 1 if self.word(i) in _MONTH_WORDS else i
        sure = j > i or (i > 0 and self._prepositioned(i))
        named = self.month_name(j, sure=sure)
        return self._with_year(None, None, named[0], named[1]) if named else None

    def _prepositioned(self, i: int) -> bool:
        """Does the word before make a month of this one? Not where the spelling decides (آب, أب "father")."""
        it = self.at.get(i)
        return self.key[i - 1] in _MONTH_BEFORE and (it is None or not (it.word.sure or it.word.strict))

    # -- expressions of a day

    def moment(self, i: int) -> tuple[Frame, int] | None:
        """A day expression that begins at ``i`` with all its parts ("فجر أمس الجمعة 6 آب"): (frame, end)."""
        f, j, brackets = Frame(), i, 0
        while j < self.limit:
            k = self._glue(j, f)
            end = self._take(k, f, glue=self.key[j:k])
            if end is None:
                break
            brackets += sum(self.key[g] in _OPEN for g in range(j, k))
            j = end
            if brackets and self.word(j) in _CLOSE:
                brackets, j = brackets - 1, j + 1
        if f.empty or (not f.has_day and not f.alone):
            return None
        return f, j

    def _glue(self, j: int, f: Frame) -> int:
        k = j
        while k < self.limit and k - j < 3 and self.key[k] in _GLUE:
            if f.empty and self.key[k] not in _DAY_WORDS:
                break
            if self.key[k] in _DAY_WORDS and self.cat(k) not in {"unit", ""}:
                break
            k += 1
        return k

    def _take(self, k: int, f: Frame, glue: list[str]) -> int | None:
        """Read one more part into the frame; its end, or None where the expression is over."""
        if k >= self.limit or (not f.empty and (")" in glue[:1] or "و" in glue)):
            return None
        if _TO & set(glue) and not (f.part in {"night", "midnight"} and f.weekday is not None):
            return None
        it = self.at.get(k)
        if it is not None and it.clitic and not f.empty and not (it.clitic == "ل" and _EQUAL & set(glue)):
            return None
        taken = self._take_word(it, k, f, glue) if it is not None else None
        return taken if taken is not None else self._take_date(k, f, glue)

    def _take_word(self, it: Item, k: int, f: Frame, glue: list[str]) -> int | None:
        if it.cat == "day_part":
            return self._take_part(it, f, glue)
        if it.cat == "relative":
            return self._take_relative(it, k, f, glue)
        if it.cat == "weekday":
            return self._take_weekday(it, k, f, glue)
        if it.cat == "anaphora" and f.told is None and not f.has_day:
            f.told = it.word.value
            return it.hi
        return None

    def _take_part(self, it: Item, f: Frame, glue: list[str]) -> int | None:
        name = it.word.name
        if f.part is None:
            if it.word.strict and not f.has_day and not glue and not self._after_preposition(it):
                return None
            if f.has_day and ("،" in glue or "," in glue) and not it.word.flag:
                return None
            f.part, f.alone = name, it.word.flag
            return it.hi
        if f.has_day:
            return None
        if f.part == "dawn" and name in {"night", "evening", "midnight"}:
            f.part = name
        f.alone = f.alone or it.word.flag
        return it.hi

    def _after_preposition(self, it: Item) -> bool:
        """The part with the article (الظهر: also "the back") needs a preposition before or a day after it."""
        k = it.hi - 2
        return (k >= 0 and self.key[k] in _PART_BEFORE) or self.cat(it.hi) in {
            "weekday",
            "relative",
            "anaphora",
        }

    def _take_relative(self, it: Item, k: int, f: Frame, glue: list[str]) -> int | None:
        if f.rel is not None and "(" in glue and f.weekday is None:
            f.rel = it.word.value  # a paper puts its own day in brackets: "today (yesterday, Saturday)"
            return it.hi
        if f.rel is not None or f.told is not None or "في" in glue:
            return None
        if f.has_day and ("،" in glue or "من" in glue):
            return None
        if it.word.flag and f.part is None and self.key[k - 1 : k] not in _TOMORROW_AFTER:
            return None
        if it.word.value == 0 and it.word.part is None and not self._is_today(k, it):
            return None
        f.rel = it.word.value
        f.part = f.part or it.word.part
        return it.hi

    def _is_today(self, k: int, it: Item) -> bool:
        """Is اليوم "today", not the title of a paper or a counted day ("the first day")?"""
        before, after = self.key[k - 1] if k else "", self.word(it.hi)
        if it.hi != k + 1 or it.word.part is not None:
            return True
        quoted = k > 0 and self.kind[k - 1] == "q" and before not in _OPEN
        if (quoted and it.hi < self.limit and self.kind[it.hi] == "q") or before in {"في", "ان", "ذلك"}:
            return before == "ان"
        counted = self.cat(it.hi) == "number" and self.at[it.hi].word.flag and self.at[it.hi].definite
        return not counted and after not in {"الذي", "الواحد", "الاخير"}

    def _take_weekday(self, it: Item, k: int, f: Frame, glue: list[str]) -> int | None:
        if f.weekday is not None:
            follows = it.word.value == (f.weekday + 1) % 7 and f.part in {"night", "midnight"}
            if f.night_to is None and follows and f.weekday_mod is None and not ({"،", "من", "في"} & set(glue)):
                f.night_to = it.word.value
                return it.hi
            return None
        if f.told is not None or ("،" in glue and f.rel is None and f.date is None):
            return None
        f.weekday = it.word.value
        return self._weekday_mod(it.hi, f)

    def _weekday_mod(self, j: int, f: Frame) -> int:
        if self.cat(j) == "modifier" and self.word(j) != "هذا":
            f.weekday_mod = self.at[j].word.value
            return self.at[j].hi
        if self.word(j) == "من" and self.word(j + 1) == "الاسبوع" and self.cat(j + 2) == "modifier":
            f.weekday_mod = self.at[j + 2].word.value
            return self.at[j + 2].hi
        return j

    def _take_date(self, k: int, f: Frame, glue: list[str]) -> int | None:
        again = f.date is not None and (bool(_EQUAL & set(glue)) or glue in (["/"], ["("]))
        if (f.date is not None and not again) or f.told is not None:
            return None
        if self.cat(k) not in {"", "number", "month", "edge"}:
            return None
        if self.cat(k) == "" and self.kind[k] != "n":
            return None
        found = self.date(k)
        if found is None:
            return None
        if f.date is None or (f.date.hijri and not found[0].hijri):
            f.date = found[0]
        return found[1]
