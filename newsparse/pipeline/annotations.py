"""What the newsparse components add to a ``Doc``: plain, serialisable values with *token* offsets.

Each kind of annotation is a list of dataclasses that a component writes and the next ones read::

    doc._.newsparse_trigger_scores  list[TriggerScore]  by newsparse_triggers
    doc._.newsparse_entities  list[Entity]          by newsparse_coref
    doc._.newsparse_times     list[TimeExpression]  by newsparse_times
    doc._.newsparse_quotes    list[Quote]           by newsparse_quotes
    doc._.newsparse_events    list[Event]           by newsparse_events, refined by newsparse_status

Behind them ``Doc.user_data`` holds dicts, lists, strings and numbers only, so that documents survive
``to_bytes``, ``DocBin`` and ``nlp.pipe(n_process=2)``. Token offsets are half-open, as in ``doc[start:end]``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pydantic import TypeAdapter
from spacy.tokens import Doc

MENTIONS = "newsparse_mentions"
"""Key in ``doc.spans``: candidate mentions; a span's label is the entity type, its ``id_`` the kind."""

TIMES = "newsparse_times"
"""Key in ``doc.spans``: time expressions; a span's label is the TIMEX3 type, its ``id_`` the value ("" if unknown)."""


@dataclass(slots=True)
class Mention:
    """Tokens ``start`` to ``end`` that refer to an entity; ``kind`` is name, nominal or pronoun."""

    start: int
    end: int
    kind: str


@dataclass(slots=True)
class Entity:
    """Mentions of one and the same thing, in the order of the text.

    ``kind``, ``parties``, ``operator`` and ``contents`` describe agreements and databases; parties and
    operator are ids of entities.
    """

    id: str
    type: str
    name: str
    aliases: list[str] = field(default_factory=list)
    title: str | None = None
    mentions: list[Mention] = field(default_factory=list)
    kind: str | None = None
    parties: list[str] = field(default_factory=list)
    operator: str | None = None
    contents: list[str] = field(default_factory=list)


@dataclass(slots=True)
class TimeExpression:
    """A time expression with TIMEX3 ``type`` and ``value`` and its range as ISO dates (inclusive)."""

    start: int
    end: int
    type: str
    value: str | None
    first_day: str | None = None
    last_day: str | None = None


@dataclass(slots=True)
class Quote:
    """Quoted (``direct``, the tokens within the marks) or reported speech.

    ``speaker`` is the id of an entity and ``mention`` the words that name it there; ``cue`` are the
    tokens of the reporting verb or phrase.
    """

    start: int
    end: int
    direct: bool
    speaker: str | None = None
    mention: Mention | None = None
    cue: tuple[int, int] | None = None


@dataclass(slots=True)
class Argument:
    """Tokens that fill a role of an event, the entity behind them (if any) and the rule that says so.

    ``role`` is agent, target, object, place or source. ``confidence`` is how likely the argument is right if the
    event is, None where nothing was learned.
    """

    role: str
    start: int
    end: int
    entity: str | None
    kind: str
    rule: str
    confidence: float | None = None


@dataclass(slots=True)
class Trigger:
    """Tokens that express an event, and the rule that recognised them."""

    start: int
    end: int
    rule: str


@dataclass(slots=True)
class TriggerScore:
    """How likely a token expresses an event of a type, and whether it begins or continues the trigger."""

    token: int
    type: str
    probability: float
    begins: bool


@dataclass(slots=True)
class Event:
    """A document-level event: all mentions of one and the same event.

    ``time`` indexes ``newsparse_times``, ``quotes`` index ``newsparse_quotes``. ``status_rule`` names what
    decided the status, ``status_word`` is the token on which it fired, ``reason`` are the tokens of the stated
    reason. ``confidence`` is that of the rules until ``newsparse_merge``; ``learned`` is how likely a learned
    component holds the triggers, None without one, ``rival`` how likely another type. ``absorbed`` marks what is
    only told in the object of another event, as the act asked for in a demand.
    """

    type: str
    triggers: list[Trigger]
    arguments: list[Argument] = field(default_factory=list)
    status: str = "actual"
    status_rule: str = "default"
    status_word: int | None = None
    main: bool = False
    confidence: float = 0.5
    learned: float | None = None
    rival: float = 0.0
    time: int | None = None
    reason: tuple[int, int] | None = None
    quotes: list[int] = field(default_factory=list)
    absorbed: bool = False


def _register(name: str, item: Any) -> None:
    """Define ``doc._.<name>`` as a list of ``item`` that is kept as plain data in ``doc.user_data``."""
    adapter = TypeAdapter(list[item])

    def getter(doc: Doc) -> list[Any]:
        return adapter.validate_python(doc.user_data.get(name, []))

    def setter(doc: Doc, value: list[Any]) -> None:
        doc.user_data[name] = adapter.dump_python(value)

    Doc.set_extension(name, getter=getter, setter=setter, force=True)


_register("newsparse_trigger_scores", TriggerScore)
_register("newsparse_entities", Entity)
_register("newsparse_times", TimeExpression)
_register("newsparse_quotes", Quote)
_register("newsparse_events", Event)
