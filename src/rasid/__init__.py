"""Rasid (راصد): reads Arabic conflict reports into an incident book and a pledge ledger."""

__version__ = "0.1.0"
