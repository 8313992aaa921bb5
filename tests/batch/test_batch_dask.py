"""The Dask engine: the same bytes as the local one, whatever dies."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import NAMES, SETTINGS, Ran, contents

from newsparse.batch import cluster
from newsparse.batch.folder import RunFolder
from newsparse.batch.run import Selection, prepare, work
from newsparse.batch.shard import Completed, Job
from newsparse.errors import BatchError

pytest.importorskip("distributed")

PRELOAD = Path(__file__).with_name("with_fake_workers.py")
"""Lets Dask workers start fake workers of ours."""


@pytest.fixture
def start_dask(tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """Start a scheduler or a worker as a process of its own."""
    path = os.pathsep.join([str(PRELOAD.parent), *(entry for entry in sys.path if entry)])
    environment = os.environ | {"PYTHONPATH": path, "DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "5s"}
    processes: list[subprocess.Popen[bytes]] = []

    def start(*arguments: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "distributed.cli.dask_" + arguments[0], *arguments[1:]]
        process = subprocess.Popen(command, cwd=tmp_path, env=environment, stderr=subprocess.DEVNULL)
        processes.append(process)
        return process

    yield start
    for process in processes:
        process.kill()
        process.wait()


def test_a_dask_worker_and_the_scheduler_are_killed(
    batch: Callable[..., Ran], write: Callable[..., Path], start_dask: Callable[..., Any], tmp_path: Path
) -> None:
    path = write(["takes its time"] * 60)
    undisturbed = contents(batch(path, folder="one", shard_kb=1).folder.path)
    folder = RunFolder(tmp_path / "two")
    folder.path.mkdir()
    manifest = prepare(folder, SETTINGS, Selection([str(path)], None, 0.001))
    job = Job(folder.path, SETTINGS, NAMES, 60, 2_000_000_000)

    def start(name: str) -> tuple[str, list[subprocess.Popen[bytes]]]:
        file = tmp_path / f"{name}.json"
        scheduler = start_dask(
            "scheduler", "--scheduler-file", str(file), "--port", "0", "--no-dashboard", "--host", "127.0.0.1"
        )
        options = (
            "--scheduler-file",
            str(file),
            "--no-nanny",
            "--nthreads",
            "1",
            "--no-dashboard",
            "--preload",
            "preload_fake",
        )
        workers = [start_dask("worker", *options) for _ in range(2)]
        return str(file), [scheduler, *workers]

    (tmp_path / "preload_fake.py").write_text("import with_fake_workers\nwith_fake_workers.fake()\n")
    file, (scheduler, first, _) = start("a")

    def run_and_kill() -> None:
        events = work(folder, manifest, job, lambda job, shards: cluster.run(job, shards, scheduler=_address(file)))
        for event in events:
            done = len(folder.done())
            if isinstance(event, Completed) and done == 1:
                first.send_signal(signal.SIGKILL)
            if isinstance(event, Completed) and done == 3:
                scheduler.send_signal(signal.SIGKILL)

    with pytest.raises(BatchError, match="connection to the Dask scheduler was lost"):
        run_and_kill()
    assert 3 <= len(folder.done()) < len(manifest.shards)
    file, _ = start("b")
    list(work(folder, manifest, job, lambda job, shards: cluster.run(job, shards, scheduler=_address(file))))
    assert contents(folder.path) == undisturbed


def _address(file: str) -> str:
    """The address of a scheduler, once it has written it down."""
    import json

    end = time.monotonic() + 120
    while time.monotonic() < end:
        try:
            return str(json.loads(Path(file).read_text())["address"])
        except (OSError, ValueError):
            time.sleep(0.1)
    raise AssertionError("no scheduler")


def test_no_scheduler_there(batch: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch) -> None:
    import dask

    with (
        dask.config.set({"distributed.comm.timeouts.connect": "0.5s"}),
        pytest.raises(BatchError, match="cannot be reached"),
    ):
        next(cluster.run(Job(Path(), SETTINGS, NAMES, 1, None), [None], scheduler="tcp://127.0.0.1:9"))  # type: ignore[list-item]


def test_dask_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(BatchError, match=r"pip install 'newsparse\[dask\]'"):
        next(cluster.run(Job(Path(), SETTINGS, NAMES, 1, None), [None]))  # type: ignore[list-item]
