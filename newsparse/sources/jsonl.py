"""Reader of article JSONL: one JSON object a line, with ``text`` or ``html``; a bad line never stops the others."""

from __future__ import annotations

import io
import json
import math
from collections.abc import Iterator, Mapping
from typing import Any, NoReturn

import jsonlines

from newsparse.article import Article, from_html, from_text, writable
from newsparse.sources.base import Failure, Item, ReadOptions, attempt, shown
from newsparse.sources.dates import iso_date
from newsparse.sources.fields import BadFieldError, known_fields
from newsparse.sources.files import READ_ERRORS, open_source, read_failure

_SKIPPED_AT_ONCE = 1 << 16
_DOCUMENT_STARTS = (b"[", b"{")


class _LineTooLongError(Exception):
    pass


class _StreamError(Exception):
    """Reading failed. Its own class, since jsonlines takes the EOFError of cut-off gzip data for the regular end."""


class _Lines:
    """Numbered lines of bounded length; unlike a generator it goes on after an error."""

    def __init__(self, stream: io.BufferedReader, limit: int, number: int) -> None:
        self.number = number - 1
        self._stream = stream
        self._limit = limit

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        try:
            line = self._stream.readline(self._limit + 1)
            if not line:
                raise StopIteration
            self.number += 1
            if len(line) > self._limit and not line.endswith(b"\n"):
                while (rest := self._stream.readline(_SKIPPED_AT_ONCE)) and not rest.endswith(b"\n"):
                    pass
                raise _LineTooLongError
        except READ_ERRORS as error:
            raise _StreamError from error
        return line


def read(location: str, options: ReadOptions) -> Iterator[Item]:
    """The articles of a JSONL file."""
    try:
        with open_source(location) as stream:
            yield from read_stream(stream, shown(location), options)
    except READ_ERRORS as error:
        yield read_failure(shown(location), error)


def read_stream(stream: io.BufferedReader, name: str, options: ReadOptions, number: int = 1) -> Iterator[Item]:
    """The articles of a stream of JSONL, each as soon as its line has arrived.

    Args:
        stream: the bytes.
        name: how to call the stream in failures.
        options: how to read.
        number: the number of the first line.
    """
    lines = _Lines(stream, options.max_line_bytes, number)
    reader = jsonlines.Reader(lines, loads=_loads)
    while True:
        try:
            row = reader.read(type=dict, skip_empty=True)
        except EOFError:
            return
        except _StreamError as error:
            yield read_failure(name, error.__cause__ or error)
            return
        except (jsonlines.InvalidLineError, RecursionError, _LineTooLongError) as error:
            failure = _bad_line(error, f"{name}:{lines.number}", options)
            yield failure
            if failure.code == "not-jsonl":
                return
        else:
            yield _article(row, f"{name}:{lines.number}", options)


def _bad_line(error: Exception, place: str, options: ReadOptions) -> Failure:
    if isinstance(error, _LineTooLongError):
        limit = f"{options.max_line_bytes / 1e6:g} MB"
        return Failure(place, "read", "line-too-long", f"{place}: the line is longer than {limit}, which no article is")
    if isinstance(error, RecursionError):
        return Failure(place, "read", "bad-json", f"{place}: the JSON is nested too deeply")
    line = getattr(error, "line", b"")
    start = (line.encode() if isinstance(line, str) else line).strip()
    # A document in one array or over many lines has its first bracket alone or an array on the first line.
    if place.endswith(":1") and (start in _DOCUMENT_STARTS or start.startswith(b"[")):
        message = f"{place}: this is one JSON document, not one object a line; convert it, e.g. with jq -c '.[]'"
        return Failure(place, "read", "not-jsonl", message)
    cause = error.__cause__
    reason = f"no valid JSON ({cause})" if cause else "no JSON object"
    return Failure(place, "read", "bad-json", f"{place}: the line is {reason}")


def _loads(line: str | bytes) -> Any:
    value = json.loads(line, parse_constant=_refuse, parse_float=_finite)
    # Only an escape can bring a lone surrogate or a NUL into decoded UTF-8, so most lines need no second look.
    return _writable(value) if "\\u" in str(line) else value


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON")


def _finite(digits: str) -> float:
    number = float(digits)
    if math.isinf(number):
        raise ValueError(f"the number {digits[:20]} is too large")
    return number


def _writable(value: Any) -> Any:
    match value:
        case str():
            return writable(value)
        case list():
            return [_writable(item) for item in value]
        case dict():
            return {writable(key): _writable(item) for key, item in value.items()}
    return value


def _article(row: Mapping[str, Any], place: str, options: ReadOptions) -> Item:
    try:
        fields = known_fields(row)
    except BadFieldError as error:
        return Failure(place, "read", "bad-field", f"{place}: {error}")
    text, html = fields.pop("text", None), fields.pop("html", None)
    if not (text or html):
        return Failure(place, "read", "no-text", f"{place}: the object has neither text nor html")
    published = fields.pop("published", None)
    if published:
        fields["published"], warning = iso_date(published)
        fields["warnings"] = [warning] if warning else []

    def make() -> Article:
        return from_text(text, **fields) if text else from_html(html, fast=options.fast, **fields)

    return attempt(place, make, options)
