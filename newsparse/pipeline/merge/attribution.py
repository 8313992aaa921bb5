"""Attribution: to whom an article attributes the report of an event, read off its quotes."""

from __future__ import annotations

from collections.abc import Sequence

from newsparse.pipeline.annotations import Argument, Event, Quote


def attribute(events: Sequence[Event], quotes: Sequence[Quote]) -> None:
    """Add a ``source`` to every event mention that stands in what somebody else is reported to say, in place.

    Both lists are in the order of the text, so one pass over them is enough.
    """
    first = 0
    for event in events:
        position = event.triggers[0].start
        while first < len(quotes) and quotes[first].end <= position:
            first += 1
        covering = next((q for q in quotes[first : first + 3] if not q.direct and q.start <= position < q.end), None)
        if covering is None or covering.speaker is None or covering.mention is None:
            continue
        if any(argument.entity == covering.speaker for argument in event.arguments):
            continue
        mention = covering.mention
        event.arguments.append(Argument("source", mention.start, mention.end, covering.speaker, mention.kind, "quote"))
