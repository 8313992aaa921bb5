"""How sure an event is: the precision of its rules, and what else was seen to go with being right."""

from __future__ import annotations

from newsparse.pipeline.annotations import Event


def confidence(event: Event, title_end: int) -> float:
    """Expected precision of a document-level event, between 0 and 1."""
    return round(event.confidence, 2)
