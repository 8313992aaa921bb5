"""What is wrong with something that was read, and where in it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """A mistake and its place: a path such as ``actors[0].kind``, ``line 12`` of a text, or "" for the whole."""

    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}" if self.path else self.message
