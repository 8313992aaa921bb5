"""The Dask engine: shards on the workers of a cluster. Scheduling, retries and machines are Dask's business.

A Dask worker only looks after a worker process of ours, as a thread of the local engine does, so that an article that
dies or hangs costs itself and not the Dask worker.
"""

from __future__ import annotations

import logging
import os
import queue
import secrets
from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from typing import Any, cast

from newsparse.batch.plan import Shard
from newsparse.batch.shard import Completed, Failed, Job, Tick, release_all, run_shard
from newsparse.batch.supervisor import ShardError
from newsparse.errors import BatchError

AHEAD = 2
"""Shards handed to the scheduler for each thread of the cluster: none waits for work, and nothing piles up."""

TRIES = 10
"""Dask workers that may be lost with a shard. A shard hardly ever takes its worker down; machines that go away do."""

REFRESH_SECONDS = 1.0


def run(
    job: Job, shards: Sequence[Shard], workers: int | None = None, scheduler: str | None = None
) -> Generator[Tick | Completed | Failed | None]:
    """Work shards off on a Dask cluster.

    Args:
        job: the run; every worker must see its folder, its inputs and newsparse itself under the same paths.
        shards: what is to be done.
        workers: how many workers to start on this machine, if there is no scheduler.
        scheduler: address of the scheduler of a cluster.

    Yields:
        which shards are done, in whatever order; None now and then while nothing happens.

    Raises:
        BatchError: Dask is not installed, the cluster cannot be reached or is lost, no worker can be set up.
        OSError: files cannot be written.
    """
    if not shards:
        return
    with _client(workers, scheduler) as client:
        yield from _Queue(client, job, shards).events()


def work(job: Job, shard: Shard) -> Completed | Failed:
    """Work a shard off on a Dask worker."""
    try:
        return run_shard(job, shard)
    except ShardError as error:
        return Failed(shard.number, str(error))


class _Queue:
    """Hands shards to the scheduler as it gets through them."""

    def __init__(self, client: Any, job: Job, shards: Sequence[Shard]) -> None:
        self._client = client
        self._job = job
        self._left = iter(shards)
        self._lost: Counter[int] = Counter()
        self._under_way: dict[Any, Shard] = {}
        self._ended: queue.SimpleQueue[Any] = queue.SimpleQueue()

    def events(self) -> Iterator[Completed | Failed | None]:
        """Which shards are done, until all are."""
        self._fill()
        while self._under_way:
            try:
                future = self._ended.get(timeout=REFRESH_SECONDS)
            except queue.Empty:
                self._check_connection()
                yield None
            else:
                yield self._result(future)
            self._fill()  # workers may have come in the meantime

    def _fill(self) -> None:
        try:
            threads = sum(self._client.nthreads().values())
        except OSError as error:
            raise _lost() from error
        room = AHEAD * max(threads, 1)
        while len(self._under_way) < room and (shard := next(self._left, None)) is not None:
            self._submit(shard)

    def _submit(self, shard: Shard) -> None:
        key = f"newsparse-{secrets.token_hex(4)}-{shard.name}"
        future = self._client.submit(work, self._job, shard, key=key, pure=False)
        self._under_way[future] = shard
        future.add_done_callback(self._ended.put)

    def _result(self, future: Any) -> Completed | Failed | None:
        shard = self._under_way.pop(future)
        if future.status == "finished":
            return cast(Completed | Failed, future.result())
        if future.status != "error":
            raise _lost()
        error = future.exception()
        if type(error).__name__ != "KilledWorker":
            raise error if isinstance(error, (BatchError, OSError)) else _unexpected(error)
        self._lost[shard.number] += 1
        if self._lost[shard.number] == TRIES:
            return Failed(shard.number, f"it was given up by Dask {TRIES} times: {error}")
        self._submit(shard)
        return None

    def _check_connection(self) -> None:
        if self._client.status == "closed":
            raise _lost()


def _lost() -> BatchError:
    return BatchError("the connection to the Dask scheduler was lost; what is done is kept, the same command goes on")


def _unexpected(error: BaseException) -> BatchError:
    return BatchError(f"a Dask worker cannot do the work, {type(error).__name__}: {error}")


@contextmanager
def _client(workers: int | None, scheduler: str | None) -> Iterator[Any]:
    try:
        from distributed import Client, LocalCluster
    except ImportError:
        raise BatchError("--engine dask needs Dask; pip install 'newsparse[dask]'") from None
    with ExitStack() as stack:
        address: Any = scheduler
        if scheduler is None:
            # Our own limit bounds the memory of what does the work; Dask's would count the worker that looks after it.
            cluster = LocalCluster(
                n_workers=workers or os.cpu_count(),
                threads_per_worker=1,
                memory_limit=None,
                dashboard_address=None,
                silence_logs=logging.CRITICAL,
            )
            address = stack.enter_context(cluster)
        try:
            client = stack.enter_context(Client(address))
        except (OSError, ValueError) as error:
            raise BatchError(f"the Dask scheduler at {scheduler} cannot be reached: {error}") from error
        stack.callback(_release, client)
        yield client


def _release(client: Any) -> None:
    """End our processes on the workers, which outlive the run where the cluster does."""
    with suppress(Exception):  # a cluster that is gone has taken them along
        client.run(release_all)
