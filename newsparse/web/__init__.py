"""Polite, safe HTTP: one page at a time, bounded in size and time, no private addresses."""
