"""The records of a WARC one by one, each by itself, so that a damaged one costs no other.

A compressed WARC is a series of gzip members, one for each record (ISO 28500, annex D). Reading can begin at any of
them, which is how large files are cut: a range of bytes holds the members that begin in it.
"""

from __future__ import annotations

import io
import os
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

GZIP_START = re.compile(rb"\x1f\x8b\x08[\x00-\x1f]")
"""Magic number, the one method there is, flags without the reserved ones."""

WARC_START = b"WARC/"

_PLAIN_START = re.compile(rb"(?:\A|\n)(WARC/\d)")
_LENGTH = re.compile(rb"^content-length:\s*(\d+)\s*$", re.IGNORECASE | re.MULTILINE)
_READ_AT_ONCE = 1 << 14
_MAX_HEADER = 1 << 16
_MAX_LINE_ENDS = 8
_GZIP = 31
"""What tells zlib that gzip's header and checksum stand around the data."""


@dataclass(frozen=True, slots=True)
class Damage:
    """A stretch of the file that holds no record.

    Attributes:
        offset: its first byte.
        reason: what is wrong with it.
    """

    offset: int
    reason: str


class Member(io.RawIOBase):
    """The uncompressed bytes of one gzip member.

    Attributes:
        offset: where it begins in the file.
        end: the byte after it, once it has been read to its end; None before.
        error: why it cannot be read to its end, once that is known.
    """

    def __init__(self, file: io.BufferedReader, offset: int) -> None:
        super().__init__()
        self.offset = offset
        self.end: int | None = None
        self.error: EOFError | zlib.error | None = None
        self._file = file
        self._read = offset
        self._inflate = zlib.decompressobj(_GZIP)
        file.seek(offset)

    def readable(self) -> bool:
        """Whether it can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read on.

        Raises:
            EOFError: the file ends within the member.
            zlib.error: the compressed data is damaged.
        """
        try:
            return self._inflate_into(memoryview(buffer))
        except (EOFError, zlib.error) as error:
            self.error = error
            raise

    def _inflate_into(self, view: memoryview) -> int:
        while not self._inflate.eof:
            data = self._inflate.unconsumed_tail
            if not data:
                data = self._file.read(_READ_AT_ONCE)
                self._read += len(data)
            piece = self._inflate.decompress(data, len(view))
            if not (data or piece or self._inflate.eof):  # zlib may hold output back after the last of its input
                raise EOFError("the file ends within a record")
            if piece:
                view[: len(piece)] = piece
                return len(piece)
        self.end = self._read - len(self._inflate.unused_data)
        return 0

    def start(self, limit: int) -> bytes:
        """The first so many bytes, or those before the damage if there is any."""
        data = bytearray()
        try:
            while len(data) < limit and (piece := self.read(_READ_AT_ONCE)):
                data += piece
        except (EOFError, zlib.error):  # kept in ``error``
            pass
        return bytes(data)

    def skip_rest(self) -> None:
        """Read to the end, however much that is, without keeping it."""
        if self.error is not None:
            raise self.error
        while self.end is None:
            self.read(_READ_AT_ONCE)


def gzip_members(file: io.BufferedReader, start: int, stop: int | None) -> Iterator[Member | Damage]:
    """The members that begin in a range of bytes.

    The file is searched for the first of them, since ``start`` may lie within one. So is what follows damage.
    """
    offset = _find(file, start, stop)
    if start == 0 and offset != 0:
        yield Damage(0, "there is no gzip data")
    while offset is not None and (stop is None or offset < stop):
        member = Member(file, offset)
        try:
            yield member
            member.skip_rest()
        except (EOFError, zlib.error) as error:
            yield Damage(member.offset, f"the compressed data is damaged or cut off ({error})")
        if member.end is None:
            offset = _find(file, offset + 1, stop)
            continue
        offset = _next(file, member.end)
        if offset is None and member.end < _size(file):
            yield Damage(member.end, "there is no gzip data")
            offset = _find(file, member.end, stop)


def _next(file: io.BufferedReader, offset: int) -> int | None:
    """The offset, if a member begins there; None if none does or the file ends."""
    file.seek(offset)
    return offset if GZIP_START.match(file.read(4)) else None


def _find(file: io.BufferedReader, start: int, stop: int | None) -> int | None:
    """Where the next member with a record begins: the magic number, and data behind it that unpacks to a record."""
    position = start
    while stop is None or position < stop:
        file.seek(position)
        block = file.read(_READ_AT_ONCE)
        for found in GZIP_START.finditer(block):
            offset = position + found.start()
            if stop is not None and offset >= stop:
                return None
            if _holds_record(file, offset):
                return offset
        if len(block) < _READ_AT_ONCE:
            return None
        position += len(block) - 3  # the magic number may lie across the border
    return None


def _holds_record(file: io.BufferedReader, offset: int) -> bool:
    file.seek(offset)
    try:
        return zlib.decompressobj(_GZIP).decompress(file.read(_READ_AT_ONCE), len(WARC_START)) == WARC_START
    except zlib.error:
        return False


@dataclass(frozen=True, slots=True)
class Plain:
    """A record of a WARC that is not compressed: ``data`` is all of it, header and content."""

    offset: int
    data: bytes


def plain_records(file: io.BufferedIOBase, max_bytes: int) -> Iterator[Plain | Damage]:
    """The records of uncompressed WARC data, found by their lengths; where a length is wrong, by the next header.

    Args:
        file: the data.
        max_bytes: longest record that is given whole; of longer ones so much of the beginning.
    """
    offset = 0
    size = _size(file)
    while offset < size:
        file.seek(offset)
        header, blank, _ = file.read(_MAX_HEADER).partition(b"\r\n\r\n")
        length = _LENGTH.search(header)
        if not header.startswith(WARC_START) or not blank or length is None:
            yield Damage(offset, "there is no header of a record")
            offset = _find_plain(file, offset + 1)
            continue
        content = offset + len(header) + len(blank)
        end = content + int(length[1])
        following = _after_line_ends(file, end) if end <= size else None
        if following is None:
            following = _find_plain(file, content)
            cut_off = end > size and following == size
            yield Damage(offset, "the data ends within the record" if cut_off else "the length is wrong")
        else:
            file.seek(offset)
            yield Plain(offset, file.read(min(end, offset + max_bytes) - offset))
        offset = following


def _after_line_ends(file: io.BufferedIOBase, offset: int) -> int | None:
    """Where the next record or the end of the data follows, with nothing but line ends before it; else None."""
    file.seek(offset)
    tail = file.read(_MAX_LINE_ENDS + len(WARC_START))
    rest = tail.lstrip(b"\r\n")
    return offset + len(tail) - len(rest) if not rest or rest.startswith(WARC_START) else None


def _find_plain(file: io.BufferedIOBase, start: int) -> int:
    """Where the next header begins at the start of a line; the end of the file if there is none."""
    position = max(start - 1, 0)  # with the line end before it
    while True:
        file.seek(position)
        block = file.read(_READ_AT_ONCE)
        for found in _PLAIN_START.finditer(block):
            if position + found.start(1) >= start:
                return position + found.start(1)
        if len(block) < _READ_AT_ONCE:
            return _size(file)
        position += len(block) - 8


def _size(file: io.BufferedIOBase) -> int:
    position = file.tell()
    size = file.seek(0, os.SEEK_END)
    file.seek(position)
    return size
