"""The desk's fixtures (see cast.py and live.py)."""

from tests.desk.cast import as_, django_ready, empty, person, policy_set, postgresql, south, templates
from tests.desk.live import chromium, desk, tab

__all__ = [
    "as_",
    "chromium",
    "desk",
    "django_ready",
    "empty",
    "person",
    "policy_set",
    "postgresql",
    "south",
    "tab",
    "templates",
]
