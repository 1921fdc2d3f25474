"""Values that every stage shares; imports no other stage."""
