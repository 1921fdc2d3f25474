"""What tokens mean beyond words: when, where, who, how many, who says."""
