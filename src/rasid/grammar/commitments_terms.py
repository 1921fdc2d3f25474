"""Terms of a commitment: where each begins and ends in the words after its verb, and which act it
asks for.
"""

from __future__ import annotations

import re
from functools import cache

from rasid.grammar.commitments_scene import Scene, finite
from rasid.lexicon.commitments import classes_of, labels_of, rules_by_head, words
from rasid.model.claims import TermHit
from rasid.model.mentions import PlaceHit

_COMMA = frozenset("،,")
#: A term runs on at most so far, and a list holds at most so many.
_LONGEST, _MOST, _REACH, _CLAUSE_REACH = 45, 8, 10, 25
#: A rule that asks for no object yields to any that found its own.
_NO_OBJECT = 50
_HARD = frozenset(".؛;:!؟?…")
THAT = frozenset(["ان", "بان", "انه", "انها", "بانه", "بانها", "انهم", "بانهم", "الا", "بالا"])
#: "As well as, in addition to": the list goes on.
_MORE = frozenset(["فضلا", "اضافه", "علاوه", "بالاضافه"])
_AND_THAT = frozenset(["وان", "وبان", "والا", "وبالا"])

_SHAPES = re.compile(
    r"ت..ي.|ت..يه|است..?ا.|ا.[تطد].?ا[^ا]|ان..?ا.|م.ا..ه"
)  # تفعيل، تفعلة، استفعال، افتعال، انفعال، مفاعلة
_NEVER_MASDAR = frozenset(
    [
        "تركيا",
        "تركيه",
        "تشرين",
        "تاريخ",
        "تلميذ",
        "محافظه",
        "معارضه",
        "مقاومه",
        "معاهده",
        "محاوله",
        "منافسه",
        "مباراه",
        "مناسبه",
        "مظاهره",
        "مساعده",
        "بدايه",
        "انسان",
        "ابتداء",
    ]
)


@cache
def _masdar_cache() -> dict[tuple[str, str], tuple[str, bool] | None]:
    return {}


def masdar(key: str, light: str) -> tuple[str, bool] | None:
    """(proclitics, article) when the word can be the masdar that heads a term; None otherwise. Cached."""
    known = _masdar_cache()
    at = (key, light[:4])
    if at not in known:
        known[at] = _masdar(key, light)
    return known[at]


def _masdar(key: str, light: str) -> tuple[str, bool] | None:
    from rasid.lexicon.commitments import (
        act_labels,  # same package; local to keep the name out of the module's face
    )

    heads = rules_by_head()
    if key in _NEVER_MASDAR or key.removeprefix("ال") in _NEVER_MASDAR:
        return None
    if (key[3:] if key.startswith("وال") else key[2:] if key.startswith("ال") else "") in words("heads"):
        return None
    for m in act_labels().lookup(key):
        if m.form.tense in ("masdar", "noun") and (m.value in heads or m.value == "carry"):
            return m.proclitics, m.article
    for m in classes_of(key):
        if m.form.tense in ("masdar", "noun") and m.value in ("masdar", "will", "will_harm", "wont"):
            return m.proclitics, m.article
    return _by_shape(key, light)


def _by_shape(key: str, light: str) -> tuple[str, bool] | None:
    from rasid.text.keys import splits

    for clitics, rest in splits(key):
        article = rest.startswith("ال") and len(rest) > 5
        stem = rest[2:] if article else rest
        if stem in _NEVER_MASDAR:
            return None
        if _SHAPES.fullmatch(stem):
            return clitics, article
        if len(stem) in (5, 6) and stem[0] == "ا" and stem[-2] == "ا" and "إ" in light[: len(clitics) + 3]:
            return clitics, article
    return None


def opens_clause(s: Scene, j: int) -> bool:
    """Is token j أن "that, to" (and its kin), not إن, which opens speech, nor إلا "except"?"""
    k, light = s.t.key[j], s.t.light[j]
    if k not in THAT or light.startswith(("إن", "بإن")):
        return False
    return k not in ("الا", "بالا") or (light != "إلا" and j + 1 < len(s.t) and s.t.key[j + 1][:1] in "يتن")


def terms(s: Scene, lo: int, hi: int, kind: str) -> list[TermHit]:
    """The terms that begin at token lo; hi bounds the sentence. kind: that of the commitment."""
    clause = s.t.key[lo] in THAT
    spans = _spans(s, lo, hi, clause, kind)
    out: list[TermHit] = []
    for a, b in spans[:_MOST]:
        act, rule = classify(s, a, b, kind)
        if out and out[-1].act == act == "other" and b - a <= 2:
            out[-1].hi = b
            continue
        out.append(TermHit(a, b, act, rule, _places(s, a, b)))
    if kind == "threat" and any(x.act == "attack" for x in out):
        out = [x for x in out if x.act != "other"]  # what goes on behind the blow adds nothing to it
    return out


def _places(s: Scene, lo: int, hi: int) -> list[PlaceHit]:
    seen: dict[int, PlaceHit] = {}
    for j in range(lo, hi):
        p = s.place.get(j)
        if p is not None and p.role == "place":
            seen[p.lo] = p
    return list(seen.values())


def _spans(s: Scene, lo: int, hi: int, clause: bool, kind: str) -> list[tuple[int, int]]:
    t = s.t
    out: list[tuple[int, int]] = []
    start, j = lo, lo + 1
    end = min(hi, lo + 3 * _LONGEST)
    while j < end:
        if t.kind[j] == "w" or t.key[j] in _COMMA:
            move = _move(s, j, start, end, clause, kind)
            if move == "stop":
                break
            if move == "aside":
                again = _resume(s, j, end)
                if again is None:
                    break
                out.append((start, _trim(s, start, j)))
                start = j = again
            if move == "split":
                out.append((start, _trim(s, start, j)))
                start = j + 1 if t.key[j] in _COMMA else j
                if len(out) >= _MOST:
                    return out
        elif t.key[j] in _HARD:
            break
        if j - start > _LONGEST:
            break
        j += 1
    out.append((start, _trim(s, start, min(j, end))))
    return [(a, b) for a, b in out if b > a]


def _trim(s: Scene, lo: int, hi: int) -> int:
    while hi > lo + 1 and s.t.kind[hi - 1] in ("p", "q") and s.t.key[hi - 1] not in ("»", "”", '"', ")"):
        hi -= 1
    if hi > lo + 1 and s.t.kind[hi - 1] == "q" and not any(s.t.kind[j] == "q" for j in range(lo, hi - 1)):
        hi -= 1
    return hi


def _move(s: Scene, j: int, start: int, end: int, clause: bool, kind: str) -> str:
    """What token j does to the list: ``stop`` it, ``split`` off a new term, or ``go`` on."""
    t = s.t
    k = t.key[j]
    if k in _COMMA:
        if j + 1 >= end:
            return "stop"
        return _after_comma(s, j + 1, start, end, clause, kind)
    if k == "مقابل":  # "in return for": the other half of an offer or a deal, nothing that the rest asks for
        if kind not in ("offer", "agreement"):
            return "stop"
        return "split" if j + 1 < end and masdar(t.key[j + 1], t.light[j + 1]) is not None else "go"
    if clause and k in _AND_THAT:
        return "split"
    if k in _MORE and j + 2 < end and masdar(t.key[j + 2], t.light[j + 2]) is not None:
        return "split"
    if k in words("relatives"):
        return "aside"
    if k in ("دون", "بدون") and j + 1 < end and "arms" in labels_of(t.key[j + 1]):
        return "split"
    if k in words("stops"):
        return "stop"
    if k == "وعلي" and not clause:
        return "split" if any(masdar(s.t.key[n], s.t.light[n]) for n in range(j + 2, min(end, j + 6))) else "go"
    if k.startswith("و") and j not in s.actor and not _what_he_calls(s, j):
        return _after_and(s, j, start, clause, kind)
    return "go"


def _resume(s: Scene, j: int, end: int) -> int | None:
    """Where the list goes on behind a relative clause: at "،" and و with a masdar."""
    t = s.t
    for n in range(j + 1, min(end - 1, j + 22)):
        k = t.key[n]
        if k in _HARD or (k in words("stops") and k not in words("relatives")):
            return None
        if k in _COMMA and t.key[n + 1].startswith("و"):
            found = masdar(t.key[n + 1], t.light[n + 1])
            if found is None:
                return None
            return n + 1 if not found[1] or classify(s, n + 1, min(end, n + 8), "")[0] != "other" else None
    return None


def _after_comma(s: Scene, j: int, start: int, end: int, clause: bool, kind: str) -> str:
    t = s.t
    k = t.key[j]
    if k in words("stops"):
        return "stop"
    if k.startswith("و"):
        return _after_and(s, j, start, clause, kind)
    if t.kind[j] == "w" and finite(k) and masdar(k, t.light[j]) is None:
        return "stop"
    found = masdar(k, t.light[j])
    if found is not None and not clause and found[0] in ("", "ب", "ل") and not found[1]:
        return "split"
    return "stop" if not clause and _told_anew(s, j, end) else "go"


def _told_anew(s: Scene, j: int, end: int) -> bool:
    """Does a finite verb follow within a few words, so that the comma opens another clause ("، في
    الوقت ذاته قصفت")?
    """
    for n in range(j, min(end, j + 5)):
        k = s.t.key[n]
        if s.t.kind[n] != "w" or k in THAT or k in words("relatives"):
            return False
        if n not in s.actor and finite(k) and masdar(k, s.t.light[n]) is None:
            return True
    return False


def _what_he_calls(s: Scene, j: int) -> bool:
    """Is it "ما وصفه بـ", "ما أسماه": words that only quote the name of a thing?"""
    return s.t.key[j - 1] == "ما" and s.t.key[j].startswith(("وصف", "اسم", "سم"))


def _after_and(s: Scene, j: int, start: int, clause: bool, kind: str) -> str:
    t = s.t
    k = t.key[j]
    if k in _AND_THAT:
        return "split" if clause else "stop"
    found = masdar(k, t.light[j])
    if k == "وعدم" and "عدم" in t.key[start + 1 : j]:
        return "go"
    if found is not None and found[0].startswith("و"):
        if clause and found[0] == "و" and not _is_clause_verb(k):
            return "go"
        return "split" if _worth(s, j, start, found[1], kind) else "go"
    if finite(k):
        return "split" if clause and _is_clause_verb(k) else "stop"
    return "go"


def _is_clause_verb(key: str) -> bool:
    return any(m.form.tense == "impf" for m in classes_of(key)) or (key[1:2] in ("ي", "ت", "ن") and finite(key))


def _worth(s: Scene, j: int, start: int, article: bool, kind: str) -> bool:
    """A definite masdar opens a term of its own only if it brings another act: "القتل والتدمير" is
    one thing.
    """
    if not article:
        return True
    act, _ = classify(s, j, min(len(s.t), j + (3 if kind == "refusal" else 8)), kind)
    if act == "attack" and "stop" in labels_of(s.t.key[start]):
        return False  # "not to think of revenge and of killing"
    if act == "other":
        return s.t.key[j + 1] in ("عن", "في", "من", "علي", "الي") if j + 1 < len(s.t) else False
    return act != classify(s, start, j, kind)[0]


def classify(s: Scene, lo: int, hi: int, kind: str) -> tuple[str, str]:
    """The act of the term in tokens lo..hi, and the rule that gave it; ``other`` where no rule does."""
    act, rule, at = _by_rules(s, lo, hi)
    got = act, rule
    if kind == "refusal":
        wish = _refused(s, lo, min(hi, at + 1))
        if wish:
            return wish
    if kind == "threat" and got[0] in ("cease_fire", "negotiate") and _near(s, lo, lo + 2, "break", 2):
        return "attack", "act.threat.break"
    if kind == "threat" and got[0] in ("other", "stop_operation", "stop_attacks"):
        return _threatened(s, lo, hi, got)
    return got


def _by_rules(s: Scene, lo: int, hi: int) -> tuple[str, str, int]:
    """Act, rule and the token of its head; the term's end where no rule fires."""
    keys, heads = s.t.key, rules_by_head()
    leading, plain = True, hi
    reach = _CLAUSE_REACH if keys[lo] in THAT else _REACH
    for j in range(lo, min(hi, lo + reach)):
        labels = labels_of(keys[j])
        best: tuple[int, int, str, str] | None = None
        for label in labels:
            for rank, rule in heads.get(label, ()):
                if (rule.lead and not leading) or (j > plain + 1 and not rule.object and not _aims(keys[j])):
                    continue
                far = _object(s, j, hi, rule.object, rule.gap) if rule.object else _NO_OBJECT
                if far and rule.first:
                    far = -1
                if far and (best is None or (far, rank) < best[:2]):
                    best = (far, rank, rule.act, rule.id)
        if best:
            return best[2], best[3], j
        if (labels and "carry" not in labels) or (not labels and masdar(keys[j], s.t.light[j]) is not None):
            leading = False
            plain = min(plain, hi if labels else j)
    return "other", "act.other", hi


def _aims(key: str) -> bool:
    """Does the word stand as a purpose ("for the settlement of"), or go on behind و?"""
    return key.startswith(("ل", "ول", "ب", "و")) and len(key) > 4


def _object(s: Scene, j: int, hi: int, label: str, gap: int) -> int:
    """How far behind token j an object word stands; 0 where none does."""
    return next((n - j for n in range(j + 1, min(hi, j + 1 + gap)) if label in labels_of(s.t.key[n])), 0)


def _near(s: Scene, lo: int, hi: int, label: str, reach: int = 8) -> bool:
    return any(label in labels_of(s.t.key[j]) for j in range(lo, min(hi, lo + reach)))


def _refused(s: Scene, lo: int, hi: int) -> tuple[str, str] | None:
    """A harm refused is the wish against it."""
    if _near(s, lo, hi, "stop", 3):
        return None
    if _near(s, lo, hi, "displace"):
        return "no_displacement", "act.refused.displace"
    if _near(s, lo, hi, "shelling", 6) and not _near(s, lo, hi, "arms", 4):
        return "stop_shelling", "act.refused.shelling"
    if _near(s, lo, hi, "attacks", 3) or _near(s, lo, hi, "harm", 2) or _near(s, lo, hi, "operation", 2):
        return "stop_attacks", "act.refused.attacks"
    return None


def _threatened(s: Scene, lo: int, hi: int, got: tuple[str, str]) -> tuple[str, str]:
    for label in ("harm", "operation", "shelling", "force", "repel"):
        if _near(s, lo, hi, label, 4):
            return "attack", "act.threat." + label
    return got
