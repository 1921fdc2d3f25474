"""The desk's fixtures (see cast.py)."""

from tests.desk.cast import as_, django_ready, empty, person, policy_set, postgresql, south, templates

__all__ = ["as_", "django_ready", "empty", "person", "policy_set", "postgresql", "south", "templates"]
