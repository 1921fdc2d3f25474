"""incidents of the desk."""
