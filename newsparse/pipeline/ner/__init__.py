"""Names, read from the encoder's rows."""
