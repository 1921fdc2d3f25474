"""review of the desk."""
