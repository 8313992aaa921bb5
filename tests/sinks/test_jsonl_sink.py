"""JSON Lines."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest

from newsparse.records import Span
from newsparse.sinks import JsonlSink, open_sink


@pytest.mark.parametrize(
    ("record", "line"),
    [
        ({"b": 1, "a": None}, '{"b": 1, "a": null}'),
        ({"name": "Zoë 😀"}, '{"name": "Zoë 😀"}'),
        ({"text": "two\nlines\u2028"}, '{"text": "two\\nlines\u2028"}'),
        (Span(text="naïve", start=3, end=8), '{"text":"naïve","start":3,"end":8}'),
    ],
)
def test_one_line_each(record: Any, line: str) -> None:
    stream = io.StringIO()
    JsonlSink(stream).write(record)
    assert stream.getvalue() == line + "\n"


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "half a pair \ud83d"])
def test_what_cannot_be_written_leaves_nothing(value: Any, tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    with open_sink(str(target)) as sink:
        sink.write({"before": 1})
        with pytest.raises(ValueError):  # noqa: PT011  # json and the codec word it differently
            sink.write({"text": "x", "value": value})
        sink.write({"after": 1})
    assert target.read_text() == '{"before": 1}\n{"after": 1}\n'


def test_flushes_after_every_record() -> None:
    class Watched(io.StringIO):
        flushed = 0

        def flush(self) -> None:
            self.flushed += 1

    stream = Watched()
    sink = JsonlSink(stream, flush=True)
    sink.write({})
    sink.write({})
    assert stream.flushed == 2
