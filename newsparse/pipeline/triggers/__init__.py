"""Which words express an event of which type, as learned from annotated articles."""
