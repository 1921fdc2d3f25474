"""public of the desk."""
