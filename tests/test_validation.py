"""Validation, and that a consumer with nothing but the JSON Schema comes to the same verdict."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from newsparse.schema import json_schema
from newsparse.validation import check_line

SAMPLES = Path(__file__).parent / "records"


def sample(name: str) -> Any:
    return json.loads((SAMPLES / f"{name}s.jsonl").read_text().splitlines()[0])


def check(record: Any) -> list[str]:
    return [str(problem) for problem in check_line(json.dumps(record).encode())]


def fits_schema(name: str, record: Any) -> bool:
    return jsonschema.Draft202012Validator(json_schema(name)).is_valid(record)


@pytest.mark.parametrize("name", ["event", "article"])
def test_schema_is_valid_and_says_what_it_is(name: str) -> None:
    schema = json_schema(name)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$id"] == f"urn:newsparse:schema:{name}:1"
    assert schema["properties"]["schema"]["const"] == f"newsparse/{name}/1"
    assert "from" in json.dumps(schema)
    assert "from_" not in json.dumps(schema)


@pytest.mark.parametrize("name", ["event", "article"])
def test_every_key_is_required_but_what_is_asked_for(name: str) -> None:
    schema = json_schema(name)
    for part in [schema, *schema["$defs"].values()]:
        optional = set(part["properties"]) - set(part["required"])
        assert optional <= {"explain", "duplicate_of", "same_as"}
        assert part["additionalProperties"] is False


@pytest.mark.parametrize("name", ["event", "article"])
def test_samples_are_valid(name: str) -> None:
    assert check(sample(name)) == []
    assert fits_schema(name, sample(name))


def delete(*path: Any) -> Callable[[Any], None]:
    def change(record: Any) -> None:
        for step in path[:-1]:
            record = record[step]
        del record[path[-1]]

    return change


def put(value: Any, *path: Any) -> Callable[[Any], None]:
    def change(record: Any) -> None:
        for step in path[:-1]:
            record = record[step]
        record[path[-1]] = value

    return change


@pytest.mark.parametrize(
    ("name", "change", "problem"),
    [
        ("event", delete("status"), "status: missing"),
        ("event", delete("mentions", 0, "sentence", "end"), "mentions[0].sentence.end: missing"),
        ("event", put("done", "status"), "status: Input should be 'actual', 'planned'"),
        ("event", put("0.5", "confidence"), "confidence: Input should be a valid number"),
        ("event", put(1.5, "confidence"), "confidence: Input should be less than or equal to 1"),
        ("event", put(None, "summary"), "summary: Input should be a valid string"),
        ("event", put(1, "main"), "main: Input should be a valid boolean"),
        ("event", put(-1, "actors", 0, "start"), "actors[0].start: Input should be greater"),
        ("event", put("x", "extra"), "extra: unknown key"),
        ("event", put("x", "time", "from_"), "time.from_: unknown key"),
        ("article", put("x", "events", 0, "article"), "events[0].article: unknown key"),
        ("article", put("noun", "entities", 0, "mentions", 1, "kind"), "entities[0].mentions[1].kind: Input should"),
        ("article", put("YEAR", "times", 0, "type"), "times[0].type: Input should be 'DATE'"),
    ],
)
def test_shape(name: str, change: Callable[[Any], None], problem: str) -> None:
    record = sample(name)
    change(record)
    problems = check(record)
    assert len(problems) == 1
    assert problems[0].startswith(problem)
    assert not fits_schema(name, record)


def move(*path: Any) -> Callable[[Any], None]:
    """Shift a span by one without changing its length."""

    def change(record: Any) -> None:
        for step in path:
            record = record[step]
        record["start"] += 1
        record["end"] += 1

    return change


@pytest.mark.parametrize(
    "path",
    [
        ("entities", 0, "mentions", 1),
        ("events", 0, "actors", 0),
        ("events", 0, "agreements", 0),
        ("events", 1, "databases", 0),
        ("events", 2, "objects", 0),
        ("events", 0, "places", 0),
        ("events", 0, "time"),
        ("events", 2, "reason"),
        ("events", 0, "mentions", 1, "sentence"),
        ("quotes", 0),
        ("quotes", 0, "speaker"),
        ("quotes", 0, "cue"),
        ("times", 0),
    ],
)
def test_every_span_of_an_article_record_is_checked(path: tuple[Any, ...]) -> None:
    record = sample("article")
    move(*path)(record)
    shown = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)[1:]
    assert any(problem.startswith(f"{shown}: text is ") for problem in check(record))


@pytest.mark.parametrize(
    ("name", "change", "problem"),
    [
        ("event", move("mentions", 0), "mentions[0]: 'ends' is not at its place in the sentence"),
        ("event", put(500, "mentions", 0, "end"), "mentions[0]: text has 4 code points, start and end are 492 apart"),
        ("article", put("en-99", "events", 0, "actors", 0, "entity"), "events[0].actors[0].entity: no entity en-99"),
        ("article", put(["en-99"], "events", 0, "agreements", 0, "parties"), "events[0].agreements[0].parties[0]: no"),
        ("article", put("en-99", "events", 1, "databases", 0, "operator"), "events[1].databases[0].operator: no"),
        ("article", put(["qu-9"], "events", 0, "quotes"), "events[0].quotes[0]: no quote qu-9"),
        ("article", put("en-99", "quotes", 0, "speaker", "entity"), "quotes[0].speaker.entity: no entity en-99"),
    ],
)
def test_what_the_shape_cannot_say(name: str, change: Callable[[Any], None], problem: str) -> None:
    record = sample(name)
    change(record)
    (found,) = check(record)
    assert found.startswith(problem)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (b"", "not JSON: Expecting value, column 1"),
        (b"{", "not JSON: "),
        (b"[]\n", "not a JSON object"),
        (b"{}\n", "schema: must be newsparse/event/1 or newsparse/article/1"),
        (b'{"schema": ["newsparse/event/1"]}', "schema: must be"),
        (b'{"schema": "newsparse/event/2"}', "schema: must be"),
        (b'{"schema": "newsparse/event/1", "confidence": NaN}', "not JSON: NaN is no JSON number"),
        (b'{"a": "\xff"}', "not UTF-8: byte 8 of the line"),
        (b"[" * 100_000, "not JSON: "),
        (b'\xef\xbb\xbf{"schema": "newsparse/event/1"}', "not JSON: "),
    ],
)
def test_lines_that_are_no_records(line: bytes, problem: str) -> None:
    (found,) = check_line(line)
    assert str(found).startswith(problem)
