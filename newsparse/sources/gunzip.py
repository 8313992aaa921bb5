"""Gzip data as a stream that gives all there is before it meets damage."""

from __future__ import annotations

import io
import zlib
from typing import Any

_READ_AT_ONCE = 1 << 14
_GZIP = 31
"""What tells zlib that gzip's header and checksum stand around the data."""


class GzipStream(io.RawIOBase):
    """The uncompressed bytes of a gzip file, of one member or of several.

    The standard library's ``GzipFile`` loses what it has unpacked last when the file is damaged or cut off.
    """

    def __init__(self, file: io.BufferedReader) -> None:
        super().__init__()
        self._file = file
        self._inflate = zlib.decompressobj(_GZIP)

    def readable(self) -> bool:
        """Whether it can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read on.

        Raises:
            EOFError: the file ends within the data.
            zlib.error: the data is damaged.
            OSError: the file cannot be read.
        """
        view = memoryview(buffer)
        while True:
            if self._inflate.eof:
                data = self._next_member()
                if not data:
                    return 0
            else:
                data = self._inflate.unconsumed_tail or self._file.read1(_READ_AT_ONCE)
            piece = self._inflate.decompress(data, len(view))
            if piece:
                view[: len(piece)] = piece
                return len(piece)
            if not data and not self._inflate.eof:
                raise EOFError("the file ends within the data")

    def _next_member(self) -> bytes:
        """The first bytes of the next member, if there is one; zeros may stand between members."""
        data = self._inflate.unused_data.lstrip(b"\0")
        while not data and (block := self._file.read1(_READ_AT_ONCE)):
            data = block.lstrip(b"\0")
        self._inflate = zlib.decompressobj(_GZIP) if data else self._inflate
        return data
