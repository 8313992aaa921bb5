"""How far a run is, told by its folder alone."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from newsparse.batch.folder import RunFolder
from newsparse.batch.merge import lines
from newsparse.batch.progress import Counts, duration, total


@dataclass(frozen=True, slots=True)
class Status:
    """How far a run is.

    Attributes:
        shards: how many there are.
        left: how many are not done.
        counts: of all shards that are done.
        skipped: what was no article at all, by reason.
        failures: how many items came to nothing, by stage and code.
        worker_seconds: time that workers spent on the shards that are done.
        worker_seconds_left: what they will spend on the rest, by its bytes; None before the first shard is done.
    """

    shards: int
    left: int
    counts: Counts
    skipped: Mapping[str, int]
    failures: Mapping[str, int]
    worker_seconds: float
    worker_seconds_left: float | None

    @property
    def rate(self) -> float:
        """Items a second of one worker."""
        return (self.counts.articles + self.counts.failed) / self.worker_seconds if self.worker_seconds else 0.0

    def figures(self) -> dict[str, Any]:
        """All of it for programs."""
        return {
            "shards": self.shards,
            "shards_done": self.shards - self.left,
            "shards_left": self.left,
            "articles": self.counts.articles,
            "events": self.counts.events,
            "failed": self.counts.failed,
            "failures": dict(self.failures),
            "skipped": dict(self.skipped),
            "articles_per_worker_second": round(self.rate, 3),
            "worker_seconds": round(self.worker_seconds, 1),
            "worker_seconds_left": None if self.worker_seconds_left is None else round(self.worker_seconds_left, 1),
        }

    def text(self) -> str:
        """All of it for people."""
        rows = [
            ("shards", f"{self.shards - self.left:,} of {self.shards:,} done, {self.left:,} left"),
            ("articles", f"{self.counts.articles:,}"),
            ("events", f"{self.counts.events:,}"),
            ("failed", f"{self.counts.failed:,}{_by_reason(self.failures)}"),
            ("no articles", f"{sum(self.skipped.values()):,}{_by_reason(self.skipped)}"),
            ("rate", f"{self.rate:.2f} articles a second and worker"),
            ("spent", f"{duration(self.worker_seconds)} of one worker"),
        ]
        if self.left and self.worker_seconds_left is not None:
            rows.append(("left", f"{duration(self.worker_seconds_left)} of one worker"))
        return "\n".join(f"{name:12} {text}" for name, text in rows)


def status(folder: RunFolder) -> Status:
    """How far a run is.

    Raises:
        BatchError: there is no run, or a file of it is damaged.
    """
    manifest = folder.manifest()
    done = folder.done()
    skipped: Counter[str] = Counter()
    for shard in done.values():
        skipped.update(shard.skipped)
    seconds = {row["shard"]: row["seconds"] for row in folder.log()}
    spent = sum(seconds.get(number, 0.0) for number in done)
    ready = sum(shard.bytes for shard in manifest.shards if shard.number in done)
    rest = sum(shard.bytes for shard in manifest.shards if shard.number not in done)
    return Status(
        shards=len(manifest.shards),
        left=len(manifest.shards) - len(done),
        counts=total(done.values()),
        skipped=dict(skipped),
        failures=dict(failures(folder).most_common()),
        worker_seconds=spent,
        worker_seconds_left=spent / ready * rest if ready else None,
    )


def failures(folder: RunFolder) -> Counter[str]:
    """Items that came to nothing, by stage and code, such as ``extract/language``."""
    found: Counter[str] = Counter()
    for line in lines(folder, "errors"):
        row = json.loads(line)
        found[f"{row['stage']}/{row['error']['code']}"] += 1
    return found


def _by_reason(counts: Mapping[str, int]) -> str:
    return f" ({', '.join(f'{reason} {count:,}' for reason, count in counts.items())})" if counts else ""
