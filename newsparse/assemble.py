"""From an annotated ``Doc`` to the article record: token offsets become characters, ids become stable."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any, cast

from spacy.tokens import Doc

from newsparse import records
from newsparse.article import Article
from newsparse.pipeline.annotations import Argument, Entity, Event, Mention, Quote, TimeExpression, Trigger
from newsparse.pipeline.gazetteer import lookup
from newsparse.pipeline.times.edtf import edtf_of
from newsparse.rules.frames import EventRules
from newsparse.summary import summarize

_OBJECT_TYPES = frozenset({"AGREEMENT", "DATABASE", "LAW"})
_UNNAMED = frozenset({"GROUP"})
"""Types that count as entities of the article only where they take part in an event or a quote."""


def assemble(
    article: Article, doc: Doc, rules: EventRules, info: records.ExtractorInfo, explain: bool = False
) -> records.ArticleRecord:
    """Build the record of an article from its annotated document.

    Args:
        article: the article.
        doc: its text after the whole pipeline.
        rules: the event rules in force, for the PLOVER classes.
        info: what made the record.
        explain: add to each event which rule fired on which words.
    """
    entities = {entity.id: entity for entity in doc._.newsparse_entities}
    builder = _Builder(article, doc, rules, entities, explain)
    quotes = builder.quotes()
    events = [builder.event(event) for event in doc._.newsparse_events]
    used = {actor.entity for event in events for actor in event.actors}
    used |= {quote.speaker.entity for quote in quotes if quote.speaker}
    used |= {entity_id for event in events for entity_id in _objects_and_places(event)}
    used |= {party for entity in entities.values() for party in [*entity.parties, entity.operator] if party}
    return records.ArticleRecord(
        article=article_text(article),
        entities=[builder.entity(e) for e in entities.values() if e.type not in _UNNAMED or e.id in used],
        events=events,
        quotes=quotes,
        times=[builder.time_expression(time) for time in doc._.newsparse_times],
        warnings=list(article.warnings),
        extractor=info,
    )


def article_text(article: Article) -> records.ArticleText:
    """The article as it stands in its record."""
    return records.ArticleText(
        id=article.id,
        url=article.url,
        title=article.title,
        published=article.published,
        site=article.site,
        authors=list(article.authors),
        language=article.language,
        retrieved=article.retrieved,
        text=article.text,
        extra=dict(article.extra),
    )


def _objects_and_places(event: records.Event) -> Iterable[str]:
    for group in (event.agreements, event.databases, event.laws, event.places):
        yield from (item.entity for item in group)
    for agreement in event.agreements:
        yield from agreement.parties


class _Builder:
    """Builds the parts of one article's record; holds what all of them need."""

    def __init__(
        self, article: Article, doc: Doc, rules: EventRules, entities: Mapping[str, Entity], explain: bool
    ) -> None:
        self.article = article
        self.doc = doc
        self.rules = rules
        self.entities = entities
        self.explain = explain

    def span(self, start: int, end: int) -> records.Span:
        """Tokens ``start`` to ``end`` as a span of the text."""
        return records.Span(**self._characters(start, end))

    def _characters(self, start: int, end: int) -> dict[str, Any]:
        span = self.doc[start:end]
        return {"text": span.text, "start": span.start_char, "end": span.end_char}

    def entity(self, entity: Entity) -> records.Entity:
        """An entity with its mentions."""
        mentions = [
            records.EntityMention(**self._characters(m.start, m.end), kind=cast(records.Kind, m.kind))
            for m in entity.mentions
        ]
        return records.Entity(
            id=entity.id,
            type=entity.type,
            name=entity.name,
            aliases=entity.aliases,
            title=entity.title,
            mentions=mentions,
        )

    def quotes(self) -> list[records.Quote]:
        """The direct quotes; reported speech serves attribution only."""
        return [self._quote(i, quote) for i, quote in enumerate(self.doc._.newsparse_quotes) if quote.direct]

    def _quote(self, index: int, quote: Quote) -> records.Quote:
        speaker = None
        if quote.speaker is not None and quote.mention is not None:
            speaker = records.Speaker(**self._described(quote.speaker, quote.mention))
        cue = self.span(*quote.cue) if quote.cue else None
        words = self._characters(quote.start, quote.end)
        return records.Quote(id=f"qu-{index + 1}", **words, direct=quote.direct, speaker=speaker, cue=cue)

    def _described(self, entity_id: str, mention: Mention | Argument) -> dict[str, Any]:
        entity = self.entities[entity_id]
        return {
            "entity": entity.id,
            "name": entity.name,
            "aliases": entity.aliases,
            "type": entity.type,
            "title": entity.title,
            "kind": mention.kind,
            **self._characters(mention.start, mention.end),
        }

    def time_expression(self, time: TimeExpression) -> records.TimeExpression:
        """A time expression with its type."""
        return records.TimeExpression(type=cast(records.TimexType, time.type), **self._time_values(time))

    def _time_values(self, time: TimeExpression) -> dict[str, Any]:
        words = self._characters(time.start, time.end)
        edtf = edtf_of(time.value, time.first_day, time.last_day)
        return {**words, "value": time.value, "from_": time.first_day, "to": time.last_day, "edtf": edtf}

    def event(self, event: Event) -> records.Event:
        """A document-level event with everything that belongs to it."""
        times = self.doc._.newsparse_times
        event_type = self.rules.types.get(event.type)
        of_type = {name: [a for a in self._objects(event) if self._type(a) == name] for name in _OBJECT_TYPES}
        objects = [a for a in self._objects(event) if self._type(a) not in _OBJECT_TYPES]
        return records.Event(
            id=self._event_id(event),
            type=event.type,
            plover=event_type.plover if event_type else None,
            status=cast(records.Status, event.status),
            main=event.main,
            confidence=event.confidence,
            summary=self._summary(event),
            mentions=[self._event_mention(trigger) for trigger in event.triggers],
            actors=[
                records.Actor(role=cast(records.Role, a.role), **self._described(a.entity, a))
                for a in event.arguments
                if a.entity is not None and a.role in {"agent", "target", "source"}
            ],
            agreements=[self._agreement(a) for a in of_type["AGREEMENT"]],
            databases=[self._database(a) for a in of_type["DATABASE"]],
            laws=[self._law(a) for a in of_type["LAW"]],
            objects=[self.span(a.start, a.end) for a in objects],
            places=[self._place(a) for a in event.arguments if a.role == "place" and a.entity is not None],
            time=records.Time(**self._time_values(times[event.time])) if event.time is not None else None,
            reason=self.span(*event.reason) if event.reason else None,
            quotes=[f"qu-{i + 1}" for i in event.quotes],
            explain=self._explanation(event) if self.explain else None,
        )

    def _objects(self, event: Event) -> list[Argument]:
        return [argument for argument in event.arguments if argument.role == "object"]

    def _type(self, argument: Argument) -> str | None:
        return self.entities[argument.entity].type if argument.entity is not None else None

    def _event_id(self, event: Event) -> str:
        """Stable over runs: made of the article's id, the type and the place of the first trigger."""
        first = self.doc[event.triggers[0].start : event.triggers[0].end]
        key = f"{self.article.id}\n{event.type}\n{first.start_char}\n{first.end_char}"
        return f"ev-{hashlib.sha256(key.encode()).hexdigest()[:16]}"

    def _event_mention(self, trigger: Trigger) -> records.EventMention:
        first, last = self.doc[trigger.start].sent, self.doc[trigger.end - 1].sent
        start, end = first.start, last.end
        while end > trigger.end and self.doc[end - 1].is_space:
            end -= 1
        while start < trigger.start and self.doc[start].is_space:
            start += 1
        return records.EventMention(**self._characters(trigger.start, trigger.end), sentence=self.span(start, end))

    def _agreement(self, argument: Argument) -> records.Agreement:
        entity = self._entity(argument)
        words = self._characters(argument.start, argument.end)
        return records.Agreement(entity=entity.id, name=entity.name, kind=entity.kind, parties=entity.parties, **words)

    def _database(self, argument: Argument) -> records.Database:
        entity = self._entity(argument)
        return records.Database(
            entity=entity.id,
            name=entity.name,
            aliases=entity.aliases,
            operator=entity.operator,
            contents=entity.contents,
            **self._characters(argument.start, argument.end),
        )

    def _law(self, argument: Argument) -> records.Law:
        entity = self._entity(argument)
        words = self._characters(argument.start, argument.end)
        return records.Law(entity=entity.id, name=entity.name, aliases=entity.aliases, **words)

    def _place(self, argument: Argument) -> records.Place:
        entity = self._entity(argument)
        codes = lookup(entity.name)
        return records.Place(
            entity=entity.id,
            name=entity.name,
            country=codes.country if codes else None,
            admin1=codes.admin1 if codes else None,
            lat=codes.lat if codes else None,
            lon=codes.lon if codes else None,
            geonames=codes.geonames if codes else None,
            **self._characters(argument.start, argument.end),
        )

    def _entity(self, argument: Argument) -> Entity:
        assert argument.entity is not None, "called for arguments with an entity only"
        return self.entities[argument.entity]

    def _summary(self, event: Event) -> str:
        by_role = {role: [a for a in event.arguments if a.role == role] for role in ("agent", "target", "object")}
        told = " ".join(self._name(argument) for argument in by_role["object"])
        by_role["target"] = [a for a in by_role["target"] if not any(name in told for name in self._names(a))]
        roles = {role: [self._name(argument) for argument in arguments] for role, arguments in by_role.items()}
        return summarize(event.type, event.status, roles)

    def _name(self, argument: Argument) -> str:
        if argument.entity is None:
            return " ".join(self.doc[argument.start : argument.end].text.split())
        entity = self.entities[argument.entity]
        return f"{entity.name} ({entity.title})" if entity.title else entity.name

    def _names(self, argument: Argument) -> list[str]:
        entity = self._entity(argument)
        return [entity.name, *entity.aliases]

    def _explanation(self, event: Event) -> list[records.Firing]:
        """Which rule fired on which words, in the order of the decisions."""
        steps = [
            records.Firing(
                step="trigger" if i == 0 else "merge", rule=t.rule, words=[self.span(t.start, t.end)], confidence=None
            )
            for i, t in enumerate(event.triggers)
        ]
        steps += [
            records.Firing(
                step=a.role, rule=f"{a.role}={a.rule}", words=[self.span(a.start, a.end)], confidence=a.confidence
            )
            for a in event.arguments
        ]
        steps.append(self._status_step(event))
        if event.time is not None:
            time = self.doc._.newsparse_times[event.time]
            steps.append(
                records.Firing(
                    step="time", rule="time=most likely", words=[self.span(time.start, time.end)], confidence=None
                )
            )
        if event.reason:
            steps.append(
                records.Firing(step="reason", rule="reason=mark", words=[self.span(*event.reason)], confidence=None)
            )
        return steps

    def _status_step(self, event: Event) -> records.Firing:
        words = [] if event.status_word is None else [self.span(event.status_word, event.status_word + 1)]
        return records.Firing(step="status", rule=f"{event.status}: {event.status_rule}", words=words, confidence=None)
