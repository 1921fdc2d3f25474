"""Who gives a word, to whom, who is bound by it, who brokered it and who stands surety."""

from __future__ import annotations

from rasid.grammar.commitments_scene import (
    Scene,
    clitic_of,
    finite,
    group_from,
    group_to,
    has_preposition,
    skippable,
)
from rasid.grammar.commitments_terms import THAT, masdar
from rasid.lexicon.commitments import lands, nations, words
from rasid.lexicon.inflect import Form
from rasid.model.mentions import ActorHit
from rasid.text.tokens import Sentence

#: How far a subject may stand behind its verb, in tokens, adverbs left out.
_NEAR = 5
_COMMA = frozenset("،,")
#: Sentences over which a running speaker is remembered.
_MEMORY = 4
_KAD = frozenset(["قد", "وقد", "كان", "كانت", "كانوا"])
#: Behind these prepositions no subject stands.
_PLACED = frozenset(["في", "خلال", "عبر", "من", "الي", "علي", "عن", "امس", "اليوم", "بعد", "قبل"])
_OPENERS = frozenset(["ان", "بان", "لكن", "ولكن", "وان", "لان", "فيما", "بينما", "غير"])
#: What opens a link to the page itself ("رابط الخبر بصحيفة"): nobody speaks there.
_LINKS = frozenset(["رابط", "المصدر", "اقرا", "شاهد"])
_RULE = "commitments.noun_phrase"
_FUNCTION = frozenset(
    [
        "في",
        "من",
        "الي",
        "علي",
        "عن",
        "مع",
        "ضد",
        "حتي",
        "لم",
        "لن",
        "لا",
        "ما",
        "هذا",
        "هذه",
        "ذلك",
        "تلك",
        "به",
        "بها",
        "له",
        "لها",
        "هناك",
        "بعد",
        "قبل",
        "خلال",
        "منذ",
        "بين",
        "عند",
        "لدي",
        "نحو",
        "حول",
        "عبر",
        "دون",
        "نحن",
        "انا",
        "هو",
        "هي",
        "هم",
        "انني",
        "اننا",
        "اني",
    ]
)


def subject(s: Scene, i: int, form: Form, sent: Sentence, limit: int = 0) -> tuple[list[ActorHit], int]:
    """The subject of the verb at token i, and the token from which its objects are looked for.

    limit: a token before which a subject behind the verb must end (the noun that the verb carries); 0 for
    none.
    """
    if form.tense == "part":
        return inherited(s, i, sent), i + 1
    if form.person == 1:
        return inherited(s, i, sent), i + 1
    if form.tense == "masdar":
        return _after(s, i, limit or sent.hi)
    before = _before(s, i, sent) or _headline(s, i, form, sent) or _apart(s, i, sent)
    before = before or _plural_before(s, i, form, sent)
    if before:
        return before, i + 1
    if not (form.number == "p" and form.person == 3):
        after, end = _after(s, i, limit or sent.hi)
        if after and not _disagrees(s, form, after[0]):
            return after, end
        topic = _topic(s, i, sent)
        if topic:
            return topic, i + 1
    several = form.number == "p" and form.person == 3 and _several(s, i, sent)
    return several or inherited(s, i, sent), i + 1


def _several(s: Scene, i: int, sent: Sentence) -> list[ActorHit]:
    """Those whom a plural verb goes on about: the sentence's subject, where it is no single person."""
    main = _main(s, i, sent)
    if main and (len(main) > 1 or main[0].kind not in ("official", "person", "state")):
        return main
    return []


def _before(s: Scene, i: int, sent: Sentence) -> list[ActorHit]:
    """The actor right before the verb (SVO), over adverbs and, before قد, a comma."""
    j, kad = i - 1, False
    while j >= sent.lo and (skippable(s, j) or (kad and s.t.key[j] in _COMMA)) and j not in s.actor:
        kad = kad or s.t.key[j] in _KAD
        j -= 1
    if j > sent.lo and j not in s.actor and s.t.key[j].startswith("ال") and j - 1 in s.actor and not finite(s.t.key[j]):
        j -= 1  # a genitive that the resolver left out: "وزراء خارجية" + "الخليج"
    a = s.actor.get(j) if j >= sent.lo else None
    if a is None or a.hi != j + 1 or has_preposition(s.t, a):
        return []
    group = group_to(s, j, sent.lo)
    return [] if has_preposition(s.t, group[0]) else group


def _plural_before(s: Scene, i: int, form: Form, sent: Sentence) -> list[ActorHit]:
    """A plural that no resolver knows right before its verb: "لكن المحاصرين رفضوا", "أن الحلفاء دعوا"."""
    if form.number != "p" or form.person != 3 or i - 1 < sent.lo or i - 1 in s.actor:
        return []
    k = s.t.key[i - 1]
    opened = i - 1 == sent.lo or s.t.key[i - 2] in _OPENERS or s.t.kind[i - 2] == "p"
    if not opened or not k.startswith("ال") or len(k) < 5 or k in words("relatives"):
        return []
    return [unknown(s, i - 1, i)]


def _apart(s: Scene, i: int, sent: Sentence) -> list[ActorHit]:
    """The actor before a comma and a verb behind which no subject can stand: "إن الخبير، طالب في رسالة"."""
    if i - 2 < sent.lo or s.t.key[i - 1] not in _COMMA or i + 1 >= sent.hi:
        return []
    if s.t.key[i].startswith("و") or not (s.t.key[i + 1] in _PLACED or i + 1 in s.time):
        return []
    a = s.actor.get(i - 2)
    if a is None or a.hi != i - 1 or has_preposition(s.t, a):
        return []
    return group_to(s, i - 2, sent.lo)


def _disagrees(s: Scene, form: Form, a: ActorHit) -> bool:
    """Is the actor behind the verb of the other gender, so that the verb speaks to it: "ناشد الأمم المتحدة",
    "ودعت المجتمع الدولي"?
    """
    if form.person != 3 or form.number == "p" or a.kind in ("official", "person") or s.t.kind[a.lo] != "w":
        return False
    head = s.t.key[a.lo]
    head = head[1:] if head.startswith("و") and a.clitics.startswith("و") else head
    bare = head[2:] if head.startswith("ال") else head
    if form.gender == "f":
        return bare in words("masculine")
    return form.gender == "m" and (
        bare in words("feminine")
        or (bare.endswith(("ه", "ات")) and len(bare) > 3 and bare not in lands() and a.kind != "people")
        or (head in lands() and bare not in words("masculine"))
    )


def _topic(s: Scene, i: int, sent: Sentence) -> list[ActorHit]:
    """The actor that opens the clause behind أن or إن: "إن القوات، خلال اجتماع ...، أعطت"."""
    for j in range(i - 2, sent.lo - 1, -1):
        if s.t.key[j] in ("ان", "وان", "بان", "لكن", "ولكن"):
            a = s.actor.get(j + 1)
            return group_from(s, j + 1, i)[0] if a is not None and a.lo == j + 1 else []
        if s.t.kind[j] == "p" and s.t.key[j] not in _COMMA:
            break
    return []


def _headline(s: Scene, i: int, form: Form, sent: Sentence) -> list[ActorHit]:
    """The words before an imperfect verb of a headline, where no resolver knows them."""
    if not sent.title or form.tense != "impf" or i == sent.lo or i - sent.lo > 8 or s.t.key[i].startswith("و"):
        return []
    lo = i
    while lo > sent.lo and s.t.kind[lo - 1] == "w" and not finite(s.t.key[lo - 1]) and s.t.key[lo - 1] not in THAT:
        lo -= 1
    return [unknown(s, lo, i)] if lo < i else []


def _after(s: Scene, i: int, hi: int) -> tuple[list[ActorHit], int]:
    j = i + 1
    while j < hi and j - i <= _NEAR and skippable(s, j) and j not in s.actor:
        j += 1
    if j >= hi:
        return [], i + 1
    a = s.actor.get(j)
    if a is not None:
        if has_preposition(s.t, a) and not (s.t.key[j - 1] == "من" and s.t.key[j - 2] in ("كل", "كلا")):
            return [], i + 1
        if _accusative(s, a):
            return [], i + 1
        return group_from(s, j, hi)
    known = _named_later(s, j, hi)
    return known if known[0] else _unknown_after(s, j, hi)


def _accusative(s: Scene, a: ActorHit) -> bool:
    """Is it a sound plural in ين, which is never a subject: "طالب المسلحين بـ" speaks to them?"""
    if a.kind == "people" and a.hi - a.lo == 1 and s.t.light[a.lo].endswith(("ه", "ها", "هم")):
        return True  # "حث أنصاره": his followers are those urged
    return a.kind in ("people", "armed_group", "forces") and _sound_plural(s.t.key[a.lo])


def _sound_plural(key: str) -> bool:
    return key.startswith("ال") and key.endswith("ين") and len(key) > 6


def _named_later(s: Scene, j: int, hi: int) -> tuple[list[ActorHit], int]:
    """An office behind a name that no resolver knows: the office stands for its holder."""
    for n in range(j, min(hi, j + 5)):
        a = s.actor.get(n)
        if a is not None:
            joined = has_preposition(s.t, a) or clitic_of(a, s.t.key[a.lo]) == "و" or _accusative(s, a)
            joined = joined or (n > j and a.kind not in ("official", "person"))
            return ([], j) if joined else group_from(s, n, hi)
        k = s.t.key[n]
        if (
            s.t.kind[n] != "w"
            or (k.startswith("و") and finite(k))
            or k in _FUNCTION
            or k in THAT
            or k in words("stops")
            or masdar(k, s.t.light[n])
        ):
            break
    return [], j


def _unknown_after(s: Scene, j: int, hi: int) -> tuple[list[ActorHit], int]:
    """A subject that no resolver knows, behind its verb."""
    if not _nominal(s, j) or s.t.key[j] in words("documents") or _sound_plural(s.t.key[j]):
        return [], j
    if s.t.kind[j - 1] == "q":  # a quotation opens behind the verb: its first word is no subject
        return [], j
    end = j + 1
    while end < min(hi, j + 6) and _nominal(s, end) and not _object_begins(s, end):
        end += 1
    return [_named_before(s, j, end) or unknown(s, j, end)], end


def _named_before(s: Scene, lo: int, hi: int) -> ActorHit | None:
    """The official or person told in full before whose last name now stands alone ("العامري")."""
    known = s.surnames.get(s.t.key[hi - 1])
    return known if known is not None and known.hi <= lo and hi - lo <= 2 else None


def _object_begins(s: Scene, j: int) -> bool:
    """Behind a definite noun, a sound plural in ين or an indefinite accusative is the object, not
    more of the subject.
    """
    k = s.t.key[j]
    return s.t.key[j - 1].startswith("ال") and (_sound_plural(k) or (k.endswith("ا") and not k.startswith("ال")))


def _nominal(s: Scene, j: int) -> bool:
    k = s.t.key[j]
    if s.t.kind[j] != "w" or j in s.time or j in s.actor or k in THAT or k in words("stops") or k in words("adverbs"):
        return False
    if k in _FUNCTION or masdar(k, s.t.light[j]) is not None or finite(k):
        return False
    return len(k) > 2 and not (k[:1] == "ب" and k[1:3] == "ال") and not k.startswith("لل")


def unknown(s: Scene, lo: int, hi: int) -> ActorHit:
    """A party kept as written; an institution when its head noun is one that gives its word."""
    head = s.t.key[lo]
    head = head[2:] if head.startswith("ال") else head
    nation = nations().get(head)
    if nation:
        return ActorHit(lo, hi, nation, "state", False, _RULE)
    return ActorHit(lo, hi, None, "institution" if head in words("heads") else "people", False, _RULE)


def apposed(s: Scene, by: list[ActorHit], after: int, hi: int) -> tuple[list[ActorHit], int]:
    """Join an office and a name that stand beside each other: "وزيرة الخارجية، هيلاري كلينتون",
    "بارزاني، رئيس الإقليم".
    """
    while len(by) == 1 and by[0].lo < after <= by[0].hi + 1:
        j = by[0].hi
        while j < hi and j - by[0].hi < 4 and (s.t.kind[j] != "w" or j not in s.actor) and s.t.key[j] not in _FUNCTION:
            if s.t.kind[j] == "w" and (masdar(s.t.key[j], s.t.light[j]) or finite(s.t.key[j])):
                return by, after
            j += 1
        a = s.actor.get(j)
        if a is None or a.lo != j or {a.kind, by[0].kind} != {"person", "official"} or clitic_of(a, s.t.key[a.lo]):
            return by, after
        one = by[0]
        by = [ActorHit(one.lo, a.hi, one.id or a.id, "official", one.acts, one.rule)]
        after = a.hi
    return by, after


def inherited(s: Scene, i: int, sent: Sentence) -> list[ActorHit]:
    """The running speaker: subject of the last verb of saying of this sentence, else its first free
    actor, else the last speaker.
    """
    for speech in reversed(s.speeches):
        if speech.at < i:
            if speech.at >= sent.lo and speech.actors:
                return speech.actors
            if speech.at < sent.lo:
                break
    if said := before_colon(s, i, sent):
        return said
    if form_of_main := _main(s, i, sent):
        return form_of_main
    for j in range(sent.lo, i):
        a = s.actor.get(j)
        if a is not None and a.lo == j and not has_preposition(s.t, a) and not _genitive(s, a):
            return group_from(s, j, i)[0]
    at = s.sentence(sent.lo)
    floor = s.t.sentences[max(0, at - _MEMORY)].lo
    for speech in reversed(s.speeches):
        if floor <= speech.at < sent.lo and speech.actors:
            return speech.actors
    return []


def before_colon(s: Scene, i: int, sent: Sentence) -> list[ActorHit]:
    """The speaker of a headline: "حماس: لن نسلم السلاح"."""
    for j in range(i - 1, sent.lo, -1):
        if s.t.key[j] == ":":
            n = j - 1
            while n > sent.lo and s.t.kind[n] == "q":
                n -= 1
            if n in s.actor and s.actor[n].hi == n + 1:
                return group_to(s, n, sent.lo)
            if s.t.key[sent.lo] in _LINKS:
                return []
            lo = max([sent.lo, *(k + 1 for k in range(sent.lo, j) if s.t.kind[k] == "p")])
            return [unknown(s, lo, j)] if lo < j <= lo + 5 and s.t.kind[lo] == "w" else []
    return []


def _main(s: Scene, i: int, sent: Sentence) -> list[ActorHit]:
    """The subject of the finite verb that opens the sentence, known or as written."""
    for j in range(sent.lo, min(i, sent.lo + 12)):
        if finite(s.t.key[j]) and j not in s.actor:
            before = _before(s, j, sent)
            return before or _after(s, j, i)[0]
    return []


def _genitive(s: Scene, a: ActorHit) -> bool:
    """Does a noun right before make the actor its genitive ("بيان الحكومة")? Documents stand for
    their authors.
    """
    if a.lo == 0 or s.t.kind[a.lo - 1] != "w":
        return False
    k = s.t.key[a.lo - 1]
    return not (k in words("adverbs") or k in ("ان", "لان", "لكن", "وان", "بان", "اعلن", "اعلنت"))


def addressee(s: Scene, lo: int, topic: int, how: frozenset[str], by: list[ActorHit]) -> list[ActorHit]:
    """The actor that the verb speaks to, between its subject and its terms."""
    j = lo
    while j < topic:
        a = s.actor.get(j)
        if a is not None and a.lo == j and not any(a is b for b in by):
            prep = _preposition(s, a)
            if (prep == "" and "object" in how) or prep in how or (prep == "" and not how):
                return group_from(s, j, topic)[0]
            j = a.hi
            continue
        j += 1
    return _plain_object(s, lo, topic) if "object" in how else []


def _plain_object(s: Scene, lo: int, topic: int) -> list[ActorHit]:
    """An addressee that no resolver names: a country, or a sound plural in ين, behind the verb or its
    subject.
    """
    for j in range(lo, topic):
        if s.t.key[j] in lands() and j not in s.actor:
            return [ActorHit(j, j + 1, lands()[s.t.key[j]], "state", True, _RULE)]
        if _sound_plural(s.t.key[j]) and j not in s.actor:
            return [unknown(s, j, j + 1)]
        if s.t.key[j] in _FUNCTION:
            break
    return []


def _preposition(s: Scene, a: ActorHit) -> str:
    k = s.t.key[a.lo - 1] if a.lo else ""
    if k in ("من", "الي", "علي", "امام", "مع", "في", "عن"):
        return k
    clitic = clitic_of(a, s.t.key[a.lo])
    return clitic[-1:] if clitic[-1:] in ("ل", "ب") else ""


def named_after(s: Scene, lo: int, hi: int, markers: frozenset[str]) -> list[ActorHit]:
    """Actors behind one of these words ("برعاية A وB")."""
    for j in range(lo, hi):
        if s.t.key[j] in markers:
            for n in range(j + 1, min(hi, j + 4)):
                if n in s.actor:
                    return group_from(s, n, hi)[0]
    return []


def between(s: Scene, lo: int, hi: int) -> list[ActorHit]:
    """The two sides of "بين A وB" or "مع B"."""
    for j in range(lo, hi):
        if s.t.key[j] in ("بين", "وبين") and j + 1 < hi:
            for n in range(j + 1, min(hi, j + 4)):
                if n in s.actor:
                    first, end = group_from(s, n, hi)
                    if end < hi and s.t.key[end] in ("وبين",) and end + 1 in s.actor:
                        first = first + group_from(s, end + 1, hi)[0]
                    return first
    return []


def joined(s: Scene, lo: int, hi: int) -> list[ActorHit]:
    """The other side behind مع "with"."""
    for j in range(lo, hi - 1):
        if s.t.key[j] == "مع":
            for n in range(j + 1, min(hi, j + 3)):
                if n in s.actor:
                    return group_from(s, n, hi)[0]
    return []
