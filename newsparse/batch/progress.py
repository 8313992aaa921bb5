"""How far a run is: counts, rates, the time it still needs."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from newsparse.batch.folder import Done
from newsparse.batch.plan import Shard
from newsparse.batch.shard import Completed, Failed, Tick


@dataclass(frozen=True, slots=True)
class Counts:
    """Articles with a record, events in them, items that came to nothing."""

    articles: int = 0
    events: int = 0
    failed: int = 0

    def __add__(self, other: Counts) -> Counts:
        """Both together."""
        return Counts(self.articles + other.articles, self.events + other.events, self.failed + other.failed)

    @classmethod
    def of(cls, item: Done | Tick) -> Counts:
        """The counts of a shard."""
        return cls(item.articles, item.events, item.failed)


def total(done: Iterable[Done]) -> Counts:
    """All shards together."""
    return sum(map(Counts.of, done), Counts())


class Progress:
    """Follows a run.

    Args:
        shards: all of the run.
        done: those that were done before this start.
        clock: seconds, rising.
    """

    def __init__(self, shards: Sequence[Shard], done: Mapping[int, Done], started: float | None = None) -> None:
        self._bytes = {shard.number: shard.bytes for shard in shards}
        self._open: dict[int, Counts] = {}
        self._before = sum(self._bytes[number] for number in done)
        self._finished_bytes = 0
        self._finished = Counts()
        self.earlier = total(done.values())
        self.shards = len(shards)
        self.shards_done = len(done)
        self.failures: list[Failed] = []
        self.started = time.monotonic() if started is None else started

    def note(self, event: Tick | Completed | Failed | None) -> None:
        """Take in what the engine told."""
        if isinstance(event, Tick):
            self._open[event.shard] = Counts.of(event)
        elif isinstance(event, Failed):
            self._open.pop(event.shard, None)
            self.failures.append(event)
        elif isinstance(event, Completed):
            self._open.pop(event.done.shard, None)
            self._finished += Counts.of(event.done)
            self._finished_bytes += self._bytes[event.done.shard]
            self.shards_done += 1

    @property
    def now(self) -> Counts:
        """What this start has done, also in shards that are not done yet."""
        return sum(self._open.values(), self._finished)

    @property
    def all(self) -> Counts:
        """What all starts have done."""
        return self.earlier + self.now

    def seconds(self) -> float:
        """Since this start."""
        return time.monotonic() - self.started

    def rate(self) -> float:
        """Items a second."""
        return (self.now.articles + self.now.failed) / max(self.seconds(), 1e-9)

    def left(self) -> float | None:
        """Seconds that are left, by the bytes of input; None while no shard has been done."""
        if not self._finished_bytes:
            return None
        items = self._finished.articles + self._finished.failed
        under_way = (self.now.articles + self.now.failed - items) / max(items, 1) * self._finished_bytes
        rest = sum(self._bytes.values()) - self._before - self._finished_bytes - under_way
        return max(rest, 0) / ((self._finished_bytes + under_way) / self.seconds())

    def line(self) -> str:
        """All of it in one line."""
        counts, left = self.all, self.left()
        return (
            f"{self.shards_done}/{self.shards} shards, {counts.articles:,} articles, {counts.events:,} events, "
            f"{counts.failed:,} failed, {self.rate():.1f} articles/s, "
            f"{'?' if left is None else duration(left)} left"
        )

    def summary(self) -> str:
        """The run in one line, at its end."""
        counts = self.all
        left = self.shards - self.shards_done
        parts = [f"{counts.articles:,} articles", f"{counts.events:,} events", f"{counts.failed:,} failed"]
        parts += [f"{left} of {self.shards} shards left"] if left else []
        return ", ".join([*parts, f"{duration(self.seconds())}, {self.rate():.1f} articles/s"])

    def figures(self, identity: Mapping[str, Any]) -> dict[str, Any]:
        """The run in figures: all starts together, and this one."""
        return {
            **identity,
            "shards": self.shards,
            "shards_done": self.shards_done,
            **asdict(self.all),
            "this_start": {
                **asdict(self.now),
                "seconds": round(self.seconds(), 3),
                "articles_per_second": round(self.rate(), 3),
                "peak_memory_mb": peak_memory_mb(),
            },
            "failed_shards": [asdict(failure) for failure in self.failures],
        }


def peak_memory_mb() -> float | None:
    """Resident memory that the largest of the worker processes had at most; None where the system does not tell."""
    try:
        import resource
    except ImportError:  # Windows
        return None
    unit = 1e6 if sys.platform == "darwin" else 1e3
    return round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / unit, 1)


def duration(seconds: float) -> str:
    """``4 s``, ``12 min``, ``3.5 h``, ``2.1 d``."""
    for limit, size, unit, digits in ((90, 1, "s", 0), (5400, 60, "min", 0), (172_800, 3600, "h", 1)):
        if seconds < limit:
            return f"{seconds / size:.{digits}f} {unit}"
    return f"{seconds / 86_400:.1f} d"
