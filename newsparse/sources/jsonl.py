"""Reader of article JSONL: one JSON object a line, with ``text`` or ``html``; a bad line never stops the others."""

from __future__ import annotations

import io
import json
import math
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from typing import Any, NoReturn

import jsonlines

from newsparse.article import writable
from newsparse.sources.base import Entry, Extent, Failure, Item, ReadOptions, Skipped, shown
from newsparse.sources.files import READ_ERRORS, is_plain, open_source, read_failure
from newsparse.sources.rows import from_row

_SKIPPED_AT_ONCE = 1 << 16
_READ_AT_ONCE = 1 << 20
_DOCUMENT_STARTS = (b"[", b"{")


class _LineTooLongError(Exception):
    pass


class _StreamError(Exception):
    """Reading failed. Its own class, since jsonlines takes the EOFError of cut-off gzip data for the regular end."""


class _Lines:
    """Numbered lines of bounded length; unlike a generator it goes on after an error."""

    def __init__(self, stream: io.BufferedReader, limit: int, number: int, stop: int | None) -> None:
        self.number = number - 1
        self._stream = stream
        self._limit = limit
        self._stop = stop

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        if self._stop is not None and self.number >= self._stop:
            raise StopIteration
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
    return (entry.make() for entry in entries(Extent(location), options, Counter()))


def entries(extent: Extent, options: ReadOptions, skipped: Skipped) -> Iterator[Entry]:
    """The articles of a range of lines, counted from 0; ``offset`` is the byte of the first, 0 if it is not known."""
    name = shown(extent.location)
    try:
        with open_source(extent.location, extent.offset) as stream:
            if not extent.offset:
                skip_lines(stream, extent.start)
            yield from read_entries(stream, name, options, extent.start + 1, extent.stop)
    except READ_ERRORS as error:
        yield Entry.failed(read_failure(name, error))


def cut(location: str, target: int) -> Iterator[Extent]:
    """Ranges of lines of about ``target`` bytes each, uncompressed. What cannot be read is left to the last range.

    Compressed files have no place where reading could begin: there a range tells lines only.
    """
    start = number = first = position = 0
    plain = False
    with suppress(*READ_ERRORS), open_source(location) as stream:
        plain = is_plain(stream)
        while line := stream.readline(_READ_AT_ONCE):
            position += len(line)
            if not line.endswith(b"\n"):
                continue
            number += 1
            if position - first >= target:
                yield Extent(location, start, number, first if plain else 0)
                start, first = number, position
        if start and position == first:
            return
    yield Extent(location, start, None, first if plain else 0)


def skip_lines(stream: io.BufferedReader, count: int) -> None:
    """Leave out so many lines, however long."""
    while count and (piece := stream.readline(_SKIPPED_AT_ONCE)):
        count -= piece.endswith(b"\n")


def read_stream(stream: io.BufferedReader, name: str, options: ReadOptions, number: int = 1) -> Iterator[Item]:
    """The articles of a stream of JSONL, each as soon as its line has arrived."""
    return (entry.make() for entry in read_entries(stream, name, options, number))


def read_entries(
    stream: io.BufferedReader, name: str, options: ReadOptions, number: int = 1, stop: int | None = None
) -> Iterator[Entry]:
    """The lines of a stream of JSONL, each as soon as it has arrived.

    Args:
        stream: the bytes.
        name: how to call the stream in failures.
        options: how to read.
        number: the number of the first line.
        stop: the number of the last line.
    """
    lines = _Lines(stream, options.max_line_bytes, number, stop)
    reader = jsonlines.Reader(lines, loads=_loads)
    while True:
        try:
            row = reader.read(type=dict, skip_empty=True)
        except EOFError:
            return
        except _StreamError as error:
            yield Entry.failed(read_failure(name, error.__cause__ or error))
            return
        except (jsonlines.InvalidLineError, RecursionError, _LineTooLongError) as error:
            failure = _bad_line(error, f"{name}:{lines.number}", options)
            yield Entry.failed(failure)
            if failure.code == "not-jsonl":
                return
        else:
            place = f"{name}:{lines.number}"
            yield Entry(place, partial(from_row, row, place, options))


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
