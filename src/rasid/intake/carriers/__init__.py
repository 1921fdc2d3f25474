"""One module per carrier, found by presence: a module here with `CARRIER` is read, uploaded, listed."""
