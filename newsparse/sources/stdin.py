"""Reader of standard input and of pipes: URLs, article JSONL or one page, told apart by the first character."""

from __future__ import annotations

import io
from collections.abc import Iterator

from newsparse.article import from_html
from newsparse.sources import jsonl, url
from newsparse.sources.base import Failure, Item, ReadOptions, attempt, shown
from newsparse.sources.files import READ_ERRORS, open_source, read_failure

_SPACE = b" \t\r\n\xef\xbb\xbf"
"""What may stand before the first character; a byte order mark counts as space."""


def read(location: str, options: ReadOptions) -> Iterator[Item]:
    """The articles of a stream, each as soon as its line has arrived.

    ``{`` begins JSONL, ``<`` a page, everything else a list of URLs.
    """
    name = shown(location)
    try:
        with open_source(location) as stream:
            first, line = _skip_space(stream)
            if first == b"{":
                yield from jsonl.read_stream(stream, name, options, line)
            elif first == b"<":
                yield _page(stream, name, options)
            else:
                yield from url.read_lines(iter(lambda: stream.readline(url.MAX_LINE), b""), options)
    except READ_ERRORS as error:
        yield read_failure(name, error)


def _skip_space(stream: io.BufferedReader) -> tuple[bytes, int]:
    """The first byte that is no space, which stays unread, and the number of its line."""
    line = 1
    while (first := stream.peek(1)[:1]) and first in _SPACE:
        line += stream.read(1) == b"\n"
    return first, line


def _page(stream: io.BufferedReader, name: str, options: ReadOptions) -> Item:
    data = stream.read(options.max_bytes + 1)
    if len(data) > options.max_bytes:
        return Failure(name, "read", "too-large", f"{name}: the page is larger than {options.max_bytes / 1e6:g} MB")
    return attempt(name, lambda: from_html(data, fast=options.fast), options)
