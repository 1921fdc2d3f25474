"""map of the desk."""
