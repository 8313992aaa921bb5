"""Scores article records against annotated articles.

What counts as right:

* **event**: an event of the annotated type with a trigger that overlaps an annotated one or stands in the same
  sentence as one. Events are paired one to one, overlaps first, then those that share most arguments. **trigger** is
  the same with overlaps only.
* **argument**: of a pair of events, the same entity (by one of its names, or by its place) or nearly the same words in
  the same role. Arguments of missed events are missed, those of invented events invented: it is measured from end to
  end.
* **main event**: an event of the headline is found and marked as main. **status**: of the pairs.
* **time value**: the date of the event, as precise as annotated.
* **entity/TYPE**: an entity of the type with a mention, other than by pronoun, where the annotated one has one.
* **name/TYPE**: a mention that is a proper name, from its first character to its last; of nested ones the outermost.
* **quote**: a quotation that holds the annotated start. **quote with speaker**: with the right speaker besides. The
  annotation has direct quotations only; **direct quote** leaves out reported speech, should a record hold any.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from newsparse.annotation.article import (
    AnnotatedArgument,
    AnnotatedArticle,
    AnnotatedEntity,
    AnnotatedEvent,
    AnnotatedQuote,
    Interval,
)
from newsparse.annotation.names import NEVER_NAMED, names_of
from newsparse.evaluation.counts import Count, Figures
from newsparse.records import ArticleRecord, Entity, Event, Quote, Speaker

ENOUGH_SHARED_WORDS = 0.5
"""Dice coefficient of two phrases' words from which they count as the same."""

BEFORE_QUOTE = 3
"""Code points by which a quotation may start late: an opening mark and a space, or the mark within the mark."""

_POSSESSIVE = re.compile(r"'s?$")
_DETERMINER = re.compile(r"^(?:the|an?|its|their|his|her)\s+")
_EDGES = " .,;:\"“”'"


@dataclass(frozen=True, slots=True)
class Pair:
    """Positions of a gold and a predicted event that are the same; ``overlap``: also by their triggers."""

    gold: int
    predicted: int
    overlap: bool


@dataclass(frozen=True, slots=True)
class PredictedArgument:
    """What fills a role, as the scorer compares it."""

    role: str
    text: str
    span: Interval
    name: str | None = None
    pronoun: bool = False


def score(articles: Iterable[tuple[AnnotatedArticle, ArticleRecord | None]]) -> Figures:
    """Figures over articles, each with its record, or None if there is none."""
    figures: Figures = defaultdict(Count)
    for gold, record in articles:
        _score_article(gold, record, figures)
    return dict(figures)


def differences(gold: AnnotatedArticle, record: ArticleRecord | None) -> tuple[list[AnnotatedEvent], list[Event]]:
    """Events of the annotation that the record misses, and events of the record that the annotation has not."""
    events = record.events if record else []
    pairs = pair_events(gold, events)
    found, right = {pair.gold for pair in pairs}, {pair.predicted for pair in pairs}
    missed = [event for i, event in enumerate(gold.events) if i not in found]
    return missed, [event for j, event in enumerate(events) if j not in right]


def _score_article(gold: AnnotatedArticle, record: ArticleRecord | None, figures: Figures) -> None:
    events = record.events if record else []
    pairs = pair_events(gold, events)
    _score_events(gold.events, events, pairs, figures)
    matched = {pair.gold: events[pair.predicted] for pair in pairs}
    for i, event in enumerate(gold.events):
        _score_found(event, matched.get(i), figures)
    for j in set(range(len(events))) - {pair.predicted for pair in pairs}:
        _score_invented(events[j], figures)
    _score_entities(gold.entities, record.entities if record else [], figures)
    _score_names(gold, record.entities if record else [], figures)
    _score_quotes(gold.quotes, record.quotes if record else [], figures)


def pair_events(gold: AnnotatedArticle, events: Sequence[Event]) -> list[Pair]:
    """Pair the annotated events with the predicted ones, the best first, one to one."""
    candidates = []
    for i, wanted in enumerate(gold.events):
        sentences = {_sentence(gold, start) for start, _ in wanted.triggers} - {None}
        for j, event in enumerate(events):
            if wanted.type != event.type:
                continue
            spans = [(mention.start, mention.end) for mention in event.mentions]
            overlap = any(overlaps(a, b) for a in wanted.triggers for b in spans)
            if overlap or any(_sentence(gold, start) in sentences for start, _ in spans):
                candidates.append((not overlap, -_shared(wanted, event), i, j))
    pairs: dict[int, Pair] = {}
    taken: set[int] = set()
    for apart, _, i, j in sorted(candidates):
        if i not in pairs and j not in taken:
            pairs[i] = Pair(i, j, not apart)
            taken.add(j)
    return list(pairs.values())


def _sentence(gold: AnnotatedArticle, position: int) -> int | None:
    return next((i for i, (start, end) in enumerate(gold.sentences) if start <= position < end), None)


def _shared(wanted: AnnotatedEvent, event: Event) -> int:
    predicted = predicted_arguments(event)
    return sum(argument_agrees(a, b) for a in wanted.arguments for b in predicted)


def predicted_arguments(event: Event) -> list[PredictedArgument]:
    """Everything that fills a role of a predicted event."""
    arguments = [PredictedArgument(a.role, a.text, (a.start, a.end), a.name, a.kind == "pronoun") for a in event.actors]
    for group in (event.agreements, event.databases, event.laws):
        arguments += [PredictedArgument("object", o.text, (o.start, o.end), o.name) for o in group]
    arguments += [PredictedArgument("object", o.text, (o.start, o.end)) for o in event.objects]
    arguments += [PredictedArgument("place", p.text, (p.start, p.end), p.name) for p in event.places]
    return arguments


def argument_agrees(wanted: AnnotatedArgument, argument: PredictedArgument) -> bool:
    """Whether a predicted argument is the annotated one."""
    if wanted.role != argument.role:
        return False
    at_place = any(overlaps(argument.span, span) for span in wanted.spans)
    if wanted.entity is None:
        return at_place or same_words(argument.text, wanted.text)
    if is_named(wanted.entity, argument.text, argument.name):
        return True
    known = at_place and not argument.pronoun
    return known and any(same_words(argument.text, name) for name in _names(wanted.entity))


def is_named(entity: AnnotatedEntity, *names: str | None) -> bool:
    """Whether one of the names is one of the entity's."""
    known = {normal(name) for name in _names(entity)}
    return any(normal(name) in known for name in names if name)


def _names(entity: AnnotatedEntity) -> tuple[str, ...]:
    return (entity.name, *entity.aliases)


def normal(text: str) -> str:
    """A name or phrase without what does not matter: case, determiner, possessive ending, punctuation around it."""
    bare = _POSSESSIVE.sub("", text.strip().casefold().replace("’", "'"))
    return _DETERMINER.sub("", bare).strip(_EDGES)


def same_words(one: str, other: str) -> bool:
    """Whether two phrases share at least half of their words."""
    words, others = (set(re.findall(r"\w+", normal(text))) for text in (one, other))
    if not words or not others:
        return False
    return 2 * len(words & others) / (len(words) + len(others)) >= ENOUGH_SHARED_WORDS


def overlaps(one: Interval, other: Interval) -> bool:
    """Whether two intervals share a code point."""
    return one[0] < other[1] and other[0] < one[1]


def _score_events(
    gold: Sequence[AnnotatedEvent], events: Sequence[Event], pairs: Sequence[Pair], figures: Figures
) -> None:
    figures["event"].add(len(pairs), len(gold), len(events))
    figures["trigger"].add(sum(pair.overlap for pair in pairs), len(gold), len(events))
    for pair in pairs:
        figures[_family(gold[pair.gold].type)].add(right=1)
    for event in gold:
        figures[_family(event.type)].add(gold=1)
    for predicted in events:
        figures[_family(predicted.type)].add(predicted=1)
    if any(event.main for event in gold):
        right = any(gold[pair.gold].main and events[pair.predicted].main for pair in pairs)
        figures["main event"].add(right, 1, any(event.main for event in events))


def _family(event_type: str) -> str:
    return f"event/{event_type.partition('.')[0]}"


def _score_found(wanted: AnnotatedEvent, event: Event | None, figures: Figures) -> None:
    """Count what belongs to an annotated event, which was found as ``event`` or not."""
    left = predicted_arguments(event) if event else []
    for argument in left:
        _count_argument(argument.role, figures, predicted=1)
    for argument_wanted in wanted.arguments:
        hit = next((a for a in left if argument_agrees(argument_wanted, a)), None)
        if hit is not None:
            left.remove(hit)
        _count_argument(argument_wanted.role, figures, right=int(hit is not None), gold=1)
    value = event.time.value if event and event.time else None
    if event:
        right = event.status == wanted.status
        figures["status"].add(right, 1, 1)
        figures[f"status/{wanted.status}"].add(right, gold=1)
        figures[f"status/{event.status}"].add(predicted=1)
    if value:
        figures["time value"].add(predicted=1)
    if wanted.time:
        figures["time value"].add(right=bool(value and time_agrees(wanted.time, value)), gold=1)


def _score_invented(event: Event, figures: Figures) -> None:
    for argument in predicted_arguments(event):
        _count_argument(argument.role, figures, predicted=1)
    if event.time and event.time.value:
        figures["time value"].add(predicted=1)


def _count_argument(role: str, figures: Figures, right: int = 0, gold: int = 0, predicted: int = 0) -> None:
    figures["argument"].add(right, gold, predicted)
    figures[f"argument/{role}"].add(right, gold, predicted)


def time_agrees(wanted: str, value: str) -> bool:
    """Whether a TIMEX3 value is the annotated one; of dates, as far as the annotation goes and to the day."""
    date = re.match(r"\d{4}(?:-\d\d(?:-\d\d)?)?", wanted)
    return value == wanted or (date is not None and value.startswith(date[0]))


def _score_entities(gold: Sequence[AnnotatedEntity], entities: Sequence[Entity], figures: Figures) -> None:
    by_type: dict[str, list[list[Interval]]] = defaultdict(list)
    for entity in entities:
        spans = [(mention.start, mention.end) for mention in entity.mentions if mention.kind != "pronoun"]
        by_type[entity.type].append(spans)
        figures[f"entity/{entity.type}"].add(predicted=1)
    for wanted in gold:
        left = by_type[wanted.type]
        hit = next((spans for spans in left if any(overlaps(a, b) for a in wanted.mentions for b in spans)), None)
        if hit is not None:
            left.remove(hit)
        figures[f"entity/{wanted.type}"].add(right=hit is not None, gold=1)


def _score_names(gold: AnnotatedArticle, entities: Sequence[Entity], figures: Figures) -> None:
    wanted = names_of(gold)
    found = [name for name in _outermost(entities) if not any(overlaps(name[:2], place) for place in wanted.undecided)]
    right = set(wanted.spans) & set(found)
    for spans, key in ((wanted.spans, "gold"), (found, "predicted"), (right, "right")):
        for _, _, label in spans:
            figures["name"].add(**{key: 1})
            figures[f"name/{label}"].add(**{key: 1})


def _outermost(entities: Sequence[Entity]) -> list[tuple[int, int, str]]:
    """The names of a record, of nested ones the outermost."""
    names = {
        (mention.start, mention.end, entity.type)
        for entity in entities
        if entity.type not in NEVER_NAMED
        for mention in entity.mentions
        if mention.kind == "name"
    }
    kept: list[tuple[int, int, str]] = []
    for name in sorted(names, key=lambda name: (name[0], -name[1], name[2])):
        if not kept or name[0] >= kept[-1][1]:
            kept.append(name)
    return kept


def _score_quotes(gold: Sequence[AnnotatedQuote], quotes: Sequence[Quote], figures: Figures) -> None:
    hits = _quotes_found(gold, quotes)
    spoken = sum(_is_speaker(wanted.speaker, quote.speaker) for wanted, quote in hits)
    figures["quote"].add(len(hits), len(gold), len(quotes))
    figures["quote with speaker"].add(spoken, len(gold), len(quotes))
    direct = [quote for quote in quotes if quote.direct]
    figures["direct quote"].add(len(_quotes_found(gold, direct)), len(gold), len(direct))


def _quotes_found(gold: Sequence[AnnotatedQuote], quotes: Sequence[Quote]) -> list[tuple[AnnotatedQuote, Quote]]:
    left, hits = list(quotes), []
    for wanted in gold:
        hit = next((quote for quote in left if quote.start - BEFORE_QUOTE <= wanted.start < quote.end), None)
        if hit is not None:
            left.remove(hit)
            hits.append((wanted, hit))
    return hits


def _is_speaker(wanted: AnnotatedEntity | None, speaker: Speaker | None) -> bool:
    if wanted is None or speaker is None:
        return wanted is None and speaker is None
    return is_named(wanted, speaker.text, speaker.name)
