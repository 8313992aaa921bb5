"""Where records go: one module per format, one registry.

``open_sink("events.jsonl")`` gives the writer for a format; ``-`` is stdout. A file appears under its name
whole, when the block is left without an error, or not at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Protocol, TextIO

from newsparse.sinks.atomic import STDOUT, open_output
from newsparse.sinks.jsonl import JsonlSink


class JsonRecord(Protocol):
    """A record of ``newsparse.records``."""

    def to_json(self) -> str:
        """One line of JSON."""


class Sink(Protocol):
    """Writes records, one after the other."""

    def write(self, record: JsonRecord | Mapping[str, Any]) -> None:
        """Write one record.

        Raises:
            ValueError: if the record cannot be written in this format; then nothing of it is written.
        """


SINKS: Mapping[str, Callable[[TextIO, bool], Sink]] = {"jsonl": JsonlSink}
"""Format name → sink, made from a text stream and whether to flush after every record."""


@contextmanager
def open_sink(target: str, *, force: bool = False, format_name: str = "jsonl") -> Iterator[Sink]:
    """Open the sink of a format on a file, or on stdout for ``-``.

    Raises:
        OutputError: if the file exists and ``force`` is not given, or cannot be made.
    """
    with open_output(target, force=force) as stream:
        yield SINKS[format_name](stream, target == STDOUT)


__all__ = ["SINKS", "STDOUT", "JsonRecord", "JsonlSink", "Sink", "open_output", "open_sink"]
