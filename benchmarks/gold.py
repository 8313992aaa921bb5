"""Annotated articles as the scorer wants them, from either of the two formats in which they are kept.

* The **corpus** format: one JSON object a line with the whole text, sentences, and every annotation as offsets.
* The **sample** format of ``fixtures/*.gold.json``: annotations as words of the text. Where a word stands more than
  once, each of its places is as good as the annotated one, so scores against samples err on the mild side.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from newsparse.article import Article, from_text

Interval = tuple[int, int]
"""Start and end, code points into the text, end exclusive."""

ENTITY_ROLES = ("agent", "target", "source", "place")
"""Roles that entities fill. An object is an entity or a phrase."""


@dataclass(frozen=True, slots=True)
class GoldEntity:
    """Something the article names, with the places where it does."""

    id: str
    type: str
    name: str
    mentions: tuple[Interval, ...]
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GoldArgument:
    """What fills a role: an entity, or words of the text if ``entity`` is None."""

    role: str
    entity: GoldEntity | None
    text: str
    spans: tuple[Interval, ...]


@dataclass(frozen=True, slots=True)
class GoldEvent:
    """An annotated event; ``time`` is its TIMEX3 value."""

    type: str
    status: str
    main: bool
    triggers: tuple[Interval, ...]
    arguments: tuple[GoldArgument, ...]
    time: str | None


@dataclass(frozen=True, slots=True)
class GoldQuote:
    """Where a direct quotation starts, and who speaks (None: the article does not tell)."""

    start: int
    speaker: GoldEntity | None


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """An article with its annotation; without ``sentences``, "in the same sentence" is never true."""

    article: Article
    sentences: tuple[Interval, ...]
    entities: tuple[GoldEntity, ...]
    events: tuple[GoldEvent, ...]
    quotes: tuple[GoldQuote, ...]


def read_corpus(path: Path) -> Iterator[GoldArticle]:
    """The articles of a file in the corpus format."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield from_corpus(json.loads(line))


def from_corpus(row: Mapping[str, Any]) -> GoldArticle:
    """One article in the corpus format.

    Raises:
        ValueError: the text does not begin with the title, so that the offsets would mean something else.
    """
    article = _corpus_article(row)
    entities = {e["id"]: _corpus_entity(e, article.text) for e in row["entities"]}
    events = [_corpus_event(event, entities, article.text) for event in row["events"]]
    quotes = [GoldQuote(q["start"], entities.get(q["speaker"] or "")) for q in row.get("quotes", [])]
    return GoldArticle(article, _intervals(row["sents"]), tuple(entities.values()), tuple(events), tuple(quotes))


def _corpus_article(row: Mapping[str, Any]) -> Article:
    title, full = row["title"] or "", row["full"]
    body = full[len(title) :].removeprefix("\n\n")
    article = from_text(
        body, title or None, id=row["doc"], published=row["date"], site=row.get("source"), language="en"
    )
    if article.text != full:
        raise ValueError(f"{row['doc']}: the text is not the title, two newlines and the body")
    return article


def _corpus_entity(row: Mapping[str, Any], text: str) -> GoldEntity:
    mentions = _intervals(row["mentions"])
    aliases = dict.fromkeys(text[start:end] for start, end in mentions)
    return GoldEntity(row["id"], row["type"], row["name"], mentions, tuple(aliases))


def _corpus_event(row: Mapping[str, Any], entities: Mapping[str, GoldEntity], text: str) -> GoldEvent:
    arguments = _entity_arguments(row, entities)
    for filler in row.get("object", []):
        entity = entities.get(filler.get("entity") or "")
        spans = entity.mentions if entity else _intervals([filler["span"]])
        words = entity.name if entity else text[slice(*filler["span"])]
        arguments.append(GoldArgument("object", entity, words, spans))
    time = row.get("time") or {}
    triggers = _intervals(row["triggers"])
    return GoldEvent(row["type"], row["status"], row["main"], triggers, tuple(arguments), time.get("value"))


def from_sample(row: Mapping[str, Any], article: Article) -> GoldArticle:
    """The annotation of a sample article; ``article`` is what was read from its page."""
    entities = {e["id"]: _sample_entity(e, article.text) for e in row["entities"]}
    events = [_sample_event(event, entities, article.text) for event in row["events"]]
    quotes = [
        GoldQuote(start, entities.get(quote["speaker"] or ""))
        for quote in row["quotes"]
        if (start := article.text.find(quote["text"])) >= 0
    ]
    return GoldArticle(article, (), tuple(entities.values()), tuple(events), tuple(quotes))


def _sample_entity(row: Mapping[str, Any], text: str) -> GoldEntity:
    names = (row["name"], *row["aliases"])
    return GoldEntity(row["id"], row["type"], row["name"], _places(names, text), names)


def _sample_event(row: Mapping[str, Any], entities: Mapping[str, GoldEntity], text: str) -> GoldEvent:
    arguments = _entity_arguments(row, entities)
    for filler in row.get("object", []):
        entity = entities.get(filler)
        spans = entity.mentions if entity else _places([filler], text)
        arguments.append(GoldArgument("object", entity, entity.name if entity else filler, spans))
    time = row.get("time") or {}
    triggers = _places(row["triggers"], text)
    return GoldEvent(row["type"], row["status"], row["main"], triggers, tuple(arguments), time.get("value"))


def _entity_arguments(row: Mapping[str, Any], entities: Mapping[str, GoldEntity]) -> list[GoldArgument]:
    return [
        GoldArgument(role, entity, entity.name, entity.mentions)
        for role in ENTITY_ROLES
        for entity in (entities.get(name) for name in row.get(role, []))
        if entity is not None
    ]


def _places(phrases: Iterable[str], text: str) -> tuple[Interval, ...]:
    """Every place where one of the phrases stands as whole words, letter for letter."""
    found = (match.span() for phrase in phrases for match in re.finditer(rf"(?<!\w){re.escape(phrase)}(?!\w)", text))
    return tuple(sorted(set(found)))


def _intervals(pairs: Iterable[Sequence[int]]) -> tuple[Interval, ...]:
    return tuple((start, end) for start, end in pairs)
