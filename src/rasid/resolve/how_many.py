"""How many were harmed: killed, injured, missing, detained, abducted, displaced, released and trapped.

No count is invented. Silence gives nothing, a stated absence 0 to 0, a vague word open bounds; a part of a
total, a running toll and a number that counts no people are kept apart. What is feared, planned or demanded
is not told.
"""

from __future__ import annotations

from dataclasses import replace

from rasid.lexicon.harm import Act, Word
from rasid.model.mentions import HarmHit
from rasid.resolve.how_many_found import Found
from rasid.resolve.how_many_frames import blocked, left, right, victims
from rasid.resolve.how_many_groups import Group, Scene, scene
from rasid.resolve.how_many_lists import Lists
from rasid.resolve.how_many_rest import counts_of, losses, parts, states, tolls, trapped, zeros
from rasid.text.tokens import Tokens

_JOINED = 8
#: Pronouns of one person and of two; others leave the number open.
_PRONOUN_COUNT = {"ه": 1, "ها": 1, "هما": 2}


def find(t: Tokens) -> list[HarmHit]:
    """Harm told in the text, in order of position. Linear in the number of tokens."""
    s = scene(t)
    f = Found(s)
    lists = Lists(t, f)
    for n, (lo, hi) in enumerate(s.sentences):
        f.first = len(f.hits)
        if s.enter(lo, hi):
            _sentence(f, lo, hi)
        lists.line(n, lo, hi)
    f.hits.sort(key=lambda h: (h.lo, h.who_lo, h.anchor))
    return [f.mapped(h) for h in f.hits]


def _sentence(f: Found, lo: int, hi: int) -> None:
    zeros(f, hi)
    for i in f.scene.marks.get("act", ()):
        w = f.scene.words[i]
        if w is not None and i not in f.spent:
            _deed(f, i, w, lo, hi)
    states(f, lo, hi)
    counts_of(f, lo, hi)
    losses(f, lo, hi)
    trapped(f, lo)
    parts(f, lo, hi)
    tolls(f, lo, hi)


def _deed(f: Found, i: int, w: Word, lo: int, hi: int) -> None:
    """The first sense of the word that finds its victims wins."""
    s = f.scene
    if w.state and w.state.enclitic:
        return  # قتلاه "his dead" looks like a verb with its object
    for act in w.acts:
        if (
            act.form.key in act.deed.after_lam
            or blocked(s, i, act, lo)
            or (act.enclitic and s.light_of(i).endswith("ة"))
        ):
            continue
        if _joint(f, i, act, lo, hi):
            return
        listed = act.clitics == "و" and len(f.hits) > f.first
        groups = [g for g in victims(s, i, act, lo, hi, listed=listed) if f.free(g)]
        if groups:
            if len(groups[0].states) == 1:
                groups[0] = replace(groups[0], states=())  # "توفي اثنان من الجرحى" are dead
            for g in groups:
                f.add(act.deed.status, g, i, act.deed.id)
            return
        if act.enclitic and _by_pronoun(f, i, act):
            return


def _joint(f: Found, i: int, act: Act, lo: int, hi: int) -> bool:
    """As in "مقتل وإصابة 15", "قتل وجرح العشرات": one number over two or more deeds."""
    s = f.scene
    if act.enclitic or act.form.number in ("d", "p"):
        return False
    statuses, j = [act.deed.status], i + 1
    while j < min(hi, i + _JOINED) and (nxt := _joined_deed(s, j, hi)):
        j, other = nxt
        statuses.append(other.deed.status)
    if len(set(statuses)) < 2 or (act.form.tense != "masdar" and left(s, i, lo, act.form)):
        return False
    g = right(s, j, hi, near=True)
    if g is None or not f.free(g) or g.states or g.loose or (g.other and not g.counted):
        return False
    f.spent.update(range(i + 1, j))
    f.add_open(tuple(dict.fromkeys(statuses)), g, i, f"{act.deed.id}.joint")
    return True


def _joined_deed(s: Scene, j: int, hi: int) -> tuple[int, Act] | None:
    """A deed at ``j`` joined with و or أو to the one before it, and the token behind it."""
    either = s.keys[j] == "او" and j + 1 < hi
    w = s.words[j + either]
    for act in w.acts if w else ():
        if (act.clitics == "و" or either) and not act.enclitic and not act.definite:
            return j + either + 1, act
    return None


def _is_masdar(s: Scene, i: int, act: Act) -> bool:
    """Is it إصابته "his being hit" and not أصابته "hit him"? Without its hamza only a preposition tells."""
    if act.form.key[0] != "ا" or "إ" in s.light_of(i):
        return True
    plain = "أ" not in s.light_of(i)
    return plain and (act.clitics[-1:] in ("ب", "ل") or (i > 0 and s.role(i - 1, "prep")))


def _by_pronoun(f: Found, i: int, act: Act) -> bool:
    """Somebody told before, by a pronoun on the word of harm ("بعد مقتله"). "مقتلهم" states no number."""
    if (
        act.deed.frame == "prep"
        or act.deed.weak
        or act.deed.needs
        or act.deed.pronoun == "none"
        or act.enclitic not in _PRONOUN_COUNT
    ):
        return False
    if act.enclitic == "ها" and not (act.form.tense == "masdar" and act.deed.her):
        return False
    if act.form.tense != "masdar" and (
        act.deed.pronoun == "masdar" or act.deed.frame != "object" or act.form.voice == "p"
    ):
        return False
    if act.form.tense == "masdar" and not _is_masdar(f.scene, i, act):
        return False
    count = _PRONOUN_COUNT[act.enclitic]
    g = Group(i, i, i, count, count, "unknown", "s" if count == 1 else "d")
    f.add(act.deed.status, g, i, f"{act.deed.id}.pronoun")
    return True
