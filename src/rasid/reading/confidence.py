"""How sure the reader is of a claim: a logistic model over what was seen, fitted on coded reports.

The weights are data (knowledge/confidence.toml), made by ``tools/calibrate.py``, which also prints how well the
figure is calibrated. A claim below the floor is not made.
"""

from __future__ import annotations

from functools import cache
from math import exp

from rasid.lexicon import files
from rasid.model.claims import IncidentClaim
from rasid.model.vocabulary import FAMILIES
from rasid.text.tokens import Tokens

_FAMILY = {t: f"family_{sorted(f)[0]}" for f in FAMILIES for t in f}
_FINE = {"settlement", "neighbourhood", "point", "district"}


@cache
def _model() -> tuple[dict[str, float], float, float]:
    table = files.toml("confidence.toml")
    return table["weights"], table["bias"], table["floor"]


def features(t: Tokens, c: IncidentClaim, total: int) -> dict[str, float]:
    """What is known of a claim, as numbers between 0 and 1; ``total`` counts the claims of the report."""
    own_places = [] if "place_inherited" in c.features else c.places
    doers = [a for a in c.actors if a.role in ("perpetrator", "party")]
    n = len(t.sentences)
    f = {
        "place": float(bool(own_places)) or 0.5 * float(bool(c.places)),
        "place_fine": float(
            any(p.precision in _FINE or p.kind in ("facility", "village", "town", "city") for p in own_places)
        ),
        "place_country": float(bool(own_places) and all(p.kind == "country" for p in own_places)),
        "day": float(
            c.time is not None
            and c.time.grain == "day"
            and c.time.start is not None
            and "day_carried" not in c.features
        ),
        "no_time": float(c.time is None),
        "history": float(c.time is not None and c.time.grain in ("past", "since")),
        "doer": float(bool(doers)),
        "doer_known": float(any(a.hit.id for a in doers)),
        "doer_inherited": float(any(a.rule == "role.inherited" for a in doers)),
        "harm": float(bool(c.harm)),
        "counted": float(any(h.min is not None for h in c.harm)),
        "target": float(bool(c.targets)),
        "weapon": float(bool(c.weapons)),
        "retold": min(len(c.quotes) - 1, 3) / 3,
        "source": float(bool(c.sources)),
        "head": float(c.sentence <= 1),
        "late": c.sentence / n if n else 0.0,
        "many": min(total, 12) / 12,
        "perfect": c.features.get("verb", 0.0) * (1 - c.features.get("impf", 0.0)),
        "imperfect": c.features.get("impf", 0.0),
        _FAMILY.get(c.type, "family_other"): 1.0,
    }
    for name in ("definite", "weak", "by_harm", "clause_rel", "clause_circ", "clause_that", "court"):
        f[name] = c.features.get(name, 0.0)
    return f


def confidence(f: dict[str, float]) -> float:
    """Probability, by the fitted model, that a careful coder would make this claim."""
    weights, bias, _ = _model()
    return 1 / (1 + exp(-(bias + sum(weights.get(k, 0.0) * v for k, v in f.items()))))


#: A post of no more tokens than this is news as a whole, and leaves out what a report would say beside it: the
#: fitted floor, which is that of reports, is lowered by this share.
_POST, _SHARE = 60, 0.5


def floor(tokens: int) -> float:
    """Claims less sure than this are not made in a text of so many tokens."""
    return _model()[2] * (_SHARE if tokens <= _POST else 1.0)
