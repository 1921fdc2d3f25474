"""Commitments: pledges, agreements, offers, demands, threats and refusals, with their terms and parties.

A word that opens a commitment (knowledge/commitments) is held against its frame: it must have terms where
its entry
says, a speaker that could give the word, and stand unnegated in a text that is of conflict.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from rasid.grammar.commitments_details import admitted, enough, inherent, settle, sides, two_sides
from rasid.grammar.commitments_frames import HARD, Spot, barred, marks, opening
from rasid.grammar.commitments_merge import merged
from rasid.grammar.commitments_parties import (
    addressee,
    apposed,
    inherited,
    subject,
    unknown,
)
from rasid.grammar.commitments_said import duties, futures, impossible, threatened, turned_down, ultimata
from rasid.grammar.commitments_scene import FINITE, Scene, Speech, group_from, scene
from rasid.grammar.commitments_terms import terms
from rasid.lexicon.commitments import Role, Trigger, classes_of, nations, role_cache, role_of, words
from rasid.lexicon.forms import Match
from rasid.model.claims import CommitmentClaim, Mentions, TermHit
from rasid.model.mentions import ActorHit
from rasid.text.tokens import Sentence

_DONE = frozenset(["تم", "يتم", "جري", "تمت", "سيتم"])
#: Behind these a word that could be a verb is a noun ("on, from, in, to, after, a request").
_BEFORE_NOUN = frozenset(["في", "من", "الي", "علي", "عن", "بعد", "منذ", "خلال", "اثر", "بسبب", "اي", "كل"])
_STOPS_BACK = frozenset(
    [
        "في",
        "من",
        "الي",
        "علي",
        "عن",
        "مع",
        "ان",
        "هناك",
        "هو",
        "هي",
        "كان",
        "كانت",
        "لم",
        "لن",
        "لا",
        "هذه",
        "هذا",
    ]
)
_BACK = frozenset(["به", "بها", "بهم", "بذلك"])


def find(m: Mentions) -> list[CommitmentClaim]:
    """The commitments that a text tells, retellings merged, in text order.

    Linear in the text; nothing is claimed for a text that is not of conflict unless its terms can only be
    of conflict.
    """
    s = scene(m)
    out: list[CommitmentClaim] = []
    for number, sent in enumerate(s.t.sentences):
        for claim in _in_sentence(s, sent, number):
            if admitted(s, claim):
                out.append(claim)
    return merged(s, out)


def _in_sentence(s: Scene, sent: Sentence, number: int) -> Iterator[CommitmentClaim]:
    if s.t.key[sent.hi - 1] in ("؟", "?"):
        return
    taken = sent.lo
    keys, actors, known = s.t.key, s.actor, role_cache()
    for i in range(sent.lo, sent.hi):
        key = keys[i]
        role = known[key] if key in known else role_of(key)
        if role is None:
            continue
        claim = _open(s, i, role.triggers, sent, number) if role.triggers and i >= taken else None
        if claim is None:
            claim = _said(s, i, role, sent, number)
        if role.speech is not None and i not in actors:
            _hear(s, i, role.speech, sent)
        if claim is not None:
            taken = max(taken, max(x.hi for x in claim.terms))
            if claim.by:
                s.speeches.append(Speech(i, claim.by))
            yield claim


def _said(s: Scene, i: int, role: Role, sent: Sentence, number: int) -> CommitmentClaim | None:
    claim = threatened(s, i, role.phrases, sent, number) if role.phrases else None
    if claim is None and role.refused:
        claim = turned_down(s, i, sent, number)
    if claim is None and role.future:
        claim = futures(s, i, role.future, sent, number)
    if claim is None and role.impossible:
        claim = impossible(s, i, sent, number)
    if claim is None and role.duty:
        claim = duties(s, i, sent, number)
    if claim is None and role.or_else:
        claim = ultimata(s, i, sent, number)
    return claim


def _hear(s: Scene, i: int, match: Match[str], sent: Sentence) -> None:
    """Note the subject of a verb of saying; outlets only relay."""
    actors, _ = subject(s, i, match.form, sent)
    actors = [_named(s, a) for a in actors if a.kind not in ("outlet", "agency")]
    if actors and (not s.speeches or s.speeches[-1].at != i):
        s.speeches.append(Speech(i, actors))


def _named(s: Scene, a: ActorHit) -> ActorHit:
    """A word that no resolver knows behind a verb of saying and before what is said is somebody's name."""
    plain = a.rule == "commitments.noun_phrase" and a.kind == "people" and a.hi - a.lo <= 2
    if not plain or a.hi >= len(s.t) or s.t.key[a.lo].startswith("ال"):
        return a
    said = s.t.key[a.hi] in ("ان", "انه", "انها", ":") or s.t.kind[a.hi] == "q"
    return replace(a, kind="person") if said else a


def _open(s: Scene, i: int, found: tuple[Match[Trigger], ...], sent: Sentence, number: int) -> CommitmentClaim | None:
    for match in found:
        spot = _spot(s, i, match, sent, number)
        if spot is not None:
            claim = _claim(s, spot)
            if claim is not None:
                return claim
    return None


def _spot(s: Scene, i: int, match: Match[Trigger], sent: Sentence, number: int) -> Spot | None:
    t = match.value
    key = s.t.key[i]
    if _stem(key, match) in t.unless or key in t.unless or (i in s.actor and t.shape == "noun"):
        return None
    if t.shape == "verb":
        if (
            match.form.tense == "impf"
            and i > sent.lo
            and s.t.key[i - 1] in words("speechless")
            and t.id == "demand.call"
        ):
            return None
        if match.form.tense in FINITE and i > sent.lo and s.t.key[i - 1] in _BEFORE_NOUN:
            return None
        if t.id == "agreement.agree" and match.form.person == 1 and match.form.tense == "impf":
            return None  # "we agree on": an opinion shared
        if match.enclitic and (match.form.tense == "part" or ("object" in t.topic and "object" not in t.to)):
            return None
        done = match.form.tense == "masdar" and i > sent.lo and s.t.key[i - 1] in _DONE
        if (
            (match.form.tense not in t.tenses and not done)
            or match.article
            or (match.form.tense == "part" and match.proclitics[-1:] in ("ب", "ل"))
        ):
            return None
        if (
            match.form.voice == "p"
            or _undone(s, i, sent, match.form.tense)
            or (match.form.tense == "masdar" and not _acts(s, i, t, sent))
        ):
            return None
        return Spot(i, i, match, sent, number)
    return _noun_spot(s, i, match, sent, number)


def _acts(s: Scene, i: int, t: Trigger, sent: Sentence) -> bool:
    """Does a masdar tell an act: "تم طرح", "موافقة الحكومة على", "تعهد روسي بإنهاء"?"""
    if i > sent.lo and s.t.key[i - 1] in _DONE:
        return True
    if any(j in s.actor for j in range(i + 1, min(sent.hi, i + 3))):
        return True
    return any(marks(s, j, t) for j in range(i + 1, min(sent.hi, i + 4)))


def _stem(key: str, match: Match[Trigger]) -> str:
    return key[len(match.proclitics) :] if key.startswith(match.proclitics) else key


def _undone(s: Scene, i: int, sent: Sentence, tense: str = "") -> bool:
    """Is the verb negated or only supposed? قد before a perfect is emphasis."""
    for j in range(max(sent.lo, i - 2), i):
        k = s.t.key[j]
        if k in words("negation") and not (k in ("ما", "غير", "دون", "لا") and j == i - 2):
            return True
        if k in words("hypothesis") and k not in ("قد", "وقد"):
            return True
    prev = s.t.key[i - 1] if i > sent.lo else ""
    if prev == "ان" and i - 2 >= sent.lo and s.t.key[i - 2] in words("possible"):
        return True
    return prev in ("قد", "وقد") and tense != "perf" and s.t.key[i][:1] in "يتن"


def _noun_spot(s: Scene, i: int, match: Match[Trigger], sent: Sentence, number: int) -> Spot | None:
    t = match.value
    if i > sent.lo and s.t.key[i - 1] in words("negation"):
        return None
    if t.kind == "agreement" and any(k in words("unmade") for k in s.t.key[max(sent.lo, i - 6) : i]):
        return None
    if t.id == "agreement.agreement" and match.article and match.proclitics[-1:] in ("ب", "ل"):
        return None if _carrier(s, i, t, sent) is None else Spot(i, i, match, sent, number)
    if match.article and t.id in ("pledge.resolved", "pledge.ready"):
        return None
    carrier = _carrier(s, i, t, sent)
    if carrier is not None:
        return None if _undone(s, carrier, sent) else Spot(i, carrier, match, sent, number)
    return Spot(i, i, match, sent, number) if t.alone else None


def _carrier(s: Scene, i: int, t: Trigger, sent: Sentence) -> int | None:
    """The verb before a noun that makes it a word given, over its subject."""
    if not t.carriers:
        return None
    if "on" in t.carriers and i > sent.lo and s.t.key[i - 1] in ("علي", "اهبه"):
        return i
    j = i - 1
    while j >= sent.lo and i - j <= 14:
        if (
            j not in s.actor
            and _expresses(s, j, i)
            and any(
                m.value in t.carriers and m.proclitics[-1:] != "ل" and m.form.tense != "masdar"
                for m in classes_of(s.t.key[j])
            )
        ):
            return j
        if s.t.key[j] in HARD or (s.t.key[j] in ("،", ",") and i - j > 2 and j - 1 not in s.actor):
            return None
        j -= 1
    return None


def _expresses(s: Scene, j: int, i: int) -> bool:
    """عبر is "through" unless عن follows: "عبر عن رفضه" (expressed his refusal)."""
    return s.t.key[j] not in ("عبر", "وعبر") or "عن" in s.t.key[j + 1 : i]


def _claim(s: Scene, spot: Spot) -> CommitmentClaim | None:
    t = spot.match.value
    by, after = _speaker(s, spot)
    speaker, bound = _spokesman(s, spot, by)
    lo = opening(s, spot, max(after, spot.at + 1))
    if lo is not None and t.id == "pledge.keep_on":
        lo = spot.at  # to keep on is part of what is promised
    if lo is not None:
        found = terms(s, lo, spot.sent.hi, t.kind)
    else:
        found = _behind(s, spot) or _own(s, spot)
        lo = spot.at + 1
    if not found or barred(s, t, found, spot.at):
        return None
    first = max(after, spot.at + 1) if spot.verb == spot.at else spot.verb + 1
    to = addressee(s, first, lo, t.to, by) if t.to else []
    claim = CommitmentClaim(t.kind, spot.at, spot.number, [], t.id, by=by, to=to, terms=found)
    if t.id == "offer.named":
        claim.by = [unknown(s, spot.at + 1, spot.at + 2)]
    if t.id == "agreement.truce" and (declared := _declared(s, spot)):
        claim.kind, claim.by = "pledge", declared
    if t.id == "threat.threaten" and not _stated(s, spot, by):
        return None
    if s.t.key[spot.at - 1] in words("relatives") and all(x.act == "other" for x in found):
        return None
    sides(s, spot, claim)
    if t.id == "threat.vow" and found[0].lo == spot.at and not claim.to:
        return None
    if not enough(s, t, claim):
        return None
    settle(s, spot, claim)
    if speaker:
        claim.by, claim.bound = speaker, bound
    return claim


def _spokesman(s: Scene, spot: Spot, by: list[ActorHit]) -> tuple[list[ActorHit], list[ActorHit]]:
    """Who says that another is ready or committed ("قال الناطق إن التحالف مستعد"), and that other."""
    t = spot.match.value
    if t.kind != "pledge" or t.shape != "noun" or t.carriers or not by:
        return [], []
    for speech in reversed(s.speeches):
        if spot.sent.lo <= speech.at < spot.at:
            said = [a for a in speech.actors if a.kind in ("official", "person")]
            same = any(a is b for a in said for b in by)
            return ([], []) if same or not said else (said, by)
    return [], []


def _declared(s: Scene, spot: Spot) -> list[ActorHit]:
    """Who declared a truce ("هدنة أعلنتها الحكومة"): one side's word, not yet two sides' agreement."""
    for j in range(spot.at + 1, min(spot.sent.hi, spot.at + 4)):
        if s.t.key[j] in ("اعلنتها", "اعلنها", "اعلن", "اعلنت") and s.t.key[j - 1] != "عن":
            for n in range(j + 1, min(spot.sent.hi, j + 4)):
                if n in s.actor:
                    return group_from(s, n, spot.sent.hi)[0]
    return []


def _stated(s: Scene, spot: Spot, by: list[ActorHit]) -> bool:
    """ "تهدد" in the imperfect also says that a danger threatens: then its subject must stand at the verb."""
    f = spot.match.form
    if f.tense != "impf" or f.number == "p" or s.t.key[spot.at].startswith("و"):
        return True
    return any(abs(a.lo - spot.at) <= 12 and (a.hi >= spot.at - 3 or a.lo > spot.at) for a in by)


def _own(s: Scene, spot: Spot) -> list[TermHit]:
    """The act of the word itself, where the entry has one (هدنة)."""
    t = spot.match.value
    if t.id == "agreement.agreement" and two_sides(s, spot):
        return [TermHit(spot.at, spot.at + 1, "other", t.id)]
    if t.id == "offer.named":
        owned = spot.at + 1 < spot.sent.hi and s.t.key[spot.at + 1].removeprefix("ال") in nations()
        return [TermHit(spot.at, spot.at + 2, t.act, t.id)] if owned else []
    holds = t.kind == "threat" or inherent(s, spot)
    return [TermHit(spot.at, spot.at + 1, t.act, t.id)] if t.act and holds else []


def _behind(s: Scene, spot: Spot) -> list[TermHit]:
    """The antecedent of a relative promise: "عملية سلام وعد بها", "الهدنة التي تعهدت بها"."""
    t = spot.match.value
    at = spot.at
    if t.shape != "verb" or "ب" not in t.topic or at + 1 >= spot.sent.hi or s.t.key[at + 1] not in _BACK:
        return []
    if s.t.key[at].startswith("و") and s.t.key[at] not in ("وعد", "وعدت", "وعدوا"):
        return []
    hi = at - 1 if s.t.key[at - 1] in words("relatives") else at
    lo = hi
    while lo > spot.sent.lo and hi - lo < 4 and s.t.kind[lo - 1] == "w" and s.t.key[lo - 1] not in _STOPS_BACK:
        lo -= 1
    return terms(s, lo, hi, t.kind) if lo < hi else []


def _speaker(s: Scene, spot: Spot) -> tuple[list[ActorHit], int]:
    t = spot.match.value
    if t.kind == "agreement" and t.shape == "noun" and spot.verb == spot.at:
        return [], spot.at + 1
    if spot.verb != spot.at or t.shape == "verb":
        form = spot.match.form
        if spot.verb != spot.at:
            form = next(m.form for m in classes_of(s.t.key[spot.verb]) if m.value in t.carriers)
            if form.tense == "noun":
                return inherited(s, spot.verb, spot.sent), spot.at + 1
        by, after = subject(s, spot.verb, form, spot.sent, spot.at if spot.verb < spot.at else 0)
        by, after = apposed(s, by, after, spot.sent.hi)
        if "object" in t.to and by and by[0].lo > spot.at and _object_only(s, spot, after):
            return inherited(s, spot.at, spot.sent), spot.at + 1
        return by, after
    owner, end = subject(s, spot.at, spot.match.form, spot.sent)
    return owner, spot.at + 1 if not owner or owner[0].lo < spot.at else end


def _human_subject(s: Scene, spot: Spot) -> bool:
    """Has the sentence a person as its subject, who can go on behind و?"""
    goes_on = inherited(s, spot.at, spot.sent) if spot.at - spot.sent.lo > 3 else []
    return bool(goes_on) and all(a.kind in ("official", "person") for a in goes_on)


def _object_only(s: Scene, spot: Spot, after: int) -> bool:
    """ "... وطالب المجتمع الدولي بـ" within a sentence: the speaker goes on, and the one actor behind
    is spoken to.
    """
    if spot.at == spot.sent.lo or not s.t.key[spot.at].startswith("و"):
        return False
    said = any(spot.sent.lo <= x.at < spot.at for x in s.speeches) or _human_subject(s, spot)
    spoken_to = s.actor.get(after - 1)
    addressed = spoken_to is not None and spoken_to.kind in ("people", "un", "coalition") and spot.at - spot.sent.lo > 3
    if not said and not addressed:
        return False
    return not any(j in s.actor for j in range(after, min(spot.sent.hi, after + 3)))
