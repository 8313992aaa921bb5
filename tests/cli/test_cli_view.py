"""``newsparse view``."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest

ESCAPE = "\x1b"


def test_plain_in_a_pipe(run: Any, events: Path) -> None:
    result = run("view", events)
    assert (result.code, result.err) == (0, "")
    assert ESCAPE not in result.out
    assert "will [end]\n" in result.out


def test_reads_stdin_without_being_told(run: Any, articles: Path) -> None:
    piped = articles.read_bytes()
    assert run("view", stdin=piped).out == run("view", "-", stdin=piped).out == run("view", articles).out


def test_colour_on_a_terminal(run_on_terminal: Any, events: Path) -> None:
    assert ESCAPE in run_on_terminal("view", events).out


@pytest.mark.parametrize("env", [{"NO_COLOR": "1"}, {"TERM": "dumb"}, {"NEWSPARSE_COLOR": "never"}])
def test_no_colour_on_a_terminal(env: dict[str, str], run_on_terminal: Any, events: Path) -> None:
    assert ESCAPE not in run_on_terminal("view", events, env=env).out


@pytest.mark.parametrize(
    ("args", "env"),
    [([], {"FORCE_COLOR": "1"}), (["--color", "always"], {"NO_COLOR": "1"}), ([], {"NEWSPARSE_VIEW_COLOR": "always"})],
)
def test_colour_in_a_pipe(args: list[str], env: dict[str, str], run: Any, events: Path) -> None:
    assert ESCAPE in run("view", *args, events, env=env).out


@pytest.mark.parametrize("width", [40, 60, 100])
def test_wraps(width: int, run: Any, articles: Path) -> None:
    lines = run("view", articles, env={"COLUMNS": str(width)}).out.splitlines()
    assert max(len(line) for line in lines if "://" not in line) == width


def test_invalid_lines_are_told_and_the_rest_is_shown(run: Any, events: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.jsonl"
    broken.write_text("{}\n" + events.read_text())
    result = run("view", broken)
    assert result.code == 1
    assert result.err.startswith(f"failed: {broken}:1: schema: must be newsparse/event/1")
    assert result.out == run("view", events).out


def test_damaged_file(run: Any, events: Path, tmp_path: Path) -> None:
    damaged = tmp_path / "events.jsonl.gz"
    damaged.write_bytes(gzip.compress(events.read_bytes(), mtime=0)[:-20])
    result = run("view", damaged)
    assert result.code == 1
    assert f"Error: {damaged}: the gzip data is damaged" in result.err
