r"""JSON Lines: one object a line, UTF-8 without escapes, ``\n``, no NaN."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from newsparse.sinks import JsonRecord


class JsonlSink:
    """Writes records as JSON Lines.

    Args:
        stream: where to write.
        flush: flush after every record, so that whoever reads the pipe gets it at once.
    """

    def __init__(self, stream: TextIO, flush: bool = False) -> None:
        self._stream = stream
        self._flush = flush

    def write(self, record: JsonRecord | Mapping[str, Any]) -> None:
        """Write one record as one line.

        Raises:
            ValueError: if the record holds what JSON or UTF-8 cannot say: NaN, half a surrogate pair. Then
                nothing of it is written.
        """
        line = encode(record) + "\n"
        line.encode()  # A text stream may have taken half of the line before it meets what it cannot encode.
        self._stream.write(line)
        if self._flush:
            self._stream.flush()


def encode(record: JsonRecord | Mapping[str, Any]) -> str:
    """One line of JSON without its line end.

    Raises:
        ValueError: if the record holds NaN or an infinite number.
    """
    if isinstance(record, Mapping):
        return json.dumps(record, ensure_ascii=False, allow_nan=False)
    return record.to_json()
