"""``newsparse_events``: triggers and their arguments, one event mention for each trigger."""
