"""Inputs → shards: small files together, large ones in ranges."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from newsparse.sources.archives import ARCHIVES
from newsparse.sources.base import Extent

MB = 1_000_000

SHARDS = 128
"""So many shards a run has unless they would be too small or too large: enough to keep workers busy to the end."""

SMALLEST, LARGEST = 1 * MB, 256 * MB
"""Bytes of input of a shard. A shard is done again if the run is stopped within it, and each has files of its own."""

MAX_PIECES = 1000
"""Most files in one shard."""


@dataclass(frozen=True, slots=True)
class Input:
    """A file of the run.

    Attributes:
        location: an absolute path, or a URL.
        kind: how to read it, see :data:`newsparse.sources.archives.ARCHIVES`.
        bytes: its size.
        fingerprint: tells whether it is still the same file, see :func:`newsparse.batch.inputs.fingerprint`.
    """

    location: str
    kind: str
    bytes: int
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A file or a range of one."""

    kind: str
    extent: Extent


@dataclass(frozen=True, slots=True)
class Shard:
    """What one worker does at a time.

    Attributes:
        number: its place in the run, from 0.
        bytes: bytes of input, about.
        pieces: files and ranges, in the order of the input.
    """

    number: int
    bytes: int
    pieces: tuple[Piece, ...]

    @property
    def name(self) -> str:
        """Name of its files."""
        return f"{self.number:06}"


def shard_bytes(inputs: Sequence[Input]) -> int:
    """A size of shards that suits the inputs."""
    return min(max(sum(item.bytes for item in inputs) // SHARDS, SMALLEST), LARGEST)


def cut(inputs: Iterable[Input], target: int) -> Iterator[Shard]:
    """Shards of about ``target`` bytes each, in the order of the inputs. The same inputs give the same shards."""
    number = size = 0
    pieces: list[Piece] = []
    for piece, weight in _pieces(inputs, target):
        if pieces and (size + weight > target or len(pieces) == MAX_PIECES):
            yield Shard(number, size, tuple(pieces))
            number, size, pieces = number + 1, 0, []
        pieces.append(piece)
        size += weight
    if pieces:
        yield Shard(number, size, tuple(pieces))


def _pieces(inputs: Iterable[Input], target: int) -> Iterator[tuple[Piece, int]]:
    """Every file, or the ranges of a large one, each with its share of the file's bytes."""
    for item in inputs:
        cut_file = ARCHIVES[item.kind].cut
        if cut_file is None or item.bytes <= target:
            yield Piece(item.kind, Extent(item.location)), item.bytes
            continue
        extents = list(cut_file(item.location, target))
        share = item.bytes // len(extents)
        yield from ((Piece(item.kind, extent), share) for extent in extents)
