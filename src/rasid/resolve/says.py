"""Who says it: sources, what relays them, and the words that each governs.

A source governs the clause of its verb and what follows in the sentence, until another source or another
matter begins; then the sentences that a continuing verb (وأضاف "and he added") opens with no new speaker.
"According to X" (بحسب X) governs the sentence that it stands in.
"""

from __future__ import annotations

from rasid.model.claims import Mentions
from rasid.model.mentions import SourceHit
from rasid.resolve.says_frames import formulas
from rasid.resolve.says_known import Known
from rasid.resolve.says_scene import Scene
from rasid.resolve.says_scope import Scope


def find(m: Mentions) -> list[SourceHit]:
    """Sources in text order of first mention; linear in the tokens for a bounded number of sources."""
    s = Scene.of(m)
    known = Known(s, m.actors)
    scope = Scope(s, known)
    triggers = _triggers(s)
    at = 0
    for sentence in s.t.sentences:
        first = at
        while at < len(triggers) and triggers[at] < sentence.hi:
            at += 1
        scope.sentence(sentence, formulas(s, sentence, triggers[first:at]))
        if sentence.title:
            known.current = None
    return known.found()


def _triggers(s: Scene) -> list[int]:
    """Words that may bring in a source or end one, where they stand so that they can."""
    kind = s.t.kind
    starts = {x.lo for x in s.t.sentences}
    return [
        i for i, w in enumerate(s.words) if w.trigger and (w.sure or i in starts or kind[i - 1] != "w")
    ]  # fmt: skip
