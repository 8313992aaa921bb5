"""Arguments → sources → articles."""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path
from types import MappingProxyType

from newsparse.errors import SourceError
from newsparse.sources import csv, directory, html, jsonl, parquet, stdin, text, url, warc, zipped
from newsparse.sources.base import STDIN, Item, Reader, ReadOptions, Source, shown
from newsparse.sources.kinds import EXTENSIONS, KINDS, kind_of_file

READERS: Mapping[str, Reader] = MappingProxyType(
    {
        "url": url.read,
        "urls": url.read_list,
        "html": html.read,
        "text": text.read,
        "jsonl": jsonl.read,
        "csv": csv.read,
        "warc": warc.read,
        "parquet": parquet.read,
        "zip": zipped.read,
        "stdin": stdin.read,
    }
)
"""The reader of each kind of source. Directories have none: :func:`resolve` replaces them by their files."""

_SEEKING = frozenset({"warc", "parquet", "zip"})
"""Kinds whose readers go back and forth in the file."""

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*)://", re.IGNORECASE)
_LOOKS_LIKE_HOST = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}(?:[:/].*)?", re.IGNORECASE)


def resolve(argument: str, kind: str | None = None) -> Iterator[Source]:
    """The sources that an argument of the command line stands for.

    Args:
        argument: a URL, a file, a directory, or ``-`` for standard input.
        kind: one of :data:`KINDS` if the user named it, else it is told by name or first bytes. ``url`` with a
            file or ``-`` means a list of URLs.

    Raises:
        SourceError: at once, before anything is read: no such file, unknown kind, nothing usable in a directory.
    """
    if kind is not None and kind not in KINDS:
        raise SourceError(f"unknown kind of input {kind!r}; there are: {', '.join(KINDS)}")
    if argument == STDIN:
        if kind in _SEEKING:
            raise SourceError(f"{kind} is not read from standard input; give a file")
        return iter((Source({None: "stdin", "url": "urls"}.get(kind, kind or ""), STDIN),))
    scheme = _SCHEME.match(argument)
    if scheme:
        return iter((_url(argument, scheme[1].lower(), kind),))
    return _path(argument, kind)


def read(source: Source, options: ReadOptions | None = None) -> Iterator[Item]:
    """The articles of a source, one after the other, each a failure if it cannot be had.

    Raises:
        SourceError: no reader for the kind of source.
    """
    reader = READERS.get(source.kind)
    if reader is None:
        raise SourceError(f"unknown kind of source {source.kind!r}; there are: {', '.join(READERS)}")
    return reader(source.location, options or ReadOptions())


def _url(argument: str, scheme: str, kind: str | None) -> Source:
    if scheme not in ("http", "https"):
        hint = "give the path without file://" if scheme == "file" else "give an https:// or http:// URL, or a file"
        raise SourceError(f"{argument}: {scheme}:// is not supported; {hint}")
    if kind not in (None, "url", "html"):
        raise SourceError(f"{argument}: a URL is fetched as a web page; leave out --from {kind}, or give a file")
    return Source("url", argument)


def _path(argument: str, kind: str | None) -> Iterator[Source]:
    try:
        # The empty path is the working directory to Path, which nobody means who passes an empty variable.
        mode = Path(argument or "\0").stat().st_mode
    except (OSError, ValueError) as error:
        raise _missing(argument, error) from error
    if stat.S_ISDIR(mode):
        return _directory(argument, kind)
    if kind:
        return iter((Source("urls" if kind == "url" else kind, argument),))
    if not stat.S_ISREG(mode):
        return iter((Source("stdin", argument),))
    found = kind_of_file(argument)
    if found is None:
        raise SourceError(
            f"{shown(argument)}: this is no text, HTML or JSONL; convert it to text, or name its kind with --from"
        )
    return iter((Source(found, argument),))


def _missing(argument: str, error: Exception) -> SourceError:
    if isinstance(error, FileNotFoundError) and _LOOKS_LIKE_HOST.fullmatch(argument):
        return SourceError(f"no such file: {shown(argument)}; if it is a web page, write https://{argument}")
    if isinstance(error, FileNotFoundError):
        return SourceError(f"no such file: {shown(argument)}")
    if isinstance(error, ValueError):
        return SourceError(f"no such file: {argument!r}")
    reason = error.strerror if isinstance(error, OSError) else error
    return SourceError(f"{shown(argument)} cannot be read: {reason}")


def _directory(argument: str, kind: str | None) -> Iterator[Source]:
    sources = directory.expand(argument, "urls" if kind == "url" else kind)
    first = next(sources, None)
    if first is None:
        endings = ", ".join(EXTENSIONS)
        raise SourceError(f"{shown(argument)} holds no file to read; they end in {endings}, also with .gz")
    return chain((first,), sources)
