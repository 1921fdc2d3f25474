"""api of the desk."""
