"""Works one shard off, from its input to its files in place. Every engine calls this and nothing else."""

from __future__ import annotations

import threading
import time
import weakref
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from newsparse.batch.folder import Done
from newsparse.batch.parts import ShardFiles
from newsparse.batch.plan import Shard
from newsparse.batch.settings import Settings
from newsparse.batch.supervisor import Supervisor


@dataclass(frozen=True, slots=True)
class Job:
    """What all shards of a run have in common.

    Attributes:
        folder: the folder of the run, which every machine sees under this path.
        settings: how to extract.
        extractor: the names of what must extract, as the records have them.
        article_seconds: longest time for one item.
        memory_limit: bytes a worker may use; None: as many as there are.
    """

    folder: Path
    settings: Settings
    extractor: Mapping[str, str]
    article_seconds: float
    memory_limit: int | None


@dataclass(frozen=True, slots=True)
class Tick:
    """How far a shard is.

    Attributes:
        shard: its number.
        articles, events, failed: so far.
    """

    shard: int
    articles: int
    events: int
    failed: int


@dataclass(frozen=True, slots=True)
class Completed:
    """A shard whose files are in place."""

    done: Done
    seconds: float


@dataclass(frozen=True, slots=True)
class Failed:
    """A shard that could not be worked off; nothing of it is left behind."""

    shard: int
    message: str


Report = Callable[[Tick], None]

TICK_SECONDS = 0.5


def run_shard(job: Job, shard: Shard, report: Report | None = None) -> Completed:
    """Work a shard off.

    The calling thread keeps its worker process for the next shard of the same job; :func:`release` ends it.

    Args:
        job: the run.
        shard: the shard.
        report: is told how far it is, at most every half second.

    Raises:
        BatchError: no worker can be set up.
        ShardError: the input cannot be read on.
        OSError: the files cannot be written.
    """
    started = told = time.monotonic()
    files = ShardFiles(job.folder, shard.number, job.settings.records, job.settings.format)
    try:
        with closing(supervisor_of(job).outcomes(shard)) as outcomes:
            for outcome in outcomes:
                files.write(outcome)
                if report is not None and time.monotonic() - told >= TICK_SECONDS:
                    told = time.monotonic()
                    report(Tick(shard.number, files.articles, files.events, files.failed))
        return Completed(files.put_in_place(), time.monotonic() - started)
    finally:
        files.drop()


class _Kept(threading.local):
    """The supervisor of a thread and the job it is for."""

    job: Job | None = None
    supervisor: Supervisor | None = None


_KEPT = _Kept()

_ALL: weakref.WeakSet[Supervisor] = weakref.WeakSet()
"""The supervisors of all threads."""


def supervisor_of(job: Job) -> Supervisor:
    """The supervisor of this thread, a new one if it was at another job."""
    if _KEPT.supervisor is None or _KEPT.job != job:
        release()
        _KEPT.job = job
        _KEPT.supervisor = Supervisor(job.settings, job.extractor, job.article_seconds, job.memory_limit)
        _ALL.add(_KEPT.supervisor)
    return _KEPT.supervisor


def release() -> None:
    """End the worker process of this thread."""
    if _KEPT.supervisor is not None:
        _KEPT.supervisor.close()
        _KEPT.supervisor = None


def release_all() -> None:
    """End the worker processes of all threads, which must not be at work."""
    for supervisor in list(_ALL):
        supervisor.close()
