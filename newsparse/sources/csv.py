"""Reader of CSV, also with semicolons or tabs: the first row names the columns, each other one is an article."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any

from newsparse.sources.base import Entry, Extent, Failure, Item, ReadOptions, Skipped, shown
from newsparse.sources.files import READ_ERRORS, open_source, read_failure
from newsparse.sources.rows import from_row

DELIMITERS = ",;\t|"
"""What may stand between columns; the one that the first line has most of does."""

MAX_FIELD = 20_000_000
"""Longest value in characters; the csv module wants one number for the whole process."""

_SNIFFED = 1 << 16


def read(location: str, options: ReadOptions) -> Iterator[Item]:
    """The articles of a CSV file."""
    return (entry.make() for entry in entries(Extent(location), options, Counter()))


def entries(extent: Extent, options: ReadOptions, skipped: Skipped) -> Iterator[Entry]:
    """The articles of a range of rows, counted from 0 without the first, which names the columns."""
    name = shown(extent.location)
    try:
        with _open(extent.location) as rows:
            names: list[str] = next(rows, [])
            number = 0
            while extent.stop is None or number < extent.stop:
                try:
                    row = next(rows, None)
                except csv.Error as error:
                    row = error
                if row is None:
                    return
                number += 1
                if number > extent.start:
                    yield _entry(names, row, f"{name}:{rows.line_num}", options)
    except READ_ERRORS as error:
        yield Entry.failed(read_failure(name, error))


def cut(location: str, target: int) -> Iterator[Extent]:
    """Ranges of rows of about so many characters each. What cannot be read is left to the last range."""
    start = number = size = 0
    with suppress(*READ_ERRORS, csv.Error), _open(location) as rows:
        next(rows, None)
        for row in rows:
            number += 1
            size += sum(map(len, row))
            if size >= target:
                yield Extent(location, start, number)
                start, size = number, 0
    yield Extent(location, start)


@contextmanager
def _open(location: str) -> Iterator[Any]:
    """The rows of a file; bytes that are no UTF-8 become U+FFFD."""
    csv.field_size_limit(MAX_FIELD)
    with open_source(location) as stream:
        first = stream.peek(_SNIFFED)[:_SNIFFED].partition(b"\n")[0].decode("utf-8", "replace")
        delimiter = max(DELIMITERS, key=first.count)
        with io.TextIOWrapper(stream, "utf-8-sig", "replace", newline="") as text:
            yield csv.reader(text, delimiter=delimiter)


def _entry(names: list[str], row: list[str] | csv.Error, place: str, options: ReadOptions) -> Entry:
    if isinstance(row, csv.Error):
        return Entry.failed(Failure(place, "read", "bad-csv", f"{place}: {row}"))
    if len(row) > len(names):
        message = f"{place}: the row has {len(row)} columns, the first row names {len(names)}"
        return Entry.failed(Failure(place, "read", "bad-csv", message))
    return Entry(place, partial(from_row, dict(zip(names, row, strict=False)), place, options))
