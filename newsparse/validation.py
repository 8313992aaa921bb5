"""Checks records as they stand in a file: the shape of each, and that every span says where its text is."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NoReturn

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from newsparse.errors import SourceError
from newsparse.problem import Problem
from newsparse.records import ArticleRecord, Event, EventMention, EventRecord, Record, Span
from newsparse.schema import RECORDS
from newsparse.sources.base import shown
from newsparse.sources.files import READ_ERRORS, open_source, read_failure

SCHEMAS: Mapping[str, type[EventRecord] | type[ArticleRecord]] = {
    record.model_fields["schema_"].default: record for record in RECORDS.values()
}
"""Value of the key ``schema`` → the type of the record."""


class InvalidRecordError(ValueError):
    """A line is no record. ``problems`` says why."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(map(str, problems)))
        self.problems = problems


def record_lines(location: str) -> Iterator[tuple[str, bytes]]:
    """Lines of a file, or of stdin for ``-``, each with its place, ``file:line``. Compressed files are unpacked.

    Raises:
        SourceError: if the file cannot be read to its end.
    """
    name = shown(location)
    try:
        with open_source(location) as stream:
            for number, line in enumerate(stream, 1):
                yield f"{name}:{number}", line
    except READ_ERRORS as error:
        raise SourceError(read_failure(name, error).message) from error


def check_line(line: bytes) -> list[Problem]:
    """Everything that is wrong with one line of a JSONL file of records."""
    try:
        return check_record(parse_record(line))
    except InvalidRecordError as error:
        return error.problems


def parse_record(line: bytes) -> EventRecord | ArticleRecord:
    """Read one line as the record that its key ``schema`` names.

    The check is strict, as the JSON Schema is: no number for a string, no key too many, none missing.

    Raises:
        InvalidRecordError: if the line is no such record.
    """
    value = parse_json(line)
    if not isinstance(value, dict):
        raise InvalidRecordError([Problem("", "not a JSON object")])
    record = SCHEMAS.get(value["schema"]) if isinstance(value.get("schema"), str) else None
    if record is None:
        raise InvalidRecordError([Problem("schema", f"must be {' or '.join(SCHEMAS)}")])
    try:
        return record.model_validate(value, strict=True, by_alias=True, by_name=False)
    except ValidationError as error:
        raise InvalidRecordError([problem_of(details) for details in error.errors(include_url=False)]) from None


def check_record(record: EventRecord | ArticleRecord) -> list[Problem]:
    """Check what the shape cannot say: spans against the text, mentions in their sentence, ids that are there."""
    problems = list(_walk(record, "", _check_sentence))
    if isinstance(record, ArticleRecord):
        text = record.article.text
        problems += _walk(record, "", lambda part, path: _check_offsets(part, path, text))
        problems += _check_references(record)
    return problems


def parse_json(line: bytes) -> Any:
    """One JSON value.

    Raises:
        InvalidRecordError: it is no JSON in UTF-8.
    """
    try:
        return json.loads(line.decode("utf-8"), parse_constant=_refuse_constant)
    except UnicodeDecodeError as error:
        message = f"not UTF-8: byte {error.start + 1} of the line"
    except json.JSONDecodeError as error:
        row = f"line {error.lineno}, " if error.lineno > 1 else ""
        message = f"not JSON: {error.msg}, {row}column {error.colno}"
    except (ValueError, RecursionError) as error:
        message = f"not JSON: {error}"
    raise InvalidRecordError([Problem("", message)])


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON number")


_MESSAGES: Mapping[str, str] = {"missing": "missing", "extra_forbidden": "unknown key"}
"""Pydantic's types of error for which there are better words."""


def problem_of(details: ErrorDetails) -> Problem:
    """One of pydantic's errors, with its path as people write it."""
    path = ""
    for step in details["loc"]:
        path = _index(path, step) if isinstance(step, int) else _key(path, step)
    message = _MESSAGES.get(details["type"]) or details["msg"].removeprefix("Value error, ")
    return Problem(path, message)


def _key(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def _index(path: str, index: int) -> str:
    return f"{path}[{index}]"


Check = Callable[[Record, str], Iterator[Problem]]


def _walk(value: Any, path: str, check: Check) -> Iterator[Problem]:
    """Check every record within the value, each with its path."""
    if isinstance(value, Record):
        yield from check(value, path)
        for name, field in type(value).model_fields.items():
            yield from _walk(getattr(value, name), _key(path, field.alias or name), check)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _walk(item, _index(path, index), check)


def _check_offsets(part: Record, path: str, text: str) -> Iterator[Problem]:
    if isinstance(part, Span) and (found := text[part.start : part.end]) != part.text:
        yield Problem(path, f"text is {_short(part.text)}, but article.text has {_short(found)} there")


def _check_sentence(part: Record, path: str) -> Iterator[Problem]:
    if isinstance(part, EventMention):
        sentence = part.sentence
        within = sentence.text[max(0, part.start - sentence.start) : max(0, part.end - sentence.start)]
        if part.start < sentence.start or within != part.text:
            yield Problem(path, f"{_short(part.text)} is not at its place in the sentence")


def _check_references(record: ArticleRecord) -> Iterator[Problem]:
    entities = {entity.id for entity in record.entities}
    quotes = {quote.id for quote in record.quotes}
    for index, event in enumerate(record.events):
        path = _index("events", index)
        for key, entity in _entity_references(event):
            if entity not in entities:
                yield Problem(_key(path, key), f"no entity {entity}")
        for number, quote in enumerate(event.quotes):
            if quote not in quotes:
                yield Problem(_index(_key(path, "quotes"), number), f"no quote {quote}")
    for index, spoken in enumerate(record.quotes):
        if spoken.speaker is not None and spoken.speaker.entity not in entities:
            yield Problem(f"quotes[{index}].speaker.entity", f"no entity {spoken.speaker.entity}")


def _entity_references(event: Event) -> Iterator[tuple[str, str]]:
    """Path and id of every entity the event names."""
    for field in ("actors", "agreements", "databases", "laws", "places"):
        for index, item in enumerate(getattr(event, field)):
            yield _key(_index(field, index), "entity"), item.entity
    for index, agreement in enumerate(event.agreements):
        for number, party in enumerate(agreement.parties):
            yield f"agreements[{index}].parties[{number}]", party
    for index, database in enumerate(event.databases):
        if database.operator is not None:
            yield f"databases[{index}].operator", database.operator


_SHOWN = 40
"""Code points of a text that a message shows."""


def _short(text: str) -> str:
    return repr(text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…")
