"""Sentences and dependency trees, read from the encoder's rows."""
