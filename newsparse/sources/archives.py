"""Inputs of many articles: what finds their entries, and what cuts large ones into ranges."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from newsparse.sources import html, jsonl, text
from newsparse.sources.base import Entry, Extent, Reader, ReadOptions, Skipped, shown

Entries = Callable[[Extent, ReadOptions, Skipped], Iterator[Entry]]
"""Finds the entries of a range; raises nothing for what is wrong with the input."""

Cut = Callable[[str, int], Iterator[Extent]]
"""Ranges of a file of about so many bytes each, in its order, which together are the file."""


@dataclass(frozen=True, slots=True)
class Archive:
    """How a kind of input is read in parts; without ``cut`` a file is always one range."""

    entries: Entries
    cut: Cut | None = None


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
    }
)
"""Kind of input → how it is read in parts."""
