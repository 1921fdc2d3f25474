"""Commitments: pledges, agreements, offers, demands, threats and refusals, with their terms and parties.

A word that opens a commitment (knowledge/commitments) is held against its frame: it must have terms where its entry
says, a speaker that could give the word, and stand unnegated in a text that is of conflict.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rasid.grammar.commitments_merge import merged
from rasid.grammar.commitments_parties import (
    addressee,
    apposed,
    between,
    inherited,
    joined,
    named_after,
    subject,
)
from rasid.grammar.commitments_said import duties, futures, ultimata
from rasid.grammar.commitments_scene import FINITE, Scene, Speech, conflict_words, finite, political, scene
from rasid.grammar.commitments_terms import masdar, opens_clause, terms
from rasid.lexicon.commitments import Role, Trigger, classes_of, role_cache, role_of, triggers, words
from rasid.lexicon.forms import Match
from rasid.model.claims import CommitmentClaim, Mentions, TermHit
from rasid.model.mentions import ActorHit, TimeHit
from rasid.text.tokens import Sentence

#: Terms are looked for so far behind the word that opens a commitment.
_REACH = 30
_HARD = frozenset(".؛;!؟?")
_DONE = frozenset(["تم", "يتم", "جري", "تمت", "سيتم"])
#: Behind these a word that could be a verb is a noun ("on, from, in, to, after, a request").
_BEFORE_NOUN = frozenset("في من الي علي عن بعد منذ خلال اثر بسبب اي كل".split())
_STOPS_BACK = frozenset("في من الي علي عن مع ان هناك هو هي كان كانت لم لن لا هذه هذا".split())
_BACK = frozenset(["به", "بها", "بهم", "بذلك"])
_PREPOSITIONS = frozenset(["الي", "علي", "عن", "من", "في", "حتي"])
#: Acts that only conflict has: they need no further sign of it.
STRONG = frozenset(
    ["cease_fire", "stop_shelling", "lift_siege", "release_detainees", "reveal_fate", "return_displaced", "no_displacement", "disarm",
     "stop_operation", "aid_access"]
)  # fmt: skip


@dataclass(slots=True)
class Spot:
    """A trigger in the text: its token, and the token of the verb that carries it (the same for a verb)."""

    at: int
    verb: int
    match: Match[Trigger]
    sent: Sentence
    number: int


def find(m: Mentions) -> list[CommitmentClaim]:
    """The commitments that a text tells, retellings merged, in text order.

    Linear in the text; nothing is claimed for a text that is not of conflict unless its terms can only be of conflict.
    """
    s = scene(m)
    war, peace = conflict_words(s.t)
    out: list[CommitmentClaim] = []
    for number, sent in enumerate(s.t.sentences):
        for claim in _in_sentence(s, sent, number):
            if _admitted(claim, war, peace):
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
    if role.future:
        return futures(s, i, role.future, sent, number)
    if role.duty:
        return duties(s, i, sent, number)
    return ultimata(s, i, sent, number) if role.or_else else None


def _hear(s: Scene, i: int, match: Match[str], sent: Sentence) -> None:
    """Note the subject of a verb of saying; outlets only relay."""
    actors, _ = subject(s, i, match.form, sent)
    actors = [a for a in actors if a.kind not in ("outlet", "agency")]
    if actors and (not s.speeches or s.speeches[-1].at != i):
        s.speeches.append(Speech(i, actors))


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
        if match.form.tense in FINITE and i > sent.lo and s.t.key[i - 1] in _BEFORE_NOUN:
            return None
        if match.enclitic and "object" in t.topic and "object" not in t.to:
            return None
        done = match.form.tense == "masdar" and i > sent.lo and s.t.key[i - 1] in _DONE
        if (match.form.tense not in t.tenses and not done) or match.article or (match.form.tense == "part" and match.proclitics[-1:] in ("ب", "ل")):
            return None
        if match.form.voice == "p" or _undone(s, i, sent) or (match.form.tense == "masdar" and not _acts(s, i, t, sent)):
            return None
        return Spot(i, i, match, sent, number)
    return _noun_spot(s, i, match, sent, number)


def _acts(s: Scene, i: int, t: Trigger, sent: Sentence) -> bool:
    """Does a masdar tell an act: "تم طرح", "موافقة الحكومة على", "تعهد روسي بإنهاء"?"""
    if i > sent.lo and s.t.key[i - 1] in _DONE:
        return True
    if any(j in s.actor for j in range(i + 1, min(sent.hi, i + 3))):
        return True
    return any(_marks(s, j, t) for j in range(i + 1, min(sent.hi, i + 4)))


def _stem(key: str, match: Match[Trigger]) -> str:
    return key[len(match.proclitics) :] if key.startswith(match.proclitics) else key


def _undone(s: Scene, i: int, sent: Sentence) -> bool:
    """Is the verb negated or only supposed? قد before a perfect is emphasis."""
    for j in range(max(sent.lo, i - 2), i):
        k = s.t.key[j]
        if k in words("negation") and not (k in ("ما", "غير", "دون", "لا") and j == i - 2):
            return True
        if k in words("hypothesis") and k not in ("قد", "وقد"):
            return True
    prev = s.t.key[i - 1] if i > sent.lo else ""
    return prev in ("قد", "وقد") and s.t.key[i][:1] in "يتن"


def _noun_spot(s: Scene, i: int, match: Match[Trigger], sent: Sentence, number: int) -> Spot | None:
    t = match.value
    if i > sent.lo and s.t.key[i - 1] in words("negation"):
        return None
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
        if j not in s.actor and any(m.value in t.carriers and m.proclitics[-1:] != "ل" for m in classes_of(s.t.key[j])):
            return j
        if s.t.key[j] in _HARD or (s.t.key[j] in ("،", ",") and i - j > 2 and j - 1 not in s.actor):
            return None
        j -= 1
    return None


def _claim(s: Scene, spot: Spot) -> CommitmentClaim | None:
    t = spot.match.value
    by, after = _speaker(s, spot)
    topic = _topic(s, spot, max(after, spot.at + 1))
    if topic is not None:
        found = terms(s, topic, spot.sent.hi, t.kind)
    else:
        found = _behind(s, spot) or _own(s, spot)
        topic = spot.at + 1
    if not found or _barred(s, t, found, spot.at):
        return None
    to = addressee(s, max(after, spot.at + 1) if spot.verb == spot.at else spot.verb + 1, topic, t.to, by) if t.to else []
    if not by and spot.verb == spot.at and t.shape == "verb" and not to:
        by = _written(s, spot, topic)
    claim = CommitmentClaim(t.kind, spot.at, spot.number, [], t.id, by=by, to=to, terms=found)
    if t.id == "threat.threaten" and not _stated(s, spot, by):
        return None
    if s.t.key[spot.at - 1] in words("relatives") and all(x.act == "other" for x in found):
        return None
    _sides(s, spot, claim)
    if not _enough(s, t, claim):
        return None
    _settle(s, spot, claim)
    return claim


def _stated(s: Scene, spot: Spot, by: list[ActorHit]) -> bool:
    """"تهدد" in the imperfect also says that a danger threatens: then its subject must stand at the verb."""
    f = spot.match.form
    if f.tense != "impf" or f.number == "p":
        return True
    return any(abs(a.lo - spot.at) <= 12 and (a.hi >= spot.at - 3 or a.lo > spot.at) for a in by)


def _own(s: Scene, spot: Spot) -> list[TermHit]:
    """The act of the word itself, where the entry has one (هدنة)."""
    t = spot.match.value
    return [TermHit(spot.at, spot.at + 1, t.act, t.id)] if t.act and _inherent(s, spot) else []


def _behind(s: Scene, spot: Spot) -> list[TermHit]:
    """The antecedent of a relative promise: "عملية سلام وعد بها", "الهدنة التي تعهدت بها"."""
    t = spot.match.value
    at = spot.at
    if t.shape != "verb" or "ب" not in t.topic or at + 1 >= spot.sent.hi or s.t.key[at + 1] not in _BACK:
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


def _object_only(s: Scene, spot: Spot, after: int) -> bool:
    """"... وطالب المجتمع الدولي بـ" within a sentence: the speaker goes on, and the one actor behind is spoken to."""
    if spot.at == spot.sent.lo or not s.t.key[spot.at].startswith("و"):
        return False
    said = any(spot.sent.lo <= x.at < spot.at for x in s.speeches)
    spoken_to = s.actor.get(after - 1)
    addressed = spoken_to is not None and spoken_to.kind in ("people", "un", "coalition") and spot.at - spot.sent.lo > 3
    if not said and not addressed:
        return False
    return not any(j in s.actor for j in range(after, min(spot.sent.hi, after + 3)))


def _written(s: Scene, spot: Spot, topic: int) -> list[ActorHit]:
    """An unknown speaker behind a finite verb: the noun phrase up to the terms."""
    f = spot.match.form
    if f.tense not in FINITE or (f.number == "p") or f.person == 1:
        return inherited(s, spot.at, spot.sent)
    return inherited(s, spot.at, spot.sent)


def _topic(s: Scene, spot: Spot, lo: int) -> int | None:
    """The token where the terms begin, by the markers of the entry's frame."""
    t = spot.match.value
    hi = min(spot.sent.hi, spot.at + _REACH)
    fallback = None
    idle = 0
    for j in range(spot.at + 1, hi):
        k = s.t.key[j]
        if k in _HARD:
            break
        if j < lo and not opens_clause(s, j) and not (k[:1] == "ب" and "ب" in t.topic and masdar(k, s.t.light[j])):
            continue
        sure = _marks(s, j, t)
        if sure == j and spot.match.article and t.shape == "noun" and "ب" not in k[:1] and not opens_clause(s, j):
            sure = None  # a definite noun takes no genitive: "الاتفاق الاستمرار" are no terms
        if sure:
            return sure if sure < spot.sent.hi else None
        if t.shape == "noun" and j not in s.actor and j not in s.time and s.t.kind[j] == "w":
            idle += 1
            if idle > (2 if spot.match.article else 4) and k not in words("clause"):
                break
        if fallback is None and j not in s.actor and j not in s.time:
            fallback = _weak_mark(s, j, t, lo)
        if j > lo and k in words("stops") and k not in _PREPOSITIONS:
            break
        if j > spot.at + 1 and k.startswith("و") and j not in s.actor and finite(k) and masdar(k, s.t.light[j]) is None:
            break
    return fallback


def _marks(s: Scene, j: int, t: Trigger) -> int | None:
    """Does token j mark the start of terms for certain? Then their first token."""
    k = s.t.key[j]
    if j not in s.actor and opens_clause(s, j) and ("ان" in t.topic or (k.startswith("ب") and "ب" in t.topic)):
        return j
    if "clause" in t.topic and k in words("clause"):
        return j + 1
    if t.id == "agreement.agreement" and k[:1] in "بل" and _definite(s, j):
        return None
    if k in _PREPOSITIONS and k in t.topic and j not in s.actor and s.t.light[j] != "علي" and j + 1 < len(s.t):
        return j + 1 if j + 1 not in s.place or j + 1 in s.actor else None
    if j in s.actor or j in s.time or j in s.place:
        return None
    head = masdar(k, s.t.light[j])
    if head is None:
        return None
    clitic = head[0][-1:]
    if clitic in ("ب", "ل"):
        return j if clitic in t.topic else None
    if t.kind == "agreement" and t.shape == "noun" and not _adjacent(s, j):
        return None
    return j if "object" in t.topic and head[0] == "" else None


def _definite(s: Scene, j: int) -> bool:
    """Does the nearest noun of agreement before token j carry the article? Then بـ and لـ do not bring its terms."""
    for n in range(j - 1, max(-1, j - 10), -1):
        for m in triggers().lookup(s.t.key[n]):
            if m.value.id == "agreement.agreement":
                return m.article
    return False


def _adjacent(s: Scene, j: int) -> bool:
    """Does the masdar stand right behind the noun of agreement ("اتفاق وقف إطلاق النار")?"""
    return any(m.value.kind == "agreement" for m in triggers().lookup(s.t.key[j - 1]))


def _weak_mark(s: Scene, j: int, t: Trigger, lo: int) -> int | None:
    """A noun with the frame's ب, or the first free noun of an object frame: taken where nothing surer follows."""
    k = s.t.key[j]
    if s.t.kind[j] != "w" or k in words("adverbs") or k in words("stops") or k in words("negation"):
        return None
    if "ب" in t.topic and k.startswith("ب") and len(k) > 3 and j not in s.place:
        return j
    if "object" in t.topic and t.kind in ("refusal", "offer") and len(k) > 3 and _first_free(s, lo, j):
        return j
    return None


def _first_free(s: Scene, lo: int, j: int) -> bool:
    return all(n in s.time or s.t.key[n] in words("adverbs") or s.t.kind[n] == "q" for n in range(lo, j))


def _barred(s: Scene, t: Trigger, found: list[TermHit], at: int) -> bool:
    """Do the first words of the terms make it something else (refusing to be named, threatening to collapse)?"""
    lo = found[0].lo
    head = s.t.key[lo]
    nxt = s.t.key[lo + 1] if lo + 1 < len(s.t) else ""
    if t.never and any(_same(k, w) for k in (head, nxt, *s.t.key[at + 1 : lo]) for w in t.never):
        return True
    if t.needed and not any(_same(s.t.key[j], w) for x in found for j in range(x.lo, min(x.hi, x.lo + 8)) for w in t.needed):
        return True
    return bool(t.acts) and not any(x.act in t.acts for x in found)


def _same(key: str, word: str) -> bool:
    return key == word or (key.endswith(word) and len(key) - len(word) <= 3 and key[: len(key) - len(word)] in _CLITICS)


_CLITICS = frozenset(["ال", "ب", "ل", "بال", "لل", "و", "وال", "ول", "وب", "ا"])


def _inherent(s: Scene, spot: Spot) -> bool:
    """A bare truce counts when it is concluded or names its sides."""
    return spot.verb != spot.at or any(s.t.key[j] == "بين" for j in range(spot.at, min(spot.sent.hi, spot.at + 12)))


def _enough(s: Scene, t: Trigger, claim: CommitmentClaim) -> bool:
    """Is it worth the book? Terms that no rule knows need a party at one end; each entry may ask for more."""
    known = any(x.act != "other" for x in claim.terms)
    parties = any(political(a) or _crowd(a) for a in claim.by + claim.to)
    if not known and not parties:
        return False
    if claim.by and not parties and not any(x.act in STRONG for x in claim.terms):
        return False
    if t.needs == "act":
        return any(x.act != "other" for x in claim.terms)
    if t.needs == "addressee":
        return bool(claim.to)
    if t.needs == "party":
        return any(political(a) or _crowd(a) for a in claim.by) or any(x.act in STRONG for x in claim.terms)
    if t.needs == "speaker":
        return bool(claim.by)
    return True


def _crowd(a: ActorHit) -> bool:
    """People as a party (residents, notables, protesters), known to the resolver."""
    return a.kind == "people" and a.rule.startswith("who.")


def _sides(s: Scene, spot: Spot, claim: CommitmentClaim) -> None:
    """Parties to an agreement, brokers and sureties, from the words around the trigger."""
    lo = max(spot.sent.lo, min(spot.verb, spot.at) - 12)
    hi = min(spot.sent.hi, spot.at + _REACH)
    claim.mediators = named_after(s, lo, hi, words("mediation"))
    claim.guarantors = named_after(s, lo, hi, words("guaranty"))
    if claim.kind == "agreement":
        sides = between(s, spot.at, hi)
        if sides:
            claim.by = sides
        elif claim.by:
            other = joined(s, spot.at, min(hi, spot.at + 8))
            claim.by = claim.by + [a for a in other if all(a is not b for b in claim.by)]


def _settle(s: Scene, spot: Spot, claim: CommitmentClaim) -> None:
    """Places, times, bound parties, sources and the quote."""
    seen = {p.lo: p for x in claim.terms for p in x.places}
    claim.places = list(seen.values())
    claim.time = _made(s, spot, claim.terms[0].lo)
    claim.period = _holds(s, claim.terms[0].lo, min(spot.sent.hi, claim.terms[-1].hi + 4))
    if claim.kind == "pledge":
        claim.bound = _bound(s, claim)
    claim.sources = [n for n, x in enumerate(s.m.sources) if any(a <= spot.at < b for a, b in x.governs)]
    claim.quotes = [_quote(s, spot, claim)]


def _made(s: Scene, spot: Spot, topic: int) -> TimeHit | None:
    for j in [*range(spot.verb, topic), *range(spot.verb - 1, max(spot.sent.lo, spot.verb - 8) - 1, -1)]:
        h = s.time.get(j)
        if h is not None and h.grain in ("day", "range", "part", "past") and h.start is not None:
            return h
    return None


def _holds(s: Scene, lo: int, hi: int) -> TimeHit | None:
    """The time for which it is to hold: a time behind لمدة, حتى and the like, or the words of a duration."""
    for j in range(lo, hi - 1):
        if s.t.key[j] in words("lasting"):
            h = s.time.get(j) or s.time.get(j + 1)
            return h or TimeHit(j + 1, min(hi, j + 3), None, None, None, "vague", "commitments.period")
    return None


def _bound(s: Scene, claim: CommitmentClaim) -> list[ActorHit]:
    """Those whose conduct is promised: actors in ل or the genitive behind what is to stop ("وقف التصعيد لقوات")."""
    mine = {a.id for a in claim.by if a.id} | {a.lo for a in claim.by}
    out: list[ActorHit] = []
    for x in claim.terms:
        if x.act not in ("stop_attacks", "stop_shelling", "stop_operation", "cease_fire", "lift_siege", "withdraw"):
            continue
        for j in range(x.lo, x.hi):
            a = s.actor.get(j)
            if a is not None and a.lo == j and a.acts and a.id not in mine and a.lo not in mine:
                if all(a is not b and (a.id is None or a.id != b.id) for b in out):
                    out.append(a)
    return out


def _quote(s: Scene, spot: Spot, claim: CommitmentClaim) -> tuple[int, int]:
    first = min(spot.verb, spot.at)
    near = [a.lo for a in claim.by if spot.sent.lo <= a.lo < first and first - a.lo <= 14]
    lo = min(near) if near else first
    hi = max(x.hi for x in claim.terms)
    return lo, max(hi, spot.at + 1)


def _admitted(claim: CommitmentClaim, war: int, peace: int) -> bool:
    """Is the text one of conflict, as far as this claim needs it to be? A post of one line may hold no other sign of it."""
    acts = {x.act for x in claim.terms}
    if peace and war < 2 * peace + 1:
        return False
    if war >= 3 or acts & STRONG:
        return True
    parties = any(political(a) or (war and _crowd(a)) for a in claim.by + claim.to)
    return parties and (acts != {"other"} or war >= 1) or (war >= 2 and acts != {"other"} and not claim.by)
