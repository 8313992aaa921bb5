"""Files that are not on this machine: whatever fsspec opens (``s3://``, ``gs://``, ``https://`` …)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from newsparse.errors import SourceError

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)


def is_remote(location: str) -> bool:
    """Whether a location is a URL rather than a path."""
    return _SCHEME.match(location) is not None


def file_system(url: str) -> tuple[Any, str]:
    """The file system of a URL and the path in it.

    Raises:
        SourceError: fsspec, or the package it needs for this kind of URL, is not installed, or it knows no such kind.
    """
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        raise SourceError(f"{url}: remote files need fsspec; pip install 'newsparse[remote]'") from None
    try:
        system, path = url_to_fs(url)
    except (ImportError, ValueError) as error:
        raise SourceError(f"{url} cannot be opened: {error}") from error
    return system, path


@contextmanager
def open_remote(url: str) -> Iterator[Any]:
    """The bytes of a remote file, read in blocks as they are needed.

    Raises:
        OSError: it cannot be opened.
        SourceError: see :func:`file_system`.
    """
    system, path = file_system(url)
    with system.open(path, "rb") as stream:
        yield stream
