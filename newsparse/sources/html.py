"""Reader of saved pages: one file, one article."""

from __future__ import annotations

from collections.abc import Iterator

from newsparse.article import from_html
from newsparse.sources.base import Failure, Item, ReadOptions, attempt, shown
from newsparse.sources.files import read_whole


def read(location: str, options: ReadOptions) -> Iterator[Item]:
    """The article of an HTML file."""
    data = read_whole(location, options.max_bytes)
    if isinstance(data, Failure):
        yield data
    else:
        yield attempt(shown(location), lambda: from_html(data, fast=options.fast), options)
