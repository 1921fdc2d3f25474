"""core of the desk."""
