"""Readers of the web: one URL, or a list of URLs, one a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from newsparse.article import Article, from_html
from newsparse.sources.base import Failure, Item, ReadOptions, attempt, shown
from newsparse.sources.files import READ_ERRORS, open_source, read_failure
from newsparse.web.client import Client

MAX_LINE = 1 << 16
"""Longest line of a URL list in bytes; what is longer is no list of URLs."""


def read(location: str, options: ReadOptions) -> Iterator[Item]:
    """The article behind a URL."""
    with Client(options.fetch_options()) as client:
        yield _article(location, client, options)


def read_list(location: str, options: ReadOptions) -> Iterator[Item]:
    """The articles behind the URLs of a file or of standard input."""
    try:
        with open_source(location) as stream:
            yield from read_lines(iter(lambda: stream.readline(MAX_LINE), b""), options)
    except READ_ERRORS as error:
        yield read_failure(shown(location), error)


def read_lines(lines: Iterable[bytes], options: ReadOptions) -> Iterator[Item]:
    """The articles behind URLs, one a line, each fetched when its turn comes.

    Blank lines and lines that begin with ``#`` are skipped.
    """
    with Client(options.fetch_options()) as client:
        for line in lines:
            url = line.decode("utf-8-sig", "replace").strip()
            if url and not url.startswith("#"):
                yield _article(url, client, options)


def _article(url: str, client: Client, options: ReadOptions) -> Item:
    def make() -> Article:
        page = client.fetch(url)
        return from_html(page.body, page.url, retrieved=page.retrieved, charset=page.charset, fast=options.fast)

    item = attempt(url, make, options)
    if isinstance(item, Failure) and item.code == "bad-url" and "://" not in url and " " in url:
        return replace(item, message=f"{item.message}; to read text or HTML use --from text or --from html")
    return item
