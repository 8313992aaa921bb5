"""The files of a shard: written beside their places, synced, then renamed; so they are there whole or not at all."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, Protocol, cast

from newsparse.batch.folder import KINDS, TEMPORARY, Done, sync_folder
from newsparse.batch.protocol import Finished, Outcome
from newsparse.sinks.parquet import ParquetWriter
from newsparse.sinks.plain import failure_object

COMPRESSION = 6
"""Level of gzip: 9 takes three times as long for a hundredth of the size."""


class LineWriter(Protocol):
    """Writes JSON lines to a file of some format."""

    def write(self, line: bytes) -> None:
        """Write a line, given without its end."""

    def close(self) -> None:
        """Write what is left, and leave the file open."""


class JsonlWriter:
    """JSON Lines, compressed; the same lines give the same bytes."""

    def __init__(self, file: BinaryIO) -> None:
        # No name and no time in the header.
        self._gzip = gzip.GzipFile("", "wb", COMPRESSION, file, mtime=0)

    def write(self, line: bytes) -> None:
        """Write a line."""
        self._gzip.write(line + b"\n")

    def close(self) -> None:
        """Write the end of the compressed data."""
        self._gzip.close()


class _Hashing:
    """A file that counts and hashes what is written to it."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._digest = hashlib.sha256()
        self._bytes = 0

    def write(self, data: bytes) -> int:
        written = self._file.write(data)
        self._digest.update(data)
        self._bytes += memoryview(data).nbytes
        return written

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def told(self) -> dict[str, Any]:
        return {"bytes": self._bytes, "sha256": self._digest.hexdigest()}


class Part:
    """One file of a shard.

    Args:
        target: where it is to be; ``.parquet`` or ``.jsonl.gz``.
        record: ``event`` or ``article``, for the columns of Parquet.

    Raises:
        OSError: it cannot be made.
    """

    def __init__(self, target: Path, record: str) -> None:
        self._target = target
        self._record = record
        # Another worker may be at the same shard, on a machine that the cluster believes lost.
        self._temporary = target.with_name(f".{target.name}.{secrets.token_hex(4)}{TEMPORARY}")
        self._file = self._temporary.open("xb")
        self._hashing = _Hashing(self._file)
        self._writer = self._open()

    def _open(self) -> LineWriter:
        file = cast(BinaryIO, self._hashing)
        return ParquetWriter(file, self._record) if self._target.suffix == ".parquet" else JsonlWriter(file)

    def write(self, line: bytes) -> None:
        """Write a line of JSON, given without its end."""
        self._writer.write(line)

    def complete(self) -> dict[str, Any]:
        """Bring the file to the disk and tell its size and hash; it has not got its name yet."""
        self._writer.close()
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        return self._hashing.told()

    def put_in_place(self) -> None:
        """Give the file its name."""
        self._temporary.replace(self._target)
        sync_folder(self._target.parent)

    def drop(self) -> None:
        """Remove the file if it has not got its name."""
        with suppress(OSError):  # closing writes what is left, for which there may be no room
            self._file.close()
        self._temporary.unlink(missing_ok=True)


class ShardFiles:
    """The files of one shard.

    Args:
        folder: the folder of the run.
        shard: the shard's number.
        record: ``event`` or ``article``.
        record_format: ``jsonl`` or ``parquet``.

    Raises:
        OSError: a file cannot be made.
    """

    def __init__(self, folder: Path, shard: int, record: str, record_format: str) -> None:
        self.articles = self.events = self.failed = 0
        self._shard = shard
        self._skipped: dict[str, int] = {}
        self._parts: dict[str, Part] = {}
        for kind in KINDS:
            ending = "parquet" if (kind, record_format) == ("records", "parquet") else "jsonl.gz"
            self._parts[kind] = Part(folder / kind / f"{shard:06}.{ending}", record)

    def write(self, outcome: Outcome | Finished) -> None:
        """Write what became of an item.

        Raises:
            OSError: it cannot be written.
        """
        if isinstance(outcome, Finished):
            self._skipped = dict(outcome.skipped)
        elif outcome.failure is not None:
            self.failed += 1
            self._parts["errors"].write(_json(failure_object(outcome.failure)))
        else:
            self.articles += 1
            self.events += outcome.events
            for record in outcome.records:
                self._parts["records"].write(record)
            self._parts["index"].write(_json(outcome.index))

    def put_in_place(self) -> Done:
        """Complete the files, give them their names, and tell what is in them.

        Raises:
            OSError: a file cannot be written.
        """
        files = {kind: part.complete() for kind, part in self._parts.items()}
        for part in self._parts.values():
            part.put_in_place()
        return Done(self._shard, self.articles, self.events, self.failed, self._skipped, files)

    def drop(self) -> None:
        """Remove what has not been put in place."""
        for part in self._parts.values():
            part.drop()


def _json(row: Any) -> bytes:
    return json.dumps(row, ensure_ascii=False).encode()
