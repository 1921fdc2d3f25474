"""inbox of the desk."""
