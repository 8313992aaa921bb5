"""``newsparse_coref``: who is who in the document."""
