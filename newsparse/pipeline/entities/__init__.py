"""``newsparse_entities``: candidate mentions of entities, named and nominal."""
