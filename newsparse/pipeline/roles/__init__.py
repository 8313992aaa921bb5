"""Which entity plays which role in an event, as learned from annotated articles."""
