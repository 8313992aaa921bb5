"""Inputs of many articles: what finds their entries, and what cuts large ones into ranges."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from newsparse.sources import csv, html, jsonl, parquet, text, warc, zipped
from newsparse.sources.base import Entry, Extent, Reader, ReadOptions, Skipped, shown

Entries = Callable[[Extent, ReadOptions, Skipped], Iterator[Entry]]
"""Finds the entries of a range; raises nothing for what is wrong with the input."""

Cut = Callable[[str, int], Iterator[Extent]]
"""Ranges of a file of about so many bytes each, in its order, which together are the file."""


@dataclass(frozen=True, slots=True)
class Archive:
    """How a kind of input is read in parts.

    Attributes:
        entries: finds its items.
        cut: cuts a large file; None: a file is always one range.
        package: what has to be installed besides newsparse.
    """

    entries: Entries
    cut: Cut | None = None
    package: str | None = None


def _single(read: Reader) -> Archive:
    """Files of one article each."""

    def entries(extent: Extent, options: ReadOptions, skipped: Skipped) -> Iterator[Entry]:
        yield Entry(shown(extent.location), lambda: next(read(extent.location, options)))

    return Archive(entries)


ARCHIVES: Mapping[str, Archive] = MappingProxyType(
    {
        "html": _single(html.read),
        "text": _single(text.read),
        "jsonl": Archive(jsonl.entries, jsonl.cut),
        "warc": Archive(warc.entries, warc.cut),
        "csv": Archive(csv.entries, csv.cut),
        "parquet": Archive(parquet.entries, parquet.cut, "pyarrow"),
        "zip": Archive(zipped.entries, zipped.cut),
    }
)
"""Kind of input → how it is read in parts."""
