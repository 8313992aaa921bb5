"""Attribution: to whom an article attributes the report of an event, read off its quotes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from newsparse.pipeline.annotations import Argument, Event, Quote
from newsparse.rules.frames import EventType

_NESTED = 3
"""How many quotes may overlap at one place."""


def attribute(events: Sequence[Event], quotes: Sequence[Quote], types: Mapping[str, EventType]) -> None:
    """Add who says so to the event mentions that stand in what somebody is quoted with, in place.

    Of acts done by saying them, such as demands, the speaker is the agent; of other acts in reported speech the
    speaker is the source.
    """
    for event, quote in zip(events, quotes_around(events, quotes), strict=True):
        if quote is None or quote.speaker is None or quote.mention is None:
            continue
        role = _speakers_role(event, quote, types[event.type])
        if role and not any(argument.entity == quote.speaker for argument in event.arguments):
            mention = quote.mention
            event.arguments.append(Argument(role, mention.start, mention.end, quote.speaker, mention.kind, "speaker"))


def quotes_around(events: Sequence[Event], quotes: Sequence[Quote]) -> Iterator[Quote | None]:
    """Yield for each event mention the quote in which it stands.

    Both lists are in the order of the text, so one pass over them is enough.
    """
    first = 0
    for event in events:
        position = event.triggers[0].start
        while first < len(quotes) and quotes[first].end <= position:
            first += 1
        yield next((q for q in quotes[first : first + _NESTED] if q.start <= position < q.end), None)


def _speakers_role(event: Event, quote: Quote, event_type: EventType) -> str | None:
    """The role of the speaker in an event told in their words, if any."""
    if event_type.voiced:
        return None if any(argument.role == "agent" for argument in event.arguments) else "agent"
    return None if quote.direct else "source"
