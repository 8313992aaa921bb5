"""The results of a run as one stream, in the order of the input."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path

from newsparse.batch.folder import RunFolder
from newsparse.errors import BatchError
from newsparse.sinks.parquet import read_lines


def missing(folder: RunFolder) -> list[int]:
    """The shards that are not done.

    Raises:
        BatchError: there is no run.
    """
    done = folder.done()
    return [shard.number for shard in folder.manifest().shards if shard.number not in done]


def lines(folder: RunFolder, kind: str = "records") -> Iterator[bytes]:
    """The lines of all shards that are done, without line ends.

    Args:
        folder: the run.
        kind: ``records`` or ``errors``.

    Raises:
        BatchError: a file is damaged.
    """
    for number in sorted(folder.done()):
        yield from shard_lines(folder.file(number, kind))


def shard_lines(path: Path) -> Iterator[bytes]:
    """The lines of one file of a shard.

    Raises:
        BatchError: it is damaged.
    """
    try:
        if path.suffix == ".parquet":
            yield from read_lines(path)
            return
        with gzip.open(path, "rb") as file:
            for line in file:
                yield line.rstrip(b"\n")
    except (OSError, EOFError, zlib.error) as error:
        raise BatchError(f"{path} is damaged ({error}); delete it and start the run again") from error
