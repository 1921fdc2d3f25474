"""What the desk has decided: publication, people, map. Changes are logged in the book."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields

from rasid.desk.core.models import Setting


@dataclass(frozen=True, slots=True)
class Policy:
    """Days, not hours, for the delay; ``coarsest`` is the finest place that leaves the desk."""

    public_site: bool = True
    site_name_ar: str = "راصد"
    site_name_en: str = "Rasid"
    two_person: bool = True
    delay_days: int = 0
    finest_place: str = "settlement"
    publish_names: bool = False
    publish_sources: bool = True
    export_needs_approval: bool = True
    export_days: int = 7
    totp_from_role: str = ""
    fetch_hosts: str = ""
    tile_url: str = ""
    tile_credit: str = ""


def policy() -> Policy:
    held = dict(Setting.objects.values_list("name", "value"))
    return Policy(**{f.name: held[f.name] for f in fields(Policy) if f.name in held})


def set_policy(new: Policy) -> dict[str, tuple[object, object]]:
    """Keep the values that differ; returns name → (before, after)."""
    old, now = asdict(policy()), asdict(new)
    changed = {k: (old[k], now[k]) for k in now if old[k] != now[k]}
    for name, (_, after) in changed.items():
        Setting.objects.update_or_create(name=name, defaults={"value": after})
    return changed
