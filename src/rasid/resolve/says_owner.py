"""Whose statement it is: "a statement by X", "figures of X"; the owner is the source, not the paper."""

from __future__ import annotations

from rasid.resolve.says_scene import Scene, Speaker
from rasid.resolve.says_speaker import GOVERNED, speaker_at
from rasid.text.keys import fold

_FROM = fold("عن")


def owner(s: Scene, paper: Speaker, hi: int) -> Speaker | None:
    """The owner of the statement or report that ``paper`` is, or ``paper`` itself where none is named.

    Figures that nobody owns are no source.
    """
    for k in range(paper.lo + 1, min(hi, paper.lo + 8)):
        w, a = s.words[k], s.actor.get(k)
        if "press" in w.roles:
            continue
        if w.that or s.t.kind[k] == "p" or (w.finite and "issued" not in w.roles):
            break
        owned = k == paper.lo + 1 or s.keys[k - 1] == _FROM or "issued" in s.words[k - 1].roles
        if a is not None and a.lo == k and (a.clitics == "ل" or (owned and not a.clitics)):
            return speaker_at(s, k, hi, clitics=GOVERNED) or paper
        if (
            a is None
            and w.head is not None
            and not w.head.document
            and (w.head_clitics == "ل" or (owned and not w.head_clitics))
        ):
            return speaker_at(s, k, hi, clitics=GOVERNED) or paper
    return None if paper.head is not None and paper.head.figures else paper
