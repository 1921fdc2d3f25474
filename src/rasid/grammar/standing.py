"""The standing of a predicate: did the report say that it happened, or only that somebody wants, fears or denies it?"""

from __future__ import annotations

from rasid.grammar.clauses import Clause
from rasid.grammar.scan import Scan, Trigger
from rasid.lexicon.predicates import operators
from rasid.text.keys import fold, splits

#: Words after which a real event is told, whatever governs the clause: cause, time, background.
_FACTS = {
    fold(w)
    for w in ("إثر", "جراء", "خلال", "منذ", "بسبب", "خلفية", "ردا", "رد", "عقب",
              "بعد", "نتيجة", "أثناء", "اثناء", "بفعل", "غداة", "عن", "في")
}  # fmt: skip
_UNREAL = {
    "future": "planned", "purpose": "planned", "hypothesis": "hypothesis", "demand": "wanted", "promise": "wanted",
    "threat": "threatened", "refusal": "wanted",
}  # fmt: skip
_EXPOSED = {
    fold("تعرض"),
    fold("نتيجة"),
    fold("حصيلة"),
    fold("ضحايا"),
    fold("حصيلتها"),
    fold("تعرضت"),
    fold("تعرضه"),
    fold("تعرضها"),
    fold("يتعرض"),
    fold("تتعرض"),
    fold("تعرضوا"),
}
_ANY = {
    fold(w)
    for w in (
        "أي",
        "أية",
        "لأي",
        "بأي",
        "موعد",
        "تاريخ",
        "توقيت",
        "تأخر",
        "تأخير",
        "تأجيل",
        "إلغاء",
        "بتأجيل",
        "احتمالات",
        "سيناريو",
        "قائد",
        "غرفة",
        "خطط",
        "خطة",
    )
}
_AHEAD = {
    fold(w)
    for w in (
        "لن",
        "سوف",
        "سيكون",
        "ستكون",
        "سيتم",
        "سيبدأ",
        "ستبدأ",
        "قادم",
        "قادمة",
        "مقبل",
        "مقبلة",
        "وشيك",
        "وشيكة",
    )
}
_FROM = fold("من")
#: Verbs of control whose imperfect tells a state, by the letters that all their forms share.
_HOLDS = (fold("سيطر"), fold("حتل"))
#: Tokens of a post of one line at most.
_POST = 60
_AN = ("أن", "ان", "بأن", "وأن")
_REAL_AN = {fold(w) for w in ("بعد", "قبل", "منذ", "إلى", "وبعد", "وقبل", "غير", "دون")}
_MANAGED = {"تمكن", "استطاع", "نجح"}
_BEFORE = fold("قبل")
_KAD = fold("قد")
_ATTEMPT = {fold("محاولة"), fold("محاولات"), fold("ومحاولة")}


def standing(s: Scan, trigger: Trigger, clause: Clause, before: list[Clause]) -> str:
    """``happened``, ``planned``, ``threatened``, ``alleged``, ``denied``, or a reason to drop it.

    Reasons: ``state``, ``negated``, ``wanted`` (content of a demand, pledge, refusal), ``hypothesis``, ``cancelled``.
    before: the clauses of the sentence up to this one, the nearest last.
    """
    own = _by_particles(s, trigger, clause)
    if own:
        return own
    governed = _by_operators(s, trigger.lo, clause.lo)
    if governed:
        return governed
    return _by_parents(s, clause, before)


def _by_particles(s: Scan, trigger: Trigger, clause: Clause) -> str | None:
    keys, o = s.m.tokens.key, operators()
    i = trigger.lo
    prev = keys[i - 1] if i > clause.lo else ""
    prev2 = keys[i - 2] if i - 1 > clause.lo else ""
    bare_prev = _unclitic(prev)
    if _is_state(s, trigger, clause, prev) and not (prev == _FROM and _managed(s, i)):
        return "state"
    if trigger.verb:
        if _negates(prev) or (prev == _KAD and _negates(prev2)):
            return "negated"
        if trigger.proclitics.endswith("س"):
            return "planned"
        if trigger.proclitics.endswith("ل"):
            return "planned"
        if bare_prev == _KAD and trigger.tense == "impf":
            return "hypothesis"
        if trigger.tense == "impf" and _subjunctive(s, i, clause):
            return "wanted"
        return None
    if bare_prev in o.negative_nouns or prev in o.negative_nouns:
        return "negated"
    if any(keys[j] in _ANY for j in range(max(clause.lo, i - 3), i)) or _awaited(s, trigger, clause):
        return "hypothesis"
    if bare_prev == _BEFORE and any(_negates(keys[j]) for j in range(s.m.tokens.sentences[clause.sentence].lo, i)):
        return "hypothesis"  # "no talks before its withdrawal"
    if bare_prev in o.cancel or (_bare_article(bare_prev) in o.cancel and not trigger.article):
        return "cancelled"
    if trigger.proclitics.endswith("ل") and not _exposed(keys, i, clause.lo):
        return "planned"
    return "negated" if _carrier_negated(s, i, clause.lo) else None


def _is_state(s: Scan, trigger: Trigger, clause: Clause, prev: str) -> bool:
    """Control that lasts ("the town that X controls", "under X's control") is no taking of ground."""
    if trigger.predicate.yields != "territory":
        return False
    lasting = (
        trigger.tense == "impf" and any(w in s.m.tokens.key[trigger.lo] for w in _HOLDS) and not _headline(s, clause)
    )
    return lasting or (not trigger.verb and prev in operators().state)


def _headline(s: Scan, clause: Clause) -> bool:
    """Is this the main clause of a title or of a post of one line? There the imperfect tells news."""
    tokens = s.m.tokens
    title = tokens.sentences[clause.sentence].title
    return clause.kind in ("main", "coord") and (title or (clause.sentence == 0 and len(tokens) <= _POST))


def _subjunctive(s: Scan, i: int, clause: Clause) -> bool:
    """أن with the imperfect tells a wish or duty, but for "after", "before", "until" and what somebody managed to do."""
    light = s.m.tokens.light
    if i == 0 or light[i - 1] not in _AN:
        return False
    before = s.m.tokens.key[i - 2] if i > 1 else ""
    if _unclitic(before) in _REAL_AN or before in _REAL_AN:
        return False
    return not _managed(s, i)


def _awaited(s: Scan, trigger: Trigger, clause: Clause) -> bool:
    """ "The freeing of X will not need ...": a masdar whose own verb lies ahead has not happened."""
    keys = s.m.tokens.key
    for j in range(trigger.hi, min(trigger.hi + 10, clause.hi)):
        if keys[j] in _AHEAD:
            return True
        t = s.trigger.get(j)
        if (j in s.finite and not keys[j].startswith("س")) or (t is not None and t.verb) or s.m.tokens.kind[j] == "p":
            return False
    return False


def _managed(s: Scan, i: int) -> bool:
    """Does a verb of success (تمكن من) govern the word at ``i``?"""
    return any(j in s.carrier and s.carrier[j].value in _MANAGED for j in range(max(0, i - 25), i - 1))


def _carrier_negated(s: Scan, i: int, lo: int) -> bool:
    """The verb that carries the noun is itself undone: "عدم تعرض المقر لهجوم", "لم يتعرض لقصف"."""
    o = operators()
    for j in range(i - 1, max(lo, i - 10) - 1, -1):
        if j in s.carrier:
            before = s.m.tokens.key[j - 1] if j > lo else ""
            return _unclitic(before) in o.negative_nouns or before in o.negative_nouns or _negates(before)
    return False


def _negates(key: str) -> bool:
    """A negative particle, alone or behind a conjunction (ولم، فلا)."""
    particles = operators().negative_particles
    return key in particles or (key[:1] in ("و", "ف") and key[1:] in particles)


def _unclitic(key: str) -> str:
    return key[1:] if key[:1] in ("و", "ف", "ب", "ل") and len(key) > 3 else key


def _bare_article(key: str) -> str:
    return key[2:] if key.startswith("ال") else key


def _exposed(keys: list[str], i: int, lo: int) -> bool:
    """Is the ل before this noun that of تعرّض لـ "came under", or of نتيجة لـ "owing to"?"""
    for j in range(max(lo, i - 9), i):
        if any(rest in _EXPOSED for _, rest in splits(keys[j])):
            return True
    return i > lo and any(rest in _ATTEMPT for _, rest in splits(keys[i - 1]))


def _by_operators(s: Scan, i: int, lo: int) -> str | None:
    """The nearest operator to the left inside the clause, unless a word of cause or time stands between."""
    keys = s.m.tokens.key
    for j in range(i - 1, lo - 1, -1):
        op = s.operator.get(j)
        if op is None:
            if keys[j] in _FACTS and i - j <= 4 and not _inside_time(s, j):
                rumoured = j > lo and s.operator.get(j - 1, ("",))[0] == "doubt"
                return "alleged" if rumoured else None
            continue
        kind = op[0]
        if kind == "doubt" and op[1] != "part":
            return "alleged"
        if kind == "denial":
            return "denied"
        if kind in _UNREAL and j not in s.actor and j not in s.place:
            return _UNREAL[kind]
    return None


def _inside_time(s: Scan, j: int) -> bool:
    return j in s.time


def _by_parents(s: Scan, clause: Clause, before: list[Clause]) -> str:
    """The verb that governs an أن clause decides; coordinated clauses share their governor."""
    kind = clause.kind
    for parent in reversed(before):
        if kind == "coord" and parent.kind == "that":
            kind = "that"
        elif kind == "coord":
            kind = parent.kind if parent.kind in ("coord", "that") else "main"
            if kind == "main":
                return "happened"
        elif kind == "that":
            found = _by_operators(s, parent.hi, parent.lo)
            if found:
                return found
            if any(op[0] == "speech" for j in range(parent.lo, parent.hi) if (op := s.operator.get(j))):
                return "happened"
            return "happened"
        else:
            return "happened"
    return "happened"
