"""Formats, one module each. A module with a `FORMAT` is one; nothing else registers it."""
