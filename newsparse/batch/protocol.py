"""What a run and its worker processes say to each other: pickled messages over the worker's stdin and stdout."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

from newsparse.batch.plan import Shard
from newsparse.batch.settings import Settings
from newsparse.sources.base import Failure


@dataclass(frozen=True, slots=True)
class Setup:
    """The first message to a worker: load this pipeline, use no more than so many bytes."""

    settings: Settings
    memory_limit: int | None


@dataclass(frozen=True, slots=True)
class Task:
    """Work a shard off from its item ``first`` on, counted from 0."""

    shard: Shard
    first: int


@dataclass(frozen=True, slots=True)
class Ready:
    """The pipeline is loaded; ``extractor`` names it as the records do."""

    extractor: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Refused:
    """The worker cannot be set up, whoever tries it."""

    message: str


@dataclass(frozen=True, slots=True)
class Begun:
    """An item is being worked on."""

    number: int
    place: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an item.

    Attributes:
        number: which item of the shard, counted from 0.
        records: lines of JSON without line ends.
        index: what the run remembers of the article, see :mod:`newsparse.batch.index`; None for a failure.
        events: how many were found.
        failure: why there is no article.
    """

    number: int
    records: tuple[bytes, ...] = ()
    index: Mapping[str, Any] | None = None
    events: int = 0
    failure: Failure | None = None


@dataclass(frozen=True, slots=True)
class Finished:
    """The shard has no more items. ``skipped`` counts what is no article at all, by reason."""

    skipped: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Broken:
    """The shard cannot be read on, for a reason nobody foresaw."""

    message: str


Answer = Ready | Refused | Begun | Outcome | Finished | Broken


def send(stream: BinaryIO, message: object) -> None:
    """Send a message.

    Raises:
        OSError: nobody is there to take it.
    """
    pickle.dump(message, stream, pickle.HIGHEST_PROTOCOL)
    stream.flush()


def receive(stream: BinaryIO) -> Iterator[Any]:
    """The messages of a stream until it ends, also if it ends within one: then its writer was killed."""
    while True:
        try:
            yield pickle.load(stream)
        except (EOFError, pickle.UnpicklingError, OSError, ValueError):
            return
