"""An annotated article: the border between the formats in which annotations are kept and all that use them."""

from __future__ import annotations

from dataclasses import dataclass

from newsparse.article import Article

Interval = tuple[int, int]
"""Start and end, code points into the article's text, end exclusive."""

ENTITY_ROLES = ("agent", "target", "source", "place")
"""Roles that entities fill. An object is an entity or a phrase."""


@dataclass(frozen=True, slots=True)
class AnnotatedEntity:
    """Something the article names.

    Attributes:
        id: unique within the article.
        type: ``PERSON``, ``ORG`` …
        name: the fullest name.
        mentions: where the article speaks of it, other than by a pronoun.
        aliases: the words of the mentions.
        names: those mentions that are proper names; None if the annotation does not tell them from noun phrases.
    """

    id: str
    type: str
    name: str
    mentions: tuple[Interval, ...]
    aliases: tuple[str, ...]
    names: tuple[Interval, ...] | None = None


@dataclass(frozen=True, slots=True)
class AnnotatedArgument:
    """What fills a role: an entity, or words of the text if ``entity`` is None."""

    role: str
    entity: AnnotatedEntity | None
    text: str
    spans: tuple[Interval, ...]


@dataclass(frozen=True, slots=True)
class AnnotatedEvent:
    """An annotated event; ``time`` is its TIMEX3 value, ``reason`` the words of the stated reason."""

    type: str
    status: str
    main: bool
    triggers: tuple[Interval, ...]
    arguments: tuple[AnnotatedArgument, ...]
    time: str | None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class AnnotatedQuote:
    """Where a direct quotation starts, and who speaks (None: the article does not tell)."""

    start: int
    speaker: AnnotatedEntity | None


@dataclass(frozen=True, slots=True)
class AnnotatedArticle:
    """An article with its annotation.

    Attributes:
        article: text, title, publication date, site.
        sentences: where its sentences are; what belongs to one event is looked for within them.
        entities: everyone and everything it names.
        events: what it reports.
        quotes: its direct quotations.
        place: where the annotation stands, ``file`` or ``file:line``, for messages.
    """

    article: Article
    sentences: tuple[Interval, ...]
    entities: tuple[AnnotatedEntity, ...]
    events: tuple[AnnotatedEvent, ...]
    quotes: tuple[AnnotatedQuote, ...]
    place: str = ""
