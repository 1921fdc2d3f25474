"""A published record in one sentence, from its projection alone."""

from __future__ import annotations

from typing import Any

from rasid.desk.words import arabic, label


def sentence(r: dict[str, Any]) -> str:
    """Type, place, party, day: `Shelling · Tafas, Al-Ajami · Syrian government`."""
    kind = label("incident_type", r["type"]) if "type" in r else label("commitment_kind", r["kind"])
    key = "ar" if arabic() else "en"
    names = [(p["name"] if arabic() else p["name_en"]) for p in r.get("places", [])]
    doers = [p[key] for p in r.get("parties", r.get("by", [])) if p.get("role") in (None, "perpetrator")]
    joint = "، " if arabic() else ", "
    return " · ".join(x for x in (kind, joint.join(names[:4]), joint.join(doers[:2])) if x)
