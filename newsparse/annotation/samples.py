"""The format of ``fixtures/NAME.gold.json``: what is annotated stands there as words of the page ``NAME.html``.

Where a word stands more than once, each of its places is as good as the annotated one, so scores against such
annotations err on the mild side. Words that were not taken out of the page count as annotated and are never found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field

from newsparse.annotation.article import (
    AnnotatedArgument,
    AnnotatedArticle,
    AnnotatedEntity,
    AnnotatedEvent,
    AnnotatedQuote,
    Interval,
)
from newsparse.annotation.problems import InvalidAnnotationError
from newsparse.annotation.rows import EventShape
from newsparse.annotation.sentences import sentences
from newsparse.annotation.shapes import Shape, shaped
from newsparse.article import Article
from newsparse.problem import Problem

ENDING = ".gold.json"
PAGES = (".html", ".htm", ".txt")
"""Endings of the page beside an annotation."""


class SampleEntity(Shape):
    """An entity with its names."""

    id: str
    type: Annotated[str, Field(min_length=1)]
    name: str
    aliases: list[str] = Field(default_factory=list)


class SampleEvent(EventShape):
    """An event with the words of its triggers; an object may be an id or words of the text."""

    triggers: Annotated[list[str], Field(min_length=1)]
    object: list[str] = Field(default_factory=list)
    reason: str | None = None


class SampleQuote(Shape):
    """The first words of a direct quotation."""

    text: str
    speaker: str | None = None


class Sample(Shape):
    """The annotation of a page."""

    entities: list[SampleEntity]
    events: list[SampleEvent]
    quotes: list[SampleQuote] = Field(default_factory=list)


def from_sample(value: Mapping[str, Any], article: Article) -> AnnotatedArticle:
    """The annotation of a page; ``article`` is what was read from it.

    Raises:
        InvalidAnnotationError: something is missing or of another kind.
    """
    sample = shaped(Sample, value)
    problems = list(_problems(sample))
    if problems:
        raise InvalidAnnotationError(problems)
    text = article.text
    entities = {entity.id: _entity(entity, text) for entity in sample.entities}
    events = tuple(_event(event, entities, text) for event in sample.events)
    quotes = tuple(
        AnnotatedQuote(start, entities[quote.speaker] if quote.speaker else None)
        for quote in sample.quotes
        if (start := text.find(quote.text)) >= 0
    )
    return AnnotatedArticle(article, sentences(text), tuple(entities.values()), events, quotes)


def read_page(annotation: Path) -> Article:
    """The article of the page beside an annotation, as ``newsparse extract`` reads it.

    Raises:
        InvalidAnnotationError: there is no page, or no article on it.
    """
    from newsparse.sources import read, resolve

    name = annotation.name.removesuffix(ENDING)
    page = next((path for ending in PAGES if (path := annotation.with_name(name + ending)).exists()), None)
    if page is None:
        pages = " or ".join(name + ending for ending in PAGES)
        raise InvalidAnnotationError([Problem("", f"the page it annotates is missing: put {pages} beside it")])
    (source,) = resolve(str(page))
    (item,) = read(source)
    if not isinstance(item, Article):
        raise InvalidAnnotationError([Problem("", f"the page it annotates cannot be read: {item.message}")])
    return item


def _problems(sample: Sample) -> Iterator[Problem]:
    known = {entity.id for entity in sample.entities}
    for i, event in enumerate(sample.events):
        for path, entity in event.references(f"events[{i}]"):
            if entity not in known:
                yield Problem(path, f"no entity {entity}")
    for i, quote in enumerate(sample.quotes):
        if quote.speaker and quote.speaker not in known:
            yield Problem(f"quotes[{i}].speaker", f"no entity {quote.speaker}")


def _entity(row: SampleEntity, text: str) -> AnnotatedEntity:
    names = (row.name, *row.aliases)
    return AnnotatedEntity(row.id, row.type, row.name, _places(names, text), names)


def _event(row: SampleEvent, entities: Mapping[str, AnnotatedEntity], text: str) -> AnnotatedEvent:
    arguments = row.arguments(entities)
    for filler in row.object:
        entity = entities.get(filler)
        spans = entity.mentions if entity else _places([filler], text)
        arguments.append(AnnotatedArgument("object", entity, entity.name if entity else filler, spans))
    time = row.time.value if row.time else None
    triggers = _places(row.triggers, text)
    return AnnotatedEvent(row.type, row.status, row.main, triggers, tuple(arguments), time, row.reason)


def _places(phrases: Iterable[str], text: str) -> tuple[Interval, ...]:
    """Every place where one of the phrases stands as whole words, letter for letter."""
    found = (match.span() for phrase in phrases for match in re.finditer(rf"(?<!\w){re.escape(phrase)}(?!\w)", text))
    return tuple(sorted(set(found)))
