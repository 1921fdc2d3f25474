"""Comparison keys for Arabic words. A key is made from a word, never put in place of it: offsets stay the text's own.

Two keys: ``light`` drops marks, tatweel and invisible characters and undoes presentation forms; ``key`` also folds
letters that writers interchange (alef, yeh, teh forms). Meaning decides late between what folding joins, such as
على "on" and علي "Ali", so tokens carry both.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

#: Vowel marks, Koranic signs, tatweel, zero-width and bidi controls: never part of a key.
INVISIBLE = (
    "\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc"
    "\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
)
_DROP = re.compile(f"[{INVISIBLE}]+")
#: A letter dodged for moderation: a dot or star beside a tatweel inside a word (احتـ.لال).
_DODGE = re.compile(r"(?<=ـ)[.*•]+|[.*•]+(?=ـ)")
_PRESENTATION = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]")
_FOLD = str.maketrans(
    {
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ٲ": "ا", "ٳ": "ا",
        "ى": "ي", "ی": "ي", "ێ": "ي", "ې": "ي", "ئ": "ي",
        "ة": "ه", "ۀ": "ه", "ھ": "ه", "ہ": "ه", "ە": "ه", "ۃ": "ه",
        "ؤ": "و", "ۆ": "و", "ۇ": "و",
        "ک": "ك", "گ": "ك", "ڭ": "ك",
        "پ": "ب", "چ": "ج", "ڤ": "ف", "ژ": "ز",
    }
)  # fmt: skip
_LIGHT = str.maketrans({"ی": "ي", "ک": "ك", "ھ": "ه", "ہ": "ه"})


@lru_cache(maxsize=200_000)
def light(word: str) -> str:
    """The word without marks, tatweel, invisible characters, dodging dots or presentation forms."""
    if _PRESENTATION.search(word):
        word = unicodedata.normalize("NFKC", word)
    if "ـ" in word:
        word = _DODGE.sub("", word)
    return _DROP.sub("", word).translate(_LIGHT)


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """The comparison key of one word: `light`, with interchangeable letters folded.

    >>> fold("المدرسةِ") == fold("المدرسه")
    True
    """
    return light(word).translate(_FOLD).lower()


def phrase(text: str) -> tuple[str, ...]:
    """Keys of the words of a phrase as knowledge files write it; punctuation is dropped.

    >>> phrase("حيّ طريق السدّ")
    ('حي', 'طريق', 'السد')
    """
    return tuple(fold(w) for w in re.findall(rf"[\w{INVISIBLE}]+", text.replace("_", " ")))


# Proclitic stacks in the order that Arabic allows: conjunction, preposition, article; or conjunction and future.
_CONJ = ("", "و", "ف")
_PREP = ("", "ب", "ك", "ل")


@lru_cache(maxsize=200_000)
def splits(key: str) -> tuple[tuple[str, str], ...]:
    """All ways to part a folded word into proclitics and rest, the whole word first; the article stays on the rest.

    لل is undone to ل + ال. A split is only a proposal: the caller looks the rest up in a lexicon.

    >>> ("ول", "العراق") in splits("وللعراق")
    True
    """
    out = [("", key)]
    for c in _CONJ:
        if not key.startswith(c) or len(key) - len(c) < 2:
            continue
        rest = key[len(c) :]
        for p in _PREP:
            if not rest.startswith(p) or not (c or p):
                continue
            tail = rest[len(p) :]
            if p == "ل" and tail.startswith("ل") and len(tail) >= 3:
                out.append((c + p, "ا" + tail))
            if len(tail) >= 2:
                out.append((c + p, tail))
    return tuple(out)


def bare(key: str) -> str:
    """The folded word without the article."""
    return key[2:] if key.startswith("ال") and len(key) > 3 else key
