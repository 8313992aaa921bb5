"""The format of a corpus: one JSON object a line with the whole text, and every annotation as offsets into it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from pydantic import Field

from newsparse.annotation.article import (
    ENTITY_ROLES,
    AnnotatedArgument,
    AnnotatedArticle,
    AnnotatedEntity,
    AnnotatedEvent,
    AnnotatedQuote,
    Interval,
)
from newsparse.annotation.problems import InvalidAnnotationError
from newsparse.annotation.sentences import sentences
from newsparse.annotation.shapes import Shape, shaped
from newsparse.article import TITLE_END, Article, from_text
from newsparse.errors import ArticleError
from newsparse.problem import Problem
from newsparse.records import Status

Offsets = Annotated[list[int], Field(min_length=2, max_length=2)]
EventType = Annotated[str, Field(pattern=r"^\w+\.\w+$")]


class EntityRow(Shape):
    """An entity with the offsets of its mentions."""

    id: str
    type: Annotated[str, Field(min_length=1)]
    name: str
    mentions: Annotated[list[Offsets], Field(min_length=1)]


class FillerRow(Shape):
    """What is acted on: an entity or a piece of the text."""

    entity: str | None = None
    span: Offsets | None = None


class TimeRow(Shape):
    """When an event happens."""

    value: str


class ReasonRow(Shape):
    """Why an event happens."""

    span: Offsets


class EventShape(Shape):
    """What is said of an event in every format that names entities by ids: type, status, time, and who plays a role."""

    type: EventType
    status: Status
    main: bool = False
    agent: list[str] = Field(default_factory=list)
    target: list[str] = Field(default_factory=list)
    source: list[str] = Field(default_factory=list)
    place: list[str] = Field(default_factory=list)
    time: TimeRow | None = None

    def references(self, path: str) -> Iterator[tuple[str, str]]:
        """Yield where in the annotation a role names an entity, and its id."""
        for role in ENTITY_ROLES:
            yield from ((f"{path}.{role}[{i}]", entity) for i, entity in enumerate(getattr(self, role)))

    def arguments(self, entities: Mapping[str, AnnotatedEntity]) -> list[AnnotatedArgument]:
        """Return the entities in their roles."""
        return [
            AnnotatedArgument(role, entity, entity.name, entity.mentions)
            for role in ENTITY_ROLES
            for entity in (entities[name] for name in getattr(self, role))
        ]


class EventRow(EventShape):
    """An event with the offsets of its triggers."""

    triggers: Annotated[list[Offsets], Field(min_length=1)]
    object: list[FillerRow] = Field(default_factory=list)
    reason: ReasonRow | None = None


class QuoteRow(Shape):
    """A direct quotation."""

    start: int
    speaker: str | None = None


class ArticleRow(Shape):
    """An annotated article."""

    doc: str
    title: str | None = None
    date: str | None = None
    source: str | None = None
    full: str
    sents: list[Offsets] | None = None
    entities: list[EntityRow]
    events: list[EventRow]
    quotes: list[QuoteRow] = Field(default_factory=list)


def from_row(value: Mapping[str, Any]) -> AnnotatedArticle:
    """One article of a corpus.

    Raises:
        InvalidAnnotationError: something is missing, of another kind, or outside of the text.
    """
    row = shaped(ArticleRow, value)
    article = _article(row)
    problems = list(_problems(row))
    if problems:
        raise InvalidAnnotationError(problems)
    entities = {entity.id: _entity(entity, row.full) for entity in row.entities}
    places = _intervals(row.sents) if row.sents else sentences(row.full)
    events = tuple(_event(event, entities, row.full) for event in row.events)
    quotes = tuple(AnnotatedQuote(q.start, entities[q.speaker] if q.speaker else None) for q in row.quotes)
    return AnnotatedArticle(article, places, tuple(entities.values()), events, quotes)


def _article(row: ArticleRow) -> Article:
    title = row.title or ""
    body = row.full[len(title) :].removeprefix(TITLE_END) if title else row.full
    try:
        article = from_text(body, title or None, id=row.doc, published=row.date, site=row.source, language="en")
    except ArticleError as error:
        raise InvalidAnnotationError([Problem("full", str(error))]) from None
    if article.text != row.full:
        raise InvalidAnnotationError([Problem("full", f"of {row.doc}: not the title, two newlines and the body")])
    return article


def _problems(row: ArticleRow) -> Iterator[Problem]:
    known = {entity.id for entity in row.entities}
    for path, offsets in _offsets(row):
        if not 0 <= offsets[0] < offsets[1] <= len(row.full):
            yield Problem(path, f"{offsets} is no piece of a text of {len(row.full)} code points")
    for path, entity in _references(row):
        if entity not in known:
            yield Problem(path, f"no entity {entity}")
    for i, event in enumerate(row.events):
        for j, filler in enumerate(event.object):
            if (filler.entity is None) == (filler.span is None):
                yield Problem(f"events[{i}].object[{j}]", "needs either entity or span")


def _offsets(row: ArticleRow) -> Iterator[tuple[str, list[int]]]:
    for i, entity in enumerate(row.entities):
        yield from ((f"entities[{i}].mentions[{j}]", offsets) for j, offsets in enumerate(entity.mentions))
    for i, event in enumerate(row.events):
        yield from ((f"events[{i}].triggers[{j}]", offsets) for j, offsets in enumerate(event.triggers))
        yield from ((f"events[{i}].object[{j}].span", f.span) for j, f in enumerate(event.object) if f.span)
        if event.reason:
            yield f"events[{i}].reason.span", event.reason.span
    yield from ((f"quotes[{i}].start", [quote.start, quote.start + 1]) for i, quote in enumerate(row.quotes))


def _references(row: ArticleRow) -> Iterator[tuple[str, str]]:
    for i, event in enumerate(row.events):
        yield from event.references(f"events[{i}]")
        yield from ((f"events[{i}].object[{j}].entity", f.entity) for j, f in enumerate(event.object) if f.entity)
    yield from ((f"quotes[{i}].speaker", quote.speaker) for i, quote in enumerate(row.quotes) if quote.speaker)


def _entity(row: EntityRow, text: str) -> AnnotatedEntity:
    mentions = _intervals(row.mentions)
    aliases = dict.fromkeys(text[start:end] for start, end in mentions)
    return AnnotatedEntity(row.id, row.type, row.name, mentions, tuple(aliases))


def _event(row: EventRow, entities: Mapping[str, AnnotatedEntity], text: str) -> AnnotatedEvent:
    arguments = row.arguments(entities)
    for filler in row.object:
        if filler.entity is not None:
            entity = entities[filler.entity]
            arguments.append(AnnotatedArgument("object", entity, entity.name, entity.mentions))
        elif filler.span is not None:
            arguments.append(AnnotatedArgument("object", None, text[slice(*filler.span)], _intervals([filler.span])))
    return AnnotatedEvent(
        type=row.type,
        status=row.status,
        main=row.main,
        triggers=_intervals(row.triggers),
        arguments=tuple(arguments),
        time=row.time.value if row.time else None,
        reason=text[slice(*row.reason.span)] if row.reason else None,
    )


def _intervals(pairs: list[list[int]]) -> tuple[Interval, ...]:
    return tuple((start, end) for start, end in pairs)
