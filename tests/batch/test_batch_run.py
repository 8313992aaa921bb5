"""A run: what comes of its inputs, and what becomes of it when something goes wrong."""

from __future__ import annotations

import os
import random
import secrets
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import Ran, contents

from newsparse.batch import supervisor
from newsparse.batch.folder import RunFolder
from newsparse.batch.status import status
from newsparse.errors import BatchError

RUNNER = Path(__file__).with_name("with_fake_workers.py")
Batch = Callable[..., Ran]
Write = Callable[..., Path]


def test_records_come_in_the_order_of_the_input(batch: Batch, write: Write) -> None:
    ran = batch(write(["he did"] * 40), workers=2, shard_kb=0.3)
    assert ran.shards > 5
    assert ran.ids() == [f"a{n}" for n in range(40)]
    assert sum(done.done.articles for done in ran.completed) == 40
    assert ran.failures() == []


def test_an_article_costs_no_more_than_itself(batch: Batch, write: Write) -> None:
    texts = ["he did", "fails", "he dies at once", "it hangs", "he did", "is greedy", "it prints", "dies once"]
    path = write(texts)
    ran = batch(path, seconds=3)
    assert ran.ids() == ["a0", "a4", "a6", "a7"]
    expected = [(2, "crash"), (3, "worker-died"), (4, "timeout"), (6, "memory")]
    assert ran.failures() == [(f"{path}:{line}", code) for line, code in expected]
    assert status(ran.folder).failures == {f"pipeline/{code}": 1 for _, code in expected}


def test_bad_lines_are_told(batch: Batch, tmp_path: Path) -> None:
    path = tmp_path / "odd.jsonl"
    lines = [
        b'{"text": "This is what he did to the other."}',
        b"no json",
        b'{"text": 1}',
        b"\x00\xff\xfe\x01",
        b"",
        b"{}",
    ]
    path.write_bytes(b"\n".join(lines) + b'\n{"text": "half a')
    ran = batch(path)
    assert len(ran.ids()) == 1
    codes = ["bad-json", "bad-field", "bad-json", "no-text", "bad-json"]
    assert ran.failures() == [(f"{path}:{line}", code) for line, code in zip((2, 3, 4, 6, 7), codes, strict=True)]


def test_an_interrupted_run_ends_with_the_bytes_of_an_undisturbed_one(batch: Batch, write: Write) -> None:
    path = write(["he did"] * 40)
    undisturbed = contents(batch(path, folder="one", shard_kb=0.3).folder.path)
    ran = batch(path, folder="two", workers=2, shard_kb=0.3)
    journal = ran.folder.path / "done.jsonl"
    entries = journal.read_bytes().splitlines(keepends=True)
    # As a crash leaves it: entries in any order, the last cut off, a file of a shard half-written, another lost.
    journal.write_bytes(b"".join(reversed(entries[3:])) + entries[2][:20])
    ran.folder.file(5, "errors").unlink()
    (ran.folder.path / "records" / ".000001.jsonl.gz.0.tmp").write_bytes(b"half")
    again = batch(folder="two", workers=2)
    assert sorted(done.done.shard for done in again.completed) == [0, 1, 2, 5]
    assert contents(again.folder.path) == undisturbed


def test_killed_workers_leave_no_trace(batch: Batch, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(["takes its time"] * 60)
    undisturbed = contents(batch(path, folder="one", shard_kb=2).folder.path)
    pids: list[int] = []
    start = supervisor.Worker.wait_until_ready

    def started(worker: supervisor.Worker) -> dict[str, str]:
        names = start(worker)
        pids.append(worker.pid)
        return names

    monkeypatch.setattr(supervisor.Worker, "wait_until_ready", started)
    with _killing(lambda: pids[-1] if pids else None, 4) as killed:
        ran = batch(path, folder="two", shard_kb=2)
    assert killed
    assert contents(ran.folder.path) == undisturbed


def test_a_killed_run_goes_on(batch: Batch, write: Write, start_batch: Callable[..., Any], tmp_path: Path) -> None:
    path = write(["takes its time"] * 60)
    undisturbed = contents(batch(path, folder="one", shard_kb=1).folder.path)
    command = (path, "-o", tmp_path / "two", "--workers", "1", "--shard-size", "0.001")
    for _ in range(3):
        process = start_batch(*command)
        entered = len(RunFolder(tmp_path / "two").done())
        _wait(lambda before=entered: len(RunFolder(tmp_path / "two").done()) > before)
        process.kill()
    assert process.wait() == -signal.SIGKILL
    assert start_batch(*command).wait() == 0
    assert contents(tmp_path / "two") == undisturbed


def test_workers_end_with_their_run(write: Write, start_batch: Callable[..., Any], tmp_path: Path) -> None:
    process = start_batch(write(["it hangs"]), "-o", tmp_path / "run", "--workers", "1")
    (worker,) = _wait(lambda: _children(process.pid))
    process.kill()
    _wait(lambda: not Path(f"/proc/{worker}").exists())


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"records": "article"}, "options.records: event, now article"),
        ({"shard_kb": 3}, None),
        ({"seconds": 10}, None),
    ],
)
def test_other_settings_are_refused(changes: dict[str, Any], message: str | None, batch: Batch, write: Write) -> None:
    path = write(["he did"])
    before = contents(batch(path).folder.path)
    if message is None:
        assert contents(batch(path, **changes).folder.path) == before
        return
    with pytest.raises(BatchError, match=message):
        batch(path, **changes)
    assert contents(batch(path).folder.path) == before


def test_other_inputs_are_refused(batch: Batch, write: Write) -> None:
    batch(write(["he did"]))
    with pytest.raises(BatchError, match=r"articles.jsonl has changed"):
        batch(write(["he did", "she did"]))
    with pytest.raises(BatchError, match=r"articles.jsonl, now .*others.jsonl"):
        batch(write(["he did"], "others.jsonl"))
    with pytest.raises(BatchError, match="1 files, now 2"):
        batch(write(["he did"]), write(["he did"], "others.jsonl"))


def test_a_folder_of_something_else_is_refused(batch: Batch, write: Write, tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "thesis.txt").touch()
    with pytest.raises(BatchError, match="not empty"):
        batch(write(["he did"]))
    with pytest.raises(BatchError, match="holds no run yet"):
        batch(folder="new")


def test_only_one_run_at_a_time(batch: Batch, write: Write, tmp_path: Path) -> None:
    with RunFolder(tmp_path / "run").lock(), pytest.raises(BatchError, match="another run is at work"):
        batch(write(["he did"]))


@pytest.mark.parametrize(
    ("pipeline", "error", "message"),
    [
        ("missing", BatchError, "the pipeline 'missing' is not installed"),
        ("other", BatchError, "'rules': 'others'"),
    ],
)
def test_a_worker_that_cannot_extract_ends_the_run(
    pipeline: str, error: type[Exception], message: str, batch: Batch, write: Write
) -> None:
    with pytest.raises(error, match=message):
        batch(write(["he did"]), pipeline=pipeline, workers=2)


def test_a_worker_that_never_starts_costs_the_shard(
    batch: Batch, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervisor, "STARTS", 2)
    path = write(["he did"])
    ran = batch(path, pipeline="fatal")
    assert [failed.shard for failed in ran.failed] == [0]
    assert "no such luck" in ran.failed[0].message
    assert (status(ran.folder).left, sorted(contents(ran.folder.path))) == (1, ["manifest.json"])


def test_a_full_disk_ends_the_run_and_nothing_is_lost(
    batch: Batch, write: Write, start_batch: Callable[..., Any], tmp_path: Path
) -> None:
    path = write(
        [
            "he did to the other one of the two " * 50,
            *(" ".join(f"the {secrets.token_hex(4)}" for _ in range(2000)) for _ in range(4)),
        ]
    )
    undisturbed = contents(batch(path, folder="one", shard_kb=1, records="article").folder.path)
    command = (path, "-o", tmp_path / "two", "--records", "article", "--workers", "1", "--shard-size", "0.001")
    # A limit on the size of files stands for a disk that is full: the same calls fail in the same places.
    process = start_batch(*command, limit=(tmp_path / "one" / "manifest.json").stat().st_size + 100)
    assert b"two: File too large; what is done is kept" in process.stderr.read()
    assert process.wait() == 1
    assert {
        name: undisturbed[name] for name in contents(tmp_path / "two", ("log.jsonl", ".lock", "done.jsonl"))
    } == contents(tmp_path / "two", ("log.jsonl", ".lock", "done.jsonl"))
    assert 0 < len(RunFolder(tmp_path / "two").done()) < 5
    assert start_batch(*command).wait() == 0
    assert contents(tmp_path / "two") == undisturbed


@pytest.fixture
def start_batch(tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """Start the command as a process of its own."""
    processes: list[subprocess.Popen[bytes]] = []

    def start(*arguments: Path | str, limit: int | None = None) -> subprocess.Popen[bytes]:
        command = [sys.executable, str(RUNNER), "batch", *map(str, arguments)]
        limited = () if limit is None else ("prlimit", f"--fsize={limit}")
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(entry for entry in sys.path if entry)}
        process = subprocess.Popen([*limited, *command], stderr=subprocess.PIPE, cwd=tmp_path, env=environment)
        processes.append(process)
        return process

    yield start
    for process in processes:
        process.kill()
        process.communicate()


def _children(pid: int) -> list[int]:
    threads = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for thread in threads for child in thread.read_text().split()]


def _wait(condition: Callable[[], Any]) -> Any:
    """Wait until something is so."""
    end = time.monotonic() + 60
    while not (found := condition()):
        assert time.monotonic() < end
        time.sleep(0.05)
    return found


class _killing:  # noqa: N801  # a context manager
    """Kill the process that ``find`` names, again and again at random moments; tells how often."""

    def __init__(self, find: Callable[[], int | None], times: int) -> None:
        self._find, self._times = find, times
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._kill)
        self.killed: list[int] = []

    def __enter__(self) -> list[int]:
        self._thread.start()
        return self.killed

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _kill(self) -> None:
        chance = random.Random(0)
        while len(self.killed) < self._times and not self._ended.wait(chance.uniform(0.05, 0.6)):
            pid = self._find()
            if pid is not None and pid not in self.killed:
                self.killed.append(pid)
                os.kill(pid, signal.SIGKILL)
