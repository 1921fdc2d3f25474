"""Loads, checks, inflects and compiles the knowledge."""
