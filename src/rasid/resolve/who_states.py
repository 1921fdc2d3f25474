"""A country or capital as a party: "موسكو تتعهد", not "في موسكو". What stands before and after it decides."""

from __future__ import annotations

from rasid.resolve.who_scan import BREAK, Scan
from rasid.text.keys import fold

_PLACE_BEFORE = frozenset(
    fold(w)
    for w in ["في", "إلى", "داخل", "خارج", "عبر", "باتجاه", "نحو", "قرب", "شمال", "جنوب", "شرق", "غرب", "شمالي", "جنوبي", "شرقي", "غربي", "وسط", "حدود", "أراضي", "أرض", "مدينة", "العاصمة", "عاصمة", "محافظة", "مطار", "سفارة", "سفير", "أنحاء", "أجواء", "سماء", "مياه", "عموم", "ربوع", "شعب", "أبناء", "منطقة", "مناطق", "جبهة", "مدن", "قرى", "ريف", "ساحل", "سواحل", "جنوبا", "تجاه", "حول", "لدى", "سكان", "تاريخ", "استقرار", "مستقبل", "أمن", "وحدة", "سيادة", "أزمة", "ملف", "قضية", "شؤون", "شأن", "تحرير", "إعمار", "إقليم", "غادر", "غادرت", "مغادرة", "وصل", "وصلت", "زار", "زيارة", "دخول", "دخل", "دخلت", "مغادرا", "أحداث", "تطورات", "أوضاع", "الوضع", "حرب", "معركة", "كردستان", "ضواحي", "محيط", "قلب", "شوارع", "أحياء", "بلاد", "جمهورية", "مملكة", "كل", "انقسام", "تقسيم", "حكم", "احتلال", "قصف", "استهداف"]
)
_FROM = frozenset(
    fold(w)
    for w in ["دعم", "بدعم", "الدعم", "طلب", "بطلب", "طلبت", "تمويل", "بتمويل", "توجيه", "بتوجيه", "بتوجيهات", "بأوامر", "أوامر", "مدعوم", "مدعومة", "المدعومة", "المدعومين", "مدعومين", "ضغط", "بضغط", "ضغوط", "بضغوط", "بإيعاز", "بتحريض", "مساعدة", "بمساعدة", "بإشراف", "كل", "وعود", "تعهدات", "رد", "موقف", "بموافقة", "قبل"]
)
_WITH = frozenset(fold(w) for w in ["بين", "مع", "أن", "إن", "لكن", "بأن", "لأن", "ان", "ضد", "إزاء", "بأنّ", "وأن", "وإن", "عن"])
_BORDER = frozenset(fold(w) for w in ["الحدود", "حدود", "الحدودية", "الحدودي", "حدودها", "حدوده", "المعبر", "معبر"])
_AFTER_BREAK = {BREAK, ":", "،", ",", ".", "..", "…", "؟", "!", "-", "–", "؛"}


def is_verb(s: Scan, p: int) -> bool:
    """Is the word at ``p`` a form of a verb that the lists know?"""
    w = s.words[p] if p < len(s.words) else None
    return bool(w and w.verb)


def place_before(s: Scan, p: int) -> bool:
    """Does a word of place stand before position ``p``?"""
    return s.keys[p - 1] in _PLACE_BEFORE or s.keys[p - 1] == "من"


def as_party(s: Scan, p: int, hi: int, capital: bool, chained: bool) -> bool:
    """Does a country or capital stand for its government here? ``chained``: a party ends right before it."""
    w = s.words[p]
    clitics = w.clitics if w else ""
    if clitics.endswith(("ب", "ك")):
        return False
    if clitics.endswith("ل"):
        return capital or is_verb(s, p - 1)
    if chained and clitics == "و":
        return True
    before = s.keys[p - 1]
    if before in _PLACE_BEFORE:
        return False
    if before == "من":
        return s.keys[p - 2] in _FROM
    if before == "قبل" and s.keys[p - 2] == "من":
        return True
    return _acts(s, p, hi, capital, clitics)


def _acts(s: Scan, p: int, hi: int, capital: bool, clitics: str) -> bool:
    before = s.keys[p - 1]
    if before in _WITH and not clitics:
        return not (before == "مع" and s.keys[p - 2] in _BORDER)
    after = hi
    while _joined_state(s, after):
        after += 1
    if is_verb(s, after) and (before in _AFTER_BREAK or before in _WITH or _light(s, p - 1) or bool(clitics)):
        return True
    if is_verb(s, p - 1) and not clitics:
        return True
    return capital and before == BREAK and s.keys[after] == ":" and p == 1


def _light(s: Scan, p: int) -> bool:
    """A word after which a subject may open a clause: a conjunction, relative or time word."""
    w = s.words[p]
    return bool(w and w.function)


def _joined_state(s: Scan, p: int) -> bool:
    w = s.words[p] if p < len(s.words) else None
    return bool(w and w.clitics == "و" and w.names and not w.head)
