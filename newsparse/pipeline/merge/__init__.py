"""``newsparse_merge``: event mentions become document-level events."""
