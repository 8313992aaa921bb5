"""A run over a small archive with workers that need no pipeline."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from fake_worker import NAMES
from with_fake_workers import identity

from newsparse.batch import local, supervisor
from newsparse.batch.folder import RunFolder
from newsparse.batch.run import Selection, prepare, work
from newsparse.batch.settings import Settings
from newsparse.batch.shard import Completed, Failed, Job
from newsparse.sources import ReadOptions

SETTINGS = Settings("fake", (), 0.35, False, "event", "jsonl", ReadOptions())
FAKE = (sys.executable, str(Path(__file__).with_name("fake_worker.py")))


@pytest.fixture(autouse=True)
def _fake_workers(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(supervisor, "COMMAND", FAKE)
    monkeypatch.setattr(Settings, "identity", identity)


@dataclass
class Ran:
    """What a run came to."""

    folder: RunFolder
    shards: int
    completed: list[Completed]
    failed: list[Failed]

    def lines(self, kind: str = "records") -> list[Any]:
        from newsparse.batch.merge import lines

        return [json.loads(line) for line in lines(self.folder, kind)]

    def ids(self) -> list[str]:
        return [record["article"]["id"] for record in self.lines()]

    def failures(self) -> list[tuple[str, str]]:
        return [(row["source"], row["error"]["code"]) for row in self.lines("errors")]


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write an archive of articles with the given texts, with ids from a0 on."""

    def write_archive(texts: Iterable[str], name: str = "articles.jsonl") -> Path:
        rows = [{"id": f"a{n}", "text": f"This is what {text} in the town of theirs."} for n, text in enumerate(texts)]
        path = tmp_path / name
        path.write_text("".join(json.dumps(row) + "\n" for row in rows))
        return path

    return write_archive


@pytest.fixture
def batch(tmp_path: Path) -> Callable[..., Ran]:
    """Run over inputs into a folder, with as many shards as asked for."""

    def run(
        *inputs: Path | str,
        folder: str = "run",
        workers: int = 1,
        shard_kb: float = 1000,
        seconds: float = 60,
        **changes: Any,
    ) -> Ran:
        settings = replace(SETTINGS, **changes)
        found = RunFolder(tmp_path / folder)
        with found.lock():
            manifest = prepare(found, settings, Selection([str(path) for path in inputs], None, shard_kb / 1000))
            job = Job(found.path, settings, NAMES, seconds, 2_000_000_000)
            events = list(work(found, manifest, job, lambda job, shards: local.run(job, shards, workers)))
        completed = [event for event in events if isinstance(event, Completed)]
        return Ran(found, len(manifest.shards), completed, [event for event in events if isinstance(event, Failed)])

    return run


def contents(folder: Path, without: Sequence[str] = ("log.jsonl", ".lock")) -> dict[str, bytes]:
    """Return all files of a folder."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.name not in without)
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}
