"""Article records as annotations: what ``newsparse extract --records article`` wrote, corrected by a person.

Only the keys that say something of the article are read, so that what a person adds may leave out the others: an
entity needs ``id``, ``type`` and ``mentions``, an event ``type``, ``status`` and ``mentions``, who or what fills a
role ``entity``, words of the text ``text`` with ``start``, which may be left out of words that occur once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
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
from newsparse.annotation.rows import EventType
from newsparse.annotation.sentences import sentences
from newsparse.annotation.shapes import Shape, shaped
from newsparse.article import TITLE_END, Article
from newsparse.problem import Problem
from newsparse.records import Kind, Role, Status

SCHEMA = "newsparse/article/1"


class Words(Shape):
    """Words of the text."""

    text: Annotated[str, Field(min_length=1)]
    start: int | None = None


class Mention(Words):
    """Words that name an entity."""

    kind: Kind = "name"


class EntityPart(Shape):
    """An entity of a record."""

    id: str
    type: Annotated[str, Field(min_length=1)]
    name: str | None = None
    aliases: list[str] = Field(default_factory=list)
    mentions: list[Mention]


class Filler(Shape):
    """An entity that fills a role."""

    entity: str


class Actor(Filler):
    """An entity in a role of its own."""

    role: Role


class TimePart(Shape):
    """When an event happens."""

    value: str | None = None


class EventPart(Shape):
    """An event of a record."""

    type: EventType
    status: Status
    main: bool = False
    mentions: Annotated[list[Words], Field(min_length=1)]
    actors: list[Actor] = Field(default_factory=list)
    agreements: list[Filler] = Field(default_factory=list)
    databases: list[Filler] = Field(default_factory=list)
    laws: list[Filler] = Field(default_factory=list)
    objects: list[Words] = Field(default_factory=list)
    places: list[Filler] = Field(default_factory=list)
    time: TimePart | None = None
    reason: Words | None = None


class QuotePart(Words):
    """A quotation."""

    direct: bool = True
    speaker: Filler | None = None


class ArticlePart(Shape):
    """The article of a record."""

    id: str
    text: Annotated[str, Field(min_length=1)]
    title: str | None = None
    url: str | None = None
    published: str | None = None
    site: str | None = None


class RecordShape(Shape):
    """An article record."""

    article: ArticlePart
    entities: list[EntityPart]
    events: list[EventPart]
    quotes: list[QuotePart] = Field(default_factory=list)


def from_record(value: Mapping[str, Any]) -> AnnotatedArticle:
    """The annotation that an article record is.

    Raises:
        InvalidAnnotationError: something is missing, of another kind, or does not stand in the text.
    """
    return _Reading(shaped(RecordShape, value)).article()


class _Reading:
    """One record on its way; what is wrong is gathered."""

    def __init__(self, record: RecordShape) -> None:
        self._record = record
        self._text = record.article.text
        self._problems: list[Problem] = []
        self._entities = {entity.id: self._entity(i, entity) for i, entity in enumerate(record.entities)}

    def article(self) -> AnnotatedArticle:
        title = self._record.article.title
        if title and not self._text.startswith(title + TITLE_END):
            self._problems.append(Problem("article.text", "does not begin with article.title and an empty line"))
        events = tuple(self._event(f"events[{i}]", event) for i, event in enumerate(self._record.events))
        quotes = tuple(self._quotes())
        if self._problems:
            raise InvalidAnnotationError(self._problems)
        named = tuple(entity for entity in self._entities.values() if entity.mentions)
        info = self._record.article
        article = Article(
            id=info.id,
            text=info.text,
            title=title or None,
            url=info.url,
            published=info.published,
            site=info.site,
            language="en",
        )
        return AnnotatedArticle(article, sentences(info.text), named, events, quotes)

    def _entity(self, number: int, part: EntityPart) -> AnnotatedEntity:
        places = [
            (mention.kind, interval)
            for i, mention in enumerate(part.mentions)
            if (interval := self._place(f"entities[{number}].mentions[{i}]", mention)) and mention.kind != "pronoun"
        ]
        mentions = tuple(interval for _, interval in places)
        words = dict.fromkeys([*part.aliases, *(self._text[start:end] for start, end in mentions)])
        name = part.name or max(words, key=len, default="")
        names = tuple(interval for kind, interval in places if kind == "name")
        return AnnotatedEntity(part.id, part.type, name, mentions, tuple(words), names)

    def _event(self, path: str, part: EventPart) -> AnnotatedEvent:
        arguments = [
            argument
            for i, actor in enumerate(part.actors)
            for argument in self._filled(actor.role, f"{path}.actors[{i}]", actor)
        ]
        for key, role in (("agreements", "object"), ("databases", "object"), ("laws", "object"), ("places", "place")):
            fillers: Sequence[Filler] = getattr(part, key)
            for i, filler in enumerate(fillers):
                arguments += self._filled(role, f"{path}.{key}[{i}]", filler)
        for i, words in enumerate(part.objects):
            if place := self._place(f"{path}.objects[{i}]", words):
                arguments.append(AnnotatedArgument("object", None, words.text, (place,)))
        places = (self._place(f"{path}.mentions[{i}]", words) for i, words in enumerate(part.mentions))
        return AnnotatedEvent(
            type=part.type,
            status=part.status,
            main=part.main,
            triggers=tuple(place for place in places if place),
            arguments=tuple(arguments),
            time=part.time.value if part.time else None,
            reason=part.reason.text if part.reason else None,
        )

    def _quotes(self) -> Iterator[AnnotatedQuote]:
        for i, part in enumerate(self._record.quotes):
            place = self._place(f"quotes[{i}]", part)
            speaker = self._known(f"quotes[{i}].speaker.entity", part.speaker.entity) if part.speaker else None
            if part.direct and place:
                yield AnnotatedQuote(place[0], speaker)

    def _filled(self, role: str, path: str, filler: Filler) -> list[AnnotatedArgument]:
        entity = self._known(f"{path}.entity", filler.entity)
        return [AnnotatedArgument(role, entity, entity.name, entity.mentions)] if entity else []

    def _known(self, path: str, identifier: str) -> AnnotatedEntity | None:
        entity = self._entities.get(identifier)
        if entity is None:
            self._problems.append(Problem(path, f"no entity {identifier}"))
        return entity

    def _place(self, path: str, words: Words) -> Interval | None:
        """Where words stand, or None and a problem if that is not clear."""
        start, text = words.start, words.text
        if start is None:
            start = self._text.find(text)
            if start < 0:
                self._problems.append(Problem(path, f"{text!r} is not in the article"))
                return None
            if self._text.find(text, start + 1) >= 0:
                self._problems.append(Problem(path, f"{text!r} occurs more than once; say which by its start"))
                return None
        elif start < 0 or self._text[start : start + len(text)] != text:
            found = self._text[max(0, start) : max(0, start) + len(text)]
            self._problems.append(Problem(path, f"text is {text!r}, but article.text has {found!r} at {start}"))
            return None
        return start, start + len(text)
