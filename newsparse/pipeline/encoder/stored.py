"""What heads share that keep their weights themselves: how they are stored, and how spaCy runs them over documents."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Self

import srsly
from spacy.tokens import Doc

_FILE = "weights.msgpack"


class StoredHead(ABC):
    """A component whose labels and arrays are one MessagePack file; a subclass names them and takes them back."""

    @abstractmethod
    def __call__(self, doc: Doc) -> Doc:
        """Annotate a document in place and return it."""

    @abstractmethod
    def content(self) -> Mapping[str, Any]:
        """Return all that has to be stored: lists, strings, numbers and arrays."""

    @abstractmethod
    def restore(self, content: Mapping[str, Any]) -> Self:
        """Take what was stored."""

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 0) -> Iterator[Doc]:  # spaCy's interface
        """Annotate documents."""
        yield from map(self, stream)

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:  # spaCy's interface
        """Return labels and weights."""
        data: bytes = srsly.msgpack_dumps(self.content())
        return data

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> Self:  # spaCy's interface
        """Take labels and weights."""
        return self.restore(srsly.msgpack_loads(data))

    def to_disk(self, path: Path | str, *, exclude: Iterable[str] = ()) -> None:  # spaCy's interface
        """Write labels and weights into a folder."""
        Path(path).mkdir(parents=True, exist_ok=True)
        (Path(path) / _FILE).write_bytes(self.to_bytes())

    def from_disk(self, path: Path | str, *, exclude: Iterable[str] = ()) -> Self:  # spaCy's interface
        """Read labels and weights from a folder."""
        return self.from_bytes((Path(path) / _FILE).read_bytes())
