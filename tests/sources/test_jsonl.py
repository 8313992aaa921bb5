from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from local_web import PAGE, PROSE

from newsparse.article import NO_DATE, Article
from newsparse.sources import Failure, ReadOptions, Source, read
from newsparse.sources.dates import iso_date
from newsparse.sources.jsonl import read_stream

GOOD = '{"text": "The mayor said so."}'


def items(tmp_path: Path, data: str | bytes, **options: Any) -> list[Article | Failure]:
    path = tmp_path / "a.jsonl"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return list(read(Source("jsonl", str(path)), ReadOptions(**options)))


def one(tmp_path: Path, **row: Any) -> Article:
    [item] = items(tmp_path, json.dumps(row))
    assert isinstance(item, Article), item
    return item


def codes(found: list[Article | Failure]) -> list[str | None]:
    return [item.code if isinstance(item, Failure) else None for item in found]


def test_all_fields(tmp_path: Path) -> None:
    row = {
        "id": "x1", "url": "https://echo.example/a", "title": "Mayor quits", "published": "2018-07-27", "site": "echo",
        "authors": ["A", "B"], "language": "en-GB", "retrieved": "2026-11-23T10:00:00Z", "text": f" {PROSE}\n",
        "extra": {"a": 1}, "topic": ["b"], "words": 3.5,
    }  # fmt: skip
    found = one(tmp_path, **row)
    assert found.text == f"Mayor quits\n\n {PROSE}\n"
    assert (found.id, found.url, found.published, found.site) == ("x1", row["url"], "2018-07-27", "echo")
    assert (found.authors, found.language, found.retrieved) == (("A", "B"), "en", "2026-11-23T10:00:00Z")
    assert found.extra == {"a": 1, "topic": ["b"], "words": 3.5}
    assert found.warnings == ()


def test_text_alone(tmp_path: Path) -> None:
    found = one(tmp_path, text=PROSE, title=None, authors=None, published="", extra=None)
    assert (found.text, found.title, found.site, found.authors, found.extra) == (PROSE, None, None, (), {})
    assert found.id.startswith("ar-")
    assert found.warnings == (NO_DATE,)


def test_html(tmp_path: Path) -> None:
    found = one(tmp_path, html=PAGE, url="https://echo.example/a", title="Given", topic="b")
    assert (found.title, found.published, found.url) == ("Given", "2016-02-22", "https://echo.example/a")
    assert found.extra == {"topic": "b"}


def test_text_comes_before_html(tmp_path: Path) -> None:
    assert one(tmp_path, html=PAGE, text="The mayor said so.").text == "The mayor said so."
    assert one(tmp_path, html=PAGE, text="").title == "Council ends contract"


@pytest.mark.parametrize(("value", "taken"), [("a", "a"), (7, "7"), (0, "0")])
def test_ids(tmp_path: Path, value: object, taken: str) -> None:
    assert one(tmp_path, id=value, text=PROSE).id == taken


@pytest.mark.parametrize(("value", "taken"), [("A", ("A",)), ("", ()), ([], ()), (["A", "B"], ("A", "B"))])
def test_authors(tmp_path: Path, value: object, taken: tuple[str, ...]) -> None:
    assert one(tmp_path, authors=value, text=PROSE).authors == taken


def test_the_same_id_twice_is_kept(tmp_path: Path) -> None:
    found = items(tmp_path, '{"id": "1", "text": "The mayor."}\n' * 2)
    assert [item.id for item in found if isinstance(item, Article)] == ["1", "1"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", True),
        ("id", 1.5),
        ("url", 5),
        ("title", ["T"]),
        ("published", 1532649600),
        ("site", {}),
        ("authors", [1]),
        ("authors", {"name": "A"}),
        ("language", 1),
        ("retrieved", []),
        ("text", ["a"]),
        ("html", 1),
        ("extra", "x"),
    ],
)
def test_wrong_types_are_named(tmp_path: Path, field: str, value: object) -> None:
    [failure, article] = items(tmp_path, json.dumps({"text": PROSE} | {field: value}) + "\n" + GOOD)
    assert isinstance(failure, Failure)
    assert (failure.stage, failure.code) == ("read", "bad-field")
    assert f"a.jsonl:1: {field} is {type(value).__name__}" in failure.message
    assert isinstance(article, Article)


@pytest.mark.parametrize(
    ("line", "code", "part"),
    [
        ("{", "bad-json", "no valid JSON"),
        ('{"text": "cut', "bad-json", "no valid JSON"),
        ("5", "bad-json", "no JSON object"),
        ("null", "bad-json", "no JSON object"),
        ("[1]", "bad-json", "no JSON object"),
        (b'{"text": "\xff"}', "bad-json", "utf-8"),
        ('{"text": "a", "x": NaN}', "bad-json", "NaN"),
        ('{"text": "a", "x": -Infinity}', "bad-json", "Infinity"),
        ('{"text": "a", "x": 1e999}', "bad-json", "too large"),
        ('{"x": ' + "[" * 100_000 + "]" * 100_000 + "}", "bad-json", "nested"),
        ("{}", "no-text", "neither text nor html"),
        ('{"text": null, "html": ""}', "no-text", "neither text nor html"),
        ('{"url": "https://echo.example/a"}', "no-text", "neither"),
        ('{"text": "  "}', "empty", "empty"),
        ('{"text": "The mayor.", "language": "de"}', "language", "de"),
        ('{"html": "<p>Nothing.</p>"}', "no-article", "no article"),
        ('{"text": "' + "x" * 300_000 + '"}', "line-too-long", "longer than 0.25 MB"),
    ],
)
def test_a_bad_line_does_not_stop_the_others(tmp_path: Path, line: str | bytes, code: str, part: str) -> None:
    data = (line.encode() if isinstance(line, str) else line).join([f"{GOOD}\n\n".encode(), f"\n{GOOD}\n".encode()])
    found = items(tmp_path, data, max_line_bytes=250_000)
    assert codes(found) == [None, code, None]
    failure = found[1]
    assert isinstance(failure, Failure)
    assert failure.source == f"{tmp_path}/a.jsonl:3"
    assert part in failure.message


def test_line_numbers_after_a_line_that_is_too_long(tmp_path: Path) -> None:
    found = items(tmp_path, f"{'x' * 300_000}\n{{}}\n{'y' * 101}", max_line_bytes=100)
    assert [item.source.rpartition(":")[2] for item in found if isinstance(item, Failure)] == ["1", "2", "3"]
    assert codes(found) == ["line-too-long", "no-text", "line-too-long"]


@pytest.mark.parametrize("start", ['[{"text": "The mayor."}]', '[\n{"text": "The mayor."}\n]', '{\n "text": "x"\n}\n'])
def test_a_json_document_is_told_once(tmp_path: Path, start: str) -> None:
    [failure] = items(tmp_path, start)
    assert isinstance(failure, Failure)
    assert failure.code == "not-jsonl"
    assert "jq -c" in failure.message


def test_empty_lines_and_a_byte_order_mark(tmp_path: Path) -> None:
    assert codes(items(tmp_path, b"\xef\xbb\xbf" + f"{GOOD}\r\n\r\n \n{GOOD}".encode())) == [None, None]
    assert items(tmp_path, "") == []


def test_cut_off_gzip_is_told(tmp_path: Path) -> None:
    data = gzip.compress("".join(json.dumps({"text": f"The mayor {n}."}) + "\n" for n in range(2000)).encode(), mtime=0)
    found = items(tmp_path, data[: len(data) // 2])
    assert codes(found)[-1] == "damaged-gzip"
    assert codes(items(tmp_path, data)) == [None] * 2000


def test_what_no_output_can_carry(tmp_path: Path) -> None:
    [item] = items(
        tmp_path,
        r'{"text": "The \ud800 \u0000 mayor", "title": "\ud83d\ude00", "k\udfff": ["\ud800", {"a": "\u00e9"}]}',
    )
    assert isinstance(item, Article)
    assert item.text == "😀\n\nThe \ufffd \ufffd mayor"
    assert item.extra == {"k\ufffd": ["\ufffd", {"a": "é"}]}


@pytest.mark.parametrize(
    ("value", "date", "warned"),
    [
        ("2018-07-27", "2018-07-27", False),
        (" 2018-07-27T23:30:00-05:00 ", "2018-07-27", False),
        ("2018-07-27 10:00", "2018-07-27", False),
        ("July 27, 2018", "2018-07-27", False),
        ("Fri, 27 Jul 2018 10:00:00 GMT", "2018-07-27", False),
        ("27/07/2018", "2018-07-27", False),
        ("07/27/2018", "2018-07-27", False),
        ("03/04/2018", "2018-03-04", True),
        ("2018-02-30", None, True),
        ("July 2018", None, True),
        ("2018", None, True),
        ("yesterday", None, True),
        ("nonsense", None, True),
        ("9" * 5000, None, True),
    ],
)
def test_dates(tmp_path: Path, value: str, date: str | None, warned: bool) -> None:
    assert iso_date(value)[0] == date
    found = one(tmp_path, text=PROSE, published=value)
    assert found.published == date
    assert any(note.startswith("published") for note in found.warnings) is warned
    assert (NO_DATE in found.warnings) is (date is None)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.one_of(st.binary(max_size=60), st.just(GOOD.encode())), max_size=6))
def test_no_line_is_lost(lines: list[bytes]) -> None:
    import io

    lines = [line.replace(b"\n", b" ") for line in lines]
    stream = io.BufferedReader(io.BytesIO(b"\n".join(lines)))  # type: ignore[arg-type]
    found = list(read_stream(stream, "a", ReadOptions()))
    told_once = any(isinstance(item, Failure) and item.code == "not-jsonl" for item in found)
    assert told_once or len(found) == sum(bool(line.rstrip()) for line in lines)
