"""One module for each format that books are written in."""
