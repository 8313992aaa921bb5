"""What the readers share: a source, how to read it, and what becomes of an item that cannot be read."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from newsparse.article import Article
from newsparse.errors import ArticleError, FetchError, SourceError
from newsparse.web.client import USER_AGENT, FetchOptions

STDIN = "-"


@dataclass(frozen=True, slots=True)
class Source:
    """Where articles come from.

    Attributes:
        kind: the reader, see :data:`newsparse.sources.registry.READERS`.
        location: a URL, a path, or ``-`` for standard input.
    """

    kind: str
    location: str


@dataclass(frozen=True, slots=True)
class Failure:
    """An item that came to nothing.

    Attributes:
        source: what failed: a URL, a file, or ``file:line``.
        stage: where: ``read``, ``fetch``, ``extract`` or ``pipeline``.
        code: short reason for programs.
        message: the reason for people, and what to do.
        status: the HTTP status, if a server answered.
    """

    source: str
    stage: str
    code: str
    message: str
    status: int | None = None


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How to read sources.

    Attributes:
        published: ISO date for articles that come without one.
        fast: extract pages in half the time, without the fallbacks for badly built ones.
        max_bytes: largest page or file of one article, after decompression.
        max_line_bytes: longest line of a JSONL file.
        timeout: seconds a server has to answer.
        retries: further tries after errors that may pass.
        allow_private: fetch from private addresses as well.
        user_agent: how to introduce ourselves to servers.
        text_field: key or column that holds the text, where it is not called ``text``; with JSONL, CSV and Parquet.
        html_field: the same for ``html``.
        url_field: the same for ``url``.

    Raises:
        SourceError: ``published`` is no ISO date.
    """

    published: str | None = None
    fast: bool = False
    max_bytes: int = 10_000_000
    max_line_bytes: int = 20_000_000
    timeout: float = 20.0
    retries: int = 2
    allow_private: bool = False
    user_agent: str = USER_AGENT
    text_field: str | None = None
    html_field: str | None = None
    url_field: str | None = None

    def __post_init__(self) -> None:
        if self.published is None:
            return
        try:
            canonical = date.fromisoformat(self.published).isoformat()
        except ValueError:
            canonical = None
        if canonical != self.published:
            raise SourceError(f"the publication date {self.published!r} is no date such as 2018-07-27")

    def fetch_options(self) -> FetchOptions:
        """The part that concerns the web."""
        return FetchOptions(
            timeout=self.timeout,
            max_bytes=self.max_bytes,
            retries=self.retries,
            allow_private=self.allow_private,
            user_agent=self.user_agent,
        )


Item = Article | Failure


@dataclass(frozen=True, slots=True)
class Extent:
    """A file, or a range of its items: what one worker reads without knowing of the others.

    Attributes:
        location: a path, or a URL that fsspec opens.
        start: where the first item is. The unit is the reader's: bytes of a WARC, lines of JSONL, rows of a table,
            entries of a ZIP.
        stop: where the items of the next range begin; None: all that are left.
        offset: byte at which the reader may begin, if it can tell.
    """

    location: str
    start: int = 0
    stop: int | None = None
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """An item of an archive that is found but not read yet, so that it can be left out for next to nothing.

    Attributes:
        place: how to call it in a failure.
        make: the article, or why there is none; raises nothing for what is wrong with the input.
    """

    place: str
    make: Callable[[], Item]

    @classmethod
    def failed(cls, failure: Failure) -> Entry:
        """An item of which nothing more can be told."""
        return cls(failure.source, lambda: failure)


Skipped = Counter[str]
"""What an archive holds that is no article at all: the reason and how often."""

Reader = Callable[[str, ReadOptions], Iterator[Item]]
"""Reads the articles at a location; raises nothing for what is wrong with the input."""


def attempt(source: str, make: Callable[[], Article], options: ReadOptions) -> Item:
    """The article that ``make`` makes, or why there is none.

    Args:
        source: how to call the item in a failure.
        make: may raise ``FetchError`` or ``ArticleError``.
        options: its publication date serves where the article has none.
    """
    try:
        return make().dated(options.published)
    except FetchError as error:
        return Failure(source, "fetch", error.code, str(error), error.status)
    except ArticleError as error:
        return Failure(source, "extract", error.code, str(error))


def shown(location: str | Path) -> str:
    """A path as it can be written anywhere: bytes that are no UTF-8 become U+FFFD, ``-`` becomes ``stdin``."""
    text = os.fsencode(location).decode("utf-8", "replace")
    return "stdin" if text == STDIN else text
