"""Arguments of the command line → files: paths, patterns, folders, remote files."""

from __future__ import annotations

import glob
import hashlib
import importlib.util
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from newsparse.batch.plan import Input
from newsparse.errors import SourceError
from newsparse.sources.archives import ARCHIVES
from newsparse.sources.base import shown
from newsparse.sources.directory import expand
from newsparse.sources.files import open_bytes
from newsparse.sources.kinds import kind_by_name, kind_of_file
from newsparse.sources.remote import file_system, is_remote

EDGE = 1 << 16
"""Bytes at either end of a file that its fingerprint looks at."""


def find(arguments: Iterable[str], kind: str | None = None) -> list[Input]:
    """The files that the arguments stand for, in their order; those of a pattern or a folder in that of their names.

    Args:
        arguments: paths, patterns such as ``2024/*.warc.gz``, folders, URLs that fsspec knows.
        kind: read every file as this, whatever its name.

    Raises:
        SourceError: nothing is there, it cannot be read, or its name tells no kind of input.
    """
    inputs = []
    for location, found in (pair for argument in arguments for pair in _files(argument, kind)):
        try:
            inputs.append(Input(location, found, *fingerprint(location)))
        except OSError as error:
            raise SourceError(f"{shown(location)} cannot be read: {error.strerror or error}") from error
    for found in dict.fromkeys(item.kind for item in inputs):
        _check_package(found)
    return inputs


def _check_package(kind: str) -> None:
    """Say before the run, rather than in each shard, that a package is missing."""
    package = ARCHIVES[kind].package
    if package is not None and importlib.util.find_spec(package) is None:
        raise SourceError(f"to read {kind} needs {package}; pip install 'newsparse[{kind}]'")


def fingerprint(location: str) -> tuple[int, str]:
    """Size of a file, and SHA-256 of its first and last 64 KiB.

    To read archives of terabytes whole before the run begins would take hours; what is cut off, appended or another
    file is told by its size and its ends.

    Raises:
        OSError: it cannot be read.
    """
    with open_bytes(location) as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(0)
        digest = hashlib.sha256(file.read(EDGE))
        file.seek(max(EDGE, size - EDGE))
        digest.update(file.read(EDGE))
    return size, f"sha256:{digest.hexdigest()[:32]}"


def _files(argument: str, kind: str | None) -> Iterator[tuple[str, str]]:
    if is_remote(argument):
        yield from ((location, _kind(location, kind)) for location in _remote(argument))
    elif Path(argument or "\0").is_dir():
        yield from ((_absolute(source.location), source.kind) for source in expand(argument, kind))
    else:
        yield from ((_absolute(location), _kind(location, kind)) for location in _local(argument))


def _absolute(location: str) -> str:
    """Workers on other machines, and the next start, have another working directory. Links stay what they are."""
    return os.path.abspath(location)  # noqa: PTH100  # resolve() would follow links


def _local(argument: str) -> list[str]:
    if os.path.lexists(argument):
        return [argument]
    found = _matching(argument) if glob.has_magic(argument) else []
    if not found:
        raise SourceError(f"no such file: {shown(argument)}")
    return found


def _matching(pattern: str) -> list[str]:
    return sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207  # Path.glob takes no absolute patterns


def _remote(argument: str) -> list[str]:
    if "*" not in argument:  # "?" begins the query of a URL
        return [argument]
    system, pattern = file_system(argument)
    found = sorted(system.unstrip_protocol(path) for path in system.glob(pattern))
    if not found:
        raise SourceError(f"no such file: {argument}")
    return found


def _kind(location: str, kind: str | None) -> str:
    found = kind or kind_by_name(location) or (None if is_remote(location) else kind_of_file(location))
    if found is None or found not in ARCHIVES:
        raise SourceError(
            f"{shown(location)}: its name tells no kind of input; say it with --from {'|'.join(ARCHIVES)}"
        )
    return found
