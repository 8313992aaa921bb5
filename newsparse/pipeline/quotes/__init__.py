"""``newsparse_quotes``: direct and reported speech with its speakers."""
