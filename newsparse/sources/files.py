"""Open and read files and standard input: plain or gzip, bounded, with every fault as a failure."""

from __future__ import annotations

import io
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from newsparse.sources import remote
from newsparse.sources.base import STDIN, Failure, shown
from newsparse.sources.gunzip import GzipStream
from newsparse.sources.remote import is_remote

GZIP_MAGIC = b"\x1f\x8b"

READ_ERRORS = (OSError, EOFError, zlib.error)
"""What reading raises: EOFError and zlib.error come from damaged gzip data, OSError from everything else."""


@contextmanager
def open_source(location: str, offset: int = 0) -> Iterator[io.BufferedReader]:
    """The bytes of a file or of standard input, decompressed, ready to peek into.

    Args:
        location: a path, ``-``, or a URL that fsspec opens.
        offset: byte at which to begin; only for files that are not compressed.

    Raises:
        OSError: the file cannot be opened.
        SourceError: a package is missing that the URL needs.
    """
    if location == STDIN:
        yield _decompressed(_peekable(sys.stdin.buffer))
        return
    with open_bytes(location) as file:
        if offset:
            file.seek(offset)
        yield file if offset else _decompressed(file)


@contextmanager
def open_bytes(location: str) -> Iterator[io.BufferedReader]:
    """The bytes of a file as they are, local or remote, with ``seek``.

    Raises:
        OSError: the file cannot be opened.
        SourceError: a package is missing that the URL needs.
    """
    if is_remote(location):
        with remote.open_remote(location) as stream:
            yield io.BufferedReader(cast(io.RawIOBase, stream))
        return
    with Path(location).open("rb") as file:
        yield file


def is_plain(stream: io.BufferedReader) -> bool:
    """Whether the stream is a file as it is, so that a place in it can be found again by its byte."""
    return not isinstance(getattr(stream, "raw", None), GzipStream)


def _peekable(stream: BinaryIO) -> io.BufferedReader:
    # A real standard input can peek already; a second buffer around it would hold back lines that have arrived.
    if hasattr(stream, "peek"):
        return cast(io.BufferedReader, stream)
    return io.BufferedReader(cast(io.RawIOBase, stream))


def _decompressed(stream: io.BufferedReader) -> io.BufferedReader:
    if stream.peek(2)[:2] != GZIP_MAGIC:
        return stream
    return io.BufferedReader(GzipStream(stream))


def read_whole(location: str, max_bytes: int) -> bytes | Failure:
    """All bytes of a file that holds one article."""
    try:
        with open_source(location) as stream:
            data = stream.read(max_bytes + 1)
    except READ_ERRORS as error:
        return read_failure(shown(location), error)
    if len(data) > max_bytes:
        message = (
            f"{shown(location)} is larger than {max_bytes / 1e6:g} MB, which no article is; for many articles use JSONL"
        )
        return Failure(shown(location), "read", "too-large", message)
    return data


def read_failure(source: str, error: BaseException) -> Failure:
    """The failure for one of :data:`READ_ERRORS`."""
    if isinstance(error, (EOFError, zlib.error)):
        message = f"{source}: the gzip data is damaged or cut off ({error}); get the file again"
        return Failure(source, "read", "damaged-gzip", message)
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return Failure(source, "read", "unreadable", f"{source} cannot be read: {reason}")
