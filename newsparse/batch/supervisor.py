"""Keeps one worker process at work: starts it, waits for it no longer than allowed, replaces it when it is gone.

A worker that dies is replaced and the item tried again, since most deaths are nobody's fault. An item on which
``TRIES`` workers died, or that takes too long, is given up.
"""

from __future__ import annotations

import os
import platform
import queue
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Generator, Iterator, Mapping, Sequence
from typing import Any, cast

from newsparse.batch.plan import Shard
from newsparse.batch.protocol import Begun, Broken, Finished, Outcome, Ready, Refused, Setup, Task, receive, send
from newsparse.batch.settings import Settings
from newsparse.errors import BatchError
from newsparse.sources.base import Failure

COMMAND: Sequence[str] = (sys.executable, "-P", "-m", "newsparse.batch.worker")
"""Starts a worker."""

TRIES = 3
"""Workers that may die on one item."""

STARTS = 10
"""Workers that may die in a row without having got to an item."""

START_SECONDS = 600.0
"""Longest time to load a pipeline, also from a slow network drive with many workers at once."""

READ_SECONDS = 3600.0
"""Longest time to find the next item: a worker that goes on within a file may have to read what is before."""

ENDING_SECONDS = 10.0
"""Time between the end of a process's streams and its own."""

_AHEAD = 64
"""Answers taken before they are asked for."""

_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
"""Processes, not threads, share out the articles."""


class ShardError(Exception):
    """A shard cannot be worked off; the message says why. The others can."""


class WorkerLostError(Exception):
    """A worker died, or took too long and was killed.

    Attributes:
        slow: whether it took too long.
    """

    def __init__(self, message: str, slow: bool = False) -> None:
        super().__init__(message)
        self.slow = slow


class Worker:
    """A worker process.

    Args:
        settings: how it extracts.
        memory_limit: bytes it may use; None: as many as there are.
    """

    def __init__(self, settings: Settings, memory_limit: int | None = None) -> None:
        # The worker's own words are wanted only if it dies; appending lets the file be emptied while it is open.
        self._words = tempfile.TemporaryFile("ab+")  # noqa: SIM115  # closed by kill()
        self._process = subprocess.Popen(
            COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._words, env=_environment()
        )
        self._answers: queue.Queue[Any] = queue.Queue(_AHEAD)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self._setup = Setup(settings, memory_limit)

    @property
    def pid(self) -> int:
        """The id of the process."""
        return self._process.pid

    def wait_until_ready(self) -> dict[str, str]:
        """The names of what extracts, once it is loaded.

        Raises:
            BatchError: it cannot be loaded.
            WorkerLostError: the worker died.
        """
        self._send(self._setup)
        answer = self._receive(START_SECONDS)
        if isinstance(answer, Refused):
            raise BatchError(answer.message)
        assert isinstance(answer, Ready)
        return dict(answer.extractor)

    def work(self, task: Task, seconds: float) -> Iterator[Begun | Outcome | Finished | Broken]:
        """What becomes of the items of a shard, up to ``Finished`` or ``Broken``.

        Raises:
            WorkerLostError: the worker died, or needed more than so many seconds for an item.
        """
        self._words.truncate(0)
        self._send(task)
        answer: Any = None
        while not isinstance(answer, (Finished, Broken)):
            answer = self._receive(seconds if isinstance(answer, Begun) else READ_SECONDS)
            yield answer

    def interrupt(self) -> None:
        """End the process from another thread, so that whoever waits for it gets a ``WorkerLostError``."""
        self._process.kill()

    def kill(self) -> None:
        """End the process, whatever it is doing."""
        self._process.kill()
        self._process.wait()
        while self._reader.is_alive():  # it may wait for room in the queue
            _drain(self._answers)
            self._reader.join(0.01)
        for stream in (self._process.stdin, self._process.stdout, self._words):
            try:
                cast(Any, stream).close()
            except OSError:  # what was left in a buffer for a process that is gone
                continue

    def _read(self) -> None:
        assert self._process.stdout is not None
        for answer in receive(cast(Any, self._process.stdout)):
            self._answers.put(answer)
        self._answers.put(None)

    def _send(self, message: object) -> None:
        try:
            send(cast(Any, self._process.stdin), message)
        except (OSError, ValueError):
            raise WorkerLostError(self._last_words()) from None

    def _receive(self, seconds: float) -> Any:
        try:
            answer = self._answers.get(timeout=seconds)
        except queue.Empty:
            raise WorkerLostError(f"it took longer than {seconds:g} s", slow=True) from None
        if answer is None:
            raise WorkerLostError(self._last_words())
        return answer

    def _last_words(self) -> str:
        try:
            code = self._process.wait(ENDING_SECONDS)
        except subprocess.TimeoutExpired:  # it closed its streams and lives on
            self._process.kill()
            code = self._process.wait()
        ended = f"it was killed by signal {-code}" if code < 0 else f"it ended with code {code}"
        self._words.seek(0)
        said = self._words.read().decode("utf-8", "replace").strip()
        return f"{ended}: {said.splitlines()[-1]}" if said else ended


class Supervisor:
    """Works shards off with one worker at a time.

    Args:
        settings: how to extract.
        extractor: the names of what must extract, as the records have them.
        seconds: longest time for one item.
        memory_limit: bytes a worker may use; None: as many as there are.
    """

    def __init__(
        self, settings: Settings, extractor: Mapping[str, str], seconds: float, memory_limit: int | None = None
    ) -> None:
        self._settings = settings
        self._extractor = extractor
        self._seconds = seconds
        self._memory_limit = memory_limit
        self._worker: Worker | None = None
        self._stop = threading.Event()

    @property
    def pid(self) -> int | None:
        """The id of the worker process, if there is one."""
        return self._worker.pid if self._worker is not None else None

    def outcomes(self, shard: Shard) -> Generator[Outcome | Finished]:
        """What becomes of every item of a shard, in order, then what was skipped.

        Raises:
            BatchError: no worker can be set up.
            ShardError: the shard cannot be read on.
        """
        first, deaths, starts = 0, Counter[int](), 0
        while True:
            begun: Begun | None = None
            try:
                for answer in self._ready().work(Task(shard, first), self._seconds):
                    if isinstance(answer, Broken):
                        raise ShardError(answer.message)
                    if isinstance(answer, Begun):
                        begun, starts = answer, 0
                        continue
                    yield answer
                    if isinstance(answer, Finished):
                        return
                    begun, first = None, answer.number + 1
            except WorkerLostError as error:
                self.close()
                if self._stop.is_set():
                    raise ShardError("the run was stopped") from None
                if begun is None:
                    starts += 1
                    if starts == STARTS:
                        raise ShardError(f"{STARTS} workers ended before they got to an item; {error}") from None
                    continue
                deaths[begun.number] += 1
                if error.slow or deaths[begun.number] == TRIES:
                    yield Outcome(begun.number, failure=_given_up(begun, error))
                    first = begun.number + 1

    def stop(self) -> None:
        """End the worker from another thread; the shard it is at ends with a ``ShardError``."""
        self._stop.set()
        worker = self._worker
        if worker is not None:
            worker.interrupt()

    def close(self) -> None:
        """End the worker."""
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.kill()

    def _ready(self) -> Worker:
        if self._worker is None:
            if self._stop.is_set():
                raise ShardError("the run was stopped")
            self._worker = Worker(self._settings, self._memory_limit)
            if self._stop.is_set():  # in between; stop() saw no worker then
                self._worker.interrupt()
            found = self._worker.wait_until_ready()
            if found != self._extractor:
                raise BatchError(f"a worker on {platform.node()} has {found}, the run has {dict(self._extractor)}")
        return self._worker


def _given_up(begun: Begun, error: WorkerLostError) -> Failure:
    if error.slow:
        message = f"{error}, which --article-timeout allows"
        return Failure(begun.place, "pipeline", "timeout", f"{begun.place}: {message}")
    message = f"{TRIES} workers died on it, the last one since {error}; it may need more memory (--memory-limit)"
    return Failure(begun.place, "pipeline", "worker-died", f"{begun.place}: {message}")


def _environment() -> dict[str, str]:
    """The environment of a worker: our own import path, one thread."""
    path = os.pathsep.join(entry for entry in sys.path if entry)
    return dict(os.environ) | {"PYTHONPATH": path} | dict.fromkeys(_THREADS, "1")


def _drain(answers: queue.Queue[Any]) -> None:
    try:
        while True:
            answers.get_nowait()
    except queue.Empty:
        return
