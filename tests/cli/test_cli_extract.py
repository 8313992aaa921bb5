"""``newsparse extract``: what it makes of the extractor's records, and with the pipeline that ships."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from newsparse.validation import check_line

FAKE = [sys.executable, str(Path(__file__).with_name("with_fake_extractor.py"))]


def articles(*texts: str) -> str:
    rows = [{"id": f"a{number}", "text": f"This is what {text} did."} for number, text in enumerate(texts, 1)]
    return "".join(json.dumps(row) + "\n" for row in rows)


@pytest.fixture
def extract(run: Callable[..., Any]) -> Callable[..., Any]:
    def run_extract(*args: str, stdin: str = articles("he")) -> Any:
        return run("extract", "-", *args, stdin=stdin, command=FAKE)

    return run_extract


def lines(result: Any) -> list[Any]:
    return [json.loads(line) for line in result.out.splitlines()]


def test_event_records(extract: Callable[..., Any]) -> None:
    result = extract(stdin=articles("he", "she"))
    assert result.code == 0
    assert [record["schema"] for record in lines(result)] == ["newsparse/event/1"] * 6
    assert [record["article"]["id"] for record in lines(result)] == ["a1"] * 3 + ["a2"] * 3
    assert result.err.startswith("newsparse: 2 articles, 6 events, 0 failed, ")


def test_article_records(extract: Callable[..., Any]) -> None:
    (record,) = lines(extract("--records", "article"))
    assert record["schema"] == "newsparse/article/1"
    assert len(record["events"]) == 3


@pytest.mark.parametrize(("minimum", "kept"), [("0.55", 3), ("0.9", 1), ("1", 0)])
@pytest.mark.parametrize("records", ["event", "article"])
def test_min_confidence(minimum: str, kept: int, records: str, extract: Callable[..., Any]) -> None:
    result = extract("--records", records, "--min-confidence", minimum)
    found = lines(result)
    assert (len(found) if records == "event" else len(found[0]["events"])) == kept
    assert f" {kept} event" in result.err


def test_crash_on_one_article(extract: Callable[..., Any], tmp_path: Path) -> None:
    result = extract("--errors", "failed.jsonl", "--records", "article", stdin=articles("he", "a crash", "she"))
    assert result.code == 1
    assert [record["article"]["id"] for record in lines(result)] == ["a1", "a3"]
    assert result.err.splitlines()[0] == "failed: a2: it crashed (pipeline, crash)"
    expected = {
        "source": "a2",
        "stage": "pipeline",
        "error": {"code": "crash", "message": "it crashed"},
        "status": None,
    }
    assert json.loads((tmp_path / "failed.jsonl").read_text()) == expected


@pytest.mark.parametrize("bad", ["a crash", "odd things"])
def test_fail_fast(bad: str, extract: Callable[..., Any], tmp_path: Path) -> None:
    result = extract("--fail-fast", stdin=articles("he", bad, "she"))
    assert result.code == 1
    assert {record["article"]["id"] for record in lines(result)} == {"a1"}
    assert extract("--fail-fast", "-o", "out.jsonl", stdin=articles("he", bad, "she")).code == 1
    assert list(tmp_path.iterdir()) == []


def test_record_that_cannot_be_written(extract: Callable[..., Any]) -> None:
    result = extract(stdin=articles("odd things", "he"))
    assert result.code == 1
    assert {record["article"]["id"] for record in lines(result)} == {"a2"}
    assert "(write, not-writable)" in result.err


def test_output_is_refused_before_anything_is_loaded(extract: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "out.jsonl").touch()
    result = extract("-o", "out.jsonl", "--pipeline", "buggy")
    assert result.code == 2
    assert "Error: out.jsonl exists already; --force overwrites it." in result.err


@pytest.mark.parametrize(
    ("pipeline", "code", "message"),
    [
        ("missing", 2, "Error: the pipeline 'missing' is not installed"),
        ("buggy", 1, "Error: internal error, TypeError: a bug (--debug shows where)"),
    ],
)
def test_errors_have_a_traceback_only_if_asked_for(
    pipeline: str, code: int, message: str, extract: Callable[..., Any], run: Callable[..., Any], tmp_path: Path
) -> None:
    result = extract("--pipeline", pipeline, "-o", "out.jsonl")
    assert (result.code, result.err.splitlines()) == (code, [message])
    result = extract("--pipeline", pipeline, "-o", "out.jsonl", "--debug")
    assert (result.code, result.err.splitlines()[-1]) == (code, message)
    assert "Traceback" in result.err
    result = run("--debug", "extract", "-", "--pipeline", pipeline, command=FAKE)
    assert "Traceback" in result.err
    assert list(tmp_path.iterdir()) == []


STORY = {
    "id": "harwick",
    "title": "Harwick ends jail data deal with state police",
    "published": "2019-03-05",
    "text": "Mayor Dana Ortiz said Tuesday that the city of Harwick will end its contract with the Lakeland State "
    "Police.\n\nThe agency loses access to the Jail Intake Registry, a database of arrests.",
}


def test_with_the_pipeline_that_ships(run: Any) -> None:
    result = run("extract", "-", "--records", "article", "--explain", stdin=json.dumps(STORY))
    assert result.code == 0, result.err
    (record,) = lines(result)
    assert check_line(result.out.encode()) == []
    assert record["article"]["text"] == f"{STORY['title']}\n\n{STORY['text']}"
    assert "agreement.end" in {event["type"] for event in record["events"]}
    assert all(event["explain"] for event in record["events"])
    again = run("extract", stdin=run("fetch", stdin=json.dumps(STORY)).out)
    assert [event["id"] for event in lines(again)] == [event["id"] for event in record["events"]]


def test_interrupt_with_the_pipeline_that_ships(start: Callable[..., Any], tmp_path: Path) -> None:
    process: subprocess.Popen[bytes]
    with start("extract", "-", "-v", "-o", "out.jsonl") as process:
        assert process.stdin is not None
        assert process.stderr is not None
        process.stdin.write(json.dumps(STORY).encode() + b"\n")
        process.stdin.flush()
        assert process.stderr.readline().startswith(b"pipeline en_newsparse")
        assert process.stderr.readline().startswith(b"harwick: ")
        process.send_signal(signal.SIGINT)
        assert process.stderr.read().strip() == b""
    assert process.returncode == 130
    assert list(tmp_path.iterdir()) == []
