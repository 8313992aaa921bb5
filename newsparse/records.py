"""The record types: what newsparse writes, one JSON object a line.

Every key is always present (``null`` or an empty list where the article says nothing). Offsets are Unicode
code points into ``article.text``, end exclusive, and the slice they name *is* the ``text`` of the span.
The JSON Schema is generated from these types.

The order of the fields is the order of the keys. Pydantic collects fields from the last base class to the
first and then the class itself, which is why ``Span`` stands first among the bases: its keys come last.
"""

from __future__ import annotations

from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Kind = Literal["name", "nominal", "pronoun"]
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
Role = Literal["agent", "target", "source"]
Status = Literal["actual", "planned", "proposed", "alleged", "hypothetical", "negated"]


class Record(BaseModel):
    """Base of all record types: immutable, no keys beyond the declared ones."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, allow_inf_nan=False)

    def to_json(self) -> str:
        """One line of JSON without its line end: UTF-8 as it is, keys in the order of the contract."""
        return self.model_dump_json(by_alias=True)


class Span(Record):
    """A stretch of ``article.text``."""

    text: str = Field(description="The words, exactly as article.text has them.")
    start: int = Field(ge=0, description="Code points from the start of article.text.")
    end: int = Field(ge=0, description="First code point after the span.")

    @model_validator(mode="after")
    def _length_agrees(self) -> Self:
        if self.end - self.start != len(self.text):
            raise ValueError(f"text has {len(self.text)} code points, start and end are {self.end - self.start} apart")
        return self


class EventMention(Span):
    """A trigger: the word or shortest phrase that expresses the event, with the sentence it stands in."""

    sentence: Span = Field(description="The sentence around the trigger.")


class EntityMention(Span):
    """A mention of an entity."""

    kind: Kind = Field(description="The form of the mention.")


class Entity(Record):
    """Who or what the article speaks of, with every mention in the order of the text."""

    id: str = Field(description="Unique within the article, e.g. en-1.")
    type: str = Field(description="PERSON, ORG, GPE …; pipelines of your own may add types.")
    name: str = Field(description="The fullest name, or the fullest noun phrase of something unnamed.")
    aliases: list[str] = Field(description="Other names the article uses.")
    title: str | None = Field(description="Office or title of a person, e.g. Mayor.")
    mentions: list[EntityMention] = Field(description="Where the article speaks of it.")


class Named(Record):
    """Names the entity behind a span."""

    entity: str = Field(description="Id of the entity.")
    name: str = Field(description="The fullest name of the entity.")


class NamedWithAliases(Named):
    """Names the entity behind a span, with its other names."""

    aliases: list[str] = Field(description="Other names the article uses.")


class Described(NamedWithAliases):
    """Names and describes the entity behind a span."""

    type: str = Field(description="Type of the entity.")
    title: str | None = Field(description="Office or title of a person.")


class Speaker(Span, Described):
    """Who is quoted, at the mention that names them."""

    kind: Kind = Field(description="The form of the mention.")


class RoleOf(Record):
    """The role an actor plays."""

    role: Role = Field(description="agent: does it; target: it is done to or with; source: reports it.")


class Actor(Speaker, RoleOf):
    """An entity in a role of an event, at the mention that fills the role."""


class AgreementProperties(Named):
    """What is known of an agreement."""

    kind: str | None = Field(description="contract, treaty, memorandum, settlement, ceasefire …")
    parties: list[str] = Field(description="Ids of entities.")


class Agreement(Span, AgreementProperties):
    """An agreement acted on."""


class DatabaseProperties(NamedWithAliases):
    """What is known of a database."""

    operator: str | None = Field(description="Id of the entity that runs it.")
    contents: list[str] = Field(description="What it holds, in the article's words.")


class Database(Span, DatabaseProperties):
    """A database acted on."""


class Law(Span, NamedWithAliases):
    """A law, bill, order or rule acted on."""


class Place(Span, Named):
    """Where the event happens; codes and coordinates are null where no gazetteer knows the place."""

    country: str | None = Field(description="ISO 3166-1 alpha-2.")
    admin1: str | None = Field(description="State or province.")
    lat: float | None = Field(description="Degrees north.")
    lon: float | None = Field(description="Degrees east.")
    geonames: int | None = Field(description="Id in GeoNames.")


class TimeValue(Record):
    """TIMEX3 value against the publication date, and the range as ISO dates."""

    value: str | None = Field(description="TIMEX3 value, e.g. 2018-07-27 or P2Y; null if it cannot be told.")
    from_: str | None = Field(alias="from", description="First day, an ISO date.")
    to: str | None = Field(description="Last day, inclusive.")
    edtf: str | None = Field(description="The same as EDTF (ISO 8601-2), e.g. 2018-07, 199X, 2018-07-23/2018-07-29.")


class Time(TimeValue, Span):
    """When an event happens."""


class TimeType(Record):
    """TIMEX3 type of a time expression."""

    type: TimexType = Field(description="TIMEX3 type.")


class TimeExpression(TimeValue, TimeType, Span):
    """A time expression of the article."""


class QuoteId(Record):
    """Names a quote."""

    id: str = Field(description="Unique within the article, e.g. qu-1.")


class Quote(Span, QuoteId):
    """A quotation; the span of a direct quote lies within its marks."""

    direct: bool = Field(description="Whether it stands in quotation marks.")
    speaker: Speaker | None = Field(description="Who says it; null if the article does not tell.")
    cue: Span | None = Field(description="The words that report it, e.g. said.")


class ArticleInfo(Record):
    """The article an event record comes from."""

    id: str = Field(description="As given in the input, else made from the text: the same text has the same id.")
    url: str | None = Field(description="Canonical URL.")
    title: str | None = Field(description="Headline, without the name of the site.")
    published: str | None = Field(description="ISO date.")
    site: str | None = Field(description="Host without www., or the name of the medium.")
    authors: list[str] = Field(description="One name each.")
    language: str | None = Field(description="en; null if the text is too short to tell.")
    retrieved: str | None = Field(description="When a URL was fetched, ISO 8601 in UTC; null for local input.")
    duplicate_of: str | None = Field(
        default=None,
        exclude_if=lambda value: value is None,
        description="Id of the earlier article of which it is a copy; newsparse batch merge only.",
    )


class ArticleText(ArticleInfo):
    """An article with its text: the title, two newlines, the body; or the body alone."""

    text: str = Field(description="What all offsets count in.")
    extra: dict[str, Any] = Field(description="Keys of the input that newsparse does not know, carried through.")


class ExtractorInfo(Record):
    """What made the record."""

    newsparse: str = Field(description="Version of newsparse.")
    pipeline: str = Field(description="Name and version of the spaCy pipeline.")
    rules: str = Field(description="Hash of all event rules in force.")


class Firing(Record):
    """One step of an explanation: the rule that fired and the words it fired on."""

    step: str = Field(description="trigger, agent, target, object, place, time, source, reason, status or merge.")
    rule: str = Field(description="Id of the rule, e.g. agreement.end/terminate.")
    words: list[Span] = Field(description="The words it fired on.")
    confidence: float | None = Field(
        ge=0, le=1, description="How likely an argument is right if the event is; null for other steps."
    )


class Explained(Record):
    """Carries the explanation, which is there with --explain only."""

    explain: list[Firing] | None = Field(
        default=None, exclude_if=lambda value: value is None, description="How the event was found; --explain only."
    )


class EventBody(Record):
    """One distinct event."""

    id: str = Field(description="Stable: the same article and version give the same id.")
    type: str = Field(description="family.action, see the codebook.")
    plover: str | None = Field(description="Event class of PLOVER, if one corresponds.")
    status: Status = Field(description="Whether it happened, see the codebook.")
    main: bool = Field(description="True for the event the headline reports.")
    confidence: float = Field(ge=0, le=1, description="Expected precision, from 0 to 1.")
    summary: str = Field(description="The event in one line.")
    mentions: list[EventMention] = Field(description="Every place where the article mentions the event.")
    actors: list[Actor] = Field(description="Who did it, to or with whom, and who reports it.")
    agreements: list[Agreement] = Field(description="Agreements acted on.")
    databases: list[Database] = Field(description="Databases acted on.")
    laws: list[Law] = Field(description="Laws acted on.")
    objects: list[Span] = Field(description="Anything else acted on, in the article's words.")
    places: list[Place] = Field(description="Where it happens.")
    time: Time | None = Field(description="When it happens.")
    reason: Span | None = Field(description="The stated reason.")
    quotes: list[str] = Field(description="Ids of quotes that belong to the event.")
    same_as: str | None = Field(
        default=None,
        exclude_if=lambda value: value is None,
        description="Id of the same event in that earlier article; newsparse batch merge only.",
    )


class Event(Explained, EventBody):
    """An event within an article record."""


class EventSchema(Record):
    """Names the version of the event record."""

    schema_: Literal["newsparse/event/1"] = Field(
        default="newsparse/event/1", alias="schema", description="Name and version of the record type."
    )


class EventOrigin(Record):
    """Which article and which extractor an event record comes from."""

    article: ArticleInfo = Field(description="The article the event comes from.")
    extractor: ExtractorInfo = Field(description="The versions that made the record.")


class EventRecord(Explained, EventOrigin, EventBody, EventSchema):
    """One event, complete in itself, as newsparse extract writes it."""


class ArticleRecord(Record):
    """One article, with or without events, as newsparse extract --records article writes it."""

    schema_: Literal["newsparse/article/1"] = Field(
        default="newsparse/article/1", alias="schema", description="Name and version of the record type."
    )
    article: ArticleText = Field(description="The article with its text.")
    entities: list[Entity] = Field(description="Everyone and everything the article names.")
    events: list[Event] = Field(description="As event records, without article and extractor.")
    quotes: list[Quote] = Field(description="Direct quotations.")
    times: list[TimeExpression] = Field(description="Every time expression of the article.")
    warnings: list[str] = Field(description="What a reader of the results should know.")
    extractor: ExtractorInfo = Field(description="The versions that made the record.")

    def event_records(self) -> list[EventRecord]:
        """The events of this article, each complete in itself."""
        article = ArticleInfo.model_construct(
            **{name: getattr(self.article, name) for name in ArticleInfo.model_fields}
        )
        return [
            EventRecord.model_construct(**dict(event), article=article, extractor=self.extractor)
            for event in self.events
        ]
