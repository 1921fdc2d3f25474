"""Meetings, held or planned: who met whom, where and when, who was missing, who had asked for it."""

from __future__ import annotations

from rasid.grammar.commitments_merge import content, same_actor
from rasid.grammar.commitments_parties import inherited, named_after, subject, unknown
from rasid.grammar.commitments_scene import (
    FINITE,
    Scene,
    Speech,
    clitic_of,
    group_from,
    political,
    scene,
)
from rasid.lexicon.commitments import role_cache, role_of, words
from rasid.lexicon.forms import Match
from rasid.lexicon.meetings import Meeting, hold_verbs, meeting_set, meeting_words
from rasid.model.claims import MeetingClaim, Mentions
from rasid.model.mentions import ActorHit
from rasid.text.tokens import Sentence

#: How far the other side may stand behind the word of meeting.
_REACH, _NOUN_REACH = 22, 10
_STOPS = frozenset(".؛;!؟?:")
#: Before a meeting at which the speaker of the sentence sat.
_AT = frozenset(["خلال", "بعد", "عقب", "قبل", "اثناء", "اثر"])
_PRONOUN = ("ه", "ها", "هم", "هما")


def find(m: Mentions) -> list[MeetingClaim]:
    """The meetings that a text tells, retellings merged, in text order."""
    s = scene(m)
    if s.war < 2 * s.peace or (not s.war and len(s.t) > 60):
        return []
    out: list[MeetingClaim] = []
    lookup, known, keys = meeting_words().lookup, role_cache(), s.t.key
    for number, sent in enumerate(s.t.sentences):
        for i in range(sent.lo, sent.hi):
            key = keys[i]
            found = lookup(key)
            if found and i not in s.actor:
                claim = _claim(s, i, found[0], sent, number)
                if claim is not None:
                    _add(s, out, claim)
                elif out and found[0].article:
                    _refer(
                        s,
                        i,
                        sent,
                        number,
                        next((c for c in reversed(out) if c.modality == "happened"), out[-1]),
                    )
            role = known[key] if key in known else role_of(key)
            if role is not None and role.speech is not None and i not in s.actor:
                actors, _ = subject(s, i, role.speech.form, sent)
                if actors:
                    s.speeches.append(Speech(i, actors))
    return out


def _refer(s: Scene, i: int, sent: Sentence, number: int, last: MeetingClaim) -> None:
    """ "الاجتماع" points back to the meeting told last: it may bring its time, who asked for it, who
    was missing.
    """
    if number - last.features.get("last", last.sentence) > 3 or i in s.time:
        return
    time = next((s.time[j] for j in range(i, min(sent.hi, i + 8)) if j in s.time), None)
    asked = _requested(s, i, sent)
    missing = _missing(s, i, sent)
    if time is None and not asked and not missing:
        return
    hi = max([i + 4, *([time.hi] if time else []), *[a.hi for a in asked]])
    last.features["last"] = float(number)
    if not missing:
        last.quotes.append((i, min(hi, sent.hi)))
    last.time = last.time or time
    last.requested_by = last.requested_by or asked
    last.absent += missing


def _missing(s: Scene, i: int, sent: Sentence) -> list[ActorHit]:
    """The subject of "لم يكن حاضرا في الاجتماع", "غاب عن الاجتماع"."""
    for j in range(max(sent.lo, i - 6), i):
        if s.t.key[j] in meeting_set("absent") and (s.t.key[j][:1] != "ح" or _negated(s, j, sent)):
            for n in range(sent.lo, j):
                if n in s.actor and s.actor[n].lo == n:
                    return [s.actor[n]]
    return []


def _negated(s: Scene, j: int, sent: Sentence) -> bool:
    return any(s.t.key[n] in ("لم", "ولم", "عدم", "دون", "ليس") for n in range(max(sent.lo, j - 4), j))


def _claim(s: Scene, i: int, match: Match[Meeting], sent: Sentence, number: int) -> MeetingClaim | None:
    word = match.value
    parties = _of_noun(s, i, match, sent) if word.noun else _of_verb(s, i, match, sent)
    parties = _distinct(s, [a for a in parties if political(a) or a.kind in ("people", "person")])
    if len(parties) < 2 and not (parties and word.noun and _dated(s, i, sent)):
        return None
    if not any(political(a) for a in parties) or (word.id == "meeting.visit" and not _personal(parties)):
        return None
    lo, hi = _extent(s, i, parties, sent)
    claim = MeetingClaim(i, number, [(lo, hi)], _modality(s, i, match, sent), word.id, parties=parties)
    claim.time = next((s.time[j] for j in range(lo, min(sent.hi, hi + 6)) if j in s.time), None)
    seen = {p.lo: p for j in range(lo, min(sent.hi, hi + 4)) if (p := s.place.get(j)) and p.role == "place"}
    claim.places = list(seen.values())
    claim.requested_by = _requested(s, i, sent)
    claim.sources = [n for n, x in enumerate(s.m.sources) if any(a <= i < b for a, b in x.governs)]
    return claim


def _dated(s: Scene, i: int, sent: Sentence) -> bool:
    """Has a meeting of which one side is told a day of its own, right behind it?"""
    return any(j in s.time and s.time[j].grain in ("day", "part") for j in range(i, min(sent.hi, i + 12)))


def _personal(parties: list[ActorHit]) -> bool:
    """Visits to countries are no meetings: all must be people, offices or delegations."""
    return all(a.kind in ("official", "person", "party", "un", "institution", "ngo", "tribe") for a in parties)


def _of_verb(s: Scene, i: int, match: Match[Meeting], sent: Sentence) -> list[ActorHit]:
    f = match.form
    if f.voice == "p" or s.t.key[i] in words("not_finite"):
        return []
    if f.tense == "masdar" and match.enclitic in _PRONOUN:
        met = _sides(s, i + 1, sent, match.value.sides | {"object", "ل"}, _NOUN_REACH)
        return inherited(s, i, sent) + met if met else []
    if f.tense not in FINITE:
        return (
            _holder(s, i, sent) + _sides(s, i + 1, sent, match.value.sides - {"object"}) if f.tense == "masdar" else []
        )
    if i > sent.lo and s.t.key[i - 1] in ("لم", "لن", "لا"):
        return []
    first, after = subject(s, i, f, sent)
    if match.enclitic and match.value.id == "meeting.visit":
        return first + [a for a in inherited(s, i, sent) if all(a is not b for b in first)]
    other = _sides(s, max(after, i + 1), sent, match.value.sides)
    return first + other if other else []


def _of_noun(s: Scene, i: int, match: Match[Meeting], sent: Sentence) -> list[ActorHit]:
    if match.proclitics[-1:] == "ك":
        return []
    how = match.value.sides | {"object"} if match.enclitic in _PRONOUN else match.value.sides
    sides = _sides(s, i + 1, sent, how, _NOUN_REACH) + _present(s, i, sent)
    holder = _holder(s, i, sent)
    if match.enclitic in _PRONOUN and sides:
        holder = holder or inherited(s, i, sent) or _told_later(s, sides[-1].hi, sent)
    if not holder and len(sides) == 1 and i > sent.lo and s.t.key[i - 1] in _AT:
        holder = [a for a in inherited(s, i, sent) if a.kind in ("official", "person")]
    return holder + sides


def _told_later(s: Scene, lo: int, sent: Sentence) -> list[ActorHit]:
    """The subject that a pronoun points forward to: "خلال لقائه وفدا، بحث الرئيس"."""
    for j in range(lo, min(sent.hi, lo + 8)):
        if j in s.actor:
            return [s.actor[j]]
    return []


def _present(s: Scene, i: int, sent: Sentence) -> list[ActorHit]:
    """Those who lead, attend or oversee it: "برئاسة A وحضور B", "يشرف عليها A"."""
    out: list[ActorHit] = []
    for j in range(i + 1, min(sent.hi, i + 40)):
        if s.t.key[j] in meeting_set("present"):
            for n in range(j + 1, min(sent.hi, j + 4)):
                if n in s.actor and s.actor[n].lo == n:
                    out += group_from(s, n, sent.hi)[0]
                    break
    return out


def _holder(s: Scene, i: int, sent: Sentence) -> list[ActorHit]:
    """The subject of a verb that holds the meeting, up to eight words before, or behind it in a
    relative clause.
    """
    for j in range(i - 1, max(sent.lo, i - 12) - 1, -1):
        if s.t.key[j] in _STOPS:
            break
        for m in hold_verbs().lookup(s.t.key[j]):
            if m.form.tense in FINITE and m.form.voice != "p" and j not in s.actor:
                actors, _ = subject(s, j, m.form, sent)
                return [a for a in actors if a.lo < i]
            if m.form.tense == "masdar" and (m.enclitic or m.proclitics.endswith("ل")):
                return inherited(s, j, sent) if m.enclitic else _last_before(s, j, sent)
    if i + 1 < sent.hi:
        for m in hold_verbs().lookup(s.t.key[i + 1]):
            if m.enclitic and m.form.tense in FINITE:
                actors, _ = subject(s, i + 1, m.form, sent)
                return [a for a in actors if a.lo <= i + 2] or inherited(s, i, sent) or _last_before(s, i, sent)
    return []


def _last_before(s: Scene, i: int, sent: Sentence) -> list[ActorHit]:
    for j in range(i - 1, sent.lo - 1, -1):
        if j in s.actor:
            return [s.actor[j]]
    return []


def _sides(s: Scene, lo: int, sent: Sentence, how: frozenset[str], reach: int = _REACH) -> list[ActorHit]:
    """Actors behind the word of meeting that stand as its other side."""
    out: list[ActorHit] = []
    j, hi = lo, min(sent.hi, lo + reach)
    while j < hi:
        if s.t.key[j] in _STOPS or s.t.key[j] == "بينما":
            break
        a = s.actor.get(j)
        if a is not None and a.lo == j:
            if _stands(s, a, lo, how):
                group, end = group_from(s, j, sent.hi)
                out += group
                if end < sent.hi and s.t.key[end] == "وبين" and end + 1 in s.actor:
                    out += group_from(s, end + 1, sent.hi)[0]
                return out
            j = a.hi
            continue
        if "object" in how and s.t.key[j] in ("والتي", "والذي"):
            break
        if "object" in how and j not in s.actor and _delegation(s.t.key[j]):
            return [unknown(s, j, min(sent.hi, j + 2))]
        if j == lo and "object" in how and j not in s.actor and _office(s.t.key[j]):
            return [unknown(s, j, min(sent.hi, j + 3))]
        j += 1
    return out


def _delegation(key: str) -> bool:
    """An indefinite accusative that names a party no resolver knows ("وفدا عشائريا")."""
    return key.endswith("ا") and key[:-1] in words("heads")


def _office(key: str) -> bool:
    """The office or delegation right behind "his meeting with", which no resolver knows ("والي المدينة")."""
    return key.removeprefix("لل").removeprefix("ال") in words("heads") or key in ("والي", "حاكم", "عمده")


def _stands(s: Scene, a: ActorHit, lo: int, how: frozenset[str]) -> bool:
    near = {s.t.key[k] for k in range(max(lo, a.lo - 3), a.lo)}
    if near & (how & {"مع", "بين"}):
        return True
    clitic = clitic_of(a, s.t.key[a.lo])
    if clitic[-1:] in how:
        return True
    return "object" in how and clitic == "" and not near & {"في", "من", "الي", "علي", "عن"}


def _distinct(s: Scene, actors: list[ActorHit]) -> list[ActorHit]:
    out: list[ActorHit] = []
    for a in actors:
        if all(a is not b and not _same_words(s, a, b) for b in out):
            out.append(a)
    return out


def _same_words(s: Scene, a: ActorHit, b: ActorHit) -> bool:
    """One name inside the other; a president and his government share an id and are still two at a table."""
    x, y = content(s, a.lo, a.hi), content(s, b.lo, b.hi)
    return bool(x and y) and (x <= y or y <= x)


def _extent(s: Scene, i: int, parties: list[ActorHit], sent: Sentence) -> tuple[int, int]:
    inside = [a for a in parties if sent.lo <= a.lo < sent.hi and abs(a.lo - i) <= 24]
    lo = min([i, *[a.lo for a in inside]])
    hi = max([i + 1, *[a.hi for a in inside]])
    if lo > sent.lo and hold_verbs().lookup(s.t.key[lo - 1]):
        lo -= 1
    return lo, hi


def _modality(s: Scene, i: int, match: Match[Meeting], sent: Sentence) -> str:
    lo, hi = max(sent.lo, i - 8), min(sent.hi, i + 12)
    if any(s.t.key[j] in meeting_set("invite") for j in range(max(sent.lo, i - 4), i)):
        return "planned"
    if match.form.tense == "impf" or any(s.t.key[j] in meeting_set("future") for j in range(max(sent.lo, i - 4), hi)):
        return "planned"
    for j in range(lo, i):
        for m in hold_verbs().lookup(s.t.key[j]):
            if m.form.tense == "impf" and m.form.person == 3:
                return "planned"
    past = next((s.time[j] for j in range(lo, hi) if j in s.time), None)
    return "past" if past is not None and past.grain == "past" else "happened"


def _requested(s: Scene, i: int, sent: Sentence) -> list[ActorHit]:
    for j in range(i, min(sent.hi, i + 16)):
        if s.t.key[j] in meeting_set("request"):
            return named_after(s, j, sent.hi, meeting_set("request"))
    return []


def _add(s: Scene, out: list[MeetingClaim], claim: MeetingClaim) -> None:
    for d in out:
        common = sum(any(same_actor(s, a, b) for b in d.parties) for a in claim.parties)
        if common >= 2 or (common and d.modality == claim.modality and claim.sentence - d.sentence <= 1):
            d.quotes += claim.quotes
            d.parties = _distinct(s, d.parties + claim.parties)
            d.time = d.time or claim.time
            d.places = d.places or claim.places
            return
    out.append(claim)
