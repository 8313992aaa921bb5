"""Reader of ZIP files that hold saved pages or texts: each is an article."""

from __future__ import annotations

import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import PurePosixPath

from newsparse.article import Article, from_html, from_text
from newsparse.sources.base import Entry, Extent, Failure, Item, ReadOptions, Skipped, attempt, shown
from newsparse.sources.files import open_bytes, read_failure
from newsparse.sources.kinds import kind_by_name
from newsparse.web.encoding import decode

_BAD = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
"""What reading an entry raises: damaged data, methods that Python does not know, RuntimeError for a password."""


def read(location: str, options: ReadOptions) -> Iterator[Item]:
    """The articles of a ZIP file."""
    return (entry.make() for entry in entries(Extent(location), options, Counter()))


def entries(extent: Extent, options: ReadOptions, skipped: Skipped) -> Iterator[Entry]:
    """The articles of a range of entries, counted from 0, in the order of the file."""
    name = shown(extent.location)
    try:
        with open_bytes(extent.location) as stream, zipfile.ZipFile(stream) as archive:
            for entry in archive.infolist()[extent.start : extent.stop]:
                kind = kind_by_name(entry.filename)
                if kind in ("html", "text") and not _is_hidden(entry.filename):
                    place = f"{name}:{shown(entry.filename)}"
                    yield Entry(place, partial(_article, archive, entry, kind, place, options))
                elif not entry.is_dir():
                    skipped["other-file"] += 1
    except OSError as error:
        yield Entry.failed(read_failure(name, error))
    except _BAD as error:
        yield Entry.failed(_damaged(name, error))


def cut(location: str, target: int) -> Iterator[Extent]:
    """Ranges of entries of about so many compressed bytes each; a file that cannot be read is one range."""
    start = size = 0
    try:
        with open_bytes(location) as stream, zipfile.ZipFile(stream) as archive:
            sizes = [entry.compress_size for entry in archive.infolist()]
    except (OSError, *_BAD):
        sizes = []
    for number, bytes_ in enumerate(sizes, 1):
        size += bytes_
        if size >= target:
            yield Extent(location, start, number)
            start, size = number, 0
    yield Extent(location, start)


def _is_hidden(filename: str) -> bool:
    """Whether it lies in a hidden folder, or is what macOS notes beside each file."""
    return any(part.startswith((".", "__MACOSX")) for part in PurePosixPath(filename).parts)


def _article(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, kind: str, place: str, options: ReadOptions) -> Item:
    try:
        with archive.open(entry) as stream:
            data = stream.read(options.max_bytes + 1)
    except _BAD as error:
        return _damaged(place, error)
    if len(data) > options.max_bytes:
        return Failure(place, "read", "too-large", f"{place} is larger than {options.max_bytes / 1e6:g} MB")

    def make() -> Article:
        return from_html(data, fast=options.fast) if kind == "html" else from_text(decode(data))

    return attempt(place, make, options)


def _damaged(place: str, error: Exception) -> Failure:
    return Failure(place, "read", "bad-zip", f"{place} cannot be unpacked: {error}")
