"""The local engine: so many shards at a time, each in a thread that looks after a worker process of its own."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterable, Iterator, Sequence

from newsparse.batch.plan import Shard
from newsparse.batch.shard import Completed, Failed, Job, Tick, release, run_shard, supervisor_of
from newsparse.batch.supervisor import ShardError, Supervisor

REFRESH_SECONDS = 1.0
"""How often the run is called back while nothing happens."""


def run(job: Job, shards: Sequence[Shard], workers: int) -> Iterator[Tick | Completed | Failed | None]:
    """Work shards off on this machine.

    Args:
        job: the run.
        shards: what is to be done, in this order.
        workers: how many processes.

    Yields:
        how far shards are and which are done, in whatever order; None now and then while nothing happens.

    Raises:
        BatchError: no worker can be set up.
        OSError: files cannot be written.
    """
    crew = _Crew(job, shards)
    threads = [threading.Thread(target=crew.work, daemon=True) for _ in range(min(workers, len(shards)))]
    for thread in threads:
        thread.start()
    try:
        yield from crew.events(len(threads))
    finally:
        crew.stop()
        for thread in threads:
            thread.join()


class _Crew:
    """The threads' common list of shards, and what they tell."""

    def __init__(self, job: Job, shards: Iterable[Shard]) -> None:
        self._job = job
        self._shards = iter(shards)
        self._lock = threading.Lock()
        self._told: queue.SimpleQueue[Tick | Completed | Failed | BaseException | None] = queue.SimpleQueue()
        self._supervisors: list[Supervisor] = []
        self._stopped = False

    def events(self, threads: int) -> Iterator[Tick | Completed | Failed | None]:
        """What the threads tell, until all have ended."""
        while threads:
            try:
                event = self._told.get(timeout=REFRESH_SECONDS)
            except queue.Empty:
                yield None
                continue
            if isinstance(event, BaseException):
                raise event
            if event is None:
                threads -= 1
            else:
                yield event

    def work(self) -> None:
        """Work shards off until none is left. What a thread raises is raised again where its events are read."""
        try:
            with self._lock:
                if self._stopped:
                    return
                self._supervisors.append(supervisor_of(self._job))
            while (shard := self._next()) is not None:
                self._run(shard)
        except BaseException as error:  # nothing may be lost, whatever it is
            self._told.put(error)
        finally:
            release()
            self._told.put(None)

    def stop(self) -> None:
        """End all workers at once, in the middle of whatever they are doing."""
        with self._lock:
            self._stopped = True
            for supervisor in self._supervisors:
                supervisor.stop()

    def _run(self, shard: Shard) -> None:
        try:
            self._told.put(run_shard(self._job, shard, self._told.put))
        except ShardError as error:
            self._told.put(Failed(shard.number, str(error)))

    def _next(self) -> Shard | None:
        with self._lock:
            return None if self._stopped else next(self._shards, None)
