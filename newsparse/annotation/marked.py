"""Marked text: an annotated article as a person writes it in any editor.

A file is a head (``date:``, ``source:``), the text with marks, a line ``====``, then what the marks stand for::

    date: 2021-03-09
    source: Harrow Courier

    [e2:Harrow] {x1:ends} [e3:jail contract]

    Mayor [e1:Dana Whitlow] said she would {x1:let} it {x1:lapse}.
    ====
    entities
    e1 PERSON
    e2 GPE
    e3 AGREEMENT
    events
    x1 agreement.end planned main agent=e1,e2 object=e3
    quotes

``[id:words]`` is a mention, ``{id:words}`` a trigger; they may nest. ``object`` and ``reason`` are ids or words of the
text in quotation marks. A quote is its first words and its speaker's id, or ``-``.

This module needs nothing but Python, so that articles can be checked where newsparse is not installed.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple, TypeVar

from newsparse.annotation.problems import InvalidAnnotationError
from newsparse.problem import Problem

TYPES = (
    "PERSON", "ORG", "GPE", "NORP", "LOC", "FAC", "LAW", "PRODUCT", "EVENT", "WORK", "AGREEMENT", "DATABASE", "GROUP",
)  # fmt: skip
"""The entity types of the codebook. An article may name others in a line ``types:`` of its head."""
STATUSES = ("actual", "planned", "proposed", "alleged", "hypothetical", "negated")
ENTITY_FIELDS = ("agent", "target", "place", "source")
SECTIONS = ("entities", "events", "quotes")
SEPARATOR = "===="

_MARK = re.compile(r"\[(e\d+):|\{(x\d+):|[\]}]")
_KIND_OF = {"]": "e", "}": "x"}
_OPENS = {"e": "[", "x": "{"}
_EVENT_TYPE = re.compile(r"\w+\.\w+")
_IDS = re.compile(r"e\d+(?:,e\d+)*")
_QUOTE = re.compile(r'["“](.+)["”]\s+(e\d+|-)')
_SHOWN = 40

Spans = dict[str, list[list[int]]]
Row = dict[str, Any]
T = TypeVar("T")


class _MistakeError(Exception):
    """A mistake in one row."""


class Line(NamedTuple):
    """A row of the annotation with its number in the file."""

    number: int
    text: str


def read_marked(name: str, content: str) -> Row:
    """The row of a corpus, as ``rows.py`` reads it, that a marked text stands for.

    Args:
        name: becomes the id of the article.
        content: the whole file.

    Raises:
        InvalidAnnotationError: with every mistake and its line.
    """
    lines = content.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    if SEPARATOR not in lines:
        raise InvalidAnnotationError([Problem("", f"no line {SEPARATOR} between the text and its annotation")])
    end = lines.index(SEPARATOR)
    start = lines.index("", 0, end) if "" in lines[:end] else end
    head = _head(lines[:start])
    while start < end and not lines[start]:
        start += 1
    if start == end:
        raise InvalidAnnotationError([Problem(f"line {end + 1}", "no text between the head and this line")])
    text, mentions, triggers = read_marks("\n".join(lines[start:end]).rstrip("\n"), start + 1)
    if not re.match(r"[^\n]+\n\n\s*\S", text):
        message = "the headline needs an empty line and text after it"
        raise InvalidAnnotationError([Problem(f"line {start + 2}", message)])
    rows = [Line(number, line.strip()) for number, line in enumerate(lines[end + 1 :], end + 2) if line.strip()]
    return _Annotation(text, mentions, triggers, head).read(name, rows)


def _head(lines: list[str]) -> dict[str, str]:
    head: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        key, colon, value = line.partition(":")
        if not colon or not value.strip():
            raise InvalidAnnotationError([Problem(f"line {number}", f"no 'key: value' of the head: {_short(line)}")])
        head[key.strip()] = value.strip()
    missing = [key for key in ("date", "source") if key not in head]
    if missing:
        wanted = " and ".join(f"'{key}: …'" for key in missing)
        raise InvalidAnnotationError([Problem("line 1", f"the head lacks {wanted}, before the first empty line")])
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", head["date"]):
        raise InvalidAnnotationError([Problem("line 1", f"the date is no day like 2018-07-27: {head['date']}")])
    return head


def read_marks(marked: str, first_line: int = 1) -> tuple[str, Spans, Spans]:
    """The text without its marks, and the offsets of mentions and of triggers by id.

    Args:
        marked: text with marks.
        first_line: the number of its first line, for messages.

    Raises:
        InvalidAnnotationError: a mark closes nothing, or is never closed.
    """
    parts: list[str] = []
    length = end = 0
    still_open: list[tuple[str, int, int]] = []
    places: Spans = {}
    for mark in _MARK.finditer(marked):
        parts.append(marked[end : mark.start()])
        length += mark.start() - end
        end = mark.end()
        if identifier := mark[1] or mark[2]:
            still_open.append((identifier, length, mark.start()))
            continue
        if not still_open or still_open[-1][0][0] != _KIND_OF[mark[0]]:
            message = f"{mark[0]} closes nothing: …{marked[max(0, end - _SHOWN) : end]}"
            raise InvalidAnnotationError([Problem(_line_of(marked, mark.start(), first_line), message)])
        identifier, start, _ = still_open.pop()
        places.setdefault(identifier, []).append([start, length])
    if still_open:
        identifier, _, position = still_open[-1]
        message = f"never closed: {_OPENS[identifier[0]]}{identifier}:"
        raise InvalidAnnotationError([Problem(_line_of(marked, position, first_line), message)])
    text = "".join([*parts, marked[end:]])
    mentions = {key: sorted(spans) for key, spans in places.items() if key[0] == "e"}
    return text, mentions, {key: sorted(spans) for key, spans in places.items() if key[0] == "x"}


def _line_of(marked: str, position: int, first_line: int) -> str:
    return f"line {first_line + marked.count(chr(10), 0, position)}"


class _Annotation:
    """What stands below the separator, read row by row; mistakes are gathered."""

    def __init__(self, text: str, mentions: Spans, triggers: Spans, head: Mapping[str, str]) -> None:
        self._text, self._mentions, self._triggers, self._head = text, mentions, triggers, head
        self._types = {*TYPES, *head.get("types", "").replace(",", " ").split()}
        self._known: set[str] = set()
        self._problems: list[Problem] = []

    def read(self, name: str, lines: list[Line]) -> Row:
        sections = self._sections(lines)
        # Ids first: a row with another mistake still makes its entity known.
        self._known = {line.text.split()[0] for line in sections["entities"]}
        entities = list(self._rows(sections["entities"], self._entity))
        events = list(self._rows(sections["events"], self._event))
        quotes = list(self._rows(sections["quotes"], self._quote))
        listed = {line.text.split()[0] for line in sections["events"]}
        self._check_listed("entity", set(self._mentions) - self._known, "entities")
        self._check_listed("event", set(self._triggers) - listed, "events")
        if self._problems:
            raise InvalidAnnotationError(self._problems)
        return {
            "doc": name,
            "licence": self._head.get("licence", "own"),
            "title": self._text.split("\n", 1)[0],
            "date": self._head["date"],
            "source": self._head["source"],
            "full": self._text,
            "entities": entities,
            "events": events,
            "quotes": quotes,
        }

    def _check_listed(self, kind: str, ids: set[str], section: str) -> None:
        if ids:
            message = f"{kind} marked but not listed under {section}: {', '.join(sorted(ids, key=_number))}"
            self._problems.append(Problem("", message))

    def _sections(self, lines: list[Line]) -> dict[str, list[Line]]:
        sections: dict[str, list[Line]] = {name: [] for name in SECTIONS}
        rows = None
        for line in lines:
            if line.text in sections:
                rows = sections[line.text]
            elif rows is None:
                message = f"one of {', '.join(SECTIONS)} must come before {_short(line.text)}"
                raise InvalidAnnotationError([Problem(f"line {line.number}", message)])
            else:
                rows.append(line)
        return sections

    def _rows(self, lines: list[Line], read: Callable[[str], T]) -> Iterator[T]:
        seen: set[str] = set()
        for line in lines:
            identifier = line.text.split()[0]
            try:
                if re.fullmatch(r"[ex]\d+", identifier) and identifier in seen:
                    raise _MistakeError(f"{identifier} is listed twice")
                seen.add(identifier)
                yield read(line.text)
            except (_MistakeError, ValueError) as error:
                self._problems.append(Problem(f"line {line.number}", str(error)))

    def _entity(self, row: str) -> Row:
        identifier, kind, *_ = [*row.split(), ""]
        if kind not in self._types:
            raise _MistakeError(f"unknown entity type {kind or '(none)'}; there are {', '.join(TYPES)}")
        if identifier not in self._mentions:
            raise _MistakeError(f"entity without a mention: [{identifier}:…] stands nowhere in the text")
        places = sorted(self._mentions[identifier], key=lambda place: (place[0] - place[1], place))
        return {"id": identifier, "type": kind, "name": self._text[slice(*places[0])], "mentions": places}

    def _event(self, row: str) -> Row:
        words = shlex.shlex(row, posix=True)
        words.whitespace_split, words.quotes, words.escape, words.commenters = True, '"', "", ""
        identifier, kind, status, *fields = [*words, "", ""]
        if not _EVENT_TYPE.fullmatch(kind):
            raise _MistakeError(f"{identifier}: no event type like agreement.end: {kind or '(none)'}")
        if status not in STATUSES:
            raise _MistakeError(f"{identifier}: unknown status {status or '(none)'}; there are {', '.join(STATUSES)}")
        if identifier not in self._triggers:
            raise _MistakeError(f"event without a trigger: {{{identifier}:…}} stands nowhere in the text")
        given = [field for field in fields if field]
        triggers = self._triggers[identifier]
        event: Row = {"id": identifier, "type": kind, "status": status, "main": "main" in given, "triggers": triggers}
        for field in given:
            if field != "main":
                key, _, value = field.partition("=")
                event[key] = self._field(identifier, key, value)
        return event

    def _field(self, event: str, key: str, value: str) -> Any:
        if key in ENTITY_FIELDS:
            return self._ids(value)
        if key == "object":
            if _IDS.fullmatch(value):
                return [{"entity": identifier} for identifier in self._ids(value)]
            return [self._words(value, event)]
        if key == "reason":
            return self._words(value, event)
        if key == "time":
            return {"value": value}
        allowed = ", ".join(["main", *(f"{name}=" for name in (*ENTITY_FIELDS, "object", "time", "reason"))])
        raise _MistakeError(f"{event}: unknown field {key}; there are {allowed}")

    def _ids(self, value: str) -> list[str]:
        ids = value.split(",")
        if unknown := [identifier for identifier in ids if identifier not in self._known]:
            raise _MistakeError(f"unknown entity {', '.join(unknown)}; list it under entities")
        return ids

    def _words(self, words: str, event: str) -> Row:
        """Find words of the text, where they stand nearest to a trigger."""
        starts = [match.start() for match in re.finditer(re.escape(words), self._text)] if words else []
        if not starts:
            raise _MistakeError(f"{event}: not in the text, letter for letter: {words!r}")
        triggers = self._triggers[event]
        start = min(starts, key=lambda place: min(abs(place - trigger[0]) for trigger in triggers))
        return {"span": [start, start + len(words)], "text": words}

    def _quote(self, row: str) -> Row:
        match = _QUOTE.fullmatch(row)
        if not match:
            raise _MistakeError(f'no quote like "first words" e1 (or - for an unknown speaker): {_short(row)}')
        starts = [found.start() for found in re.finditer(re.escape(match[1]), self._text)]
        start = next((start for start in starts if start and self._text[start - 1] in "\"'“‘"), None)
        if start is None:
            raise _MistakeError(f"no quotation in the text begins so: {match[1]!r}")
        return {"start": start, "speaker": None if match[2] == "-" else self._ids(match[2])[0]}


def _number(identifier: str) -> tuple[int, str]:
    digits = identifier[1:]
    return (int(digits) if digits.isdigit() else 0, identifier)


def _short(text: str) -> str:
    return repr(text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…")
