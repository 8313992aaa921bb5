"""Which word of the dictionary a token is a form of."""
