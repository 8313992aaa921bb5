"""Reader of web archives (WARC, also compressed), such as those of CC-NEWS: the pages that servers answered with.

Records are parsed by FastWARC if it is installed, else by warcio.
"""

from __future__ import annotations

import io
import re
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, BinaryIO

from newsparse.article import Article, from_html
from newsparse.sources.base import Entry, Extent, Failure, Item, ReadOptions, Skipped, attempt, shown
from newsparse.sources.files import GZIP_MAGIC, READ_ERRORS, open_bytes, read_failure
from newsparse.sources.members import Damage, Member, Plain, gzip_members, plain_records

HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})

_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_PAGES = frozenset({"response", "resource"})
"""Types of records that hold what a server answered with."""

_OK = 200


@dataclass(frozen=True, slots=True)
class Answer:
    """A record that holds what a server answered with.

    Attributes:
        url: what was asked for.
        date: when, as the record says it.
        status: the HTTP status; None for a record without HTTP header.
        content_type: media type with its parameters; empty if there is none.
        read: so many bytes of the page, without transfer and content encodings.
    """

    url: str | None
    date: str | None
    status: int | None
    content_type: str
    read: Callable[[int], bytes]


def read(location: str, options: ReadOptions) -> Iterator[Item]:
    """The articles of a WARC."""
    return (entry.make() for entry in entries(Extent(location), options, Counter()))


def entries(extent: Extent, options: ReadOptions, skipped: Skipped) -> Iterator[Entry]:
    """The pages whose records begin in a range of bytes."""
    name = shown(extent.location)
    try:
        with open_bytes(extent.location) as file:
            for record in _records(file, extent, options):
                place = f"{name}:{record.offset}"
                if isinstance(record, Damage):
                    yield _damaged(place, record.reason)
                else:
                    yield from _pages(record, place, options, skipped)
    except READ_ERRORS as error:
        yield Entry.failed(read_failure(name, error))


def cut(location: str, target: int) -> Iterator[Extent]:
    """Ranges of about so many bytes of a compressed WARC; an uncompressed one is one range."""
    with open_bytes(location) as file:
        compressed = file.peek(2)[:2] == GZIP_MAGIC
        size = file.seek(0, io.SEEK_END)
    count = max(round(size / target), 1) if compressed else 1
    bounds = [size * number // count for number in range(count)]
    yield from (Extent(location, start, stop) for start, stop in zip(bounds, [*bounds[1:], None], strict=True))


def _records(file: io.BufferedReader, extent: Extent, options: ReadOptions) -> Iterator[Member | Plain | Damage]:
    if file.peek(2)[:2] == GZIP_MAGIC:
        return gzip_members(file, extent.start, extent.stop)
    return plain_records(file, 2 * options.max_bytes)


def _pages(record: Member | Plain, place: str, options: ReadOptions, skipped: Skipped) -> Iterator[Entry]:
    """The pages in a record, or in several, as some programs compress a whole file at once."""
    try:
        for number, answer in enumerate(_answers(record, options)):
            if isinstance(answer, Damage):
                yield _damaged(place, answer.reason)
                continue
            reason = _reason_to_skip(answer)
            if reason is not None:
                skipped[reason] += 1
                continue
            body = answer.read(options.max_bytes + 1)
            yield Entry(f"{place}+{number}" if number else place, partial(_article, answer, body, place, options))
    except (EOFError, zlib.error):  # kept in the member, whose damage is told next
        return
    except (KeyboardInterrupt, GeneratorExit, SystemExit):
        raise
    except BaseException as error:  # whatever parsers make of a damaged record; FastWARC's panics are no Exception
        yield _damaged(place, f"the record cannot be read ({error})")


def _damaged(place: str, reason: str) -> Entry:
    return Entry.failed(Failure(place, "read", "bad-warc", f"{place}: {reason}"))


def _reason_to_skip(answer: Answer) -> str | None:
    if answer.status not in (None, _OK):
        return f"http-{answer.status}"
    media_type = answer.content_type.partition(";")[0].strip().lower()
    return None if media_type in HTML_TYPES else "not-html"


def _article(answer: Answer, body: bytes, place: str, options: ReadOptions) -> Item:
    if len(body) > options.max_bytes:
        message = f"{place}: the page is larger than {options.max_bytes / 1e6:g} MB"
        return Failure(place, "read", "too-large", message)
    charset = _CHARSET.search(answer.content_type)

    def make() -> Article:
        return from_html(
            body, answer.url, retrieved=answer.date, charset=charset[1] if charset else None, fast=options.fast
        )

    return attempt(place, make, options)


def _answers(record: Member | Plain, options: ReadOptions) -> Iterator[Answer | Damage]:
    """The answers in a record, or in several, as some programs compress a whole file at once."""
    if isinstance(record, Plain):
        yield from _with_fastwarc(record.data)
        return
    data = record.start(2 * options.max_bytes)
    if record.end is None and record.error is None:
        # A whole file compressed at once, or a film: warcio needs no more of it than one piece at a time.
        yield from _with_warcio(io.BufferedReader(_Joined(data, record)))
        return
    for part in plain_records(io.BytesIO(data), len(data)):
        if isinstance(part, Plain):
            yield from _with_fastwarc(part.data)
        elif record.error is None:
            yield part


class _Joined(io.RawIOBase):
    """What has been read of a stream already, then the rest."""

    def __init__(self, start: bytes, rest: io.RawIOBase) -> None:
        super().__init__()
        self._parts: list[Any] = [io.BytesIO(start), rest]

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while self._parts:
            if count := self._parts[0].readinto(buffer):
                return int(count)
            del self._parts[0]
        return 0


def _with_fastwarc(data: bytes) -> Iterator[Answer]:
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError:
        yield from _with_warcio(io.BytesIO(data))
        return
    kinds = WarcRecordType.response | WarcRecordType.resource
    for record in ArchiveIterator(io.BytesIO(data), kinds, auto_decode="all"):
        headers = record.http_headers
        yield Answer(
            record.headers.get("WARC-Target-URI"),
            record.headers.get("WARC-Date"),
            headers.status_code if headers else None,
            (headers or record.headers).get("Content-Type") or "",
            record.reader.read,
        )


def _with_warcio(stream: BinaryIO | io.BufferedReader) -> Iterator[Answer]:
    from warcio.archiveiterator import ArchiveIterator

    for record in ArchiveIterator(stream):
        if record.rec_type not in _PAGES:
            continue
        headers = record.http_headers
        yield Answer(
            record.rec_headers.get_header("WARC-Target-URI"),
            record.rec_headers.get_header("WARC-Date"),
            int(headers.get_statuscode()) if headers else None,
            (headers or record.rec_headers).get_header("Content-Type") or "",
            record.content_stream().read,
        )
