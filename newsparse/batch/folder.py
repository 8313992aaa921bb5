"""The folder of a run: what it is to do, what is done, and the files that hold it.

``manifest.json`` is written once: settings, inputs, shards. ``done.jsonl`` gets a line for every shard whose files are
in place, and never before. Whatever has no line there is done again. ``log.jsonl`` says when and how long; it is the
one file that differs between two runs over the same inputs.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from newsparse.batch.plan import Input, Piece, Shard
from newsparse.batch.settings import differences
from newsparse.errors import BatchError
from newsparse.sources.base import Extent

SCHEMA = "newsparse/batch/1"
KINDS = ("records", "errors", "index")
"""The files of a shard, each in a folder of this name."""

TEMPORARY = ".tmp"
"""Ending of files that are being written."""


@dataclass(frozen=True, slots=True)
class Done:
    """A shard that is done.

    Attributes:
        shard: its number.
        articles: how many gave a record.
        events: how many events are in them.
        failed: how many items came to nothing; each is in the shard's errors.
        skipped: what was no article at all, by reason.
        files: size and SHA-256 of each of its files, by kind.
    """

    shard: int
    articles: int
    events: int
    failed: int
    skipped: Mapping[str, int] = field(default_factory=dict)
    files: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a run is to do."""

    identity: Mapping[str, Any]
    inputs: Sequence[Input]
    shards: Sequence[Shard]

    def to_json(self) -> str:
        """The manifest as it stands in its file."""
        row = {
            "schema": SCHEMA,
            **self.identity,
            "inputs": [asdict(item) for item in self.inputs],
            "shards": [asdict(shard) for shard in self.shards],
        }
        return json.dumps(row, ensure_ascii=False, indent=1) + "\n"

    @classmethod
    def from_json(cls, text: str) -> Manifest:
        """Read what ``to_json`` wrote.

        Raises:
            KeyError, TypeError, ValueError: it is no manifest.
        """
        row = json.loads(text)
        if row.pop("schema") != SCHEMA:
            raise ValueError(f"it is no {SCHEMA}")
        inputs = [Input(**item) for item in row.pop("inputs")]
        shards = [_shard(**shard) for shard in row.pop("shards")]
        return cls(row, inputs, shards)


class RunFolder:
    """The folder of a run.

    Args:
        path: the folder.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._manifest = path / "manifest.json"
        self._journal = path / "done.jsonl"
        self._log = path / "log.jsonl"

    # ---- what is to do

    @property
    def exists(self) -> bool:
        """Whether a run was begun here."""
        return self._manifest.is_file()

    def manifest(self) -> Manifest:
        """What the run is to do.

        Raises:
            BatchError: there is no run, or its manifest cannot be read.
        """
        if not self.exists:
            raise BatchError(f"{self.path} holds no run; newsparse batch INPUT… -o {self.path} begins one")
        try:
            return Manifest.from_json(self._manifest.read_text(encoding="utf-8"))
        except (OSError, KeyError, TypeError, ValueError) as error:
            raise BatchError(f"{self._manifest} cannot be read: {error}") from error

    def begin(self, manifest: Manifest) -> None:
        """Write down what is to do.

        Raises:
            BatchError: the folder has other things in it.
        """
        if any(not path.name.startswith(".") for path in self.path.iterdir()):
            raise BatchError(f"{self.path} is not empty and holds no run; give the name of a new folder")
        for kind in KINDS:
            (self.path / kind).mkdir(exist_ok=True)
        _replace(self._manifest, manifest.to_json().encode())

    def check(self, identity: Mapping[str, Any], inputs: Sequence[Input] | None) -> Manifest:
        """What the run is to do, if it may go on with these settings and inputs.

        Args:
            identity: the settings of this start.
            inputs: the inputs of this start; None: those of the first one, whatever has become of them.

        Raises:
            BatchError: it may not; the message says what differs.
        """
        manifest = self.manifest()
        found = differences(manifest.identity, identity)
        if found:
            raise BatchError(
                f"{self.path} was begun with other settings: {'; '.join(found)}. "
                "Go on with the old ones, or give the name of a new folder"
            )
        if inputs is not None and list(inputs) != list(manifest.inputs):
            raise BatchError(
                f"{self.path} was begun with other inputs: {_difference(manifest.inputs, inputs)}. "
                "Go on with the old ones, or give the name of a new folder"
            )
        return manifest

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Keep other runs out; ends with the process, however that ends.

        Raises:
            BatchError: another run is at work in the folder.
        """
        self.path.mkdir(parents=True, exist_ok=True)
        with (self.path / ".lock").open("w") as file:
            try:
                import fcntl
            except ImportError:  # Windows has no such lock
                yield
                return
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise BatchError(f"another run is at work in {self.path}; wait for it or stop it") from error
            yield

    # ---- what is done

    def done(self) -> dict[int, Done]:
        """The shards that are done, by number, each with its files in place."""
        found = {}
        for row in _rows(self._journal):
            done = Done(**row)
            if all(self._is_there(done, kind) for kind in done.files):
                found[done.shard] = done
        return found

    def enter(self, done: Done, seconds: float) -> None:
        """Note that a shard is done; its files are in place."""
        _append(self._journal, asdict(done))
        row = {"shard": done.shard, "seconds": round(seconds, 3), "ended": round(time.time(), 3)}
        _append(self._log, row | {"articles": done.articles, "events": done.events, "failed": done.failed})

    def log(self) -> Iterator[dict[str, Any]]:
        """When shards were done and how long each took."""
        return _rows(self._log)

    def finish(self) -> None:
        """Put the journal into the order of the input, once all is done: it no longer tells which shard was first."""
        rows = [asdict(done) for _, done in sorted(self.done().items())]
        _replace(self._journal, b"".join(_line(row) for row in rows))

    def file(self, shard: int, kind: str) -> Path:
        """A file of a shard. Records may be Parquet; all else is JSONL."""
        folder = self.path / kind
        parquet = folder / f"{shard:06}.parquet"
        return parquet if parquet.exists() else folder / f"{shard:06}.jsonl.gz"

    def tidy(self) -> None:
        """Remove what interrupted runs left half-written."""
        for folder in (self.path, *(self.path / kind for kind in KINDS)):
            for path in folder.glob(f".*{TEMPORARY}"):
                path.unlink(missing_ok=True)

    def _is_there(self, done: Done, kind: str) -> bool:
        path = self.file(done.shard, kind)
        return path.is_file() and path.stat().st_size == done.files[kind]["bytes"]


def _shard(number: int, bytes: int, pieces: list[dict[str, Any]]) -> Shard:  # noqa: A002  # the name of the key
    return Shard(number, bytes, tuple(Piece(piece["kind"], Extent(**piece["extent"])) for piece in pieces))


def _difference(before: Sequence[Input], now: Sequence[Input]) -> str:
    """The first inputs that differ."""
    for one, other in zip(before, now, strict=False):
        if one.location != other.location:
            return f"{one.location}, now {other.location}"
        if one != other:
            return f"{one.location} has changed"
    return f"{len(before)} files, now {len(now)}"


def _line(row: Mapping[str, Any]) -> bytes:
    return json.dumps(row, ensure_ascii=False).encode() + b"\n"


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    """The lines of a journal. What follows the last line end was cut off by a crash."""
    if path.exists():
        with path.open("rb") as file:
            yield from (json.loads(line) for line in file if line.endswith(b"\n"))


def _append(path: Path, row: Mapping[str, Any]) -> None:
    """Add a line that is on the disk when this returns; the rest of a line that was cut off gives way.

    Raises:
        OSError: it cannot be written; then the file is as it was.
    """
    with path.open("ab+") as file:
        end = _last_line_end(file)
        file.truncate(end)
        try:
            file.write(_line(row))
            file.flush()
            os.fsync(file.fileno())
        except OSError:
            file.truncate(end)
            raise


def _last_line_end(file: Any) -> int:
    size = int(file.seek(0, os.SEEK_END))
    position = size
    while position:
        start = max(0, position - 4096)
        file.seek(start)
        newline = file.read(position - start).rfind(b"\n")
        if newline >= 0:
            return start + int(newline) + 1
        position = start
    return 0


def _replace(path: Path, content: bytes) -> None:
    temporary = path.with_name(f".{path.name}{TEMPORARY}")
    try:
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_folder(path: Path) -> None:
    """Make sure that names which were put into a folder are still there after a power cut."""
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except OSError:  # Windows opens no folders
        return
    try:
        os.fsync(descriptor)
    except OSError:  # some network drives cannot
        pass
    finally:
        os.close(descriptor)
