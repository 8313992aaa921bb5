"""Streams, files and exit codes of a run, seen with ``newsparse fetch`` on local articles: no pipeline to load."""

from __future__ import annotations

import gzip
import json
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

BODY = "The city council of Harwick voted on Tuesday to end the contract.\n\nIt takes effect in May, the mayor said."


def article(number: int, **more: Any) -> str:
    return json.dumps({"id": f"a{number}", "title": f"Story {number}", "text": BODY, **more}) + "\n"


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    """Three articles, the second of which is broken."""
    path = tmp_path / "in.jsonl"
    path.write_text(article(1) + "{broken\n" + article(3))
    return path


def ids(text: str) -> list[str]:
    return [json.loads(line)["id"] for line in text.splitlines()]


def left_behind(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} - {"in.jsonl"}


def test_all_done(run: Any) -> None:
    result = run("fetch", "-", stdin=article(1) + article(2))
    assert result.code == 0
    assert ids(result.out) == ["a1", "a2"]
    assert result.err.startswith("newsparse: 2 articles, 0 failed, ")
    assert result.err.count("\n") == 1


def test_stdin_without_being_told(run: Any) -> None:
    assert ids(run("fetch", stdin=article(1)).out) == ["a1"]


def test_some_failed(run: Any, inputs: Path) -> None:
    result = run("fetch", inputs, "no-such-file.html")
    assert result.code == 1
    assert ids(result.out) == ["a1", "a3"]
    lines = result.err.splitlines()
    assert lines[0].startswith(f"failed: {inputs}:2: ")
    assert lines[1].startswith("failed: no such file: no-such-file.html")
    assert lines[2].startswith("newsparse: 2 articles, 2 failed, ")


def test_quiet_still_tells_failures(run: Any, inputs: Path) -> None:
    result = run("fetch", "-q", inputs)
    assert result.code == 1
    (line,) = result.err.splitlines()
    assert line.startswith(f"failed: {inputs}:2: ")
    assert line.count(str(inputs)) == 1


def test_verbose_tells_every_article(run: Any) -> None:
    assert run("fetch", "-v", "-", stdin=article(1)).err.startswith("a1\n")


def test_errors_file(run: Any, inputs: Path, tmp_path: Path) -> None:
    result = run("fetch", inputs, "--errors", "failed.jsonl")
    assert "failed: " in result.err
    (error,) = map(json.loads, (tmp_path / "failed.jsonl").read_text().splitlines())
    assert list(error) == ["source", "stage", "error", "status"]
    assert error["source"] == f"{inputs}:2"
    assert list(error["error"]) == ["code", "message"]


def test_errors_file_without_errors_is_empty(run: Any, tmp_path: Path) -> None:
    assert run("fetch", "-", "--errors", "failed.jsonl", stdin=article(1)).code == 0
    assert (tmp_path / "failed.jsonl").read_bytes() == b""


def test_fail_fast(run: Any, inputs: Path, tmp_path: Path) -> None:
    result = run("fetch", "--fail-fast", inputs)
    assert result.code == 1
    assert ids(result.out) == ["a1"]
    result = run("fetch", "--fail-fast", inputs, "-o", "out.jsonl", "--errors", "failed.jsonl")
    assert result.code == 1
    assert left_behind(tmp_path) == {"failed.jsonl"}


def test_limit(run: Any, inputs: Path) -> None:
    result = run("fetch", "--limit", "1", inputs)
    assert result.code == 0
    assert ids(result.out) == ["a1"]


def test_published(run: Any) -> None:
    dated = article(2, published="2020-01-02")
    result = run("fetch", "--published", "2019-03-05", "-", stdin=article(1) + dated)
    assert [json.loads(line)["published"] for line in result.out.splitlines()] == ["2019-03-05", "2020-01-02"]


def test_option_from_the_environment(run: Any) -> None:
    both = article(1) + article(2)
    assert ids(run("fetch", "-", stdin=both, env={"NEWSPARSE_LIMIT": "1"}).out) == ["a1"]
    env = {"NEWSPARSE_LIMIT": "1", "NEWSPARSE_FETCH_LIMIT": "2"}
    assert ids(run("fetch", "-", stdin=both, env=env).out) == ["a1", "a2"]


def test_output_file(run: Any, tmp_path: Path) -> None:
    result = run("fetch", "-", "-o", "out.jsonl", stdin=article(1))
    assert (result.code, result.out) == (0, "")
    assert ids((tmp_path / "out.jsonl").read_text()) == ["a1"]
    assert left_behind(tmp_path) == {"out.jsonl"}


def test_output_file_exists(run: Any, tmp_path: Path) -> None:
    output = tmp_path / "out.jsonl"
    output.write_text("precious")
    result = run("fetch", "-", "-o", "out.jsonl", stdin=article(1))
    assert result.code == 2
    assert "--force" in result.err
    assert output.read_text() == "precious"
    assert run("fetch", "-", "-o", "out.jsonl", "--force", stdin=article(1)).code == 0
    assert ids(output.read_text()) == ["a1"]


def test_compressed_output_is_the_same_each_time(run: Any, tmp_path: Path) -> None:
    for name in ("a.jsonl.gz", "b.jsonl.gz"):
        assert run("fetch", "-", "-o", name, stdin=article(1)).code == 0
    assert (tmp_path / "a.jsonl.gz").read_bytes() == (tmp_path / "b.jsonl.gz").read_bytes()
    assert ids(gzip.decompress((tmp_path / "a.jsonl.gz").read_bytes()).decode()) == ["a1"]


def test_fetched_articles_can_be_read_again(run: Any) -> None:
    text = f"  {BODY}\n\n\tThe “end”, naïve 😀.\n"
    odd = article(1, text=text, url="https://a.example/1", desk="metro", authors=["Sam Field"])
    first = run("fetch", "-", stdin=odd).out
    assert run("fetch", "-", stdin=first).out == first
    keys = ["id", "url", "title", "published", "site", "authors", "language", "retrieved", "text", "desk"]
    assert list(json.loads(first)) == keys
    assert json.loads(first)["text"] == json.loads(odd)["text"]


def test_utf8_whatever_the_locale(run: Any) -> None:
    result = run("fetch", "-", stdin=article(1, title="Zoë 😀"), env={"LC_ALL": "C", "PYTHONUTF8": "0"})
    assert "Zoë 😀" in result.out


def test_reader_that_goes_away(start: Callable[..., subprocess.Popen[bytes]], tmp_path: Path) -> None:
    many = tmp_path / "in.jsonl"
    many.write_text("".join(map(article, range(2000))))
    with start("fetch", many) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_interrupt(sent: signal.Signals, start: Callable[..., subprocess.Popen[bytes]], tmp_path: Path) -> None:
    with start("fetch", "-", "-v", "-o", "out.jsonl", "--errors", "failed.jsonl") as process:
        assert process.stdin is not None
        assert process.stderr is not None
        process.stdin.write(article(1, published="2024-05-02").encode())
        process.stdin.flush()
        assert process.stderr.readline() == b"a1\n"
        process.send_signal(sent)
        assert process.stderr.read().strip() == b""
    assert process.returncode == {signal.SIGINT: 130, signal.SIGTERM: 143}[sent]
    assert left_behind(tmp_path) == set()


def test_records_come_at_once(start: Callable[..., subprocess.Popen[bytes]]) -> None:
    with start("fetch", "-") as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(article(1).encode())
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["id"] == "a1"
        process.communicate(article(2).encode())
    assert process.returncode == 0


def test_count_on_a_terminal_only(run: Any, run_on_terminal: Any, inputs: Path) -> None:
    shown = run_on_terminal("fetch", inputs, "-o", "out.jsonl", streams=("stderr",)).out
    assert "0 articles" in shown
    assert shown.rstrip().splitlines()[-1].endswith(" s")
    for args in (["--no-progress"], ["-q"], ["-v"]):
        assert " articles [" not in run_on_terminal("fetch", *args, inputs, "-o", "-", streams=("stderr",)).out
    assert " articles [" not in run("fetch", inputs).err
    assert " articles [" in run("fetch", "--progress", inputs).err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux only")
@pytest.mark.parametrize("args", [["fetch", "-"], ["schema"], ["--help"]])
def test_no_space_left(args: list[str], start: Callable[..., subprocess.Popen[bytes]]) -> None:
    with Path("/dev/full").open("w") as full, start(*args, stdout=full) as process:
        message = process.communicate(article(1).encode())[1]
    assert process.returncode == 1
    assert message == b"Error: [Errno 28] No space left on device\n"


@pytest.mark.parametrize("args", [["schema"], ["--help"], ["extract", "-h"]])
def test_reader_that_is_not_there(args: list[str], start: Callable[..., subprocess.Popen[bytes]]) -> None:
    with start(*args) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0
