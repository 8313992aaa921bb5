"""``newsparse_merge``: event mentions become document-level events, one for each distinct real-world event."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from newsparse.pipeline.annotations import Argument, Event, Quote
from newsparse.pipeline.events.headline import title_tokens
from newsparse.pipeline.merge.attribution import attribute
from newsparse.pipeline.merge.confidence import confidence
from newsparse.pipeline.merge.identity import THRESHOLD, Discourse, probability
from newsparse.rules.frames import EventType, load_event_rules

WINDOW = 8
"""How many earlier events of its type a mention is compared with; keeps merging linear in the article."""

_MOST_MAIN = 2
_KINDS = {"name": 0, "nominal": 1, "pronoun": 2}


@Language.factory(
    "newsparse_merge",
    default_config={"rules": [], "min_confidence": 0.0},
    requires=["doc._.newsparse_events"],
    assigns=["doc._.newsparse_events"],
)
def make_merge(nlp: Language, name: str, rules: list[str], min_confidence: float) -> MergeComponent:
    """Create the component.

    Args:
        nlp: the pipeline.
        name: name of the component.
        rules: paths of rule files to add to the built-in ones, for the event types they define.
        min_confidence: events below it are dropped.
    """
    return MergeComponent(load_event_rules(tuple(Path(path) for path in rules)).types, min_confidence)


class MergeComponent:
    """Turns the event mentions in ``doc._.newsparse_events`` into document-level events."""

    def __init__(self, types: Mapping[str, EventType], min_confidence: float) -> None:
        self.types = types
        self.min_confidence = min_confidence

    def __call__(self, doc: Doc) -> Doc:
        """Annotate a document in place and return it."""
        title_end = title_tokens(doc)
        events = document_events(doc, self.types)
        for event in events:
            event.confidence = confidence(event, title_end, len(doc))
        events = [event for event in events if event.confidence >= self.min_confidence]
        mark_main(events, title_end)
        attach_quotes(events, doc._.newsparse_quotes, doc)
        doc._.newsparse_events = events
        return doc


def document_events(doc: Doc, types: Mapping[str, EventType]) -> list[Event]:
    """The events of a document, whose confidence is still that of the rules that fired.

    Who takes part in an event is not named as the source of its report.
    """
    mentions: list[Event] = doc._.newsparse_events
    if not mentions:
        return []
    attribute(mentions, doc._.newsparse_quotes, types)
    events = [event for event in merge(mentions, Discourse.of(doc)) if not event.absorbed]
    for event in events:
        acting = {argument.entity for argument in event.arguments if argument.role != "source"}
        event.arguments = [a for a in event.arguments if a.role != "source" or a.entity not in acting]
    return events


def merge(mentions: Iterable[Event], discourse: Discourse) -> list[Event]:
    """Merge the mentions of one event, all of one type.

    Of several earlier events a mention may belong to, it joins the likeliest, the nearest of these. The earlier mention
    takes in the later one, whose arguments fill what is missing.
    """
    events: list[Event] = []
    by_type: dict[str, list[Event]] = {}
    for mention in mentions:
        known = by_type.setdefault(mention.type, [])
        match = _best(known[-WINDOW:], mention, discourse)
        if match is None:
            known.append(mention)
            events.append(mention)
        else:
            absorb(match, mention, discourse.title_end)
    return events


def _best(known: Sequence[Event], mention: Event, discourse: Discourse) -> Event | None:
    """The event that a mention is one more of, if any."""
    likely = [(probability(event, mention, discourse), event) for event in reversed(known)]
    best, event = max(likely, key=lambda pair: pair[0], default=(0.0, None))
    return event if best >= THRESHOLD else None


def absorb(event: Event, mention: Event, title_end: int) -> None:
    """Add a mention to an event, in place; what only a headline said gives way to the text."""
    from_title = all(trigger.end <= title_end for trigger in event.triggers)
    event.triggers += mention.triggers
    if from_title or (event.status != "actual" and mention.status == "actual"):
        event.status, event.status_rule, event.status_word = mention.status, mention.status_rule, mention.status_word
    event.confidence = 1 - (1 - event.confidence) * (1 - mention.confidence)
    event.learned = max((likely for likely in (event.learned, mention.learned) if likely is not None), default=None)
    event.rival = min(event.rival, mention.rival)
    event.arguments = _union(event.arguments, mention.arguments)
    event.absorbed = event.absorbed and mention.absorbed
    event.time = event.time if event.time is not None else mention.time
    event.reason = event.reason or mention.reason


def _union(ours: Sequence[Argument], theirs: Sequence[Argument]) -> list[Argument]:
    """Arguments of both, each entity once in a role, at a mention by name if there is one."""
    found: dict[tuple[str, object], Argument] = {}
    for argument in [*ours, *theirs]:
        key = (argument.role, argument.entity or (argument.start, argument.end))
        known = found.get(key)
        if known is None and argument.entity is None and any(role == argument.role for role, _ in found):
            continue
        if known is None or _KINDS[argument.kind] < _KINDS[known.kind]:
            found[key] = argument
    return list(found.values())


def mark_main(events: Sequence[Event], title_end: int) -> None:
    """Mark the event that the headline reports, else the first of the text, as main, in place.

    Choosing by shared words, by the number of mentions or by confidence instead of the first one was measured
    to be no better on annotated articles.
    """
    in_title = [event for event in events if any(trigger.start < title_end for trigger in event.triggers)]
    chosen = sorted(in_title, key=lambda event: -event.confidence)[:_MOST_MAIN]
    if not chosen and events:
        chosen = [min(events, key=lambda event: event.triggers[0].start)]
    for event in chosen:
        event.main = True


def attach_quotes(events: Iterable[Event], quotes: Sequence[Quote], doc: Doc) -> None:
    """Link every event to the direct quotes that stand in, or around, the sentences of its triggers, in place."""
    direct: dict[int, list[int]] = {}
    for i, quote in enumerate(quotes):
        if quote.direct and quote.end > quote.start:
            for start in {doc[quote.start].sent.start, doc[quote.end - 1].sent.start}:
                direct.setdefault(start, []).append(i)
    for event in events:
        starts = {doc[trigger.start].sent.start for trigger in event.triggers}
        event.quotes = sorted({i for start in starts for i in direct.get(start, ())})
