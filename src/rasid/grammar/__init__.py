"""Clauses and the predicates, promises and meetings in them, with their arguments."""
