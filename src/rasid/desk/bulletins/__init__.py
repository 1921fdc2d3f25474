"""bulletins of the desk."""
