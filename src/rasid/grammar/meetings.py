"""Meetings, held or planned: who met whom, where and when, who was missing, who had asked for it."""

from __future__ import annotations

from rasid.grammar.commitments_merge import same_actor
from rasid.grammar.commitments_parties import inherited, named_after, subject
from rasid.grammar.commitments_scene import (
    FINITE,
    Scene,
    Speech,
    clitic_of,
    conflict_words,
    group_from,
    political,
    scene,
)
from rasid.lexicon.commitments import classes_of
from rasid.lexicon.forms import Match
from rasid.lexicon.meetings import Meeting, hold_verbs, meeting_set, meeting_words
from rasid.model.claims import MeetingClaim, Mentions
from rasid.model.mentions import ActorHit
from rasid.text.tokens import Sentence

#: How far the other side may stand behind the word of meeting.
_REACH = 14
_STOPS = frozenset(".؛;!؟?:")
_PRONOUN = ("ه", "ها", "هم", "هما")


def find(m: Mentions) -> list[MeetingClaim]:
    """The meetings that a text tells, retellings merged, in text order."""
    s = scene(m)
    war, peace = conflict_words(s.t)
    if war < 2 * peace or not war and len(s.t) > 60:
        return []
    out: list[MeetingClaim] = []
    lookup = meeting_words().lookup
    for number, sent in enumerate(s.t.sentences):
        for i in range(sent.lo, sent.hi):
            if s.t.kind[i] != "w":
                continue
            found = lookup(s.t.key[i])
            claim = _claim(s, i, found[0], sent, number) if found and i not in s.actor else None
            _hear(s, i, sent)
            if claim is not None:
                _add(s, out, claim)
    return out


def _hear(s: Scene, i: int, sent: Sentence) -> None:
    for m in classes_of(s.t.key[i]):
        if m.value == "speech" and m.form.tense in FINITE and i not in s.actor:
            actors, _ = subject(s, i, m.form, sent)
            if actors:
                s.speeches.append(Speech(i, actors))
            return


def _claim(s: Scene, i: int, match: Match[Meeting], sent: Sentence, number: int) -> MeetingClaim | None:
    word = match.value
    parties = _of_noun(s, i, match, sent) if word.noun else _of_verb(s, i, match, sent)
    parties = _distinct(s, [a for a in parties if political(a) or a.kind in ("people", "person")])
    if len(parties) < 2 or not any(political(a) for a in parties):
        return None
    lo, hi = _extent(s, i, parties, sent)
    claim = MeetingClaim(i, number, [(lo, hi)], _modality(s, i, match, sent), word.id, parties=parties)
    claim.time = next((s.time[j] for j in range(lo, min(sent.hi, hi + 6)) if j in s.time), None)
    seen = {p.lo: p for j in range(lo, min(sent.hi, hi + 4)) if (p := s.place.get(j)) and p.role == "place"}
    claim.places = list(seen.values())
    claim.requested_by = _requested(s, i, sent)
    claim.sources = [n for n, x in enumerate(s.m.sources) if any(a <= i < b for a, b in x.governs)]
    return claim


def _of_verb(s: Scene, i: int, match: Match[Meeting], sent: Sentence) -> list[ActorHit]:
    f = match.form
    if f.tense not in FINITE:
        return _holder(s, i, sent) + _sides(s, i + 1, sent, match.value.sides - {"object"}) if f.tense == "masdar" else []
    if i > sent.lo and s.t.key[i - 1] in ("لم", "لن", "لا"):
        return []
    first, after = subject(s, i, f, sent)
    other = _sides(s, max(after, i + 1), sent, match.value.sides)
    return first + other if other else []


def _of_noun(s: Scene, i: int, match: Match[Meeting], sent: Sentence) -> list[ActorHit]:
    if match.proclitics[-1:] == "ك":
        return []
    sides = _sides(s, i + 1, sent, match.value.sides)
    holder = _holder(s, i, sent)
    if match.enclitic in _PRONOUN and sides:
        holder = holder or inherited(s, i, sent)
    return holder + sides


def _holder(s: Scene, i: int, sent: Sentence) -> list[ActorHit]:
    """The subject of a verb that holds the meeting, up to eight words before, or behind it in a relative clause."""
    for j in range(i - 1, max(sent.lo, i - 12) - 1, -1):
        if s.t.key[j] in _STOPS:
            break
        for m in hold_verbs().lookup(s.t.key[j]):
            if m.form.tense in FINITE and m.form.voice != "p" and j not in s.actor:
                actors, _ = subject(s, j, m.form, sent)
                return [a for a in actors if a.lo < i]
    if i + 1 < sent.hi:
        for m in hold_verbs().lookup(s.t.key[i + 1]):
            if m.enclitic and m.form.tense in FINITE:
                actors, _ = subject(s, i + 1, m.form, sent)
                return actors
    return []


def _sides(s: Scene, lo: int, sent: Sentence, how: frozenset[str]) -> list[ActorHit]:
    """Actors behind the word of meeting that stand as its other side."""
    out: list[ActorHit] = []
    j, hi = lo, min(sent.hi, lo + _REACH)
    while j < hi:
        if s.t.key[j] in _STOPS:
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
        j += 1
    return out


def _stands(s: Scene, a: ActorHit, lo: int, how: frozenset[str]) -> bool:
    near = {s.t.key[k] for k in range(max(lo, a.lo - 3), a.lo)}
    if near & (how & {"مع", "بين"}):
        return True
    clitic = clitic_of(s.t, a)
    if clitic[-1:] in how:
        return True
    return "object" in how and clitic == "" and not near & {"في", "من", "الي", "علي", "عن"}


def _distinct(s: Scene, actors: list[ActorHit]) -> list[ActorHit]:
    out: list[ActorHit] = []
    for a in actors:
        if all(a is not b and not same_actor(s, a, b) for b in out):
            out.append(a)
    return out


def _extent(s: Scene, i: int, parties: list[ActorHit], sent: Sentence) -> tuple[int, int]:
    inside = [a for a in parties if sent.lo <= a.lo < sent.hi and abs(a.lo - i) <= 24]
    lo = min([i, *[a.lo for a in inside]])
    hi = max([i + 1, *[a.hi for a in inside]])
    if lo > sent.lo and hold_verbs().lookup(s.t.key[lo - 1]):
        lo -= 1
    return lo, hi


def _modality(s: Scene, i: int, match: Match[Meeting], sent: Sentence) -> str:
    lo, hi = max(sent.lo, i - 8), min(sent.hi, i + 12)
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
