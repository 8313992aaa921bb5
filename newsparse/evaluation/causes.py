"""Why events and arguments of a record are not those of the annotation: each miss and each invention with its cause."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from newsparse.annotation.article import AnnotatedArgument, AnnotatedArticle, AnnotatedEvent
from newsparse.evaluation.scoring import (
    PredictedArgument,
    argument_agrees,
    is_named,
    overlaps,
    pair_events,
    predicted_arguments,
    same_words,
)
from newsparse.records import ArticleRecord, Entity, Event


@dataclass(frozen=True, slots=True)
class Case:
    """Something missed or invented, of ``kind`` event or argument, with its cause and the words to recognise it by."""

    kind: str
    cause: str
    words: str


def event_cases(gold: AnnotatedArticle, record: ArticleRecord, unsure: Sequence[Event]) -> Iterator[Case]:
    """Yield the events missed and invented; ``unsure`` are the events at any confidence."""
    pairs = pair_events(gold, record.events)
    found, right = {pair.gold for pair in pairs}, {pair.predicted for pair in pairs}
    doubtful = {pair.gold for pair in pair_events(gold, unsure)}
    for i, event in enumerate(gold.events):
        if i not in found:
            yield Case("missed event", _why_missed(event, record.events, unsure, i in doubtful), _told(gold, event))
    for j, predicted in enumerate(record.events):
        if j not in right:
            words = f"{gold.article.id} {predicted.type}: {' / '.join(m.text for m in predicted.mentions)}"
            yield Case("invented event", _why_invented(predicted, gold), words)


def _why_missed(event: AnnotatedEvent, events: Sequence[Event], unsure: Sequence[Event], doubtful: bool) -> str:
    if doubtful:
        return "below the least confidence"
    here = _at(event, events)
    if any(other.type == event.type for other in here):
        return "merged with another event"
    if here:
        return "wrong type"
    if _at(event, unsure):
        return "wrong type, and below the least confidence"
    return "no trigger seen"


def _why_invented(event: Event, gold: AnnotatedArticle) -> str:
    here = [other for other in gold.events if _at(other, [event])]
    if any(other.type == event.type for other in here):
        return "second time the same event"
    if here:
        return "wrong type"
    near = {span for mention in event.mentions for span in gold.sentences if span[0] <= mention.start < span[1]}
    same = [e for e in gold.events if e.type == event.type and any(overlaps(t, s) for t in e.triggers for s in near)]
    return "second event of its type in the sentence" if same else "no event"


def _at(event: AnnotatedEvent, events: Iterable[Event]) -> list[Event]:
    return [e for e in events if any(overlaps(t, (m.start, m.end)) for t in event.triggers for m in e.mentions)]


def argument_cases(gold: AnnotatedArticle, record: ArticleRecord) -> Iterator[Case]:
    """Yield the arguments missed and invented, those of missed and invented events apart."""
    matched = {pair.gold: record.events[pair.predicted] for pair in pair_events(gold, record.events)}
    for i, wanted in enumerate(gold.events):
        if i not in matched:
            yield from (Case("missed argument", "event missed", _told(gold, wanted)) for _ in wanted.arguments)
            continue
        event, left = matched[i], predicted_arguments(matched[i])
        missed = []
        for argument in wanted.arguments:
            hit = next((a for a in left if argument_agrees(argument, a)), None)
            if hit is None:
                missed.append(argument)
            else:
                left.remove(hit)
        for argument in missed:
            cause = f"{argument.role}: {_why_not_filled(argument, wanted, event, gold, record)}"
            yield Case("missed argument", cause, f"{_told(gold, wanted)} <- {argument.text}")
        for extra in left:
            words = f"{_told(gold, wanted)} <- {extra.name or extra.text}"
            yield Case("invented argument", f"{extra.role}: {_why_filled(extra, wanted, missed)}", words)
    invented = [event for event in record.events if event not in matched.values()]
    yield from (
        Case("invented argument", "event invented", f"{gold.article.id} {event.type}")
        for event in invented
        for _ in predicted_arguments(event)
    )


def _why_not_filled(
    argument: AnnotatedArgument, wanted: AnnotatedEvent, event: Event, gold: AnnotatedArticle, record: ArticleRecord
) -> str:
    if argument.entity is None:
        same_role = [a for a in predicted_arguments(event) if a.role == argument.role]
        return "other words" if same_role else "no phrase found"
    found = [e for e in record.entities if _is(argument, e)]
    if any(_fills(e, a) for e in found for a in predicted_arguments(event)):
        return "in another role"
    if not found:
        return "entity not found"
    triggers = {s for s in gold.sentences if any(overlaps(t, s) for t in wanted.triggers)}
    inside = any(overlaps((m.start, m.end), s) for e in found for m in e.mentions for s in triggers)
    by_name = any(overlaps(span, s) for span in argument.spans for s in triggers)
    if by_name:
        return "named in the sentence, not linked"
    return "by pronoun or noun in the sentence, not linked" if inside else "outside the sentence"


def _is(argument: AnnotatedArgument, entity: Entity) -> bool:
    assert argument.entity is not None
    named = [m for m in entity.mentions if m.kind != "pronoun"]
    return is_named(argument.entity, entity.name) or any(
        overlaps(span, (m.start, m.end)) and any(same_words(m.text, alias) for alias in argument.entity.aliases)
        for span in argument.spans
        for m in named
    )


def _fills(entity: Entity, argument: PredictedArgument) -> bool:
    return any(argument.span == (m.start, m.end) for m in entity.mentions) or entity.name == argument.name


def _why_filled(extra: PredictedArgument, wanted: AnnotatedEvent, missed: Sequence[AnnotatedArgument]) -> str:
    for other in wanted.arguments:
        moved = PredictedArgument(other.role, extra.text, extra.span, extra.name, extra.pronoun)
        if argument_agrees(other, moved):
            return "twice" if other.role == extra.role else "belongs in another role"
    if any(other.role == extra.role for other in missed):
        return "instead of the right one" if not extra.pronoun else "pronoun not resolved, or wrongly"
    return "nothing annotated in this role, or all found"


def _told(gold: AnnotatedArticle, event: AnnotatedEvent) -> str:
    text = gold.article.text
    return f"{gold.article.id} {event.type}: {' / '.join(text[start:end] for start, end in event.triggers)}"
