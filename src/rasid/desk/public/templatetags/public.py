"""Tags of the public site."""

from __future__ import annotations

from typing import Any

from django import template

from rasid.desk.public.say import sentence
from rasid.desk.words import arabic

register = template.Library()


@register.filter
def says(payload: dict[str, Any]) -> str:
    return sentence(payload)


@register.filter
def named(value: dict[str, Any]) -> str:
    """A place or party of a projection in the current language."""
    if "name" in value:
        return str(value["name"] if arabic() else value.get("name_en") or value["name"])
    return str(value["ar"] if arabic() else value["en"])
