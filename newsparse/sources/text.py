"""Reader of plain text: one file, one article; all of it is the body, character by character."""

from __future__ import annotations

from collections.abc import Iterator

from newsparse.article import from_text
from newsparse.sources.base import Failure, Item, ReadOptions, attempt, shown
from newsparse.sources.files import read_whole
from newsparse.web.encoding import decode


def read(location: str, options: ReadOptions) -> Iterator[Item]:
    """The article of a text file."""
    data = read_whole(location, options.max_bytes)
    if isinstance(data, Failure):
        yield data
    else:
        yield attempt(shown(location), lambda: from_text(decode(data)), options)
