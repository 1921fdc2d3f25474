"""Commitments without a verb of promising: a party that says what it will or will not do, and duties
laid on another.
"""

from __future__ import annotations

from rasid.grammar.commitments_parties import before_colon, inherited, subject, unknown
from rasid.grammar.commitments_scene import Scene, group_from, political
from rasid.grammar.commitments_terms import THAT, classify, masdar, opens_clause, terms
from rasid.lexicon.commitments import labels_of, words
from rasid.lexicon.forms import Match
from rasid.model.claims import CommitmentClaim, TermHit
from rasid.model.mentions import ActorHit
from rasid.text.tokens import Sentence

_KIND = {
    "will": "pledge",
    "will_do": "pledge",
    "will_harm": "threat",
    "wont": "refusal",
    "wont_allow": "pledge",
    "wont_hesitate": "threat",
    "wont_harm": "pledge",
    "wont_stop": "pledge",
    "will_go_on": "pledge",
    "will_be": "pledge",
    "intend_not": "refusal",
}
#: Classes that a negation opens; the others want the future.
_NEGATED = frozenset(["wont", "wont_allow", "wont_hesitate", "wont_harm", "wont_stop", "will_be", "intend_not"])
_SOON = frozenset(["سوف", "وسوف", "فسوف"])
_NEVER = frozenset(["لن", "ولن", "فلن"])
_NOT = frozenset(["لا", "ولا"])
_HIMSELF = frozenset(
    ["انها", "انه", "انهم", "انهما", "بانها", "بانه", "بانهم", "بانهما", "وانها", "وانه", "وانهم", "اننا"]
)
_GOVERNED = frozenset(["في", "من", "عن", "خلال", "بعد", "قبل", "ضمن"])
#: What may stand before على "it is upon" where it lays a duty and belongs to no verb before it.
_BEFORE_DUTY = frozenset(
    ["ان", "انه", "لذلك", "لذا", "كان", "وان", "بان", "اولا", "بالتالي", "ذلك", "هذا", "كما", "لكن", "ولكن"]
)
_SAID_THAT = frozenset(["ان", "وان", "بان", "لان"])
_STEPS = frozenset(["مشاركه", "مواصله", "مفاوضه", "عوده", "حوار", "اي", "فكره"])
_EVERYBODY = frozenset(["الجميع", "الاطراف", "الطرفين", "الكل"])


def futures(s: Scene, i: int, matches: tuple[Match[str], ...], sent: Sentence, number: int) -> CommitmentClaim | None:
    """A pledge, threat or refusal in "سنواصل", "ستقدم روسيا", "لن ننسحب", said by the party itself or
    in its name.
    """
    match = _future(s, i, matches, sent)
    if match is None or i in s.actor:
        return None
    by, bound = _promiser(s, i, match, sent)
    if not by:
        return None
    lo, found = _promised(s, i, match, sent)
    kind = _kind(s, i, match, found)
    if kind == "threat" and found and match.value in ("will", "will_do", "will_be"):
        found = [TermHit(found[0].lo, found[0].hi, "attack", "act.threat.repel", found[0].places)]
    if not found or not _serious(s, found, match, by + bound):
        return None
    claim = CommitmentClaim(kind, i, number, [], f"commitments.future.{match.value}", by=by, bound=bound, terms=found)
    return _finish(s, claim, lo, sent)


def _kind(s: Scene, i: int, match: Match[str], found: list[TermHit]) -> str:
    """What the future is: stopping one's own harm is promised, stopping anything else refused; a blow
    that waits for somebody is a threat.
    """
    refused = s.t.key[i - 1] in _NEVER
    acts = {x.act for x in found}
    if match.value == "wont_allow":
        return "refusal" if acts == {"other"} else "pledge"
    if match.value == "will_be" and refused:
        return "pledge" if acts & {"stop_attacks", "stop_shelling", "stop_operation"} else "refusal"
    if match.value in ("will", "will_do", "will_be") and "repel" in labels_of(s.t.key[found[0].lo if found else i]):
        return "threat" if any(_anybody(s, j) for j in range(i, min(len(s.t), i + 5))) else "pledge"
    return _KIND[match.value]


def _anybody(s: Scene, j: int) -> bool:
    """Whoever a blow is announced to: a party behind ل, or "any" or "every" that tries."""
    k = s.t.key[j]
    return k in ("اي", "لاي", "كل", "لكل", "لهم", "لها", "له") or (j in s.actor and k[:1] == "ل")


def _promised(s: Scene, i: int, match: Match[str], sent: Sentence) -> tuple[int, list[TermHit]]:
    """Where the words of the promise begin, and its terms."""
    if match.value == "will_be":
        return i, _done(s, i, sent)
    if match.value in ("will_go_on", "wont_stop"):
        return _going_on(s, i, match, sent)
    lo = i - 1 if match.value in ("wont_allow", "wont_harm") else i
    found = terms(s, lo, sent.hi, _KIND[match.value])
    if match.value == "wont_harm":
        found = [TermHit(x.lo, x.hi, _spared(x.act), x.rule, x.places) for x in found]
    return lo, found


def _spared(act: str) -> str:
    return "stop_attacks" if act in ("other", "attack") else act


def _done(s: Scene, i: int, sent: Sentence) -> list[TermHit]:
    """The terms of "سيتم إدخال المساعدات": what will be done or, behind لن, will not."""
    at = i + 1
    if at >= sent.hi or masdar(s.t.key[at], s.t.light[at]) is None:
        return []
    refused = s.t.key[i - 1] in _NEVER
    if refused and any(k in labels_of(s.t.key[at]) for k in ("attacks", "harm", "revenge")):
        return [TermHit(at, x.hi, "stop_attacks", "act.spared") for x in terms(s, at, sent.hi, "pledge")[:1]]
    return terms(s, at, sent.hi, "refusal" if refused else "pledge")


def _going_on(s: Scene, i: int, match: Match[str], sent: Sentence) -> tuple[int, list[TermHit]]:
    """ "The operations will go on": a word to go on with the fight."""
    for j in range(i - 1, max(sent.lo, i - 26) - 1, -1):
        if s.t.key[j] in words("going_on") and (j == sent.lo or s.t.key[j - 1] not in _GOVERNED):
            return j, [TermHit(j, i + 1, "attack", "act.going_on")]
    if match.value == "wont_stop" or match.form.person != 1:
        nxt = i + 1 if i + 1 < sent.hi and s.t.key[i + 1] in words("going_on") else None
        return i, [TermHit(i, nxt + 1, "attack", "act.going_on")] if nxt else []
    return i, terms(s, i, sent.hi, "pledge")


def _future(s: Scene, i: int, matches: tuple[Match[str], ...], sent: Sentence) -> Match[str] | None:
    prev = s.t.key[i - 1] if i > sent.lo else ""
    refused = prev in _NEVER
    for m in matches:
        if m.value == "intend_not":
            if refused or prev in _NOT:
                return m
        elif refused and m.value in _NEGATED:
            return m
        elif not refused and (m.value == "will_be" or m.value not in _NEGATED):
            soon = prev in _SOON or m.proclitics.endswith("س")
            if soon:
                return m
    return None


def _promiser(s: Scene, i: int, match: Match[str], sent: Sentence) -> tuple[list[ActorHit], list[ActorHit]]:
    """The speaker and, where the word is given for another, the one bound."""
    speaker = _speaking(s, i, sent)
    if match.form.person == 1 or match.value in ("will_be", "will_go_on", "wont_stop"):
        return speaker, []
    if not speaker:
        return [], []
    at = i - 1 if s.t.key[i - 1] in _NEVER | _SOON | _NOT else i
    if s.t.key[at - 1] in _HIMSELF or s.t.key[at - 1] in words("own"):
        return speaker, []
    if _supposed(s, i, sent):
        return [], []
    doer = _doer(s, at, i, match, sent)
    if match.value == "wont_allow" and not any(political(a) for a in doer):
        return speaker, []
    if not doer or not all(political(a) for a in doer):
        return [], []
    if any(a is b for a in doer for b in speaker):
        return speaker, []
    return speaker, doer


def _supposed(s: Scene, i: int, sent: Sentence) -> bool:
    return any(s.t.key[j] in ("اذا", "واذا", "لو", "حال") for j in range(max(sent.lo, i - 10), i))


def _doer(s: Scene, at: int, i: int, match: Match[str], sent: Sentence) -> list[ActorHit]:
    """The subject that stands at the verb itself, before it or behind it."""
    if at - 1 in s.actor or i + 1 in s.actor:
        return [a for a in subject(s, i, match.form, sent)[0] if a.hi >= at - 1 or a.lo <= i + 2]
    for j in range(at - 1, max(sent.lo, at - 5) - 1, -1):
        if s.t.key[j] in THAT or s.t.light[j] == "إن":
            return [unknown(s, j + 1, at)] if j + 1 < at else []
        if s.t.kind[j] != "w" or s.t.key[j] in words("stops"):
            break
    return []


def _speaking(s: Scene, i: int, sent: Sentence) -> list[ActorHit]:
    headline = before_colon(s, i, sent)
    if headline and not any(sent.lo <= x.at < i for x in s.speeches):
        return [a for a in headline if _answers(a)]
    for speech in reversed(s.speeches):
        if speech.at < i:
            near = speech.at >= sent.lo or s.sentence(speech.at) >= s.sentence(i) - 2
            return [a for a in speech.actors if _answers(a) or _pair(s, a)] if near else []
    return []


def _answers(a: ActorHit) -> bool:
    """Can this speaker give a word: a party, or a person whom the text names?"""
    return political(a) or a.kind == "person"


def _pair(s: Scene, a: ActorHit) -> bool:
    """Two speakers told before ("الرئيسان", "الجانبان")."""
    return a.id is None and s.t.key[a.lo].startswith("ال") and s.t.key[a.lo].endswith("ان") and a.hi - a.lo == 1


def _serious(s: Scene, found: list[TermHit], match: Match[str], actors: list[ActorHit]) -> bool:
    if not found:
        return False
    if any(k in words("thwarting") for x in found for k in s.t.key[x.lo : x.lo + 4]):
        return False
    if any(x.act != "other" for x in found):
        return True
    nxt = s.t.key[found[0].lo + 1] if found[0].lo + 1 < len(s.t) else ""
    if nxt in ("بذلك", "ذلك", "به", "بها", "بهذا"):  # points back: what is refused stands elsewhere
        return False
    return match.value != "wont_hesitate" and found[0].hi - found[0].lo >= 2


def impossible(s: Scene, i: int, sent: Sentence, number: int) -> CommitmentClaim | None:
    """A refusal in "أن مواصلة المفاوضات مستحيلة", "إن مشاركتنا غير واردة", said by somebody who is named."""
    k = s.t.key[i]
    at = i - 1 if k in words("not_so") else i
    if (k in words("not_so") and s.t.key[i - 1] != "غير") or i - sent.lo < 3:
        return None
    lo = next((j + 1 for j in range(at - 1, max(sent.lo, at - 16), -1) if s.t.key[j] in _SAID_THAT), None)
    by = _speaking(s, i, sent)
    if lo is None or lo >= at or not by:
        return None
    if masdar(s.t.key[lo], s.t.light[lo]) is None and s.t.key[lo] not in _STEPS:
        return None
    act, rule = classify(s, lo, at, "refusal")
    term = TermHit(lo, at, act, rule)
    claim = CommitmentClaim("refusal", i, number, [], "commitments.impossible", by=by, terms=[term])
    claim = _finish(s, claim, lo, sent)
    claim.quotes = [(lo, i + 1)]
    return claim


def turned_down(s: Scene, i: int, sent: Sentence, number: int) -> CommitmentClaim | None:
    """A refusal in "لا تفاوض مع", "ولا هدنة قبل", said by somebody who is named."""
    if i == sent.lo or s.t.key[i - 1] not in ("لا", "ولا"):
        return None
    by = _speaking(s, i, sent)
    if not by:
        return None
    found = terms(s, i, sent.hi, "refusal")
    return _finish(s, CommitmentClaim("refusal", i, number, [], "commitments.no", by=by, terms=found), i - 1, sent)


def threatened(
    s: Scene, i: int, phrases: tuple[tuple[str, ...], ...], sent: Sentence, number: int
) -> CommitmentClaim | None:
    """A threat in a set phrase ("will be met with an answer", "will pay the price"), said by somebody
    who is named.
    """
    keys = next((k for k in phrases if tuple(s.t.key[i : i + len(k)]) == k), None)
    by = _speaking(s, i, sent) if keys else []
    if not keys or not by:
        return None
    hi = min(sent.hi, i + len(keys) + 1)
    term = TermHit(i, hi, "attack", "act.threat.phrase")
    return _finish(s, CommitmentClaim("threat", i, number, [], "commitments.phrase", by=by, terms=[term]), i, sent)


def ultimata(s: Scene, i: int, sent: Sentence, number: int) -> CommitmentClaim | None:
    """A threat in "وإلا" (or else) behind a demand or a deadline."""
    if s.t.light[i].startswith("وأ") or i + 3 >= sent.hi or i - sent.lo < 3:
        return None
    by = [a for a in inherited(s, i, sent) if political(a)]
    hi = min(sent.hi, i + 14)
    found = terms(s, i + 1, hi, "threat")
    if not by or not found or opens_clause(s, i):
        return None
    claim = CommitmentClaim("threat", i, number, [], "commitments.or_else", by=by, terms=found)
    return _finish(s, claim, max(sent.lo, i - 8), sent)


def duties(s: Scene, i: int, sent: Sentence, number: int) -> CommitmentClaim | None:
    """A demand in "على النظام أن", "يجب على X أن", said by somebody who is named."""
    key, plain_on = s.t.key[i], s.t.light[i] in ("على", "وعلى", "فعلى")
    if key not in words("obliged") or i + 1 >= sent.hi or (len(key) <= 4 and not plain_on):
        return None
    prev = s.t.key[i - 1] if i > sent.lo else "ان"
    if not (prev in _BEFORE_DUTY or prev in words("must") or s.t.kind[i - 1] != "w"):
        return None
    to, end = _dutiful(s, i + 1, sent.hi) if plain_on else ([], i + 1)
    if end is None or end >= sent.hi:
        return None
    end = _behind_aside(s, end, sent.hi)
    while end < sent.hi - 1 and s.t.kind[end] == "q":
        end += 1
    head = masdar(s.t.key[end], s.t.light[end])
    if not (opens_clause(s, end) or (head is not None and head[0] == "")):
        return None
    by = [a for a in inherited(s, i, sent) if _answers(a)]
    said = any(x.at < i and s.sentence(x.at) >= number - 1 for x in s.speeches)
    if not by or not (said or before_colon(s, i, sent)):
        return None
    found = terms(s, end, sent.hi, "demand")
    claim = CommitmentClaim("demand", i, number, [], "commitments.duty", by=by, to=to, terms=found)
    plain = all(x.act == "other" for x in found) and any(a.kind == "people" for a in to)
    return _finish(s, claim, i, sent) if found and not plain else None


def _behind_aside(s: Scene, end: int, hi: int) -> int:
    """Over an aside between commas or a purpose: "على الأطراف، من أجل السلام، أن"."""
    if opens_clause(s, end) or masdar(s.t.key[end], s.t.light[end]):
        return end
    if s.t.key[end] not in ("،", ",", "من", "قبل", "في", "لكي"):
        return end
    return next((j for j in range(end, min(hi, end + 14)) if opens_clause(s, j)), end)


def _dutiful(s: Scene, j: int, hi: int) -> tuple[list[ActorHit], int | None]:
    while j < hi and s.t.kind[j] == "q":
        j += 1
    if j in s.actor and s.actor[j].lo == j:
        return group_from(s, j, hi)
    if j < hi and s.t.key[j] in _EVERYBODY:
        return [], j + 1
    return [], None


def _finish(s: Scene, claim: CommitmentClaim, lo: int, sent: Sentence) -> CommitmentClaim:
    near = [a.lo for a in claim.bound if sent.lo <= a.lo < lo and lo - a.lo <= 12]
    claim.quotes = [(min([lo, *near]), max(x.hi for x in claim.terms))]
    seen = {p.lo: p for x in claim.terms for p in x.places}
    claim.places = list(seen.values())
    claim.sources = [n for n, x in enumerate(s.m.sources) if any(a <= claim.anchor < b for a, b in x.governs)]
    return claim
