"""A directory stands for the files in it."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from pathlib import Path

from newsparse.sources.base import Source
from newsparse.sources.kinds import kind_by_name

LOGGER = logging.getLogger(__name__)


def expand(directory: str, kind: str | None = None) -> Iterator[Source]:
    """The files of a directory and those below it, in the order of their names.

    Hidden files and directories, links to directories, and files whose name tells no kind are left out.

    Args:
        directory: the path.
        kind: read every file as this, whatever its name.
    """
    for folder, folders, names in os.walk(directory, onerror=_log):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(folder, name)
            found = kind or kind_by_name(name)
            if name.startswith(".") or found is None or not path.is_file():
                LOGGER.debug("%s is skipped: its name tells no kind of input", path)
            else:
                yield Source(found, str(path))


def _log(error: OSError) -> None:
    LOGGER.warning("%s cannot be listed and is skipped: %s", error.filename, error.strerror)
