"""ledger of the desk."""
