"""Records for a person at a terminal: grouped by article, the words of each event marked in their sentence."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from rich.console import Console
from rich.text import Text

from newsparse.records import (
    Actor,
    Agreement,
    ArticleInfo,
    ArticleRecord,
    Database,
    EventBody,
    EventMention,
    EventRecord,
    Explained,
    Named,
    NamedWithAliases,
    Place,
    Quote,
    Span,
    TimeValue,
)
from newsparse.report.printable import printable

INDENT = 2
LABEL_WIDTH = 11
MIN_WIDTH = 30
MAX_WIDTH = 110
"""Lines longer than this are hard to read, however wide the terminal is."""

STATUS_STYLES: Mapping[str, str] = {
    "actual": "green",
    "planned": "cyan",
    "proposed": "cyan",
    "alleged": "yellow",
    "hypothetical": "yellow",
    "negated": "red",
}

ROLE_LABELS: Mapping[str, str] = {"agent": "who", "target": "to whom", "source": "source"}

WHO = "blue"
WHAT = "magenta"
WHERE = "green"
WHEN = "cyan"
WHY = "yellow"
TRIGGER = "bold underline"
ROLE_STYLES: Mapping[str, str] = {"agent": WHO, "target": WHO, "source": "dim"}


@dataclass(frozen=True, slots=True)
class Story:
    """Events of one article, from one article record or from event records that follow each other."""

    article: ArticleInfo
    events: Sequence[EventBody]
    names: Mapping[str, str]
    quotes: Mapping[str, Quote]


def stories(records: Iterable[EventRecord | ArticleRecord]) -> Iterator[Story]:
    """Group records by article, as they come."""
    for _, group in groupby(records, key=lambda record: (record.article.id, record.schema_)):
        events: list[EventRecord] = []
        for record in group:
            if isinstance(record, ArticleRecord):
                names = {entity.id: entity.name for entity in record.entities}
                yield Story(record.article, record.events, names, {quote.id: quote for quote in record.quotes})
            else:
                events.append(record)
        if events:
            yield Story(events[0].article, events, _names(events), {})


def _names(events: Iterable[EventBody]) -> dict[str, str]:
    """Names of the entities that the events mention; event records have no list of them."""
    names: dict[str, str] = {}
    for event in events:
        named: list[Named] = [*event.actors, *event.places, *event.agreements, *event.databases, *event.laws]
        names.update((part.entity, part.name) for part in named)
    return names


class TerminalView:
    """Renders stories.

    Args:
        width: of the terminal, in columns.
        color: use colours and underline; without, triggers stand in square brackets.
        every_mention: show every sentence that mentions an event, not only the first.
    """

    def __init__(self, width: int, color: bool, every_mention: bool = False) -> None:
        self._width = max(MIN_WIDTH, min(width, MAX_WIDTH))
        self._color = color
        self._every_mention = every_mention

    def render(self, story: Story) -> str:
        """The story as text, with escape sequences if coloured."""
        console = Console(
            file=io.StringIO(),
            width=self._width,
            force_terminal=self._color,
            color_system="standard" if self._color else None,
            no_color=not self._color,
            highlight=False,
            legacy_windows=False,
        )
        with console.capture() as captured:
            for line in self._lines(story, console):
                console.print(line, soft_wrap=True)
        return captured.get()

    def _lines(self, story: Story, console: Console) -> Iterator[Text]:
        yield from self._header(story.article, console)
        if not story.events:
            yield Text(" " * INDENT + "no events", style="dim")
            yield Text()
        for event in story.events:
            yield from self._heading(event, console)
            previous = None
            for label, value in self._facts(event, story):
                yield from self._fact("" if label == previous else label, value, console)
                previous = label
            yield Text()

    def _header(self, article: ArticleInfo, console: Console) -> Iterator[Text]:
        yield from self._hanging(Text(), Text(printable(article.title or article.id), style="bold"), console)
        about = [article.site, article.published, ", ".join(article.authors)]
        if known := " · ".join(printable(part) for part in about if part):
            yield from self._hanging(Text(), Text(known, style="dim"), console)
        if article.url:
            # Not wrapped, so that it can be clicked and copied.
            yield Text(printable(article.url), style="dim")
        yield Text("─" * self._width, style="dim")

    def _heading(self, event: EventBody, console: Console) -> Iterator[Text]:
        heading = Text.assemble(
            (printable(event.type), "bold"),
            "  ",
            (event.status, STATUS_STYLES[event.status]),
            "  ",
            (f"{event.confidence:.0%}", "dim"),
        )
        if event.main:
            heading.append("  headline", "bold yellow")
        yield heading
        yield from self._hanging(Text(" " * INDENT), Text(printable(event.summary)), console)

    def _facts(self, event: EventBody, story: Story) -> Iterator[tuple[str, Text]]:
        for role, label in ROLE_LABELS.items():
            for actor in event.actors:
                if actor.role == role:
                    yield label, _styled(_actor(actor), ROLE_STYLES[role])
        for agreement in event.agreements:
            yield "agreement", _styled(_agreement(agreement, story.names), WHAT)
        for database in event.databases:
            yield "database", _styled(_database(database, story.names), WHAT)
        for law in event.laws:
            yield "law", _styled(law.name + _in_brackets(_other_names(law)), WHAT)
        for thing in event.objects:
            yield "what", _styled(thing.text, WHAT)
        for place in event.places:
            yield "where", _styled(_place(place), WHERE)
        if event.time is not None:
            yield "when", _styled(event.time.text + _days(event.time), WHEN)
        if event.reason is not None:
            yield "why", _styled(event.reason.text, WHY)
        yield from self._words(event, story.article)
        for quote in (story.quotes[id_] for id_ in event.quotes if id_ in story.quotes):
            yield "quote", _styled(_quote(quote), "italic")
        yield from _explanation(event)

    def _words(self, event: EventBody, article: ArticleInfo) -> Iterator[tuple[str, Text]]:
        """The sentences that mention the event, each once; without the headline, which stands above already."""
        sentences = {mention.sentence.start: mention.sentence for mention in event.mentions}
        found = [sentence for sentence in sentences.values() if sentence.text != article.title]
        found = found or list(sentences.values())
        shown = found if self._every_mention else found[:1]
        for sentence in shown:
            triggers = [mention for mention in event.mentions if mention.sentence.start == sentence.start]
            yield "words", self._marked(sentence, triggers, event)
        if hidden := len(found) - len(shown):
            yield "words", Text(f"(and in {hidden} more {'sentence' if hidden == 1 else 'sentences'})", style="dim")

    def _marked(self, sentence: Span, triggers: Sequence[EventMention], event: EventBody) -> Text:
        text = printable(sentence.text)
        if not self._color:
            return Text(
                _bracketed(text, [(span.start - sentence.start, span.end - sentence.start) for span in triggers])
            )
        marked = Text(text)
        for span, style in [*_styled_spans(event), *((trigger, TRIGGER) for trigger in triggers)]:
            if sentence.start <= span.start and span.end <= sentence.end:
                marked.stylize(style, span.start - sentence.start, span.end - sentence.start)
        return marked

    def _fact(self, label: str, value: Text, console: Console) -> Iterator[Text]:
        start = Text(" " * INDENT + label.ljust(LABEL_WIDTH), style="dim")
        yield from self._hanging(start, value, console)

    def _hanging(self, start: Text, value: Text, console: Console) -> Iterator[Text]:
        """Wrap the value, with its later lines below its first."""
        for number, line in enumerate(value.wrap(console, self._width - len(start))):
            line.rstrip()
            yield Text.assemble(start if number == 0 else " " * len(start), line)


def _styled(text: str, style: str) -> Text:
    return Text(printable(text), style=style)


def _styled_spans(event: EventBody) -> Iterator[tuple[Span, str]]:
    """The parts of the event with the colours of their facts."""
    for actor in event.actors:
        yield actor, ROLE_STYLES[actor.role]
    for what in (*event.agreements, *event.databases, *event.laws, *event.objects):
        yield what, WHAT
    for place in event.places:
        yield place, WHERE
    if event.time is not None:
        yield event.time, WHEN
    if event.reason is not None:
        yield event.reason, WHY


def _bracketed(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """Put square brackets around the spans."""
    pieces, done = [], 0
    for start, end in sorted(spans):
        if start >= done:
            pieces += [text[done:start], "[", text[start:end], "]"]
            done = end
    return "".join([*pieces, text[done:]])


def _in_brackets(parts: Iterable[str | None]) -> str:
    known = ", ".join(part for part in parts if part)
    return f" ({known})" if known else ""


def _other_names(entity: NamedWithAliases) -> list[str]:
    """Names that say more than a part of the name does: ICE, not Kenney."""
    return [alias for alias in entity.aliases if alias.casefold() not in entity.name.casefold()]


def _actor(actor: Actor) -> str:
    return actor.name + _in_brackets([actor.title, *_other_names(actor)])


def _agreement(agreement: Agreement, names: Mapping[str, str]) -> str:
    parties = " and ".join(names.get(party, party) for party in agreement.parties)
    return agreement.name + _in_brackets([agreement.kind, f"between {parties}" if parties else None])


def _database(database: Database, names: Mapping[str, str]) -> str:
    operator = f"run by {names.get(database.operator, database.operator)}" if database.operator else None
    contents = f"holds {', '.join(database.contents)}" if database.contents else None
    return database.name + _in_brackets([*_other_names(database), operator, contents])


def _place(place: Place) -> str:
    return place.name + _in_brackets([place.admin1, place.country])


def _days(time: TimeValue) -> str:
    if time.from_ is None and time.to is None:
        return _in_brackets([time.value])
    if time.from_ == time.to:
        return _in_brackets([time.from_])
    parts = [f"from {time.from_}" if time.from_ else None, f"to {time.to}" if time.to else None]
    return f" ({' '.join(part for part in parts if part)})"


def _quote(quote: Quote) -> str:
    words = f"“{quote.text}”" if quote.direct else quote.text
    return f"{words} — {quote.speaker.name}" if quote.speaker else words


def _explanation(event: EventBody) -> Iterator[tuple[str, Text]]:
    for firing in (event.explain if isinstance(event, Explained) else None) or []:
        words = ", ".join(span.text for span in firing.words)
        yield "because", Text(printable(f"{firing.step}: {firing.rule}" + _in_brackets([words])), style="dim")
