"""The command as a user runs it: a process with streams, a terminal or a pipe at each."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import newsparse

COMMAND = [sys.executable, "-m", "newsparse"]
SAMPLES = Path(__file__).parents[1] / "records"
PATIENCE = 60
"""Seconds to wait for a process before the test fails."""


@dataclass(frozen=True)
class Result:
    """What a finished process left."""

    code: int
    out: str
    err: str


@pytest.fixture
def environment() -> dict[str, str]:
    """The environment without what would change the outcome."""
    decides = ("NEWSPARSE", "NO_COLOR", "FORCE_COLOR", "COLUMNS", "TERM")
    clean = {name: value for name, value in os.environ.items() if not name.startswith(decides)}
    return clean | {"PYTHONPATH": str(Path(newsparse.__file__).parents[1]), "TERM": "xterm"}


Run = Callable[..., Result]


@pytest.fixture
def run(environment: dict[str, str], tmp_path: Path) -> Run:
    """Run the command in an empty folder with pipes at all streams."""

    def run_process(
        *args: str | Path,
        stdin: str | bytes = b"",
        env: Mapping[str, str] | None = None,
        command: Sequence[str] = COMMAND,
    ) -> Result:
        done = subprocess.run(
            [*command, *map(str, args)],
            input=stdin.encode() if isinstance(stdin, str) else stdin,
            capture_output=True,
            env=environment | dict(env or {}),
            cwd=tmp_path,
            timeout=PATIENCE,
            check=False,
        )
        return Result(done.returncode, done.stdout.decode(), done.stderr.decode())

    return run_process


@pytest.fixture
def start(environment: dict[str, str], tmp_path: Path) -> Callable[..., subprocess.Popen[bytes]]:
    """Start the command with pipes at all streams."""

    def start_process(*args: str | Path, stdout: Any = subprocess.PIPE) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [*COMMAND, *map(str, args)],
            stdin=subprocess.PIPE,
            stdout=stdout,
            stderr=subprocess.PIPE,
            env=environment,
            cwd=tmp_path,
        )

    return start_process


@pytest.fixture
def run_on_terminal(environment: dict[str, str], tmp_path: Path) -> Run:
    """Run the command with a terminal at the named streams; what the terminal shows comes as ``out``."""

    def run_process(
        *args: str | Path,
        streams: tuple[str, ...] = ("stdin", "stdout", "stderr"),
        env: Mapping[str, str] | None = None,
    ) -> Result:
        ours, theirs = pty.openpty()
        termios.tcsetwinsize(theirs, (24, 80))
        stdin, stdout, stderr = (
            theirs if name in streams else subprocess.DEVNULL for name in ("stdin", "stdout", "stderr")
        )
        process = subprocess.Popen(
            [*COMMAND, *map(str, args)],
            stdin=stdin,
            stdout=stdout,
            stderr=stderr,
            env=environment | dict(env or {}),
            cwd=tmp_path,
        )
        os.close(theirs)
        shown = _read_terminal(ours)
        return Result(process.wait(PATIENCE), shown.decode(), "")

    return run_process


def _read_terminal(descriptor: int) -> bytes:
    """Read until the other end is closed, which a terminal tells by an error."""
    shown = b""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if not select.select([descriptor], [], [], 1)[0]:
            continue
        try:
            piece = os.read(descriptor, 65536)
        except OSError:
            break
        if not piece:
            break
        shown += piece
    os.close(descriptor)
    return shown


@pytest.fixture
def articles() -> Path:
    """A file with one article record."""
    return SAMPLES / "articles.jsonl"


@pytest.fixture
def events() -> Path:
    """A file with the event records of the same article."""
    return SAMPLES / "events.jsonl"
