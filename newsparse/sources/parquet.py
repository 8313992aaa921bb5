"""Reader of Parquet: each row is an article."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from typing import Any

from newsparse.sources.base import Entry, Extent, Failure, Item, ReadOptions, Skipped, shown
from newsparse.sources.files import open_bytes
from newsparse.sources.rows import from_row

ROWS = 64
"""Rows that are read at once."""


def read(location: str, options: ReadOptions) -> Iterator[Item]:
    """The articles of a Parquet file."""
    return (entry.make() for entry in entries(Extent(location), options, Counter()))


def entries(extent: Extent, options: ReadOptions, skipped: Skipped) -> Iterator[Entry]:
    """The articles of a range of rows, counted from 0."""
    name = shown(extent.location)
    try:
        with _open(extent.location) as file:
            for number, row in _rows(file, extent):
                place = f"{name}:{number + 1}"
                yield Entry(place, partial(_article, row, place, options))
    except (OSError, ValueError) as error:  # pyarrow's own errors are kinds of these
        yield Entry.failed(Failure(name, "read", "bad-parquet", f"{name} cannot be read: {error}"))


def cut(location: str, target: int) -> Iterator[Extent]:
    """Ranges of rows of about so many bytes each; a file that cannot be read is one range."""
    try:
        with _open(location) as file:
            rows = file.metadata.num_rows
            size = sum(file.metadata.row_group(group).total_byte_size for group in range(file.num_row_groups))
    except (OSError, ValueError):
        rows = size = 0
    count = max(min(round(size / target), rows), 1)
    bounds = [rows * number // count for number in range(count)]
    yield from (Extent(location, start, stop) for start, stop in zip(bounds, [*bounds[1:], None], strict=True))


@contextmanager
def _open(location: str) -> Iterator[Any]:
    try:
        from pyarrow.parquet import ParquetFile
    except ImportError:
        raise OSError("this needs pyarrow; pip install 'newsparse[parquet]'") from None
    with open_bytes(location) as stream, ParquetFile(stream) as file:
        yield file


def _rows(file: Any, extent: Extent) -> Iterator[tuple[int, dict[str, Any]]]:
    """The rows of a range with their numbers; groups of rows that lie before it are not read."""
    first = 0
    for group in range(file.num_row_groups):
        after = first + file.metadata.row_group(group).num_rows
        if extent.stop is not None and first >= extent.stop:
            return
        if after > extent.start:
            batches = file.iter_batches(ROWS, row_groups=[group])
            rows = (row for batch in batches for row in batch.to_pylist())
            for number, row in enumerate(rows, first):
                if extent.stop is not None and number >= extent.stop:
                    return
                if number >= extent.start:
                    yield number, row
        first = after


def _article(row: dict[str, Any], place: str, options: ReadOptions) -> Item:
    return from_row({key: _as_json(value) for key, value in row.items()}, place, options)


def _as_json(value: Any) -> Any:
    """A value as JSON has it: dates as text, bytes as UTF-8, no NaN."""
    match value:
        case bool() | str() | int() | None:
            return value
        case float():
            return value if math.isfinite(value) else None
        case date():  # also a datetime
            return value.isoformat()
        case bytes():
            return value.decode("utf-8", "replace")
        case list():
            return [_as_json(item) for item in value]
        case dict():
            return {str(key): _as_json(item) for key, item in value.items()}
    return str(value)
